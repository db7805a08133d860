import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Each must fail to compile in a pure floor; the clocks that compile are caught by tidy. */
const planted: Readonly<Record<string, string>> = {
  console: "console.log('x');",
  file: "import { readFile } from 'node:fs/promises';\nreadFile('x');",
  timer: 'setTimeout(() => 1, 1);',
  performance: 'performance.now();',
  network: "fetch('http://localhost');",
  process: 'process.exit();',
  page: 'document.body;',
  buffer: "Buffer.from('x');",
  random: 'crypto.getRandomValues(new Uint8Array(1));',
};

test('a pure floor does not compile with a clock, a console, a file or a network', async () => {
  const root = join(import.meta.dirname, '..');
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-pure-'));
  try {
    const sound = 'export const sum = (a: bigint, b: bigint): bigint => a + b;';
    for (const [name, text] of Object.entries({ ...planted, sound })) {
      await writeFile(join(folder, `${name}.ts`), `${text}\nexport {};\n`);
    }
    const settings = {
      extends: join(root, 'tsconfig.pure.json'),
      compilerOptions: { incremental: false, tsBuildInfoFile: null },
      include: ['*.ts'],
      exclude: [],
    };
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const said = await new Promise<string>((resolve) => {
      const values = [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder];
      execFile(process.execPath, values, (_error, out) => resolve(out));
    });
    const refused = new Set([...said.matchAll(/([a-z]+)\.ts\(\d+,\d+\): error/g)].map((m) => m[1]));
    expect([...refused].sort()).toEqual(Object.keys(planted).sort());
  } finally {
    await rm(folder, { recursive: true });
  }
}, 30_000);

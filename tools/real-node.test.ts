import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../src/cli/commands/index.ts';

/**
 * vitest transforms what it runs: it accepts an enum, or a type imported as a value, which the real
 * Node refuses at its start. So everything is started once by the real one.
 */
const root = join(import.meta.dirname, '..');

async function node(values: string[]): Promise<{ code: number; out: string; complaint: string }> {
  return await new Promise((resolve) => {
    execFile(process.execPath, values, { cwd: root }, (error, out, complaint) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, complaint });
    });
  });
}

describe('every command', () => {
  test.each(commands.map(({ name }) => name))('%s says how it is used', async (name) => {
    const { code, out, complaint } = await node(['src/cli/main.ts', name, '--help']);
    expect([code, complaint]).toEqual([0, '']);
    expect(out).toContain(`huiliu ${name}`);
  });

  test.each([
    [[], 2],
    [['--help'], 0],
    [['no-such-command'], 2],
    [['rows', '--no-such-option'], 2],
    [['rows', 'a-word-too-many'], 2],
  ] as const)('%o ends with %i', async (words, code) => {
    expect((await node(['src/cli/main.ts', ...words])).code).toBe(code);
  });
});

test('every file of src loads on the real Node, without a warning', async () => {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .map((file) => `./src/${String(file)}`)
    .filter(
      (file) => /\.ts$/.test(file) && !/\.test\.ts$|\/testing\.ts$|cli\/main\.ts$/.test(file),
    );
  const program = `for (const file of ${JSON.stringify(files)}) await import(file);`;
  const { code, complaint } = await node(['--input-type=module', '--eval', program]);
  expect([code, complaint]).toEqual([0, '']);
}, 30_000);

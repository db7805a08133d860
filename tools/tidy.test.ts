import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultLine, findFaults, type ProjectFile, readProject } from './tidy.ts';

test('the project keeps the rules of the house', () => {
  const faults = findFaults(readProject(join(import.meta.dirname, '..')));
  expect(faults.map(faultLine)).toEqual([]);
});

/** A project in which nothing is wrong; each planted fault changes it in one place. */
const sound: Readonly<Record<string, string>> = {
  '.npmrc': 'ignore-scripts=true\nallow-git=none\nomit-lockfile-registry-resolved=true\n',
  'package.json': JSON.stringify({
    scripts: { start: 'exec node tools/boot.mjs src/cli/main.ts start' },
    dependencies: { zod: '4.6.7' },
    devDependencies: { vitest: '5.1.1' },
  }),
  'package-lock.json': '{\n  "integrity": "sha512-x"\n}\n',
  'migrations/0001_books.sql': '-- not breaking\ncreate table book (id int);\n',
  'src/base/README.md': '# base\n',
  'src/base/money.ts':
    '/** Whole. */\nexport function whole(a: bigint): bigint {\n  return a;\n}\n',
  'src/contract/README.md': '# contract\n',
  'src/contract/shape.ts':
    "import { z } from 'zod';\nimport type { whole } from '../base/money.ts';\nexport const s = z.string() satisfies typeof whole | object;\n",
  'src/kernel/README.md': '# kernel\n',
  'src/kernel/step.ts':
    "import { whole } from '../base/money.ts';\nexport const step = whole(1n);\nexport const day = new Date(0);\n",
  'src/ledger/README.md': '# ledger\n',
  'src/ledger/post.ts': "export { whole } from '../base/money.ts';\n",
  'src/product/deposit/README.md': '# deposit\n',
  'src/product/deposit/decide.ts': "export { whole } from '../../ledger/post.ts';\n",
  'src/product/loan/README.md': '# loan\n',
  'src/product/loan/decide.ts': "export type { whole } from '../../ledger/post.ts';\n",
  'src/store/README.md': '# store\n',
  'src/store/worker.ts': "export const sql = 'select a from b where c';\n",
  'src/store/database.ts':
    "import pg from 'pg';\nexport const worker = [pg, new URL('./worker.ts', import.meta.url)];\n",
  'src/runtime/README.md': '# runtime\n',
  'src/runtime/wiring.ts':
    "import '../product/deposit/decide.ts';\nimport '../product/loan/decide.ts';\nimport '../store/database.ts';\nimport '../kernel/step.ts';\nexport const now = Date.now;\n",
  'src/cli/README.md': '# cli\n',
  'src/cli/main.ts':
    "await import('../runtime/wiring.ts');\nexport type Shape = import('../contract/shape.ts').s;\n",
  'web/main.tsx':
    "import { createRoot } from 'react-dom/client';\nimport { Frame } from './frame/Frame.tsx';\ncreateRoot(document.body).render(<Frame />);\n",
  'web/frame/Frame.tsx':
    "import type { s } from '../../src/contract/shape.ts';\nexport const Frame = () => <p>Don't wait{String({} as typeof s)}</p>;\n",
};

function faultsWith(changes: Readonly<Record<string, string | null>>): string[] {
  const files = Object.entries({ ...sound, ...changes }).flatMap(([path, text]): ProjectFile[] =>
    text === null ? [] : [{ path, text }],
  );
  return findFaults(files).map(faultLine);
}

test('the sound project has no fault', () => {
  expect(faultsWith({})).toEqual([]);
});

const add = (path: string, text: string) => ({ [path]: `${sound[path]}${text}` });
const lines = (count: number) => 'a();\n'.repeat(count);

describe('planted faults', () => {
  test.each([
    // what is planted · rule · what the sentence says · where it is planted
    [
      'an upward import',
      'upward import',
      'move what both need below floor 2',
      add('src/kernel/step.ts', "import '../store/database.ts';\n"),
    ],
    [
      'an upward import of a type',
      'upward import',
      'floor 0',
      add('src/base/money.ts', "import type { sql } from '../store/worker.ts';\n"),
    ],
    [
      'an upward import in a type',
      'upward import',
      'floor 0',
      add('src/base/money.ts', "export type T = import('../store/worker.ts').sql;\n"),
    ],
    [
      'an upward re-export',
      'upward import',
      'floor 1',
      add('src/contract/shape.ts', "export type { step } from '../kernel/step.ts';\n"),
    ],
    [
      'an upward dynamic import',
      'upward import',
      'floor 4',
      add('src/store/database.ts', "await import('../runtime/wiring.ts');\n"),
    ],
    [
      'an upward worker',
      'upward import',
      'floor 2',
      add(
        'src/kernel/step.ts',
        "export const w = new URL('../store/worker.ts', import.meta.url);\n",
      ),
    ],
    [
      'src that sees web',
      'upward import',
      'files of src/ only',
      add('src/cli/main.ts', "import '../../web/frame/Frame.tsx';\n"),
    ],
    [
      'web that sees the kernel',
      'upward import',
      'src/base and src/contract',
      add('web/main.tsx', "import '../src/kernel/step.ts';\n"),
    ],
    [
      'src that sees tools',
      'upward import',
      'nothing sees tools/',
      { ...add('src/cli/main.ts', "import '../../tools/x.ts';\n"), 'tools/x.ts': '' },
    ],
    [
      'bench that sees tools',
      'upward import',
      'only tools/ itself',
      { 'bench/b.ts': "import '../tools/x.ts';\n", 'tools/x.ts': '' },
    ],
    [
      'a neighbour',
      'neighbour import',
      'src/runtime/wiring.ts',
      add('src/ledger/post.ts', "import '../kernel/step.ts';\n"),
    ],
    [
      'a neighbouring part',
      'neighbour import',
      'parts of src/product',
      add('src/product/loan/decide.ts', "import '../deposit/decide.ts';\n"),
    ],
    [
      'a package in a pure floor',
      'foreign package',
      'belong in src/store',
      add('src/kernel/step.ts', "import pg from 'pg';\n"),
    ],
    [
      'a file read in a pure floor',
      'foreign package',
      'belong in src/store',
      add('src/base/money.ts', "import { readFile } from 'node:fs/promises';\n"),
    ],
    [
      'a package of another room',
      'foreign package',
      'it belongs in src/store',
      add('src/runtime/wiring.ts', "import pg from 'pg';\n"),
    ],
    [
      'a package nobody may have',
      'foreign package',
      'docs/decisions',
      add('src/runtime/wiring.ts', "import x from 'left-pad';\n"),
    ],
    [
      'a package reached by its path',
      'foreign package',
      'left-pad/x.js',
      add('src/runtime/wiring.ts', "import x from '../../node_modules/left-pad/x.js';\n"),
    ],
    [
      'a test tool outside a test',
      'foreign package',
      'vitest',
      add('src/store/database.ts', "import { test } from 'vitest';\n"),
    ],
    [
      'Date.now in a pure floor',
      'clock in a pure floor',
      'read in src/runtime',
      add('src/kernel/step.ts', 'export const t = Date.now();\n'),
    ],
    [
      'new Date() in a pure floor',
      'clock in a pure floor',
      'as an argument',
      add('src/kernel/step.ts', 'export const t = new Date();\n'),
    ],
    [
      'Temporal.Now in a pure floor',
      'clock in a pure floor',
      'as an argument',
      add('src/kernel/step.ts', 'export const t = Temporal.Now;\n'),
    ],
    [
      'Math.random in a pure floor',
      'chance in a pure floor',
      'random bytes',
      add('src/ledger/post.ts', 'export const t = Math.random();\n'),
    ],
    [
      'Temporal in base',
      'Temporal in a shared room',
      'src/base/dates.ts',
      add('src/base/money.ts', 'export const t = Temporal.PlainDate;\n'),
    ],
    [
      'a long file',
      'file over 500 lines',
      '501 lines',
      { 'src/cli/main.ts': `${sound['src/cli/main.ts']}${lines(499)}` },
    ],
    [
      'a long function',
      'function over 70 lines',
      '72 lines',
      add('src/store/worker.ts', `const f = () => {\n${lines(70)}};\n`),
    ],
    [
      'a long line',
      'line over 100 columns',
      '101 columns',
      add('src/store/worker.ts', `// ${'x'.repeat(98)}\n`),
    ],
    [
      'a folder without README',
      'folder without README',
      'what may not',
      { 'src/base/README.md': null },
    ],
    [
      'a README too long',
      'README too long',
      '61 lines',
      { 'src/base/README.md': 'x\n'.repeat(61) },
    ],
    [
      'a file nobody imports',
      'file nobody imports',
      'or remove it',
      { 'src/base/lonely.ts': 'export {};\n' },
    ],
    [
      'a file only its test imports',
      'file nobody imports',
      'or remove it',
      {
        'src/base/lonely.ts': 'export {};\n',
        'src/base/lonely.test.ts': "import './lonely.ts';\n",
      },
    ],
    ['a FIXME', 'left for later', 'FIXME left', add('src/store/worker.ts', '// FIXME later\n')],
    [
      'a TODO in a screen',
      'left for later',
      'TODO left',
      add('web/frame/Frame.tsx', '/* TODO */\n'),
    ],
    [
      'an empty catch',
      'silent catch',
      'swallowed',
      add('src/store/worker.ts', 'try {\n  a();\n} catch {}\n'),
    ],
    [
      'an empty catch handler',
      'silent catch',
      'swallowed',
      add('src/store/worker.ts', 'a().catch(() => {});\n'),
    ],
    ['as any', 'as any', 'name the shape', add('src/store/worker.ts', 'const x = 1 as any;\n')],
    [
      'a skipped test',
      'skipped test',
      'shows nothing',
      { 'src/base/money.test.ts': "import './money.ts';\ntest.skip('x', () => 1);\n" },
    ],
    [
      'a test that stands alone',
      'skipped test',
      'shows nothing',
      { 'src/base/money.test.ts': "import './money.ts';\ndescribe.only('x', () => 1);\n" },
    ],
    [
      'SQL above the store',
      'SQL outside the store',
      'stand in src/store',
      add('src/runtime/wiring.ts', 'export const q = `update account set x = 1`;\n'),
    ],
    [
      'a public function without words',
      'public function without docstring',
      'sum is public',
      add('src/base/money.ts', 'export function sum() {\n  return 1;\n}\n'),
    ],
    [
      'a name in camel case',
      'file name',
      'kebab-case',
      { 'src/store/myFile.ts': '', ...add('src/store/database.ts', "import './myFile.ts';\n") },
    ],
    [
      'a folder by kind',
      'folder by kind',
      'by meaning',
      {
        'src/store/utils/a.ts': '',
        'src/store/utils/README.md': '',
        ...add('src/store/database.ts', "import './utils/a.ts';\n"),
      },
    ],
    [
      'a program among the processes',
      'stray program',
      'is data',
      { 'processes/corporate/x.ts': '' },
    ],
    ['JavaScript', 'JavaScript', 'tools/boot.mjs', { 'tools/x.mjs': '' }],
    [
      'a package from a repository',
      'package from elsewhere',
      'registry only',
      { 'package-lock.json': '{ "resolved": "git+ssh://git@example.org/a" }' },
    ],
    [
      'a package from GitHub',
      'package from elsewhere',
      'registry only',
      { 'package-lock.json': '{ "version": "github:a/b" }' },
    ],
    [
      'scripts of packages allowed',
      'npm setting',
      'no package runs a script',
      { '.npmrc': 'allow-git=none\nomit-lockfile-registry-resolved=true\n' },
    ],
    [
      'a registry in the project',
      'npm setting',
      'settings of a person',
      add('.npmrc', 'registry=https://example.org/\n'),
    ],
    [
      'a range of versions',
      'version not named',
      'name one version',
      { 'package.json': '{ "dependencies": { "zod": "^4.6.7" } }' },
    ],
    [
      'a script without boot',
      'script without boot',
      'exec node tools/boot.mjs',
      { 'package.json': '{ "scripts": { "x": "vitest" } }' },
    ],
    [
      'a migration without its first line',
      'migration first line',
      '-- breaking',
      { 'migrations/0001_books.sql': 'create table a ();\n' },
    ],
    [
      'a trigger',
      'trigger',
      'distributed tables refuse',
      add('migrations/0001_books.sql', 'create trigger t;\n'),
    ],
    [
      'a migration misnamed',
      'migration name',
      'NNNN_name.sql',
      { 'migrations/books.sql': '-- breaking\n' },
    ],
  ] as const)('%s', (_what, rule, says, changes) => {
    const faults = faultsWith(changes);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`${rule}: `);
    expect(faults[0]).toContain(says);
  });

  test('a crowded folder', () => {
    const names = Array.from({ length: 20 }, (_, index) => `part-${index}`);
    const imports = names.map((name) => `import './${name}.ts';\n`).join('');
    const crowd = Object.fromEntries(names.map((name) => [`src/base/${name}.ts`, '']));
    const faults = faultsWith({ ...crowd, ...add('src/base/money.ts', imports) });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('crowded folder: 21 files');
  });
});

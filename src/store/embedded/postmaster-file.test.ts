import { expect, test } from 'vitest';
import { isPostmasterOf, isRunning, parsePostmasterFile } from './postmaster-file.ts';

const lines = ['4711', '/data', '1700000000', '5432', '/data', '', '  1234   0', 'ready   '];
const ready = {
  pid: 4711,
  dataFolder: '/data',
  port: 5432,
  socketFolder: '/data',
  status: 'ready',
};

test.each([
  ['ready', lines, ready],
  ['still starting', [...lines.slice(0, 7), 'starting'], { ...ready, status: 'starting' }],
  ['half written', lines.slice(0, 5), null],
  ['empty', [], null],
  ['no number', ['x', ...lines.slice(1)], null],
  ['a negative number (a lone backend)', ['-4711', ...lines.slice(1)], null],
])('postmaster.pid: %s', (_what, text, wanted) => {
  expect(parsePostmasterFile(text.join('\n'))).toEqual(wanted);
});

test('a process is running, or gone', async () => {
  expect(await isRunning(process.pid)).toBe(true);
  expect(await isRunning(4_194_303)).toBe(false);
});

test.skipIf(process.platform !== 'linux')('a stranger is not the postmaster', async () => {
  expect(await isPostmasterOf(process.pid, '/no/such/data')).toBe(false);
  expect(await isPostmasterOf(process.pid, process.cwd())).toBe(true);
});

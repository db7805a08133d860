import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import {
  borrower,
  demoTestBank,
  processFolders,
  readPage,
  travel,
} from '../../runtime/journey/testing.ts';
import { runHuiliu } from './testing.ts';

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-live-'));
  bank = await demoTestBank('live log');
  const home = present(
    processFolders().find((each) => basename(each) === 'loan-sub-branch'),
    'the process',
  );
  const page = readPage(await readFile(join(home, 'cases.md'), 'utf8'));
  const run = present(page.runs[0], 'the straight run');
  const xml = await readFile(join(home, 'process.bpmn'), 'utf8');
  const processId = present(/<bpmn:process id="([^"]+)"/.exec(xml)?.[1], 'its id');
  await travel({ bank, page, run, processId, borrower: await borrower(bank, 0) });
}, 120_000);
afterAll(async () => {
  await bank.drop();
  await rm(folder, { recursive: true, force: true });
});

test('the bank analyzes itself by the same command, straight or through a file', {
  timeout: 60_000,
}, async () => {
  const settings = { DATABASE_URL: bank.url, DATA_DIR: folder };
  const file = join(folder, 'own.xes.gz');
  const live = await runHuiliu(['analyze', '--live', '--names', 'en', '--json'], settings);
  expect(live.complaint).toBe('');
  const exported = await runHuiliu(['export-log', file, '--names', 'en'], settings);
  expect([exported.code, await readdir(folder)]).toEqual([0, ['event-logs', 'own.xes.gz']]);
  const read = await runHuiliu(['analyze', file, '--json']);
  expect({ ...JSON.parse(read.out), file: 'huiliu' }).toEqual(JSON.parse(live.out));
  const { cases, amounts } = JSON.parse(live.out);
  expect(cases).toBeGreaterThan(0);
  const paid = amounts.find((each: { activity: string }) => each.activity === 'Disburse');
  expect(paid).toMatchObject({ currency: 'CNY', instances: 1 });
});

test.each([
  [['analyze'], 'either a FILE or --live'],
  [['analyze', 'a.xes', '--live'], 'either a FILE or --live'],
  [['analyze', '--live', '--names', 'nl'], '--names'],
  [['export-log', 'a.xes', '--names', 'nl'], '--names'],
])('%o is wrong usage', async (words, said) => {
  const ended = await runHuiliu(words);
  expect([ended.code, ended.complaint]).toEqual([2, expect.stringContaining(said)]);
});

test('a file that cannot be written is refused, and nothing stays behind', async () => {
  const file = join(folder, 'nowhere/own.xes');
  const ended = await runHuiliu(['export-log', file, '--json'], { DATABASE_URL: bank.url });
  expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'file_not_writable']);
});

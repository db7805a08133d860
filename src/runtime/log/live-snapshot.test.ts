import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { encodeLog } from '../../insight/log/log-snapshot.ts';
import { borrower, demoTestBank, processFolders, readPage, travel } from '../journey/testing.ts';
import { readBySnapshot } from './live-snapshot.ts';

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let folder = '';
/** One more case, just begun. */
let again: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-snapshot-'));
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
  again = async () => {
    // Later than the first: of two cases of one millisecond either may have the smaller id.
    bank.clock.now += 1000;
    const { actor } = await borrower(bank, 1);
    const order = { actor, processId, values: {}, unitCode: actor.unitCode };
    expect(await bank.runtime.startCase(order)).toMatchObject({ ok: true });
  };
}, 120_000);
afterAll(async () => {
  await bank.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a snapshot is brought up to date by what is new, and gives what reading all gives', {
  timeout: 120_000,
}, async () => {
  const place = join(folder, 'snapshots');
  const wanted = { cellId: 1, processId: null, language: 'en' as const };
  const reading = async (where: string) => {
    const read = await readBySnapshot(bank.database, wanted, where);
    if (!read.ok) throw new Error(read.code);
    const { log, source, cases, casesRead } = read.value;
    const told = createHash('sha256').update(encodeLog(log, source)).digest('hex');
    return { told, cases, casesRead };
  };
  const first = await reading(place);
  expect(first.casesRead).toBe(first.cases);
  expect(await reading(place)).toEqual({ ...first, casesRead: 0 });
  await again();
  const second = await reading(place);
  expect(second.cases).toBeGreaterThan(first.cases);
  expect(second.casesRead).toBeLessThan(second.cases);
  expect(second.told).toBe((await reading(join(folder, 'anew'))).told);
  expect(await reading(place)).toEqual({ ...second, casesRead: 0 });
  const [name = ''] = await readdir(join(place, 'event-logs'));
  const file = join(place, 'event-logs', name);
  const bytes = await readFile(file);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(file, bytes);
  expect(await reading(place)).toEqual({ ...second, casesRead: second.cases });
});

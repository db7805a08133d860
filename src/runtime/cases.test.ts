import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { read, verifyModel } from '../kernel/index.ts';
import {
  borrower,
  check,
  type DemoTestBank,
  demoTestBank,
  mustBe,
  processFolders,
  readPage,
  travel,
} from './journey/testing.ts';
import { askOracle } from './oracle.ts';

/** Every process of the project; the parts of a case as well as those with runs of their own. */
const processes = processFolders().map((folder) => [basename(folder), folder] as const);

test.each(processes)('%s is accepted and sound', async (_name, folder) => {
  const model = mustBe(await read(readFileSync(join(folder, 'process.bpmn'), 'utf8')));
  const { status, sound, traces } = verifyModel(model);
  expect({ status, sound, traces }).toEqual({ status: 'accepted', sound: true, traces: [] });
});

const pages = processFolders().filter((folder) => existsSync(join(folder, 'cases.md')));

describe.each(pages.map((folder) => [basename(folder), folder]))('%s', (_name, folder) => {
  const page = readPage(readFileSync(join(folder, 'cases.md'), 'utf8'));
  const xml = readFileSync(join(folder, 'process.bpmn'), 'utf8');
  const processId = present(/<bpmn:process id="([^"]+)"/.exec(xml)?.[1], 'the process');
  const finished: string[] = [];
  let bank: DemoTestBank & { drop(): Promise<void> };
  beforeAll(async () => {
    bank = await demoTestBank();
  });
  afterAll(async () => await bank.drop());

  test('there are runs, and every line is about an activity of the bank', () => {
    expect(page.runs.length).toBeGreaterThan(0);
    expect(page.usual.length).toBeGreaterThan(1);
  });

  test.each(page.runs.map((run, nth) => [run.title, run, nth] as const))(
    '%s',
    async (_title, run, nth) => {
      // A run that moves the clock has a bank of its own, so that the others keep their day; so
      // have the runs of a short page, which may speak of the same thing.
      const moves = run.lines.some((line) => line.activity.startsWith('wait '));
      const apart = moves || (page.runs.length <= 5 && nth > 0);
      const place = apart ? await demoTestBank(run.title) : bank;
      const given = {
        bank: place,
        page,
        run,
        processId,
        borrower: await borrower(place, apart ? 0 : nth),
      };
      await check(await travel(given));
      finished.push(run.title.split(' ')[0] ?? '');
      expect((await askOracle(place.database)).faults).toEqual([]);
      if (apart) await (place as typeof bank).drop();
    },
    // A bank of its own is opened for some, which a busy machine takes its time for.
    180_000,
  );

  if (processId !== 'corporate_loan_sub_branch') return;
  test('CRED-02 every path of the sub-branch loan, T1 to T28, was run to its end', () => {
    const paths = Array.from({ length: 28 }, (_, n) => `T${n + 1}`);
    expect(paths.filter((path) => !finished.includes(path))).toEqual([]);
  });
});

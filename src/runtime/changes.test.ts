import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert, present } from '../base/assert.ts';
import {
  borrower,
  type CaseRun,
  check,
  demoTestBank,
  holdersOf,
  type Journey,
  line,
  mustBe,
  type Page,
  processFolders,
  readPage,
  stopAt,
  travel,
} from './journey/testing.ts';
import { testOfficer } from './testing.ts';

/** What the bank's own people change in a process without a line of program. */

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let folder: string;
let page: Page;
let borrowers = 0;

beforeAll(async () => {
  bank = await demoTestBank('changes');
  const found = processFolders().find((one) => one.endsWith('loan-sub-branch'));
  folder = present(found, 'the loan');
  page = readPage(await readFile(join(folder, 'cases.md'), 'utf8'));
});
afterAll(async () => await bank.drop());

/** Deploys the loan with one text of one file changed; the next version. */
async function deployChanged(
  file: string,
  ...edits: readonly (readonly [from: string, to: string])[]
): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'huiliu-changed-'));
  await cp(folder, copy, { recursive: true });
  let text = await readFile(join(copy, file), 'utf8');
  for (const [from, to] of edits) {
    assert(text.includes(from), `${file} holds ${from}`);
    text = text.replaceAll(from, to);
  }
  await writeFile(join(copy, file), text);
  // The cases beside a table stand for it as it was; who changes it writes them anew.
  if (edits.length > 0)
    await rm(join(copy, file.replace(/(\.dmn)?$/, '.cases.md')), { force: true });
  mustBe(await bank.runtime.deployProcess({ actor: testOfficer, folder: copy }));
  await rm(copy, { recursive: true });
}

async function journey(run: Partial<CaseRun>): Promise<Journey> {
  const whole: CaseRun = {
    title: 'changed',
    ends: '',
    done: [],
    postings: null,
    lines: [],
    ...run,
  };
  const one = await borrower(bank, borrowers);
  borrowers += 1;
  const processId = 'corporate_loan_sub_branch';
  return await travel({ bank, page, run: whole, processId, borrower: one });
}

test('a lower authority amount hands the same loan up', async () => {
  const run = { ends: 'settled' };
  await check(await journey(run));
  await deployChanged('authority.dmn', ['&lt;= 500000000', '&lt;= 200000000']);
  await check(await journey({ ends: 'handed_up' }));
  await deployChanged('authority.dmn');
});

test('a lower majority passes what was declined before', async () => {
  const against = [3, 4, 5].map((seat) =>
    line('vote', '{"vote": "against"}', `committee_member ${seat}`),
  );
  await check(await journey({ ends: 'declined', lines: against }));
  const row = '<outputEntry id="committee_rule_row_1_out_3"><text>';
  await deployChanged('committee.dmn', [`${row}2`, `${row}1`]);
  await check(await journey({ ends: 'settled', lines: against }));
});

/** Three of five vote, then the deadline passes; gives what is open afterwards. */
async function threeOfFive(): Promise<string[]> {
  const at = await journey(stopAt('vote'));
  const { caseNumber } = at;
  const members = await holdersOf(bank, 'committee_member', '110100');
  for (const actor of members.slice(0, 3)) {
    const { tasks } = await bank.runtime.listTasks({ actor, filter: 'mine', caseNumber });
    const taskId = present(tasks[0], 'a vote').id;
    mustBe(await bank.runtime.claimTask({ actor, taskId }));
    const values = { vote: 'for', voteOpinion: '同意' };
    mustBe(await bank.runtime.completeTask({ actor, taskId, values }));
  }
  bank.clock.now += 2 * 86_400_000;
  await bank.runtime.tick(bank.clock.now);
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.filter((one) => one.status === 'ready').map((one) => one.activity);
  return [...new Set(open)];
}

test('a lower quorum decides with those who came', async () => {
  await deployChanged('committee.dmn');
  expect(await threeOfFive()).toEqual(['vote']);
  const row = '<outputEntry id="committee_rule_row_1_out_1"><text>';
  await deployChanged('committee.dmn', [`${row}2`, `${row}1`]);
  expect(await threeOfFive()).toEqual(['authorised_approval']);
});

test('another target of a return sends the case there', async () => {
  const stop = stopAt('lead_investigation');
  const returned = [line('first_review 1', '{"firstReviewDecision": "return"}')];
  const run = { ...stop, lines: [...returned, ...(stop.lines ?? [])] };
  const usual = [
    { activity: 'eligibility_review', count: 2 },
    { activity: 'credit_report', count: 2 },
  ];
  await check(await journey({ ...run, done: usual }));
  const flow = 'sourceRef="first_review_result" targetRef=';
  const arrives = '<bpmn:incoming>first_review_result_to_eligibility_review</bpmn:incoming>';
  const first = '<bpmn:incoming>is_qualified_to_credit_report</bpmn:incoming>';
  await deployChanged(
    'process.bpmn',
    [`${flow}"eligibility_review"`, `${flow}"credit_report"`],
    [arrives, ''],
    [first, first + arrives],
  );
  const shorter = [
    { activity: 'eligibility_review', count: 1 },
    { activity: 'credit_report', count: 2 },
  ];
  await check(await journey({ ...run, done: shorter }));
});

test('a field more in a form is asked for', async () => {
  const more = '{"type":"number","key":"employees","validate":{"required":true}},';
  await deployChanged('apply.form.json', ['"components": [', `"components": [${more}`]);
  const without = [line('apply', '{}', '', 'field_missing')];
  await journey({ ends: 'open at apply', lines: without });
  const stop = stopAt('eligibility_review');
  const filledIn = [line('apply', '{"employees": 120}'), ...(stop.lines ?? [])];
  await check(await journey({ ...stop, lines: filledIn }));
});

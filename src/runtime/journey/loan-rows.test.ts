import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { isValueList, type Values } from '../../base/data.ts';
import { refuse } from '../../base/result.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { fillPosition } from '../../store/people/employees.ts';
import { askOracle } from '../oracle.ts';
import { addDocument } from '../paper/documents.ts';
import { printPaper } from '../paper/prints.ts';
import {
  actorBy,
  borrower,
  type CaseRun,
  check,
  demoTestBank,
  type Journey,
  line,
  mustBe,
  type Page,
  picture,
  processFolders,
  readPage,
  stopAt,
  travel,
} from './testing.ts';

/** What the requirement rows ask of the corporate loan, each on the demo bank. */

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let page: Page;
let borrowers = 0;

beforeAll(async () => {
  bank = await demoTestBank('rows');
  const folder = processFolders().find((one) => one.endsWith('loan-sub-branch'));
  page = readPage(await readFile(join(present(folder, 'the loan'), 'cases.md'), 'utf8'));
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function journey(run: Partial<CaseRun>): Promise<Journey> {
  const whole: CaseRun = { title: 'row', ends: '', done: [], postings: null, lines: [], ...run };
  const one = await borrower(bank, borrowers);
  borrowers += 1;
  const processId = 'corporate_loan_sub_branch';
  return await travel({ bank, page, run: whole, processId, borrower: one });
}

async function openTask(caseNumber: string, activity: string): Promise<string> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const task = tasks.find((one) => one.activity === activity && one.endedAt === null);
  return present(task, `open task ${activity}`).id;
}

test('every kind of line in the business log stands in the reference', async () => {
  const { caseNumber } = await journey({ ends: 'settled' });
  // The case has ended; its papers are printed still, each counted for itself.
  const actor = await actorBy(bank, 'li.na');
  for (const paper of ['approval', 'note', 'vouchers'] as const) {
    for (const copyNumber of [1, 2]) {
      const printed = mustBe(await printPaper(bank.runtime.parts, { actor, caseNumber, paper }));
      expect(printed).toMatchObject({ paper, copyNumber, printedBy: 'li.na' });
    }
  }
  expect((await bank.runtime.caseEvents(caseNumber)).length).toBeGreaterThan(80);
  const text = await readFile(
    new URL('../../../docs/reference/business-events.md', import.meta.url),
  );
  const known = new Set([...String(text).matchAll(/`([A-Za-z_]+)`/g)].map((match) => match[1]));
  const said = await bank.database.query<{ kind: string; facts: string[] }>(
    `select kind, array_agg(distinct name) filter (where name is not null) as facts
     from business_event left join lateral jsonb_object_keys(facts) as name on true group by kind`,
  );
  expect(said.length).toBeGreaterThan(8);
  const names = said.flatMap(({ kind, facts }) => [kind, ...(facts ?? [])]);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test('CRED-06 an application without purpose or source of repayment is not submitted', async () => {
  const { caseNumber, borrower: applicant } = await journey(stopAt('apply'));
  const { actor, places } = applicant;
  const taskId = await openTask(caseNumber, 'apply');
  mustBe(await bank.runtime.claimTask({ actor, taskId }));
  const values = {
    productCode: 'working_capital',
    amountMinor: 300_000_000n,
    termMonths: 12n,
    purpose: '采购钢材',
    repaymentSource: '销售回款',
    repaymentMethod: 'interest_first',
    creditProtection: 'mortgage',
    depositAccountNumber: places.depositAccount ?? '',
    creditReportConsent: true,
  };
  for (const field of ['purpose', 'repaymentSource']) {
    const order = { actor, taskId, values: { ...values, [field]: '' } };
    expect(await bank.runtime.completeTask(order)).toEqual(refuse('field_missing', { field }));
  }
  expect(await bank.runtime.completeTask({ actor, taskId, values })).toMatchObject({ ok: true });
});

test('CRED-07 a rule list gives the reasons, and the customer is told', async () => {
  const lines = [line('eligibility_review', '{"licenceValid": false, "blacklisted": true}')];
  const { caseNumber } = await journey({ lines });
  const { outcome, values } = mustBe(await bank.runtime.viewCase(caseNumber));
  expect(outcome).toBe('not_qualified');
  const failures = values.failures ?? null;
  expect(isValueList(failures) && failures.length).toBeGreaterThanOrEqual(2);
  const [decision] = await bank.runtime.caseDecisions(caseNumber);
  // Of the case it holds what the table reads, and no opinion or name beside it.
  expect(Object.keys(decision?.inputs ?? {}).sort()).toEqual([
    'blacklisted',
    'creditRating',
    'creditReportConsent',
    'establishedMonths',
    'licenceValid',
    'restrictedIndustry',
  ]);
  expect(decision?.matched).toMatchObject([{ decision: 'eligibility' }]);
  const told = await bank.database.query<{ topic: string }>(
    'select topic from outbox where message_key = $1',
    [caseNumber],
  );
  expect(told).toEqual([{ topic: 'not_qualified' }]);
});

/** Stops at a task after somebody of another role has tried to claim it. */
function refusedAt(activity: string, role: string): Partial<CaseRun> {
  const lines = [line(activity, '{}', role, 'not_a_candidate')];
  return { ends: `open at ${activity}`, lines };
}

test('CRED-08 two people investigate, and give back report, rating proposal and signatures', async () => {
  const { caseNumber } = await journey(stopAt('write_report'));
  const done = (await bank.runtime.caseTasks(caseNumber)).filter((one) => one.endedAt !== null);
  const by = (activity: string) => done.find((one) => one.activity === activity)?.assignee;
  expect([by('lead_investigation'), by('support_investigation')]).toEqual(['li.na', 'wang.lei']);
  // One person in both hats: the roles alone would allow it.
  const stopped = await journey(refusedAt('support_investigation', 'customer_manager'));
  const taskId = await openTask(stopped.caseNumber, 'support_investigation');
  const lead = await actorBy(bank, 'li.na');
  const both = { ...lead, posts: [...lead.posts, { role: 'risk_manager', unit: '110100' }] };
  expect(await bank.runtime.claimTask({ actor: both, taskId })).toMatchObject({
    code: 'must_be_another_person',
  });
  const signed = await journey(refusedAt('assess_credit_line', 'branch_credit_head'));
  const { values } = mustBe(await bank.runtime.viewCase(signed.caseNumber));
  expect(values).toMatchObject({
    creditRating: 'A',
    proposedAmountMinor: 300_000_000n,
    managerSignature: 'sign',
    riskSignature: 'sign',
  });
  expect(values.investigationReport).toContain('6,335,555.56');
});

test('CRED-09 after a paper that voids a signature both sign anew, without a return', async () => {
  const { caseNumber, borrower: given } = await journey(refusedAt('sign_risk', 'customer_manager'));
  const signed = await bank.runtime.caseTasks(caseNumber);
  expect(signed.find((one) => one.activity === 'sign_manager')?.status).toBe('completed');
  const paper = { caseNumber, kind: 'applicationDocuments', title: '补充流水.png' };
  const order = { actor: given.actor, ...paper, content: picture };
  mustBe(await addDocument(bank.runtime.parts, order));
  const risk = await actorBy(bank, 'wang.lei');
  const answer = async (login: string, activity: string, values: Values) => {
    const actor = await actorBy(bank, login);
    const taskId = await openTask(caseNumber, activity);
    mustBe(await bank.runtime.claimTask({ actor, taskId }));
    return await bank.runtime.completeTask({ actor, taskId, values });
  };
  expect(await answer(risk.login, 'sign_risk', { riskSignature: 'sign' })).toMatchObject({
    code: 'signed_facts_changed',
  });
  mustBe(await answer(risk.login, 'sign_risk', { riskSignature: 'again' }));
  mustBe(await answer('li.na', 'sign_manager', { managerSignature: 'sign' }));
  mustBe(await answer(risk.login, 'sign_risk', { riskSignature: 'sign' }));
  await openTask(caseNumber, 'assess_credit_line');
});

test('CRED-11 no collateral without its certificate’s image, and no money before it', async () => {
  const unseen = line('register_collateral', '{}', '', 'certificate_image_missing');
  const { caseNumber } = await journey({ ends: 'open at register_collateral', lines: [unseen] });
  const registered = () =>
    bank.database.query('select 1 from collateral where case_number = $1', [caseNumber]);
  expect(await registered()).toEqual([]);
  const actor = await actorBy(bank, 'li.na');
  const taskId = await openTask(caseNumber, 'register_collateral');
  const paper = { caseNumber, kind: 'collateralDocuments', title: '权证.png', content: picture };
  mustBe(await addDocument(bank.runtime.parts, { actor, ...paper }));
  const values = {
    collateralRegistration: '不动产登记证明第2026018号',
    collateralValueMinor: 520_000_000n,
    collateralDescription: '城东工业园厂房',
  };
  mustBe(await bank.runtime.completeTask({ actor, taskId, values }));
  expect(await registered()).toHaveLength(1);
  await openTask(caseNumber, 'request_drawdown');
});

test('CRED-10 votes by quorum and majority are kept, the proposer has none', async () => {
  const against = line('vote', '{"vote": "against"}', 'committee_member 5');
  const proposer = line('vote 1', '{}', 'customer_manager', 'not_a_candidate');
  const stop = stopAt('authorised_approval');
  const lines = [against, proposer, ...(stop.lines ?? [])];
  const { caseNumber } = await journey({ ...stop, lines });
  const { values } = mustBe(await bank.runtime.viewCase(caseNumber));
  const votes = isValueList(values.votes ?? null) ? values.votes : [];
  expect(votes).toHaveLength(5);
  expect(JSON.stringify(votes).match(/"vote":"for"/g)).toHaveLength(4);
  expect(values.voteResult).toBe('passed');
  const alone = await journey({
    ...stop,
    lines: [line('apply', '{"creditProtection": "margin"}'), ...(stop.lines ?? [])],
    done: [
      { activity: 'independent_review', count: 1 },
      { activity: 'vote', count: 0 },
    ],
  });
  await check({ ...alone, run: { ...alone.run, ends: 'open at authorised_approval' } });
});

test('CRED-13 the loan is paid out once, by way of the borrower to the payee', async () => {
  const again = line('disburse again', '{}', '', 'task_not_open');
  const one = await borrower(bank, borrowers);
  const balanceOf = async (number: string) =>
    present(await findAccount(bank.database, 1, number), number).balanceMinor;
  const { depositAccount = '', payeeAccount = '' } = one.places;
  const before = [await balanceOf(depositAccount), await balanceOf(payeeAccount)] as const;
  const done = await journey({ ends: 'settled', lines: [again], postings: 1 });
  await check(done);
  const { caseNumber } = done;
  const [note] = await bank.database.query<{ number: string; principal: bigint }>(
    'select note_number as number, principal_minor as principal from loan_note where case_number = $1',
    [caseNumber],
  );
  const { number, principal } = present(note, 'the note');
  expect(principal).toBe(300_000_000n);
  // Paid out to the payee; the borrower pays back from what comes in at the end of the run.
  expect(await balanceOf(payeeAccount)).toBe(before[1] + principal);
  expect(await balanceOf(depositAccount)).toBe(before[0]);
  expect(await balanceOf(number)).toBe(0n);
  const entries = await bank.database.query<{ side: string; amount: bigint }>(
    `select e.side, e.amount_minor as amount from entry e
       join account a on a.cell_id = e.cell_id and a.account_id = e.account_id
     where a.account_number = $1 order by e.entry_number`,
    [number],
  );
  expect(entries).toEqual([
    { side: 'debit', amount: principal },
    { side: 'credit', amount: principal },
  ]);
  const events = await bank.runtime.caseEvents(caseNumber);
  const received = events.find((event) => event.kind === 'message_received');
  expect(received?.person).toBe(one.actor.person);
});

test('CTRL-07 incompatible roles, and incompatible acts in one case, are refused', async () => {
  const manager = await actorBy(bank, 'li.na');
  const appointed = await bank.database.transaction(
    async (transaction) =>
      await fillPosition(transaction, 1, {
        id: '019aa4d8-c000-7000-8000-000000000001',
        employeeNumber: manager.person,
        positionCode: 'risk_manager',
        unitCode: '110100',
        isMain: false,
        effectiveFrom: '2026-11-01',
        grantedLogin: 'chen.yan',
      }),
  );
  expect(appointed).toMatchObject({ ok: false, code: 'roles_in_conflict' });
  const { caseNumber } = await journey(stopAt('approve_sealing'));
  const taskId = await openTask(caseNumber, 'approve_sealing');
  // The same person with the seal in another hat: the role alone would allow it.
  const sealed = { ...manager, posts: [{ role: 'seal_keeper', unit: '110100' }] };
  expect(await bank.runtime.claimTask({ actor: sealed, taskId })).toMatchObject({
    code: 'must_be_another_person',
    facts: { task: 'approve_sealing', done: 'request_sealing' },
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { addDays } from '../../base/dates.ts';
import { uuidV7 } from '../../base/uuid.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { contractOfCase } from '../../store/products/loan-contracts.ts';
import { type Actor, systemActor } from '../actor.ts';
import { askOracle } from '../oracle.ts';
import {
  actorBy,
  type Borrower,
  borrower,
  demoTestBank,
  line,
  mustBe,
  pageOf,
  passDays,
  payIn,
  travel,
} from './testing.ts';

/** Drawing, paying and ending a contract: by whom, how often, and what stays until the end. */

type Loan = { readonly caseNumber: string; readonly contractNumber: string } & Borrower;

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let borrowers = 0;
const loanPage = pageOf('loan-sub-branch');
const drawdownPage = pageOf('loan-drawdown');

beforeAll(async () => {
  bank = await demoTestBank('drawdown');
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** A loan of 3,000,000.00 of which so much was drawn first, with what else differs. */
async function released(first: number, differs: Readonly<Record<string, string>> = {}) {
  const given = await borrower(bank, borrowers);
  borrowers += 1;
  const lines = [
    line('request_drawdown', `{"drawdownAmountMinor": ${first}}`),
    ...Object.entries(differs).map(([activity, values]) => line(activity, values)),
  ];
  const run = { title: 'released', ends: 'released', done: [], postings: null, lines };
  const processId = 'corporate_loan_sub_branch';
  const { caseNumber } = await travel({ bank, page: loanPage, run, processId, borrower: given });
  return { ...given, caseNumber, contractNumber: `HT-${caseNumber}` };
}

async function contractOf(loan: Loan): Promise<Values> {
  return present(await contractOfCase(bank.database, 1, loan.caseNumber), 'the contract');
}

async function start(loan: Loan, processId: string, values: Values, actor = loan.actor) {
  const { customerNumber } = loan.actor;
  const order = { actor, processId, values, unitCode: loan.actor.unitCode };
  return await bank.runtime.startCase({ ...order, customerNumber: customerNumber ?? '' });
}

async function openTask(caseNumber: string): Promise<{ id: string; activity: string }> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  return present(
    tasks.find((one) => one.endedAt === null),
    `an open task of ${caseNumber}`,
  );
}

const staff: Readonly<Record<string, string>> = {
  approve_disbursement: 'song.yu',
  check_disbursement: 'gao.wei',
  disburse: 'tang.jie',
};

/** A further drawdown of so much, up to the task of the disbursing officer, who has claimed it. */
async function atDisbursement(loan: Loan, amountMinor: bigint) {
  const { contractNumber } = loan;
  const { caseNumber } = mustBe(await start(loan, 'loan_drawdown', { contractNumber }));
  return await onToDisbursement(loan, caseNumber, amountMinor);
}

/** Takes a drawdown from where it stands to the task of the disbursing officer. */
async function onToDisbursement(loan: Loan, caseNumber: string, amountMinor: bigint) {
  for (;;) {
    const { id: taskId, activity } = await openTask(caseNumber);
    const login = staff[activity];
    const actor = login === undefined ? loan.actor : await actorBy(bank, login);
    mustBe(await bank.runtime.claimTask({ actor, taskId }));
    if (activity === 'disburse') return { caseNumber, actor, taskId, values: confirmed };
    const values = { ...usualOf(loan, activity), ...drawn(activity, amountMinor) };
    mustBe(await bank.runtime.completeTask({ actor, taskId, values }));
  }
}

const confirmed = { disbursementConfirmed: true };
const drawn = (activity: string, amountMinor: bigint): Values =>
  activity === 'request_drawdown' ? { drawdownAmountMinor: amountMinor } : {};

function usualOf(loan: Loan, activity: string): Values {
  const usual = drawdownPage.usual.find((one) => one.activity === activity);
  const text = present(usual, activity).values;
  const filled = text.replace(/\{(\w+)\}/g, (_all, name: string) => loan.places[name] ?? '');
  return JSON.parse(filled) as Values;
}

async function pay(loan: Loan, noteNumber: string, principalMinor: bigint) {
  await payIn(bank, loan.actor.unitCode, loan.places.depositAccount ?? '', principalMinor);
  const values = { noteNumber, principalMinor, interestMinor: 0n };
  return await start(loan, 'loan_repayment', values, systemActor);
}

const account = async (number: string) =>
  present(await findAccount(bank.database, 1, number), number);

async function collateralOf({ caseNumber }: Loan): Promise<bigint> {
  const [row] = await bank.database.query<{ held: bigint }>(
    `select coalesce(sum(case direction when 'in' then amount_minor else -amount_minor end), 0)::int8
       as held from memorandum where subject = $1`,
    [caseNumber],
  );
  return present(row, 'a sum').held;
}

describe('two at once', () => {
  test('of two who draw the last of a contract one gets it, the other a refusal in words', async () => {
    const loan = await released(100_000_000);
    const [one, other] = [
      await atDisbursement(loan, 200_000_000n),
      await atDisbursement(loan, 200_000_000n),
    ];
    const answers = await Promise.all([one, other].map((it) => bank.runtime.completeTask(it)));
    const codes = answers.map((answer) => (answer.ok ? 'paid' : answer.code)).sort();
    expect(codes).toEqual(['contract_drawn_in_full', 'paid']);
    expect(await contractOf(loan)).toMatchObject({ drawnMinor: 300_000_000n, undrawnMinor: 0n });
    const late = answers[0]?.ok ? other : one;
    expect((await openTask(late.caseNumber)).activity).toBe('disburse');
    const back = { payoutDecision: 'return' };
    const without = { ...late, values: back };
    expect(await bank.runtime.completeTask(without)).toMatchObject({
      code: 'return_reason_missing',
    });
    const unticked = { ...late, values: { payoutDecision: 'pay' } };
    expect(await bank.runtime.completeTask(unticked)).toMatchObject({ code: 'field_missing' });
    const reason = { ...back, payoutReason: '合同额度已被另一笔提款用完' };
    mustBe(await bank.runtime.completeTask({ ...late, values: reason }));
    // Back with who asked, who may ask for less, or withdraw; nothing was posted.
    expect((await openTask(late.caseNumber)).activity).toBe('request_drawdown');
    expect(await findAccount(bank.database, 1, `JJ-${late.caseNumber}`)).toBeNull();
    const order = { actor: loan.actor, caseNumber: late.caseNumber };
    mustBe(await bank.runtime.withdrawCase(order));
  });

  test('of two who draw too much together the second asks for what is left, and gets it', async () => {
    const loan = await released(100_000_000);
    const [one, late] = [
      await atDisbursement(loan, 150_000_000n),
      await atDisbursement(loan, 150_000_000n),
    ];
    mustBe(await bank.runtime.completeTask(one));
    expect(await bank.runtime.completeTask(late)).toMatchObject({ code: 'exceeds_contract' });
    const back = { payoutDecision: 'return', payoutReason: '合同余额不足' };
    mustBe(await bank.runtime.completeTask({ ...late, values: back }));
    const again = await onToDisbursement(loan, late.caseNumber, 50_000_000n);
    mustBe(await bank.runtime.completeTask(again));
    expect(await contractOf(loan)).toMatchObject({ drawnMinor: 300_000_000n, undrawnMinor: 0n });
    const order = { actor: loan.actor, caseNumber: late.caseNumber };
    expect(await bank.runtime.withdrawCase(order)).toMatchObject({ code: 'case_decided_already' });
  });

  test('one submit sent five times pays once and is answered five times alike', async () => {
    const loan = await released(100_000_000);
    const it = await atDisbursement(loan, 50_000_000n);
    const key = uuidV7(
      bank.clock.now,
      Uint8Array.from({ length: 10 }, (_, n) => n),
    );
    const sent = Array.from({ length: 5 }, () => bank.runtime.completeTask({ ...it, key }));
    const answers = (await Promise.all(sent)).map(mustBe);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await account(`JJ-${it.caseNumber}`)).balanceMinor).toBe(50_000_000n);
    expect(await contractOf(loan)).toMatchObject({ undrawnMinor: 150_000_000n });
  });

  test('an inspection begun twice, or of a note that is not there, is refused in words', async () => {
    const loan = await released(300_000_000);
    const begin = (noteNumber: string, inspectionDueDate: string) =>
      start(loan, 'post_loan_inspection', { noteNumber, inspectionDueDate }, systemActor);
    const noteNumber = `JJ-${loan.caseNumber}`;
    const twice = await Promise.all([
      begin(noteNumber, '2026-12-05'),
      begin(noteNumber, '2026-12-05'),
    ]);
    const codes = twice.map((answer) => (answer.ok ? 'begun' : answer.code)).sort();
    expect(codes).toEqual(['begun', 'inspection_begun_already']);
    expect(await begin(noteNumber, '2026-12-06')).toMatchObject({
      code: 'inspection_begun_already',
    });
    expect(await begin('JJ-none', '2026-12-05')).toMatchObject({ code: 'loan_note_missing' });
  });
});

test('each drawdown has its note and its plan; the collateral stays until the last is paid', async () => {
  const loan = await released(100_000_000);
  const it = await atDisbursement(loan, 200_000_000n);
  mustBe(await bank.runtime.completeTask(it));
  const notes = await bank.database.query<{ note: string; parts: bigint; maturity: string }>(
    `select n.note_number as note, count(*)::int8 as parts, n.maturity_date as maturity
     from loan_note n join loan_instalment i using (cell_id, note_number)
     where n.contract_number = $1 group by n.note_number, n.maturity_date, n.disbursed_at
     order by n.disbursed_at`,
    [loan.contractNumber],
  );
  const [first, second] = notes;
  expect(notes).toMatchObject([{ maturity: '2027-11-20' }, { maturity: '2027-11-20' }]);
  expect(second?.note).toBe(`JJ-${it.caseNumber}`);
  const waits = { messageName: 'funds_received', correlation: it.caseNumber, values: {} };
  const told = await bank.runtime.deliverMessage({ actor: loan.actor, ...waits });
  expect(mustBe(told).outcome).toBe('disbursed');

  mustBe(await pay(loan, first?.note ?? '', 100_000_000n));
  expect(await collateralOf(loan)).toBe(520_000_000n);
  expect(await contractOf(loan)).toMatchObject({ outstandingMinor: 200_000_000n, closedOn: null });
  expect(mustBe(await bank.runtime.viewCase(loan.caseNumber)).status).toBe('active');

  mustBe(await pay(loan, second?.note ?? '', 200_000_000n));
  expect(await collateralOf(loan)).toBe(0n);
  expect(await contractOf(loan)).toMatchObject({ closedOn: '2026-11-20' });
  await bank.runtime.tick(bank.clock.now);
  expect(mustBe(await bank.runtime.viewCase(loan.caseNumber)).outcome).toBe('settled');
  expect(await start(loan, 'loan_drawdown', { contractNumber: loan.contractNumber })).toMatchObject(
    { code: 'contract_closed' },
  );
});

test('who acted in the loan is kept from the disbursement of a later drawdown', async () => {
  const loan = await released(100_000_000);
  const { contractNumber } = loan;
  const { caseNumber } = mustBe(await start(loan, 'loan_drawdown', { contractNumber }));
  const asked = await openTask(caseNumber);
  mustBe(await bank.runtime.claimTask({ actor: loan.actor, taskId: asked.id }));
  const values = { ...usualOf(loan, 'request_drawdown'), drawdownAmountMinor: 1_000n };
  mustBe(await bank.runtime.completeTask({ actor: loan.actor, taskId: asked.id, values }));
  const { id: taskId } = await openTask(caseNumber);
  for (const login of ['li.na', 'wang.lei', 'zhang.guoqiang', 'cao.fei']) {
    const real = await actorBy(bank, login);
    // In another hat, which the roles alone would allow.
    const actor = { ...real, posts: [{ role: 'branch_risk_officer', unit: '110000' }] };
    expect([login, await bank.runtime.claimTask({ actor, taskId })]).toMatchObject([
      login,
      { code: 'must_be_another_person' },
    ]);
  }
});

describe('at the counter', () => {
  test('staff fill in for a customer who is there, and the log says for whom', async () => {
    const given = await borrower(bank, borrowers);
    borrowers += 1;
    const manager = await actorBy(bank, 'li.na');
    const loan = { ...given, caseNumber: '', contractNumber: '' };
    const processId = 'corporate_loan_sub_branch';
    const { caseNumber } = mustBe(await start(loan, processId, {}, manager));
    const { id: taskId } = await openTask(caseNumber);
    const refused: readonly (readonly [string, boolean, string])[] = [
      ['li.na', false, 'customer_presence_missing'],
      ['wang.lei', true, 'not_a_candidate'],
      ['feng.yuan', true, 'not_a_candidate'],
    ];
    for (const [login, customerPresent, code] of refused) {
      const order = { actor: await actorBy(bank, login), taskId, customerPresent };
      expect([login, await bank.runtime.claimTask(order)]).toMatchObject([login, { code }]);
    }
    const counter = await bank.runtime.listTasks({ actor: manager, filter: 'counter', caseNumber });
    expect(counter.tasks).toMatchObject([
      { id: taskId, customerNumber: given.places.customerNumber },
    ]);
    const all = await bank.runtime.listTasks({ actor: manager, filter: 'all', caseNumber });
    expect(all.total).toBe(0);
    const order = { actor: manager, taskId, customerPresent: true };
    mustBe(await bank.runtime.claimTask(order));
    const values = present(
      loanPage.usual.find((one) => one.activity === 'apply'),
      'apply',
    ).values.replace('{depositAccount}', given.places.depositAccount ?? '');
    const filled = JSON.parse(values, (_name, value) =>
      typeof value === 'number' ? BigInt(value) : value,
    ) as Values;
    const absent = { actor: manager, taskId, values: filled };
    expect(await bank.runtime.completeTask(absent)).toMatchObject({
      code: 'customer_presence_missing',
    });
    mustBe(await bank.runtime.completeTask({ ...absent, customerPresent: true }));
    const said = (await bank.runtime.caseEvents(caseNumber)).filter(
      (event) => event.kind === 'acted_for_customer',
    );
    expect(said.map((event) => [event.login, event.person, event.element_id])).toEqual([
      ['li.na', manager.person, 'apply'],
      ['li.na', manager.person, 'apply'],
    ]);
    const facts = { customerNumber: given.places.customerNumber, customerPresent: true };
    expect(JSON.parse(said[0]?.facts ?? '{}')).toEqual(facts);
    const tasks = await bank.runtime.caseTasks(caseNumber);
    const done = tasks.find((one) => one.activity === 'apply');
    expect(done).toMatchObject({ assignee: 'li.na', status: 'completed' });
  });

  test('who entered the application is not who reviews it', async () => {
    const given = await borrower(bank, borrowers);
    borrowers += 1;
    const run = {
      ...{ title: 'entered', ends: 'open at first_review', done: [], postings: null },
      lines: [
        line('apply', '', 'counter customer_manager'),
        line('first_review', '{}', 'seal_keeper', 'not_a_candidate'),
      ],
    };
    const processId = 'corporate_loan_sub_branch';
    const { caseNumber } = await travel({ bank, page: loanPage, run, processId, borrower: given });
    const tasks = await bank.runtime.caseTasks(caseNumber);
    const entered = present(
      tasks.find((one) => one.activity === 'apply'),
      'apply',
    );
    const real = await actorBy(bank, entered.assignee ?? '');
    const actor: Actor = { ...real, posts: [{ role: 'risk_manager', unit: '110100' }] };
    const { id: taskId } = await openTask(caseNumber);
    expect(await bank.runtime.claimTask({ actor, taskId })).toMatchObject({
      code: 'must_be_another_person',
    });
  });
});

test('a margin is held from the signing until the last note is paid', async () => {
  const amounts = '"amountMinor": 9500000';
  const loan = await released(4_000_000, {
    apply: `{"creditProtection": "margin", ${amounts}}`,
    write_report: '{"proposedAmountMinor": 9500000}',
    assess_credit_line: `{${amounts}}`,
  });
  const { depositAccount = '' } = loan.places;
  const held = async () => {
    const [row] = await bank.database.query<{ held: bigint }>(
      `select b.held_minor as held from account a join account_balance b using (cell_id, account_id)
       where a.account_number = $1`,
      [depositAccount],
    );
    return present(row, depositAccount).held;
  };
  // 95 % of the margin is lent, so 95,000.00 needs 100,000.00.
  expect(await held()).toBe(10_000_000n);
  const it = await atDisbursement(loan, 5_500_000n);
  mustBe(await bank.runtime.completeTask(it));
  mustBe(await pay(loan, `JJ-${loan.caseNumber}`, 4_000_000n));
  expect(await held()).toBe(10_000_000n);
  mustBe(await pay(loan, `JJ-${it.caseNumber}`, 5_500_000n));
  expect(await held()).toBe(0n);
});

test('a note is paid off early at the figure of the day, from the borrower’s account', async () => {
  const loan = await released(300_000_000);
  const noteNumber = `JJ-${loan.caseNumber}`;
  await payIn(bank, loan.actor.unitCode, loan.places.depositAccount ?? '', 301_000_000n);
  const { caseNumber } = mustBe(await start(loan, 'loan_payoff', { noteNumber }));
  const { values } = mustBe(await bank.runtime.viewCase(caseNumber));
  expect(values).toMatchObject({ principalMinor: 300_000_000n, payoffMinor: 300_000_000n });
  const { id: taskId } = await openTask(caseNumber);
  const { actor } = loan;
  mustBe(await bank.runtime.claimTask({ actor, taskId }));
  const order = { actor, taskId, values: { payoffMinor: 1n, payoffConfirmed: true } };
  expect(await bank.runtime.completeTask(order)).toMatchObject({ code: 'payoff_has_changed' });
  const right = { ...order, values: { ...order.values, payoffMinor: 300_000_000n } };
  mustBe(await bank.runtime.completeTask(right));
  expect((await account(noteNumber)).balanceMinor).toBe(0n);
  expect(mustBe(await bank.runtime.viewCase(caseNumber)).outcome).toBe('settled');
  const other = await start({ ...loan, ...(await borrower(bank, 0)) }, 'loan_payoff', {
    noteNumber,
  });
  expect(other).toMatchObject({ code: 'loan_note_missing' });
});

test('a contract that is paid and past its time is closed by the daily work', async () => {
  const loan = await released(100_000_000);
  mustBe(await pay(loan, `JJ-${loan.caseNumber}`, 100_000_000n));
  expect(await contractOf(loan)).toMatchObject({ closedOn: null, undrawnMinor: 200_000_000n });
  const availableTo = String((await contractOf(loan)).availableTo);
  expect(availableTo).toBe('2027-05-20');
  await passDays(bank, 182);
  expect(addDays('2026-11-20', 182)).toBe('2027-05-21');
  await bank.runtime.prepareMonths(bank.clock.now);
  const daily = mustBe(await bank.runtime.runDaily());
  expect(daily.contractsClosed).toBeGreaterThanOrEqual(1);
  expect(mustBe(await bank.runtime.runDaily()).contractsClosed).toBe(0);
  await bank.runtime.tick(bank.clock.now);
  expect(await contractOf(loan)).toMatchObject({ closedOn: '2027-05-21' });
  expect(await collateralOf(loan)).toBe(0n);
  expect(mustBe(await bank.runtime.viewCase(loan.caseNumber)).outcome).toBe('settled');
});

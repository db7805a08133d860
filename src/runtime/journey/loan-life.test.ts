import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { addDays, dateInChina, daysBetween } from '../../base/dates.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { askOracle } from '../oracle.ts';
import {
  actorBy,
  borrower,
  demoTestBank,
  line,
  mustBe,
  type Page,
  passDays,
  processFolders,
  readPage,
  travel,
} from './testing.ts';

/**
 * A loan after its release: what the daily work of the bank finds and does, until it is settled.
 */

/** 120,000.00 at 4.35 % over twelve months: the vectors of the schedules. */
const principalMinor = 12_000_000n;

type Loan = {
  readonly method: string;
  readonly caseNumber: string;
  readonly noteNumber: string;
  /** Interest of the whole plan, and how many parts it has. */
  readonly interestMinor: bigint;
  readonly instalments: number;
};

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let page: Page;
const loans: Loan[] = [];
const incomeBefore = { interestMinor: 0n };
const releasedOn = '2026-11-20';

beforeAll(async () => {
  bank = await demoTestBank('life');
  const folder = processFolders().find((one) => one.endsWith('loan-sub-branch'));
  page = readPage(await readFile(join(present(folder, 'the loan'), 'cases.md'), 'utf8'));
  incomeBefore.interestMinor = await interestIncome();
  const methods = ['equal_instalments', 'equal_principal', 'interest_first', 'at_maturity'];
  for (const [nth, method] of methods.entries()) loans.push(await released(nth, method));
}, 180_000);
afterAll(async () => await bank.drop());

/** Takes a loan through its people to the customer's confirmation that the money has come. */
async function released(nth: number, method: string): Promise<Loan> {
  const given = await borrower(bank, nth);
  const amount = `"amountMinor": ${principalMinor}`;
  const lines = [
    line('apply', `{${amount}, "repaymentMethod": "${method}"}`),
    line('write_report', `{"proposedAmountMinor": ${principalMinor}, "ratePpm": 43500}`),
    line('assess_credit_line', `{${amount}}`),
    line('request_drawdown', `{"drawdownAmountMinor": ${principalMinor}}`),
    line('disburse', '{}', 'disbursement_checker', 'not_a_candidate'),
  ];
  const run = { title: method, ends: 'open at disburse', done: [], postings: null, lines };
  const processId = 'corporate_loan_sub_branch';
  const { caseNumber } = await travel({ bank, page, run, processId, borrower: given });
  const [open] = (await bank.runtime.caseTasks(caseNumber)).filter((one) => one.endedAt === null);
  const order = {
    actor: await actorBy(bank, 'tang.jie'),
    taskId: present(open, 'the task of the disbursing officer').id,
  };
  mustBe(await bank.runtime.claimTask(order));
  mustBe(await bank.runtime.completeTask({ ...order, values: { disbursementConfirmed: true } }));
  const told = { messageName: 'funds_received', correlation: caseNumber, values: {} };
  mustBe(await bank.runtime.deliverMessage({ actor: given.actor, ...told }));
  const [plan] = await bank.database.query<{ note: string; interest: bigint; parts: bigint }>(
    `select n.note_number as note, sum(i.interest_minor)::int8 as interest, count(*) as parts
     from loan_note n join loan_instalment i using (cell_id, note_number)
     where n.case_number = $1 group by n.note_number`,
    [caseNumber],
  );
  const { note: noteNumber, interest: interestMinor, parts } = present(plan, 'the plan');
  return { method, caseNumber, noteNumber, interestMinor, instalments: Number(parts) };
}

async function passTo(date: string): Promise<void> {
  await passDays(bank, daysBetween(dateInChina(bank.clock.now), date));
  await bank.runtime.prepareMonths(bank.clock.now);
}

async function daily() {
  const done = mustBe(await bank.runtime.runDaily());
  const ticked = await bank.runtime.tick(bank.clock.now);
  expect([ticked.refused, ticked.faults]).toEqual([[], []]);
  return done;
}

/** Income stands on the credit side. */
async function interestIncome(): Promise<bigint> {
  const today = dateInChina(bank.clock.now);
  const { rows } = await readTrialBalance(bank.database, 1, today);
  const income = rows.filter((row) => row.glCode === '6011' && row.bookId === '110101');
  return income.reduce((sum, row) => sum - row.closingMinor, 0n);
}

/** What stands off the balance sheet for a loan. */
async function collateralOf(caseNumber: string): Promise<bigint> {
  const [row] = await bank.database.query<{ held: bigint }>(
    `select coalesce(sum(case direction when 'in' then amount_minor else -amount_minor end), 0)::int8
       as held from memorandum where subject = $1`,
    [caseNumber],
  );
  return present(row, 'a sum').held;
}

async function booksBalance(): Promise<void> {
  const { totals, interBranch } = await readTrialBalance(
    bank.database,
    1,
    dateInChina(bank.clock.now),
  );
  expect(totals.filter((total) => total.differenceMinor !== 0n)).toEqual([]);
  expect(interBranch.filter((total) => total.sumMinor !== 0n)).toEqual([]);
}

describe('four loans, one for each way of repayment', () => {
  test('each has its plan, its note and its collateral off the balance sheet', async () => {
    expect(loans.map((loan) => [loan.method, loan.instalments, loan.interestMinor])).toEqual([
      ['equal_instalments', 12, 284_626n],
      ['equal_principal', 12, 282_750n],
      ['interest_first', 12, expect.anything()],
      ['at_maturity', 1, 529_250n],
    ]);
    for (const loan of loans) {
      const note = present(await findAccount(bank.database, 1, loan.noteNumber), 'the note');
      expect(note.balanceMinor).toBe(principalMinor);
      expect(await collateralOf(loan.caseNumber)).toBe(520_000_000n);
    }
    expect(await daily()).toMatchObject({ instalmentsPaid: 0, inspectionsBegun: 0, refused: [] });
  });

  test('the daily work begins inspections by calendar, each once', async () => {
    await passTo(addDays(releasedOn, 14));
    expect(await daily()).toMatchObject({ inspectionsBegun: 0 });
    await passTo(addDays(releasedOn, 15));
    expect(await daily()).toMatchObject({ inspectionsBegun: 4, refused: [] });
    expect(await daily()).toMatchObject({ inspectionsBegun: 0 });
    for (const { cases } of [await inspections()]) {
      expect(cases).toHaveLength(4);
      for (const caseNumber of cases) await inspect(caseNumber);
    }
    const found = await bank.database.query<{ class: string; next: string }>(
      `select distinct five_level_class as class, next_inspection_date as next
       from loan_classification`,
    );
    expect(found).toEqual([{ class: 'normal', next: '2027-03-05' }]);
    expect(await daily()).toMatchObject({ inspectionsBegun: 0 });
  });

  test('instalments are collected by the plan until each loan is settled', async () => {
    let paid = 0;
    for (let month = 1; month <= 12; month += 1) {
      const year = month === 1 ? 2026 : 2027;
      const due = `${year}-${String(((month + 10) % 12) + 1).padStart(2, '0')}-20`;
      await passTo(due);
      const done = await daily();
      expect(done.refused).toEqual([]);
      paid += done.instalmentsPaid;
      expect((await daily()).instalmentsPaid).toBe(0);
      if (month === 11) {
        for (const { caseNumber } of loans) {
          expect(mustBe(await bank.runtime.viewCase(caseNumber)).status).toBe('active');
          expect(await collateralOf(caseNumber)).toBe(520_000_000n);
        }
      }
    }
    expect(paid).toBe(loans.reduce((sum, loan) => sum + loan.instalments, 0));
    for (const loan of loans) {
      const note = present(await findAccount(bank.database, 1, loan.noteNumber), 'the note');
      expect([loan.method, note.balanceMinor]).toEqual([loan.method, 0n]);
      const view = mustBe(await bank.runtime.viewCase(loan.caseNumber));
      expect([loan.method, view.outcome]).toEqual([loan.method, 'settled']);
    }
    const interestMinor = loans.reduce((sum, loan) => sum + loan.interestMinor, 0n);
    expect((await interestIncome()) - incomeBefore.interestMinor).toBe(interestMinor);
    await booksBalance();
  }, 180_000);

  test('the collateral is released with the last principal, and only then', async () => {
    for (const { caseNumber } of loans) expect(await collateralOf(caseNumber)).toBe(0n);
  });

  test('the day after, nothing is due any more, and the bank is whole', async () => {
    await passTo('2027-11-21');
    expect(await daily()).toMatchObject({ instalmentsPaid: 0, inspectionsBegun: 0, refused: [] });
    await booksBalance();
    expect((await askOracle(bank.database)).faults).toEqual([]);
  });
});

async function inspections(): Promise<{ cases: string[] }> {
  const rows = await bank.database.query<{ case_number: string }>(
    'select case_number from loan_inspection order by case_number',
  );
  return { cases: rows.map((row) => row.case_number) };
}

/** Both tasks of an inspection: the customer manager finds, the risk manager confirms the class. */
async function inspect(caseNumber: string): Promise<void> {
  const acts: readonly (readonly [login: string, values: Values])[] = [
    [
      'li.na',
      {
        inspectionDate: dateInChina(bank.clock.now),
        fundsUsedAsAgreed: true,
        overdueDays: 0n,
        inspectionFindings: '资金用于采购钢材，凭证齐全',
      },
    ],
    ['wang.lei', { confirmedClass: 'normal' }],
  ];
  for (const [login, values] of acts) {
    const tasks = await bank.runtime.caseTasks(caseNumber);
    const open = present(
      tasks.find((one) => one.endedAt === null),
      'an open task',
    );
    const order = { actor: await actorBy(bank, login), taskId: open.id };
    mustBe(await bank.runtime.claimTask(order));
    mustBe(await bank.runtime.completeTask({ ...order, values }));
  }
  expect(mustBe(await bank.runtime.viewCase(caseNumber)).outcome).toBe('normal');
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeValue, type Values } from '../../base/data.ts';
import { divideRounded } from '../../base/rounding.ts';
import { readProduct } from '../../product/loan/catalogue/products.ts';
import { noteOperations } from '../../product/loan/note/operations.ts';
import { payOff, quotePayoff, repay } from '../../product/loan/repay.ts';
import type { LoanTerms } from '../../product/loan/schedule.ts';
import { balanceAt, readTrialBalance } from '../../store/ledger/balances.ts';
import { nightsOf } from '../../store/products/loan-nights.ts';
import { demoLoanParameters } from '../demo/loan-products.ts';
import { demoParameters } from '../demo/parameters.ts';
import { askOracle } from '../oracle.ts';
import { processXml, staff, value } from '../testing.ts';
import { runEndOfDay } from './end-of-day.ts';
import { dayTestBank, lendNote } from './testing.ts';
import { dayWorks } from './works.ts';

let bank: Awaited<ReturnType<typeof dayTestBank>>;
beforeAll(async () => {
  bank = await dayTestBank();
  for (const { name } of [...noteOperations, repay, quotePayoff, payOff]) await deployOrder(name);
  await bank.done(async (transaction) => {
    for (const { name, value: kept } of demoParameters) {
      // The test bank's day goes by the days of the week.
      if (name === 'day.calendar') continue;
      await transaction.query(
        `insert into parameter (cell_id, name, effective_from, value, made_login, checked_login,
           made_at) values (1, $1, '2026-01-01', $2::jsonb, 'a', 'b', 0)`,
        [name, encodeValue(kept)],
      );
    }
  });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** A process of one step that runs an operation for a customer manager. */
async function deployOrder(name: string): Promise<void> {
  const xml = processXml({
    id: name,
    attributes: 'huiliu:casePrefix="OD"',
    lanes: [{ role: 'customer_manager', unit: 'own', nodes: 'start order end' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
      <bpmn:serviceTask id="order" name="order" huiliu:operation="${name}"/>`,
    flows: ['start > order > end'],
  });
  await bank.deploy(xml);
}

/** Orders something on a note as a case of its own: what it wrote, or the code of its refusal. */
async function order(processId: string, values: Values): Promise<Values | string> {
  const actor = staff('E1', 'customer_manager');
  const started = await bank.runtime.startCase({ actor, processId, values, unitCode: '0101' });
  if (!started.ok) return started.code;
  return value(await bank.runtime.viewCase(started.value.caseNumber)).values;
}

test('every product of the house can be read', () => {
  const products = demoLoanParameters.filter(({ name }) => name.startsWith('loan.product.'));
  expect(products).toHaveLength(5);
  for (const { name, value: parameters } of products) {
    const code = name.slice('loan.product.'.length);
    expect(readProduct(code, parameters as never)).toMatchObject({ ok: true, value: { code } });
    for (const path of ['methods', 'settlementDay', 'name']) {
      const broken = { ...(parameters as object), [path]: null } as never;
      expect(readProduct(code, broken)).toMatchObject({
        ok: false,
        facts: { path: expect.any(String) },
      });
    }
  }
});

const lend = (noteNumber: string, start: string, method: LoanTerms['method']) =>
  lendNote(bank, { noteNumber, start, method });

const glAt = async (glCode: string, date: string): Promise<bigint> => {
  const { rows } = await readTrialBalance(bank.database, 1, date);
  return rows.find((row) => row.glCode === glCode && row.bookId === '0101')?.closingMinor ?? 0n;
};

test('a night accrues, classifies and provides, and posts once for the book', async () => {
  // Good: released on the day before. Late: its interest of 20 July was never paid.
  await lend('good', '2026-11-20', 'at_maturity');
  await lend('late', '2026-07-08', 'interest_first');
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  const [good] = await nightsOf(bank.database, { cellId: 1, noteNumber: 'good', max: 9 });
  const [late] = await nightsOf(bank.database, { cellId: 1, noteNumber: 'late', max: 9 });
  // 21 November, a Saturday, stands for itself alone in the test bank: two days have passed.
  expect(good).toMatchObject({
    ...{ accountingDate: '2026-11-21', daysOverdue: 0, level: 'normal', stage: 1 },
    ...{ accrualMinor: 29_000n, receivableMinor: 29_000n, outstandingMinor: 120_000_000n },
  });
  // Without collateral an impaired loan is expected to be lost whole.
  expect(late).toMatchObject({
    ...{ daysOverdue: 124, level: 'loss', stage: 3, reasons: 'expected_loss' },
    ...{ accrualMinor: 0n, expectedLossMinor: 120_000_000n, provisionMinor: 120_000_000n },
  });
  const provided = (good?.provisionMinor ?? 0n) + 120_000_000n;
  expect(await glAt('1132', '2026-11-21')).toBe(29_000n);
  expect(await glAt('6702', '2026-11-21')).toBe(provided);
  expect(await glAt('1304', '2026-11-21')).toBe(-provided);
  const narratives = await bank.database.query<{ narrative: string; n: bigint }>(
    `select narrative, count(*) as n from posting where narrative like 'loan_%'
     group by narrative order by narrative`,
  );
  expect(narratives).toEqual([
    { narrative: 'loan_interest_accrual', n: 1n },
    { narrative: 'loan_provision', n: 1n },
  ]);
});

test('the next night adds what the day adds', async () => {
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  const [night] = await nightsOf(bank.database, { cellId: 1, noteNumber: 'good', max: 9 });
  expect(night).toMatchObject({ accountingDate: '2026-11-22', accrualMinor: 14_500n });
  expect(await glAt('1132', '2026-11-22')).toBe(43_500n);
});

const planOf = async (noteNumber: string) =>
  await bank.database.query<{ number: number; due: string; principal: bigint; interest: bigint }>(
    `select number, due_date as due, principal_minor as principal, interest_minor as interest
     from loan_plan_now where note_number = $1 order by number`,
    [noteNumber],
  );
const balanceOf = async (accountNumber: string) =>
  await balanceAt(bank.database, { cellId: 1, accountNumber, date: '2026-12-31' });

test('a part is prepaid: quoted in both ways, posted, and the plan made anew', async () => {
  await lend('monthly', '2026-10-23', 'equal_instalments');
  const deposit = await bank.open('deposit');
  value(await bank.post({ accountId: deposit, amountMinor: 100_000_000n }));
  const noteNumber = 'monthly';
  const [first] = await planOf(noteNumber);
  const prepayment = { noteNumber, prepayPrincipalMinor: 20_000_000n };
  expect(await order('loan.quote_prepayment', prepayment)).toBe('dues_are_open');
  const due = { principalMinor: first?.principal ?? 0n, interestMinor: first?.interest ?? 0n };
  expect(await order('loan.repay', { noteNumber })).toMatchObject({
    ...{ ...due, noteSettled: false, owedMinor: 0n },
  });
  const quoted = await order('loan.quote_prepayment', prepayment);
  expect(quoted).toMatchObject({
    prepaymentQuotes: [
      { mode: 'shorter_term', interestMinor: 0n, feeMinor: 0n, totalMinor: 20_000_000n },
      { mode: 'smaller_instalment', totalMinor: 20_000_000n },
    ],
  });
  const all = { ...prepayment, prepayPrincipalMinor: 120_000_000n - due.principalMinor };
  const mode = { prepaymentMode: 'smaller_instalment' };
  expect(await order('loan.prepay_part', { ...all, ...mode })).toBe('prepayment_settles');
  const done = await order('loan.prepay_part', { ...prepayment, ...mode });
  expect(done).toMatchObject({ maturity: '2027-10-23', prepaymentFeeMinor: 0n });
  const plan = await planOf(noteNumber);
  expect(plan.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const coming = plan.slice(1).reduce((sum, row) => sum + row.principal, 0n);
  expect(coming).toBe(100_000_000n - due.principalMinor);
  expect(await balanceOf(noteNumber)).toBe(coming);
  // A month late: what that has cost was taken with it.
  const [paid] = await bank.database.query<{ late: bigint; clears: boolean }>(
    `select penalty_minor + compound_minor as late, clears from loan_repayment
     where note_number = 'monthly' and instalment_number = 1`,
  );
  expect(paid).toMatchObject({ clears: true });
  const left = 100_000_000n - 20_000_000n - due.principalMinor - due.interestMinor;
  expect(await balanceOf('deposit')).toBe(left - (paid?.late ?? -1n));
});

test('a rate agreed anew, an extension within the rule, each with its plan', async () => {
  const lpr = { lprTerm: 'one_year', basisPoints: 65n, repricingRule: 'year_start' };
  expect(await order('loan.reprice', { noteNumber: 'monthly' })).toBe('rate_is_fixed');
  expect(await order('loan.agree_rate', { noteNumber: 'monthly', ...lpr })).toMatchObject({
    agreedOn: '2026-11-23',
  });
  expect(await order('loan.reprice', { noteNumber: 'monthly' })).toBe('not_a_repricing_day');
  const [, second] = await planOf('monthly');
  // A month at 3.65 % on 1,000,000.00 less the first row's principal.
  const balance = (await balanceOf('monthly')) ?? 0n;
  expect(second?.interest).toBe(divideRounded(balance * 36_500n, 12_000_000n));
  const longer = { noteNumber: 'good', newMaturity: '2028-11-21' };
  expect(await order('loan.extend', longer)).toBe('extension_too_long');
  const extended = await order('loan.extend', { ...longer, newMaturity: '2028-11-20' });
  expect(extended).toMatchObject({ maturity: '2028-11-20' });
  expect(await planOf('good')).toEqual([
    { number: 1, due: '2028-11-20', principal: 120_000_000n, interest: 10_599_500n },
  ]);
});

test('a lost loan is written off, one in difficulty restructured; the night sees both', async () => {
  await lend('weak', '2026-07-08', 'interest_first');
  expect(await order('loan.write_off', { noteNumber: 'monthly' })).toBe('class_is_not_loss');
  expect(await order('loan.write_off', { noteNumber: 'late' })).toMatchObject({
    writtenOffMinor: 120_000_000n,
  });
  expect(await order('loan.write_off', { noteNumber: 'late' })).toBe('loan_not_open');
  expect(await planOf('late')).toEqual([]);
  const terms = { newMethod: 'equal_principal', newMonths: 24n, ratePpm: 36_000n };
  expect(await order('loan.restructure', { noteNumber: 'weak', ...terms })).toMatchObject({
    maturity: '2028-11-23',
  });
  expect(await planOf('weak')).toHaveLength(24);
  expect(
    await order('loan.recover_written_off', { noteNumber: 'late', recoveredMinor: 5n }),
  ).toEqual(expect.objectContaining({ noteNumber: 'late' }));
  const before = await glAt('1304', '2026-11-23');
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  const night = async (noteNumber: string) =>
    (await nightsOf(bank.database, { cellId: 1, noteNumber, max: 1 }))[0];
  expect(await night('weak')).toMatchObject({ daysOverdue: 0, level: 'special_mention', stage: 2 });
  expect((await night('late'))?.accountingDate).toBe('2026-11-22');
  const provided = await bank.database.query<{ minor: bigint }>(
    `select sum(provision_minor)::int8 as minor from loan_night where accounting_date = '2026-11-23'`,
  );
  expect(await glAt('1304', '2026-11-23')).toBe(before - (provided[0]?.minor ?? 0n));
});

test('a rate follows the LPR on its day, by the quote of the evening before', async () => {
  await lend('floating', '2026-10-25', 'at_maturity');
  const lpr = { lprTerm: 'one_year', basisPoints: 65n, repricingRule: 'month' };
  expect(await order('loan.agree_rate', { noteNumber: 'floating', ...lpr })).toMatchObject({});
  await bank.done(async (transaction) => {
    await transaction.query(
      `insert into parameter (cell_id, name, effective_from, value, made_login, checked_login,
         made_at) values (1, 'loan.lpr.one_year', '2026-11-25', $1::jsonb, 'a', 'b', 0)`,
      [encodeValue({ publishedOn: '2026-11-20', ratePpm: 29_000n })],
    );
  });
  const [before] = await planOf('floating');
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  const events = await bank.database.query(
    `select kind, accounting_date as date, performer,
       details -> 'agreement' ->> 'quotedOn' as quoted
     from loan_event where note_number = 'floating' order by sequence`,
  );
  expect(events).toEqual([
    { kind: 'repriced', date: '2026-11-24', performer: 'E1', quoted: '2026-10-20' },
    { kind: 'repriced', date: '2026-11-25', performer: null, quoted: '2026-11-20' },
  ]);
  const [after] = await planOf('floating');
  expect(after?.interest).toBeLessThan(before?.interest ?? 0n);
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  // A day of 1,200,000.00 at 3.55 % on 360 days.
  const [night] = await nightsOf(bank.database, { cellId: 1, noteNumber: 'floating', max: 1 });
  expect(night).toMatchObject({ accountingDate: '2026-11-25', accrualMinor: 11_833n });
});

/** Interest receivable as the notes have it: of their last night, less what was paid since. */
async function receivable(): Promise<bigint> {
  const [row] = await bank.database.query<{ minor: bigint }>(
    `select coalesce(sum(l.receivable_minor), 0)::int8 as minor from loan_night l
     where accounting_date = (select max(accounting_date) from loan_night)`,
  );
  return row?.minor ?? 0n;
}

test('paying off takes the rate that holds now, and leaves no interest on the books', async () => {
  const noteNumber = 'floating';
  const deposit = await bank.database.query<{ id: string }>(
    `select account_id as id from account where account_number = 'deposit'`,
  );
  value(await bank.post({ accountId: deposit[0]?.id ?? '', amountMinor: 130_000_000n }));
  const asked = { noteNumber, customerNumber: 'C1' };
  expect(await order('loan.quote_payoff', { ...asked, customerNumber: 'C2' })).toBe(
    'loan_note_missing',
  );
  // 30 days at 4.35 %, one at 3.65 %, one at 3.55 %, of 1,200,000.00.
  expect(await order('loan.quote_payoff', asked)).toMatchObject({
    ...{ principalMinor: 120_000_000n, interestMinor: 459_000n, prepaymentFeeMinor: 0n },
  });
  expect(await order('loan.pay_off', { ...asked, payoffMinor: 1n })).toBe('payoff_has_changed');
  expect(await glAt('1132', '2026-11-26')).toBe(await receivable());
  const done = await order('loan.pay_off', { ...asked, payoffMinor: 120_459_000n });
  expect(done).toMatchObject({ noteSettled: true, loanSettled: false });
  expect(await order('loan.quote_payoff', asked)).toBe('loan_settled_already');
  expect(await balanceOf(noteNumber)).toBe(0n);
  value(await runEndOfDay(bank.runtime.parts, dayWorks, { login: 'system' }));
  expect(await glAt('1132', '2026-11-26')).toBe(await receivable());
});

test('working capital and the true rate, as a process asks for them', async () => {
  const turnover = {
    ...{ salesMinor: 8_000_000_000n, marginPpm: 80_000n, growthPpm: 150_000n, stockDays: 60n },
    ...{ receivableDays: 75n, payableDays: 45n, prepaidDays: 10n, advanceDays: 5n },
  };
  const own = { ownCapitalMinor: 900_000_000n, existingLoansMinor: 600_000_000n };
  const asked = { ...turnover, ...own, otherFundsMinor: 100_000_000n };
  expect(await order('loan.measure_working_capital', asked)).toMatchObject({
    ...{ workingCapitalNeedMinor: 2_233_555_556n, newLoanMaxMinor: 633_555_556n },
  });
  const none = { ...asked, payableDays: 145n };
  expect(await order('loan.measure_working_capital', none)).toBe('no_capital_tied_up');
  const flat = { amountMinor: 1_200_000n, termMonths: 12n, priceKind: 'flat_fee' };
  expect(await order('loan.show_true_rate', { ...flat, monthlyFeeMinor: 7_200n })).toMatchObject({
    ...{ nominalRatePpm: 130_342n, effectiveRatePpm: 138_418n },
  });
});

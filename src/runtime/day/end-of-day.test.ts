import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { addDays } from '../../base/dates.ts';
import { ok } from '../../base/result.ts';
import { readClosing, readParts } from '../../store/day/closing.ts';
import { readProof } from '../../store/day/proof.ts';
import { balanceAt, readStatement, readTrialBalance } from '../../store/ledger/balances.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { postEvent } from '../../store/ledger/post.ts';
import { askOracle } from '../oracle.ts';
import { value } from '../testing.ts';
import { runEndOfDay } from './end-of-day.ts';
import { dayKeyWindow } from './posting.ts';
import type { DayWork } from './step.ts';
import { dayTestBank, firstDay } from './testing.ts';
import { dayWorks } from './works.ts';

let bank: Awaited<ReturnType<typeof dayTestBank>>;
beforeAll(async () => {
  bank = await dayTestBank({ ratePpm: 36_000n });
  await bank.done(async (transaction) => {
    await transaction.query(
      `insert into parameter (cell_id, name, effective_from, value, made_login, checked_login, made_at)
       values (1, 'loan.first_inspection_days', '2026-01-01', '15', 'a', 'b', 0)`,
    );
  });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const nextDay = '2026-11-22';
const glAt = async (glCode: string, date: string) => {
  const { rows } = await readTrialBalance(bank.database, 1, date);
  return rows.find((row) => row.glCode === glCode && row.bookId === '0101')?.closingMinor ?? 0n;
};
const productAt = async (accountId: string, date: string) => {
  const [row] = await bank.database.query<{ product: bigint; balance: bigint }>(
    `select product_minor as product, balance_minor as balance from deposit_accrual
     where account_id = $1 and accrual_date = $2`,
    [accountId, date],
  );
  return row === undefined ? null : [row.balance, row.product];
};

test('a posting of D after the roll moves both balances; statement, 积数 and GL of both dates', async () => {
  const accountId = await bank.open('two-balances');
  value(await bank.post({ accountId, amountMinor: 1_000_000n }));
  // The channel takes money out on D+1 while D is being closed, then D's interest is posted.
  const whileClosing: DayWork = {
    step: 'due_items',
    name: 'test.channel_goes_on',
    kind: 'beyond',
    run: async () => {
      expect((await accountingDates(bank.database, 1))?.accountingDate).toBe(nextDay);
      value(await bank.post({ accountId, amountMinor: -300_000n }));
      const interest = { accountId, amountMinor: 500n, glCode: '6411', date: firstDay };
      value(await bank.post(interest));
      return ok({ items: 2, facts: {} });
    },
  };
  const works = [...dayWorks.slice(0, 4), whileClosing, ...dayWorks.slice(4)];
  value(await runEndOfDay(bank.runtime.parts, works, { login: 'system' }));
  const of = { cellId: 1, accountNumber: 'two-balances' };
  expect(await balanceAt(bank.database, { ...of, date: firstDay })).toBe(1_000_500n);
  expect(await balanceAt(bank.database, { ...of, date: nextDay })).toBe(700_500n);
  const page = { cellId: 1, accountId, limit: 10, offset: 0 };
  const lines = async (from: string, to: string) =>
    (await readStatement(bank.database, { ...page, from, to })).lines.map((line) => [
      line.accountingDate,
      line.side,
      line.amountMinor,
      line.balanceMinor,
    ]);
  // Entries stand in the order in which they were posted, each with the balance after it.
  expect(await lines(firstDay, nextDay)).toEqual([
    [firstDay, 'credit', 1_000_000n, 1_000_000n],
    [nextDay, 'debit', 300_000n, 700_000n],
    [firstDay, 'credit', 500n, 700_500n],
  ]);
  expect(await productAt(accountId, firstDay)).toEqual([1_000_500n, 1_000_500n]);
  // Deposits are credits: GL 2011 is below zero as debits less credits.
  expect(await glAt('2011', firstDay)).toBe(-1_000_500n);
  expect(await glAt('2011', nextDay)).toBe(-700_500n);
  // 10,005.00 at 3.6 % for a day: 1.0005 yuan, rounded 1.00.
  expect(await glAt('2231', firstDay)).toBe(-100n);
  value(await bank.runtime.endOfDay({ login: 'system' }));
  expect(await productAt(accountId, nextDay)).toEqual([700_500n, 1_701_000n]);
  // 1.0005 + 0.7005 yuan so far: 1.70, of which 0.70 on this day.
  expect(await glAt('2231', nextDay)).toBe(-170n);
});

test('who took the date before the roll may still post on it, and the totals wait for it', async () => {
  const accountId = await bank.open('straggler');
  const dates = present(await accountingDates(bank.database, 1), 'dates');
  let closing: Promise<unknown> = Promise.resolve();
  await bank.done(async (transaction) => {
    const taken = present(await accountingDates(transaction, 1), 'dates').accountingDate;
    closing = bank.runtime.endOfDay({ login: 'system' });
    await expect
      .poll(async () => (await accountingDates(bank.database, 1))?.previousDate)
      .toBe(dates.accountingDate);
    const move = { accountId, amountMinor: 777n, date: taken };
    const order = { cellId: 1, now: bank.clock.now, keyWindow: dayKeyWindow };
    const event = await bank.eventOf(transaction, move);
    value(await postEvent(transaction, { ...order, event }));
  });
  value((await closing) as Awaited<ReturnType<typeof bank.runtime.endOfDay>>);
  expect(await productAt(accountId, dates.accountingDate)).toEqual([777n, 777n]);
  const late = { accountId, amountMinor: 1n, date: dates.accountingDate };
  expect(await bank.post(late)).toMatchObject({ code: 'accounting_date_not_open' });
});

test('channels post while the day is closed, and every total of both days ties', async () => {
  const accounts = await Promise.all([0, 1, 2, 3].map((nth) => bank.open(`channel-${nth}`)));
  const date = present(await accountingDates(bank.database, 1), 'dates').accountingDate;
  let isClosed = false;
  const channel = async (accountId: string): Promise<Map<string, bigint>> => {
    const sums = new Map<string, bigint>();
    while (!isClosed) {
      const [first] = value(await bank.post({ accountId, amountMinor: 100n }));
      const on = present(first, 'its posting').accountingDate;
      sums.set(on, (sums.get(on) ?? 0n) + 100n);
    }
    return sums;
  };
  const channels = accounts.map((accountId) => channel(accountId));
  value(await bank.runtime.endOfDay({ login: 'system' }));
  isClosed = true;
  for (const [nth, sums] of (await Promise.all(channels)).entries()) {
    const of = { cellId: 1, accountNumber: `channel-${nth}` };
    const onDate = sums.get(date) ?? 0n;
    expect(await balanceAt(bank.database, { ...of, date })).toBe(onDate);
    const counted = await productAt(accounts[nth] ?? '', date);
    expect(counted).toEqual(onDate === 0n ? null : [onDate, onDate]);
  }
  value(await bank.runtime.endOfDay({ login: 'system' }));
  for (const closed of [date, addDays(date, 1)]) {
    const proof = await readProof(bank.database, 1, closed);
    expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
  }
});

test('an overdrawn account and one in a currency without a rate tie, and bear no interest', async () => {
  const overdrawn = await bank.open('overdrawn');
  await bank.database.query(
    'update account_balance set overdraft_limit_minor = 100000 where account_id = $1',
    [overdrawn],
  );
  value(await bank.post({ accountId: overdrawn, amountMinor: -50_000n }));
  const dollars = await bank.open('dollars', '0101', 'demand', 'USD');
  value(await bank.post({ accountId: dollars, amountMinor: 50_000n, currency: 'USD' }));
  const date = present(await accountingDates(bank.database, 1), 'dates').accountingDate;
  value(await bank.runtime.endOfDay({ login: 'system' }));
  expect(await productAt(overdrawn, date)).toEqual([-50_000n, 0n]);
  expect(await productAt(dollars, date)).toEqual([50_000n, 50_000n]);
  const proof = await readProof(bank.database, 1, date);
  expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
});

test('closing a closed date gives the first answer; a date that is not open is refused', async () => {
  const again = await bank.runtime.endOfDay({ login: 'system', date: firstDay });
  expect(again).toEqual({ ok: true, value: { accountingDate: firstDay, nextDate: nextDay } });
  expect(await bank.runtime.endOfDay({ login: 'system', date: '2026-12-24' })).toMatchObject({
    code: 'accounting_date_not_open',
  });
});

test('every total is tied, and every part has its checkpoint', async () => {
  const closing = present(await readClosing(bank.database, 1, firstDay), 'the closing');
  expect(closing.status).toBe('closed');
  const parts = await readParts(bank.database, 1, firstDay);
  expect(parts.every((part) => part.status === 'done')).toBe(true);
  expect(new Set(parts.map((part) => part.step)).size).toBeGreaterThanOrEqual(8);
  const proof = await readProof(bank.database, 1, firstDay);
  expect(new Set(proof.map((line) => line.rule))).toEqual(
    new Set([
      'debits_equal_credits',
      'journal_equals_accounts',
      'deposits_equal_ledger',
      'accrual_equals_posting',
      'interest_payable_equals_ledger',
    ]),
  );
  expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
});

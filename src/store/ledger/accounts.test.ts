import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { standardChart } from '../../ledger/chart-of-accounts.ts';
import type { LedgerTransfer } from '../../ledger/posting.ts';
import {
  findInternalAccount,
  internalAccountOf,
  nextAccountNumber,
  openAccounts,
} from './accounts.ts';
import { balanceAt, readAccounts, readStatement, readTrialBalance } from './balances.ts';
import {
  closePreviousDate,
  readBooks,
  readChart,
  rollAccountingDate,
  takeIdentity,
} from './books.ts';
import { addCalendar, readCalendar } from './calendars.ts';
import { changeStatus, endHold, liftRestriction, placeHold, placeRestriction } from './controls.ts';
import {
  cellId,
  codeOf,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newAccount,
  newEvent,
  newId,
  now,
} from './testing.ts';

let bank: LedgerTestBank;
beforeAll(async () => {
  bank = await ledgerTestBank();
  const funds = ['A-a1', 'A-a6'].map((to) => bank.move('A-cash', to, 10_000n));
  expect(codeOf(await bank.send(newEvent(funds)))).toBe('posted');
});
afterAll(async () => {
  await bank.drop();
});

describe('accounts', () => {
  const control = (number: string) => ({
    cellId,
    accountId: bank.id(number),
    at: now,
    login: 'officer',
    accountingDate: firstDay,
    processInstanceId: null,
    newId: newId(),
  });

  test('a hold narrows what is available; a transfer that names it uses it', async () => {
    await bank.send(newEvent([bank.move('A-cash', 'A-idle', 1_000n)]));
    const order = { ...control('A-idle'), amountMinor: 400n, purpose: 'margin', expiresAt: null };
    const placed = await bank.done((transaction) => placeHold(transaction, order));
    expect(placed).toEqual({ ok: true, value: order.newId });
    const tooMuch = { ...order, newId: newId(), amountMinor: 601n };
    expect(await bank.done((transaction) => placeHold(transaction, tooMuch))).toMatchObject({
      code: 'available_exceeded',
    });
    expect(codeOf(await bank.send(newEvent([bank.move('A-idle', 'A-a1', 601n)])))).toBe(
      'available_exceeded',
    );
    expect(
      codeOf(
        await bank.send(newEvent([{ ...bank.move('A-idle', 'A-a1', 150n), holdId: order.newId }])),
      ),
    ).toBe('posted');
    const ending = { ...order, holdId: order.newId, as: 'released' } as const;
    expect(await bank.done((transaction) => endHold(transaction, ending))).toEqual({
      ok: true,
      value: 250n,
    });
    expect(await bank.done((transaction) => endHold(transaction, ending))).toMatchObject({
      code: 'hold_not_active',
    });
    expect(
      codeOf(
        await bank.send(newEvent([{ ...bank.move('A-idle', 'A-a1', 1n), holdId: order.newId }])),
      ),
    ).toBe('hold_not_active');
    expect(codeOf(await bank.send(newEvent([bank.move('A-idle', 'A-a1', 850n)])))).toBe('posted');
  });

  test('restrictions stand together and are lifted one by one', async () => {
    const freeze = {
      ...control('A-a1'),
      kind: 'freeze',
      effect: 'debits_blocked',
      reason: '司法冻结',
      orderedBy: '法院',
      documentNumber: '1',
    } as const;
    const stop = {
      ...freeze,
      newId: newId(),
      kind: 'stop_payment',
      effect: 'all_blocked',
    } as const;
    expect(await bank.done((transaction) => placeRestriction(transaction, freeze))).toMatchObject({
      value: 'debits_blocked',
    });
    expect(await bank.done((transaction) => placeRestriction(transaction, stop))).toMatchObject({
      value: 'all_blocked',
    });
    expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-a1', 1n)])))).toBe(
      'account_credits_blocked',
    );
    const lift = (restrictionId: string) =>
      bank.done((transaction) => liftRestriction(transaction, { ...freeze, restrictionId }));
    expect(await lift(stop.newId)).toMatchObject({ value: 'debits_blocked' });
    expect(codeOf(await bank.send(newEvent([bank.move('A-a1', 'A-a2', 1n)])))).toBe(
      'account_debits_blocked',
    );
    expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-a1', 1n)])))).toBe('posted');
    expect(await lift(freeze.newId)).toMatchObject({ value: 'none' });
    expect(await lift(freeze.newId)).toMatchObject({ code: 'restriction_unknown' });
  });

  test('CORE-01 an account is opened, changed, closed; who, old and new are kept', async () => {
    const changing = async (number: string, to: 'dormant' | 'open' | 'closed') =>
      await bank.done((transaction) => changeStatus(transaction, { ...control(number), to }));
    expect(await changing('A-a1', 'closed')).toMatchObject({ code: 'account_not_empty' });
    expect(await changing('A-idle', 'dormant')).toMatchObject({ value: 'dormant' });
    expect(codeOf(await bank.send(newEvent([bank.move('A-idle', 'A-a1', 1n)])))).toBe(
      'account_dormant',
    );
    expect(await changing('A-idle', 'closed')).toMatchObject({ value: 'closed' });
    expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-idle', 1n)])))).toBe(
      'account_closed',
    );
    expect(await changing('A-idle', 'open')).toMatchObject({ code: 'account_status_not_allowed' });
    const changes = await bank.database.query(
      `select value_before, value_after, login from account_change where account_id = $1`,
      [bank.id('A-idle')],
    );
    expect(changes).toHaveLength(2);
    expect(changes).toContainEqual({
      value_before: 'open',
      value_after: 'dormant',
      login: 'officer',
    });
  });

  test.each([
    ['account_number_taken', { accountNumber: 'A-a1' }],
    ['book_unknown', { bookId: 'Z' }],
    ['gl_account_unknown', { glCode: '9999' }],
  ])('opening refuses: %s', async (refusal, change) => {
    const wanted = newAccount(`new-${refusal}`, change);
    const result = await bank.database.transaction((transaction) =>
      openAccounts(transaction, {
        cellId,
        openedOn: firstDay,
        openedLogin: 'opener',
        accounts: [wanted],
      }),
    );
    expect(result).toMatchObject({ ok: false, code: refusal });
  });

  test('a book’s own account is opened once, whoever asks first', async () => {
    const asked = await Promise.all(
      Array.from({ length: 10 }, () =>
        bank.done((transaction) =>
          internalAccountOf(transaction, {
            cellId,
            openedOn: firstDay,
            openedLogin: 'x',
            accountId: newId(),
            bookId: 'A',
            glCode: '6011',
            currency: 'CNY',
          }),
        ),
      ),
    );
    expect(new Set(asked.map((one) => (one.ok ? one.value.accountId : one.code))).size).toBe(1);
  });

  test('a bank has no negative cash; its other accounts have no limit', async () => {
    const own = { cellId, openedOn: firstDay, openedLogin: 'x', bookId: 'A', currency: 'USD' };
    for (const [glCode, limit] of [
      ['1001', 0n],
      ['6021', null],
    ] as const) {
      const key = { ...own, glCode };
      await bank.done((transaction) =>
        internalAccountOf(transaction, { ...key, accountId: newId() }),
      );
      const opened = await findInternalAccount(bank.database, key);
      expect([glCode, opened?.overdraftLimitMinor]).toEqual([glCode, limit]);
    }
  });

  test('a calendar comes back as its notice said', async () => {
    const calendar = {
      ...{ name: 'legal', knownFrom: '2026-01-01', knownUntil: '2026-12-31', weekend: [6, 7] },
      holidays: new Set(['2026-01-01', '2026-10-01']),
      makeUpDays: new Set(['2026-01-04']),
    };
    const names = { name: '法定工作日', nameEn: 'Legal working days' };
    await bank.done((transaction) => addCalendar(transaction, cellId, calendar, names));
    expect(await readCalendar(bank.database, cellId, 'legal')).toEqual(calendar);
    expect(await readCalendar(bank.database, cellId, 'none')).toBe(null);
  });

  test('numbers, names unique in the bank, books and chart', async () => {
    const number = await bank.done((transaction) => nextAccountNumber(transaction, '0101'));
    expect(number).toMatch(/^0101\d{11}$/);
    const take = (ownerId: string) =>
      bank.done((transaction) =>
        takeIdentity(transaction, cellId, { kind: 'id', value: 'v', ownerId }, now),
      );
    expect([await take('o1'), await take('o2'), await take('o1')]).toEqual([true, false, true]);
    expect((await readBooks(bank.database, cellId)).map(({ bookId }) => bookId)).toEqual([
      'A',
      'B',
    ]);
    expect(await readChart(bank.database, cellId, firstDay)).toHaveLength(standardChart.length);
    expect(await readChart(bank.database, cellId, '2019-12-31')).toEqual([]);
    const page = await readAccounts(bank.database, {
      cellId,
      customerNumber: 'C1',
      limit: 2,
      offset: 1,
    });
    expect([page.total, page.accounts.map(({ accountNumber }) => accountNumber)]).toEqual([
      7,
      ['A-a2', 'A-a3'],
    ]);
  });
});

describe('accounting dates', () => {
  test('after the roll, a posting on the day before moves both days', async () => {
    const second = '2026-11-21';
    const on = (accountingDate: string, transfers: LedgerTransfer[]) =>
      bank.send(newEvent(transfers, { accountingDate }));
    const start = present(
      await balanceAt(bank.database, { cellId, accountNumber: 'A-a6', date: firstDay }),
      'a balance',
    );
    expect(codeOf(await on(second, [bank.move('A-cash', 'A-a6', 5n)]))).toBe(
      'accounting_date_not_open',
    );
    expect(
      await bank.done((transaction) => rollAccountingDate(transaction, cellId, second)),
    ).toEqual({
      ok: true,
      value: { from: firstDay },
    });
    expect(
      await bank.done((transaction) => rollAccountingDate(transaction, cellId, '2026-11-22')),
    ).toMatchObject({ code: 'accounting_date_not_open' });
    expect(codeOf(await on(second, [bank.move('A-cash', 'A-a6', 50n)]))).toBe('posted');
    expect(codeOf(await on(second, [bank.move('A-a6', 'A-a1', 10n)]))).toBe('posted');
    // Interest of the day that is being closed: it moves that day and today.
    expect(codeOf(await on(firstDay, [bank.move('A-cash', 'A-a6', 7n)]))).toBe('posted');
    const at = (date: string) => balanceAt(bank.database, { cellId, accountNumber: 'A-a6', date });
    expect([
      await at('2026-11-19'),
      await at(firstDay),
      await at(second),
      await at('2027-01-01'),
    ]).toEqual([0n, start + 7n, start + 47n, start + 47n]);
    await bank.done((transaction) => closePreviousDate(transaction, cellId));
    expect(codeOf(await on(firstDay, [bank.move('A-cash', 'A-a6', 7n)]))).toBe(
      'accounting_date_not_open',
    );
    const days = await Promise.all(
      [firstDay, second].map((date) => readTrialBalance(bank.database, cellId, date)),
    );
    expect(days.map(({ balanced }) => balanced)).toEqual([true, true]);
    const deposits = days.map(({ rows }) =>
      present(
        rows.find((row) => row.bookId === 'A' && row.glCode === '2011'),
        'deposits',
      ),
    );
    expect(deposits[1]?.openingMinor).toBe(deposits[0]?.closingMinor);
    expect(deposits[1]).toMatchObject({ debitMinor: 10n, creditMinor: 60n });
    const statement = await readStatement(bank.database, {
      cellId,
      accountId: bank.id('A-a6'),
      from: second,
      to: second,
      limit: 10,
      offset: 0,
    });
    expect(
      statement.lines.map(({ side, amountMinor, balanceMinor }) => [
        side,
        amountMinor,
        balanceMinor,
      ]),
    ).toEqual([
      ['credit', 50n, start + 50n],
      ['debit', 10n, start + 40n],
    ]);
    expect(statement.total).toBe(2);
    await bank.expectWhole();
  });

  test('an account with postings on a day before its first one', async () => {
    const third = '2026-11-22';
    await bank.done((transaction) => rollAccountingDate(transaction, cellId, third));
    const lateAccounts = [newAccount('A-late')];
    await bank.done((transaction) =>
      openAccounts(transaction, {
        cellId,
        openedOn: third,
        openedLogin: 'o',
        accounts: lateAccounts,
      }),
    );
    const on = (accountingDate: string, transfers: LedgerTransfer[]) =>
      bank.send(newEvent(transfers, { accountingDate }));
    await bank.learnIds();
    await on(third, [bank.move('A-cash', 'A-late', 10n)]);
    await on('2026-11-21', [bank.move('A-cash', 'A-late', 1n)]);
    await on('2026-11-21', [bank.move('A-cash', 'A-late', 2n)]);
    const at = (date: string) =>
      balanceAt(bank.database, { cellId, accountNumber: 'A-late', date });
    expect([await at(firstDay), await at('2026-11-21'), await at(third)]).toEqual([0n, 3n, 13n]);
    const trial = await readTrialBalance(bank.database, cellId, '2026-11-21');
    expect(trial.balanced).toBe(true);
    await bank.done((transaction) => closePreviousDate(transaction, cellId));
    await bank.expectWhole();
  });
});

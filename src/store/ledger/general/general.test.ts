import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../../base/assert.ts';
import { ok } from '../../../base/result.ts';
import { derivedUuid } from '../../../base/uuid.ts';
import { internalAccountOf } from '../accounts.ts';
import { readTrialBalance } from '../balances.ts';
import { changeGlAccounts, readChart, rollAccountingDate } from '../books.ts';
import { postEvent } from '../post.ts';
import {
  cellId,
  codeOf,
  context,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newEvent,
  newId,
  now,
} from '../testing.ts';
import { readAgeing } from './ageing.ts';
import { readGlAccounts, readGlEntries } from './drill-down.ts';
import { balanceAtInstant, proveBalance } from './proof.ts';
import { closeYear } from './year-end.ts';

let bank: LedgerTestBank;
const lastDay = '2026-12-31';

beforeAll(async () => {
  bank = await ledgerTestBank();
  await bank.done(async (transaction) => {
    for (const glCode of ['6011', '6411', '6021', '1901', '1221']) {
      const own = { cellId, openedOn: firstDay, openedLogin: 'x', accountId: newId() };
      await internalAccountOf(transaction, { ...own, bookId: 'A', glCode, currency: 'CNY' });
    }
  });
  await bank.learnIds();
});
afterAll(async () => {
  await bank.drop();
});

const sendAt = async (at: number, from: string, to: string, amountMinor: bigint, date = firstDay) =>
  await bank.done((transaction) =>
    postEvent(transaction, {
      ...{ cellId, now: at },
      event: newEvent([bank.move(from, to, amountMinor)], { accountingDate: date }),
    }),
  );

test('the balance at any instant is that of the last entry before it', async () => {
  for (const minute of [1, 2, 3]) {
    expect(codeOf(await sendAt(now + minute * 60_000, 'A-cash', 'A-a1', 100n))).toBe('posted');
  }
  const at = async (ms: number) =>
    await balanceAtInstant(bank.database, { cellId, accountNumber: 'A-a1', at: now + ms });
  expect([await at(0), await at(60_000), await at(179_999), await at(180_000)]).toEqual([
    ...[0n, 100n, 200n, 300n],
  ]);
  const unknown = { cellId, accountNumber: 'nobody', at: now };
  expect(await balanceAtInstant(bank.database, unknown)).toBeNull();
});

test('CORE-06 a balance is proved from a closed day and the entries since, and not when one is missing', async () => {
  await bank.done((transaction) => rollAccountingDate(transaction, cellId, lastDay));
  const send = async (from: string, to: string, amount: bigint) =>
    expect(codeOf(await sendAt(now, from, to, amount, lastDay))).toBe('posted');
  await send('A-cash', 'A-a1', 50n);
  await send('A-a1', 'A-a2', 120n);
  const prove = async (date: string, since?: string) =>
    await proveBalance(bank.database, {
      ...{ cellId, accountNumber: 'A-a1', date },
      ...(since === undefined ? {} : { since }),
    });
  expect(await prove(lastDay)).toMatchObject({
    ...{ snapshotDate: firstDay, snapshotMinor: 300n, entries: 2n, risenMinor: 50n },
    ...{ fallenMinor: 120n, statedMinor: 230n, chainBreaks: 0n, proved: true },
  });
  expect(await prove(lastDay, firstDay)).toMatchObject({
    ...{ snapshotDate: null, snapshotMinor: 0n, entries: 5n, proved: true },
  });
  expect(await prove(firstDay)).toMatchObject({ statedMinor: 300n, entries: 3n, proved: true });
  const forge = async (sql: string) => await bank.ownerDatabase.query(sql);
  await forge(`update account_day set closing_minor = closing_minor + 1
    where account_id = '${bank.id('A-a1')}'`);
  expect(await prove(lastDay)).toMatchObject({ proved: false });
  await forge(`update account_day set closing_minor = closing_minor - 1
    where account_id = '${bank.id('A-a1')}'`);
});

test('from a figure of the trial balance to its accounts and their entries', async () => {
  const trial = await readTrialBalance(bank.database, cellId, lastDay);
  const figure = present(
    trial.rows.find((row) => row.bookId === 'A' && row.glCode === '2011'),
    'deposits of book A',
  );
  const place = { cellId, bookId: 'A', glCode: '2011', currency: 'CNY' };
  const page = { limit: 100, offset: 0 };
  const { accounts, total } = await readGlAccounts(bank.database, {
    ...{ ...place, ...page, date: lastDay },
  });
  expect(total).toBe(accounts.length);
  const sum = (pick: (row: (typeof accounts)[number]) => bigint) =>
    accounts.reduce((all, row) => all + pick(row), 0n);
  expect([
    sum((row) => row.openingMinor),
    sum((row) => row.debitMinor),
    sum((row) => row.creditMinor),
    sum((row) => row.closingMinor),
  ]).toEqual([figure.openingMinor, figure.debitMinor, figure.creditMinor, figure.closingMinor]);
  const day = { ...place, from: lastDay, to: lastDay };
  const { entries, total: count } = await readGlEntries(bank.database, { ...day, ...page });
  const turnover = (side: string) =>
    entries.filter((entry) => entry.side === side).reduce((all, one) => all + one.amountMinor, 0n);
  expect([turnover('debit'), turnover('credit'), count]).toEqual([
    ...[figure.debitMinor, figure.creditMinor, entries.length],
  ]);
  const second = await readGlEntries(bank.database, { ...day, limit: 1, offset: 1 });
  expect(second.entries).toEqual(entries.slice(1, 2));
  expect(entries[0]).toMatchObject({ accountNumber: 'A-a1', counterGlCode: '1001' });
});

test('the chart changes from a date on; before it the old one holds', async () => {
  const named = (name: string) => ({
    ...{ glCode: '6021', name, nameEn: 'Fees', glClass: 'profit_and_loss' as const },
    ...{ normalSide: 'credit' as const, neverNegative: false },
  });
  const change = async (change: { normalSide?: 'debit' }) =>
    await bank.database.transaction((transaction) =>
      changeGlAccounts(transaction, cellId, '2026-12-01', [{ ...named('手续费收入'), ...change }]),
    );
  expect(await change({ normalSide: 'debit' })).toMatchObject({ code: 'gl_account_unknown' });
  expect(await change({})).toEqual(ok(1));
  const nameOn = async (date: string) =>
    (await readChart(bank.database, cellId, date)).find(({ glCode }) => glCode === '6021')?.name;
  expect([await nameOn('2026-11-30'), await nameOn('2026-12-01')]).toEqual([
    ...['手续费及佣金收入', '手续费收入'],
  ]);
});

test('items in suspense grow old until they are cleared, the oldest first', async () => {
  const send = async (from: string, to: string, amount: bigint, date: string) =>
    expect(codeOf(await sendAt(now, from, to, amount, date))).toBe('posted');
  await send('A-1901-CNY', 'A-cash', 30n, firstDay);
  await send('A-1901-CNY', 'A-cash', 12n, lastDay);
  await send('A-cash', 'A-1901-CNY', 5n, lastDay);
  const [account, ...others] = await readAgeing(bank.database, cellId, lastDay);
  expect(others).toEqual([]);
  expect(account).toMatchObject({ accountNumber: 'A-1901-CNY', openItems: 'suspense' });
  expect(account?.items.map(({ since, days, openMinor }) => [since, days, openMinor])).toEqual([
    [firstDay, 41, 25n],
    [lastDay, 0, 12n],
  ]);
  await send('A-cash', 'A-1901-CNY', 37n, lastDay);
  expect(await readAgeing(bank.database, cellId, lastDay)).toEqual([]);
});

test('CORE-06 the year closes: income and expense at 0, the result in 4104, once', async () => {
  const send = async (from: string, to: string, amount: bigint) =>
    expect(codeOf(await sendAt(now, from, to, amount, lastDay))).toBe('posted');
  await send('A-cash', 'A-6011-CNY', 900n);
  await send('A-a1', 'A-6021-CNY', 20n);
  await send('A-6411-CNY', 'A-a1', 300n);
  const ids = new Map<string, string>();
  const seed = newId();
  const idOf = (words: string) => {
    const id = ids.get(words) ?? derivedUuid(seed, ids.size);
    ids.set(words, id);
    return id;
  };
  const order = {
    ...{ cellId, bookId: 'A', date: lastDay, profitGlCode: '4103', distributionGlCode: '4104' },
    ...{ context, now, idOf },
  };
  const close = async () => await bank.done((transaction) => closeYear(transaction, order));
  expect(await close()).toEqual(ok(3));
  expect(await close()).toEqual(ok(0));
  const { rows } = await readTrialBalance(bank.database, cellId, lastDay);
  const closing = (glCode: string) =>
    rows.filter((row) => row.glCode === glCode).map((row) => row.closingMinor);
  expect(['6011', '6021', '6411', '4103', '4104'].map(closing)).toEqual([
    ...[[0n], [0n], [0n], [0n], [-620n]],
  ]);
  await bank.expectWhole();
});

import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { present } from '../../base/assert.ts';
import { ok } from '../../base/result.ts';
import { uuidV7 } from '../../base/uuid.ts';
import { standardChart } from '../../ledger/chart-of-accounts.ts';
import type { LedgerTransfer, PostingEvent } from '../../ledger/posting.ts';
import type { Transaction } from '../database.ts';
import { checkTables } from '../process/checks.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { findAccount, type NewAccount, openAccounts } from './accounts.ts';
import { readTrialBalance } from './balances.ts';
import { accountingDates, addGlAccounts, openBooks, openLegalEntity } from './books.ts';
import { type PostAnswer, postEvent } from './post.ts';

/** The cell, the instant and the first accounting date of every test bank. */
export const cellId = 1;
export const now = Date.UTC(2026, 10, 20, 2);
export const firstDay = '2026-11-20';

export function newId(): string {
  return uuidV7(now, randomBytes(10));
}

const plain: Omit<NewAccount, 'accountId' | 'accountNumber' | 'name'> = {
  bookId: 'A',
  glCode: '2011',
  currency: 'CNY',
  kind: 'customer',
  counterBookId: null,
  openingUnitCode: 'A',
  customerNumber: 'C1',
  product: 'demand',
  overdraftLimitMinor: 0n,
};
const own = { kind: 'internal', customerNumber: null, product: null } as const;

/** A customer's deposit of book A, changed as wanted. */
export function newAccount(accountNumber: string, change: Partial<NewAccount> = {}): NewAccount {
  return { ...plain, accountId: newId(), accountNumber, name: accountNumber, ...change };
}

/** Who and why of the tests' postings. */
export const context = {
  businessReference: 'R1',
  transactionCode: 'transfer',
  narrative: 'a payment',
  operatingUnitCode: 'A',
  makerLogin: 'teller1',
  authoriserLogin: null,
  processInstanceId: null,
  activity: null,
  taskId: null,
};

/** An event of book A on the first day, changed as wanted. */
export function newEvent(
  transfers: readonly LedgerTransfer[],
  change: Partial<PostingEvent> = {},
): PostingEvent {
  return {
    eventId: newId(),
    accountingDate: firstDay,
    context,
    postings: [{ bookId: 'A', transfers }],
    ...change,
  };
}

/** The code of an answer: 'posted', or why not. */
export function codeOf(answer: PostAnswer): string {
  return answer.ok ? 'posted' : answer.code;
}

export type LedgerTestBank = Awaited<ReturnType<typeof ledgerTestBank>>;

/** Two books, A and B, with a few accounts, on a fresh database. */
export async function ledgerTestBank() {
  const bank: TestDatabase = await testDatabase({ connectionsMax: 40 });
  const { database } = bank;

  async function done<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const result = await database.transaction(async (transaction) => ok(await work(transaction)));
    if (!result.ok) throw new Error(result.code);
    return result.value;
  }

  await done((transaction) => openTestBooks(transaction));
  const ids = new Map<string, string>();
  const learnIds = async () => {
    const rows = await database.query<{ number: string; id: string }>(
      'select account_number as number, account_id as id from account',
    );
    for (const { number, id } of rows) ids.set(number, id);
  };
  await learnIds();
  const id = (number: string) => present(ids.get(number), number);
  return {
    ...bank,
    done,
    id,
    learnIds,
    move: (from: string, to: string, amountMinor: bigint): LedgerTransfer => ({
      debitAccountId: id(from),
      creditAccountId: id(to),
      amountMinor,
      currency: 'CNY',
    }),
    send: async (event: PostingEvent): Promise<PostAnswer> =>
      await done((transaction) => postEvent(transaction, { cellId, now, event })),
    balance: async (number: string): Promise<bigint> =>
      present(await findAccount(database, cellId, number), number).balanceMinor,
    /** Everything between the tables holds, and the trial balance proves. */
    expectWhole: async () => {
      // What autovacuum does within a minute: the checks join tables that were empty just now.
      await bank.ownerDatabase.query('analyze');
      expect(await checkTables(database, cellId)).toEqual([]);
      const dates = present(await accountingDates(database, cellId), 'the books are open');
      const trial = await readTrialBalance(database, cellId, dates.accountingDate);
      expect(trial.balanced).toBe(true);
    },
  };
}

async function openTestBooks(transaction: Transaction): Promise<void> {
  await openLegalEntity(transaction, cellId, {
    legalEntityId: 'T',
    name: '测试银行',
    nameEn: 'Test Bank',
    baseCurrency: 'CNY',
    accountingDate: firstDay,
  });
  await addGlAccounts(transaction, cellId, '2020-01-01', standardChart);
  const book = { legalEntityId: 'T', name: '营业部', nameEn: 'Outlet', openedOn: firstDay };
  await openBooks(transaction, cellId, [
    { ...book, bookId: 'A', unitCode: 'A' },
    { ...book, bookId: 'B', unitCode: 'B' },
  ]);
  const opened = await openAccounts(transaction, {
    cellId,
    openedOn: firstDay,
    openedLogin: 'opener',
    accounts: [
      newAccount('A-cash', { ...own, glCode: '1001', overdraftLimitMinor: null }),
      newAccount('A-vault', { ...own, kind: 'off_balance', glCode: '7101' }),
      ...['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'idle'].map((one) => newAccount(`A-${one}`)),
      newAccount('B-cash', { ...own, bookId: 'B', glCode: '1001', overdraftLimitMinor: null }),
      newAccount('B-b1', { bookId: 'B', customerNumber: 'C2' }),
    ],
  });
  expect(opened).toEqual({ ok: true, value: 11 });
}

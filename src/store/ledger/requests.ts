import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { derivedUuid, type UuidV7 } from '../../base/uuid.ts';
import {
  type BookedAccount,
  type InterBranchKey,
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from '../../ledger/inter-branch.ts';
import type { PostingContext } from '../../ledger/posting.ts';
import type { PostingRefusal } from '../../ledger/refusals.ts';
import type { AccountReference, PostingRequest } from '../../ledger/service-operation.ts';
import type { Transaction } from '../database.ts';
import {
  findAccount,
  interBranchAccountOf,
  internalAccountOf,
  type OpenAccountRefusal,
} from './accounts.ts';
import { bookOfUnit } from './books.ts';
import type { PostingReceipt } from './locked.ts';
import { postEvent } from './post.ts';

/**
 * What a service operation asks to be posted, and the circumstances the shell knows. eventId: derived
 * from the command's own id, so that the same command posts once. The narrative of the request is its
 * transaction code; `context.narrative` may say more.
 */
export type RequestOrder = {
  readonly cellId: number;
  readonly now: number;
  readonly eventId: UuidV7;
  readonly accountingDate: string;
  readonly context: Omit<PostingContext, 'transactionCode' | 'narrative'> & {
    readonly narrative?: string;
  };
  readonly request: PostingRequest;
};

export type RequestRefusal = PostingRefusal | OpenAccountRefusal;

/**
 * Posts what an operation asks for: finds the accounts (a unit's own account of a GL code is opened
 * when it is first used), leads money between books through their inter-branch accounts, and posts
 * all of it as one event. Gives one receipt for each book.
 */
export async function postRequest(
  transaction: Transaction,
  order: RequestOrder,
): Promise<Result<readonly PostingReceipt[], RequestRefusal>> {
  const wanted = await resolve(transaction, order);
  if (!wanted.ok) return wanted;
  const between = await interBranchAccounts(transaction, order, wanted.value);
  if (!between.ok) return between;
  const postings = routePostings(wanted.value, (key) =>
    present(between.value.get(interBranchText(key)), 'an inter-branch account'),
  );
  const { narrative } = order.request;
  return await postEvent(transaction, {
    cellId: order.cellId,
    now: order.now,
    event: {
      eventId: order.eventId,
      accountingDate: order.accountingDate,
      context: { narrative, ...order.context, transactionCode: narrative },
      postings,
    },
  });
}

async function resolve(
  transaction: Transaction,
  order: RequestOrder,
): Promise<Result<WantedPostings, RequestRefusal>> {
  const finder = accountFinder(transaction, order);
  const transfers: WantedPostings['transfers'][number][] = [];
  for (const { debit, credit, amountMinor, currency } of order.request.transfers) {
    const from = await finder(debit, currency);
    if (!from.ok) return from;
    const to = await finder(credit, currency);
    if (!to.ok) return to;
    transfers.push({ debit: from.value, credit: to.value, amountMinor, currency });
  }
  const memoranda: WantedPostings['memoranda'][number][] = [];
  for (const { account, direction, amountMinor, currency } of order.request.memoranda) {
    const found = await finder(account, currency);
    if (!found.ok) return found;
    const subject = order.context.businessReference;
    memoranda.push({ account: found.value, direction, amountMinor, subject });
  }
  return ok({ transfers, memoranda });
}

/** Finds each account once. The ids of accounts opened on the way derive from the event's id. */
function accountFinder(transaction: Transaction, order: RequestOrder) {
  const found = new Map<string, BookedAccount>();
  const { cellId, accountingDate } = order;
  const byNumber = async (number: string): Promise<Result<BookedAccount, RequestRefusal>> => {
    const account = await findAccount(transaction, cellId, number);
    if (account === null) return refuse('account_unknown', { account: number });
    return ok({ accountId: account.accountId, bookId: account.bookId });
  };
  const byUnit = async (
    { unitId, glCode }: { readonly unitId: string; readonly glCode: string },
    currency: string,
  ): Promise<Result<BookedAccount, RequestRefusal>> => {
    const book = { cellId, unitCode: unitId, date: accountingDate };
    const bookId = await bookOfUnit(transaction, book);
    if (bookId === null) return refuse('book_unknown', { book: unitId });
    const own = opening(order, found.size);
    return await internalAccountOf(transaction, { ...own, bookId, glCode, currency });
  };
  return async (reference: AccountReference, currency: string) => {
    const key = `${JSON.stringify(reference)} ${currency}`;
    const known = found.get(key);
    if (known !== undefined) return ok(known);
    const account =
      'accountNumber' in reference
        ? await byNumber(reference.accountNumber)
        : await byUnit(reference, currency);
    if (account.ok) found.set(key, account.value);
    return account;
  };
}

async function interBranchAccounts(
  transaction: Transaction,
  order: RequestOrder,
  wanted: WantedPostings,
): Promise<Result<ReadonlyMap<string, string>, RequestRefusal>> {
  const accounts = new Map<string, string>();
  const keys: readonly InterBranchKey[] = interBranchAccountsNeeded(wanted);
  for (const [index, key] of keys.entries()) {
    const own = opening(order, 4_000 + index);
    const account = await interBranchAccountOf(transaction, { ...own, ...key });
    if (!account.ok) return account;
    accounts.set(interBranchText(key), account.value.accountId);
  }
  return ok(accounts);
}

/** Ids of opened accounts: 5,000 and on, away from those of postings and transfers. */
function opening(order: RequestOrder, n: number) {
  return {
    cellId: order.cellId,
    openedOn: order.accountingDate,
    openedLogin: order.context.makerLogin,
    accountId: derivedUuid(order.eventId, 5_000 + n),
  };
}

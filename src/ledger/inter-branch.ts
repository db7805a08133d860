import { present } from '../base/assert.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import type { Account } from './account.ts';
import type { BookPosting, LedgerMemorandum, LedgerTransfer } from './posting.ts';
import type { PostingRefusal } from './refusals.ts';
import type { TransferRow } from './rows.ts';

/**
 * GL code of the accounts through which money passes between two books of one legal entity
 * (系统内往来). Not 3001, which is towards other banks.
 */
export const INTER_BRANCH_GL_CODE = '3003';

/** A transfer between any two accounts of the legal entity, and single-sided records beside it. */
export type WantedPostings = {
  readonly transfers: readonly (Omit<LedgerTransfer, 'debitAccountId' | 'creditAccountId'> & {
    readonly debit: BookedAccount;
    readonly credit: BookedAccount;
  })[];
  readonly memoranda: readonly (Omit<LedgerMemorandum, 'accountId'> & {
    readonly account: BookedAccount;
  })[];
};

export type BookedAccount = { readonly accountId: string; readonly bookId: string };

/** Which inter-branch account: of which book, towards which other, in which currency. */
export type InterBranchKey = {
  readonly bookId: string;
  readonly counterBookId: string;
  readonly currency: string;
};

/** The inter-branch accounts that `routePostings` will ask for, each once. */
export function interBranchAccountsNeeded(wanted: WantedPostings): InterBranchKey[] {
  const keys = wanted.transfers
    .filter(({ debit, credit }) => debit.bookId !== credit.bookId)
    .flatMap(({ debit, credit, currency }) => [
      { bookId: debit.bookId, counterBookId: credit.bookId, currency },
      { bookId: credit.bookId, counterBookId: debit.bookId, currency },
    ]);
  return [...new Map(keys.map((key) => [interBranchText(key), key])).values()];
}

/** One text for a key, to find its account by. */
export function interBranchText({ bookId, counterBookId, currency }: InterBranchKey): string {
  return `${bookId} ${counterBookId} ${currency}`;
}

/**
 * Parts what is wanted into one posting per book, in the order in which the books first appear. A
 * transfer from an account of book A to one of book B becomes two: in A, debit the account and
 * credit A's inter-branch account towards B; in B, debit B's towards A and credit the account. So
 * each book balances by itself and the two inter-branch accounts sum to zero.
 */
export function routePostings(
  wanted: WantedPostings,
  interBranchAccount: (key: InterBranchKey) => string,
): BookPosting[] {
  const books = new Map<string, { transfers: LedgerTransfer[]; memoranda: LedgerMemorandum[] }>();
  const bookOf = (bookId: string) => {
    if (!books.has(bookId)) books.set(bookId, { transfers: [], memoranda: [] });
    return present(books.get(bookId), 'a book that was just added');
  };
  for (const { debit, credit, ...rest } of wanted.transfers) {
    if (debit.bookId === credit.bookId) {
      const transfer = { debitAccountId: debit.accountId, creditAccountId: credit.accountId };
      bookOf(debit.bookId).transfers.push({ ...rest, ...transfer });
      continue;
    }
    const { holdId, ...withoutHold } = rest;
    const { currency } = rest;
    const [from, to] = [debit.bookId, credit.bookId];
    bookOf(from).transfers.push({
      ...rest,
      debitAccountId: debit.accountId,
      creditAccountId: interBranchAccount({ bookId: from, counterBookId: to, currency }),
    });
    bookOf(to).transfers.push({
      ...withoutHold,
      debitAccountId: interBranchAccount({ bookId: to, counterBookId: from, currency }),
      creditAccountId: credit.accountId,
    });
  }
  for (const { account, ...rest } of wanted.memoranda) {
    bookOf(account.bookId).memoranda.push({ ...rest, accountId: account.accountId });
  }
  return [...books].map(([bookId, parts]) => ({ bookId, ...parts }));
}

/** What one book books towards another, the other must book back in the same event. */
export function checkInterBranch(
  transfers: readonly TransferRow[],
  account: (accountId: string) => Account,
): Result<'mirrored', PostingRefusal> {
  const sums = new Map<string, bigint>();
  const add = (accountId: string, amountMinor: bigint) => {
    const { bookId, counterBookId, currency } = account(accountId);
    if (counterBookId === null) return;
    const key = `${[bookId, counterBookId].sort().join(' ')} ${currency}`;
    sums.set(key, (sums.get(key) ?? 0n) + amountMinor);
  };
  for (const { debitAccountId, creditAccountId, amountMinor } of transfers) {
    add(debitAccountId, amountMinor);
    add(creditAccountId, -amountMinor);
  }
  for (const [key, sumMinor] of sums) {
    if (sumMinor !== 0n) return refuse('inter_branch_not_mirrored', { books: key });
  }
  return ok('mirrored');
}

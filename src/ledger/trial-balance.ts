import type { CalendarDate } from '../base/dates.ts';
import type { Currency } from '../base/money.ts';
import type { Side } from './account.ts';
import { INTER_BRANCH_GL_CODE } from './inter-branch.ts';

/**
 * One GL account of one book and currency at the end of an accounting date (科目、账套、币种).
 * opening and closing are debits less credits; debit and credit are the turnover of the date.
 */
export type TrialBalanceRow = {
  readonly bookId: string;
  readonly currency: Currency;
  readonly glCode: string;
  readonly openingMinor: bigint;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly closingMinor: bigint;
};

/** Closing balances of one book and currency, summed by the side they stand on. */
export type TrialBalanceTotal = {
  readonly bookId: string;
  readonly currency: Currency;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly differenceMinor: bigint;
};

export type TrialBalance = {
  readonly accountingDate: CalendarDate;
  readonly rows: readonly TrialBalanceRow[];
  readonly totals: readonly TrialBalanceTotal[];
  /** The inter-branch accounts of all books, per currency: 0 at every commit. */
  readonly interBranch: readonly { readonly currency: Currency; readonly sumMinor: bigint }[];
  /** Whether all of it is as it must be. */
  readonly balanced: boolean;
};

/** The proof of a trial balance (试算平衡) from its rows. */
export function proveTrialBalance(
  accountingDate: CalendarDate,
  rows: readonly TrialBalanceRow[],
): TrialBalance {
  const totals = new Map<string, { debitMinor: bigint; creditMinor: bigint }>();
  const interBranch = new Map<Currency, bigint>();
  for (const row of rows) {
    const key = `${row.bookId} ${row.currency}`;
    const total = totals.get(key) ?? { debitMinor: 0n, creditMinor: 0n };
    const side: Side = row.closingMinor >= 0n ? 'debit' : 'credit';
    totals.set(key, {
      debitMinor: total.debitMinor + (side === 'debit' ? row.closingMinor : 0n),
      creditMinor: total.creditMinor - (side === 'credit' ? row.closingMinor : 0n),
    });
    if (row.glCode.startsWith(INTER_BRANCH_GL_CODE)) {
      interBranch.set(row.currency, (interBranch.get(row.currency) ?? 0n) + row.closingMinor);
    }
  }
  const proved = [...totals].map(([key, { debitMinor, creditMinor }]) => {
    const [bookId = '', currency = ''] = key.split(' ');
    const differenceMinor = debitMinor - creditMinor;
    return { bookId, currency, debitMinor, creditMinor, differenceMinor };
  });
  const between = [...interBranch].map(([currency, sumMinor]) => ({ currency, sumMinor }));
  const balanced =
    proved.every(({ differenceMinor }) => differenceMinor === 0n) &&
    between.every(({ sumMinor }) => sumMinor === 0n);
  return { accountingDate, rows, totals: proved, interBranch: between, balanced };
}

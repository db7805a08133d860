import type { TrialBalanceRow } from '../../ledger/trial-balance.ts';
import type { Transaction } from '../database.ts';

/** Keeps the general ledger of a date as it closes; kept once. Gives the number of its rows. */
export async function keepGlBalances(
  transaction: Transaction,
  of: { readonly cellId: number; readonly date: string },
  rows: readonly TrialBalanceRow[],
): Promise<number> {
  await transaction.query(
    `insert into day_gl_balance (cell_id, accounting_date, book_id, currency, gl_code,
       opening_minor, debit_minor, credit_minor, closing_minor)
     select $1, $2, r.* from unnest($3::text[], $4::text[], $5::text[], $6::int8[], $7::int8[],
       $8::int8[], $9::int8[]) as r
     on conflict do nothing`,
    [
      of.cellId,
      of.date,
      rows.map(({ bookId }) => bookId),
      rows.map(({ currency }) => currency),
      rows.map(({ glCode }) => glCode),
      rows.map(({ openingMinor }) => openingMinor),
      rows.map(({ debitMinor }) => debitMinor),
      rows.map(({ creditMinor }) => creditMinor),
      rows.map(({ closingMinor }) => closingMinor),
    ],
  );
  return rows.length;
}

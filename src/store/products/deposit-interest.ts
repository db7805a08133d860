import type { Queries, Transaction } from '../database.ts';
import { boundsOf, type Slice, slicesFrom } from './demand-accrual.ts';

/** What the accrual of a date adds in a book, by currency and product. */
export type AccrualTotal = {
  readonly currency: string;
  readonly productCode: string;
  readonly accounts: bigint;
  readonly changeMinor: bigint;
};

/** Sums of the accrual of an accounting date in a book. */
export async function accrualTotals(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly bookId: string },
): Promise<readonly AccrualTotal[]> {
  return await queries.query<AccrualTotal>(
    `select currency, product_code as "productCode", sum(accounts)::int8 as accounts,
       sum(change_minor)::int8 as "changeMinor"
     from deposit_accrual_total where cell_id = $1 and accounting_date = $2 and book_id = $3
     group by currency, product_code order by 1, 2`,
    [of.cellId, of.date, of.bookId],
  );
}

/** Books in which the accrual of a date has anything to post. */
export async function accrualBooks(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly string[]> {
  const rows = await queries.query<{ bookId: string }>(
    `select distinct book_id as "bookId" from deposit_accrual_total
     where cell_id = $1 and accounting_date = $2 order by 1`,
    [cellId, date],
  );
  return rows.map(({ bookId }) => bookId);
}

/** Interest that is due and not paid. valueDate: the day it was due. */
export type InterestDue = {
  readonly accountId: string;
  readonly bookId: string;
  readonly currency: string;
  readonly product: string;
  readonly countedTo: string;
  readonly number: number;
  readonly interestMinor: bigint;
  readonly valueDate: string;
};

/** Slices of accounts with settled interest due on a date or before it, of so many at most. */
export async function interestSlices(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly accountsMax: number },
): Promise<readonly Slice[]> {
  const rows = await queries.query<{ id: string }>(
    `select account_id as id from (
       select account_id, row_number() over (order by account_id) as n from deposit_interest
       where cell_id = $1 and due_date <= $2 and paid_on is null and kind = 'settlement') i
     where n % $3 = 1 or $3 = 1 order by account_id`,
    [of.cellId, of.date, of.accountsMax],
  );
  const ids = [...new Set(rows.map(({ id }) => id))];
  return slicesFrom(ids);
}

/** Settled interest of a slice that is due on a date or before it, in the order of the accounts. */
export async function interestDue(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly slice: Slice },
): Promise<readonly InterestDue[]> {
  return await queries.query<InterestDue>(
    `select i.account_id as "accountId", a.book_id as "bookId", a.currency, a.product,
       i.counted_to as "countedTo", i.number::int as number, i.interest_minor as "interestMinor",
       i.due_date as "valueDate"
     from deposit_interest i join account a on a.cell_id = i.cell_id and a.account_id = i.account_id
     where i.cell_id = $1 and i.due_date <= $2 and i.paid_on is null and i.kind = 'settlement'
       and i.account_id >= $3 and i.account_id < $4
     order by i.account_id, i.counted_to`,
    [of.cellId, of.date, ...boundsOf(of.slice)],
  );
}

/** Notes on which accounting date interest was paid. */
export async function markInterestPaid(
  transaction: Transaction,
  of: { readonly cellId: number; readonly date: string; readonly paid: readonly InterestDue[] },
): Promise<void> {
  await transaction.query(
    `update deposit_interest i set paid_on = $2
     from unnest($3::uuid[], $4::date[], $5::int2[]) as r(account_id, counted_to, number)
     where i.cell_id = $1 and i.account_id = r.account_id and i.counted_to = r.counted_to
       and i.number = r.number and i.paid_on is null`,
    [
      of.cellId,
      of.date,
      of.paid.map(({ accountId }) => accountId),
      of.paid.map(({ countedTo }) => countedTo),
      of.paid.map(({ number }) => number),
    ],
  );
}

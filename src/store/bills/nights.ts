import type { Queries, Transaction } from '../database.ts';

/** Interest taken in advance of a bill, with what of it was booked before. */
export type OpenInterest = {
  readonly billNumber: string;
  readonly side: 'earned' | 'paid';
  readonly currency: string;
  readonly interestMinor: bigint;
  readonly bookedMinor: bigint;
  readonly begunOn: string;
  readonly countedTo: string;
  /** The bill is paid or was given back: nothing is left to wait for. */
  readonly over: boolean;
};

const openSql = `from bill_interest i
  cross join lateral (select coalesce(sum(d.amount_minor), 0)::int8 as booked from bill_interest_day d
    where d.cell_id = i.cell_id and d.bill_number = i.bill_number and d.side = i.side) s
  where i.cell_id = $1 and i.interest_minor > s.booked and i.begun_on <= $2`;

/** Books with interest that is not booked whole on a date. */
export async function interestBooks(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string },
): Promise<readonly string[]> {
  const rows = await queries.query<{ book: string }>(
    `select distinct i.book_id as book ${openSql} order by book`,
    [of.cellId, of.date],
  );
  return rows.map(({ book }) => book);
}

/** Interest of a book that is not booked whole on a date, in the order of the bills. */
export async function openInterest(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly bookId: string },
): Promise<readonly OpenInterest[]> {
  return await queries.query<OpenInterest>(
    `select i.bill_number as "billNumber", i.side, i.currency,
       i.interest_minor as "interestMinor", s.booked as "bookedMinor", i.begun_on as "begunOn",
       i.counted_to as "countedTo",
       exists (select from bill_event e where e.cell_id = i.cell_id
         and e.bill_number = i.bill_number and e.accounting_date <= $2
         and e.kind in ('collected', 'recourse', 'matured')) as over
     ${openSql} and i.book_id = $3 order by i.bill_number, i.side`,
    [of.cellId, of.date, of.bookId],
  );
}

/** Keeps what was booked of each on the date. */
export async function addInterestDays(
  transaction: Transaction,
  of: { readonly cellId: number; readonly date: string },
  rows: readonly (Pick<OpenInterest, 'billNumber' | 'side'> & { readonly amountMinor: bigint })[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(
    `insert into bill_interest_day (cell_id, bill_number, side, accounting_date, amount_minor)
     select $1::smallint, r.bill, r.side, $2::date, r.amount
     from unnest($3::text[], $4::text[], $5::int8[]) as r (bill, side, amount)`,
    [
      of.cellId,
      of.date,
      rows.map((row) => row.billNumber),
      rows.map((row) => row.side),
      rows.map((row) => row.amountMinor),
    ],
  );
}

/** A bill that is due: one the bank has to pay, or one that was sold on. */
export type DueBill = {
  readonly billNumber: string;
  readonly unitCode: string;
  readonly accountNumber: string;
  readonly customerNumber: string | null;
};

/** Bills the bank accepted that are due on a date and not paid; at most `max`. */
export async function acceptancesDue(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly max: number },
): Promise<readonly DueBill[]> {
  return await queries.query<DueBill>(
    `select b.bill_number as "billNumber", a.unit_code as "unitCode",
       a.account_number as "accountNumber", a.customer_number as "customerNumber"
     from bill_acceptance a
       join bill b on b.cell_id = a.cell_id and b.bill_number = a.bill_number
     where a.cell_id = $1 and b.matures_on <= $2
       and not exists (select from bill_event e where e.cell_id = b.cell_id
         and e.bill_number = b.bill_number and e.kind = 'honoured')
     order by b.matures_on, b.bill_number limit $3`,
    [of.cellId, of.date, of.max],
  );
}

/** Bills that were sold on and are due on a date; at most `max`. */
export async function rediscountedDue(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly max: number },
): Promise<readonly DueBill[]> {
  return await queries.query<DueBill>(
    `select b.bill_number as "billNumber", i.unit_code as "unitCode",
       '' as "accountNumber", null as "customerNumber"
     from bill_interest i
       join bill b on b.cell_id = i.cell_id and b.bill_number = i.bill_number
     where i.cell_id = $1 and i.side = 'paid' and b.matures_on <= $2
       and not exists (select from bill_event e where e.cell_id = b.cell_id
         and e.bill_number = b.bill_number and e.kind in ('matured', 'dishonoured'))
     order by b.matures_on, b.bill_number limit $3`,
    [of.cellId, of.date, of.max],
  );
}

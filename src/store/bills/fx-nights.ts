import type { Queries, Transaction } from '../database.ts';

/** A book's position in a currency, with the newest middle price; null when nobody quotes it. */
export type BookPosition = {
  readonly currency: string;
  readonly positionMinor: bigint;
  readonly bookedMinor: bigint;
  readonly per: bigint | null;
  readonly middle: bigint | null;
};

/** Books that have dealt in foreign currency. */
export async function positionBooks(queries: Queries, cellId: number): Promise<readonly string[]> {
  const rows = await queries.query<{ book: string }>(
    'select distinct book_id as book from fx_position where cell_id = $1 order by book',
    [cellId],
  );
  return rows.map(({ book }) => book);
}

/** What a book holds of each currency up to a date, at the prices that were published by then. */
export async function bookPositions(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly bookId: string;
    readonly date: string;
    readonly at: number;
  },
): Promise<readonly BookPosition[]> {
  return await queries.query<BookPosition>(
    `select p.currency, sum(p.position_minor)::int8 as "positionMinor",
       sum(p.booked_minor)::int8 as "bookedMinor", max(q.per) as per, max(q.middle) as middle
     from fx_position p left join lateral (select n.per, n.middle from fx_quote n
       where n.cell_id = p.cell_id and n.currency = p.currency and n.valid_from <= $4
       order by n.version desc limit 1) q on true
     where p.cell_id = $1 and p.book_id = $2 and p.accounting_date <= $3
     group by p.currency order by p.currency`,
    [of.cellId, of.bookId, of.date, BigInt(of.at)],
  );
}

/** What valuing a position has changed of what it stands at. */
export async function addRevaluation(
  transaction: Transaction,
  row: {
    readonly cellId: number;
    readonly entryId: string;
    readonly bookId: string;
    readonly currency: string;
    readonly gainMinor: bigint;
    readonly date: string;
    readonly at: number;
  },
): Promise<void> {
  await transaction.query(
    `insert into fx_position (cell_id, entry_id, kind, book_id, currency, position_minor,
       booked_minor, quote_id, case_number, accounting_date, booked_at, login)
     values ($1, $2, 'revaluation', $3, $4, 0, $5, null, $6, $7, $8, 'system')`,
    [
      ...[row.cellId, row.entryId, row.bookId, row.currency, row.gainMinor],
      ...[`EOD-${row.date}`, row.date, BigInt(row.at)],
    ],
  );
}

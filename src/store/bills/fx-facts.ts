import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';

type Row = { readonly [column: string]: string | bigint | null };

/** A line of the board; it ends when its time is over or a newer line of the currency begins. */
export const quoteSql = `select q.quote_id as "quoteId", q.currency, q.per, q.bid,
    q.cash_bid as "cashBid", q.ask, q.middle, q.version::int8 as version,
    q.valid_from as "validFromMs", q.made_login as "madeLogin",
    q.checked_login as "checkedLogin", q.case_number as "caseNumber",
    least(q.valid_until, (select min(n.valid_from) from fx_quote n where n.cell_id = q.cell_id
      and n.currency = q.currency and n.version > q.version)) as "untilMs"
  from fx_quote q`;

/** Lines of the board by their ids, whether good or not. */
export async function quotesOf(
  queries: Queries,
  cellId: number,
  quoteIds: readonly string[],
): Promise<readonly Values[]> {
  return await queries.query<Row>(
    `${quoteSql} where q.cell_id = $1 and q.quote_id = any($2) order by q.quote_id`,
    [cellId, [...quoteIds]],
  );
}

/** The lines that are good at an instant, one for each currency. */
export async function quotesGoodAt(
  queries: Queries,
  cellId: number,
  at: number,
): Promise<readonly Values[]> {
  return await queries.query<Row>(
    `select * from (${quoteSql} where q.cell_id = $1 and q.valid_from <= $2 and q.valid_until > $2) g
     where g."untilMs" > $2 order by g.currency`,
    [cellId, BigInt(at)],
  );
}

const positionSql = `select p.currency, sum(p.position_minor)::int8 as "positionMinor",
    sum(p.booked_minor)::int8 as "bookedMinor",
    (select n.per from fx_quote n where n.cell_id = $1 and n.currency = p.currency
      order by n.version desc limit 1) as per,
    (select n.middle from fx_quote n where n.cell_id = $1 and n.currency = p.currency
      order by n.version desc limit 1) as middle
  from fx_position p where p.cell_id = $1`;

/**
 * The bank's position in each currency with the newest middle price. Until the transaction ends
 * nobody else deals: what one deal does to the limits is seen by the next.
 */
export async function positionsToDealOn(
  queries: Queries,
  cellId: number,
): Promise<readonly Values[]> {
  await queries.query(`select pg_advisory_xact_lock(hashtextextended('fx position', $1))`, [
    cellId,
  ]);
  return await positionsOf(queries, cellId, null);
}

/** The position in each currency, of all books or of some. */
export async function positionsOf(
  queries: Queries,
  cellId: number,
  bookIds: readonly string[] | null,
): Promise<readonly Values[]> {
  return await queries.query<Row>(
    `${positionSql} and ($2::text[] is null or p.book_id = any($2))
     group by p.currency order by p.currency`,
    [cellId, bookIds === null ? null : [...bookIds]],
  );
}

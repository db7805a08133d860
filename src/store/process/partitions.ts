import type { Queries } from '../database.ts';

/** How many months ahead of now the monthly partitions stand. */
const monthsAhead = 3;

/**
 * Makes the monthly partitions of the business log and the command keys from this month on. Called
 * at start and once a day; rows of other months go to the default partition: nothing waits for it.
 */
export async function ensurePartitions(queries: Queries, now: number): Promise<number> {
  const [row] = await queries.query<{ made: number }>(
    `select ensure_month_partitions(month, (month + make_interval(months => $2))::date) as made
     from (select (to_timestamp($1::float8 / 1000) at time zone 'UTC')::date as month) m`,
    [now, monthsAhead],
  );
  return row?.made ?? 0;
}

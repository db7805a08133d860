import type { Queries } from '../database.ts';

/** Accounts by their numbers: the account and its book. One that does not exist is left out. */
export async function accountPlaces(
  queries: Queries,
  cellId: number,
  accountNumbers: readonly string[],
): Promise<ReadonlyMap<string, { readonly accountId: string; readonly bookId: string }>> {
  const rows = await queries.query<{ number: string; accountId: string; bookId: string }>(
    `select account_number as number, account_id as "accountId", book_id as "bookId"
     from account where cell_id = $1 and account_number = any($2::text[])`,
    [cellId, accountNumbers],
  );
  return new Map(rows.map(({ number, ...place }) => [number, place]));
}

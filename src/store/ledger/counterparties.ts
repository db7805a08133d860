import type { Side } from '../../ledger/account.ts';
import { postingIdOf, transferIdOf } from '../../ledger/posting.ts';
import type { Queries } from '../database.ts';

/** A customer's account that an event posted on, and on which side. */
export type PostedOn = {
  readonly eventId: string;
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly accountNumber: string;
  readonly accountName: string;
};

/**
 * Customers' accounts that some events posted on. Money between two books passes through their
 * inter-branch accounts, so the other side of an entry is found by its event, not by its transfer.
 */
export async function customersPostedOn(
  queries: Queries,
  cellId: number,
  events: readonly { readonly eventId: string; readonly postingCount: number }[],
): Promise<readonly PostedOn[]> {
  if (events.length === 0) return [];
  // The ids of what an event posted follow from its own, so all of it is read by its keys.
  const postingIds = events.flatMap(({ eventId, postingCount }) =>
    Array.from({ length: postingCount }, (_, n) => postingIdOf(eventId, n)),
  );
  const postings = await queries.query<{ postingId: string; transferCount: number }>(
    `select posting_id as "postingId", transfer_count as "transferCount" from posting
     where cell_id = $1 and posting_id = any($2::uuid[])`,
    [cellId, [...new Set(postingIds)]],
  );
  const transferIds = postings.flatMap(({ postingId, transferCount }) =>
    Array.from({ length: transferCount }, (_, n) => transferIdOf(postingId, n)),
  );
  return await queries.query<PostedOn>(
    `select p.event_id as "eventId", s.side, t.amount_minor as "amountMinor",
       a.account_number as "accountNumber", a.name as "accountName"
     from transfer t
       join posting p on p.cell_id = t.cell_id and p.posting_id = t.posting_id
       cross join lateral (values ('debit', t.debit_account_id), ('credit', t.credit_account_id))
         as s(side, account_id)
       join account a on a.cell_id = t.cell_id and a.account_id = s.account_id
     where t.cell_id = $1 and t.transfer_id = any($2::uuid[]) and a.kind = 'customer'
     order by t.transfer_id`,
    [cellId, transferIds],
  );
}

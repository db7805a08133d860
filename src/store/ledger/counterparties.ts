import type { Side } from '../../ledger/account.ts';
import type { Queries } from '../database.ts';

/** A customer's account that an event posted on, and on which side. */
export type PostedOn = {
  readonly businessReference: string;
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly accountNumber: string;
  readonly accountName: string;
};

/**
 * Customers' accounts that some business events posted on. Money between two books passes through
 * their inter-branch accounts, so the other side of an entry is found by its event, not by its
 * transfer.
 */
export async function customersPostedOn(
  queries: Queries,
  cellId: number,
  businessReferences: readonly string[],
): Promise<readonly PostedOn[]> {
  if (businessReferences.length === 0) return [];
  return await queries.query<PostedOn>(
    `select p.business_reference as "businessReference", s.side, t.amount_minor as "amountMinor",
       a.account_number as "accountNumber", a.name as "accountName"
     from posting p
       join transfer t on t.cell_id = p.cell_id and t.posting_id = p.posting_id
       cross join lateral (values ('debit', t.debit_account_id), ('credit', t.credit_account_id))
         as s(side, account_id)
       join account a on a.cell_id = p.cell_id and a.account_id = s.account_id
     where p.cell_id = $1 and p.business_reference = any($2::text[]) and a.kind = 'customer'
     order by t.transfer_id`,
    [cellId, [...new Set(businessReferences)]],
  );
}

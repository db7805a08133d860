import { present } from '../../../base/assert.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { decidePending } from '../../../ledger/pending.ts';
import type { LedgerTransfer } from '../../../ledger/posting.ts';
import type { PostingRefusal } from '../../../ledger/refusals.ts';
import type { Hold } from '../../../ledger/rows.ts';
import type { Transaction } from '../../database.ts';
import { lockAccounts, lockHolds } from '../locked.ts';

/** holdId: key of the order; the pending transfer bears it. expiresAt: ms UTC, null is never. */
export type PendingOrder = {
  readonly cellId: number;
  readonly holdId: string;
  readonly bookId: string;
  readonly transfer: LedgerTransfer;
  readonly expiresAt: number | null;
  readonly purpose: string;
  readonly at: number;
  readonly accountingDate: string;
  readonly login: string;
  readonly processInstanceId: string | null;
};

export type PendingRefusal = PostingRefusal | 'pending_without_payer' | 'hold_not_active';

/**
 * Keeps the amount of a transfer that will be posted later (预授权、圈存): whole or in part by a
 * transfer between the same accounts that names the hold, once; `endHold` voids it; it expires by
 * its instant. The same order again gets the first answer, another under its key is refused.
 */
export async function placePending(
  transaction: Transaction,
  order: PendingOrder,
): Promise<Result<Hold, PendingRefusal>> {
  const { cellId, holdId, transfer } = order;
  const ids = [transfer.debitAccountId, transfer.creditAccountId];
  const accounts = await lockAccounts(transaction, cellId, ids);
  const known = (await lockHolds(transaction, cellId, [holdId])).get(holdId);
  if (known !== undefined) return repeated(known, order);
  const { at: now, accountingDate } = order;
  const decided = decidePending({ now, accountingDate, accounts }, order);
  if (!decided.ok) return decided;
  const hold = decided.value;
  await transaction.query(
    `with placed as (
       insert into hold (cell_id, hold_id, account_id, amount_minor, remaining_minor, status, purpose,
         placed_at, placed_login, expires_at, process_instance_id, debit_account_id,
         credit_account_id)
       values ($1, $2, $3, $4, $4, 'active', $5, $6, $7, $8, $9, $10, $11)
     )
     update account_balance set held_minor = held_minor + $4 where cell_id = $1 and account_id = $3`,
    [
      ...[cellId, holdId, hold.accountId, hold.amountMinor, order.purpose, order.at, order.login],
      ...[order.expiresAt, order.processInstanceId],
      ...[transfer.debitAccountId, transfer.creditAccountId],
    ],
  );
  return ok(hold);
}

function repeated(known: Hold, { holdId, transfer }: PendingOrder): Result<Hold, PendingRefusal> {
  const same =
    known.pending?.debitAccountId === transfer.debitAccountId &&
    known.pending.creditAccountId === transfer.creditAccountId &&
    known.amountMinor === transfer.amountMinor;
  return same ? ok(known) : refuse('posting_key_used', { key: holdId });
}

/** The transfer that posts a pending one: all of it, or so much. */
export function postingOfPending(
  hold: Hold,
  currency: string,
  amountMinor: bigint = hold.remainingMinor,
): LedgerTransfer {
  const { debitAccountId, creditAccountId } = present(hold.pending, 'a pending transfer');
  return { debitAccountId, creditAccountId, amountMinor, currency, holdId: hold.holdId };
}

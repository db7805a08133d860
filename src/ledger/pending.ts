import type { CalendarDate } from '../base/dates.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import type { Account } from './account.ts';
import type { LedgerTransfer } from './posting.ts';
import type { PostingRefusal } from './refusals.ts';
import { emptyRows, type Hold, type Working } from './rows.ts';
import { postTransfer } from './transfer.ts';

/** What a pending transfer is decided on: its accounts under their locks. */
export type PendingFacts = {
  readonly now: number;
  readonly accountingDate: CalendarDate;
  readonly accounts: ReadonlyMap<string, Account>;
};

/** A transfer between two accounts that will be posted, whole or in part, voided, or expire. */
export type WantedPending = {
  readonly holdId: string;
  readonly bookId: string;
  readonly transfer: LedgerTransfer;
  /** ms UTC; null: until it is posted or voided. */
  readonly expiresAt: number | null;
};

/**
 * A pending transfer as the hold that keeps its amount on the account it will lower. It is refused
 * exactly as the transfer would be now, in the same order; one that lowers neither account keeps
 * nothing, so it cannot be pending (`pending_without_payer`).
 */
export function decidePending(
  facts: PendingFacts,
  { holdId, bookId, transfer, expiresAt }: WantedPending,
): Result<Hold, PostingRefusal | 'pending_without_payer' | 'hold_not_active'> {
  const working: Working = {
    account: (id) => facts.accounts.get(id),
    hold: () => undefined,
    reversible: () => undefined,
    isReversed: () => false,
    now: facts.now,
    valueDates: null,
    accounts: new Map(),
    holds: new Map(),
    reversed: new Set(),
    rows: emptyRows(),
  };
  const { accountingDate } = facts;
  const place = { transferId: holdId, postingId: holdId, bookId, accountingDate };
  const tried = postTransfer(working, transfer, place);
  if (!tried.ok) return tried;
  if (expiresAt !== null && expiresAt <= facts.now)
    return refuse('hold_not_active', { hold: holdId });
  const { debitAccountId, creditAccountId } = transfer;
  const amountMinor = working.rows.transfers[0]?.amountMinor ?? transfer.amountMinor;
  const payer = payerOf(facts.accounts.get(debitAccountId), facts.accounts.get(creditAccountId));
  if (payer === null) return refuse('pending_without_payer', {});
  return ok({
    ...{ holdId, accountId: payer.accountId, amountMinor, remainingMinor: amountMinor },
    ...{ status: 'active', expiresAt, pending: { debitAccountId, creditAccountId } },
  });
}

/** The account that the transfer will lower: the debited one when both are. */
function payerOf(debit: Account | undefined, credit: Account | undefined): Account | null {
  if (debit?.normalSide === 'credit') return debit;
  return credit?.normalSide === 'debit' ? credit : null;
}

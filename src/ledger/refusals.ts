/**
 * Every reason for which the ledger will not post, in the one order in which they are looked for:
 * first those of the event; then, transfer by transfer in their order, those of a transfer; then
 * those of the memoranda; at last what only the whole shows. The first that holds is the answer.
 */
export const postingRefusals = [
  // The event.
  'posting_key_not_valid', // the idempotency key is no UUIDv7
  'posting_key_used', // the key is known with another content or another maker
  'posting_key_too_old', // not known, and older than the kept window: it may have been posted once
  'posting_key_from_future', // made later than now and the allowed difference of clocks
  'posting_empty',
  'posting_too_large',
  'accounting_date_not_open',
  // Each transfer.
  'amount_not_positive',
  'amount_above_maximum',
  'value_date_too_early', // further back than the rule allows
  'value_date_too_late',
  'accounts_identical',
  'account_unknown',
  'account_in_other_book',
  'account_currency_differs',
  'account_off_balance', // no double entry on an off-balance account
  'account_not_yet_active',
  'account_closed',
  'account_dormant',
  'account_debits_blocked',
  'account_credits_blocked',
  'reversed_transfer_unknown',
  'reversal_not_mirror', // not the same amount back between the same accounts
  'transfer_already_reversed',
  'hold_unknown',
  'hold_on_other_account',
  'pending_accounts_differ', // a pending transfer is posted between its own accounts
  'hold_not_active',
  'hold_exceeded',
  'nothing_available', // of a transfer of whatever is available
  'available_exceeded',
  'balance_above_maximum',
  // Each memorandum.
  'account_not_off_balance',
  'memorandum_exceeds_balance',
  // The whole.
  'inter_branch_not_mirrored', // what one book sends, the other does not receive
] as const;

export type PostingRefusal = (typeof postingRefusals)[number];

import type { CalendarDate } from '../base/dates.ts';
import { AMOUNT_MINOR_MAX } from '../base/money.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import {
  type Account,
  availableMinor,
  type Side,
  sidesAllowed,
  sidesBlocked,
  signedMinor,
} from './account.ts';
import type { LedgerTransfer } from './posting.ts';
import type { PostingRefusal } from './refusals.ts';
import type { Hold, PendingAccounts, Working } from './rows.ts';
import { checkValueDate } from './value-date.ts';

/** Where a transfer stands: its ids, its book, its accounting date. */
export type TransferPlace = {
  readonly transferId: string;
  readonly postingId: string;
  readonly bookId: string;
  readonly accountingDate: CalendarDate;
};

type Both = { readonly debit: Account; readonly credit: Account };

/** Posts one transfer into `working`. Refusals in the order of `postingRefusals`. */
export function postTransfer(
  working: Working,
  transfer: LedgerTransfer,
  place: TransferPlace,
): Result<'posted', PostingRefusal> {
  const { amountMinor } = transfer;
  if (amountMinor <= 0n) return refuse('amount_not_positive', { name: 'amountMinor' });
  if (amountMinor > AMOUNT_MINOR_MAX) return refuse('amount_above_maximum', {});
  const { valueDate = place.accountingDate } = transfer;
  const dated = checkValueDate(working.valueDates, valueDate, place.accountingDate);
  if (!dated.ok) return dated;
  if (transfer.debitAccountId === transfer.creditAccountId) return refuse('accounts_identical', {});
  const found = findAccounts(working, transfer, place.bookId);
  if (!found.ok) return found;
  const both = found.value;
  const allowed = checkControls(both);
  if (!allowed.ok) return allowed;
  const reversal = checkReversal(working, transfer);
  if (!reversal.ok) return reversal;
  const taken = takeFromHold(working, transfer, both);
  if (!taken.ok) return taken;
  const balanced = transfer.upToAvailable ? upToAvailable(transfer, both) : ok(transfer);
  if (!balanced.ok) return balanced;
  const posted = balanced.value;
  const debit = movedAccount(both.debit, 'debit', posted, taken.value, place);
  if (!debit.ok) return debit;
  const credit = movedAccount(both.credit, 'credit', posted, taken.value, place);
  if (!credit.ok) return credit;
  // After this point it must succeed.
  if (taken.value !== null) working.holds.set(taken.value.hold.holdId, taken.value.hold);
  if (transfer.reversesTransferId !== undefined) working.reversed.add(transfer.reversesTransferId);
  write(working, posted, place, { debit: debit.value, credit: credit.value });
  return ok('posted');
}

function write(working: Working, transfer: LedgerTransfer, place: TransferPlace, both: Both): void {
  const { debit, credit } = both;
  working.accounts.set(debit.accountId, debit);
  working.accounts.set(credit.accountId, credit);
  working.rows.transfers.push({
    ...place,
    currency: transfer.currency,
    valueDate: transfer.valueDate ?? place.accountingDate,
    amountMinor: transfer.amountMinor,
    debitAccountId: debit.accountId,
    debitEntryNumber: debit.entryCount,
    debitBalanceMinor: debit.balanceMinor,
    creditAccountId: credit.accountId,
    creditEntryNumber: credit.entryCount,
    creditBalanceMinor: credit.balanceMinor,
    reversesTransferId: transfer.reversesTransferId ?? null,
    holdId: transfer.holdId ?? null,
    narrative: transfer.narrative ?? null,
  });
}

/** Both accounts, of this book and currency, on the balance sheet. */
function findAccounts(
  working: Working,
  transfer: LedgerTransfer,
  bookId: string,
): Result<Both, PostingRefusal> {
  const debit = working.account(transfer.debitAccountId);
  const credit = working.account(transfer.creditAccountId);
  if (debit === undefined) return refuse('account_unknown', { account: transfer.debitAccountId });
  if (credit === undefined) return refuse('account_unknown', { account: transfer.creditAccountId });
  const both = [debit, credit];
  const elsewhere = both.find((account) => account.bookId !== bookId);
  if (elsewhere !== undefined) return refuse('account_in_other_book', factsOf(elsewhere));
  const foreign = both.find((account) => account.currency !== transfer.currency);
  if (foreign !== undefined) return refuse('account_currency_differs', factsOf(foreign));
  const memorandum = both.find((account) => account.kind === 'off_balance');
  if (memorandum !== undefined) return refuse('account_off_balance', factsOf(memorandum));
  return ok({ debit, credit });
}

/** Status and restrictions; the debited account is looked at before the credited one. */
function checkControls({ debit, credit }: Both): Result<'allowed', PostingRefusal> {
  const sides = [
    [debit, 'debit'],
    [credit, 'credit'],
  ] as const;
  for (const [account, side] of sides) {
    if (sidesAllowed[account.status].includes(side)) continue;
    return refuse(statusRefusals[account.status], factsOf(account));
  }
  if (sidesBlocked[debit.restrictionEffect].includes('debit')) {
    return refuse('account_debits_blocked', factsOf(debit));
  }
  if (sidesBlocked[credit.restrictionEffect].includes('credit')) {
    return refuse('account_credits_blocked', factsOf(credit));
  }
  return ok('allowed');
}

const statusRefusals = {
  pending: 'account_not_yet_active',
  closed: 'account_closed',
  dormant: 'account_dormant',
  open: 'account_closed', // never reached: an open account takes both sides
} as const satisfies Record<Account['status'], PostingRefusal>;

/** A reversal brings the same amount back between the same accounts, once. */
function checkReversal(
  working: Working,
  transfer: LedgerTransfer,
): Result<'allowed', PostingRefusal> {
  const id = transfer.reversesTransferId;
  if (id === undefined) return ok('allowed');
  const original = working.reversible(id);
  if (original === undefined) return refuse('reversed_transfer_unknown', { transfer: id });
  const mirrors =
    original.debitAccountId === transfer.creditAccountId &&
    original.creditAccountId === transfer.debitAccountId &&
    original.amountMinor === transfer.amountMinor &&
    original.currency === transfer.currency;
  if (!mirrors) return refuse('reversal_not_mirror', { transfer: id });
  if (original.reversed || working.isReversed(id)) {
    return refuse('transfer_already_reversed', { transfer: id });
  }
  return ok('allowed');
}

/** A hold after a transfer used it, and how much of what was held is free again or gone. */
type Taken = { readonly hold: Hold; readonly freedMinor: bigint };

/**
 * The hold after this transfer took its amount from it; null when it names none. A pending transfer
 * is posted once: what is left of it is released.
 */
function takeFromHold(
  working: Working,
  transfer: LedgerTransfer,
  both: Both,
): Result<Taken | null, PostingRefusal> {
  if (transfer.holdId === undefined) return ok(null);
  const hold = working.hold(transfer.holdId);
  if (hold === undefined) return refuse('hold_unknown', { hold: transfer.holdId });
  const lowered =
    (hold.accountId === both.debit.accountId && both.debit.normalSide === 'credit') ||
    (hold.accountId === both.credit.accountId && both.credit.normalSide === 'debit');
  if (!lowered) return refuse('hold_on_other_account', { hold: hold.holdId });
  if (hold.pending !== null && !isBetween(transfer, hold.pending)) {
    return refuse('pending_accounts_differ', { hold: hold.holdId });
  }
  const expired = hold.expiresAt !== null && hold.expiresAt <= working.now;
  if (hold.status !== 'active' || expired) return refuse('hold_not_active', { hold: hold.holdId });
  const remainingMinor = hold.remainingMinor - transfer.amountMinor;
  if (remainingMinor < 0n) return refuse('hold_exceeded', { hold: hold.holdId });
  if (hold.pending !== null || remainingMinor === 0n) {
    const freedMinor = hold.remainingMinor;
    return ok({ hold: { ...hold, remainingMinor: 0n, status: 'used' }, freedMinor });
  }
  return ok({ hold: { ...hold, remainingMinor }, freedMinor: transfer.amountMinor });
}

function isBetween(transfer: LedgerTransfer, pending: PendingAccounts): boolean {
  return (
    transfer.debitAccountId === pending.debitAccountId &&
    transfer.creditAccountId === pending.creditAccountId
  );
}

/** The transfer with as much of its amount as may leave the accounts that it lowers. */
function upToAvailable(
  transfer: LedgerTransfer,
  { debit, credit }: Both,
): Result<LedgerTransfer, PostingRefusal> {
  let amountMinor = transfer.amountMinor;
  const lowered = [debit.normalSide === 'credit' ? debit : null, creditLowered(credit)];
  for (const account of lowered) {
    const available = account === null ? null : availableMinor(account);
    if (available !== null && available < amountMinor) amountMinor = available;
  }
  if (amountMinor === 0n) return refuse('nothing_available', factsOf(debit));
  return ok({ ...transfer, amountMinor });
}

function creditLowered(credit: Account): Account | null {
  return credit.normalSide === 'debit' ? credit : null;
}

/** The account after its entry: balance, number of entries, what is still held. */
function movedAccount(
  account: Account,
  side: Side,
  transfer: LedgerTransfer,
  taken: Taken | null,
  place: TransferPlace,
): Result<Account, PostingRefusal> {
  const changeMinor = signedMinor(account, side, transfer.amountMinor);
  const balanceMinor = account.balanceMinor + changeMinor;
  const freedMinor = taken?.hold.accountId === account.accountId ? taken.freedMinor : 0n;
  const heldMinor = account.heldMinor - freedMinor;
  const limitMinor = account.overdraftLimitMinor;
  if (changeMinor < 0n && limitMinor !== null && balanceMinor + limitMinor - heldMinor < 0n) {
    return refuse('available_exceeded', factsOf(account));
  }
  if (balanceMinor > AMOUNT_MINOR_MAX || balanceMinor < -AMOUNT_MINOR_MAX) {
    return refuse('balance_above_maximum', factsOf(account));
  }
  const later = account.balanceDate === null || place.accountingDate > account.balanceDate;
  return ok({
    ...account,
    balanceMinor,
    heldMinor,
    entryCount: account.entryCount + 1n,
    balanceDate: later ? place.accountingDate : account.balanceDate,
  });
}

/** Facts of a refusal that concerns an account. */
export function factsOf(account: Account): { readonly account: string } {
  return { account: account.accountNumber };
}

import type { CalendarDate } from '../base/dates.ts';
import { AMOUNT_MINOR_MAX } from '../base/money.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { sidesAllowed } from './account.ts';
import type { LedgerMemorandum } from './posting.ts';
import type { PostingRefusal } from './refusals.ts';
import type { Working } from './rows.ts';
import { factsOf } from './transfer.ts';

/**
 * Posts one single-sided record off the balance sheet (表外登记) into `working`. It never meets
 * double entry: an off-balance account takes no transfer, and another takes no memorandum.
 */
export function postMemorandum(
  working: Working,
  memorandum: LedgerMemorandum,
  place: {
    readonly memorandumId: string;
    readonly postingId: string;
    readonly bookId: string;
    readonly accountingDate: CalendarDate;
  },
): Result<'posted', PostingRefusal> {
  const { amountMinor, direction } = memorandum;
  if (amountMinor <= 0n) return refuse('amount_not_positive', { name: 'amountMinor' });
  if (amountMinor > AMOUNT_MINOR_MAX) return refuse('amount_above_maximum', {});
  const account = working.account(memorandum.accountId);
  if (account === undefined) return refuse('account_unknown', { account: memorandum.accountId });
  if (account.bookId !== place.bookId) return refuse('account_in_other_book', factsOf(account));
  if (account.status === 'closed') return refuse('account_closed', factsOf(account));
  if (!sidesAllowed[account.status].includes('debit')) {
    return refuse('account_not_yet_active', factsOf(account));
  }
  if (account.kind !== 'off_balance') return refuse('account_not_off_balance', factsOf(account));
  const balanceMinor = account.balanceMinor + (direction === 'in' ? amountMinor : -amountMinor);
  if (balanceMinor < 0n) return refuse('memorandum_exceeds_balance', factsOf(account));
  if (balanceMinor > AMOUNT_MINOR_MAX) return refuse('balance_above_maximum', factsOf(account));
  const entryNumber = account.entryCount + 1n;
  const later = account.balanceDate === null || place.accountingDate > account.balanceDate;
  working.accounts.set(account.accountId, {
    ...account,
    balanceMinor,
    entryCount: entryNumber,
    balanceDate: later ? place.accountingDate : account.balanceDate,
  });
  working.rows.memoranda.push({
    memorandumId: place.memorandumId,
    postingId: place.postingId,
    accountId: account.accountId,
    entryNumber,
    direction,
    amountMinor,
    balanceMinor,
    accountingDate: place.accountingDate,
    subject: memorandum.subject,
  });
  return ok('posted');
}

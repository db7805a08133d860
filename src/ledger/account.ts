import type { CalendarDate } from '../base/dates.ts';
import type { Currency } from '../base/money.ts';

export type Side = 'debit' | 'credit';

export type AccountKind = 'customer' | 'internal' | 'inter_branch' | 'off_balance';

export type AccountStatus = 'pending' | 'open' | 'dormant' | 'closed';

/** The joint effect of all restrictions of an account (账户控制). */
export type RestrictionEffect = 'none' | 'debits_blocked' | 'credits_blocked' | 'all_blocked';

/**
 * An account (分户) as a posting sees it under its lock: what it is, and what it may do now.
 * balanceMinor is signed in the normal side: of a deposit (credit) 5 is money the bank owes.
 * overdraftLimitMinor: how far below zero the balance may go; 0n is no overdraft, null no limit
 * (the bank's own accounts). heldMinor: the sum of active holds. counterBookId: the other book of
 * an inter-branch account. entryCount: entries so far; the next one bears the number after it.
 */
export type Account = {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: Currency;
  readonly normalSide: Side;
  readonly kind: AccountKind;
  readonly counterBookId: string | null;
  readonly openingUnitCode: string;
  readonly customerNumber: string | null;
  readonly status: AccountStatus;
  readonly restrictionEffect: RestrictionEffect;
  readonly overdraftLimitMinor: bigint | null;
  readonly heldMinor: bigint;
  readonly balanceMinor: bigint;
  readonly entryCount: bigint;
  readonly balanceDate: CalendarDate | null;
};

/** Which side may be posted in each status. Money still comes in to a dormant account. */
export const sidesAllowed: Readonly<Record<AccountStatus, readonly Side[]>> = {
  pending: [],
  open: ['debit', 'credit'],
  dormant: ['credit'],
  closed: [],
};

/** Which side a restriction blocks. */
export const sidesBlocked: Readonly<Record<RestrictionEffect, readonly Side[]>> = {
  none: [],
  debits_blocked: ['debit'],
  credits_blocked: ['credit'],
  all_blocked: ['debit', 'credit'],
};

/** From which status an account may pass to which; the first one is chosen when it is opened. */
export const statusChanges: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  pending: ['open', 'closed'],
  open: ['dormant', 'closed'],
  dormant: ['open', 'closed'],
  closed: [],
};

/**
 * What may leave the account now (可用余额): balance and overdraft limit less what is held; 0 when
 * the side that lowers it is blocked or not allowed. null: no limit.
 */
export function availableMinor(account: Account): bigint | null {
  const lowering: Side = account.normalSide === 'debit' ? 'credit' : 'debit';
  const stopped =
    !sidesAllowed[account.status].includes(lowering) ||
    sidesBlocked[account.restrictionEffect].includes(lowering);
  if (stopped) return 0n;
  if (account.overdraftLimitMinor === null) return null;
  const available = account.balanceMinor + account.overdraftLimitMinor - account.heldMinor;
  return available > 0n ? available : 0n;
}

/** The joint effect of several restrictions. */
export function jointEffect(effects: readonly RestrictionEffect[]): RestrictionEffect {
  const debits = effects.some((effect) => sidesBlocked[effect].includes('debit'));
  const credits = effects.some((effect) => sidesBlocked[effect].includes('credit'));
  if (debits && credits) return 'all_blocked';
  if (debits) return 'debits_blocked';
  return credits ? 'credits_blocked' : 'none';
}

/** The change of a balance, in the account's normal side, by an entry on one side. */
export function signedMinor(account: Pick<Account, 'normalSide'>, side: Side, amountMinor: bigint) {
  return account.normalSide === side ? amountMinor : -amountMinor;
}

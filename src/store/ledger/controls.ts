import { assert, present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  type Account,
  type AccountStatus,
  availableMinor,
  jointEffect,
  type RestrictionEffect,
  statusChanges,
} from '../../ledger/account.ts';
import type { Transaction } from '../database.ts';
import { lockAccounts, lockHolds } from './locked.ts';

/** Who changes an account, when; ids come from the shell. */
export type ControlOrder = {
  readonly cellId: number;
  readonly accountId: string;
  readonly at: number;
  readonly login: string;
  readonly accountingDate: string;
  readonly processInstanceId: string | null;
  readonly newId: string;
};

async function lockOne(
  transaction: Transaction,
  { cellId, accountId }: Pick<ControlOrder, 'cellId' | 'accountId'>,
): Promise<Account | null> {
  const locked = await lockAccounts(transaction, cellId, [accountId]);
  return locked.get(accountId) ?? null;
}

/**
 * Sets an amount aside (圈存). newId becomes the hold's id. Refusals: account_unknown,
 * amount_not_positive, available_exceeded.
 */
export async function placeHold(
  transaction: Transaction,
  order: ControlOrder & {
    readonly amountMinor: bigint;
    readonly purpose: string;
    readonly expiresAt: number | null;
  },
): Promise<Result<string, 'account_unknown' | 'amount_not_positive' | 'available_exceeded'>> {
  const { amountMinor, accountId } = order;
  const account = await lockOne(transaction, order);
  if (account === null) return refuse('account_unknown', { account: accountId });
  if (amountMinor <= 0n) return refuse('amount_not_positive', { name: 'amountMinor' });
  const available = availableMinor(account);
  if (available !== null && amountMinor > available) {
    return refuse('available_exceeded', { account: account.accountNumber });
  }
  await insertHold(transaction, order);
  return ok(order.newId);
}

/**
 * Sets an amount aside that may be more than there is: a court freezes also what comes in later.
 * Only for an account that the caller has locked and looked at.
 */
export async function holdBeyondBalance(
  transaction: Transaction,
  order: ControlOrder & { readonly amountMinor: bigint; readonly purpose: string },
): Promise<void> {
  await insertHold(transaction, { ...order, expiresAt: null });
}

async function insertHold(
  transaction: Transaction,
  order: ControlOrder & {
    readonly amountMinor: bigint;
    readonly purpose: string;
    readonly expiresAt: number | null;
  },
): Promise<void> {
  const { cellId, accountId, amountMinor } = order;
  await transaction.query(
    `insert into hold (cell_id, hold_id, account_id, amount_minor, remaining_minor, status, purpose,
       placed_at, placed_login, expires_at, process_instance_id)
     values ($1, $2, $3, $4, $4, 'active', $5, $6, $7, $8, $9)`,
    [
      cellId,
      order.newId,
      accountId,
      amountMinor,
      order.purpose,
      order.at,
      order.login,
      order.expiresAt,
      order.processInstanceId,
    ],
  );
  await addHeld(transaction, order, amountMinor);
}

/**
 * Ends a hold: what is left of it is available again. `released` by whoever placed it, `expired` by
 * the clock. Refusals: hold_unknown, hold_not_active.
 */
export async function endHold(
  transaction: Transaction,
  order: Pick<ControlOrder, 'cellId' | 'accountId' | 'at'> & {
    readonly holdId: string;
    readonly as: 'released' | 'expired';
  },
): Promise<Result<bigint, 'hold_unknown' | 'hold_not_active'>> {
  const { cellId, accountId, holdId } = order;
  await lockOne(transaction, order);
  const hold = (await lockHolds(transaction, cellId, [holdId])).get(holdId);
  if (hold === undefined || hold.accountId !== accountId) {
    return refuse('hold_unknown', { hold: holdId });
  }
  if (hold.status !== 'active') return refuse('hold_not_active', { hold: holdId });
  await transaction.query(
    'update hold set status = $3, ended_at = $4 where cell_id = $1 and hold_id = $2',
    [cellId, holdId, order.as, order.at],
  );
  await addHeld(transaction, order, -hold.remainingMinor);
  return ok(hold.remainingMinor);
}

async function addHeld(
  transaction: Transaction,
  { cellId, accountId }: Pick<ControlOrder, 'cellId' | 'accountId'>,
  changeMinor: bigint,
): Promise<void> {
  const rows = await transaction.query(
    `update account_balance set held_minor = held_minor + $3
     where cell_id = $1 and account_id = $2 returning 1`,
    [cellId, accountId, changeMinor],
  );
  assert(rows.length === 1, 'the account of a hold exists');
}

/** What narrows an account (账户控制), and whom it binds; their joint effect is what counts. */
export type RestrictionKind = keyof typeof restrictionKinds;

/** Each kind of control with the effect it has unless its order says another. */
export const restrictionKinds = {
  freeze: 'debits_blocked', // 封闭冻结
  judicial_freeze: 'debits_blocked', // 司法冻结
  stop_payment: 'debits_blocked', // 止付
  fraud_stop: 'debits_blocked', // 电信诈骗紧急止付
  capital_verification: 'debits_blocked', // 验资止付
  guarantee: 'debits_blocked', // 保证
  certificate: 'debits_blocked', // 证明
  pledged: 'debits_blocked', // 质押
  loss_report: 'debits_blocked', // 挂失
  receive_only: 'debits_blocked', // 只收不付
  sealed: 'all_blocked', // 不收不付
  unverified: 'debits_blocked', // 身份未核查
  dormant_seal: 'all_blocked', // 睡眠户封闭
} as const satisfies Record<string, Exclude<RestrictionEffect, 'none'>>;

export type Restriction = {
  readonly kind: RestrictionKind;
  readonly effect: Exclude<RestrictionEffect, 'none'>;
  readonly reason: string;
  readonly orderedBy: string;
  readonly documentNumber: string | null;
  /** The first day without it; open when not given. */
  readonly effectiveTo?: string;
};

/** Puts a restriction on an account (账户控制); newId becomes its id. Several stand at once. */
export async function placeRestriction(
  transaction: Transaction,
  order: ControlOrder & Restriction,
): Promise<Result<RestrictionEffect, 'account_unknown'>> {
  const { cellId, accountId } = order;
  const account = await lockOne(transaction, order);
  if (account === null) return refuse('account_unknown', { account: accountId });
  await transaction.query(
    `insert into restriction (cell_id, restriction_id, account_id, kind, effect, reason, ordered_by,
       document_number, effective_from, placed_at, placed_login, effective_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      cellId,
      order.newId,
      accountId,
      order.kind,
      order.effect,
      order.reason,
      order.orderedBy,
      order.documentNumber,
      order.accountingDate,
      order.at,
      order.login,
      order.effectiveTo ?? null,
    ],
  );
  return ok(await writeJointEffect(transaction, order));
}

/** Lifts one restriction; the others stay. */
export async function liftRestriction(
  transaction: Transaction,
  order: Pick<ControlOrder, 'cellId' | 'accountId' | 'at' | 'login'> & {
    readonly restrictionId: string;
  },
): Promise<Result<RestrictionEffect, 'restriction_unknown'>> {
  const { cellId, accountId, restrictionId } = order;
  await lockOne(transaction, order);
  const rows = await transaction.query(
    `update restriction set ended_at = $4, ended_login = $5
     where cell_id = $1 and restriction_id = $2 and account_id = $3 and ended_at is null
     returning 1`,
    [cellId, restrictionId, accountId, order.at, order.login],
  );
  if (rows.length === 0) return refuse('restriction_unknown', { restriction: restrictionId });
  return ok(await writeJointEffect(transaction, order));
}

async function writeJointEffect(
  transaction: Transaction,
  { cellId, accountId }: Pick<ControlOrder, 'cellId' | 'accountId'>,
): Promise<RestrictionEffect> {
  const standing = await transaction.query<{ effect: RestrictionEffect }>(
    `select effect from restriction
     where cell_id = $1 and account_id = $2 and ended_at is null`,
    [cellId, accountId],
  );
  const effect = jointEffect(standing.map((row) => row.effect));
  await transaction.query(
    `update account_balance set restriction_effect = $3 where cell_id = $1 and account_id = $2`,
    [cellId, accountId, effect],
  );
  return effect;
}

export type StatusRefusal = 'account_unknown' | 'account_status_not_allowed' | 'account_not_empty';

/**
 * Passes an account to another status (正常、不动户、已销户), and keeps who did it, when, from what to
 * what. A closed account has no balance and no hold, and never opens again.
 */
export async function changeStatus(
  transaction: Transaction,
  order: ControlOrder & { readonly to: AccountStatus },
): Promise<Result<AccountStatus, StatusRefusal>> {
  const { cellId, accountId, to } = order;
  const account = await lockOne(transaction, order);
  if (account === null) return refuse('account_unknown', { account: accountId });
  const { status: from, accountNumber } = account;
  if (!statusChanges[from].includes(to)) {
    return refuse('account_status_not_allowed', { account: accountNumber, from, to });
  }
  if (to === 'closed' && (account.balanceMinor !== 0n || account.heldMinor !== 0n)) {
    return refuse('account_not_empty', { account: accountNumber });
  }
  const [written] = await transaction.query<{ status: AccountStatus }>(
    `with noted as (
       insert into account_change (cell_id, change_id, account_id, field, value_before, value_after,
         at, login, process_instance_id)
       values ($1, $4, $2, 'status', $5, $3, $6, $7, $8)
     )
     update account_balance set status = $3,
       closed_on = case when $3 = 'closed' then $9::date end
     where cell_id = $1 and account_id = $2 returning status`,
    [
      cellId,
      accountId,
      to,
      order.newId,
      from,
      order.at,
      order.login,
      order.processInstanceId,
      order.accountingDate,
    ],
  );
  return ok(present(written, 'the changed account').status);
}

import { ok, type Result } from '../../../base/result.ts';
import type { Database, DatabaseRefusalCode, Transaction } from '../../database.ts';
import { endHold, liftRestriction } from '../controls.ts';
import { lockAccounts } from '../locked.ts';
import { moveOn } from './judicial.ts';

/** at: the instant of the accounting day that is being worked (ms UTC), not a clock of its own. */
export type ExpiryOrder = {
  readonly cellId: number;
  readonly at: number;
  readonly accountingDate: string;
  readonly login: string;
};

export type Expired = {
  readonly holds: number;
  readonly restrictions: number;
  readonly accountsMoved: number;
};

/** Accounts taken up in one transaction. */
const batchMax = 500;

/**
 * Ends what is over: holds and pending transfers by their instant, restrictions and judicial
 * freezes by their date; the next freeze in each line takes effect. The daily job asks it;
 * running it again finds nothing. A transaction for each batch of accounts, so that a break
 * loses one batch.
 */
export async function releaseExpired(
  database: Database,
  order: ExpiryOrder,
): Promise<Result<Expired, DatabaseRefusalCode>> {
  const done = { holds: 0, restrictions: 0, accountsMoved: 0 };
  for (;;) {
    const batch = await database.transaction((transaction) => releaseBatch(transaction, order));
    if (!batch.ok) return batch;
    done.holds += batch.value.holds;
    done.restrictions += batch.value.restrictions;
    done.accountsMoved += batch.value.accountsMoved;
    if (batch.value.accountsMoved < batchMax) return ok(done);
  }
}

async function releaseBatch(
  transaction: Transaction,
  order: ExpiryOrder,
): Promise<Result<Expired, never>> {
  const { cellId, at, accountingDate } = order;
  const due = await transaction.query<{ accountId: string }>(
    `select account_id as "accountId" from (
       select account_id from hold
         where cell_id = $1 and status = 'active' and expires_at <= $2
       union select account_id from restriction
         where cell_id = $1 and ended_at is null and effective_to <= $3
       union select account_id from judicial_freeze
         where cell_id = $1 and ended_at is null and frozen_until <= $3) d
     order by account_id limit $4`,
    [cellId, at, accountingDate, batchMax],
  );
  await lockAccounts(
    transaction,
    cellId,
    due.map(({ accountId }) => accountId),
  );
  let holds = 0;
  let restrictions = 0;
  for (const { accountId } of due) {
    await moveOn(transaction, { ...order, accountId });
    holds += await endHolds(transaction, order, accountId);
    restrictions += await endRestrictions(transaction, order, accountId);
  }
  return ok({ holds, restrictions, accountsMoved: due.length });
}

async function endHolds(
  transaction: Transaction,
  { cellId, at }: ExpiryOrder,
  accountId: string,
): Promise<number> {
  const over = await transaction.query<{ holdId: string }>(
    `select hold_id as "holdId" from hold
     where cell_id = $1 and account_id = $2 and status = 'active' and expires_at <= $3
     order by hold_id`,
    [cellId, accountId, at],
  );
  for (const { holdId } of over) {
    await endHold(transaction, { cellId, accountId, at, holdId, as: 'expired' });
  }
  return over.length;
}

async function endRestrictions(
  transaction: Transaction,
  order: ExpiryOrder,
  accountId: string,
): Promise<number> {
  const over = await transaction.query<{ restrictionId: string }>(
    `select restriction_id as "restrictionId" from restriction
     where cell_id = $1 and account_id = $2 and ended_at is null and effective_to <= $3
     order by restriction_id`,
    [order.cellId, accountId, order.accountingDate],
  );
  for (const { restrictionId } of over) {
    await liftRestriction(transaction, { ...order, accountId, restrictionId });
  }
  return over.length;
}

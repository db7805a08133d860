import { present } from '../../../base/assert.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { type JudicialFreeze, moveLine } from '../../../ledger/judicial-freeze.ts';
import type { Queries, Transaction } from '../../database.ts';
import {
  type ControlOrder,
  endHold,
  holdBeyondBalance,
  liftRestriction,
  placeRestriction,
} from '../controls.ts';
import { lockAccounts } from '../locked.ts';

/** Which court orders what, until when; amountMinor null: the whole account. */
export type JudicialOrder = ControlOrder & {
  readonly orderedBy: string;
  readonly documentNumber: string;
  readonly amountMinor: bigint | null;
  /** The first day without it. */
  readonly frozenUntil: string;
};

type Stored = JudicialFreeze & {
  readonly accountId: string;
  readonly orderedBy: string;
  readonly documentNumber: string;
};

const columns = `freeze_id as "freezeId", account_id as "accountId",
  place_in_line as "placeInLine", status, amount_minor as "amountMinor",
  frozen_until as "frozenUntil", ordered_by as "orderedBy", document_number as "documentNumber"`;

/**
 * Freezes an account by order of a court (司法冻结). When another such freeze is in effect it waits in
 * line (轮候冻结) and takes effect when those before it ended. newId becomes its id.
 */
export async function placeJudicialFreeze(
  transaction: Transaction,
  order: JudicialOrder,
): Promise<
  Result<'in_effect' | 'waiting', 'account_unknown' | 'account_closed' | 'freeze_date_not_valid'>
> {
  const { cellId, accountId, amountMinor, accountingDate, frozenUntil } = order;
  const account = (await lockAccounts(transaction, cellId, [accountId])).get(accountId);
  if (account === undefined) return refuse('account_unknown', { account: accountId });
  if (account.status === 'closed') return refuse('account_closed', { account: accountId });
  if (frozenUntil <= accountingDate) return refuse('freeze_date_not_valid', { date: frozenUntil });
  await transaction.query(
    `insert into judicial_freeze (cell_id, freeze_id, account_id, place_in_line, status, ordered_by,
       document_number, amount_minor, frozen_from, frozen_until, placed_at, placed_login)
     select $1, $2, $3, coalesce(max(f.place_in_line), 0) + 1, 'waiting', $4, $5, $6, $7, $8, $9, $10
     from judicial_freeze f where f.cell_id = $1 and f.account_id = $3`,
    [
      ...[cellId, order.newId, accountId, order.orderedBy, order.documentNumber, amountMinor],
      ...[accountingDate, frozenUntil, order.at, order.login],
    ],
  );
  const line = await moveOn(transaction, order);
  const placed = present(
    line.find(({ freezeId }) => freezeId === order.newId),
    'the freeze that was placed',
  );
  return ok(placed.status === 'in_effect' ? 'in_effect' : 'waiting');
}

/** Lifts a freeze, in effect or waiting; the next in line takes effect at once. */
export async function liftJudicialFreeze(
  transaction: Transaction,
  order: Omit<ControlOrder, 'newId' | 'processInstanceId'> & { readonly freezeId: string },
): Promise<Result<readonly JudicialFreeze[], 'freeze_unknown'>> {
  await lockAccounts(transaction, order.cellId, [order.accountId]);
  const line = await readJudicialLine(transaction, order.cellId, order.accountId);
  const freeze = line.find(({ freezeId }) => freezeId === order.freezeId);
  if (freeze === undefined || !isStanding(freeze)) {
    return refuse('freeze_unknown', { freeze: order.freezeId });
  }
  await end(transaction, order, freeze, 'lifted');
  return ok(await moveOn(transaction, order));
}

type LineOrder = Pick<ControlOrder, 'cellId' | 'accountId' | 'at' | 'login' | 'accountingDate'>;

/** Ends what is over by its date and lets the next in line take effect; the account is locked. */
export async function moveOn(
  transaction: Transaction,
  order: LineOrder,
): Promise<readonly JudicialFreeze[]> {
  const { cellId, accountId } = order;
  const line = await readJudicialLine(transaction, cellId, accountId);
  const { expired, takesEffect } = moveLine(line, order.accountingDate);
  for (const freeze of line)
    if (expired.includes(freeze)) await end(transaction, order, freeze, 'expired');
  const next = line.find((freeze) => freeze === takesEffect);
  if (next !== undefined) await takeEffect(transaction, order, next);
  return await readJudicialLine(transaction, cellId, accountId);
}

/** All judicial freezes of an account, ended ones too, in their line. */
export async function readJudicialLine(
  queries: Queries,
  cellId: number,
  accountId: string,
): Promise<readonly Stored[]> {
  return await queries.query<Stored>(
    `select ${columns} from judicial_freeze where cell_id = $1 and account_id = $2
     order by place_in_line`,
    [cellId, accountId],
  );
}

function isStanding({ status }: JudicialFreeze): boolean {
  return status === 'waiting' || status === 'in_effect';
}

/** A freeze acts as a restriction of the account or as a hold of its amount, both under its id. */
async function takeEffect(
  transaction: Transaction,
  order: LineOrder,
  freeze: Stored,
): Promise<void> {
  const { freezeId, amountMinor, orderedBy, documentNumber } = freeze;
  await transaction.query(
    `update judicial_freeze set status = 'in_effect', effective_at = $3
     where cell_id = $1 and freeze_id = $2`,
    [order.cellId, freezeId, order.at],
  );
  const placing = { ...order, newId: freezeId, processInstanceId: null };
  if (amountMinor !== null) {
    await holdBeyondBalance(transaction, { ...placing, amountMinor, purpose: 'judicial_freeze' });
    return;
  }
  await placeRestriction(transaction, {
    ...placing,
    ...{ kind: 'judicial_freeze', effect: 'debits_blocked', reason: documentNumber },
    ...{ orderedBy, documentNumber },
  });
}

async function end(
  transaction: Transaction,
  order: LineOrder,
  freeze: Stored,
  status: 'lifted' | 'expired',
): Promise<void> {
  const { cellId, accountId, at, login } = order;
  await transaction.query(
    `update judicial_freeze set status = $3, ended_at = $4, ended_login = $5
     where cell_id = $1 and freeze_id = $2`,
    [cellId, freeze.freezeId, status, at, login],
  );
  if (freeze.status !== 'in_effect') return;
  if (freeze.amountMinor === null) {
    await liftRestriction(transaction, { ...order, restrictionId: freeze.freezeId });
    return;
  }
  const as = status === 'expired' ? 'expired' : 'released';
  await endHold(transaction, { cellId, accountId, at, holdId: freeze.freezeId, as });
}

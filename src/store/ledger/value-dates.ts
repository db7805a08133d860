import type { LedgerDecision } from '../../ledger/decide.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import { type ValueAdjustment, valueAdjustments } from '../../ledger/value-adjustment.ts';
import type { ValueDateRule } from '../../ledger/value-date.ts';
import type { Queries, Transaction } from '../database.ts';
import { arrayText } from './arrays.ts';
import type { LockedAccount } from './locked.ts';

/**
 * How far a value date may lie from the accounting date: parameters ledger.back_value_days_max and
 * ledger.forward_value_days_max in force on the date; one that is not set bounds nothing. Asked
 * only when an event names another value date than its accounting date.
 */
export async function readValueDateRule(
  queries: Queries,
  cellId: number,
  events: readonly PostingEvent[],
): Promise<ValueDateRule | null> {
  const dated = events.find((event) =>
    event.postings.some(({ transfers }) =>
      transfers.some(({ valueDate = event.accountingDate }) => valueDate !== event.accountingDate),
    ),
  );
  if (dated === undefined) return null;
  const rows = await queries.query<{ name: string; days: number }>(
    `select distinct on (name) name, value::text::int as days from parameter
     where cell_id = $1 and effective_from <= $2
       and name in ('ledger.back_value_days_max', 'ledger.forward_value_days_max')
     order by name, effective_from desc`,
    [cellId, dated.accountingDate],
  );
  const daysOf = (name: string) => rows.find((row) => row.name === name)?.days;
  return {
    backDaysMax: daysOf('ledger.back_value_days_max') ?? Number.MAX_SAFE_INTEGER,
    aheadDaysMax: daysOf('ledger.forward_value_days_max') ?? Number.MAX_SAFE_INTEGER,
  };
}

/** Keeps what back-valued transfers add to accumulated balances, beside the transfers. */
export async function writeAdjustments(
  transaction: Transaction,
  cellId: number,
  { rows }: LedgerDecision,
  before: ReadonlyMap<string, LockedAccount>,
): Promise<void> {
  const adjustments = valueAdjustments(rows.transfers, (id) => before.get(id));
  if (adjustments.length === 0) return;
  const column = (type: string, value: (one: ValueAdjustment) => string | number | bigint) =>
    arrayText(type, adjustments.map(value));
  await transaction.query(
    `insert into value_adjustment (cell_id, transfer_id, account_id, accounting_date, value_date,
       change_minor, days, accumulated_minor)
     select $1::smallint, r.* from unnest($2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::int8[],
       $7::int4[], $8::int8[]) as r`,
    [
      cellId,
      column('uuid', (one) => one.transferId),
      column('uuid', (one) => one.accountId),
      column('date', (one) => one.accountingDate),
      column('date', (one) => one.valueDate),
      column('int8', (one) => one.changeMinor),
      column('int4', (one) => one.days),
      column('int8', (one) => one.accumulatedMinor),
    ],
  );
}

/** Adjustments made on an accounting date to accounts with ids from..before, by account. */
export async function readAdjustments(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly accountingDate: string;
    readonly fromAccountId: string;
    readonly beforeAccountId: string;
  },
): Promise<readonly ValueAdjustment[]> {
  return await queries.query<ValueAdjustment>(
    `select transfer_id as "transferId", account_id as "accountId",
       accounting_date as "accountingDate", value_date as "valueDate",
       change_minor as "changeMinor", days, accumulated_minor as "accumulatedMinor"
     from value_adjustment
     where cell_id = $1 and accounting_date = $2 and account_id >= $3 and account_id < $4
     order by account_id, transfer_id`,
    [of.cellId, of.accountingDate, of.fromAccountId, of.beforeAccountId],
  );
}

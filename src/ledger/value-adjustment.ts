import { type CalendarDate, daysBetween } from '../base/dates.ts';
import { type Account, signedMinor } from './account.ts';
import type { TransferRow } from './rows.ts';

/**
 * What a posting with another value date adds to the accumulated balance (积数) of an account, on
 * the accounting date of the posting: nothing that was accrued is run again or edited. days: from
 * the value date to the accounting date, below 0 when the money counts only later. changeMinor is
 * in the account's normal side. transferId is the cause.
 */
export type ValueAdjustment = {
  readonly transferId: string;
  readonly accountId: string;
  readonly accountingDate: CalendarDate;
  readonly valueDate: CalendarDate;
  readonly changeMinor: bigint;
  readonly days: number;
  readonly accumulatedMinor: bigint;
};

/** Adjustments of transfers: for each with another value date one on each customer's account. */
export function valueAdjustments(
  transfers: readonly TransferRow[],
  account: (accountId: string) => Account | undefined,
): ValueAdjustment[] {
  return transfers
    .filter(({ valueDate, accountingDate }) => valueDate !== accountingDate)
    .flatMap((transfer) =>
      (['debit', 'credit'] as const).flatMap((side) => {
        const id = side === 'debit' ? transfer.debitAccountId : transfer.creditAccountId;
        const touched = account(id);
        if (touched?.kind !== 'customer') return [];
        const { transferId, accountingDate, valueDate } = transfer;
        const changeMinor = signedMinor(touched, side, transfer.amountMinor);
        const days = daysBetween(valueDate, accountingDate);
        const accumulatedMinor = changeMinor * BigInt(days);
        const dates = { accountingDate, valueDate };
        return [{ transferId, accountId: id, ...dates, changeMinor, days, accumulatedMinor }];
      }),
    );
}

/** An adjustment parted at the last settlement of interest: what is still open, what was paid. */
export type PartedAdjustment = {
  readonly openDays: number;
  readonly openAccumulatedMinor: bigint;
  readonly settledDays: number;
  readonly settledAccumulatedMinor: bigint;
};

/**
 * Parts an adjustment at the day up to which interest was settled (its first day not settled): the
 * days before belong to periods already paid and give an interest adjustment, the days from then on
 * go into the accumulated balance of the running period. settledTo null: nothing was ever settled.
 */
export function partAdjustment(
  { valueDate, accountingDate, changeMinor, days }: ValueAdjustment,
  settledTo: CalendarDate | null,
): PartedAdjustment {
  const settledDays =
    settledTo === null || settledTo <= valueDate
      ? 0
      : Math.min(daysBetween(valueDate, settledTo), daysBetween(valueDate, accountingDate));
  const openDays = days - settledDays;
  return {
    openDays,
    openAccumulatedMinor: changeMinor * BigInt(openDays),
    settledDays,
    settledAccumulatedMinor: changeMinor * BigInt(settledDays),
  };
}

/**
 * Interest on an accumulated balance, in minor units, half away from zero: accumulated x
 * annual rate / days of the year. The interest adjustment of a settled period at the rate
 * that it was paid at.
 */
export function interestOnAccumulated(
  accumulatedMinor: bigint,
  ratePpm: bigint,
  yearDays: bigint,
): bigint {
  const scale = 1_000_000n * yearDays;
  const product = accumulatedMinor * ratePpm;
  const half = product < 0n ? -scale / 2n : scale / 2n;
  return (product + half) / scale;
}

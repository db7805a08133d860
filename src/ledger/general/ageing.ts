import { type CalendarDate, daysBetween } from '../../base/dates.ts';

/** An entry on a suspense or in-transit account; changeMinor in the account's normal side. */
export type AgeingEntry = {
  readonly accountingDate: CalendarDate;
  readonly changeMinor: bigint;
  readonly postingNumber: bigint;
};

/** What of an entry is not cleared yet, and for how many days. */
export type OpenItem = {
  readonly since: CalendarDate;
  readonly days: number;
  readonly openMinor: bigint;
  readonly postingNumber: bigint;
};

/**
 * The items of an account that nobody has cleared at the end of a date (挂账账龄): an entry of the
 * other sign clears the oldest items first. Entries in the order of posting; the open items sum to
 * the balance.
 */
export function openItems(entries: readonly AgeingEntry[], date: CalendarDate): OpenItem[] {
  let open: (AgeingEntry & { openMinor: bigint })[] = [];
  for (const entry of entries) {
    let left = entry.changeMinor;
    while (left !== 0n) {
      const oldest = open[0];
      if (oldest === undefined || oldest.openMinor > 0n === left > 0n) {
        open.push({ ...entry, openMinor: left });
        break;
      }
      const sum = oldest.openMinor + left;
      const clears = sum === 0n || sum > 0n === left > 0n;
      oldest.openMinor = clears ? 0n : sum;
      left = clears ? sum : 0n;
      if (clears) open = open.slice(1);
    }
  }
  return open.map(({ accountingDate, openMinor, postingNumber }) => ({
    ...{ since: accountingDate, days: daysBetween(accountingDate, date) },
    ...{ openMinor, postingNumber },
  }));
}

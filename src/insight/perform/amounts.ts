import type { AmountStat } from '../analysis.ts';
import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';

type Sum = { instances: number; cases: number; lastCase: number; total: bigint; largest: bigint };

/**
 * How often and how much money moved, by activity and currency, exactly: amounts are never added
 * across currencies and never pass through a number. Sorted by activity, then currency, each in the
 * order in which the log first names it.
 */
export function amountsOf(work: Instances): readonly AmountStat[] {
  const { log } = work;
  const { amounts } = log;
  if (!amounts) return [];
  const sums = new Map<number, Sum>();
  const currencies = amounts.currencies.size;
  for (let c = 0; c < log.cases.size; c++) {
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const event = work.source[i]!;
      const currency = amounts.currency[event]!;
      if (currency === none) continue;
      const key = work.activity[i]! * currencies + currency;
      const sum = sums.get(key) ?? { instances: 0, cases: 0, lastCase: -1, total: 0n, largest: 0n };
      const amount = amounts.minor[event]!;
      sum.instances++;
      if (sum.lastCase !== c) sum.cases++;
      sum.lastCase = c;
      sum.total += amount;
      if (sum.instances === 1 || amount > sum.largest) sum.largest = amount;
      sums.set(key, sum);
    }
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([key, { instances, cases, total, largest }]) => ({
      activity: log.activities.text(Math.floor(key / currencies)),
      currency: amounts.currencies.text(key % currencies),
      instances,
      cases,
      totalMinor: String(total),
      largestMinor: String(largest),
    }));
}

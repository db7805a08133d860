import type { Spread } from './analysis.ts';

/**
 * The value below which a share of sorted values lies, between neighbours by straight line (the
 * "type 7" of Hyndman and Fan, as in Excel's PERCENTILE.INC, R and numpy).
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}

/** The sum of values, always added in the same order, so that it is the same on every run. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Milliseconds as seconds to the microsecond, so that no noise of binary fractions shows. */
export function seconds(ms: number): number {
  return Math.round(ms * 1000) / 1_000_000;
}

/** Mean, median, p90, least and most of values in ms that are sorted; not for none. */
export function spreadOf(sorted: Float64Array): Spread {
  return {
    meanSeconds: seconds(sumOf(sorted) / sorted.length),
    medianSeconds: seconds(quantile(sorted, 0.5)),
    p90Seconds: seconds(quantile(sorted, 0.9)),
    minSeconds: seconds(sorted[0]!),
    maxSeconds: seconds(sorted[sorted.length - 1]!),
  };
}

/**
 * Values by group: `groupOf[i]` names the group of `values[i]` (negative: of none). Each group's
 * values come back sorted, as one stretch of a single column. Values are 0 or more, and known: the
 * bits of such numbers stand in the same order as the numbers, and are quicker to sort.
 */
export function sortedByGroup(
  values: Float64Array,
  groupOf: Int32Array | Uint16Array,
  groups: number,
): { readonly first: Int32Array; readonly sorted: Float64Array } {
  const first = new Int32Array(groups + 1);
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i]! >= 0) first[groupOf[i]! + 1]!++;
  for (let g = 0; g < groups; g++) first[g + 1]! += first[g]!;
  const next = first.slice(0, groups);
  const sorted = new Float64Array(first[groups]!);
  for (let i = 0; i < groupOf.length; i++) {
    if (groupOf[i]! >= 0) sorted[next[groupOf[i]!]!++] = values[i]!;
  }
  const bits = new BigUint64Array(sorted.buffer);
  for (let g = 0; g < groups; g++) bits.subarray(first[g]!, first[g + 1]!).sort();
  return { first, sorted };
}

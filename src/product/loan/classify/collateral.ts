import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';

/**
 * A thing mortgaged or pledged. valueMinor: last valuation; lendPpm: how much of it the bank lends
 * on (抵质押率), 70 % is 700_000n; priorMinor: claims of others that come first.
 */
export type CollateralItem = {
  readonly valueMinor: bigint;
  readonly lendPpm: bigint;
  readonly priorMinor: bigint;
};

/**
 * How far collateral secures an exposure. lendableMinor: what it counts for; coveragePpm: that ÷
 * exposure; loanToValuePpm: exposure ÷ value, null without value; uncoveredMinor: what stays open.
 */
export type Coverage = {
  readonly valueMinor: bigint;
  readonly lendableMinor: bigint;
  readonly coveragePpm: bigint | null;
  readonly loanToValuePpm: bigint | null;
  readonly uncoveredMinor: bigint;
};

/** Coverage of an exposure by its collateral; each thing counts for nothing below 0. */
export function coverageOf(exposureMinor: bigint, items: readonly CollateralItem[]): Coverage {
  let valueMinor = 0n;
  let lendableMinor = 0n;
  for (const { valueMinor: value, lendPpm, priorMinor } of items) {
    valueMinor += value;
    const counted = divideRounded(value * lendPpm, PPM, 'down') - priorMinor;
    if (counted > 0n) lendableMinor += counted;
  }
  const open = exposureMinor - lendableMinor;
  return {
    valueMinor,
    lendableMinor,
    coveragePpm: exposureMinor > 0n ? divideRounded(lendableMinor * PPM, exposureMinor) : null,
    loanToValuePpm: valueMinor > 0n ? divideRounded(exposureMinor * PPM, valueMinor, 'up') : null,
    uncoveredMinor: open > 0n ? open : 0n,
  };
}

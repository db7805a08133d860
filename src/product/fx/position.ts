import { PPM } from '../../base/rates.ts';
import { divideRounded } from '../../base/rounding.ts';
import { inYuan } from './quote.ts';

/** Long, short and net open position in fen. */
export type Exposure = {
  readonly longMinor: bigint;
  readonly shortMinor: bigint;
  readonly netOpenMinor: bigint;
};

/**
 * Open positions in fen at middle prices. `netOpenMinor`: by the shorthand method, the larger of
 * all long and all short positions (Basel; supervisory measure 累计外汇敞口头寸).
 */
export function exposureOf(positionsMinor: readonly bigint[]): Exposure {
  const sum = (kept: (each: bigint) => boolean) =>
    positionsMinor.filter(kept).reduce((all, each) => all + each, 0n);
  const longMinor = sum((each) => each > 0n);
  const shortMinor = -sum((each) => each < 0n);
  return { longMinor, shortMinor, netOpenMinor: longMinor > shortMinor ? longMinor : shortMinor };
}

/** Part of the bank's capital in millionths, cut. */
export function shareOfCapital(netOpenMinor: bigint, capitalMinor: bigint): bigint {
  return divideRounded(netOpenMinor * PPM, capitalMinor, 'down');
}

/**
 * What the bank holds of a currency (above zero: long), what it stands at in fen, and the middle
 * price of `per` units that it is valued at.
 */
export type Position = {
  readonly currency: string;
  readonly positionMinor: bigint;
  readonly bookedMinor: bigint;
  readonly per: bigint;
  readonly middle: bigint;
};

/** What a position is worth in fen at the middle price, and what valuing it gains (重估损益). */
export function valued(position: Position): {
  readonly worthMinor: bigint;
  readonly gainMinor: bigint;
} {
  const { positionMinor, bookedMinor, middle } = position;
  const worthMinor = inYuan(positionMinor, middle, position);
  return { worthMinor, gainMinor: worthMinor - bookedMinor };
}

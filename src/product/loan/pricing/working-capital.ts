import { assert } from '../../../base/assert.ts';
import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';

/** What a company turns over. Days: how long money is tied up, or lent by others. */
export type Turnover = {
  readonly salesMinor: bigint;
  readonly marginPpm: bigint;
  readonly growthPpm: bigint;
  readonly stockDays: bigint;
  readonly receivableDays: bigint;
  readonly payableDays: bigint;
  readonly prepaidDays: bigint;
  readonly advanceDays: bigint;
};

/** What the company has already. */
export type OwnMeans = {
  readonly ownMinor: bigint;
  readonly loansMinor: bigint;
  readonly otherMinor: bigint;
};

/** 360 ÷ days, in millionths of a turn a year (营运资金周转次数). */
export function turnsPpm(turnover: Turnover): bigint {
  return divideRounded(360n * PPM, cycleDays(turnover));
}

/**
 * Working capital a company needs (营运资金量), in minor units: sales × (1 − margin) × (1 + growth) ÷
 * turns, rounded once. Source: annex of the rules on working-capital loans.
 */
export function workingCapitalNeed(turnover: Turnover): bigint {
  const { salesMinor, marginPpm, growthPpm } = turnover;
  const cost = salesMinor * (PPM - marginPpm) * (PPM + growthPpm);
  return divideRounded(cost * cycleDays(turnover), PPM * PPM * 360n);
}

/** The largest new working-capital loan; 0 when own means suffice. */
export function newLoanMax(turnover: Turnover, own: OwnMeans): bigint {
  const left = workingCapitalNeed(turnover) - own.ownMinor - own.loansMinor - own.otherMinor;
  return left > 0n ? left : 0n;
}

function cycleDays(turnover: Turnover): bigint {
  const { stockDays, receivableDays, payableDays, prepaidDays, advanceDays } = turnover;
  const days = stockDays + receivableDays - payableDays + prepaidDays - advanceDays;
  assert(days > 0n, 'money is tied up for some days');
  return days;
}

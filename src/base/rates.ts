import { assert } from './assert.ts';
import { ok, type Result, refuse } from './result.ts';
import { divideRounded, type Rounding } from './rounding.ts';

/** ratePpm: yearly rate in millionths; 3.5 % is 35_000n. */
export const PPM = 1_000_000n;

/** One basis point (万分之一, 0.01 %) in millionths. */
export const BASIS_POINT_PPM = 100n;

/** '4.35' (per cent) as 43_500n. At most four places, so that nothing is lost. */
export function parseRatePercent(text: string): Result<bigint, 'rate_not_valid'> {
  const parts = /^(-?)(\d{1,6})(?:\.(\d{1,4}))?%?$/.exec(text.trim());
  if (parts === null) return refuse('rate_not_valid', {});
  const size = BigInt(`${parts[2]}${(parts[3] ?? '').padEnd(4, '0')}`);
  return ok(parts[1] === '-' ? -size : size);
}

/** 43_500n as '4.35', 30_000n as '3.00': at least two places, at most four. */
export function formatRatePercent(ratePpm: bigint): string {
  const size = ratePpm < 0n ? -ratePpm : ratePpm;
  const fraction = (size % 10_000n)
    .toString()
    .padStart(4, '0')
    .replace(/0{1,2}$/, '');
  return `${ratePpm < 0n ? '-' : ''}${size / 10_000n}.${fraction}`;
}

/** A rate agreed as a reference rate and points, such as LPR 3.00 % and 65 basis points. */
export function rateWithPoints(referencePpm: bigint, basisPoints: bigint): bigint {
  return referencePpm + basisPoints * BASIS_POINT_PPM;
}

/**
 * balanceDayProductMinor: the sum over days of the end-of-day balance (积数), minor units × days;
 * for one balance that stands, principal × days. yearDays: the year's days by the contract, 360 in
 * Chinese practice (daily rate = yearly ÷ 360), 365 or 366 elsewhere.
 */
export type InterestBasis = {
  readonly balanceDayProductMinor: bigint;
  readonly ratePpm: bigint;
  readonly yearDays: bigint;
};

/** Simple interest in minor units. Source: handbook of interest, formula 积数计息法. */
export function simpleInterestMinor(basis: InterestBasis, rounding: Rounding = 'half_up'): bigint {
  assert(basis.yearDays > 0n, 'a year has days');
  return divideRounded(
    basis.balanceDayProductMinor * basis.ratePpm,
    PPM * basis.yearDays,
    rounding,
  );
}

/**
 * Interest by whole months (逐笔计息法): principal × months × yearly rate ÷ 12, and odd days at the
 * yearly rate ÷ 360, rounded once.
 */
export function monthlyInterestMinor(
  stay: {
    readonly principalMinor: bigint;
    readonly ratePpm: bigint;
    readonly months: bigint;
    readonly oddDays?: bigint;
  },
  rounding: Rounding = 'half_up',
): bigint {
  const thirtyDayDays = stay.months * 30n + (stay.oddDays ?? 0n);
  return divideRounded(stay.principalMinor * stay.ratePpm * thirtyDayDays, PPM * 360n, rounding);
}

import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import { type DayCount, exactInterest, roundInterest } from './day-count.ts';

/**
 * Rate on what is overdue or misused (罚息利率): the contract's rate and an uplift. upliftPpm: 50 %
 * is 500_000n; overdue 30 to 50 %, misuse 50 to 100 %. Source: handbook 12.
 */
export function penaltyRate(ratePpm: bigint, upliftPpm: bigint): bigint {
  return divideRounded(ratePpm * (PPM + upliftPpm), PPM);
}

/** Something overdue: principal bears penalty interest, unpaid interest compounds (复利). */
export type Overdue = {
  readonly amountMinor: bigint;
  readonly ratePpm: bigint;
  readonly upliftPpm: bigint;
  readonly from: string;
  readonly to: string;
};

/** Penalty or compound interest on an overdue amount, exact, in parts of a minor unit. */
export function exactPenalty(dayCount: DayCount, overdue: Overdue): bigint {
  const { amountMinor, ratePpm, upliftPpm, from, to } = overdue;
  if (to <= from) return 0n;
  const stay = { balanceMinor: amountMinor, ratePpm: ratePpm * (PPM + upliftPpm), from, to };
  return divideRounded(exactInterest(dayCount, stay), PPM);
}

/** The same in minor units, rounded once, half up. */
export function penaltyMinor(dayCount: DayCount, overdue: Overdue): bigint {
  return roundInterest(exactPenalty(dayCount, overdue));
}

import { assert } from '../../../base/assert.ts';
import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import type { FiveLevel } from './five-levels.ts';
import { isBad } from './five-levels.ts';

/** Stage of CAS 22 / IFRS 9: twelve months, lifetime, credit-impaired. */
export type Stage = 1 | 2 | 3;

/** Days after which a stage is presumed; a person may rebut the second, never the class. */
export type StageRules = { readonly secondAfterDays: number; readonly thirdAfterDays: number };

export type StageFacts = {
  readonly daysOverdue: number;
  readonly creditImpaired: boolean;
  /** The risk has grown much since the loan was made, for other reasons than days. */
  readonly riskIncreased: boolean;
  /** Somebody has shown that being overdue does not mean it (反驳). */
  readonly rebutted: boolean;
  readonly level: FiveLevel;
};

/** The stage of a note on a night. */
export function stageOf(facts: StageFacts, rules: StageRules): Stage {
  if (facts.creditImpaired || isBad(facts.level)) return 3;
  if (facts.daysOverdue > rules.thirdAfterDays) return 3;
  if (facts.riskIncreased || facts.level === 'special_mention') return 2;
  return facts.daysOverdue > rules.secondAfterDays && !facts.rebutted ? 2 : 1;
}

/**
 * One year of the life of a loan. exposureMinor: balance at its beginning; defaultPpm: probability
 * that it fails in that year, seen from today (marginal).
 */
export type LossYear = { readonly exposureMinor: bigint; readonly defaultPpm: bigint };

export type LossTerms = {
  readonly years: readonly LossYear[];
  /** Loss given default, in millionths. */
  readonly lossPpm: bigint;
  /** Effective yearly rate by which losses are discounted, in millionths. */
  readonly ratePpm: bigint;
};

/** The expected loss of each year, discounted to today and rounded, in minor units. */
export function lossParts({ years, lossPpm, ratePpm }: LossTerms): readonly bigint[] {
  return years.map(({ exposureMinor, defaultPpm }, index) => {
    const power = BigInt(index + 1);
    const loss = exposureMinor * defaultPpm * lossPpm * PPM ** power;
    return divideRounded(loss, PPM * PPM * (PPM + ratePpm) ** power);
  });
}

/** Expected credit loss over the years given, rounded once: one year for stage 1, all for 2. */
export function expectedLoss(terms: LossTerms): bigint {
  const { years, lossPpm, ratePpm } = terms;
  const last = BigInt(years.length);
  const total = years.reduce((sum, { exposureMinor, defaultPpm }, index) => {
    const power = BigInt(index + 1);
    return (
      sum + exposureMinor * defaultPpm * lossPpm * PPM ** power * (PPM + ratePpm) ** (last - power)
    );
  }, 0n);
  return divideRounded(total, PPM * PPM * (PPM + ratePpm) ** last);
}

/** What is expected to come back of a credit-impaired loan, and after how many whole years. */
export type Recovery = { readonly amountMinor: bigint; readonly afterYears: number };

/** Loss of a credit-impaired loan (stage 3): exposure less the present value of recoveries. */
export function impairedLoss(
  exposureMinor: bigint,
  ratePpm: bigint,
  recoveries: readonly Recovery[],
): bigint {
  const longest = Math.max(0, ...recoveries.map(({ afterYears }) => afterYears));
  assert(longest <= 100, 'a recovery comes within a hundred years');
  const growth = (years: number): bigint => (PPM + ratePpm) ** BigInt(years);
  const scale = growth(longest);
  const value = recoveries.reduce(
    (sum, { amountMinor, afterYears }) =>
      sum + amountMinor * PPM ** BigInt(afterYears) * growth(longest - afterYears),
    0n,
  );
  const loss = divideRounded(exposureMinor * scale - value, scale);
  return loss < 0n ? 0n : loss;
}

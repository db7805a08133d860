import { addMonths, dateOf, dateParts } from '../../../base/dates.ts';
import { rateWithPoints } from '../../../base/rates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';

/** The two terms for which the loan prime rate (LPR) is published. */
export type LprTerm = 'one_year' | 'over_five_years';

/** A published LPR: on the 20th of a month, or the next working day. */
export type LprQuote = {
  readonly publishedOn: string;
  readonly term: LprTerm;
  readonly ratePpm: bigint;
};

/** When a rate follows a new LPR (重定价). year_start: on 1 January; anniversary: of the release. */
export type RepricingRule =
  | 'never'
  | 'year_start'
  | 'anniversary'
  | 'half_year'
  | 'quarter'
  | 'month';

export const repricingRules: readonly RepricingRule[] = [
  'never',
  'year_start',
  'anniversary',
  'half_year',
  'quarter',
  'month',
];

/**
 * How a rate was agreed. Kept whole: the resulting rate alone would not say what comes next.
 * basisPoints may be below 0.
 */
export type RateAgreement =
  | { readonly kind: 'fixed'; readonly ratePpm: bigint }
  | {
      readonly kind: 'lpr';
      readonly term: LprTerm;
      readonly quotedOn: string;
      readonly quotedPpm: bigint;
      readonly basisPoints: bigint;
      readonly repricing: RepricingRule;
    };

/** The yearly rate of an agreement, in millionths. */
export function agreedRate(agreement: RateAgreement): bigint {
  if (agreement.kind === 'fixed') return agreement.ratePpm;
  return rateWithPoints(agreement.quotedPpm, agreement.basisPoints);
}

/** The LPR that holds on a day: the newest published on it or before. */
export function quoteOn(
  quotes: readonly LprQuote[],
  term: LprTerm,
  date: string,
): Result<LprQuote, 'lpr_not_published'> {
  let newest: LprQuote | null = null;
  for (const quote of quotes) {
    if (quote.term !== term || quote.publishedOn > date) continue;
    if (newest === null || quote.publishedOn > newest.publishedOn) newest = quote;
  }
  return newest === null ? refuse('lpr_not_published', { term, date }) : ok(newest);
}

/** The first day after `after` on which the rate is set anew; null when it never is. */
export function nextRepricing(rule: RepricingRule, start: string, after: string): string | null {
  if (rule === 'never') return null;
  if (rule === 'year_start') {
    return dateOf({ year: dateParts(after).year + 1, month: 1, day: 1 });
  }
  const every = { anniversary: 12, half_year: 6, quarter: 3, month: 1 }[rule];
  let months = every;
  while (addMonths(start, months) <= after) months += every;
  return addMonths(start, months);
}

/** The agreement as it stands from a day of repricing on. Refused when no LPR was published. */
export function repriced(
  agreement: RateAgreement,
  quotes: readonly LprQuote[],
  date: string,
): Result<RateAgreement, 'lpr_not_published' | 'rate_is_fixed'> {
  if (agreement.kind === 'fixed') return refuse('rate_is_fixed', {});
  const quote = quoteOn(quotes, agreement.term, date);
  if (!quote.ok) return quote;
  const { publishedOn, ratePpm } = quote.value;
  return ok({ ...agreement, quotedOn: publishedOn, quotedPpm: ratePpm });
}

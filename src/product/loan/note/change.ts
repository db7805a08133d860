import { addDays, addMonths } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { type ClassificationRules, worseOf } from '../classify/five-levels.ts';
import { INTEREST_PARTS } from '../pricing/day-count.ts';
import { type LprQuote, nextRepricing, type RateAgreement, repriced } from '../pricing/lpr.ts';
import { checkOpen, duesOn, type NoteRefusal, totalOf } from './decide.ts';
import { earnedParts } from './earned.ts';
import { isObserved } from './nightly.ts';
import { type Due, duesOf, type Method } from './plan.ts';
import { monthlyDues, newRows } from './replan.ts';
import { countOverdue, type NoteEvent, type NoteState, openOfRow } from './state.ts';

type Of<Type extends NoteEvent['type']> = Extract<NoteEvent, { type: Type }>;

export type RepriceRefusal =
  | NoteRefusal
  | 'rate_is_fixed'
  | 'not_a_repricing_day'
  | 'lpr_not_published'
  | 'nothing_to_come';

/**
 * The rate follows the LPR of a day of repricing (重定价): the running row bears the old rate up to
 * it and the new one after, exact to the day. Refused in order: the note is not open, the date lies
 * before its last event, the rate is fixed, the rule does not name the day, no LPR was published,
 * no row is still to come.
 */
export function decideRepricing(
  state: NoteState,
  date: string,
  quotes: readonly LprQuote[],
): Result<Of<'repriced'>, RepriceRefusal> {
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  const { agreement } = state;
  if (agreement.kind === 'fixed') return refuse('rate_is_fixed', {});
  const { start } = state.terms;
  const asked = nextRepricing(agreement.repricing, start, addDays(date, -1));
  if (asked !== date) return refuse('not_a_repricing_day', { date, next: asked ?? '' });
  const now = repriced(agreement, quotes, date);
  if (!now.ok) return now;
  return agreeAnew(state, date, now.value);
}

/** A new rate from a day on, agreed with the customer or by the LPR. */
export function agreeAnew(
  state: NoteState,
  date: string,
  agreement: RateAgreement,
): Result<Of<'repriced'>, 'nothing_to_come'> {
  const balanceMinor = principalToCome(state, date);
  if (balanceMinor === 0n) return refuse('nothing_to_come', { date });
  const carriedParts = earnedParts(state, date);
  const change = { balanceMinor, carriedParts, mode: 'smaller_instalment', agreement } as const;
  return ok({ type: 'repriced', date, agreement, rows: newRows(state, date, change) });
}

/** How often and by how many months a loan may be extended (展期), by its own length in months. */
export type ExtensionRules = {
  readonly timesMax: number;
  /** Up to so many months a loan is short: extended by no more than its own term. */
  readonly shortMonths: number;
  /** Up to so many months it is medium: by no more than half of its term. */
  readonly mediumMonths: number;
  /** Longer ones: by no more than so many months. */
  readonly longMonthsMax: number;
};

export type ExtensionRefusal =
  | NoteRefusal
  | 'dues_are_open'
  | 'extended_too_often'
  | 'maturity_is_past'
  | 'extension_not_longer'
  | 'extension_too_long'
  | 'nothing_to_come';

/**
 * A later maturity, asked for before the old one. Refused in order: the note is not open, the date
 * lies before its last event, something due is not paid, it was extended as often as allowed, the
 * maturity is past, the new one is not later, or later than the rule allows. Source: loan rules
 * (贷款通则) article 12: short loans by their own term, medium by half of it, long by three years.
 */
export function decideExtension(
  state: NoteState,
  given: { readonly date: string; readonly maturity: string; readonly agreement?: RateAgreement },
  rules: ExtensionRules,
): Result<Of<'extended'>, ExtensionRefusal> {
  const { date, maturity } = given;
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  if (totalOf(duesOn(state, date)) > 0n) return refuse('dues_are_open', { date });
  if (state.extensions >= rules.timesMax) {
    return refuse('extended_too_often', { times: String(rules.timesMax) });
  }
  if (date >= state.maturity) return refuse('maturity_is_past', { maturity: state.maturity });
  if (maturity <= state.maturity)
    return refuse('extension_not_longer', { maturity: state.maturity });
  const latest = addMonths(state.terms.maturity, extensionMonths(state, rules));
  if (maturity > latest) return refuse('extension_too_long', { latest });
  const balanceMinor = principalToCome(state, date);
  if (balanceMinor === 0n) return refuse('nothing_to_come', { date });
  const agreement = given.agreement ?? state.agreement;
  const rows = newRows(state, date, {
    balanceMinor,
    carriedParts: earnedParts(state, date),
    mode: 'smaller_instalment',
    agreement,
    dues: laterDues(state, date, maturity),
  });
  return ok({ type: 'extended', date, maturity, agreement, rows });
}

/** By how many months a loan of this length may be extended. */
export function extensionMonths({ terms }: NoteState, rules: ExtensionRules): number {
  const months = monthsBetween(terms.start, terms.maturity);
  if (months <= rules.shortMonths) return months;
  return months <= rules.mediumMonths ? Math.floor(months / 2) : rules.longMonthsMax;
}

function monthsBetween(from: string, to: string): number {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  return months;
}

/** Due dates of the note's own rhythm after a day, up to a later maturity. */
function laterDues(state: NoteState, date: string, maturity: string): Due[] {
  const { start, settlementDay } = state.terms;
  const { method } = state;
  if (method === 'free_plan') {
    const coming = state.rows.filter(({ dueDate }) => dueDate > date);
    const kept = coming.slice(0, -1).map(({ dueDate, to }) => ({ dueDate, to }));
    return [...kept, { dueDate: maturity, to: maturity }];
  }
  return duesOf({ method, start, maturity, settlementDay }).filter(({ dueDate }) => dueDate > date);
}

export type RestructuringTerms = {
  readonly date: string;
  readonly method: Method;
  readonly months: number;
  readonly agreement: RateAgreement;
};

export type RestructuringRefusal = NoteRefusal | 'months_not_positive' | 'nothing_to_come';

/**
 * New terms for a debtor in difficulty (重组): all principal that is open is spread anew; interest,
 * penalty and compound interest owed so far fall into the first row, none is forgiven. Watched for
 * the months of the rule, its class is special mention at least and no better than before; when it
 * is restructured again while it is watched, substandard at least. Source: 商业银行金融资产风险分类办法.
 */
export function decideRestructuring(
  before: NoteState,
  { date, method, months, agreement }: RestructuringTerms,
  rules: Pick<ClassificationRules, 'restructuredMonths'>,
): Result<Of<'restructured'>, RestructuringRefusal> {
  const open = checkOpen(before, date);
  if (!open.ok) return open;
  if (months < 1) return refuse('months_not_positive', {});
  if (before.outstandingMinor === 0n) return refuse('nothing_to_come', { date });
  const state = countOverdue(before, date);
  const owed = state.rows
    .filter(({ dueDate }) => dueDate <= date)
    .map((row) => openOfRow(row))
    .reduce((total, row) => total + row.interest + row.penalty + row.compound, 0n);
  const dues = monthlyDues(date, months);
  const maturity = dues.at(-1)?.dueDate ?? date;
  const rows = newRows(state, date, {
    balanceMinor: state.outstandingMinor,
    carriedParts: owed * INTEREST_PARTS + earnedParts(state, date),
    mode: 'smaller_instalment',
    agreement,
    method,
    dues: method === 'at_maturity' ? dues.slice(-1) : dues,
    wholeMonths: true,
  });
  const least = isObserved(before, date, rules) ? 'substandard' : 'special_mention';
  const level = worseOf(least, before.level);
  return ok({ type: 'restructured', date, maturity, method, agreement, level, rows });
}

/** Principal of the rows still to come. */
function principalToCome(state: NoteState, date: string): bigint {
  return state.rows
    .filter(({ dueDate }) => dueDate > date)
    .reduce((total, { principalMinor }) => total + principalMinor, 0n);
}

import { present } from '../../../base/assert.ts';
import { daysBetween } from '../../../base/dates.ts';
import { divide, fromMinor, multiply, type Precise, sum, toMinor, whole, ZERO } from './number.ts';
import { dueDates, type ProgressiveTerms } from './terms.ts';

/**
 * Days of a period in which the balance stands still. balanceMinor is what bears interest in it;
 * disbursedMinor and correctionMinor come at its end (a correction below 0 is a payment).
 */
export type Span = {
  from: string;
  due: string;
  /** Growth of one unit of balance in these days, for the equal instalment. */
  growth: Precise;
  /** Interest on one unit of balance from here to the end of the period. */
  interestToDue: Precise;
  balanceMinor: bigint;
  disbursedMinor: bigint;
  correctionMinor: bigint;
  creditedPrincipalMinor: bigint;
  creditedInterestMinor: bigint;
  /** Interest rests (息停) in these days. */
  paused: boolean;
};

/** One period of the plan, from the due date before it (not included) to its own. */
export type Period = {
  from: string;
  due: string;
  spans: Span[];
  /** What is to be paid: principal and interest together. */
  instalmentMinor: bigint;
  /** What was to be paid before a payment changed it. */
  originalMinor: bigint;
  paidPrincipalMinor: bigint;
  paidInterestMinor: bigint;
  /** Interest of later periods that falls here, because the later ones are paid already. */
  laterInterestMinor: bigint;
  /** Its own interest is counted in an earlier period. */
  interestMovedUp: boolean;
  interestGrace: boolean;
  /** All that was disbursed up to its first day. */
  totalDisbursedMinor: bigint;
};

/** What a period comes to; follows from the plan. */
export type Figures = {
  readonly ownInterestMinor: bigint;
  readonly interestMinor: bigint;
  readonly principalMinor: bigint;
  /** Instalment with what was credited and moved here. */
  readonly wholeMinor: bigint;
  /** Interest that found no room in the instalment; falls into the next period. */
  readonly leftInterestMinor: bigint;
};

export type RateChange = { readonly from: string; readonly ratePpm: bigint };

export type OverdueCorrection = {
  readonly date: string;
  readonly amountMinor: bigint;
  readonly due: string;
};

/** The plan while it is worked out. It never leaves this folder but as instalments. */
export type Plan = {
  readonly terms: ProgressiveTerms;
  periods: Period[];
  rates: RateChange[];
  /** A copy on which an instalment is tried. */
  readonly trial: boolean;
  lastOverdueChange: string | null;
  overdueCorrections: OverdueCorrection[];
  figures: Figures[] | null;
};

/** A plan without any disbursement. */
export function emptyPlan(terms: ProgressiveTerms, start: string): Plan {
  let from = start;
  const periods = dueDates(terms, start).map((due) => {
    const period = emptyPeriod(from, due, 0n);
    from = due;
    return period;
  });
  return {
    terms,
    periods,
    rates: [],
    trial: false,
    lastOverdueChange: null,
    overdueCorrections: [],
    figures: null,
  };
}

/** A period in which nothing has happened. */
export function emptyPeriod(from: string, due: string, totalDisbursedMinor: bigint): Period {
  return {
    from,
    due,
    spans: [emptySpan(from, due, false)],
    instalmentMinor: 0n,
    originalMinor: 0n,
    paidPrincipalMinor: 0n,
    paidInterestMinor: 0n,
    laterInterestMinor: 0n,
    interestMovedUp: false,
    interestGrace: false,
    totalDisbursedMinor,
  };
}

/** Days without a balance yet. */
export function emptySpan(from: string, due: string, paused: boolean): Span {
  return {
    from,
    due,
    growth: ZERO,
    interestToDue: ZERO,
    balanceMinor: 0n,
    disbursedMinor: 0n,
    correctionMinor: 0n,
    creditedPrincipalMinor: 0n,
    creditedInterestMinor: 0n,
    paused,
  };
}

/** A copy that may be changed without the original knowing. */
export function copyPlan(plan: Plan, trial = false): Plan {
  return {
    ...plan,
    periods: plan.periods.map((period) => ({
      ...period,
      spans: period.spans.map((span) => ({ ...span })),
    })),
    rates: [...plan.rates],
    trial,
    lastOverdueChange: null,
    overdueCorrections: [...plan.overdueCorrections],
    figures: null,
  };
}

/** A copy in which nothing was ever paid: on it the equal instalment is worked out anew. */
export function copyUnpaid(plan: Plan): Plan {
  const copy = copyPlan(plan, true);
  copy.overdueCorrections = [];
  for (const period of copy.periods) {
    period.paidPrincipalMinor = 0n;
    period.paidInterestMinor = 0n;
    period.laterInterestMinor = 0n;
    for (const span of period.spans) span.correctionMinor = 0n;
  }
  return copy;
}

/** Must be called after every change of a plan. */
export function changed(plan: Plan): void {
  plan.figures = null;
}

/** What each period comes to, in the order of the periods. */
export function figuresOf(plan: Plan): readonly Figures[] {
  if (plan.figures === null) {
    const figures: Figures[] = [];
    for (const period of plan.periods) {
      figures.push(figuresOfPeriod(plan, period, figures.at(-1)?.leftInterestMinor ?? 0n));
    }
    plan.figures = figures;
  }
  return plan.figures;
}

/** What one period comes to. */
export function figuresAt(plan: Plan, period: Period): Figures {
  return present(figuresOf(plan)[plan.periods.indexOf(period)], 'figures of the period');
}

function figuresOfPeriod(plan: Plan, period: Period, carriedMinor: bigint): Figures {
  let own = ZERO;
  if (!period.interestMovedUp) {
    for (const span of period.spans) own = sum(own, spanInterest(plan, period, span));
  }
  const ownInterestMinor = notNegative(toMinor(own) + period.laterInterestMinor + carriedMinor);
  const wholeMinor = period.instalmentMinor + creditedMinor(period) + period.laterInterestMinor;
  const planned = notNegative(wholeMinor - ownInterestMinor);
  const dueInterest =
    period.paidPrincipalMinor > planned
      ? period.paidInterestMinor
      : smaller(ownInterestMinor, wholeMinor);
  const interestMinor = period.interestGrace
    ? period.paidInterestMinor
    : larger(dueInterest, period.paidInterestMinor);
  const principalMinor = larger(notNegative(wholeMinor - interestMinor), period.paidPrincipalMinor);
  const leftInterestMinor = notNegative(ownInterestMinor - interestMinor);
  return { ownInterestMinor, interestMinor, principalMinor, wholeMinor, leftInterestMinor };
}

function spanInterest(plan: Plan, period: Period, span: Span): Precise {
  const credited = fromMinor(span.creditedInterestMinor);
  const days = daysBetween(span.from, period.due);
  if (span.paused || days === 0) return credited;
  const base =
    plan.terms.interestBase === 'flat' ? disbursedBefore(period, span) : span.balanceMinor;
  const toDue = multiply(fromMinor(base), span.interestToDue);
  const own = multiply(divide(toDue, whole(days)), whole(daysBetween(span.from, span.due)));
  const all = sum(credited, own);
  return all.coefficient < 0n ? ZERO : all;
}

/** All that was disbursed up to the first day of a span. */
export function disbursedBefore(period: Period, until: Span | null): bigint {
  let totalMinor = period.totalDisbursedMinor;
  for (const span of period.spans) {
    if (span === until) break;
    if (span.due !== period.from) totalMinor += span.disbursedMinor;
  }
  return totalMinor;
}

/** The balance of every span follows from the one before it; of a first span, from the period. */
export function carryBalances(plan: Plan): void {
  const figures: Figures[] = [];
  plan.periods.forEach((period, index) => {
    const before = index === 0 ? undefined : plan.periods[index - 1];
    period.spans.forEach((span, place) => {
      const previous = place === 0 ? before?.spans.at(-1) : period.spans[place - 1];
      if (previous === undefined) return;
      let minor = previous.balanceMinor + previous.disbursedMinor + previous.correctionMinor;
      if (place === 0 && before !== undefined) {
        minor += before.paidPrincipalMinor - (figures[index - 1]?.principalMinor ?? 0n);
      }
      span.balanceMinor = notNegative(minor);
    });
    figures.push(figuresOfPeriod(plan, period, figures.at(-1)?.leftInterestMinor ?? 0n));
  });
  plan.figures = figures;
}

/** Balance after a period's last day, when it is paid as planned. */
export function balanceAfter(plan: Plan, period: Period): bigint {
  const last = present(period.spans.at(-1), 'a period has a span');
  const standing = last.balanceMinor + last.correctionMinor + last.disbursedMinor;
  return notNegative(standing + period.paidPrincipalMinor - figuresAt(plan, period).principalMinor);
}

/** Has everything of the period been paid? */
export function isPaid(plan: Plan, period: Period): boolean {
  return figuresAt(plan, period).wholeMinor === paidOf(period);
}

/** Principal and interest paid in a period. */
export function paidOf(period: Period): bigint {
  return period.paidPrincipalMinor + period.paidInterestMinor;
}

/** Principal that a period still asks for. */
export function unpaidPrincipal(plan: Plan, period: Period): bigint {
  return notNegative(figuresAt(plan, period).principalMinor - period.paidPrincipalMinor);
}

/** Interest that a period still asks for. */
export function unpaidInterest(plan: Plan, period: Period): bigint {
  return notNegative(figuresAt(plan, period).interestMinor - period.paidInterestMinor);
}

/** Principal and interest that were charged back onto a period. */
export function creditedMinor(period: Period): bigint {
  let principalMinor = 0n;
  let interestMinor = 0n;
  for (const span of period.spans) {
    principalMinor += span.creditedPrincipalMinor;
    interestMinor += span.creditedInterestMinor;
  }
  return notNegative(principalMinor) + notNegative(interestMinor);
}

/** Totals of the whole plan. */
export function totals(plan: Plan) {
  const total = { disbursed: 0n, credited: 0n, paidPrincipal: 0n, interest: 0n, paidInterest: 0n };
  plan.periods.forEach((period, index) => {
    for (const span of period.spans) {
      total.disbursed += span.disbursedMinor;
      total.credited += span.creditedPrincipalMinor;
    }
    total.paidPrincipal += period.paidPrincipalMinor;
    total.paidInterest += period.paidInterestMinor;
    total.interest += figuresOf(plan)[index]?.interestMinor ?? 0n;
  });
  return total;
}

/** Is the day in the period? Its first day belongs to the one before, save in the first period. */
export function holds(from: string, due: string, date: string, first: boolean): boolean {
  return date <= due && (first ? date >= from : date > from);
}

/** The period in which a day falls. */
export function periodOn(plan: Plan, date: string): Period | undefined {
  return plan.periods.find(({ from, due }, index) => holds(from, due, date, index === 0));
}

/** The span in which a day falls. */
export function spanOn(plan: Plan, period: Period, date: string): Span | undefined {
  const first = plan.periods[0] === period;
  return period.spans.findLast((span, place) =>
    holds(span.from, span.due, date, first && place === 0),
  );
}

/** The period of exactly these days, or the one that holds them. */
export function periodOf(plan: Plan, from: string, due: string): Period | undefined {
  return (
    plan.periods.find((period) => period.from === from && period.due === due) ??
    plan.periods.find((period) => period.from <= from && period.due >= due)
  );
}

/** 0 when the amount is below it. */
export function notNegative(amountMinor: bigint): bigint {
  return amountMinor < 0n ? 0n : amountMinor;
}

/** The larger of two amounts. */
export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The smaller of two amounts. */
export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

import { addDays, dateParts, daysBetween, daysInMonth } from '../../../base/dates.ts';
import { add, divide, inPlaces, multiply, ONE, type Precise, sum, whole, ZERO } from './number.ts';
import { changed, type Period, type Plan } from './plan.ts';
import { later, type ProgressiveTerms } from './terms.ts';

/** The yearly rate in force on a day, in millionths. */
export function rateOn(plan: Plan, date: string): bigint {
  const inForce = plan.rates.filter(({ from }) => from <= date);
  let latest: { from: string; ratePpm: bigint } | undefined;
  for (const rate of inForce) if (latest === undefined || rate.from > latest.from) latest = rate;
  return latest?.ratePpm ?? plan.terms.annualRatePpm;
}

/** Works out the growth of every span of some periods. */
export function measureGrowth(plan: Plan, periods: readonly Period[]): void {
  for (const period of periods) {
    for (const span of period.spans) {
      span.growth = growthOf(plan, period, span.from, span.due, 'growth');
      span.interestToDue = growthOf(plan, period, span.from, period.due, 'interest');
    }
  }
  changed(plan);
}

/**
 * Interest on one unit of balance from one day to another of a period. With months of 30 days the
 * equal instalment counts a period as the whole number of months between two instalments; the
 * interest itself counts the months that the period really has.
 */
function growthOf(
  plan: Plan,
  period: Period,
  from: string,
  due: string,
  use: 'growth' | 'interest',
): Precise {
  const { terms } = plan;
  const rate = divide(whole(rateOn(plan, from)), whole(1_000_000));
  const days = whole(daysBetween(from, due));
  const periodDays = whole(daysBetween(period.from, period.due));
  const every = whole(terms.every);
  if (terms.interestBy === 'repayment_period' && terms.unit === 'months') {
    return byRatio(rate, ONE, every, whole(12), days, periodDays);
  }
  if (terms.interestBy === 'repayment_period' && terms.unit === 'weeks') {
    return byRatio(rate, ONE, every, whole(52), days, periodDays);
  }
  const years = dateParts(due).year - dateParts(from).year;
  const split =
    terms.yearDays === 'actual' &&
    years > 0 &&
    (!terms.leapOnlyWithDay || holdsLeapDay(period.from, period.due));
  if (split) return inPlaces(multiply(rate, yearFractions(terms, from, due)));
  const year = whole(yearDaysOf(terms, from, period));
  if (terms.monthDays === 'actual') return byRatio(rate, days, ONE, year, ONE, ONE);
  const units = use === 'growth' ? every : unitsIn(plan, period);
  const unitDays = { days: 1, weeks: 7, months: 30, years: 360 }[terms.unit];
  return byRatio(rate, whole(unitDays), units, year, days, periodDays);
}

function byRatio(
  rate: Precise,
  unitDays: Precise,
  units: Precise,
  yearDays: Precise,
  days: Precise,
  periodDays: Precise,
): Precise {
  if (periodDays.coefficient === 0n) return ZERO;
  const fraction = divide(multiply(unitDays, units), yearDays);
  return inPlaces(divide(multiply(multiply(rate, fraction), days), periodDays));
}

function yearDaysOf(terms: ProgressiveTerms, from: string, period: Period): number {
  if (terms.yearDays !== 'actual') return terms.yearDays;
  const days = yearLength(dateParts(from).year);
  return terms.leapOnlyWithDay && !holdsLeapDay(period.from, period.due) ? 365 : days;
}

function yearLength(year: number): number {
  return daysInMonth(year, 2) === 29 ? 366 : 365;
}

function holdsLeapDay(from: string, due: string): boolean {
  for (let year = dateParts(from).year; year <= dateParts(due).year; year += 1) {
    const leapDay = `${year}-02-29`;
    if (yearLength(year) === 366 && leapDay > from && leapDay <= due) return true;
  }
  return false;
}

/**
 * Years between two days, each year by its own length. A day's interest belongs to the day's end,
 * so a year ends on 31 December; from the first day on, it ends on 1 January.
 */
function yearFractions(terms: ProgressiveTerms, from: string, due: string): Precise {
  let fractions = ZERO;
  let start = from;
  const lastYear = dateParts(due).year;
  for (let year = dateParts(from).year; year <= lastYear; year += 1) {
    const yearEnd = terms.interestFromFirstDay ? `${year + 1}-01-01` : `${year}-12-31`;
    const end = year === lastYear ? due : yearEnd;
    const part = divide(whole(daysBetween(start, end)), whole(yearLength(year)));
    fractions = add(fractions, part);
    start = end;
  }
  return fractions;
}

/** How many months (weeks, days) a period has, with a fraction where its end was moved. */
function unitsIn(plan: Plan, period: Period): Precise {
  const { unit } = plan.terms;
  const seed = seedOf(plan, period);
  const before = unitsBetween(seed, period.from, unit);
  let count = before + 1;
  let date = period.from;
  while (date < period.due) {
    date = later(seed, count, unit);
    if (date <= period.due) {
      count += 1;
      continue;
    }
    const whole_ = count - before - 1;
    const start = later(seed, whole_, unit);
    const part = divide(whole(daysBetween(start, period.due)), whole(daysBetween(start, date)));
    return sum(part, whole(whole_));
  }
  return whole(count - before - 1);
}

/** The day the units are counted from: the loan's first, while the period keeps to its rhythm. */
function seedOf(plan: Plan, period: Period): string {
  const { unit, every } = plan.terms;
  const start = plan.periods[0]?.from ?? period.from;
  let count = 1;
  let date = later(start, count, unit);
  while (date < period.due) {
    count += 1;
    date = later(start, count, unit);
  }
  return date === period.due && later(date, -every, unit) === period.from ? start : period.from;
}

function unitsBetween(from: string, to: string, unit: ProgressiveTerms['unit']): number {
  if (unit === 'days') return daysBetween(from, to);
  if (unit === 'weeks') return Math.trunc(daysBetween(from, to) / 7);
  const { year, month, day } = dateParts(to);
  const atMonthEnd = day === daysInMonth(year, month) && dateParts(from).day > day;
  const months = wholeMonths(from, unit === 'months' && atMonthEnd ? addDays(to, 1) : to);
  return unit === 'months' ? months : Math.trunc(months / 12);
}

function wholeMonths(from: string, to: string): number {
  const [a, b] = [dateParts(from), dateParts(to)];
  const months = (b.year - a.year) * 12 + (b.month - a.month);
  return b.day < a.day ? months - 1 : months;
}

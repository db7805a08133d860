import { daysBetween } from '../../../base/dates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import { measureGrowth } from './growth.ts';
import {
  add,
  divide,
  fromMinor,
  multiply,
  ONE,
  type Precise,
  sum,
  toMinor,
  ZERO,
} from './number.ts';
import {
  balanceAfter,
  carryBalances,
  changed,
  copyPlan,
  creditedMinor,
  disbursedBefore,
  figuresAt,
  figuresOf,
  isPaid,
  larger,
  type Period,
  type Plan,
  paidOf,
  periodOn,
  spanOn,
  totals,
  unpaidPrincipal,
} from './plan.ts';

/** How often the instalment is tried again to bring the last one close to the others. */
const TRIES_MAX = 3;

/** An instalment rounded to the agreed multiple, unless that would make it nothing. */
export function inMultiples(plan: Plan, amountMinor: bigint): bigint {
  const { multipleMinor } = plan.terms;
  if (multipleMinor <= 0n) return amountMinor;
  const rounded = divideRounded(amountMinor, multipleMinor, 'half_even') * multipleMinor;
  return rounded === 0n && amountMinor > 0n ? amountMinor : rounded;
}

/**
 * The equal instalment of some periods, from the balance they begin with: the balance grown over
 * all periods ÷ the sum of what one unit paid at each due date grows to. A period that has been
 * paid more keeps its own.
 */
export function equalise(plan: Plan, periods: readonly Period[]): void {
  if (periods.length === 0) return;
  if (plan.terms.interestBase === 'flat') {
    equaliseFlat(plan, periods);
    return;
  }
  const factors = periods.map((period) => factorOf(period));
  const grown = factors.reduce((all, factor) => multiply(all, factor), ONE);
  const paidIn = factors.slice(1).reduce((value, factor) => add(ONE, multiply(value, factor)), ONE);
  const balance = fromMinor(balanceBefore(plan, periods[0] as Period));
  const instalment = inMultiples(plan, toMinor(divide(multiply(grown, balance), paidIn)));
  for (const period of periods) {
    if (instalment < paidOf(period)) continue;
    period.instalmentMinor = instalment;
    period.originalMinor = instalment;
  }
  changed(plan);
}

function factorOf(period: Period): Precise {
  if (period.interestGrace) return ONE;
  return period.spans.reduce((all, span) => sum(all, span.growth), ONE);
}

function balanceBefore(plan: Plan, period: Period): bigint {
  const before = plan.periods[plan.periods.indexOf(period) - 1];
  const standing = before === undefined ? 0n : balanceAfter(plan, before);
  return period.spans.reduce((all, span) => all + span.disbursedMinor, standing);
}

/** Interest on what was disbursed, whatever was repaid: all is spread evenly over the periods. */
function equaliseFlat(plan: Plan, periods: readonly Period[]): void {
  const first = periods[0] as Period;
  let interestMinor = 0n;
  for (const period of periods) {
    const own = figuresAt(plan, period).ownInterestMinor;
    interestMinor += own;
    period.instalmentMinor = own;
    changed(plan);
  }
  const before = plan.periods[plan.periods.indexOf(first) - 1];
  const repaid =
    before === undefined ? 0n : disbursedBefore(before, null) - balanceAfter(plan, before);
  const total = disbursedBefore(first, first.spans.at(-1) ?? null) + interestMinor - repaid;
  const each = inMultiples(plan, divideRounded(total, BigInt(periods.length), 'half_even'));
  const rest = total - each * BigInt(periods.length);
  let over = 0n;
  for (const period of periods) {
    const wanted = period === periods.at(-1) ? each + rest : each;
    const room = wanted + creditedMinor(period) + period.laterInterestMinor;
    if (room < paidOf(period)) over += paidOf(period) - room;
    period.instalmentMinor = room < paidOf(period) ? paidOf(period) : wanted;
    period.originalMinor = period.instalmentMinor;
    changed(plan);
  }
  for (const period of periods.toReversed()) {
    if (over <= 0n || isPaid(plan, period)) continue;
    const paid = paidOf(period) - creditedMinor(period) - period.laterInterestMinor;
    const least = larger(figuresAt(plan, period).ownInterestMinor, larger(paid, 0n));
    const instalment = larger(least, period.instalmentMinor - over);
    over -= period.instalmentMinor - instalment;
    period.instalmentMinor = instalment;
    changed(plan);
  }
  carryBalances(plan);
}

/**
 * The last unpaid period takes what rounding and payments left over or short, so that the plan
 * ends at exactly 0; interest of later, paid periods falls into it.
 */
export function settleLast(plan: Plan, till: string): void {
  const { disbursed, credited, paidPrincipal } = totals(plan);
  const openMinor = disbursed + credited - paidPrincipal;
  for (const period of plan.periods) {
    const unpaid = unpaidPrincipal(plan, period);
    if (unpaid <= openMinor) continue;
    period.instalmentMinor = larger(period.instalmentMinor - (unpaid - openMinor), paidOf(period));
    changed(plan);
  }
  const last = lastUnpaid(plan);
  if (last === undefined) return;
  last.laterInterestMinor = 0n;
  for (const period of plan.periods) period.interestMovedUp = false;
  changed(plan);
  const all = totals(plan);
  const wholes = figuresOf(plan).reduce((total, { wholeMinor }) => total + wholeMinor, 0n);
  last.instalmentMinor += all.disbursed + larger(all.credited, 0n) + all.interest - wholes;
  changed(plan);
  const least = paidOf(last) - creditedMinor(last);
  if (last.instalmentMinor < least) {
    last.instalmentMinor = least;
    changed(plan);
    settleLast(plan, till);
  }
  moveInterestUp(plan, last, till);
}

function lastUnpaid(plan: Plan): Period | undefined {
  const unpaid = plan.periods.findLast((period) => !isPaid(plan, period));
  if (unpaid !== undefined || totals(plan).paidPrincipal !== 0n) return unpaid;
  const last = plan.periods.at(-1);
  if (last === undefined || last.spans.length === 0) return undefined;
  return balanceAfter(plan, last) > 0n ? last : undefined;
}

/** Interest up to a day that only paid periods could bear falls into the given period. */
export function moveInterestUp(plan: Plan, period: Period, till: string): void {
  const copy = copyPlan(plan);
  const corrections = copy.overdueCorrections;
  const beyond = corrections.some(({ due }) => due > period.due);
  const onIt = corrections.some(({ due }) => due === period.due);
  if (onIt && !beyond) reverseOverdue(copy);
  stopGrowthAt(copy, till);
  if (onIt && !beyond) carryBalances(copy);
  const figures = figuresOf(copy);
  const from = copy.periods.findLastIndex(
    ({ due }, index) => (figures[index]?.leftInterestMinor ?? 0n) > 0n && due > period.due,
  );
  if (from < 0) return;
  period.laterInterestMinor = figures[from]?.leftInterestMinor ?? 0n;
  for (const later of plan.periods) if (later.due > period.due) later.interestMovedUp = true;
  changed(plan);
}

/** Interest stops on a day: nothing grows after it. */
export function stopGrowthAt(plan: Plan, till: string): void {
  const period = periodOn(plan, till);
  const span = period === undefined ? undefined : spanOn(plan, period, till);
  if (span !== undefined) span.due = till;
  measureGrowth(plan, plan.periods);
  for (const { spans } of plan.periods) {
    for (const each of spans) {
      if (each.due <= till) continue;
      each.growth = ZERO;
      each.interestToDue = ZERO;
    }
  }
  changed(plan);
}

function reverseOverdue(plan: Plan): void {
  for (const { date, amountMinor } of plan.overdueCorrections) {
    changeBalance(plan, date, { disbursedMinor: 0n, correctionMinor: -amountMinor });
  }
  plan.overdueCorrections = [];
  plan.lastOverdueChange = null;
}

/**
 * The balance changes on a day: a span that ends there takes it, or the span in which the day lies
 * is split. Returns the period.
 */
export function changeBalance(
  plan: Plan,
  date: string,
  change: { readonly disbursedMinor: bigint; readonly correctionMinor: bigint },
): Period | undefined {
  const period = periodOn(plan, date);
  if (period === undefined) return undefined;
  const last = period.spans.at(-1);
  const onMaturity = plan.periods.at(-1) === period && date === period.due;
  const span = onMaturity
    ? last !== undefined && daysBetween(last.from, last.due) === 0
      ? last
      : undefined
    : period.spans.find(({ due }) => due === date);
  const target = span ?? splitSpan(period, date);
  target.disbursedMinor += change.disbursedMinor;
  target.correctionMinor += change.correctionMinor;
  changed(plan);
  return period;
}

/** Splits the span in which a day lies; returns its first part. */
export function splitSpan(period: Period, date: string): Period['spans'][number] {
  const first = period.spans[0] as Period['spans'][number];
  const span = period.spans.findLast(({ from, due }) => date > from && date <= due) ?? first;
  const end = span.due;
  span.due = date < span.from ? span.from : date > end ? end : date;
  period.spans.splice(period.spans.indexOf(span) + 1, 0, {
    ...span,
    from: span.due,
    due: end,
    growth: ZERO,
    interestToDue: ZERO,
    balanceMinor: 0n,
    disbursedMinor: 0n,
    correctionMinor: 0n,
    creditedPrincipalMinor: 0n,
    creditedInterestMinor: 0n,
  });
  return span;
}

/**
 * Brings the last instalment close to the others: while it differs by more than half as many minor
 * units as there are periods, the difference is spread and the instalment tried again.
 */
export function evenOut(plan: Plan, periods: readonly Period[]): void {
  const first = periods[0];
  if (first === undefined) return;
  let trial: Plan | null = null;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const now = differenceOf(plan, periods);
    const half = BigInt(Math.floor(periods.length / 2));
    if (half === 0n || absolute(now.minor) <= half) return;
    const parts = periods.length - now.overpaid;
    const spread = divideRounded(now.minor, BigInt(Math.max(1, parts)), 'half_even');
    const instalment = inMultiples(plan, now.instalmentMinor + spread);
    if (instalment === now.instalmentMinor) return;
    trial ??= copyPlan(plan);
    const tried = trial.periods.filter(({ from, due }) => from >= first.from && due >= first.due);
    for (const period of tried) {
      if (instalment < paidOf(period)) continue;
      period.instalmentMinor = instalment;
      period.originalMinor = instalment;
    }
    changed(trial);
    carryBalances(trial);
    settleLast(trial, first.due);
    const then = differenceOf(trial, trial.periods);
    if (absolute(then.minor) >= absolute(now.minor)) return;
    periods.forEach((period, index) => {
      const better = tried[index];
      if (better === undefined) return;
      period.instalmentMinor = better.instalmentMinor;
      period.originalMinor = better.instalmentMinor;
    });
    carryBalances(plan);
  }
}

/** By how much the last unpaid instalment differs from the one before it. */
function differenceOf(plan: Plan, periods: readonly Period[]) {
  for (let index = periods.length - 1; index > 0; index -= 1) {
    const [last, before] = [periods[index] as Period, periods[index - 1] as Period];
    if (isPaid(plan, last) || isPaid(plan, before)) continue;
    const instalmentMinor = before.instalmentMinor;
    const overpaid = periods.filter((period) => instalmentMinor < paidOf(period)).length;
    return { instalmentMinor, minor: last.instalmentMinor - instalmentMinor, overpaid };
  }
  return { instalmentMinor: (periods[0] as Period).instalmentMinor, minor: 0n, overpaid: 0 };
}

function absolute(amountMinor: bigint): bigint {
  return amountMinor < 0n ? -amountMinor : amountMinor;
}

/** Grace: the first periods ask for no interest, or for interest alone. */
export function applyInterestGrace(plan: Plan): void {
  const periods = plan.terms.interestGracePeriods;
  if (periods <= 0) return;
  plan.periods.forEach((period, index) => {
    period.interestGrace = index < periods;
  });
  changed(plan);
}

/** Grace on principal: the first periods ask for interest alone, the others share the rest. */
export function applyPrincipalGrace(plan: Plan, periods: readonly Period[]): void {
  const count = Math.min(plan.terms.principalGracePeriods, periods.length);
  if (count <= 0) return;
  for (const period of periods.slice(0, count)) {
    period.instalmentMinor = figuresAt(plan, period).interestMinor;
    period.originalMinor = period.instalmentMinor;
    changed(plan);
  }
  if (count === periods.length) return;
  carryBalances(plan);
  equalise(plan, periods.slice(count));
}

import { present } from '../../../base/assert.ts';
import { addDays, daysBetween } from '../../../base/dates.ts';
import {
  applyInterestGrace,
  applyPrincipalGrace,
  changeBalance,
  equalise,
  evenOut,
  settleLast,
  splitSpan,
} from './equal.ts';
import { measureGrowth } from './growth.ts';
import {
  carryBalances,
  changed,
  copyUnpaid,
  emptyPeriod,
  emptyPlan,
  figuresAt,
  type Period,
  type Plan,
} from './plan.ts';
import { later, nextDueDate } from './terms.ts';

/** Pays out a part of the loan on a day and spreads it over the instalments that follow. */
export function disburse(plan: Plan, date: string, amountMinor: bigint): void {
  const { terms } = plan;
  const wholePeriods = terms.interestBy === 'repayment_period' && !terms.partialPeriods;
  const from = wholePeriods ? plan.periods.find(({ due }) => due > date)?.from : undefined;
  const effective = from ?? date;
  for (const period of plan.periods) {
    if (effective <= period.from) period.totalDisbursedMinor += amountMinor;
  }
  if (terms.fullTermForEachTranche) {
    addTranche(plan, effective, amountMinor);
    return;
  }
  const period = changeBalance(plan, effective, {
    disbursedMinor: amountMinor,
    correctionMinor: 0n,
  });
  if (period === undefined) return;
  replan(plan, firstAffected(plan, period, effective), { date: effective, kind: 'disbursement' });
}

type Cause = { readonly date: string; readonly kind: 'disbursement' | 'rate' | 'periods' };

/** A change on a due date concerns the period that follows, when there is one. */
function firstAffected(plan: Plan, period: Period, date: string): string {
  if (period.due !== date) return period.due;
  return plan.periods[plan.periods.indexOf(period) + 1]?.due ?? period.due;
}

/**
 * Works the equal instalments out again, from the period due on a day. A second disbursement is
 * measured on a copy on which nothing was paid, so that payments made early keep their effect.
 */
function replan(plan: Plan, fromDue: string, cause: Cause): void {
  const periods = plan.periods.filter(({ due }) => due >= fromDue);
  const untouched = plan.periods.every(({ instalmentMinor }) => instalmentMinor === 0n);
  const direct = untouched || cause.kind !== 'disbursement' || plan.trial;
  applyInterestGrace(plan);
  measureGrowth(plan, periods);
  if (plan.terms.interestBase === 'declining_balance') carryBalances(plan);
  if (direct || plan.terms.interestBase === 'flat') equalise(plan, periods);
  else copyInstalments(plan, periods, cause);
  applyPrincipalGrace(plan, periods);
  if (plan.terms.interestBase === 'flat') return;
  carryBalances(plan);
  settleLast(plan, fromDue);
  if (direct) evenOut(plan, periods);
}

function copyInstalments(plan: Plan, periods: readonly Period[], cause: Cause): void {
  const trial = copyUnpaid(plan);
  disburse(trial, cause.date, 0n);
  for (const period of periods) {
    const source = trial.periods[plan.periods.indexOf(period)];
    if (source === undefined) continue;
    period.instalmentMinor = source.instalmentMinor;
    period.originalMinor = source.originalMinor;
  }
  changed(plan);
}

/** Each tranche runs the whole term by itself: its own plan is added to the one there is. */
function addTranche(plan: Plan, date: string, amountMinor: bigint): void {
  const holding = plan.periods.find(({ from, due }) => date >= from && date < due);
  const start = holding?.from ?? present(plan.periods.at(-1), 'a plan has a period').due;
  const terms = { ...plan.terms, fullTermForEachTranche: false, downPaymentPpm: 0n };
  const own = emptyPlan(terms, start);
  disburse(own, date, amountMinor);
  changeBalance(plan, date, { disbursedMinor: amountMinor, correctionMinor: 0n });
  for (const [index, added] of own.periods.entries()) {
    const { principalMinor, interestMinor } = figuresAt(own, added);
    let period = plan.periods.find(({ from, due }) => from === added.from && due === added.due);
    if (period === undefined) {
      const last = plan.periods.at(-1);
      const from = index === 0 && last !== undefined ? last.due : added.from;
      period = emptyPeriod(from, added.due, last?.totalDisbursedMinor ?? 0n);
      plan.periods.push(period);
    }
    period.instalmentMinor += principalMinor + interestMinor;
    period.originalMinor = period.instalmentMinor;
    measureGrowth(plan, [period]);
  }
  carryBalances(plan);
  settleLast(plan, date);
}

/** A new rate from a day on (the day itself included); the instalments follow it. */
export function changeRate(plan: Plan, date: string, ratePpm: bigint): void {
  const from = addDays(date, -1);
  plan.rates.push({ from, ratePpm });
  const period = changeBalance(plan, from, { disbursedMinor: 0n, correctionMinor: 0n });
  if (period === undefined) return;
  replan(plan, firstAffected(plan, period, from), { date: from, kind: 'rate' });
}

/** More instalments at the end (展期); those not yet due share what is left. */
export function addPeriods(plan: Plan, date: string, count: number): void {
  const { every, unit } = plan.terms;
  const start = present(plan.periods[0], 'a plan has a period').from;
  const there = plan.periods.length;
  const disbursedMinor = present(plan.periods.at(-1), 'a plan has a period').totalDisbursedMinor;
  for (let number = there; number < there + count; number += 1) {
    const from = later(start, number * every, unit);
    plan.periods.push(emptyPeriod(from, later(start, (number + 1) * every, unit), disbursedMinor));
  }
  changed(plan);
  const from = addDays(date, -1);
  const period = changeBalance(plan, from, { disbursedMinor: 0n, correctionMinor: 0n });
  if (period === undefined) return;
  replan(plan, firstAffected(plan, period, from), { date: from, kind: 'periods' });
}

/** Moves a due date; the later ones follow in the loan's rhythm, counted from the new day. */
export function moveDueDate(plan: Plan, due: string, newDue: string): void {
  const place = plan.periods.findIndex((period) => period.due === due);
  if (place < 0) return;
  const { terms } = plan;
  let end = newDue;
  plan.periods.forEach((period, index) => {
    if (index < place) return;
    if (index > place) {
      period.from = end;
      const first = period.spans[0];
      if (first !== undefined) first.from = end;
      const last = index === plan.periods.length - 1 && terms.fixedLength > 0;
      end = last ? lengthEnd(plan, daysBetween(due, newDue)) : nextDueDate(terms, end, newDue);
    }
    period.due = end;
    const lastSpan = period.spans.at(-1);
    if (lastSpan !== undefined) lastSpan.due = end;
  });
  measureGrowth(
    plan,
    plan.periods.filter((period) => period.due >= due),
  );
  carryBalances(plan);
  settleLast(plan, due);
}

function lengthEnd(plan: Plan, movedDays: number): string {
  const start = present(plan.periods[0], 'a plan has a period').from;
  return later(start, plan.terms.fixedLength + movedDays, plan.terms.unit);
}

/** Interest rests from one day to another, both included. */
export function pauseInterest(plan: Plan, from: string, to: string): void {
  const periods = plan.periods.filter((period) => period.from < to && period.due >= from);
  for (const period of periods) {
    const before = addDays(from, -1);
    const start = before < period.from ? period.from : before;
    const end = to > period.due ? period.due : to;
    if (!period.spans.some((span) => span.from === start)) splitSpan(period, start);
    if (!period.spans.some((span) => span.due === end)) splitSpan(period, end);
    for (const span of period.spans) {
      if (span.from >= start && span.due <= end) span.paused = true;
    }
  }
  changed(plan);
  const first = periods[0];
  if (first === undefined) return;
  measureGrowth(
    plan,
    plan.periods.filter(({ due }) => due >= first.from),
  );
  carryBalances(plan);
  settleLast(plan, first.from);
}

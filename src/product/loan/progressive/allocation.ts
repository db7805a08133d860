import { divideRounded } from '../../../base/rounding.ts';
import {
  type Instalment,
  openOf,
  payComponent,
  periodIndexOf,
  reviewMet,
  sumOf,
} from './instalment.ts';
import { chargesWholePeriod, dueOn, payInterest, payPrincipal } from './payments.ts';
import { figuresOf, holds, type Plan, smaller } from './plan.ts';
import type { Allocation, AllocationStep, Component, DueKind, FutureRule } from './terms.ts';

/** A payment that is being spread: portions says what it was taken for. */
export type Spreading = {
  readonly plan: Plan;
  readonly instalments: Instalment[];
  readonly date: string;
  /** Payments change the interest of the days that follow. */
  readonly recalculates: boolean;
  /** The payment is enough to settle the whole loan. */
  readonly settling: boolean;
  readonly portions: Record<Component, bigint>;
  leftMinor: bigint;
};

/** Spreads a payment by an allocation rule; what finds no place stays in leftMinor. */
export function spread(spreading: Spreading, allocation: Allocation): void {
  if (allocation.direction === 'vertical') {
    spreadByComponent(spreading, allocation);
    return;
  }
  const kinds = [...new Set(allocation.order.map(({ due }) => due))];
  for (const kind of kinds) {
    const steps = allocation.order.filter(({ due }) => due === kind);
    spreadByInstalment(spreading, steps, kind, allocation.future);
  }
}

/** One instalment after the other, each in the order of the steps. */
function spreadByInstalment(
  spreading: Spreading,
  steps: readonly AllocationStep[],
  kind: DueKind,
  future: FutureRule,
): void {
  const turnsMax = spreading.instalments.length * 100;
  const skipped = new Set<Instalment>();
  // The last instalment may ask for nothing yet, because the interest is not known: it is tried.
  const tried = (one: Instalment): boolean =>
    spreading.recalculates && sumOf(one.asked) === 0n && !skipped.has(one);
  for (let turn = 0; turn < turnsMax && spreading.leftMinor > 0n; turn += 1) {
    const chosen = choose(spreading, kind, future, isOpen, (one) => isOpen(one) || tried(one));
    if (chosen.length === 0) return;
    const before = standOf(spreading, skipped);
    for (const step of steps) payStep(spreading, step, chosen, skipped);
    if (standOf(spreading, skipped) === before) return;
    if (!spreading.instalments.some(isOpen)) return;
  }
}

function isOpen({ met }: Instalment): boolean {
  return !met;
}

/** What a turn may change; when it changed nothing, no further turn will. */
function standOf({ leftMinor, instalments }: Spreading, skipped: Set<Instalment>): string {
  return `${leftMinor} ${instalments.filter(isOpen).length} ${skipped.size}`;
}

/** One component after the other, each over all its instalments. */
function spreadByComponent(spreading: Spreading, { order, future }: Allocation): void {
  for (const step of order) {
    const skipped = new Set<Instalment>();
    const turnsMax = spreading.instalments.length * 100;
    for (let turn = 0; turn < turnsMax && spreading.leftMinor > 0n; turn += 1) {
      const open = (one: Instalment): boolean => openOf(one, step.component) > 0n;
      const ahead = (one: Instalment): boolean => open(one) && !skipped.has(one);
      const wanted = step.due === 'in_advance' ? ahead : open;
      const chosen = choose(spreading, step.due, future, wanted, wanted);
      const before = spreading.leftMinor;
      if (chosen.length > 0) payStep(spreading, step, chosen, skipped, true);
      if (spreading.leftMinor === before) break;
    }
  }
}

type Wanted = (instalment: Instalment) => boolean;

/** The instalments that a payment of a day goes to. lastWanted: which may be the last one. */
function choose(
  { instalments, date }: Spreading,
  kind: DueKind,
  future: FutureRule,
  wanted: Wanted,
  lastWanted: Wanted,
): Instalment[] {
  const open = instalments.filter(wanted);
  if (kind === 'past_due') return open.filter(({ due }) => date > due).slice(0, 1);
  if (kind === 'due') return open.filter(({ due }) => date === due).slice(0, 1);
  const ahead = open.filter(({ due }) => date < due);
  const last = instalments
    .filter(({ due }) => date < due)
    .filter(lastWanted)
    .slice(-1);
  switch (future) {
    case 'all_equally':
      return ahead;
    case 'next':
      return ahead.slice(0, 1);
    case 'last':
      return last;
    case 'next_then_last': {
      const current = ahead.filter(({ from }) => date >= from);
      return current.length > 0 ? current : last;
    }
    default: {
      const never: never = future;
      return never;
    }
  }
}

function payStep(
  spreading: Spreading,
  step: AllocationStep,
  chosen: readonly Instalment[],
  skipped: Set<Instalment>,
  wholeAmount = false,
): void {
  const count = BigInt(chosen.length);
  const even = divideRounded(spreading.leftMinor, count, 'half_even');
  const total = spreading.leftMinor;
  const share = even * count > total ? total / count : even;
  chosen.forEach((instalment, index) => {
    const last = index === chosen.length - 1;
    const portion = last ? share + (total - share * count) : share;
    const amount = wholeAmount && spreading.recalculates ? spreading.leftMinor : portion;
    const paid = payOne(spreading, step, instalment, smaller(amount, spreading.leftMinor), skipped);
    spreading.portions[step.component] += paid;
    spreading.leftMinor -= paid;
  });
}

function payOne(
  spreading: Spreading,
  { due, component }: AllocationStep,
  instalment: Instalment,
  amountMinor: bigint,
  skipped: Set<Instalment>,
): bigint {
  const { plan, date, recalculates, settling } = spreading;
  const maturity = plan.periods.at(-1)?.due ?? '';
  if (!recalculates) return payComponent(instalment, component, date, amountMinor);
  if (instalment.kind === 'down_payment' || instalment.due > maturity) {
    skipped.add(instalment);
    return payComponent(instalment, component, date, amountMinor);
  }
  const inPeriod = holds(instalment.from, instalment.due, date, false);
  const wholePeriod = due === 'in_advance' && chargesWholePeriod(plan, settling) && inPeriod;
  const place = {
    from: instalment.from,
    due: instalment.due,
    date: wholePeriod ? instalment.due : date,
  };
  if (due === 'in_advance') askAsOf(spreading, instalment, component, place, skipped);
  const paid = payComponent(instalment, component, date, amountMinor);
  if (component === 'principal') payPrincipal(plan, place, paid);
  else if (component === 'interest') payInterest(plan, place, paid);
  if (component === 'principal' || component === 'interest') askAsPlanned(spreading, date);
  return paid;
}

/** In advance an instalment asks for what it has borne up to the day of the payment. */
function askAsOf(
  { plan }: Spreading,
  instalment: Instalment,
  component: Component,
  place: { from: string; due: string; date: string },
  skipped: Set<Instalment>,
): void {
  const vertical = plan.terms.allocation.direction === 'vertical';
  const { principalMinor, interestMinor } = dueOn(plan, place, vertical);
  if (principalMinor === 0n && interestMinor === 0n) skipped.add(instalment);
  if (component === 'interest') instalment.asked.interest = interestMinor;
  if (component === 'principal') instalment.asked.principal = principalMinor;
}

/** Every instalment asks for what its period of the plan comes to. */
export function askAsPlanned(
  { plan, instalments }: Pick<Spreading, 'plan' | 'instalments'>,
  date: string | null,
): void {
  const figures = figuresOf(plan);
  for (const instalment of instalments) {
    const figure = figures[periodIndexOf(plan, instalment)];
    if (figure === undefined) continue;
    instalment.asked.principal = figure.principalMinor;
    instalment.asked.interest = figure.interestMinor;
    if (date !== null) reviewMet(instalment, date);
  }
}

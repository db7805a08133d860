import { holds, type Plan, smaller } from './plan.ts';
import type { Component } from './terms.ts';

/** What is asked for, and what has been paid, of one instalment (期供), component by component. */
export type Instalment = {
  number: number;
  from: string;
  due: string;
  readonly kind: 'regular' | 'down_payment' | 'after_maturity';
  readonly asked: Record<Component, bigint>;
  readonly paid: Record<Component, bigint>;
  paidInAdvanceMinor: bigint;
  paidLateMinor: bigint;
  /** The day on which everything was paid; null while something is open. */
  metOn: string | null;
  met: boolean;
};

const nothing = (): Record<Component, bigint> => ({
  penalty: 0n,
  fee: 0n,
  interest: 0n,
  principal: 0n,
});

/** An instalment that asks for nothing yet. */
export function emptyInstalment(
  from: string,
  due: string,
  kind: Instalment['kind'] = 'regular',
): Instalment {
  return {
    number: 0,
    from,
    due,
    kind,
    asked: nothing(),
    paid: nothing(),
    paidInAdvanceMinor: 0n,
    paidLateMinor: 0n,
    metOn: null,
    met: false,
  };
}

/** What is still open of one component. */
export function openOf(instalment: Instalment, component: Component): bigint {
  return instalment.asked[component] - instalment.paid[component];
}

/** What is still open of all of them. */
export function openTotal({ asked, paid }: Instalment): bigint {
  return sumOf(asked) - sumOf(paid);
}

/** All components together. */
export function sumOf(amounts: Record<Component, bigint>): bigint {
  return amounts.penalty + amounts.fee + amounts.interest + amounts.principal;
}

/** Pays what a component still asks for, at most the amount. Returns what was taken. */
export function payComponent(
  instalment: Instalment,
  component: Component,
  date: string,
  amountMinor: bigint,
): bigint {
  const taken = smaller(openOf(instalment, component), amountMinor);
  if (amountMinor > 0n) {
    instalment.paid[component] += taken;
    if (date < instalment.due) instalment.paidInAdvanceMinor += taken;
    else if (date > instalment.due) instalment.paidLateMinor += taken;
  }
  instalment.met = openTotal(instalment) === 0n;
  instalment.metOn = instalment.met ? date : null;
  return amountMinor > 0n ? taken : 0n;
}

/** What is asked has changed: it may be met now, or no longer. */
export function reviewMet(instalment: Instalment, date: string): void {
  const met = openTotal(instalment) === 0n;
  if (met === instalment.met) return;
  instalment.met = met;
  instalment.metOn = met ? date : null;
}

/** In the order of their due dates, numbered from 1. */
export function inOrder(instalments: Instalment[]): void {
  instalments.sort((a, b) => compare(a.due, b.due) || compare(a.from, b.from));
  instalments.forEach((instalment, index) => {
    instalment.number = index + 1;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first instalment that is no down payment: its first day is part of it. */
export function firstRegular(instalments: readonly Instalment[]): Instalment | undefined {
  return instalments.find(({ kind }) => kind !== 'down_payment');
}

/** The instalment in whose days a date falls. */
export function instalmentOn(
  instalments: readonly Instalment[],
  date: string,
): Instalment | undefined {
  const first = firstRegular(instalments);
  return instalments.find((one) => holds(one.from, one.due, date, one === first));
}

/** The period of the plan an instalment belongs to. */
export function periodIndexOf(plan: Plan, instalment: Instalment): number {
  if (instalment.kind !== 'regular') return -1;
  return plan.periods.findIndex(
    ({ from, due }) => from === instalment.from && due === instalment.due,
  );
}

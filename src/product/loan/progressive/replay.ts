import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import { askAsPlanned, type Spreading, spread } from './allocation.ts';
import { addPeriods, changeRate, disburse, moveDueDate, pauseInterest } from './changes.ts';
import { inMultiples } from './equal.ts';
import {
  emptyInstalment,
  firstRegular,
  type Instalment,
  inOrder,
  instalmentOn,
  openTotal,
  periodIndexOf,
  reviewMet,
} from './instalment.ts';
import { chargeOverdue, openOn } from './payments.ts';
import { emptyPlan, figuresOf, holds, type Plan } from './plan.ts';
import type { Allocation, Component, ProgressiveTerms } from './terms.ts';

/**
 * What has happened to a loan. number: its place among the events of one day, in the order in
 * which they were entered; enteredOn: the business date on which it was.
 */
export type LoanEvent = { readonly number: number; readonly enteredOn: string } & (
  | { readonly kind: 'disbursed'; readonly date: string; readonly amountMinor: bigint }
  | {
      readonly kind: 'paid';
      readonly date: string;
      readonly amountMinor: bigint;
      /** Null: as the loan's terms say. */
      readonly allocation: Allocation | null;
    }
  | {
      readonly kind: 'charged';
      readonly date: string;
      readonly amountMinor: bigint;
      readonly component: 'fee' | 'penalty';
    }
  /** Money paid too much, given back. */
  | { readonly kind: 'given_back'; readonly date: string; readonly amountMinor: bigint }
  | { readonly kind: 'rate_changed'; readonly date: string; readonly ratePpm: bigint }
  | { readonly kind: 'due_date_moved'; readonly date: string; readonly newDue: string }
  | { readonly kind: 'instalments_added'; readonly date: string; readonly count: number }
  | { readonly kind: 'interest_paused'; readonly date: string; readonly to: string }
);

/** What became of an event that moved money. */
export type Settlement = {
  readonly portions: Readonly<Record<Component, bigint>>;
  readonly overpaidMinor: bigint;
};

/** A loan after its events. */
export type ProgressiveLoan = {
  readonly plan: Plan;
  readonly instalments: readonly Instalment[];
  /** By the number of the event. */
  readonly settlements: ReadonlyMap<number, Settlement>;
  readonly overpaidMinor: bigint;
};

type Work = {
  readonly terms: ProgressiveTerms;
  readonly plan: Plan;
  readonly instalments: Instalment[];
  readonly settlements: Map<number, Settlement>;
  readonly start: string;
  /** Payments of which something is left over. */
  readonly leftOver: Of<'paid'>[];
  overpaidMinor: bigint;
};

/**
 * A loan as its events made it, seen from a business date: events are taken in the order of the
 * days they take effect on, so one that is entered late changes everything after it.
 */
export function replay(
  terms: ProgressiveTerms,
  events: readonly LoanEvent[],
  today: string,
): ProgressiveLoan {
  const work = begin(terms, events);
  for (const event of [...events].sort(byEffect)) apply(work, event);
  recalculate(work, today, false);
  tidyEnd(work);
  const { plan, instalments, settlements, overpaidMinor } = work;
  return { plan, instalments, settlements, overpaidMinor };
}

function begin(terms: ProgressiveTerms, events: readonly LoanEvent[]): Work {
  const disbursed = events.filter((event) => event.kind === 'disbursed');
  const start = disbursed.reduce(
    (first, { date }) => (first === '' || date < first ? date : first),
    '',
  );
  const plan = emptyPlan(terms, start);
  const instalments = plan.periods.map(({ from, due }) => emptyInstalment(from, due));
  if (terms.downPaymentPpm > 0n) {
    for (const { date } of disbursed) {
      instalments.push(emptyInstalment(date, date, 'down_payment'));
    }
  }
  inOrder(instalments);
  const nothing = { settlements: new Map(), leftOver: [], overpaidMinor: 0n };
  return { terms, plan, instalments, start, ...nothing };
}

/** Charges count from the day they were entered, unless they were already due then. */
function effectOf(event: LoanEvent): string {
  if (event.kind !== 'charged') return event.date;
  return event.date < event.enteredOn ? event.date : event.enteredOn;
}

function byEffect(a: LoanEvent, b: LoanEvent): number {
  const rank = (event: LoanEvent): string => {
    const terms = !['disbursed', 'paid', 'charged', 'given_back'].includes(event.kind);
    return `${effectOf(event)} ${terms ? event.date : event.enteredOn} ${terms ? 0 : 1}`;
  };
  const [first, second] = [rank(a), rank(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.number - b.number;
}

function apply(work: Work, event: LoanEvent): void {
  switch (event.kind) {
    case 'disbursed':
      recalculate(work, event.date, false);
      applyDisbursement(work, event);
      break;
    case 'paid':
      applyPayment(work, event);
      break;
    case 'charged':
      applyCharge(work, event);
      spreadLeftOver(work);
      break;
    case 'given_back':
      applyGivenBack(work, event);
      break;
    case 'rate_changed':
      changeRate(work.plan, event.date, event.ratePpm);
      askFrom(work, event.date);
      break;
    case 'interest_paused':
      pauseInterest(work.plan, event.date, event.to);
      askFrom(work, event.date);
      break;
    case 'instalments_added':
      applyAdded(work, event);
      break;
    case 'due_date_moved':
      applyMovedDate(work, event);
      break;
    default:
      event satisfies never;
  }
}

function recalculates({ terms }: Pick<Work, 'terms'>): boolean {
  return terms.recalculates !== null && terms.annualRatePpm > 0n;
}

/** Overdue principal bears interest up to a day. */
function recalculate(work: Work, date: string, settling: boolean): void {
  if (!recalculates(work) || work.terms.recalculates?.pastDueInterest === false) return;
  if (chargeOverdue(work.plan, date, settling)) askAsPlanned(work, null);
}

type Of<Kind extends LoanEvent['kind']> = Extract<LoanEvent, { kind: Kind }>;

function applyDisbursement(work: Work, event: Of<'disbursed'>): void {
  const { terms, plan, instalments } = work;
  let downPaymentMinor = 0n;
  if (terms.downPaymentPpm > 0n) {
    const exact = divideRounded(event.amountMinor * terms.downPaymentPpm, PPM, 'half_even');
    downPaymentMinor = inMultiples(plan, exact);
    const place = instalments.find(
      ({ kind, asked }) => kind === 'down_payment' && asked.principal === 0n,
    );
    if (place !== undefined) {
      place.asked.principal += downPaymentMinor;
      place.met = openTotal(place) === 0n;
    }
  }
  const restMinor = event.amountMinor - downPaymentMinor;
  const maturity = plan.periods.at(-1)?.due ?? event.date;
  if (event.date > maturity) {
    const extra = emptyInstalment(maturity, event.date, 'after_maturity');
    extra.asked.principal = restMinor;
    instalments.push(extra);
  } else {
    disburse(plan, event.date, restMinor);
    addNewPeriods(work, event.date);
    askDisbursed(work, event.date);
  }
  inOrder(instalments);
  allocateOverpaid(work, event);
}

function askDisbursed({ plan, instalments }: Work, date: string): void {
  const figures = figuresOf(plan);
  for (const instalment of instalments) {
    const figure = figures[periodIndexOf(plan, instalment)];
    if (figure === undefined || instalment.due < date) continue;
    instalment.asked.principal = figure.principalMinor;
    instalment.asked.interest = figure.interestMinor;
    reviewMet(instalment, date);
  }
}

/** Money that was paid too much earlier pays the new instalments. */
function allocateOverpaid(work: Work, event: Of<'disbursed'>): void {
  if (work.overpaidMinor <= 0n) return;
  const amountMinor = work.overpaidMinor;
  const spreading = spreadingOf(work, event.date, amountMinor, false);
  spread(spreading, work.terms.allocation);
  work.overpaidMinor = spreading.leftMinor;
  work.settlements.set(event.number, { portions: spreading.portions, overpaidMinor: 0n });
}

function spreadingOf(work: Work, date: string, leftMinor: bigint, settling: boolean): Spreading {
  return {
    plan: work.plan,
    instalments: work.instalments,
    date,
    recalculates: recalculates(work),
    settling,
    portions: { penalty: 0n, fee: 0n, interest: 0n, principal: 0n },
    leftMinor,
  };
}

function applyPayment(work: Work, event: Of<'paid'>): void {
  const settling = settles(work, event);
  recalculate(work, event.date, settling);
  if (settling) keepRestInterest(work, event.date);
  const spreading = spreadingOf(work, event.date, event.amountMinor, settling);
  spread(spreading, event.allocation ?? work.terms.allocation);
  work.overpaidMinor = spreading.leftMinor > 0n ? work.overpaidMinor + spreading.leftMinor : 0n;
  if (spreading.leftMinor > 0n) work.leftOver.push(event);
  work.settlements.set(event.number, {
    portions: spreading.portions,
    overpaidMinor: spreading.leftMinor,
  });
}

/** No more can be given back than was overpaid. */
function applyGivenBack(work: Work, { number, amountMinor }: Of<'given_back'>): void {
  const portions = { penalty: 0n, fee: 0n, interest: 0n, principal: 0n };
  const overpaidMinor = amountMinor < work.overpaidMinor ? amountMinor : work.overpaidMinor;
  work.overpaidMinor -= overpaidMinor;
  work.settlements.set(number, { portions, overpaidMinor });
}

/** Is the payment enough for all that is open when interest runs to the end of its period? */
function settles(work: Work, event: Of<'paid'>): boolean {
  if (work.terms.recalculates === null) return false;
  const current = instalmentOn(work.instalments, event.date);
  if (current === undefined) return false;
  const { principalMinor, interestMinor } = openOn(work.plan, current.due);
  return event.amountMinor >= principalMinor + interestMinor;
}

/** Settled up to the rest: interest of a period already paid is asked up to its end. */
function keepRestInterest({ plan, terms }: Work, date: string): void {
  if (terms.recalculates?.closing !== 'till_rest_date') return;
  const index = plan.periods.findIndex(({ from, due }) => date >= from && date < due);
  const period = plan.periods[index];
  const paid = period === undefined ? 0n : period.paidInterestMinor + period.paidPrincipalMinor;
  if (period === undefined || figuresOf(plan)[index]?.wholeMinor !== paid) return;
  const { interestMinor } = openOn(plan, period.due);
  if (interestMinor > 0n) {
    period.laterInterestMinor = interestMinor;
    plan.figures = null;
  }
}

function applyCharge({ instalments, start }: Work, event: Of<'charged'>): void {
  const last = instalments.findLast(({ kind }) => kind !== 'down_payment');
  if (last !== undefined && event.date > last.due) {
    if (last.kind === 'after_maturity') last.due = event.date;
    else instalments.push(emptyInstalment(last.due, event.date, 'after_maturity'));
    inOrder(instalments);
  }
  const first = firstRegular(instalments);
  let from = start;
  for (const instalment of instalments) {
    if (instalment.kind === 'down_payment') continue;
    if (holds(from, instalment.due, event.date, instalment === first)) {
      instalment.asked[event.component] += event.amountMinor;
      const met = openTotal(instalment) === 0n;
      if (!met) instalment.metOn = null;
      instalment.met = met;
    }
    from = instalment.due;
  }
}

/** What earlier payments left over pays a new charge, as of the days of those payments. */
function spreadLeftOver(work: Work): void {
  for (const event of work.leftOver) {
    const settled = work.settlements.get(event.number);
    const there = settled?.overpaidMinor ?? 0n;
    const taken = there < work.overpaidMinor ? there : work.overpaidMinor;
    if (settled === undefined || taken === 0n) continue;
    const spreading = spreadingOf(work, event.date, taken, false);
    spread(spreading, event.allocation ?? work.terms.allocation);
    const used = taken - spreading.leftMinor;
    work.overpaidMinor -= used;
    work.settlements.set(event.number, {
      portions: addPortions(settled.portions, spreading.portions),
      overpaidMinor: there - used,
    });
  }
}

function addPortions(a: Settlement['portions'], b: Settlement['portions']): Settlement['portions'] {
  return {
    penalty: a.penalty + b.penalty,
    fee: a.fee + b.fee,
    interest: a.interest + b.interest,
    principal: a.principal + b.principal,
  };
}

/** Instalments not yet met, due on or after a day, ask for what the plan says. */
function askFrom({ plan, instalments }: Work, date: string): void {
  const figures = figuresOf(plan);
  for (const instalment of instalments) {
    const figure = figures[periodIndexOf(plan, instalment)];
    if (figure === undefined || instalment.met || date > instalment.due) continue;
    instalment.asked.principal = figure.principalMinor;
    instalment.asked.interest = figure.interestMinor;
  }
}

function applyAdded(work: Work, event: Of<'instalments_added'>): void {
  addPeriods(work.plan, event.date, event.count);
  addNewPeriods(work, null);
  askFrom(work, event.date);
  inOrder(work.instalments);
}

/** A period of the plan that has no instalment yet gets one. */
function addNewPeriods({ plan, instalments }: Work, date: string | null): void {
  const figures = figuresOf(plan);
  plan.periods.forEach(({ from, due }, index) => {
    const there = instalments.some(
      (one) => one.kind === 'regular' && one.from === from && one.due === due,
    );
    const figure = figures[index];
    if (there || figure === undefined || (date !== null && due < date)) return;
    const instalment = emptyInstalment(from, due);
    instalment.asked.principal = figure.principalMinor;
    instalment.asked.interest = figure.interestMinor;
    instalments.push(instalment);
  });
}

function applyMovedDate(work: Work, event: Of<'due_date_moved'>): void {
  const { plan, instalments } = work;
  const regular = instalments.filter(({ kind }) => kind === 'regular');
  const place = regular.findIndex(({ due }) => due === event.date);
  if (place < 0) return;
  moveDueDate(plan, event.date, event.newDue);
  const figures = figuresOf(plan);
  regular.forEach((instalment, index) => {
    const period = plan.periods[index];
    const figure = figures[index];
    if (index < place || instalment.met || period === undefined || figure === undefined) return;
    instalment.from = period.from;
    instalment.due = period.due;
    instalment.asked.principal = figure.principalMinor;
    instalment.asked.interest = figure.interestMinor;
  });
  inOrder(instalments);
}

/** An instalment after maturity that asks for nothing goes; one that is open is not met. */
function tidyEnd({ instalments }: Work): void {
  const last = instalments.at(-1);
  if (last?.kind === 'after_maturity' && openTotal(last) === 0n && last.asked.principal === 0n) {
    const { fee, penalty } = last.asked;
    if (fee + penalty === 0n) instalments.pop();
  }
  for (const instalment of instalments) {
    if (openTotal(instalment) <= 0n) continue;
    instalment.met = false;
    instalment.metOn = null;
  }
}

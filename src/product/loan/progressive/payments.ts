import { changeBalance, moveInterestUp, settleLast, stopGrowthAt } from './equal.ts';
import { measureGrowth } from './growth.ts';
import {
  carryBalances,
  changed,
  copyPlan,
  creditedMinor,
  figuresAt,
  isPaid,
  notNegative,
  type Period,
  type Plan,
  paidOf,
  periodOf,
  periodOn,
  smaller,
  spanOn,
  totals,
  unpaidInterest,
  unpaidPrincipal,
} from './plan.ts';

/** Days of the instalment that is paid, and the day that counts for the interest. */
export type PaymentPlace = { readonly from: string; readonly due: string; readonly date: string };

/** The balance that bears interest changes on a day by a payment (below 0) or what was missed. */
export function correctBalance(plan: Plan, date: string, correctionMinor: bigint): void {
  const period = changeBalance(plan, date, { disbursedMinor: 0n, correctionMinor });
  if (period === undefined) return;
  measureGrowth(plan, [period]);
  carryBalances(plan);
  settleLast(plan, date);
}

/** Principal or interest charged back onto the loan on a day (退回). */
export function credit(
  plan: Plan,
  date: string,
  principalMinor: bigint,
  interestMinor: bigint,
): void {
  const changedPeriod = changeBalance(plan, date, {
    disbursedMinor: 0n,
    correctionMinor: principalMinor,
  });
  if (changedPeriod === undefined) return;
  const last = plan.periods.at(-1);
  const period = plan.periods.find(
    (each) => date >= each.from && (each === last ? date <= each.due : date < each.due),
  );
  const span = period?.spans.findLast(({ from }) => from === date);
  if (span !== undefined) {
    span.creditedPrincipalMinor += principalMinor;
    span.creditedInterestMinor += interestMinor;
  }
  measureGrowth(plan, [changedPeriod]);
  carryBalances(plan);
  settleLast(plan, date);
}

/** Interest of a period is paid. */
export function payInterest(plan: Plan, place: PaymentPlace, amountMinor: bigint): void {
  const period = periodOf(plan, place.from, place.due);
  const open = plan.periods.findLast((each) => !isPaid(plan, each));
  const closing = open !== undefined && open !== plan.periods.at(-1) && place.date >= open.due;
  if (closing && open === period) moveInterestUp(plan, open, place.date);
  const all = totals(plan);
  const room = notNegative(all.interest) - notNegative(all.paidInterest);
  if (period !== undefined) period.paidInterestMinor += smaller(amountMinor, room);
  changed(plan);
  carryBalances(plan);
  settleLast(plan, place.date);
}

/** Principal of a period is paid: before its due date the balance falls on the day itself. */
export function payPrincipal(plan: Plan, place: PaymentPlace, amountMinor: bigint): void {
  if (amountMinor === 0n) return;
  const period = periodOf(plan, place.from, place.due);
  const all = totals(plan);
  const owed = all.disbursed + all.credited;
  const room = owed - all.paidPrincipal;
  const tooMuch = all.paidPrincipal + amountMinor > owed + all.credited;
  if (period !== undefined) period.paidPrincipalMinor += tooMuch ? room : amountMinor;
  changed(plan);
  const effective = place.due < place.date ? place.due : place.date;
  correctBalance(plan, effective, -amountMinor);
  if (period === undefined) return;
  const open = plan.periods.filter((each) => !isPaid(plan, each)).length;
  if (open > 1 && place.date < period.from) keepPaid(plan, period);
  settleLast(plan, effective);
}

/** A later period that has been paid in full keeps what was paid as its instalment. */
function keepPaid(plan: Plan, period: Period): void {
  const credited = creditedMinor(period);
  const paid = paidOf(period);
  const full = paid === period.originalMinor + credited;
  if (paid > figuresAt(plan, period).wholeMinor || full) {
    period.instalmentMinor = paid - credited;
    changed(plan);
  }
}

/** Principal and interest of the whole loan that are open when interest stops on a day. */
export function openOn(plan: Plan, date: string) {
  const copy = copyPlan(plan);
  stopGrowthAt(copy, date);
  carryBalances(copy);
  settleLast(copy, date);
  const all = totals(copy);
  return {
    principalMinor: notNegative(all.disbursed + all.credited - all.paidPrincipal),
    interestMinor: notNegative(all.interest - all.paidInterest),
  };
}

/** What an instalment asks for when it is paid on a day before it is due. */
export function dueOn(plan: Plan, place: PaymentPlace, vertical: boolean) {
  const till = planTill(plan, place.date);
  const period = periodOf(till, place.from, place.due);
  if (period === undefined) return { principalMinor: 0n, interestMinor: 0n };
  const open = till.periods.filter((each) => !isPaid(till, each)).length;
  adjustInstalment(till, period, place.date, open);
  const { principalMinor, interestMinor, wholeMinor } = figuresAt(till, period);
  if (!vertical) return { principalMinor, interestMinor };
  const all = totals(till);
  const principal = open > 1 ? wholeMinor : principalMinor;
  const owed = all.disbursed + all.credited;
  return {
    principalMinor: capped(principal, owed - all.paidPrincipal, period.paidPrincipalMinor),
    interestMinor: capped(interestMinor, all.interest - all.paidInterest, period.paidInterestMinor),
  };
}

function capped(dueMinor: bigint, openMinor: bigint, paidMinor: bigint): bigint {
  return smaller(dueMinor, openMinor < paidMinor ? paidMinor : openMinor);
}

function adjustInstalment(plan: Plan, period: Period, date: string, open: number): void {
  if (date > period.from) return;
  if (open > 1) {
    period.instalmentMinor = period.originalMinor;
    changed(plan);
    const all = totals(plan);
    const owed = notNegative(all.disbursed + all.credited - all.paidPrincipal);
    period.instalmentMinor -= notNegative(unpaidPrincipal(plan, period) - owed);
  } else if (open === 1 && isPaid(plan, period)) {
    const all = totals(plan);
    const left =
      all.disbursed +
      all.credited -
      all.paidPrincipal +
      period.paidPrincipalMinor +
      figuresAt(plan, period).interestMinor;
    period.instalmentMinor = smaller(period.originalMinor, left);
  }
  changed(plan);
}

/** Interest that a period has borne up to a day, with what was paid of it. */
export function interestOfPeriodTill(
  plan: Plan,
  period: { readonly from: string; readonly due: string },
  date: string,
): bigint {
  const till = planTill(plan, date);
  const own = periodOf(till, period.from, period.due);
  return own === undefined ? 0n : figuresAt(till, own).ownInterestMinor;
}

/** Interest that is open on a day. */
export function openInterestOn(plan: Plan, date: string): bigint {
  const till = planTill(plan, date);
  return till.periods
    .filter(({ from }) => from < date)
    .reduce((total, period) => total + unpaidInterest(till, period), 0n);
}

/** The plan as if it ended on a day: later days bear nothing. */
function planTill(plan: Plan, date: string): Plan {
  const copy = copyPlan(plan);
  const first = copy.periods[0];
  const last = copy.periods.at(-1);
  if (first === undefined || last === undefined || date >= last.due) return copy;
  if (date < first.from) {
    for (const period of copy.periods) period.spans = [];
    changed(copy);
    return copy;
  }
  const period = periodOn(copy, date);
  copy.periods.forEach((each, index) => {
    if (each.due <= date) return;
    const opening = each.spans[0];
    if (each === period) cutAt(copy, each, date);
    else if (copy.periods[index - 1] === period && opening !== undefined && hasCredit(opening)) {
      opening.due = opening.from;
      each.spans = [opening];
    } else each.spans = [];
  });
  changed(copy);
  measureGrowth(copy, copy.periods);
  carryBalances(copy);
  settleLast(copy, date);
  return copy;
}

function hasCredit(span: Period['spans'][number]): boolean {
  return span.creditedInterestMinor > 0n || span.creditedPrincipalMinor > 0n;
}

function cutAt(plan: Plan, period: Period, date: string): void {
  const span = spanOn(plan, period, date);
  if (span === undefined) return;
  span.due = date;
  const place = period.spans.indexOf(span);
  const next = period.spans[place + 1];
  if (next !== undefined) {
    span.creditedPrincipalMinor += next.creditedPrincipalMinor;
    span.creditedInterestMinor += next.creditedInterestMinor;
  }
  period.spans = period.spans.slice(0, place + 1);
}

/**
 * Overdue principal goes on bearing interest: what a period left unpaid is added to the balance of
 * the periods that follow, up to a day. settling: the whole loan is being paid. Returns whether
 * anything changed.
 */
export function chargeOverdue(plan: Plan, date: string, settling: boolean): boolean {
  const last = plan.periods.at(-1);
  if (last === undefined) return false;
  const target = date > last.due ? last.due : date;
  const overdue = plan.periods.filter(({ due }) => target > due);
  if (overdue.length === 0) return false;
  const current = periodOn(plan, target) ?? last;
  let done = false;
  let unpaid = 0n;
  let allUnpaid = 0n;
  for (const period of overdue) {
    if (unpaid !== 0n)
      done = carryOverdue(plan, target, period, unpaid, allUnpaid, settling) || done;
    unpaid = unpaidPrincipal(plan, period);
    allUnpaid += unpaid;
  }
  if (current !== last || target <= last.due) {
    done = carryOverdue(plan, target, current, unpaid, allUnpaid, settling) || done;
  }
  const earlier = plan.lastOverdueChange === null || plan.lastOverdueChange < target;
  if (allUnpaid > 0n && earlier) plan.lastOverdueChange = target;
  return done;
}

function carryOverdue(
  plan: Plan,
  date: string,
  period: Period,
  unpaidMinor: bigint,
  allUnpaidMinor: bigint,
  settling: boolean,
): boolean {
  if (date === plan.lastOverdueChange) return false;
  const { from, due } = period;
  const since = plan.lastOverdueChange;
  addOverdue(plan, since === null || from > since ? from : since, unpaidMinor);
  if (date > from && date <= due) {
    const end = chargesWholePeriod(plan, settling) ? due : date;
    addOverdue(plan, end, -allUnpaidMinor);
    plan.lastOverdueChange = end;
  }
  return true;
}

function addOverdue(plan: Plan, date: string, amountMinor: bigint): void {
  const period = periodOn(plan, date);
  if (period !== undefined) {
    plan.overdueCorrections.push({ date, amountMinor, due: period.due });
  }
  correctBalance(plan, date, amountMinor);
}

/** Is interest asked up to the next rest instead of the day itself? */
export function chargesWholePeriod(plan: Plan, settling: boolean): boolean {
  const { recalculates } = plan.terms;
  if (recalculates === null || recalculates.closing === 'till_closing_date') return false;
  return recalculates.rest === 'same_as_repayment_period' || settling;
}

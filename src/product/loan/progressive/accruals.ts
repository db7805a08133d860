import { addDays } from '../../../base/dates.ts';
import { firstRegular } from './instalment.ts';
import { interestOfPeriodTill } from './payments.ts';
import { holds } from './plan.ts';
import type { LoanEvent, ProgressiveLoan } from './replay.ts';
import type { Component } from './terms.ts';

/**
 * What a loan has earned up to a day: all of the instalments that were due, of the running one the
 * interest of its days so far, and the charges whose day has come: their due date, or the day they
 * were entered. Interest from the first day on counts the day itself.
 */
export function accruedTill(
  { plan, instalments }: ProgressiveLoan,
  events: readonly LoanEvent[],
  date: string,
  chargesBy: 'due' | 'entered' = 'due',
): Record<Component, bigint> {
  const earned = { penalty: 0n, fee: 0n, interest: 0n, principal: 0n };
  const first = firstRegular(instalments);
  const till = plan.terms.interestFromFirstDay ? addDays(date, 1) : date;
  for (const instalment of instalments) {
    if (instalment.kind === 'down_payment') continue;
    const { from, due, asked } = instalment;
    if (till > due) earned.interest += asked.interest;
    else if (holds(from, due, till, instalment === first)) {
      earned.interest += interestOfPeriodTill(plan, { from, due }, till);
    }
  }
  for (const event of events) {
    if (event.kind !== 'charged') continue;
    const late = event.date < event.enteredOn;
    const day = chargesBy === 'due' || late ? event.date : event.enteredOn;
    if (day <= date) earned[event.component] += event.amountMinor;
  }
  return earned;
}

import { assert } from '../../../base/assert.ts';
import { addDays, addMonths, dateOf, dateParts, daysInMonth } from '../../../base/dates.ts';

/** Repayments come every so many of these. */
export type RepaymentUnit = 'days' | 'weeks' | 'months' | 'years';

/** What is paid of an instalment. */
export type Component = 'penalty' | 'fee' | 'interest' | 'principal';

/** When an instalment is due, as seen from the day of a payment. */
export type DueKind = 'past_due' | 'due' | 'in_advance';

/** One step of the allocation order (还款顺序). */
export type AllocationStep = { readonly due: DueKind; readonly component: Component };

/** Which future instalment a payment in advance goes to. */
export type FutureRule = 'next' | 'last' | 'next_then_last' | 'all_equally';

/** How a payment is spread: over one instalment at a time, or component by component. */
export type Allocation = {
  readonly direction: 'horizontal' | 'vertical';
  readonly order: readonly AllocationStep[];
  readonly future: FutureRule;
};

/**
 * A loan whose interest follows the balance of every day and whose plan is worked out again from
 * its events. annualRatePpm: 9.4822 % is 94_822n. yearDays: days of the interest year, 'actual' is
 * 365 or 366. monthDays: 30 counts every month as 30 days. leapOnlyWithDay: 366 days count only in
 * a period that holds 29 February. recalculates: null when payments do not change the interest.
 */
export type ProgressiveTerms = {
  readonly annualRatePpm: bigint;
  readonly instalments: number;
  readonly every: number;
  readonly unit: RepaymentUnit;
  readonly yearDays: 360 | 364 | 365 | 'actual';
  readonly monthDays: 30 | 'actual';
  readonly leapOnlyWithDay: boolean;
  readonly interestBase: 'declining_balance' | 'flat';
  readonly interestBy: 'day' | 'repayment_period';
  readonly partialPeriods: boolean;
  /** The day of the disbursement itself already bears interest. */
  readonly interestFromFirstDay: boolean;
  /** Instalments are rounded to whole multiples of it; 0: to the minor unit. */
  readonly multipleMinor: bigint;
  readonly downPaymentPpm: bigint;
  readonly downPaymentCollected: boolean;
  readonly fullTermForEachTranche: boolean;
  readonly interestGracePeriods: number;
  readonly principalGracePeriods: number;
  /** Whole length of the loan in its unit, 0: as the instalments give it. */
  readonly fixedLength: number;
  readonly recalculates: Recalculation | null;
  readonly allocation: Allocation;
};

/**
 * rest: when a changed balance changes the interest. closing: up to when interest is asked at
 * a settlement before maturity. pastDueInterest: overdue principal goes on bearing interest.
 */
export type Recalculation = {
  readonly rest: 'daily' | 'same_as_repayment_period';
  readonly closing: 'till_closing_date' | 'till_rest_date';
  readonly pastDueInterest: boolean;
};

/** A date some units later; the month's end clamps the day. */
export function later(date: string, count: number, unit: RepaymentUnit): string {
  switch (unit) {
    case 'days':
      return addDays(date, count);
    case 'weeks':
      return addDays(date, count * 7);
    case 'months':
      return addMonths(date, count);
    case 'years':
      return addMonths(date, count * 12);
    default: {
      const never: never = unit;
      return never;
    }
  }
}

/**
 * The due date that follows. A loan that began on the 29th to 31st comes back to that day in every
 * month that has it.
 */
export function nextDueDate(
  terms: Pick<ProgressiveTerms, 'every' | 'unit'>,
  from: string,
  seed: string,
): string {
  const due = later(from, terms.every, terms.unit);
  const seedDay = dateParts(seed).day;
  const { year, month, day } = dateParts(due);
  if (terms.unit !== 'months' || seedDay <= 28 || day < 28) return due;
  return dateOf({ year, month, day: Math.min(daysInMonth(year, month), seedDay) });
}

/** The due dates of all instalments of a loan that begins on a day. */
export function dueDates(terms: ProgressiveTerms, start: string): string[] {
  assert(terms.instalments >= 1, 'a loan has an instalment');
  const dates: string[] = [];
  let from = start;
  while (dates.length < terms.instalments) {
    const last = dates.length === terms.instalments - 1 && terms.fixedLength > 0;
    from = last ? later(start, terms.fixedLength, terms.unit) : nextDueDate(terms, from, start);
    dates.push(from);
  }
  return dates;
}

import { addDays, addMonths, type CalendarDate, daysBetween } from '../../base/dates.ts';
import { simpleInterestMinor } from '../../base/rates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { divideRounded } from '../../base/rounding.ts';

/**
 * A bill that is discounted. `payableOn`: the working day on or after maturity. `elsewhere`: a
 * paper bill whose acceptor is in another place, which takes three days longer to collect.
 */
export type DiscountedBill = {
  readonly billNumber: string;
  readonly faceMinor: bigint;
  readonly issuedOn: CalendarDate;
  readonly discountedOn: CalendarDate;
  readonly maturesOn: CalendarDate;
  readonly payableOn: CalendarDate;
  readonly ratePpm: bigint;
  readonly medium: 'electronic' | 'paper';
  readonly elsewhere: boolean;
};

export type Discount = {
  readonly days: number;
  readonly interestMinor: bigint;
  readonly paidMinor: bigint;
  /** The last day interest is counted for is the day before this one. */
  readonly countedTo: CalendarDate;
};

/** Days more for a paper bill of another place (支付结算办法, collection on its way). */
const collectionDays = 3;

/**
 * Discount interest: face × days × yearly rate ÷ 360, half up; the day of discount counts, the day
 * of payment does not. Refused: a bill that is due, or runs longer than `monthsMost` (six by the
 * rules in force since 2023), or whose interest eats its face. Source: handbook 14.
 */
export function discountOf(
  bill: DiscountedBill,
  monthsMost: number,
): Result<Discount, 'bill_already_due' | 'bill_term_too_long' | 'bill_interest_exceeds_face'> {
  const { billNumber, faceMinor, issuedOn, discountedOn, maturesOn, payableOn, ratePpm } = bill;
  if (payableOn <= discountedOn) {
    return refuse('bill_already_due', { bill: billNumber, date: payableOn });
  }
  if (addMonths(issuedOn, monthsMost) < maturesOn) {
    const months = String(monthsMost);
    return refuse('bill_term_too_long', { issued: issuedOn, date: maturesOn, months });
  }
  const more = bill.medium === 'paper' && bill.elsewhere ? collectionDays : 0;
  const countedTo = addDays(payableOn, more);
  const days = daysBetween(discountedOn, countedTo);
  const interestMinor = simpleInterestMinor({
    balanceDayProductMinor: faceMinor * BigInt(days),
    ratePpm,
    yearDays: 360n,
  });
  if (interestMinor >= faceMinor) return refuse('bill_interest_exceeds_face', { bill: billNumber });
  return ok({ days, interestMinor, paidMinor: faceMinor - interestMinor, countedTo });
}

/**
 * Interest earned from the day of discount to a day, that day not counted: its part by days, half
 * up; all of it once the days are over.
 */
export function earnedTo(
  interestMinor: bigint,
  span: {
    readonly discountedOn: CalendarDate;
    readonly countedTo: CalendarDate;
    readonly to: CalendarDate;
  },
): bigint {
  const { discountedOn, countedTo, to } = span;
  if (to >= countedTo) return interestMinor;
  if (to <= discountedOn) return 0n;
  return divideRounded(
    interestMinor * BigInt(daysBetween(discountedOn, to)),
    BigInt(daysBetween(discountedOn, countedTo)),
  );
}

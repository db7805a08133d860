import { assert } from '../../base/assert.ts';
import { addMonths, dateParts, daysBetween } from '../../base/dates.ts';
import { monthlyInterestMinor, PPM, simpleInterestMinor } from '../../base/rates.ts';
import { divideRounded } from '../../base/rounding.ts';

/**
 * A deposit that bears its rate from a day to a day; the first counts, the last does not (算头不算尾).
 * ratePpm: yearly, in millionths. yearDays: of a day's interest, 360 in Chinese practice.
 */
export type Stay = {
  readonly principalMinor: bigint;
  readonly ratePpm: bigint;
  readonly from: string;
  readonly to: string;
  readonly yearDays: bigint;
  readonly interestBy: 'years_and_months' | 'actual_days';
  readonly interestFrom: 'cent' | 'yuan';
};

/** What of a principal bears interest: all of it, or its whole yuan (元以下不计息). */
export function bearingMinor(stay: Pick<Stay, 'principalMinor' | 'interestFrom'>): bigint {
  const { principalMinor, interestFrom } = stay;
  return interestFrom === 'yuan' ? principalMinor - (principalMinor % 100n) : principalMinor;
}

/** Whole months from a day to another by 对年对月对日, and the odd days after them. */
export function monthsAndDays(from: string, to: string): { months: number; days: number } {
  const [start, end] = [dateParts(from), dateParts(to)];
  let months = (end.year - start.year) * 12 + end.month - start.month;
  if (months > 0 && addMonths(from, months) > to) months -= 1;
  months = Math.max(months, 0);
  return { months, days: daysBetween(addMonths(from, months), to) };
}

/**
 * Interest of a stay in minor units, rounded half up, once: by whole months and odd days (逐笔计息法,
 * a month is a twelfth of the yearly rate, a day its 360th part), or by the days it lasted. Source:
 * 人民币存款计结息规则; handbook of interest, formulas ② to ④.
 */
export function stayInterestMinor(stay: Stay): bigint {
  assert(stay.to >= stay.from, 'a stay does not end before it begins');
  const principalMinor = bearingMinor(stay);
  const { ratePpm, yearDays } = stay;
  if (stay.interestBy === 'actual_days') {
    const days = BigInt(daysBetween(stay.from, stay.to));
    return simpleInterestMinor({
      balanceDayProductMinor: principalMinor * days,
      ratePpm,
      yearDays,
    });
  }
  const { months, days } = monthsAndDays(stay.from, stay.to);
  const oddDays = BigInt(days);
  return monthlyInterestMinor({ principalMinor, ratePpm, months: BigInt(months), oddDays });
}

/**
 * Demand interest of a settlement period: the sum of daily balances (积数) at the rate posted on the
 * settlement day; what lay above an agreed base (协定存款) at the agreed rate. Rounded once, half up.
 */
export function demandInterestMinor(period: {
  readonly productMinor: bigint;
  readonly ratePpm: bigint;
  readonly upperProductMinor?: bigint;
  readonly upperRatePpm?: bigint;
  readonly yearDays: bigint;
}): bigint {
  const { productMinor, ratePpm, upperProductMinor = 0n, upperRatePpm = 0n, yearDays } = period;
  const numerator = productMinor * ratePpm + upperProductMinor * upperRatePpm;
  return divideRounded(numerator, PPM * yearDays);
}

/** A payment into instalment savings: the day, and how much. */
export type Instalment = { readonly paidOn: string; readonly amountMinor: bigint };

/**
 * Interest of instalment savings (零存整取) at maturity. Each payment bears the contract's rate for
 * the whole months it lies there (月积数). A month that was left out may be made up in the next;
 * where it was not, the contract is broken and every later payment bears the demand rate for the
 * days it lay. Source: 储蓄管理条例 and the rules of the product.
 */
export function instalmentInterestMinor(savings: {
  readonly monthlyMinor: bigint;
  readonly start: string;
  readonly maturity: string;
  readonly ratePpm: bigint;
  readonly demandRatePpm: bigint;
  readonly yearDays: bigint;
  readonly payments: readonly Instalment[];
}): bigint {
  const { start, maturity, ratePpm, demandRatePpm, yearDays, monthlyMinor } = savings;
  const months = monthsAndDays(start, maturity).months;
  let monthProduct = 0n;
  let dayProduct = 0n;
  let paidMonths = 0;
  let isBroken = false;
  for (let month = 0; month <= months; month += 1) {
    const wasBehind = paidMonths < month;
    for (const { paidOn, amountMinor } of savings.payments) {
      if (monthsAndDays(start, paidOn).months !== month || paidOn >= maturity) continue;
      if (isBroken) dayProduct += amountMinor * BigInt(daysBetween(paidOn, maturity));
      else monthProduct += amountMinor * BigInt(months - month);
      paidMonths += Number(amountMinor / monthlyMinor);
    }
    // What was left out must have been made up by the end of the month after.
    isBroken ||= wasBehind && paidMonths < month + 1;
  }
  // Months of 30 days at the contract's rate, days at the demand rate, on one denominator.
  const numerator = monthProduct * 30n * ratePpm * yearDays + dayProduct * demandRatePpm * 360n;
  return divideRounded(numerator, PPM * 360n * yearDays);
}

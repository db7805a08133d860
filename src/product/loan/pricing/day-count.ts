import { assert } from '../../../base/assert.ts';
import { addMonths, dateOf, dateParts, daysBetween, daysInMonth } from '../../../base/dates.ts';
import { PPM } from '../../../base/rates.ts';
import { divideRounded, type Rounding } from '../../../base/rounding.ts';

/**
 * How the days of interest are counted (计息基础). act_act: each day by the length of its own year.
 * 30_360: months of 30 days (30E/360). month_360: whole months at a twelfth of the yearly rate, odd
 * days at a 360th (对年对月对日).
 */
export const dayCounts = ['act_360', 'act_365', 'act_act', '30_360', 'month_360'] as const;

export type DayCount = (typeof dayCounts)[number];

/** Divisible by 360, 365 and 366, so that interest of any day count adds up exactly. */
const YEAR_PARTS = 1_603_080n;

/** Exact interest is counted in parts of a minor unit: 1 ÷ (1,000,000 × 1,603,080). */
export const INTEREST_PARTS = PPM * YEAR_PARTS;

/** Days of interest, the first counts, the last does not (算头不算尾). */
export type Stay = {
  readonly balanceMinor: bigint;
  readonly ratePpm: bigint;
  readonly from: string;
  readonly to: string;
};

/**
 * Simple interest of a balance that stands, in parts of a minor unit (INTEREST_PARTS): exact, so a
 * period may be split anywhere and its parts added. month_360 alone depends on where it is split:
 * 31 January to 28 February is one month, but 31 January to 15 February is 15 days.
 */
export function exactInterest(dayCount: DayCount, stay: Stay): bigint {
  assert(stay.to >= stay.from, 'interest runs forward');
  return stay.balanceMinor * stay.ratePpm * yearPartsBetween(dayCount, stay.from, stay.to);
}

/** The same, rounded once to minor units, half up. */
export function interestMinor(
  dayCount: DayCount,
  stay: Stay,
  rounding: Rounding = 'half_up',
): bigint {
  return roundInterest(exactInterest(dayCount, stay), rounding);
}

/** Exact interest as minor units. */
export function roundInterest(parts: bigint, rounding: Rounding = 'half_up'): bigint {
  return divideRounded(parts, INTEREST_PARTS, rounding);
}

function yearPartsBetween(dayCount: DayCount, from: string, to: string): bigint {
  switch (dayCount) {
    case 'act_360':
      return BigInt(daysBetween(from, to)) * (YEAR_PARTS / 360n);
    case 'act_365':
      return BigInt(daysBetween(from, to)) * (YEAR_PARTS / 365n);
    case 'act_act':
      return actualParts(from, to);
    case '30_360':
      return BigInt(thirtyDays(to) - thirtyDays(from)) * (YEAR_PARTS / 360n);
    case 'month_360':
      return monthParts(from, to);
    default: {
      const never: never = dayCount;
      return never;
    }
  }
}

function actualParts(from: string, to: string): bigint {
  let parts = 0n;
  let start = from;
  while (start < to) {
    const { year } = dateParts(start);
    const nextYear = dateOf({ year: year + 1, month: 1, day: 1 });
    const end = nextYear < to ? nextYear : to;
    const length = daysInMonth(year, 2) === 29 ? 366n : 365n;
    parts += BigInt(daysBetween(start, end)) * (YEAR_PARTS / length);
    start = end;
  }
  return parts;
}

function thirtyDays(date: string): number {
  const { year, month, day } = dateParts(date);
  return year * 360 + month * 30 + Math.min(day, 30);
}

function monthParts(from: string, to: string): bigint {
  const [a, b] = [dateParts(from), dateParts(to)];
  let months = (b.year - a.year) * 12 + (b.month - a.month);
  if (addMonths(from, months) > to) months -= 1;
  const odd = daysBetween(addMonths(from, months), to);
  return BigInt(months * 30 + odd) * (YEAR_PARTS / 360n);
}

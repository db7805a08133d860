import { assert } from './assert.ts';
import { ok, type Result, refuse } from './result.ts';

/**
 * A day without a clock, 'YYYY-MM-DD', proleptic Gregorian, years 0001 to 9999. Two such days
 * compare as text: a < b means a is the earlier day.
 */
export type CalendarDate = string;

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  assert(month >= 1 && month <= 12, 'a month is 1 to 12');
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for a day that exists, such as '2024-02-29'. */
export function isCalendarDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

/** The text as a day, or the refusal date_not_valid. */
export function parseDate(text: string): Result<CalendarDate, 'date_not_valid'> {
  return isCalendarDate(text) ? ok(text) : refuse('date_not_valid', {});
}

/** year, month 1 to 12, day 1 to 31. */
export type DateParts = { readonly year: number; readonly month: number; readonly day: number };

export function dateParts(date: CalendarDate): DateParts {
  assert(isCalendarDate(date), `${date} is a day`);
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

export function dateOf({ year, month, day }: DateParts): CalendarDate {
  assert(year >= 1 && year <= 9999, 'a year is 1 to 9999');
  const text = [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
  assert(isCalendarDate(text), `${text} is a day`);
  return text;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** Days since 1970-01-01, which is 0. */
export function dayNumber(date: CalendarDate): number {
  const { year, month, day } = dateParts(date);
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const inYear = (daysBeforeMonth[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0) + day;
  return before * 365 + leapDays + inYear - 719_163;
}

/** The inverse of dayNumber. */
export function dateOfDayNumber(number: number): CalendarDate {
  assert(Number.isInteger(number), 'a day number is whole');
  let year = Math.floor(number / 365.2425) + 1970;
  while (dayNumber(dateOf({ year, month: 1, day: 1 })) > number) year -= 1;
  while (year < 9999 && dayNumber(dateOf({ year: year + 1, month: 1, day: 1 })) <= number)
    year += 1;
  let day = number - dayNumber(dateOf({ year, month: 1, day: 1 })) + 1;
  let month = 1;
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    month += 1;
  }
  return dateOf({ year, month, day });
}

/** The day `days` later; negative goes back. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/**
 * The same day `months` later (对年对月对日); where that month is shorter, its last day:
 * 2026-01-31 and one month give 2026-02-28. Count a series from its first day, never from the last
 * result, or the 31st is lost for ever.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = dateParts(date);
  const monthsFromZero = year * 12 + (month - 1) + months;
  const newYear = Math.floor(monthsFromZero / 12);
  const newMonth = monthsFromZero - newYear * 12 + 1;
  return dateOf({
    year: newYear,
    month: newMonth,
    day: Math.min(day, daysInMonth(newYear, newMonth)),
  });
}

/** Days from the first to the second; the first counts, the second does not (算头不算尾). */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 Monday to 7 Sunday, as ISO 8601. */
export function weekday(date: CalendarDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The last day of the date's month. */
export function endOfMonth(date: CalendarDate): CalendarDate {
  const { year, month } = dateParts(date);
  return dateOf({ year, month, day: daysInMonth(year, month) });
}

/** The calendar day in mainland China (UTC+8 without summer time since 1992) at an instant. */
export function dateInChina(at: number): CalendarDate {
  return dateOfDayNumber(Math.floor((at + 8 * 3_600_000) / 86_400_000));
}

/** FEEL knows the years −999,999,999 to 999,999,999, more than any library calendar. */
export const YEAR_MAX = 999_999_999;

/** A date of the proleptic Gregorian calendar. Made by `dateOf`, so always a day that exists. */
export class FeelDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }
}

/** Whether February has 29 days. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** How many days the month (1 to 12) has. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The date, or null if there is no such day or the year is out of bounds. */
export function dateOf(year: number, month: number, day: number): FeelDate | null {
  if (!Number.isInteger(year) || year < -YEAR_MAX || year > YEAR_MAX) return null;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null;
  return new FeelDate(year, month, day);
}

/** Days since 1970-01-01. */
export function epochDay(date: FeelDate): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const shifted = (date.month + 9) % 12;
  const dayOfYear = Math.floor((153 * shifted + 2) / 5) + date.day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day count since 1970-01-01, or null beyond the years FEEL knows. */
export function dateOfEpochDay(days: number): FeelDate | null {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthShifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthShifted + 2) / 5) + 1;
  const month = monthShifted < 10 ? monthShifted + 3 : monthShifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return dateOf(year, month, day);
}

/**
 * `months` later (earlier if negative); the day is cut to the month's last. null: out of bounds.
 */
export function addMonths(date: FeelDate, months: bigint): FeelDate | null {
  const total = BigInt(date.year) * 12n + BigInt(date.month - 1) + months;
  if (total > 12n * BigInt(YEAR_MAX + 1) || total < -12n * BigInt(YEAR_MAX + 1)) return null;
  const index = Number(total);
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return dateOf(year, month, Math.min(date.day, daysInMonth(year, month)));
}

/** Less than 0 if a is earlier, 0 if the same day, more than 0 if a is later. */
export function compareDates(a: FeelDate, b: FeelDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekday(date: FeelDate): number {
  const rest = (epochDay(date) + 3) % 7;
  return (rest < 0 ? rest + 7 : rest) + 1;
}

/** 1 to 366. */
export function dayOfYear(date: FeelDate): number {
  return epochDay(date) - epochDay(new FeelDate(date.year, 1, 1)) + 1;
}

/** Week of the year, 1 to 53, by ISO 8601: week 1 holds the year's first Thursday. */
export function weekOfYear(date: FeelDate): number {
  const week = Math.floor((dayOfYear(date) - weekday(date) + 10) / 7);
  if (week < 1) return weekOfYear(new FeelDate(date.year - 1, 12, 31));
  if (week < 53) return week;
  const firstOfNext = weekday(new FeelDate(date.year + 1, 1, 1));
  return firstOfNext <= 4 ? 1 : 53;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** ISO 8601: 2026-11-21, -0044-03-15. */
export function formatDate(date: FeelDate): string {
  const sign = date.year < 0 ? '-' : '';
  return `${sign}${padded(Math.abs(date.year), 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`;
}

const DATE = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d{2})-(\d{2})$/;

/** Reads ISO 8601 with at least four digits of year and no sign '+'. */
export function parseDate(text: string): FeelDate | null {
  const parts = DATE.exec(text);
  if (parts === null) return null;
  const year = Number(parts[2]);
  return dateOf(parts[1] === '-' ? -year : year, Number(parts[3]), Number(parts[4]));
}

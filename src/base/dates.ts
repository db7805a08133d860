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

/** Year, month and day of a day. */
export function dateParts(date: CalendarDate): DateParts {
  assert(isCalendarDate(date), `${date} is a day`);
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** The day of a year, month and day that exist together. */
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

const digitWords = '零壹贰叁肆伍陆柒捌玖';

/**
 * A bill's date in capitals, such as 贰零贰陆年零贰月壹拾贰日. Months 1, 2 and 10 and days 1 to 10,
 * 20 and 30 take a leading 零, so that nothing can be written before them.
 * Source: 支付结算办法, 附一, 第六条.
 */
export function dateInWords(date: CalendarDate): string {
  const { year } = dateParts(date);
  const yearWords = [...String(year).padStart(4, '0')].map((digit) => digitWords[Number(digit)]);
  return `${yearWords.join('')}年${monthAndDayInWords(date)}`;
}

/** The month and day of a bill's date, such as 零壹拾月零贰拾日. */
export function monthAndDayInWords(date: CalendarDate): string {
  const { month, day } = dateParts(date);
  const monthZero = month === 1 || month === 2 || month === 10 ? '零' : '';
  const dayZero = day <= 10 || day === 20 || day === 30 ? '零' : '';
  return `${monthZero}${numberInWords(month)}月${dayZero}${numberInWords(day)}日`;
}

/** 1 to 31; 11 is 壹拾壹, 20 is 贰拾. */
function numberInWords(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 0 ? `${digitWords[tens]}拾` : ''}${ones > 0 ? digitWords[ones] : ''}`;
}

/** standard: written as the rule asks; a bank may accept another form at the drawer's risk. */
export type WrittenDate = { readonly date: CalendarDate; readonly standard: boolean };

/**
 * Reads a bill's date in capitals. Not in capitals (2026年2月12日) or no such day: refused. Capitals
 * without the leading 零 or 壹 are read and marked as not standard.
 */
export function parseDateInWords(text: string): Result<WrittenDate, 'date_words_not_valid'> {
  const written = text.replace(/\s/g, '').replaceAll('貳', '贰').replaceAll('陸', '陆');
  const parts = /^([零壹贰叁肆伍陆柒捌玖]{4})年([^月]{1,4})月([^日]{1,4})日$/.exec(written);
  const month = readNumber(parts?.[2] ?? '');
  const day = readNumber(parts?.[3] ?? '');
  if (parts === null || month === null || day === null) return refuse('date_words_not_valid', {});
  const year = [...(parts[1] ?? '')].map((word) => digitWords.indexOf(word)).join('');
  const date = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  if (!isCalendarDate(date)) return refuse('date_words_not_valid', {});
  return ok({ date: dateOf(dateParts(date)), standard: dateInWords(date) === written });
}

function readNumber(text: string): number | null {
  const parts = /^零?(?:([壹贰叁]?)(拾))?([壹贰叁肆伍陆柒捌玖]?)$/.exec(text);
  if (parts === null) return null;
  const tens =
    parts[2] === undefined ? 0 : parts[1] === '' ? 1 : digitWords.indexOf(parts[1] ?? '');
  const ones = parts[3] === '' ? 0 : digitWords.indexOf(parts[3] ?? '');
  const number = tens * 10 + ones;
  return number === 0 ? null : number;
}

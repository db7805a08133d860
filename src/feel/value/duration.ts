import type { FeelDate } from './date.ts';
import { formatFraction, NANOS_PER_SECOND, parseFraction } from './time.ts';

/** A length of time in days, hours, minutes and seconds, held as nanoseconds. */
export class DaysDuration {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A length of time in years and months, held as months. */
export class MonthsDuration {
  readonly months: bigint;

  constructor(months: bigint) {
    this.months = months;
  }
}

export const SECOND_NANOS = NANOS_PER_SECOND;
export const MINUTE_NANOS = 60n * SECOND_NANOS;
export const HOUR_NANOS = 60n * MINUTE_NANOS;
export const DAY_NANOS = 24n * HOUR_NANOS;

/** ISO 8601: P1DT2H3M4.5S; nothing at all is PT0S. */
export function formatDays(duration: DaysDuration): string {
  if (duration.nanos === 0n) return 'PT0S';
  const size = duration.nanos < 0n ? -duration.nanos : duration.nanos;
  const day = size / DAY_NANOS;
  const hour = (size % DAY_NANOS) / HOUR_NANOS;
  const minute = (size % HOUR_NANOS) / MINUTE_NANOS;
  const second = (size % MINUTE_NANOS) / SECOND_NANOS;
  const fraction = formatFraction(Number(size % SECOND_NANOS));
  const days = day === 0n ? '' : `${day}D`;
  const hours = hour === 0n ? '' : `${hour}H`;
  const minutes = minute === 0n ? '' : `${minute}M`;
  const seconds = second === 0n && fraction === '' ? '' : `${second}${fraction}S`;
  const clock = `${hours}${minutes}${seconds}`;
  return `${duration.nanos < 0n ? '-' : ''}P${days}${clock === '' ? '' : `T${clock}`}`;
}

/** ISO 8601: P1Y2M; nothing at all is P0M. */
export function formatMonths(duration: MonthsDuration): string {
  if (duration.months === 0n) return 'P0M';
  const size = duration.months < 0n ? -duration.months : duration.months;
  const years = size >= 12n ? `${size / 12n}Y` : '';
  const months = size % 12n === 0n ? '' : `${size % 12n}M`;
  return `${duration.months < 0n ? '-' : ''}P${years}${months}`;
}

const MONTHS = /^(-?)P(?:(\d{1,15})Y)?(?:(\d{1,15})M)?$/;
const DAYS =
  /^(-?)P(?:(\d{1,15})D)?(T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d*))?S)?)?$/;

/** Reads either kind of duration; null: neither, or one that mixes months with days. */
export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  const months = MONTHS.exec(text);
  if (months !== null) {
    if (months[2] === undefined && months[3] === undefined) return null;
    const size = BigInt(months[2] ?? '0') * 12n + BigInt(months[3] ?? '0');
    return new MonthsDuration(months[1] === '-' ? -size : size);
  }
  const days = DAYS.exec(text);
  if (days === null) return null;
  const [, sign, day, clock, hour, minute, second, fraction] = days;
  const clockEmpty = hour === undefined && minute === undefined && second === undefined;
  if (clock !== undefined && clockEmpty) return null;
  if (day === undefined && clock === undefined) return null;
  const nanos =
    BigInt(day ?? '0') * DAY_NANOS +
    BigInt(hour ?? '0') * HOUR_NANOS +
    BigInt(minute ?? '0') * MINUTE_NANOS +
    BigInt(second ?? '0') * SECOND_NANOS +
    BigInt(parseFraction(fraction ?? ''));
  return new DaysDuration(sign === '-' ? -nanos : nanos);
}

/** Whole months from one date to another, cut towards 0; the time of day does not count. */
export function monthsBetween(from: FeelDate, to: FeelDate): MonthsDuration {
  const months = monthIndex(to) - monthIndex(from);
  if (months > 0 && from.day > to.day) return new MonthsDuration(BigInt(months - 1));
  if (months < 0 && from.day < to.day) return new MonthsDuration(BigInt(months + 1));
  return new MonthsDuration(BigInt(months));
}

function monthIndex(date: FeelDate): number {
  return date.year * 12 + date.month;
}

/** Less than 0, 0 or more than 0, as with dates. */
export function compareMonths(a: MonthsDuration, b: MonthsDuration): number {
  return a.months < b.months ? -1 : a.months > b.months ? 1 : 0;
}

/** As compareMonths. */
export function compareDays(a: DaysDuration, b: DaysDuration): number {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

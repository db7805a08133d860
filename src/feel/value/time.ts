import { dateOf, dateOfEpochDay, epochDay, type FeelDate, formatDate, parseDate } from './date.ts';

/** Where a time is meant: a fixed offset from UTC in seconds, or a region of the zone database. */
export type Zone =
  | { readonly kind: 'offset'; readonly seconds: number }
  | { readonly kind: 'region'; readonly id: string };

/** A time of day with nanoseconds, with or without a zone. */
export class FeelTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nano: number;
  readonly zone: Zone | null;

  constructor(hour: number, minute: number, second: number, nano: number, zone: Zone | null) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.nano = nano;
    this.zone = zone;
  }
}

/** A date with a time of day, with or without a zone. */
export class FeelDateTime {
  readonly date: FeelDate;
  readonly time: FeelTime;

  constructor(date: FeelDate, time: FeelTime) {
    this.date = date;
    this.time = time;
  }
}

export const NANOS_PER_SECOND = 1_000_000_000n;
export const UTC: Zone = { kind: 'offset', seconds: 0 };
const OFFSET_MAX_SECONDS = 18 * 3600;
const DAY_SECONDS = 86_400;

/** The time, or null if a part is out of bounds. */
export function timeOf(
  hour: number,
  minute: number,
  second: number,
  nano: number,
  zone: Zone | null,
): FeelTime | null {
  const whole = [hour, minute, second, nano].every((part) => Number.isInteger(part) && part >= 0);
  if (!whole || hour > 23 || minute > 59 || second > 59 || nano > 999_999_999) return null;
  return new FeelTime(hour, minute, second, nano, zone);
}

/** An offset of at most 18 hours either way, or null. */
export function offsetZone(seconds: number): Zone | null {
  return Math.abs(seconds) <= OFFSET_MAX_SECONDS ? { kind: 'offset', seconds } : null;
}

const knownRegions = new Map<string, boolean>();

function regionExists(id: string): boolean {
  const known = knownRegions.get(id);
  if (known !== undefined) return known;
  let exists = true;
  try {
    new Temporal.ZonedDateTime(0n, id);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    exists = false;
  }
  if (knownRegions.size < 1000) knownRegions.set(id, exists);
  return exists;
}

/** Offset from UTC of a local date and time in a region; years beyond the zone rules use 2000's. */
function regionOffsetSeconds(id: string, date: FeelDate, time: FeelTime): number {
  const year = Math.abs(date.year) < 9999 ? date.year : 2000 + (((date.year % 400) + 400) % 400);
  const local = new Temporal.PlainDateTime(
    year,
    date.month,
    date.day,
    time.hour,
    time.minute,
    time.second,
  );
  return local.toZonedDateTime(id).offsetNanoseconds / 1e9;
}

/** Offset from UTC in seconds, or null without a zone. */
export function offsetSeconds(moment: FeelDateTime): number | null {
  const zone = moment.time.zone;
  if (zone === null) return null;
  if (zone.kind === 'offset') return zone.seconds;
  return regionOffsetSeconds(zone.id, moment.date, moment.time);
}

/** Seconds since midnight, 0 to 86,399. */
export function secondOfDay(time: FeelTime): number {
  return time.hour * 3600 + time.minute * 60 + time.second;
}

/** Seconds since 1970-01-01T00:00:00 as the clock on the wall shows them, without a zone. */
export function localSeconds(moment: FeelDateTime): number {
  return epochDay(moment.date) * DAY_SECONDS + secondOfDay(moment.time);
}

/** Seconds since the epoch in UTC; a moment without a zone is read as UTC. */
export function epochSeconds(moment: FeelDateTime): number {
  return localSeconds(moment) - (offsetSeconds(moment) ?? 0);
}

/** Nanoseconds since the epoch in UTC; a moment without a zone is read as UTC. */
export function epochNanos(moment: FeelDateTime): bigint {
  const seconds =
    BigInt(epochDay(moment.date)) * BigInt(DAY_SECONDS) +
    BigInt(secondOfDay(moment.time) - (offsetSeconds(moment) ?? 0));
  return seconds * NANOS_PER_SECOND + BigInt(moment.time.nano);
}

function splitNanos(total: bigint, unit: bigint): [bigint, bigint] {
  let quotient = total / unit;
  let rest = total % unit;
  if (rest < 0n) {
    rest += unit;
    quotient -= 1n;
  }
  return [quotient, rest];
}

function timeOfNanos(nanos: bigint, zone: Zone | null): FeelTime {
  const second = Number(nanos / NANOS_PER_SECOND);
  return new FeelTime(
    Math.floor(second / 3600),
    Math.floor(second / 60) % 60,
    second % 60,
    Number(nanos % NANOS_PER_SECOND),
    zone,
  );
}

const DAY_NANOS = BigInt(DAY_SECONDS) * NANOS_PER_SECOND;

/** `nanos` later on the wall's clock; the zone stays. null: beyond the years FEEL knows. */
export function addNanos(moment: FeelDateTime, nanos: bigint): FeelDateTime | null {
  const local =
    BigInt(epochDay(moment.date)) * DAY_NANOS +
    BigInt(secondOfDay(moment.time)) * NANOS_PER_SECOND +
    BigInt(moment.time.nano) +
    nanos;
  const [day, rest] = splitNanos(local, DAY_NANOS);
  if (day > 400_000_000_000n || day < -400_000_000_000n) return null;
  const date = dateOfEpochDay(Number(day));
  return date === null ? null : new FeelDateTime(date, timeOfNanos(rest, moment.time.zone));
}

/** `nanos` later, around midnight if need be; the zone stays. */
export function addNanosToTime(time: FeelTime, nanos: bigint): FeelTime {
  const total = BigInt(secondOfDay(time)) * NANOS_PER_SECOND + BigInt(time.nano) + nanos;
  return timeOfNanos(splitNanos(total, DAY_NANOS)[1], time.zone);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Z, +08:00, @Asia/Shanghai, or nothing without a zone. */
export function formatZone(zone: Zone | null): string {
  if (zone === null) return '';
  if (zone.kind === 'region') return `@${zone.id}`;
  if (zone.seconds === 0) return 'Z';
  const size = Math.abs(zone.seconds);
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  const sign = zone.seconds < 0 ? '-' : '+';
  return `${sign}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
}

/** A fraction of a second as '.5', or '' if there is none. */
export function formatFraction(nano: number): string {
  return nano === 0 ? '' : `.${String(nano).padStart(9, '0').replace(/0+$/, '')}`;
}

/** ISO 8601 with the zone as it was given: 10:30:00.5+08:00. */
export function formatTime(time: FeelTime): string {
  const clock = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  return `${clock}${formatFraction(time.nano)}${formatZone(time.zone)}`;
}

/** ISO 8601: the date, T, the time. */
export function formatDateTime(moment: FeelDateTime): string {
  return `${formatDate(moment.date)}T${formatTime(moment.time)}`;
}

const OFFSET = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/;

function parseZone(text: string): Zone | null {
  if (text === 'Z' || text === 'z') return UTC;
  if (text.startsWith('@')) {
    const id = text.slice(1);
    return regionExists(id) ? { kind: 'region', id } : null;
  }
  const parts = OFFSET.exec(text);
  if (parts === null) return null;
  const minutes = Number(parts[3]);
  const rest = Number(parts[4] ?? '0');
  if (minutes > 59 || rest > 59) return null;
  const seconds = Number(parts[2]) * 3600 + minutes * 60 + rest;
  return offsetZone(parts[1] === '-' ? 0 - seconds : seconds);
}

const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|z|[+-][\d:]+|@[A-Za-z][\w+\-/]*)?$/;

/** Nanoseconds of a text of digits after the point; digits after the ninth are cut. */
export function parseFraction(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}

/** Reads hh:mm:ss, a fraction, and Z, an offset or @Region. 24:00:00 is the next day's midnight. */
export function parseTime(text: string): FeelTime | null {
  const parts = TIME.exec(text);
  if (parts === null) return null;
  const zone = parts[5] === undefined ? null : parseZone(parts[5]);
  if (parts[5] !== undefined && zone === null) return null;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return timeOf(hour, minute, second, parseFraction(parts[4] ?? ''), zone);
}

/** Reads a date, T and a time; a date alone is its midnight. */
export function parseDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T');
  const date = parseDate(at === -1 ? text : text.slice(0, at));
  if (date === null) return null;
  if (at === -1) return new FeelDateTime(date, new FeelTime(0, 0, 0, 0, null));
  const clock = text.slice(at + 1);
  if (clock.startsWith('24:00:00')) {
    const time = parseTime(`00${clock.slice(2)}`);
    const next = dateOfEpochDay(epochDay(date) + 1);
    return time === null || time.nano !== 0 || next === null ? null : new FeelDateTime(next, time);
  }
  const time = parseTime(clock);
  return time === null ? null : new FeelDateTime(date, time);
}

/** Midnight of a date, UTC, which is how FEEL reads a date where a date and time is wanted. */
export function midnightUtc(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, new FeelTime(0, 0, 0, 0, UTC));
}

/** True if the date and time lie within what FEEL knows. */
export function isMoment(moment: FeelDateTime): boolean {
  return dateOf(moment.date.year, moment.date.month, moment.date.day) !== null;
}

import { dateOfDayNumber, dateParts, daysInMonth } from '../../base/dates.ts';

/**
 * Reading times from bytes. A time is ms since epoch, UTC, with fractions down to a microsecond.
 * A time without a zone is read as UTC, and the reader of the report is told so.
 */
export const timeFormats = ['iso', 'dmy', 'mdy', 'compact', 'epoch_seconds', 'epoch_ms'] as const;
export type TimeFormat = (typeof timeFormats)[number];

const zero = 48;
/** The end of the year 9999; no later time is read. */
const endOfTimeMs = 253_402_300_800_000;
const dayMs = 86_400_000;

/**
 * Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's days_from_civil): the
 * same as base's dayNumber, on plain numbers, because it runs once for every event.
 */
function daysFromDate(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Two digits as a number, or NaN. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - zero;
  const ones = bytes[at + 1]! - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Z or +hh:mm in minutes east of UTC; NaN for anything else. */
function usualZone(bytes: Uint8Array, at: number, end: number): number {
  if (end - at === 1) return bytes[at] === 90 ? 0 : Number.NaN;
  const sign = bytes[at] === 43 ? 1 : bytes[at] === 45 ? -1 : 0;
  if (end - at !== 6 || sign === 0 || bytes[at + 3] !== 58) return Number.NaN;
  const [hours, minutes] = [two(bytes, at + 1), two(bytes, at + 4)];
  return hours <= 14 && minutes <= 59 ? sign * (hours * 60 + minutes) : Number.NaN;
}

/** Reads times one after the other and remembers what kinds of zone it met. */
export class TimeReader {
  sawZone = false;
  sawLocal = false;
  /** Whether a day-first or month-first value could only be read one way. */
  sawDayFirst = false;
  sawMonthFirst = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  /** The date read last, as its eight digits, and its midnight. */
  #dateDigits = -1;
  #dateMs = Number.NaN;

  /** The time in bytes[start..end) under a format, or NaN when it cannot be read. */
  read(bytes: Uint8Array, start: number, end: number, format: TimeFormat): number {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    if (format === 'iso') {
      const usual = this.#usualIso();
      return Number.isNaN(usual) ? this.#calendar(true) : usual;
    }
    if (format === 'dmy' || format === 'mdy') return this.#calendar(false, format);
    if (format === 'compact') return this.#compact();
    return this.#epoch(format === 'epoch_ms' ? 1 : 1000);
  }

  /**
   * The way machines write an instant, 2011-10-01T00:38:44.546+02:00 (or with a blank, without
   * the fraction, with Z or without a zone), by the places of its digits. NaN: another way, which
   * must be read from left to right, or no instant at all.
   */
  #usualIso(): number {
    const at = this.#at;
    const bytes = this.#bytes;
    const length = this.#end - at;
    if (length < 19 || bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return Number.NaN;
    if (bytes[at + 13] !== 58 || bytes[at + 16] !== 58) return Number.NaN;
    if (bytes[at + 10] !== 84 && bytes[at + 10] !== 32) return Number.NaN;
    const year = two(bytes, at) * 100 + two(bytes, at + 2);
    const [hour, minute, second] = [two(bytes, at + 11), two(bytes, at + 14), two(bytes, at + 17)];
    const date = (year * 100 + two(bytes, at + 5)) * 100 + two(bytes, at + 8);
    if (!(date >= 10_000_000 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
    let milli = 0;
    let zoneAt = 19;
    if (length >= 23 && bytes[at + 19] === 46) {
      milli = two(bytes, at + 20) * 10 + (bytes[at + 22]! - zero);
      if (!(milli <= 999) || bytes[at + 22]! < zero || bytes[at + 22]! > 57) return Number.NaN;
      zoneAt = 23;
    }
    const offset = length === zoneAt ? 0 : usualZone(bytes, at + zoneAt, this.#end);
    if (Number.isNaN(offset)) return Number.NaN;
    if (date !== this.#dateDigits) {
      this.#dateMs = this.#date(year, Math.floor(date / 100) % 100, date % 100);
      this.#dateDigits = date;
    }
    if (Number.isNaN(this.#dateMs)) return Number.NaN;
    if (length === zoneAt) this.sawLocal = true;
    else this.sawZone = true;
    return this.#dateMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milli;
  }

  /** One run of digits as a number; -1 when there are none or more than `most`. */
  #digits(most: number): number {
    let value = 0;
    let count = 0;
    while (this.#at < this.#end) {
      const digit = this.#bytes[this.#at]! - zero;
      if (digit < 0 || digit > 9) break;
      if (++count > most) return -1;
      value = value * 10 + digit;
      this.#at++;
    }
    return count === 0 ? -1 : value;
  }

  /** Steps over one byte if it is there. */
  #step(byte: number): boolean {
    if (this.#at >= this.#end || this.#bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  /** Steps over - / . or, in dates written 2011年1月5日, the three bytes of 年 月 日. */
  #separator(): boolean {
    const byte = this.#bytes[this.#at];
    if (this.#at >= this.#end) return false;
    if (byte === 45 || byte === 47 || byte === 46) {
      this.#at++;
      return true;
    }
    if (byte !== 0xe5 && byte !== 0xe6) return false;
    const rest = (this.#bytes[this.#at + 1]! << 8) | this.#bytes[this.#at + 2]!;
    if (rest !== 0xb9b4 && rest !== 0x9c88 && rest !== 0x97a5) return false;
    this.#at += 3;
    return true;
  }

  #calendar(yearFirst: boolean, order: 'dmy' | 'mdy' = 'dmy'): number {
    const first = this.#digits(4);
    if (!this.#separator()) return Number.NaN;
    const second = this.#digits(2);
    if (!this.#separator()) return Number.NaN;
    const third = this.#digits(4);
    if (yearFirst) {
      if (this.#bytes[this.#at] === 0xe6) this.#separator();
      return first < 1000 ? Number.NaN : this.#withTime(this.#date(first, second, third));
    }
    if (third < 1000) return Number.NaN;
    if (first > 12) this.sawDayFirst = true;
    if (second > 12) this.sawMonthFirst = true;
    const monthFirst = second > 12 || (order === 'mdy' && first <= 12);
    return this.#withTime(
      monthFirst ? this.#date(third, first, second) : this.#date(third, second, first),
    );
  }

  #date(year: number, month: number, day: number): number {
    if (!(year >= 1 && month >= 1 && month <= 12)) return Number.NaN;
    if (!(day >= 1 && day <= daysInMonth(year, month))) return Number.NaN;
    return daysFromDate(year, month, day) * dayMs;
  }

  /** The rest of a value after its date: nothing, or a time of day and perhaps a zone. */
  #withTime(dateMs: number): number {
    if (this.#at === this.#end) {
      this.sawLocal = true;
      return dateMs;
    }
    if (!this.#step(84) && !this.#step(32)) return Number.NaN;
    let hour = this.#digits(2);
    if (hour < 0 || hour > 23 || !this.#step(58)) return Number.NaN;
    const minute = this.#digits(2);
    if (minute < 0 || minute > 59) return Number.NaN;
    let second = 0;
    let fraction = 0;
    if (this.#step(58)) {
      second = this.#digits(2);
      if (second < 0 || second > 59) return Number.NaN;
      if (this.#step(46) || this.#step(44)) fraction = this.#fractionMs();
    }
    const half = this.#halfOfDay();
    if (half >= 0) {
      if (hour < 1 || hour > 12) return Number.NaN;
      hour = (hour % 12) + half;
    }
    const offset = this.#zoneMinutes();
    return dateMs + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
  }

  /** Digits after the point: to microseconds, further ones are cut off; NaN when there are none. */
  #fractionMs(): number {
    let micro = 0;
    let count = 0;
    while (this.#at < this.#end) {
      const digit = this.#bytes[this.#at]! - zero;
      if (digit < 0 || digit > 9) break;
      if (count < 6) micro = micro * 10 + digit;
      if (++count > 12) return Number.NaN;
      this.#at++;
    }
    if (count === 0) return Number.NaN;
    for (; count < 6; count++) micro *= 10;
    return micro / 1000;
  }

  /** 0 for AM, 12 for PM, -1 when neither stands there. */
  #halfOfDay(): number {
    if (this.#end - this.#at !== 3 || this.#bytes[this.#at] !== 32) return -1;
    const letter = this.#bytes[this.#at + 1]! | 32;
    if ((this.#bytes[this.#at + 2]! | 32) !== 109 || (letter !== 97 && letter !== 112)) return -1;
    this.#at += 3;
    return letter === 112 ? 12 : 0;
  }

  /** Z, +hh, +hhmm or +hh:mm in minutes east of UTC; 0 without a zone; NaN for other text. */
  #zoneMinutes(): number {
    if (this.#at === this.#end) {
      this.sawLocal = true;
      return 0;
    }
    this.#step(32);
    this.sawZone = true;
    if (this.#step(90) || this.#step(122)) return this.#at === this.#end ? 0 : Number.NaN;
    const sign = this.#step(43) ? 1 : this.#step(45) ? -1 : 0;
    const digitsFrom = this.#at;
    let hours = this.#digits(4);
    let minutes = 0;
    if (this.#at - digitsFrom === 4) {
      minutes = hours % 100;
      hours = (hours - minutes) / 100;
    } else if (this.#at - digitsFrom !== 2) return Number.NaN;
    else if (this.#step(58)) minutes = this.#digits(2);
    const valid = sign !== 0 && hours <= 14 && minutes >= 0 && minutes <= 59;
    return valid && this.#at === this.#end ? sign * (hours * 60 + minutes) : Number.NaN;
  }

  /** yyyymmdd, yyyymmddhhmmss or yyyymmddhhmmssSSS, as mainframes export them. */
  #compact(): number {
    const length = this.#end - this.#at;
    if (length !== 8 && length !== 14 && length !== 17) return Number.NaN;
    const part = (count: number): number => {
      let value = 0;
      for (let k = 0; k < count; k++) {
        const digit = this.#bytes[this.#at++]! - zero;
        if (digit < 0 || digit > 9) return Number.NaN;
        value = value * 10 + digit;
      }
      return value;
    };
    this.sawLocal = true;
    const date = this.#date(part(4), part(2), part(2));
    if (length === 8) return date;
    const [hour, minute, second] = [part(2), part(2), part(2)];
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
    return date + ((hour * 60 + minute) * 60 + second) * 1000 + (length === 17 ? part(3) : 0);
  }

  /** A count since 1970-01-01 UTC, whole or with a fraction. */
  #epoch(unitMs: number): number {
    const whole = this.#digits(15);
    if (whole < 0) return Number.NaN;
    let fraction = 0;
    if (this.#step(46)) fraction = this.#fractionMs() / 1000;
    if (this.#at !== this.#end) return Number.NaN;
    this.sawZone = true;
    const atMs = Math.round((whole + fraction) * unitMs * 1000) / 1000;
    return atMs < endOfTimeMs ? atMs : Number.NaN;
  }
}

/** The format a first value is written in, or null when it is none we read. */
export function guessTimeFormat(bytes: Uint8Array, start: number, end: number): TimeFormat | null {
  let digits = 0;
  while (start + digits < end && bytes[start + digits]! >= 48 && bytes[start + digits]! <= 57) {
    digits++;
  }
  const length = end - start;
  if (digits === length || bytes[start + digits] === 46) {
    if (digits === 10 || digits === 13) {
      const rest = new TimeReader();
      const format = digits === 10 ? 'epoch_seconds' : 'epoch_ms';
      if (!Number.isNaN(rest.read(bytes, start, end, format))) return format;
    }
  }
  const formats: readonly TimeFormat[] = ['iso', 'dmy', 'compact'];
  for (const format of formats) {
    if (!Number.isNaN(new TimeReader().read(bytes, start, end, format))) return format;
  }
  return null;
}

/**
 * Turns a time that was read day first into the same digits read month first. Values whose second
 * number is over 12 were read month first already and stay.
 */
export function dayFirstToMonthFirst(atMs: number): number {
  const days = Math.floor(atMs / dayMs);
  if (Number.isNaN(days)) return atMs;
  const { year, month, day } = dateParts(dateOfDayNumber(days));
  return day > 12 ? atMs : atMs + (daysFromDate(year, day, month) - days) * dayMs;
}

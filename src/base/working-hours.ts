import { isWorkingDay, type WorkingCalendar } from './calendar.ts';
import { type CalendarDate, dateOfDayNumber, isCalendarDate } from './dates.ts';
import { ok, type Result, refuse } from './result.ts';

/** A stretch of a day, in minutes after midnight of the place: from, up to not including `to`. */
export type DayHours = { readonly fromMinute: number; readonly toMinute: number };

/**
 * When work is done at a place. days: which days are worked. hours: the stretches of a worked day,
 * by weekday 1 Monday to 7 Sunday, in order and apart. makeUpHours: those of a weekend day that is
 * worked (调休) on which the week has none. offsetMinutes: what the place's clock is ahead of UTC,
 * the same all year (mainland China: 480).
 */
export type WorkingHours = {
  readonly days: WorkingCalendar;
  readonly hours: readonly (readonly DayHours[])[];
  readonly makeUpHours: readonly DayHours[];
  readonly offsetMinutes: number;
};

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Days a clock may span: some 270 years. */
const daysMax = 100_000;

/** The same hours on Monday to Friday; none on Saturday and Sunday. */
export function officeWeek(hours: readonly DayHours[]): readonly (readonly DayHours[])[] {
  return [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? hours : []));
}

/**
 * '09:00-12:00,13:30-17:00' as stretches of a day; null when it cannot be read: a stretch that
 * ends before it begins, overlaps the one before, or goes past 24:00.
 */
export function dayHoursOf(text: string): readonly DayHours[] | null {
  const found: DayHours[] = [];
  for (const part of text.split(',')) {
    const times = /^\s*(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\s*$/.exec(part);
    if (times === null) return null;
    const [fromHour = 0, fromRest = 0, toHour = 0, toRest = 0] = times.slice(1).map(Number);
    const [fromMinute, toMinute] = [fromHour * 60 + fromRest, toHour * 60 + toRest];
    const before = found.at(-1)?.toMinute ?? 0;
    const apart = fromMinute >= before && toMinute > fromMinute && toMinute <= 1440;
    if (!apart || fromRest > 59 || toRest > 59) return null;
    found.push({ fromMinute, toMinute });
  }
  return found;
}

/**
 * Working time as a clock of its own: `at` tells the working ms that have passed at an instant
 * since the clock's first day, so that the working time between two instants is a difference.
 */
export class WorkClock {
  readonly #offsetMs: number;
  readonly #firstDay: number;
  readonly #spans: readonly (readonly DayHours[])[];
  /** Working ms before each day; one entry more than there are days. */
  readonly #before: Float64Array;

  constructor(offsetMs: number, firstDay: number, spans: readonly (readonly DayHours[])[]) {
    this.#offsetMs = offsetMs;
    this.#firstDay = firstDay;
    this.#spans = spans;
    this.#before = new Float64Array(spans.length + 1);
    for (const [k, each] of spans.entries()) {
      const minutes = each.reduce(
        (sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute,
        0,
      );
      this.#before[k + 1] = this.#before[k]! + minutes * minuteMs;
    }
  }

  /** Working ms since the first day, at an instant in ms since epoch (UTC). */
  at(instant: number): number {
    const local = instant + this.#offsetMs;
    const day = Math.floor(local / dayMs) - this.#firstDay;
    if (day < 0) return 0;
    if (day >= this.#spans.length) return this.#before[this.#spans.length]!;
    const inDay = local - (day + this.#firstDay) * dayMs;
    let sum = this.#before[day]!;
    for (const { fromMinute, toMinute } of this.#spans[day]!) {
      sum += Math.min(
        Math.max(inDay - fromMinute * minuteMs, 0),
        (toMinute - fromMinute) * minuteMs,
      );
    }
    return sum;
  }

  /** Working ms from one instant to another; 0 where the second is not later. */
  between(from: number, to: number): number {
    return to > from ? this.at(to) - this.at(from) : 0;
  }

  /**
   * The first instant at which so much working time has passed since `from`; null when the clock
   * ends before. This is when something due within n working hours is due.
   */
  after(from: number, workingMs: number): number | null {
    if (workingMs <= 0) return from;
    const wanted = this.at(from) + workingMs;
    const days = this.#spans.length;
    if (this.#before[days]! < wanted) return null;
    let [low, high] = [0, days];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#before[middle]! < wanted) low = middle;
      else high = middle;
    }
    let left = wanted - this.#before[low]!;
    for (const { fromMinute, toMinute } of this.#spans[low]!) {
      const length = (toMinute - fromMinute) * minuteMs;
      if (left <= length) {
        return (low + this.#firstDay) * dayMs + fromMinute * minuteMs + left - this.#offsetMs;
      }
      left -= length;
    }
    return null;
  }
}

/**
 * The clock of a place from the day of one instant to that of another, both ms since epoch.
 * Refused: calendar_not_known where a day lies outside what the calendar's notice covers.
 */
export function workClock(
  place: WorkingHours,
  fromMs: number,
  toMs: number,
): Result<WorkClock, 'calendar_not_known'> {
  const offsetMs = place.offsetMinutes * minuteMs;
  const first = Math.floor((fromMs + offsetMs) / dayMs);
  const last = Math.floor((toMs + offsetMs) / dayMs);
  const spans: (readonly DayHours[])[] = [];
  for (let day = first; day <= last; day++) {
    const date = dateOfDayNumber(day);
    if (spans.length === daysMax) {
      return refuse('calendar_not_known', { calendar: place.days.name, date });
    }
    const working = isWorkingDay(place.days, date);
    if (!working.ok) return working;
    const usual = place.hours[(((day + 3) % 7) + 7) % 7] ?? [];
    const madeUp = usual.length === 0 && place.days.makeUpDays.has(date);
    spans.push(working.value ? (madeUp ? place.makeUpHours : usual) : []);
  }
  return ok(new WorkClock(offsetMs, first, spans));
}

/**
 * Working hours as they are written in a file: { name, utcOffset: '+08:00', week: { mon:
 * '09:00-12:00,13:30-17:00', … }, makeUpHours, holidays: [days], makeUpDays: [days], knownFrom,
 * knownUntil }. Days of the week that are not named are off; without knownFrom and knownUntil the
 * file holds for all days. Refused: working_hours_not_read with the place that cannot be read.
 */
export function workingHoursOf(file: unknown): Result<WorkingHours, 'working_hours_not_read'> {
  const no = (place: string) => refuse('working_hours_not_read', { place });
  if (!isRecord(file)) return no('{}');
  const { name, utcOffset, week, makeUpHours, holidays, makeUpDays, knownFrom, knownUntil } = file;
  const unknown = Object.keys(file).find((key) => !fileKeys.includes(key));
  if (unknown !== undefined) return no(unknown);
  const offset = typeof utcOffset === 'string' ? /^([+-])(\d{2}):(\d{2})$/.exec(utcOffset) : null;
  if (offset === null) return no('utcOffset');
  if (!isRecord(week)) return no('week');
  const hours: (readonly DayHours[])[] = [];
  for (const key of Object.keys(week)) if (!dayKeys.includes(key)) return no(`week.${key}`);
  for (const key of dayKeys) {
    const text = week[key];
    const found = text === undefined ? [] : typeof text === 'string' ? dayHoursOf(text) : null;
    if (found === null) return no(`week.${key}`);
    hours.push(found);
  }
  const madeUp = typeof makeUpHours === 'string' ? dayHoursOf(makeUpHours) : (hours[0] ?? []);
  if (madeUp === null) return no('makeUpHours');
  const [off, on] = [daysOf(holidays), daysOf(makeUpDays)];
  if (off === null || on === null) return no(off === null ? 'holidays' : 'makeUpDays');
  const bounds = [knownFrom ?? '0001-01-01', knownUntil ?? '9999-12-31'];
  const [from = '', until = ''] = bounds.map((day) => (typeof day === 'string' ? day : ''));
  if (!isCalendarDate(from) || !isCalendarDate(until)) return no('knownFrom, knownUntil');
  const sign = offset[1] === '-' ? -1 : 1;
  return ok({
    days: {
      name: typeof name === 'string' ? name : 'calendar',
      knownFrom: from,
      knownUntil: until,
      weekend: hours.flatMap((each, k) => (each.length === 0 ? [k + 1] : [])),
      holidays: off,
      makeUpDays: on,
    },
    hours,
    makeUpHours: madeUp,
    offsetMinutes: sign * (Number(offset[2]) * 60 + Number(offset[3])),
  });
}

const dayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const fileKeys = [
  ...['name', 'utcOffset', 'week', 'makeUpHours', 'holidays', 'makeUpDays'],
  ...['knownFrom', 'knownUntil'],
];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function daysOf(value: unknown): ReadonlySet<CalendarDate> | null {
  if (value === undefined) return new Set();
  if (!Array.isArray(value)) return null;
  return value.every((day) => typeof day === 'string' && isCalendarDate(day))
    ? new Set(value as string[])
    : null;
}

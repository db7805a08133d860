import { addDays, type CalendarDate, dateParts, weekday } from './dates.ts';
import { ok, type Result, refuse } from './result.ts';

/**
 * Which days are worked, from a notice. Each system keeps its own: HVPS, a market, an outlet.
 * knownFrom, knownUntil: first and last day the notice covers; outside them nobody knows.
 * holidays: weekdays that are off. makeUpDays: weekend days that are worked (调休).
 * weekend: weekdays off by rule, 1 Monday to 7 Sunday.
 */
export type WorkingCalendar = {
  readonly name: string;
  readonly knownFrom: CalendarDate;
  readonly knownUntil: CalendarDate;
  readonly weekend: readonly number[];
  readonly holidays: ReadonlySet<CalendarDate>;
  readonly makeUpDays: ReadonlySet<CalendarDate>;
};

/** The day lies outside what the calendar's notice covers: an answer would be a guess. */
export type CalendarRefusal = 'calendar_not_known';

/** Whether a day is a working day. */
export function isWorkingDay(
  calendar: WorkingCalendar,
  date: CalendarDate,
): Result<boolean, CalendarRefusal> {
  if (date < calendar.knownFrom || date > calendar.knownUntil) {
    return refuse('calendar_not_known', { calendar: calendar.name, date });
  }
  if (calendar.makeUpDays.has(date)) return ok(true);
  return ok(!calendar.holidays.has(date) && !calendar.weekend.includes(weekday(date)));
}

/** The date itself if worked, else the next working day (顺延). */
export function workingDayOnOrAfter(
  calendar: WorkingCalendar,
  date: CalendarDate,
): Result<CalendarDate, CalendarRefusal> {
  return seek(calendar, date, 1);
}

/** The date itself if worked, else the working day before it. */
export function workingDayOnOrBefore(
  calendar: WorkingCalendar,
  date: CalendarDate,
): Result<CalendarDate, CalendarRefusal> {
  return seek(calendar, date, -1);
}

function seek(
  calendar: WorkingCalendar,
  date: CalendarDate,
  stepDays: 1 | -1,
): Result<CalendarDate, CalendarRefusal> {
  let day = date;
  for (;;) {
    const working = isWorkingDay(calendar, day);
    if (!working.ok) return working;
    if (working.value) return ok(day);
    day = addDays(day, stepDays);
  }
}

/** The n-th working day after a date (n of 1 or more); the date itself does not count. */
export function addWorkingDays(
  calendar: WorkingCalendar,
  date: CalendarDate,
  workingDays: number,
): Result<CalendarDate, CalendarRefusal> {
  let day = date;
  for (let counted = 0; counted < workingDays; counted += 1) {
    const next = workingDayOnOrAfter(calendar, addDays(day, 1));
    if (!next.ok) return next;
    day = next.value;
  }
  return ok(day);
}

/** How many working days a year has, if the calendar knows all of it. */
export function workingDaysOfYear(
  calendar: WorkingCalendar,
  year: number,
): Result<number, CalendarRefusal> {
  let count = 0;
  let day = `${String(year).padStart(4, '0')}-01-01`;
  while (dateParts(day).year === year) {
    const working = isWorkingDay(calendar, day);
    if (!working.ok) return working;
    if (working.value) count += 1;
    day = addDays(day, 1);
  }
  return ok(count);
}

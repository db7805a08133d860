import { present } from '../../../base/assert.ts';
import { addDays, type CalendarDate } from '../../../base/dates.ts';
import { dayHoursOf, officeWeek, type WorkClock, workClock } from '../../../base/working-hours.ts';
import { demoCalendar } from '../calendar.ts';

const hours = present(dayHoursOf('09:00-12:00,13:30-17:00'), 'office hours');

/** When the demo bank's people are at work. */
export const demoHours = {
  ...{ days: demoCalendar, hours: officeWeek(hours), makeUpHours: hours, offsetMinutes: 480 },
} as const;

/** Ms since epoch of a time 'hh:mm' of a day in China. */
export const atTime = (date: CalendarDate, time: string) => Date.parse(`${date}T${time}:00+08:00`);

/** Tells when something is done; nothing is later than `until`. */
export type Pace = {
  readonly clock: WorkClock;
  readonly lastDay: CalendarDate;
  readonly until: number;
};

/** The office hours of the demo bank's days; `now` ends them. */
export function demoPace(dates: readonly CalendarDate[], now: number): Pace {
  const [first, lastDay] = [present(dates[0], 'a first day'), present(dates.at(-1), 'a last day')];
  const clock = workClock(demoHours, atTime(first, '00:00'), atTime(addDays(lastDay, 1), '00:00'));
  return {
    clock: present(clock.ok ? clock.value : null, 'days the calendar knows'),
    ...{ lastDay, until: Math.min(now, atTime(lastDay, '16:45')) },
  };
}

/** So many office minutes after an instant. */
export function later({ clock, until }: Pace, from: number, minutes: number): number {
  return Math.min(clock.after(from, minutes * 60_000) ?? until, until);
}

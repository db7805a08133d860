import { present } from '../../base/assert.ts';
import type { WorkingCalendar } from '../../base/calendar.ts';
import { workingDayOnOrAfter, workingDayOnOrBefore } from '../../base/calendar.ts';
import { addDays, addMonths, type CalendarDate } from '../../base/dates.ts';
import type { Result } from '../../base/result.ts';

/** Legal working days of 2026. Source: handbook chapter 21, after the State Council's notice. */
export const demoCalendar: WorkingCalendar = {
  name: 'CN-2026',
  knownFrom: '2026-01-01',
  knownUntil: '2026-12-31',
  weekend: [6, 7],
  holidays: new Set([
    ...['2026-01-01', '2026-01-02', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19'],
    ...['2026-02-20', '2026-02-23', '2026-04-06', '2026-05-01', '2026-05-04', '2026-05-05'],
    ...['2026-06-19', '2026-09-25', '2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06'],
    '2026-10-07',
  ]),
  makeUpDays: new Set([
    ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  ]),
};

/** The first day on which a month of history lies in what the calendar knows. */
const earliest: CalendarDate = '2026-02-10';

/**
 * The accounting dates of the demo bank that opens on a calendar day: the last working day up to it
 * (within what the calendar knows) and the working days of the month before it, in order.
 */
export function demoDates(today: CalendarDate): readonly CalendarDate[] {
  const { knownUntil } = demoCalendar;
  const bounded = today > knownUntil ? knownUntil : today < earliest ? earliest : today;
  const last = known(workingDayOnOrBefore(demoCalendar, bounded));
  const dates: CalendarDate[] = [known(workingDayOnOrAfter(demoCalendar, addMonths(last, -1)))];
  while (present(dates.at(-1), 'a first date') < last) {
    dates.push(known(workingDayOnOrAfter(demoCalendar, addDays(present(dates.at(-1), 'date'), 1))));
  }
  return dates;
}

function known(result: Result<CalendarDate>): CalendarDate {
  return present(result.ok ? result.value : null, 'a day the calendar knows');
}

import { addDays, type CalendarDate, dateInChina } from '../../src/base/dates.ts';

/** The bank's present day: what is dated in these tests holds on whatever day they run. */
export function today(): CalendarDate {
  return dateInChina(Date.now());
}

export function daysAgo(days: number): CalendarDate {
  return addDays(today(), -days);
}

/** A day as a person types it into a date field. */
export function digits(day: CalendarDate): string {
  return day.replaceAll('-', '');
}

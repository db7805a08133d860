import { workingDayOnOrAfter } from '../../base/calendar.ts';
import { addDays } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries } from '../../store/database.ts';
import { readCalendar } from '../../store/ledger/calendars.ts';
import { parameterOn } from '../../store/products/parameters.ts';

/**
 * The accounting date after a date: the next calendar day, or the next working day of a calendar
 * where the bank has the parameter `day.calendar` (its code). Refused: a day the calendar's notice
 * does not cover.
 */
export async function nextAccountingDate(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<Result<string>> {
  const next = addDays(date, 1);
  const code = await parameterOn(queries, { cellId, name: 'day.calendar', date });
  if (typeof code !== 'string') return ok(next);
  const calendar = await readCalendar(queries, cellId, code);
  if (calendar === null) return refuse('calendar_not_known', { calendar: code, date: next });
  return workingDayOnOrAfter(calendar, next);
}

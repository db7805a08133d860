import { dayHoursOf, officeWeek, type WorkingHours } from '../../base/working-hours.ts';
import type { Queries } from '../../store/database.ts';
import { readCalendar } from '../../store/ledger/calendars.ts';

/** The legal working days, by the code of the notice the bank has entered. */
const calendarCode = 'CN-2026';
/** When counters and offices are open on a working day; UTC+8. */
export const officeHours = '09:00-17:00';

/** The bank's working hours; null: it has no calendar. */
export async function bankHours(queries: Queries, cellId: number): Promise<WorkingHours | null> {
  const days = await readCalendar(queries, cellId, calendarCode);
  const hours = dayHoursOf(officeHours) ?? [];
  if (days === null) return null;
  return { days, hours: officeWeek(hours), makeUpHours: hours, offsetMinutes: 480 };
}

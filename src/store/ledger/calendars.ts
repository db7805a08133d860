import type { WorkingCalendar } from '../../base/calendar.ts';
import type { Queries, Transaction } from '../database.ts';

/** Keeps a calendar as its notice says: days off and make-up days, and how far it is known. */
export async function addCalendar(
  transaction: Transaction,
  cellId: number,
  calendar: WorkingCalendar,
  names: { readonly name: string; readonly nameEn: string },
): Promise<void> {
  await transaction.query(
    `with added as (
       insert into working_calendar
         (cell_id, calendar_code, name, name_en, known_from, known_until, weekend)
       values ($1, $2, $3, $4, $5, $6, $7::smallint[])
     )
     insert into calendar_day (cell_id, calendar_code, day, kind)
     select $1::smallint, $2, r.* from unnest($8::date[], $9::text[]) as r`,
    [
      cellId,
      calendar.name,
      names.name,
      names.nameEn,
      calendar.knownFrom,
      calendar.knownUntil,
      calendar.weekend,
      [...calendar.holidays, ...calendar.makeUpDays],
      [
        ...[...calendar.holidays].map(() => 'holiday'),
        ...[...calendar.makeUpDays].map(() => 'make_up_day'),
      ],
    ],
  );
}

/** A calendar by its code; null when there is none. */
export async function readCalendar(
  queries: Queries,
  cellId: number,
  calendarCode: string,
): Promise<WorkingCalendar | null> {
  const [row] = await queries.query<{
    knownFrom: string;
    knownUntil: string;
    weekend: string;
    holidays: string[];
    makeUpDays: string[];
  }>(
    `select c.known_from as "knownFrom", c.known_until as "knownUntil",
       array_to_string(c.weekend, ' ') as weekend,
       array(select d.day::text from calendar_day d where d.cell_id = c.cell_id
         and d.calendar_code = c.calendar_code and d.kind = 'holiday' order by 1) as holidays,
       array(select d.day::text from calendar_day d where d.cell_id = c.cell_id
         and d.calendar_code = c.calendar_code and d.kind = 'make_up_day' order by 1)
         as "makeUpDays"
     from working_calendar c where c.cell_id = $1 and c.calendar_code = $2`,
    [cellId, calendarCode],
  );
  if (row === undefined) return null;
  return {
    name: calendarCode,
    knownFrom: row.knownFrom,
    knownUntil: row.knownUntil,
    weekend: row.weekend.split(' ').filter(Boolean).map(Number),
    holidays: new Set(row.holidays),
    makeUpDays: new Set(row.makeUpDays),
  };
}

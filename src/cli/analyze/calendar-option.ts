import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ParseArgsOptionDescriptor } from 'node:util';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  dayHoursOf,
  officeWeek,
  type WorkingHours,
  workingHoursOf,
} from '../../base/working-hours.ts';
import { demoCalendar } from '../../runtime/demo/calendar.ts';
import type { Call } from '../command.ts';

/** The options that say when work is done, for the commands that measure time. */
export const calendarOptions: Readonly<Record<string, ParseArgsOptionDescriptor>> = {
  calendar: { type: 'string' },
  hours: { type: 'string', default: '09:00-17:00' },
};

/** What --help says of them. */
export const calendarUsage = `Working hours, so that nights, weekends and holidays do not count:
  --calendar cn      legal working days of mainland China (2026, with make-up days), UTC+8
  --calendar FILE    a JSON file: utcOffset, week (mon: '09:00-12:00,13:30-17:00' …), makeUpHours,
                     holidays, makeUpDays, knownFrom, knownUntil (docs/guide/time-people-rules.md)
  --hours HOURS      with --calendar cn: the hours of a working day (09:00-17:00)
A day outside what a calendar covers is refused, not guessed.`;

const fileBytesMax = 1 << 20;

/**
 * The working hours a command was told; null: none. Refused: file_not_readable,
 * working_hours_not_read.
 */
export async function calendarOf({
  options,
  folder,
}: Pick<Call, 'options' | 'folder'>): Promise<
  Result<WorkingHours | null, 'file_not_readable' | 'working_hours_not_read'>
> {
  const { calendar } = options;
  if (typeof calendar !== 'string') return ok(null);
  if (calendar === 'cn') {
    const hours = dayHoursOf(String(options.hours));
    if (hours === null) return refuse('working_hours_not_read', { place: '--hours' });
    return ok({
      days: demoCalendar,
      hours: officeWeek(hours),
      makeUpHours: hours,
      offsetMinutes: 480,
    });
  }
  const file = resolve(folder, calendar);
  const read = await jsonFile(file, fileBytesMax);
  if (read === 'unreadable') return refuse('file_not_readable', { file });
  return read === 'not_json'
    ? refuse('working_hours_not_read', { place: 'JSON' })
    : workingHoursOf(read.value);
}

/** What a small JSON file holds, or why it cannot be told. */
export async function jsonFile(
  file: string,
  bytesMax: number,
): Promise<{ readonly value: unknown } | 'unreadable' | 'not_json'> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return 'unreadable';
  if (bytes.length > bytesMax) return 'not_json';
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch {
    return 'not_json';
  }
}

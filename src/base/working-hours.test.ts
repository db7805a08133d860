import { describe, expect, test } from 'vitest';
import type { WorkingCalendar } from './calendar.ts';
import { dayHoursOf, officeWeek, workClock, workingHoursOf } from './working-hours.ts';

/** New Year's Day off, Sunday the 4th worked instead: as in the notice for 2026. */
const days: WorkingCalendar = {
  name: 'CN',
  knownFrom: '2026-01-01',
  knownUntil: '2026-12-31',
  weekend: [6, 7],
  holidays: new Set(['2026-01-01', '2026-01-02']),
  makeUpDays: new Set(['2026-01-04']),
};
const noonBreak = dayHoursOf('09:00-12:00,13:30-17:00') ?? [];
const office = { days, hours: officeWeek(noonBreak), makeUpHours: noonBreak, offsetMinutes: 480 };
const at = (text: string) => Date.parse(`${text}+08:00`);
const clock = () => {
  const made = workClock(office, at('2026-01-01T00:00'), at('2026-12-31T23:59'));
  if (!made.ok) throw new Error(made.code);
  return made.value;
};
const hour = 3_600_000;

describe('working time between two instants', () => {
  test.each([
    ['2026-01-05T10:00', '2026-01-05T11:30', 1.5],
    ['2026-01-05T11:00', '2026-01-05T14:00', 1.5], // the noon break does not count
    ['2026-01-05T16:00', '2026-01-06T10:00', 2], // nor the night
    ['2026-01-09T16:30', '2026-01-12T09:30', 1], // nor the weekend
    ['2026-01-01T00:00', '2026-01-04T00:00', 0], // New Year and a Saturday
    ['2026-01-03T12:00', '2026-01-05T09:00', 6.5], // a Sunday that is worked
    ['2026-01-05T11:00', '2026-01-05T10:00', 0],
  ])('%s to %s is %s h, and due after as much', (from, to, hours) => {
    expect(clock().between(at(from), at(to)) / hour).toBe(hours);
  });

  test.each([
    ['2026-01-05T16:00', 2, '2026-01-06T10:00'],
    ['2026-01-09T16:30', 1, '2026-01-12T09:30'],
    ['2026-01-05T11:00', 1, '2026-01-05T12:00'],
    ['2026-01-03T12:00', 6.5, '2026-01-04T17:00'],
    ['2026-01-05T02:00', 0, '2026-01-05T02:00'],
  ])('from %s, %s working hours later is %s', (from, hours, wanted) => {
    expect(clock().after(at(from), hours * hour)).toBe(at(wanted));
  });

  test('the clock goes on evenly: what is due after t has t behind it', () => {
    const one = clock();
    for (let k = 0; k < 2_000; k++) {
      const from = at('2026-01-01T00:00') + k * 7_919_000;
      const due = one.after(from, k * 60_000);
      expect(due).not.toBeNull();
      expect(one.between(from, due!)).toBe(k * 60_000);
    }
  });

  test('a day the notice does not cover is refused, and past the end nothing is due', () => {
    const refused = workClock(office, at('2025-12-31T10:00'), at('2026-01-05T10:00'));
    expect(refused).toMatchObject({ ok: false, code: 'calendar_not_known' });
    expect(clock().after(at('2026-12-31T16:00'), 3 * hour)).toBeNull();
  });
});

test.each([
  ['09:00-12:00', 1],
  ['09:00-12:00, 13:00-24:00', 2],
  ['12:00-09:00', null],
  ['09:00-12:00,11:00-13:00', null],
  ['09:00-25:00', null],
  ['09:60-10:00', null],
  ['nine', null],
])('hours of a day: %s', (text, stretches) => {
  expect(dayHoursOf(text)?.length ?? null).toBe(stretches);
});

test.each<[unknown, string | null]>([
  [{ utcOffset: '+01:00', week: { mon: '09:00-17:00' }, holidays: ['2012-01-01'] }, null],
  [[], '{}'],
  [{ utcOffset: 'CET', week: {} }, 'utcOffset'],
  [{ utcOffset: '+01:00', week: { Monday: '' } }, 'week.Monday'],
  [{ utcOffset: '+01:00', week: { mon: '9-5' } }, 'week.mon'],
  [{ utcOffset: '+01:00', week: {}, holidays: ['2012-02-30'] }, 'holidays'],
  [{ utcOffset: '+01:00', week: {}, hollidays: [] }, 'hollidays'],
  [{ utcOffset: '+01:00', week: {}, knownFrom: 2012 }, 'knownFrom, knownUntil'],
])('a file of working hours: %j', (file, place) => {
  const read = workingHoursOf(file);
  expect(read.ok ? null : read.facts.place).toBe(place);
});

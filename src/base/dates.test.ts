import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  isWorkingDay,
  type WorkingCalendar,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  workingDaysOfYear,
} from './calendar.ts';
import {
  addDays,
  addMonths,
  dateInChina,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  endOfMonth,
  isCalendarDate,
  weekday,
} from './dates.ts';

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-13-01', false],
  ['2026-00-01', false],
  ['2026-04-31', false],
  ['0000-01-01', false],
  ['2026-4-1', false],
])('%s is a day: %s', (text, valid) => {
  expect(isCalendarDate(text)).toBe(valid);
});

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2000-03-01', 11_017],
  ['2026-11-21', 20_778],
  ['0001-01-01', -719_162],
  ['9999-12-31', 2_932_896],
])('%s is day %s', (date, number) => {
  expect(dayNumber(date)).toBe(number);
  expect(dateOfDayNumber(number)).toBe(date);
});

test('every day of 800 years comes back', () => {
  for (let number = -146_097; number < 146_097; number += 13) {
    expect(dayNumber(dateOfDayNumber(number))).toBe(number);
  }
});

test.each([
  ['2025-08-31', 6, '2026-02-28'],
  ['2025-11-30', 3, '2026-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-01-31', 2, '2026-03-31'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-01-15', -1, '2025-12-15'],
])('%s and %s months is %s', (date, months, result) => {
  expect(addMonths(date, months)).toBe(result);
});

test.each([
  ['2026-08-08', 6],
  ['2026-11-21', 6],
  ['1970-01-01', 4],
  ['1969-12-28', 7],
])('%s is weekday %s', (date, day) => {
  expect(weekday(date)).toBe(day);
});

test('days between, end of month, the day in China', () => {
  expect(daysBetween('2025-03-15', '2025-12-01')).toBe(261);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(endOfMonth('2028-02-03')).toBe('2028-02-29');
  expect(dateInChina(Date.UTC(2026, 10, 21, 15, 59, 59))).toBe('2026-11-21');
  expect(dateInChina(Date.UTC(2026, 10, 21, 16, 0, 0))).toBe('2026-11-22');
});

describe('working days of 2026 (handbook 21)', () => {
  const range = (from: string, to: string): string[] =>
    Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
  const calendar: WorkingCalendar = {
    name: 'legal',
    knownFrom: '2026-01-01',
    knownUntil: '2026-12-31',
    weekend: [6, 7],
    holidays: new Set([
      ...['2026-01-01', '2026-01-02', '2026-02-23', '2026-04-06', '2026-05-01', '2026-05-04'],
      ...['2026-05-05', '2026-06-19', '2026-09-25', '2026-10-01', '2026-10-02'],
      ...range('2026-02-16', '2026-02-20'),
      ...range('2026-10-05', '2026-10-07'),
    ]),
    makeUpDays: new Set([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]),
  };

  test('there are 248', () => {
    expect(workingDaysOfYear(calendar, 2026)).toEqual({ ok: true, value: 248 });
  });
  test.each([
    ['2026-08-08', '2026-08-10'],
    ['2026-02-17', '2026-02-24'],
    ['2026-02-14', '2026-02-14'],
    ['2026-10-01', '2026-10-08'],
  ])('%s rolls forward to %s', (date, rolled) => {
    expect(workingDayOnOrAfter(calendar, date)).toEqual({ ok: true, value: rolled });
  });
  test('backwards, and counting', () => {
    expect(workingDayOnOrBefore(calendar, '2026-02-23')).toEqual({ ok: true, value: '2026-02-14' });
    expect(addWorkingDays(calendar, '2026-09-30', 1)).toEqual({ ok: true, value: '2026-10-08' });
    expect(addWorkingDays(calendar, '2026-02-13', 2)).toEqual({ ok: true, value: '2026-02-24' });
  });
  test.each(['2025-12-31', '2027-01-01'])('%s is not known: a refusal, no guess', (date) => {
    expect(isWorkingDay(calendar, date)).toMatchObject({ ok: false, code: 'calendar_not_known' });
    expect(workingDaysOfYear(calendar, Number(date.slice(0, 4)))).toMatchObject({ ok: false });
  });
  test('a roll that leaves the known days is a refusal', () => {
    const short = { ...calendar, knownUntil: '2026-10-03' };
    expect(workingDayOnOrAfter(short, '2026-10-01')).toMatchObject({ code: 'calendar_not_known' });
  });
});

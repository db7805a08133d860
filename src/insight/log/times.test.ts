import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../utf8.ts';
import { dayFirstToMonthFirst, guessTimeFormat, type TimeFormat, TimeReader } from './times.ts';

function read(text: string, format: TimeFormat): number {
  const bytes = encodeUtf8(text);
  return new TimeReader().read(bytes, 0, bytes.length, format);
}

describe('times', () => {
  test.each<[string, TimeFormat, string | null]>([
    ['2011-10-01T00:38:44.546+02:00', 'iso', '2011-09-30T22:38:44.546Z'],
    ['2011-12-30T12:16:37.14', 'iso', '2011-12-30T12:16:37.140Z'],
    ['2023-01-02 09:15:00.000000+00:00', 'iso', '2023-01-02T09:15:00.000Z'],
    ['2023-01-02T09:15:00Z', 'iso', '2023-01-02T09:15:00.000Z'],
    ['2023-01-02 09:15', 'iso', '2023-01-02T09:15:00.000Z'],
    ['2023/1/2 9:15', 'iso', '2023-01-02T09:15:00.000Z'],
    ['2023-01-02', 'iso', '2023-01-02T00:00:00.000Z'],
    ['2023年1月2日 9:15:07', 'iso', '2023-01-02T09:15:07.000Z'],
    ['2024-02-29T00:00:00-0530', 'iso', '2024-02-29T05:30:00.000Z'],
    ['2024-02-29T00:00:00+08', 'iso', '2024-02-28T16:00:00.000Z'],
    ['2024-02-29T00:00:00,25Z', 'iso', '2024-02-29T00:00:00.250Z'],
    ['31/12/2011 23:59:59', 'dmy', '2011-12-31T23:59:59.000Z'],
    ['31.12.2011 23:59', 'dmy', '2011-12-31T23:59:00.000Z'],
    ['12/31/2011 11:59 PM', 'mdy', '2011-12-31T23:59:00.000Z'],
    ['12/31/2011 12:05 am', 'mdy', '2011-12-31T00:05:00.000Z'],
    ['3/4/2011', 'dmy', '2011-04-03T00:00:00.000Z'],
    ['3/4/2011', 'mdy', '2011-03-04T00:00:00.000Z'],
    ['20111231', 'compact', '2011-12-31T00:00:00.000Z'],
    ['20111231235958', 'compact', '2011-12-31T23:59:58.000Z'],
    ['20111231235958123', 'compact', '2011-12-31T23:59:58.123Z'],
    ['1325375998', 'epoch_seconds', '2011-12-31T23:59:58.000Z'],
    ['1325375998.5', 'epoch_seconds', '2011-12-31T23:59:58.500Z'],
    ['1325375998123', 'epoch_ms', '2011-12-31T23:59:58.123Z'],
    ['2023-02-29', 'iso', null],
    ['2023-13-01', 'iso', null],
    ['2023-01-02T24:00:00', 'iso', null],
    ['2023-01-02T09:60:00', 'iso', null],
    ['2023-01-02T09:15:00+15:00', 'iso', null],
    ['2023-01-02T09:15:00+0', 'iso', null],
    ['2023-01-02T09:15:00.', 'iso', null],
    ['2023-01-02T09:15:00Zulu', 'iso', null],
    ['2023-01-02T', 'iso', null],
    ['23-01-02', 'iso', null],
    ['', 'iso', null],
    ['yesterday', 'iso', null],
    ['31/12/11', 'dmy', null],
    ['20111331', 'compact', null],
    ['2011-3-1', 'compact', null],
    ['x0111231', 'compact', null],
    ['20111231x35958', 'compact', null],
    ['999999999999999', 'epoch_seconds', null],
  ])('%s as %s is %s', (text, format, expected) => {
    const at = read(text, format);
    expect(Number.isNaN(at) ? null : new Date(at).toISOString()).toBe(expected);
  });

  test('microseconds are kept, so that order is kept', () => {
    expect(read('2023-01-02T00:00:00.000001Z', 'iso')).toBeGreaterThan(
      read('2023-01-02T00:00:00.000000Z', 'iso'),
    );
  });

  test.each([
    ['2011-10-01T00:38:44.546+02:00', 'iso'],
    ['2011年10月1日', 'iso'],
    ['01/10/2011 00:38', 'dmy'],
    ['1317422324', 'epoch_seconds'],
    ['1317422324546', 'epoch_ms'],
    ['20111001', 'compact'],
    ['20111001003844', 'compact'],
    ['', null],
    ['Q3 2011', null],
  ])('%s looks like %s', (text, format) => {
    const bytes = encodeUtf8(text);
    expect(guessTimeFormat(bytes, 0, bytes.length)).toBe(format);
  });

  test('any instant of the platform reads back, in any zone', { timeout: 60_000 }, () => {
    const days = { min: new Date('1000-01-02'), max: new Date('9999-12-30'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(days), fc.integer({ min: -839, max: 839 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (value: number) => String(value).padStart(2, '0');
        const minutes = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
        expect(read(local + zone, 'iso')).toBe(date.getTime());
      }),
      { numRuns: 2_000 },
    );
  });

  test('day and month change places; a day over 12 was a day', () => {
    expect(dayFirstToMonthFirst(Date.UTC(2011, 3, 3, 5))).toBe(Date.UTC(2011, 2, 4, 5));
    expect(dayFirstToMonthFirst(Date.UTC(2011, 3, 9, 5))).toBe(Date.UTC(2011, 8, 4, 5));
    expect(dayFirstToMonthFirst(Date.UTC(2011, 3, 13))).toBe(Date.UTC(2011, 3, 13));
  });
});

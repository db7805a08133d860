import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../utf8.ts';
import { recordBytesMax } from './csv-scanner.ts';
import { LogReader, type ReadOptions } from './log-reader.ts';
import { outcome, readBack } from './testing.ts';

const head = 'case_id,activity,timestamp\n';
const t = '1970-01-01T00:00:01Z';

describe('CSV that is read', () => {
  test.each<[string, string, ReadOptions, string[]]>([
    ['plain', `${head}1,A,${t}\n`, {}, ['1|A|complete||1000']],
    ['without a last line end', `${head}1,A,${t}`, {}, ['1|A|complete||1000']],
    ['CR LF and empty lines', `\r\n${head}\r\n1,A,${t}\r\n\r\n`, {}, ['1|A|complete||1000']],
    ['CR alone', `case_id,activity,timestamp\r1,A,${t}\r`, {}, ['1|A|complete||1000']],
    ['a byte order mark', `\uFEFF${head}1,A,${t}`, {}, ['1|A|complete||1000']],
    ['semicolons', `case_id;activity;timestamp\n1;A,B;${t}`, {}, ['1|A,B|complete||1000']],
    ['tabs', `case_id\tactivity\ttimestamp\n1\tA\t${t}`, {}, ['1|A|complete||1000']],
    [
      'quotes with delimiter, quote and line end',
      `${head}1,"A ""x"",\n b",${t}\n`,
      {},
      ['1|A "x",\n b|complete||1000'],
    ],
    ['a quote inside a plain field', `${head}1,5" pipe,${t}`, {}, ['1|5" pipe|complete||1000']],
    ['empty resource', `${head.trim()},resource\n1,A,${t},`, {}, ['1|A|complete||1000']],
    ['lifecycle in capitals', `${head.trim()},lifecycle\n1,A,${t},START`, {}, ['1|A|start||1000']],
    [
      'start and end',
      `case_id,activity,start_time,end_time,resource\n1,A,${t},1970-01-01T00:00:05Z,bob`,
      {},
      ['1|A|complete|bob|1000-5000'],
    ],
    [
      'a row not ended',
      `case_id,activity,start_time,end_time\n1,A,${t},`,
      {},
      ['1|A|complete||1000-NaN'],
    ],
    ['only a start column', `case_id,activity,start_time\n1,A,${t}`, {}, ['1|A|complete||1000']],
    [
      'Chinese headers',
      `业务编号,环节名称,操作时间\n１号,受理,${t}`,
      {},
      ['１号|受理|complete||1000'],
    ],
    [
      'PM4Py headers',
      `case:concept:name,concept:name,time:timestamp\n1,A,${t}`,
      {},
      ['1|A|complete||1000'],
    ],
    [
      'columns by option',
      `who,what,when,activity\n1,A,${t},ignored`,
      { columns: { case: 'who', activity: 'what', time: 'when' } },
      ['1|A|complete||1000'],
    ],
    [
      'a day over 12 decides for day first',
      `${head}1,A,02/01/1970\n1,B,13/01/1970`,
      {},
      ['1|A|complete||86400000', '1|B|complete||1036800000'],
    ],
    [
      'a month over 12 decides for month first, also for earlier rows',
      `${head}1,A,01/02/1970\n1,B,01/13/1970`,
      {},
      ['1|A|complete||86400000', '1|B|complete||1036800000'],
    ],
    [
      'month first by option',
      `${head}1,A,01/02/1970`,
      { timeFormat: 'mdy' },
      ['1|A|complete||86400000'],
    ],
    [
      'cases interleaved and out of order',
      `${head}1,B,1970-01-01T00:00:02Z\n2,A,${t}\n1,A,${t}`,
      {},
      ['1|A|complete||1000', '1|B|complete||2000', '2|A|complete||1000'],
    ],
  ])('%s', (_, file, options, expected) => {
    expect(outcome(readBack(file, options))).toEqual(expected);
    expect(outcome(readBack(file, options, 1))).toEqual(expected);
  });

  test('what was guessed is told', () => {
    const read = readBack(`case_id;activity;timestamp\n1;A;2011-01-02 03:04`);
    expect(read).toMatchObject({
      source: {
        format: 'csv',
        delimiter: ';',
        timeFormat: 'iso',
        timeFormatGuessed: true,
        zone: 'none',
        columns: [
          { role: 'case', name: 'case_id', guessed: true },
          { role: 'activity', name: 'activity', guessed: true },
          { role: 'time', name: 'timestamp', guessed: true },
        ],
      },
    });
  });
});

describe('CSV that is refused', () => {
  test.each<[string, string | Uint8Array, ReadOptions, string]>([
    ['nothing', '', {}, 'log_empty'],
    ['only blank lines', '\n\n\n\n\n\n\n\n\n', {}, 'log_empty'],
    ['only a header', head, {}, 'log_without_events'],
    [
      'no case column',
      `id,activity,timestamp\n1,A,${t}`,
      {},
      'log_csv_column_missing line 1 byte 1',
    ],
    ['no time column', `case_id,activity\n1,A`, {}, 'log_csv_column_missing line 1 byte 1'],
    [
      'unknown column',
      `${head}1,A,${t}`,
      { columns: { case: 'x' } },
      'log_csv_column_unknown line 1 byte 1',
    ],
    ['a column twice', `case_id,${head}1,1,A,${t}`, {}, 'log_csv_column_twice line 1 byte 1'],
    [
      'one column for two purposes',
      `${head}1,A,${t}`,
      { columns: { activity: 'case_id' } },
      'log_csv_column_twice line 1 byte 1',
    ],
    ['too few fields', `${head}1,A,${t}\n2,B`, {}, 'log_csv_field_count line 3 byte 53'],
    ['no case', `${head},A,${t}`, {}, 'log_csv_empty line 2 byte 28'],
    ['no activity', `${head}1,,${t}`, {}, 'log_csv_empty line 2 byte 28'],
    ['no time', `${head}1,A,`, {}, 'log_csv_empty line 2 byte 28'],
    ['no such time', `${head}1,A,2011-02-30`, {}, 'log_time_unreadable line 2 byte 28'],
    [
      'another time format later',
      `${head}1,A,${t}\n1,B,2/1/2011`,
      {},
      'log_time_unreadable line 3 byte 53',
    ],
    ['day or month', `${head}1,A,02/01/1970`, {}, 'log_time_ambiguous'],
    [
      'day first and month first',
      `${head}1,A,13/01/1970\n1,B,01/13/1970`,
      {},
      'log_time_mixed line 3 byte 43',
    ],
    [
      'month first against the option',
      `${head}1,A,01/13/1970`,
      { timeFormat: 'dmy' },
      'log_time_mixed line 2 byte 28',
    ],
    ['text after a quote', `${head}1,"A"b,${t}`, {}, 'log_csv_quote line 2 byte 28'],
    [
      'a quote never closed',
      `${head}1,A,${t}\n1,"A,${t}\n`,
      {},
      'log_csv_quote_open line 3 byte 53',
    ],
    [
      'a name too long',
      `${head}1,${'A'.repeat(1_001)},${t}`,
      {},
      'log_name_too_long line 2 byte 28',
    ],
    ['zero bytes', `${head}1,A\0,${t}`, {}, 'log_csv_binary line 2 byte 28'],
    [
      'UTF-16',
      Uint8Array.from([0xff, 0xfe, 99, 0, 97, 0, 115, 0, 101, 0]),
      {},
      'log_encoding_not_utf8 line 1 byte 1',
    ],
    [
      'UTF-16 without a mark',
      Uint8Array.from([99, 0, 97, 0, 115, 0, 101, 0]),
      {},
      'log_encoding_not_utf8 line 1 byte 1',
    ],
    [
      'UTF-16 big end first',
      Uint8Array.from([0xfe, 0xff, 0, 99, 0, 97, 0, 115]),
      {},
      'log_encoding_not_utf8 line 1 byte 1',
    ],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8]), {}, 'log_format_unknown'],
    [
      'a line too long',
      `${head}1,${'A'.repeat(recordBytesMax)},${t}`,
      {},
      'log_csv_line_too_long line 2 byte 28',
    ],
    [
      'too many columns',
      `case_id,activity,timestamp${',x'.repeat(998)}`,
      {},
      'log_csv_too_many_fields line 1 byte 1',
    ],
  ])('%s', (_, file, options, expected) => {
    expect(outcome(readBack(file, options))).toEqual([`refused ${expected}`]);
  });

  test('GBK is named, with the byte at which UTF-8 ends', () => {
    const gbk = Uint8Array.from([0xb0, 0xb8, 0xbc, 0xfe, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x31, 0x0a]);
    expect(readBack(gbk)).toMatchObject({
      code: 'log_not_utf8',
      facts: { line: '1', byte: '1', looks: 'gb18030' },
    });
  });
});

test('what a writer quotes is read back, however the file is cut', { timeout: 60_000 }, () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '汇', ';') });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const row = fc.tuple(cell, cell).filter(([a, b]) => a !== '' && b !== '');
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      (rows, chunk) => {
        const body = rows.map(([a, b]) => `${quoted(a)},${quoted(b)},${t}`).join('\n');
        const cases = [...new Set(rows.map(([a]) => a))];
        const expected = cases.flatMap((name) =>
          rows.filter(([a]) => a === name).map(([a, b]) => `${a}|${b}|complete||1000`),
        );
        expect(outcome(readBack(head + body, {}, chunk))).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

describe('money in a table', () => {
  const head = 'case_id,activity,timestamp,amount,currency\n';
  const row = (amount: string, currency: string) => `1,A,2026-01-01,${amount},${currency}\n`;
  const moneyIn = (file: string, columns = {}) => {
    const reader = new LogReader({ columns });
    const read = reader.push(encodeUtf8(file)) ?? reader.end();
    if (!read.ok) return `${read.code} ${read.facts.line ?? ''}`;
    const { amounts } = read.value.log;
    if (amounts === null) return 'none';
    const { minor, currency, currencies } = amounts;
    return Array.from(minor, (each, i) =>
      currency[i]! < 0 ? '-' : `${each} ${currencies.text(currency[i]!)}`,
    ).join(', ');
  };

  test.each([
    ['minor units by currency', head + row('12.50', 'CNY') + row('7', 'JPY'), '1250 CNY, 7 JPY'],
    ['no money, and less than none', head + row('', '') + row('-0.01', 'CNY'), '-, -1 CNY'],
    [
      'more decimals than the currency has',
      head + row('1', 'CNY') + row('1.5', 'JPY'),
      'log_amount_unreadable 3',
    ],
    ['no number', head + row('much', 'CNY'), 'log_amount_unreadable 2'],
    ['no currency', head + row('1', 'X'), 'log_amount_unreadable 2'],
    [
      'an amount without a column of currencies is a number',
      'case_id,activity,timestamp,amount\n1,A,2026-01-01,5\n',
      'none',
    ],
  ])('%s', (_, file, expected) => {
    expect(moneyIn(file)).toBe(expected);
  });

  test('a column named by the user needs its currency', () => {
    const file = 'case_id,activity,timestamp,sum\n1,A,2026-01-01,5\n';
    expect(moneyIn(file, { amount: 'sum' })).toBe('log_csv_column_missing 1');
  });
});

test('bad rows are left out and counted when asked for, and the first are named', () => {
  const rows = ['1,A,2026-01-01', '1,B', ',C,2026-01-02', '2,D,soon', '2,E,2026-01-03'];
  const file = `case_id,activity,timestamp\n${rows.join('\n')}\n`;
  const read = readBack(file, { skipBadRows: true });
  if (!read.ok) throw new Error(read.code);
  expect(read.lines.map((line) => line.slice(0, 3))).toEqual(['1|A', '2|E']);
  expect(read.source.badRows).toEqual({
    count: 3,
    first: [
      { line: '3', code: 'log_csv_field_count' },
      { line: '4', code: 'log_csv_empty' },
      { line: '5', code: 'log_time_unreadable' },
    ],
  });
  expect(outcome(readBack(file))[0]).toContain('log_csv_field_count line 3');
});

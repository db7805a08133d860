import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { workbookParts } from './parts.ts';
import { columnName, type Sheet, type SheetCell, sheetName, sheetXml } from './sheet.ts';

const sheet = (rows: readonly (readonly SheetCell[])[], columns = ['A']): Sheet => {
  return { name: 'T', columns, rows };
};

/** The cell in the first column of the first row, as it is written. */
function written(cell: SheetCell): string {
  const xml = [...sheetXml(sheet([[cell]]))].join('');
  return /<row r="2">(.*?)<\/row>/s.exec(xml)?.[1] ?? '';
}

const text = (inside: string, style = 2) =>
  `<c r="A2" s="${style}" t="inlineStr"><is><t xml:space="preserve">${inside}</t></is></c>`;
const value = (inside: string, style: number) => `<c r="A2" s="${style}"><v>${inside}</v></c>`;

test.each([
  [null, ''],
  ['', ''],
  ['云泽钢构', text('云泽钢构')],
  ['=1+1', text('=1+1')],
  ['<a & "b">', text('&lt;a &amp; &quot;b&quot;&gt;')],
  ['a\u0001b\rc\ud800', text('a_x0001_b_x000D_c\ufffd')],
  ['_x0041_', text('_x005F_x0041_')],
  [{ number: '1409.50' }, value('1409.50', 8)],
  [{ number: '-5' }, value('-5', 6)],
  [{ number: '0.123' }, value('0.123', 9)],
  [{ number: '1234567890123.45' }, value('1234567890123.45', 8)],
  [{ number: '1234567890123400000' }, value('1234567890123400000', 6)],
  [{ number: '12345678901234.56' }, text('12345678901234.56', 5)],
  [{ number: '-9007199254740993' }, text('-9007199254740993', 5)],
  [{ number: '0.123456789' }, text('0.123456789', 5)],
  [{ date: '1900-03-01' }, value('61', 3)],
  [{ date: '2026-11-21' }, value('46347', 3)],
  [{ date: '1900-02-28' }, text('1900-02-28')],
  [{ at: Date.UTC(2026, 10, 21, 4) }, value('46347.5', 4)],
  [{ at: Date.UTC(2026, 10, 20, 16) }, value('46347', 4)],
] as const)('a cell %j is written %s', (cell, xml) => {
  expect(written(cell)).toBe(xml);
});

test('a number that a spreadsheet takes comes back to the last digit', () => {
  for (const digits of ['999999999999999', '9999999999999.99', '0.01', '-8888888888888.88']) {
    const kept = /<v>(.*)<\/v>/.exec(written({ number: digits }))?.[1];
    expect(Number(kept).toPrecision(15)).toBe(Number(digits).toPrecision(15));
    expect(String(Number(kept))).toBe(digits);
  }
});

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %i is %s', (index, name) => {
  expect(columnName(index)).toBe(name);
});

test.each([
  ["'a/b:c*'", 'a b c'],
  ['一'.repeat(40), '一'.repeat(31)],
  [' [] ', '-'],
])('a sheet called %j bears %j', (name, borne) => {
  expect(sheetName(name)).toBe(borne);
});

test('what must hold of sheets is asserted', () => {
  const columns = Array.from({ length: 16_385 }, () => 'x');
  expect(() => [...sheetXml(sheet([], columns))]).toThrow('columns');
  expect(() => [...sheetXml(sheet([], []))]).toThrow('columns');
  expect(() => written('x'.repeat(32_768))).toThrow('fits in a cell');
  expect(() => written({ number: '1e5' })).toThrow('decimal digits');
  expect(() => workbookParts([])).toThrow('has sheets');
  expect(() => workbookParts([sheet([]), { ...sheet([]), name: 't' }])).toThrow('its own');
  expect(() => workbookParts([{ ...sheet([]), name: 'a/b' }])).toThrow('may bear');
});

test('every file of a workbook is well-formed XML, and its foot stands outside the filter', () => {
  const rows = Array.from({ length: 1_200 }, (_, i) => [String(i), { number: `${i}.00` }]);
  const foot = ['rows', { number: '1200' }];
  const sheets = [{ name: '甲', columns: ['一', '"二"'], rows, foot }, sheet([])];
  for (const part of workbookParts(sheets)) {
    const parser = new SaxesParser({ xmlns: true });
    const faults: string[] = [];
    parser.on('error', (error) => faults.push(`${part.path}: ${error.message}`));
    for (const piece of part.text) parser.write(piece);
    parser.close();
    expect(faults).toEqual([]);
  }
  const xml = [...sheetXml(sheets[0]!)].join('');
  expect(xml.match(/<row /g)).toHaveLength(1_202);
  expect(xml).toContain('<autoFilter ref="A1:B1201"/>');
});

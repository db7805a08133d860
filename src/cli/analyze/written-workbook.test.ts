import { expect, test } from 'vitest';
import type { Sheet } from '../../base/workbook/sheet.ts';
import { pourXlsx } from '../../runtime/log/files/read-xlsx.ts';
import { xlsxFile } from '../../runtime/paper/workbook.ts';

/** The rows of a sheet as our own reader gives them, as CSV. */
async function readBack(file: Uint8Array, sheet: string | null = null): Promise<string[]> {
  const pieces: string[] = [];
  const refusal = await pourXlsx(file, sheet, (chunk) => {
    pieces.push(new TextDecoder().decode(chunk));
    return null;
  });
  expect(refusal).toBeNull();
  return pieces.join('').trimEnd().split('\n');
}

test('a workbook that the system writes is read again by its own reader', async () => {
  const sheet: Sheet = {
    name: '分录',
    columns: ['日期', '户名', '金额', '时间'],
    rows: [
      [
        { date: '2026-11-21' },
        '=HYPERLINK("x")',
        { number: '-1409.50' },
        { at: 1_800_000_000_000 },
      ],
      [{ date: '2026-02-28' }, '甲 & 乙, "丙"', { number: '12345678901234.56' }, null],
    ],
    foot: ['行数', { number: '2' }],
  };
  const second: Sheet = { name: 'second', columns: ['x'], rows: [['乙']] };
  const file = await xlsxFile([sheet, second]);
  expect(await readBack(file)).toMatchInlineSnapshot(`
    [
      "日期,户名,金额,时间",
      "2026-11-21T00:00:00.000,"=HYPERLINK(""x"")",-1409.50,2027-01-15T16:00:00.000",
      "2026-02-28T00:00:00.000,"甲 & 乙, ""丙""",12345678901234.56,""",
      "行数,2,"",""",
    ]
  `);
  expect(await readBack(file, 'second')).toEqual(['x', '乙']);
});

test('the same tables make the same bytes', async () => {
  const sheets: Sheet[] = [{ name: 'a', columns: ['x'], rows: [['1']] }];
  expect((await xlsxFile(sheets)).equals(await xlsxFile(sheets))).toBe(true);
});

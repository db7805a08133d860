import { expect, test } from 'vitest';
import { refusalText } from '../../contract/refusals/index.ts';
import { statusOf } from './answers.ts';
import { csvOf, type ExportTable, neutralText, whollyRead } from './export-table.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+86 10', "'+86 10"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['\n1', "'\n1"],
  ['  =cmd|x', "'  =cmd|x"],
  ['＝1', "'＝1"],
  ['\ufeff=1', "'\ufeff=1"],
  ['云泽=钢构', '云泽=钢构'],
  ['110101-3003-CNY', '110101-3003-CNY'],
  ['', ''],
])('%j leaves as %j', (text, neutral) => {
  expect(neutralText(text)).toBe(neutral);
});

test('numbers stay numbers, text keeps its quotes and commas, the last line counts the rows', () => {
  const table: ExportTable = {
    title: '名单',
    head: ['户名', '金额'],
    rows: [
      ['=HYPERLINK("http://x","y")', { number: '-5.00' }],
      ['甲, "乙"', { number: '1409.50' }],
      ['多\n行', null],
    ],
    rowsLabel: '行数',
    foot: ['期末余额', { number: '0.00' }],
  };
  expect(csvOf(table)).toBe(
    [
      '\ufeff户名,金额',
      `"'=HYPERLINK(""http://x"",""y"")",-5.00`,
      '"甲, ""乙""",1409.50',
      '"多\n行",',
      '行数,3,期末余额,0.00',
      '',
    ].join('\r\n'),
  );
});

test('what is longer than the most is refused in words, not cut', () => {
  expect(whollyRead(50_000)).toEqual({ ok: true, value: 50_000 });
  const refused = whollyRead(50_001);
  expect(refused).toMatchObject({ ok: false, code: 'export_too_long' });
  expect(statusOf('export_too_long')).toBe(422);
  const facts = refused.ok ? {} : refused.facts;
  expect(refusalText('export_too_long', 'zh-CN', facts)).toContain('共 50001 行');
  expect(refusalText('export_too_long', 'en', facts)).toContain('50001 rows');
});

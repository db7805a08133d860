import { type Sheet, type SheetCell, sheetName } from '../../../base/workbook/sheet.ts';
import type { ReportCell, ReportDocument } from './document.ts';

/** The report as sheets: each table one, its texts on the first, the cases on the last. */
export function diagnosisSheets(report: ReportDocument): readonly Sheet[] {
  const zh = report.language === 'zh-CN';
  const texts = report.chapters.flatMap(({ title, blocks }) =>
    blocks.flatMap((block): SheetCell[][] => (block.kind === 'text' ? [[title, block.text]] : [])),
  );
  const tables = report.chapters.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [{ chapter: title, block }] : [])),
  );
  const cases = report.lists.flatMap(({ what, cases: listed }, place): SheetCell[][] =>
    listed.map(({ name, seconds }) => [
      { number: String(place) },
      what,
      name,
      { number: seconds.toFixed(0) },
    ]),
  );
  const caseColumns = zh
    ? ['清单', '数字', '案件', '历时（秒）']
    : ['List', 'Figure', 'Case', 'Took (s)'];
  return [
    {
      name: zh ? '说明' : 'Words',
      columns: zh ? ['章', '内容'] : ['Chapter', 'Text'],
      rows: [[report.title, report.facts], ...texts],
    },
    ...tables.map(({ chapter, block }, i) => ({
      name: sheetName(`${i + 1} ${block.title}`),
      columns: [...block.columns, zh ? '清单' : 'List'],
      rows: block.rows.map((row) => [...row.map(cellOf), listOf(row)]),
      chapter,
    })),
    { name: zh ? '案件' : 'Cases', columns: caseColumns, rows: cases },
  ];
}

/** A number keeps its value, whole or with six decimals; words stay words. */
function cellOf({ text, value }: ReportCell): SheetCell {
  if (value === undefined) return text;
  return { number: Number.isInteger(value) ? String(value) : value.toFixed(6) };
}

/** The lists of cases a row opens, by their place on the sheet of cases. */
function listOf(row: readonly ReportCell[]): SheetCell {
  const places = row.flatMap(({ list }) => (list === undefined ? [] : [String(list)]));
  return places.length === 0 ? null : places.join(', ');
}

import { ok, type Result, refuse } from '../../base/result.ts';
import { type Sheet, type SheetCell, sheetName } from '../../base/workbook/sheet.ts';
import { exportRowsMax } from '../../contract/exports.ts';
import { momentAtBank } from '../../runtime/clock.ts';

/** A cell of an export: text, a number by its digits, a day, an instant, or nothing. */
export type ExportCell = SheetCell;

/** A table as it leaves the bank. `foot` comes after the number of rows. */
export type ExportTable = {
  /** What the table is called, in the reader's language. */
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ExportCell[])[];
  readonly rowsLabel: string;
  readonly foot: readonly ExportCell[];
};

/**
 * Text that no spreadsheet takes for a formula: what begins with = + - @ (also full-width), a tab
 * or a line end, behind blanks too, gets an apostrophe before it. Source: OWASP, CSV injection.
 */
export function neutralText(text: string): string {
  const isRisky = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text);
  return isRisky ? `'${text}` : text;
}

/** The last line of every export: how many rows there are, so that a cut file shows. */
export function lastLine(table: ExportTable): readonly ExportCell[] {
  return [table.rowsLabel, { number: String(table.rows.length) }, ...table.foot];
}

/**
 * The table as CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need for Chinese.
 * Numbers stay bare numbers.
 */
export function csvOf(table: ExportTable): string {
  const lines = [table.head, ...table.rows, lastLine(table)].map((cells) =>
    cells.map(csvCell).join(','),
  );
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function csvCell(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return csvText(cell);
  if ('number' in cell) return cell.number;
  return csvText('at' in cell ? momentAtBank(cell.at) : cell.date);
}

function csvText(cell: string): string {
  const text = neutralText(cell);
  return /[",\r\n\t]|^'|^\d/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The table as a sheet of a workbook. Its texts are written as texts, so nothing in it is a formula
 * and nothing needs a mark before it.
 */
export function sheetOf(table: ExportTable): Sheet {
  const { title, head, rows } = table;
  return { name: sheetName(title), columns: head, rows, foot: lastLine(table) };
}

/** An export is whole: more rows than the most are refused, never cut. */
export function whollyRead(rows: number): Result<number, 'export_too_long'> {
  if (rows <= exportRowsMax) return ok(rows);
  return refuse('export_too_long', { rows: String(rows), rowsMax: String(exportRowsMax) });
}

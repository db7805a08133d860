import { assert } from '../assert.ts';
import { dayNumber } from '../dates.ts';

/**
 * A cell: text, a number by its digits ('-1409.50'), a day ('2026-11-21'), an instant (ms since
 * 1970-01-01 UTC, shown as China's clock), or nothing.
 */
export type SheetCell =
  | string
  | { readonly number: string }
  | { readonly date: string }
  | { readonly at: number }
  | null;

/** A sheet. `foot` stands under the rows and outside their filter. */
export type Sheet = {
  /** At most 31 characters; see `sheetName`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  readonly foot?: readonly SheetCell[];
};

/** Limits of a worksheet (ECMA-376, as spreadsheets keep them). */
export const sheetRowsMax = 1_048_576;
export const sheetColumnsMax = 16_384;
export const cellTextMax = 32_767;
/** A spreadsheet's number is a binary one: more significant digits than these it does not keep. */
const exactDigitsMax = 15;
export const decimalsMax = 8;

/** Places in the table of styles that `parts.ts` writes. */
export const style = { head: 1, text: 2, date: 3, moment: 4, longNumber: 5, decimals: 6 } as const;

const rowsPerPiece = 500;

/** The XML of a sheet, in pieces of some hundred rows, so that nobody holds or waits for it all. */
export function* sheetXml(sheet: Sheet): Generator<string> {
  const { columns, rows, foot } = sheet;
  const height = 1 + rows.length + (foot === undefined ? 0 : 1);
  assert(columns.length > 0 && columns.length <= sheetColumnsMax, 'a sheet has columns that fit');
  assert(height <= sheetRowsMax, 'the rows fit on a sheet');
  const filtered = `A1:${columnName(columns.length - 1)}${rows.length + 1}`;
  yield [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetViews><sheetView workbookViewId="0">',
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '</sheetView></sheetViews>',
    `<cols>${widths(sheet).map(columnWidthXml).join('')}</cols><sheetData>`,
    rowXml(columns, 1, style.head),
  ].join('');
  for (let from = 0; from < rows.length; from += rowsPerPiece) {
    const piece = rows.slice(from, from + rowsPerPiece);
    yield piece.map((cells, i) => rowXml(cells, from + i + 2, style.text)).join('');
  }
  if (foot !== undefined) yield rowXml(foot, height, style.text);
  yield `</sheetData><autoFilter ref="${filtered}"/></worksheet>`;
}

function rowXml(cells: readonly SheetCell[], row: number, textStyle: number): string {
  const inside = cells.map((cell, i) => cellXml(cell, `${columnName(i)}${row}`, textStyle));
  return `<row r="${row}">${inside.join('')}</row>`;
}

function cellXml(cell: SheetCell, place: string, textStyle: number): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return textXml(cell, place, textStyle);
  if ('number' in cell) return numberXml(cell.number, place);
  if ('at' in cell) {
    const days = (cell.at + 8 * 3_600_000) / 86_400_000 + epochSerial;
    return valueXml(String(Math.round(days * 1e8) / 1e8), place, style.moment);
  }
  const serial = dayNumber(cell.date) + epochSerial;
  if (serial < firstSafeSerial) return textXml(cell.date, place, style.text);
  return valueXml(String(serial), place, style.date);
}

/** 1970-01-01 as a spreadsheet counts days; before 1900-03-01 they count a day too many. */
const epochSerial = 25_569;
const firstSafeSerial = 61;

/** A number is exact or it is text: an identifier or a sum of 16 digits would be rounded. */
function numberXml(digits: string, place: string): string {
  const parts = /^-?(\d+)(?:\.(\d+))?$/.exec(digits);
  assert(parts !== null, 'a number is decimal digits');
  const fraction = parts[2] ?? '';
  const significant = `${parts[1]}${fraction}`.replace(/^0+|0+$/g, '').length;
  if (significant > exactDigitsMax || fraction.length > decimalsMax) {
    return textXml(digits, place, style.longNumber);
  }
  return valueXml(digits, place, style.decimals + fraction.length);
}

function valueXml(value: string, place: string, styleIndex: number): string {
  return `<c r="${place}" s="${styleIndex}"><v>${value}</v></c>`;
}

/** Text written in place: whatever it begins with, it is no formula. */
function textXml(text: string, place: string, styleIndex: number): string {
  assert(text.length <= cellTextMax, 'a text fits in a cell');
  const kept = `<is><t xml:space="preserve">${escapeXml(text)}</t></is>`;
  return `<c r="${place}" s="${styleIndex}" t="inlineStr">${kept}</c>`;
}

/**
 * Text between tags or in an attribute. What XML 1.0 cannot hold is written _xHHHH_, as workbooks
 * do (ECMA-376, ST_Xstring); text that looks like such an escape is escaped itself.
 */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(unspeakable, (found) => `_x${hex(found)}_`)
    .replace(/[&<>"]/g, (found) => entities[found] ?? found);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const unspeakable = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** A, B … Z, AA …: the name of a column, counted from 0. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return `${rest >= 0 ? columnName(rest) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

/** A name that a sheet may bear: at most 31 characters, without [ ] : * ? / \ and outer quotes. */
export function sheetName(text: string): string {
  const clean = text.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|'+$/g, '');
  return clean.trim().slice(0, 31).toWellFormed() || '-';
}

const widthRowsLooked = 500;
const [narrowest, widest] = [6, 60];

/** The width of each column in characters, by its head and first rows. */
function widths({ columns, rows }: Sheet): number[] {
  const looked = rows.slice(0, widthRowsLooked);
  return columns.map((head, i) => {
    let width = textWidth(head) + 3;
    for (const cells of looked) width = Math.max(width, cellWidth(cells[i] ?? null) + 2);
    return Math.min(widest, Math.max(narrowest, width));
  });
}

function cellWidth(cell: SheetCell): number {
  if (cell === null) return 0;
  if (typeof cell === 'string') return textWidth(cell);
  if ('number' in cell) return cell.number.length + Math.floor(cell.number.length / 4);
  return 'at' in cell ? 19 : 10;
}

/** A Chinese character is as wide as two Latin ones. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character >= '\u2e80' ? 2 : 1;
  return width;
}

function columnWidthXml(width: number, index: number): string {
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
}

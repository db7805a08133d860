import type { Said } from './stage.ts';
import { dateOfText, minorOfText, textOfMinor } from './texts.ts';

/** What a step wants to see: a header and its rows. */
export type Table = readonly (readonly string[])[];

/** A cell that is to be shown: an amount, a text, or nothing. */
type Shown = bigint | string | null;

/** What there is, by the names of the columns. */
export type Row = Readonly<Record<string, Shown>>;

/** The same rows in the same order. */
export function compareRows([header = [], ...wanted]: Table, rows: readonly Row[]): Said {
  if (wanted.length !== rows.length) {
    return { wrong: `wanted ${wanted.length} rows, came ${rows.length}` };
  }
  for (const [index, cells] of wanted.entries()) {
    const row = rows[index] as Row;
    for (const [at, name] of header.entries()) {
      const said = compareCell(name, cells[at] ?? '', row[name]);
      if (said !== null) return { wrong: `row ${index + 1}, ${said}` };
    }
  }
  return null;
}

/** Null: as wanted. */
function compareCell(name: string, wanted: string, came: Shown | undefined): string | null {
  if (came === undefined) return `column ${name} is not known`;
  const shown = typeof came === 'bigint' ? textOfMinor(came) : (came ?? '');
  const same =
    typeof came === 'bigint'
      ? minorOfText(wanted) === came
      : (dateOfText(wanted) ?? wanted) === shown;
  return same ? null : `${name}: wanted ${wanted === '' ? '(none)' : wanted}, came ${shown}`;
}

/**
 * Each wanted row is there, and there are as many as wanted. The check the files were written for
 * is no stricter: some of their long tables name one accrual twice and leave one out.
 */
export function namesRows(table: Table, rows: readonly Row[]): Said {
  const said = includesRows(table, rows);
  if (said !== null) return said;
  const [header = [], ...wanted] = table;
  if (rows.length === wanted.length) return null;
  const over = rows.find((row) => !wanted.some((cells) => fits(header, cells, row)));
  const not = over === undefined ? '' : `, not wanted: ${rowText(over)}`;
  return { wrong: `wanted ${wanted.length} rows, came ${rows.length}${not}` };
}

/** Each wanted row is there. */
export function includesRows([header = [], ...wanted]: Table, rows: readonly Row[]): Said {
  for (const cells of wanted) {
    if (rows.some((row) => fits(header, cells, row))) continue;
    const date = dateOfText(cells[0] ?? '');
    const near = rows.filter((row) => Object.values(row)[0] === date).map(rowText);
    return { wrong: `wanted ${cells.join(' ')}; came ${near.join('; ') || 'nothing of that day'}` };
  }
  return null;
}

function fits(header: readonly string[], cells: readonly string[], row: Row): boolean {
  return header.every((name, place) => compareCell(name, cells[place] ?? '', row[name]) === null);
}

function rowText(row: Row): string {
  return Object.values(row)
    .map((value) => (typeof value === 'bigint' ? textOfMinor(value) : value))
    .join(' ');
}

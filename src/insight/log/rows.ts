/** The value of a cell as the file gives it; null and '' both mean: nothing there. */
export type Cell = string | null;

/** A row as a record of CSV (RFC 4180): what other tables are read through, by the same reader. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(',')}\n`;
}

function quoted(cell: Cell): string {
  if (cell === null || cell === '') return '""';
  const text = cell.toWellFormed().replaceAll('\0', ' ');
  return /^[^",\r\n]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

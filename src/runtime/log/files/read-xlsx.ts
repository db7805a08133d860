import { type Refusal, refuse } from '../../../base/result.ts';
import {
  type PartReader,
  RelationsReader,
  SharedTextReader,
  SheetReader,
  StylesReader,
  WorkbookReader,
} from '../../../insight/log/office/xlsx.ts';
import { type ZipEntry, zipEntries } from '../../../insight/log/office/zip.ts';
import { unpack } from './pack.ts';

/**
 * Pours the rows of a sheet of a workbook into `take` as CSV; of the first sheet unless one is
 * named. Refusals: log_zip_*, log_xlsx_damaged, log_xlsx_sheet, log_format_unknown for other
 * archives, and those of the XML scanner.
 */
export async function pourXlsx(
  file: Uint8Array,
  sheet: string | null,
  take: (chunk: Uint8Array) => Refusal | null,
): Promise<Refusal | null> {
  const found = zipEntries(file);
  if (!found.ok) return found;
  const entries = new Map(found.value.map((entry) => [entry.name, entry]));
  const [book, relations] = [new WorkbookReader(), new RelationsReader()];
  const main = entries.get('xl/workbook.xml');
  if (main === undefined) return refuse('log_format_unknown', { looks: 'ZIP' });
  const [styles, texts] = [new StylesReader(), new SharedTextReader()];
  const refusal =
    (await readPart(main, book.reader)) ??
    (await readPart(entries.get('xl/_rels/workbook.xml.rels'), relations.reader)) ??
    (await readPart(entries.get('xl/styles.xml'), styles.reader)) ??
    (await readPart(entries.get('xl/sharedStrings.xml'), texts.reader));
  if (refusal) return refusal;
  const wanted = book.sheets.find(({ name }) => sheet === null || name === sheet);
  if (wanted === undefined) {
    const sheets = book.sheets.map(({ name }) => name).join(', ');
    return refuse('log_xlsx_sheet', { sheet: sheet ?? '-', sheets: sheets.slice(0, 300) });
  }
  const target = relations.targets.get(wanted.id) ?? '';
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  const entry = entries.get(path);
  if (entry === undefined) return refuse('log_xlsx_damaged', { what: path.slice(0, 100) });
  const rows = new Rows(take);
  const context = { texts: texts.texts, dates: styles.dates, date1904: book.date1904 };
  const reader = new SheetReader(context, (record) => rows.add(record));
  return (await readPart(entry, reader.reader)) ?? rows.flush();
}

async function readPart(entry: ZipEntry | undefined, reader: PartReader): Promise<Refusal | null> {
  if (entry === undefined) return null;
  return (await unpack(entry, (chunk) => reader.push(chunk))) ?? reader.end();
}

/** Records put together into larger chunks. */
export class Rows {
  readonly #take: (chunk: Uint8Array) => Refusal | null;
  readonly #encoder = new TextEncoder();
  #records: string[] = [];

  constructor(take: (chunk: Uint8Array) => Refusal | null) {
    this.#take = take;
  }

  add(record: string): Refusal | null {
    this.#records.push(record);
    return this.#records.length < 1_000 ? null : this.flush();
  }

  flush(): Refusal | null {
    const bytes = this.#encoder.encode(this.#records.join(''));
    this.#records = [];
    return bytes.length === 0 ? null : this.#take(bytes);
  }
}

import type { Refusal } from '../../../base/result.ts';
import { refuse } from '../../../base/result.ts';
import { decodeUtf8 } from '../../utf8.ts';
import { token, XmlScanner } from '../../xml-scanner.ts';
import { type Cell, csvRecord } from '../rows.ts';

/** Columns of a sheet; Excel has more, a log has not. */
export const columnsMax = 1_000;
/** Characters all shared texts may have. */
export const sharedTextMax = 64_000_000;

/** What a part of a workbook is read by: bytes in, a refusal when it cannot go on. */
export type PartReader = { push(chunk: Uint8Array): Refusal | null; end(): Refusal | null };

/** Reads a part of a workbook tag by tag; `text` is what stood before the tag just read. */
class TagReader implements PartReader {
  readonly #scanner: XmlScanner;
  readonly #tag: (found: number, name: string, tags: TagReader) => Refusal | null;
  #refusal: Refusal | null = null;

  constructor(tag: (found: number, name: string, tags: TagReader) => Refusal | null) {
    this.#scanner = new XmlScanner([], true);
    this.#tag = tag;
  }

  push(chunk: Uint8Array): Refusal | null {
    if (this.#refusal) return this.#refusal;
    const scanner = this.#scanner;
    scanner.push(chunk);
    for (;;) {
      const found = scanner.next();
      if (found === token.more) return null;
      const name = found === token.refused ? '' : localName(scanner.elements.text(scanner.element));
      this.#refusal = found === token.refused ? scanner.refusal : this.#tag(found, name, this);
      if (this.#refusal) return this.#refusal;
    }
  }

  end(): Refusal | null {
    return this.#refusal ?? this.#scanner.end();
  }

  get text(): string {
    this.#scanner.selectText();
    return decodeUtf8(this.#scanner.bytes, this.#scanner.from, this.#scanner.to);
  }

  attribute(name: string): string | null {
    const scanner = this.#scanner;
    for (let i = 0; i < scanner.attributes; i++) {
      const found = decodeUtf8(scanner.window, scanner.nameStart[i]!, scanner.nameEnd[i]!);
      if (localName(found) !== name) continue;
      scanner.select(i);
      return decodeUtf8(scanner.bytes, scanner.from, scanner.to);
    }
    return null;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The sheets of a workbook by name, with the ids under which its relations name their files. */
export class WorkbookReader {
  readonly sheets: { readonly name: string; readonly id: string }[] = [];
  date1904 = false;
  readonly reader = new TagReader((found, name, tags) => {
    if (found === token.close) return null;
    if (name === 'sheet') {
      this.sheets.push({ name: tags.attribute('name') ?? '', id: tags.attribute('id') ?? '' });
    }
    if (name === 'workbookPr') {
      this.date1904 = ['1', 'true'].includes(tags.attribute('date1904') ?? '');
    }
    return null;
  });
}

/** Which file each relation of a workbook names. */
export class RelationsReader {
  readonly targets = new Map<string, string>();
  readonly reader = new TagReader((found, name, tags) => {
    if (found !== token.close && name === 'Relationship') {
      this.targets.set(tags.attribute('Id') ?? '', tags.attribute('Target') ?? '');
    }
    return null;
  });
}

/** Built-in number formats that show a date or a time (ECMA-376, 18.8.30). */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** Which styles of cells show dates: `dates[style]`. */
export class StylesReader {
  readonly dates: boolean[] = [];
  readonly #custom = new Map<number, string>();
  #inCells = false;
  readonly reader = new TagReader((found, name, tags) => {
    if (name === 'cellXfs') this.#inCells = found === token.open;
    if (found === token.close) return null;
    const id = Number(tags.attribute('numFmtId') ?? '0');
    if (name === 'numFmt') this.#custom.set(id, tags.attribute('formatCode') ?? '');
    if (name === 'xf' && this.#inCells) {
      const custom = this.#custom.get(id);
      this.dates.push(custom === undefined ? dateFormats.has(id) : showsDate(custom));
    }
    return null;
  });
}

/** Whether a format of its own shows a date: y, m, d, h or s outside quotes and brackets. */
function showsDate(format: string): boolean {
  return /[ymdhs]/i.test(format.replaceAll(/"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\./gi, ''));
}

/** The shared texts of a workbook by number. */
export class SharedTextReader {
  readonly texts: string[] = [];
  #parts: string[] = [];
  #phonetic = false;
  #length = 0;
  readonly reader = new TagReader((found, name, tags) => {
    if (name === 'rPh') this.#phonetic = found === token.open;
    if (found !== token.close) {
      if (name === 'si' && found === token.empty) this.texts.push('');
      return null;
    }
    if (name === 't' && !this.#phonetic) this.#parts.push(tags.text);
    if (name !== 'si') return null;
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length += text.length;
    this.texts.push(text);
    if (this.#length <= sharedTextMax) return null;
    return refuse('log_zip_bomb', { what: 'texts', found: String(this.#length) });
  });
}

/** How the cells of a sheet are to be understood. */
export type SheetContext = {
  readonly texts: readonly string[];
  readonly dates: readonly boolean[];
  readonly date1904: boolean;
};

/**
 * The rows of a sheet as records of CSV, given to `take` as they are read; the first row that holds
 * anything is the header. Numbers under a date's format become instants without a zone.
 */
export class SheetReader {
  readonly #context: SheetContext;
  readonly #take: (record: string) => Refusal | null;
  #row: Cell[] = [];
  #width = -1;
  #column = -1;
  #type = '';
  #style = -1;
  #parts: string[] = [];
  readonly reader: PartReader;

  constructor(context: SheetContext, take: (record: string) => Refusal | null) {
    this.#context = context;
    this.#take = take;
    this.reader = new TagReader((found, name, tags) => this.#onTag(found, name, tags));
  }

  #onTag(found: number, name: string, tags: TagReader): Refusal | null {
    if (found === token.close) {
      if (name === 'v' || name === 't') this.#parts.push(tags.text);
      if (name === 'c') this.#endCell();
      return name === 'row' ? this.#endRow() : null;
    }
    if (name === 'row') {
      this.#row = [];
      this.#column = -1;
      return null;
    }
    if (name !== 'c') return null;
    this.#column = columnOf(tags.attribute('r')) ?? this.#column + 1;
    if (this.#column >= columnsMax) {
      return refuse('log_csv_too_many_fields', { line: '1', byte: '1', limit: String(columnsMax) });
    }
    this.#type = tags.attribute('t') ?? 'n';
    this.#style = Number(tags.attribute('s') ?? '-1');
    this.#parts = [];
    return null;
  }

  #endCell(): void {
    const raw = this.#parts.join('');
    const { texts, dates } = this.#context;
    let value: Cell = raw;
    if (this.#type === 's') value = texts[Number(raw)] ?? null;
    else if (this.#type === 'n' && dates[this.#style] === true) value = this.#instant(raw);
    while (this.#row.length < this.#column) this.#row.push(null);
    this.#row[this.#column] = value;
  }

  /** Days since the end of 1899 (or 1904), as the instant they mean; other texts as they are. */
  #instant(raw: string): string {
    const days = Number(raw);
    if (raw === '' || !(days >= 0 && days < 2_958_466)) return raw;
    const epochDays = this.#context.date1904 ? days + 1_462 : days;
    const atMs = Math.round((epochDays - 25_569) * 86_400_000);
    return new Date(atMs).toISOString().slice(0, -1);
  }

  #endRow(): Refusal | null {
    const row = this.#row;
    if (row.every((cell) => cell === null || cell.trim() === '')) return null;
    if (this.#width < 0) this.#width = row.length;
    while (row.length < this.#width) row.push(null);
    return this.#take(csvRecord(row.slice(0, this.#width)));
  }
}

/** The column of a reference such as BC12, from 0. */
function columnOf(reference: string | null): number | null {
  if (reference === null || !/^[A-Z]{1,3}\d{1,8}$/.test(reference)) return null;
  let column = 0;
  for (const letter of reference.replace(/\d+$/, ''))
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

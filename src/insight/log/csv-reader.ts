import { isCurrency, parseAmount } from '../../base/money.ts';
import { type Refusal, refuse } from '../../base/result.ts';
import { hashOf } from '../dictionary.ts';
import { none } from '../event-log.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { type ColumnRole, type FoundColumn, findColumns } from './csv-columns.ts';
import { CsvScanner, record } from './csv-scanner.ts';
import { activitiesMax, completed, eventsMax, LogBuilder, nameBytesMax } from './log-builder.ts';
import { dayFirstToMonthFirst, guessTimeFormat, type TimeFormat, TimeReader } from './times.ts';

export type CsvOptions = {
  readonly columns?: Readonly<Partial<Record<ColumnRole, string>>>;
  readonly timeFormat?: TimeFormat;
  /** One of , ; tab |. */
  readonly delimiter?: string;
  /** Whether the columns that serve no role are kept, as attributes of events. */
  readonly attributes?: boolean;
  /** Whether rows that cannot be read are left out and counted; else the first refuses the file. */
  readonly skipBadRows?: boolean;
};

/** A row that was left out: its line and why. */
export type BadRow = { readonly line: string; readonly code: string };

/** So many rows that were left out are shown; all are counted. */
export const badRowsShown = 20;

/** The times of one column, with the format its first value shows unless the user names one. */
class TimeColumn {
  readonly reader = new TimeReader();
  format: TimeFormat | null;
  readonly chosen: boolean;

  constructor(format: TimeFormat | undefined) {
    this.format = format ?? null;
    this.chosen = format !== undefined;
  }

  read(bytes: Uint8Array, start: number, end: number): number {
    this.format ??= guessTimeFormat(bytes, start, end);
    return this.format === null ? Number.NaN : this.reader.read(bytes, start, end, this.format);
  }

  /** Whether the values seen so far cannot all be of one order of day and month. */
  get mixed(): boolean {
    const { sawDayFirst, sawMonthFirst } = this.reader;
    if (sawDayFirst && sawMonthFirst) return true;
    return this.chosen && (this.format === 'mdy' ? sawDayFirst : sawMonthFirst);
  }
}

/**
 * Reads CSV from pushed chunks of bytes: one row is one event, or, with start and end, one whole
 * piece of work. The first record is the header. A row that cannot be read refuses the file by its
 * line, or is left out and counted when the user says so; nothing is dropped silently.
 */
export class CsvReader {
  readonly builder = new LogBuilder();
  columns: readonly FoundColumn[] = [];
  /** Rows left out, and the first of them. */
  badRows = 0;
  readonly badRowExamples: BadRow[] = [];
  readonly #skipsBadRows: boolean;
  #minor = 0n;
  #currency = none;
  readonly time: TimeColumn;
  readonly start: TimeColumn;
  readonly #scanner: CsvScanner;
  readonly #chosen: Readonly<Partial<Record<ColumnRole, string>>>;
  readonly #index: Record<ColumnRole, number> = {
    case: -1,
    activity: -1,
    start: -1,
    time: -1,
    resource: -1,
    lifecycle: -1,
    amount: -1,
    currency: -1,
  };
  readonly #keepsAttributes: boolean;
  /** Columns kept as attributes: place in the row and number, in turn. */
  readonly #kept: number[] = [];
  #fields = 0;
  #longName = false;
  #refusal: Refusal | null = null;

  constructor(options: CsvOptions = {}) {
    this.#scanner = new CsvScanner(options.delimiter?.charCodeAt(0));
    this.#chosen = options.columns ?? {};
    this.#keepsAttributes = options.attributes === true;
    this.#skipsBadRows = options.skipBadRows === true;
    this.time = new TimeColumn(options.timeFormat);
    this.start = new TimeColumn(options.timeFormat);
  }

  get delimiter(): string {
    return this.#scanner.delimiter;
  }

  /** Takes the next bytes of the file; a refusal means: stop. */
  push(chunk: Uint8Array): Refusal | null {
    this.#scanner.push(chunk);
    return this.#read(false);
  }

  /** No more bytes come. */
  end(): Refusal | null {
    const refusal = this.#read(true);
    if (refusal) return refusal;
    if (this.#fields === 0) return refuse('log_empty');
    return this.#settleDayAndMonth();
  }

  #read(last: boolean): Refusal | null {
    while (!this.#refusal) {
      const found = this.#scanner.next(last);
      if (found === record.more) return null;
      if (found === record.refused) this.#refusal = this.#scanner.refusal;
      else if (this.#fields === 0) this.#refusal = this.#header();
      else this.#refusal = this.#leftOut(this.#row());
    }
    return this.#refusal;
  }

  /** What ends the reading; a row of the file may be left out instead, its limits may not. */
  #leftOut(refusal: Refusal | null): Refusal | null {
    this.#longName = false;
    if (refusal === null || !this.#skipsBadRows || refusal.code.startsWith('log_too_many')) {
      return refusal;
    }
    this.badRows++;
    if (this.badRowExamples.length < badRowsShown) {
      this.badRowExamples.push({ line: refusal.facts.line ?? '', code: refusal.code });
    }
    return null;
  }

  #refuse(code: string, facts: Readonly<Record<string, string>> = {}): Refusal {
    return refuse(code, { ...this.#scanner.where(), line: this.#line(), ...facts });
  }

  #line(): string {
    return String(this.#scanner.line);
  }

  #header(): Refusal | null {
    this.#fields = this.#scanner.fields;
    const header: string[] = [];
    for (let i = 0; i < this.#fields; i++) {
      this.#scanner.select(i);
      const { bytes, from, to } = this.#scanner;
      header.push(decodeUtf8(bytes, from, to).trim());
    }
    const columns = findColumns(header, this.#chosen);
    if (!('problem' in columns)) {
      this.columns = columns;
      for (const column of columns) this.#index[column.role] = column.index;
      if (this.#keepsAttributes) this.#keep(header);
      return null;
    }
    const names = header.slice(0, 30).join(', ').slice(0, 300);
    if (columns.problem === 'missing') {
      return this.#refuse('log_csv_column_missing', { role: columns.role, columns: names });
    }
    if (columns.problem === 'unknown') {
      return this.#refuse('log_csv_column_unknown', { column: columns.column, columns: names });
    }
    return this.#refuse('log_csv_column_twice', { column: columns.column });
  }

  #name(role: ColumnRole): string {
    return this.columns.find((column) => column.role === role)?.name ?? role;
  }

  #row(): Refusal | null {
    const { builder } = this;
    if (this.#scanner.fields !== this.#fields) {
      const facts = { expected: String(this.#fields), found: String(this.#scanner.fields) };
      return this.#refuse('log_csv_field_count', facts);
    }
    if (builder.size >= eventsMax) {
      return this.#refuse('log_too_many_events', { limit: String(eventsMax) });
    }
    const caseCode = this.#code('case', builder.cases);
    const activity = this.#code('activity', builder.activities);
    const resource = this.#code('resource', builder.resources);
    if (this.#longName) {
      return this.#refuse('log_name_too_long', { limit: String(nameBytesMax) });
    }
    if (caseCode === none) return this.#refuse('log_csv_empty', { column: this.#name('case') });
    if (activity === none) {
      return this.#refuse('log_csv_empty', { column: this.#name('activity') });
    }
    if (builder.activities.size > activitiesMax) {
      return this.#refuse('log_too_many_activities', { limit: String(activitiesMax) });
    }
    const at = this.#timeOf('time');
    if (typeof at !== 'number') return at;
    const start = this.#timeOf('start');
    if (typeof start !== 'number') return start;
    if (Number.isNaN(at) && Number.isNaN(start)) {
      return this.#refuse('log_csv_empty', { column: this.#name('time') });
    }
    if (this.#index.amount >= 0 && !this.#money()) return this.#refuse('log_amount_unreadable');
    builder.push(caseCode, activity, this.#lifecycle(), resource, at);
    if (!Number.isNaN(start)) builder.startedAt(start);
    if (this.#currency !== none) builder.movedMoney(this.#minor, this.#currency);
    if (this.#kept.length > 0) this.#readKept();
    return null;
  }

  /** The money that moved with a row, in the notation of its currency; false: it cannot be read. */
  #money(): boolean {
    const text = (index: number) => {
      this.#scanner.select(index);
      const { bytes, from, to } = this.#scanner;
      return to - from > nameBytesMax ? '?' : decodeUtf8(bytes, from, to).trim();
    };
    const [amount, currency] = [text(this.#index.amount), text(this.#index.currency)];
    this.#currency = none;
    if (amount === '') return true;
    if (!isCurrency(currency)) return false;
    const minor = parseAmount(amount, currency);
    if (!minor.ok) return false;
    const bytes = encodeUtf8(currency);
    this.#currency = this.builder.currencies.code(bytes, 0, bytes.length);
    this.#minor = minor.value;
    return true;
  }

  #keep(header: readonly string[]): void {
    const taken = new Set(Object.values(this.#index));
    for (const [index, name] of header.entries()) {
      const bytes = encodeUtf8(name);
      if (taken.has(index) || bytes.length === 0 || bytes.length > nameBytesMax) continue;
      const number = this.builder.eventAttributes.number(bytes, 0, bytes.length);
      if (number >= 0) this.#kept.push(index, number);
    }
  }

  #readKept(): void {
    const { builder } = this;
    for (let k = 0; k < this.#kept.length; k += 2) {
      this.#scanner.select(this.#kept[k]!);
      const { bytes, from, to } = this.#scanner;
      if (from === to || to - from > nameBytesMax) continue;
      const number = this.#kept[k + 1]!;
      const hash = hashOf(bytes, from, to);
      const code = builder.eventAttributes.valueCode(number, hash, bytes, from, to);
      builder.eventAttributes.set(number, builder.size - 1, code);
    }
  }

  /** The code of a field's text, or `none` when the column is not there or the field is empty. */
  #code(
    role: 'case' | 'activity' | 'resource',
    names: { code(bytes: Uint8Array, start: number, end: number): number },
  ): number {
    const index = this.#index[role];
    if (index < 0) return none;
    this.#scanner.select(index);
    const { bytes, from, to } = this.#scanner;
    if (to - from > nameBytesMax) {
      this.#longName = true;
      return none;
    }
    return from === to ? none : names.code(bytes, from, to);
  }

  #lifecycle(): number {
    const index = this.#index.lifecycle;
    if (index < 0) return completed;
    this.#scanner.select(index);
    const { bytes, from, to } = this.#scanner;
    if (from === to) return completed;
    for (let i = from; i < to; i++) if (bytes[i]! >= 65 && bytes[i]! <= 90) bytes[i]! |= 32;
    const words = this.builder.lifecycles;
    const code = words.find(bytes, from, to);
    return code < 0 ? words.size - 1 : code;
  }

  /** The time in a column; NaN when the column is not there or the field is empty. */
  #timeOf(role: 'time' | 'start'): number | Refusal {
    const index = this.#index[role];
    if (index < 0) return Number.NaN;
    this.#scanner.select(index);
    const { bytes } = this.#scanner;
    let start = this.#scanner.from;
    let end = this.#scanner.to;
    while (start < end && bytes[start] === 32) start++;
    while (start < end && bytes[end - 1] === 32) end--;
    if (start === end) return Number.NaN;
    const column = role === 'time' ? this.time : this.start;
    const at = column.read(bytes, start, end);
    if (Number.isNaN(at)) {
      return this.#refuse('log_time_unreadable', { column: this.#name(role) });
    }
    return column.mixed ? this.#refuse('log_time_mixed', { column: this.#name(role) }) : at;
  }

  /**
   * 03/04/2011 can be March or April. Values such as 31/12 or 12/31 decide for the whole file; if
   * none does, the file is refused, because a guess would be wrong in silence.
   */
  #settleDayAndMonth(): Refusal | null {
    const open = [this.time, this.start].filter(
      (column) => column.format === 'dmy' && !column.chosen,
    );
    const dayFirst = open.some((column) => column.reader.sawDayFirst);
    const monthFirst = open.some((column) => column.reader.sawMonthFirst);
    if (open.length === 0) return null;
    const column = this.#name('time');
    if (dayFirst && monthFirst) return refuse('log_time_mixed', { line: '1', byte: '1', column });
    const zoned = open.some((column) => column.reader.sawZone);
    if (!dayFirst && (!monthFirst || zoned)) return refuse('log_time_ambiguous', { column });
    if (dayFirst) return null;
    for (const [column, which] of [
      [this.time, 'at'],
      [this.start, 'start'],
    ] as const) {
      if (column.format !== 'dmy') continue;
      column.format = 'mdy';
      this.builder.rewriteTimes(dayFirstToMonthFirst, which);
    }
    return null;
  }
}

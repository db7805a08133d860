import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import type { LogSource } from '../analysis.ts';
import type { EventLog } from '../event-log.ts';
import { type CsvOptions, CsvReader } from './csv-reader.ts';
import type { TimeReader } from './times.ts';
import { XesReader } from './xes-reader.ts';

export type ReadOptions = CsvOptions & {
  /** True when the shell has turned another encoding into UTF-8 before pushing. */
  readonly transcoded?: boolean;
  /** True when the shell has made records of CSV out of another form, whatever they begin with. */
  readonly isCsv?: boolean;
};

/**
 * Reads one event log from chunks of bytes, whatever it turns out to be. Pure: the shell opens,
 * unpacks and pushes. After a refusal nothing more is taken.
 */
export class LogReader {
  #head = new Uint8Array(0);
  #inner: XesReader | CsvReader | null = null;
  #refusal: Refusal | null = null;
  readonly #options: ReadOptions;

  constructor(options: ReadOptions = {}) {
    this.#options = options;
  }

  /** Takes the next bytes; null, or the refusal that ends the reading. */
  push(chunk: Uint8Array): Refusal | null {
    if (this.#refusal) return this.#refusal;
    if (this.#inner) {
      this.#refusal = this.#inner.push(chunk);
      return this.#refusal;
    }
    const head = new Uint8Array(this.#head.length + chunk.length);
    head.set(this.#head);
    head.set(chunk, this.#head.length);
    this.#head = head;
    return head.length < 8 ? null : this.#begin();
  }

  /** Events read so far. */
  get events(): number {
    return this.#inner?.builder.size ?? 0;
  }

  /** No more bytes come: the log and how it was read, or the refusal. */
  end(): Result<{ log: EventLog; source: LogSource }> {
    if (!this.#inner && !this.#refusal) this.#begin();
    if (this.#refusal) return this.#refusal;
    const inner = this.#inner!;
    const refusal = inner.end();
    if (refusal) return refusal;
    if (inner.builder.size === 0) return refuse('log_without_events');
    const source = inner instanceof XesReader ? xesSource(inner) : csvSource(inner);
    return ok({ log: inner.builder.seal(), source });
  }

  /** Looks at the first bytes and hands them to the reader they belong to. */
  #begin(): Refusal | null {
    const head = this.#head;
    this.#head = new Uint8Array(0);
    const isCsv = this.#options.isCsv === true;
    this.#refusal = isCsv ? null : foreign(head);
    if (this.#refusal) return this.#refusal;
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    const body = marked ? head.subarray(3) : head;
    let at = 0;
    while (at < body.length && body[at]! <= 32) at++;
    this.#inner =
      body[at] === 60 && !isCsv
        ? new XesReader(this.#options.transcoded !== true, this.#options.attributes)
        : new CsvReader(this.#options);
    this.#refusal = this.#inner.push(body);
    return this.#refusal;
  }
}

/** First bytes that say: this is not text in UTF-8. */
function foreign(head: Uint8Array): Refusal | null {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  const encoding = (name: string): Refusal =>
    refuse('log_encoding_not_utf8', { encoding: name, byte: '1', line: '1' });
  if (starts(0xff, 0xfe) || (head[0] !== 0 && head[1] === 0 && head.length > 1)) {
    return encoding('UTF-16LE');
  }
  if (starts(0xfe, 0xff) || (head[0] === 0 && head[1] !== 0 && head.length > 1)) {
    return encoding('UTF-16BE');
  }
  if (starts(0x50, 0x4b, 3, 4)) return refuse('log_format_unknown', { looks: 'ZIP/XLSX' });
  if (starts(0x1f, 0x8b)) return refuse('log_format_unknown', { looks: 'GZIP' });
  if (starts(0x25, 0x50, 0x44, 0x46)) return refuse('log_format_unknown', { looks: 'PDF' });
  return null;
}

function zoneOf(...readers: TimeReader[]): LogSource['zone'] {
  const given = readers.some((reader) => reader.sawZone);
  const missing = readers.some((reader) => reader.sawLocal);
  return given && missing ? 'mixed' : given ? 'given' : 'none';
}

function xesSource(reader: XesReader): LogSource {
  return {
    format: 'xes',
    columns: [],
    delimiter: null,
    timeFormat: 'iso',
    timeFormatGuessed: false,
    zone: zoneOf(reader.times),
    joinedTraces: Math.max(0, reader.traces - reader.builder.cases.size),
  };
}

function csvSource(reader: CsvReader): LogSource {
  return {
    format: 'csv',
    columns: reader.columns.map(({ role, name, guessed }) => ({ role, name, guessed })),
    delimiter: reader.delimiter,
    timeFormat: reader.time.format ?? reader.start.format ?? 'iso',
    timeFormatGuessed: !reader.time.chosen,
    zone: zoneOf(reader.time.reader, reader.start.reader),
    joinedTraces: 0,
    ...(reader.badRows > 0
      ? { badRows: { count: reader.badRows, first: reader.badRowExamples } }
      : {}),
  };
}

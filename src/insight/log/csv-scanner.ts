import { type Refusal, refuse } from '../../base/result.ts';
import { firstNotUtf8, looksLike } from '../utf8.ts';

/** One record, with the line ends inside its quotes, may be this long. */
export const recordBytesMax = 1_048_576;
/** Columns of a file. */
export const fieldsMax = 1_000;

export const record = { more: 0, whole: 1, refused: 2 } as const;

const [quote, lf, cr] = [34, 10, 13];

/** Moves the unread rest of a window to its front and appends a chunk; grows when it must. */
export function slide(window: Uint8Array, from: number, to: number, chunk: Uint8Array): Uint8Array {
  const rest = to - from;
  let room = window;
  if (rest + chunk.length > window.length) {
    room = new Uint8Array(Math.max(window.length * 2, rest + chunk.length));
    room.set(window.subarray(from, to));
  } else if (from > 0) room.copyWithin(0, from, to);
  room.set(chunk, rest);
  return room;
}

/**
 * Cuts CSV (RFC 4180) into records: fields in double quotes may hold delimiters, line ends and
 * doubled quotes; LF, CR LF and CR end a record; empty lines are stepped over. A quote inside a
 * field that did not begin with one is a plain character. Positions are valid until the next push.
 */
export class CsvScanner {
  window: Uint8Array = new Uint8Array(1 << 17);
  refusal: Refusal | null = null;
  /** Line on which the record just found begins, from 1. */
  line = 1;
  fields = 0;
  readonly start = new Int32Array(fieldsMax);
  readonly end = new Int32Array(fieldsMax);
  /** The field chosen by `select`. */
  bytes: Uint8Array = this.window;
  from = 0;
  to = 0;
  readonly #doubled = new Uint8Array(fieldsMax);
  #scratch = new Uint8Array(256);
  #base = 0;
  #recordByte = 0;
  #from = 0;
  #to = 0;
  #nextLine = 1;
  #delimiter = 0;
  /** 1 for the bytes that end a field without quotes: delimiter, line ends, and NUL. */
  #stops = new Uint8Array(256);
  /** All bytes of the record so far, put together: 128 or more when one is beyond ASCII. */
  #bits = 0;

  /** Without a delimiter the first record decides: the most frequent of , ; tab and | in it. */
  constructor(delimiter?: number) {
    for (const byte of [0, lf, cr, delimiter ?? 0]) this.#stops[byte] = 1;
    this.#delimiter = delimiter ?? 0;
  }

  get delimiter(): string {
    return String.fromCharCode(this.#delimiter);
  }

  push(chunk: Uint8Array): void {
    this.window = slide(this.window, this.#from, this.#to, chunk);
    this.#base += this.#from;
    this.#to += chunk.length - this.#from;
    this.#from = 0;
  }

  /** The next record; with `last`, the bytes that are left are the whole of it. */
  next(last = false): number {
    for (;;) {
      if (this.refusal) return record.refused;
      if (this.#from >= this.#to) return record.more;
      const first = this.window[this.#from]!;
      if (first !== lf && first !== cr) break;
      if (first === lf || this.window[this.#from + 1] !== lf) this.#nextLine++;
      this.#from++;
    }
    this.line = this.#nextLine;
    this.#recordByte = this.#base + this.#from;
    if (this.#delimiter === 0 && !this.#chooseDelimiter(last)) return this.#unfinished();
    const found = this.#record(last);
    return found === record.more ? this.#unfinished() : found;
  }

  /** Says where the bytes of a field stand, with doubled quotes undone: bytes[from..to). */
  select(index: number): void {
    const start = this.start[index]!;
    const end = this.end[index]!;
    this.bytes = this.window;
    this.from = start;
    this.to = end;
    if (this.#doubled[index] === 0) return;
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(end - start);
    let to = 0;
    for (let i = start; i < end; i++) {
      this.#scratch[to++] = this.window[i]!;
      if (this.window[i] === quote) i++;
    }
    this.bytes = this.#scratch;
    this.from = 0;
    this.to = to;
  }

  /** Line and byte (from 1) of the record, for a refusal. */
  where(): { line: string; byte: string } {
    return { line: String(this.line), byte: String(this.#recordByte + 1) };
  }

  #refuse(code: string, facts: Readonly<Record<string, string>> = {}): number {
    this.refusal = refuse(code, { ...this.where(), ...facts });
    return record.refused;
  }

  #unfinished(): number {
    if (this.refusal) return record.refused;
    if (this.#to - this.#from <= recordBytesMax) return record.more;
    return this.#refuse('log_csv_line_too_long', { limit: String(recordBytesMax) });
  }

  #chooseDelimiter(last: boolean): boolean {
    const counts = new Map([44, 59, 9, 124].map((delimiter) => [delimiter, 0]));
    let quoted = false;
    let i = this.#from;
    for (; i < this.#to; i++) {
      const byte = this.window[i]!;
      if (byte === quote) quoted = !quoted;
      else if (quoted) continue;
      else if (byte === lf || byte === cr) break;
      else if (counts.has(byte)) counts.set(byte, counts.get(byte)! + 1);
    }
    if (i === this.#to && !last) return false;
    for (const [delimiter, count] of counts) {
      if (count > (counts.get(this.#delimiter) ?? -1)) this.#delimiter = delimiter;
    }
    this.#stops[this.#delimiter] = 1;
    return true;
  }

  #record(last: boolean): number {
    let i = this.#from;
    let lines = 0;
    this.#bits = 0;
    this.fields = 0;
    for (;;) {
      if (this.fields === fieldsMax) {
        return this.#refuse('log_csv_too_many_fields', { limit: String(fieldsMax) });
      }
      const index = this.fields++;
      const isQuoted = i < this.#to && this.window[i] === quote;
      const stop = isQuoted ? this.#quoted(index, i + 1) : this.#plain(index, i);
      if (stop < 0) return stop === -1 ? this.#noEnd(last) : record.refused;
      if (isQuoted) {
        for (let k = i; k < stop; k++) {
          if (this.window[k] === lf) lines++;
          this.#bits |= this.window[k]!;
        }
      }
      if (stop >= this.#to) {
        if (!last) return record.more;
        return this.#finish(stop, lines);
      }
      const byte = this.window[stop]!;
      if (byte === this.#delimiter) i = stop + 1;
      else if (byte === cr) {
        if (stop + 1 >= this.#to && !last) return record.more;
        const pair = this.window[stop + 1] === lf && stop + 1 < this.#to;
        return this.#finish(stop + (pair ? 2 : 1), lines + 1);
      } else return this.#finish(stop + 1, lines + 1);
    }
  }

  #noEnd(last: boolean): number {
    return last ? this.#refuse('log_csv_quote_open') : record.more;
  }

  #finish(next: number, lines: number): number {
    if (next - this.#from > recordBytesMax) {
      return this.#refuse('log_csv_line_too_long', { limit: String(recordBytesMax) });
    }
    if (this.#bits >= 128) {
      const bad = firstNotUtf8(this.window, this.#from, next);
      if (bad >= 0) {
        const looks = looksLike(this.window, bad, this.#to);
        return this.#refuse('log_not_utf8', { byte: String(this.#base + bad + 1), looks });
      }
    }
    this.#from = next;
    this.#nextLine += lines;
    return record.whole;
  }

  /** A field without quotes: where it stops, or -2 when a NUL byte shows that this is no text. */
  #plain(index: number, from: number): number {
    const { window } = this;
    const to = this.#to;
    const stops = this.#stops;
    let [i, bits] = [from, 0];
    for (; i < to; i++) {
      const byte = window[i]!;
      if (stops[byte] !== 0) break;
      bits |= byte;
    }
    if (i < to && window[i] === 0) return this.#binary();
    this.#bits |= bits;
    this.start[index] = from;
    this.end[index] = i;
    this.#doubled[index] = 0;
    return i;
  }

  #binary(): number {
    this.#refuse('log_csv_binary');
    return -2;
  }

  /** A field in quotes: where what follows it begins, -1 when the quotes do not close here. */
  #quoted(index: number, from: number): number {
    const { window } = this;
    const to = this.#to;
    this.#doubled[index] = 0;
    for (let i = from; i < to; i++) {
      const byte = window[i]!;
      if (byte === 0) return this.#binary();
      if (byte !== quote) continue;
      if (i + 1 < to && window[i + 1] === quote) {
        this.#doubled[index] = 1;
        i++;
        continue;
      }
      this.start[index] = from;
      this.end[index] = i;
      const after = i + 1 < to ? window[i + 1]! : lf;
      if (after === this.#delimiter || after === lf || after === cr) return i + 1;
      this.#refuse('log_csv_quote');
      return -2;
    }
    return -1;
  }
}

import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ok, type Refusal, type Result, refuse } from '../../../base/result.ts';
import type { LogSource } from '../../../insight/analysis.ts';
import type { EventLog } from '../../../insight/event-log.ts';
import { LogReader, type ReadOptions } from '../../../insight/log/log-reader.ts';
import type { Flattened } from '../../../insight/log/ocel/flatten.ts';
import { type Foreign, formOf } from './form.ts';

/** Encodings a log may be told to be in; without being told it is UTF-8. */
export const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'latin1'] as const;
export type Encoding = (typeof encodings)[number];

const chunkBytes = 1 << 18;

/** Files that are held in memory whole may be this large. */
const wholeBytesMax = 512_000_000;

export type ReadLogOptions = ReadOptions & {
  /** Of a workbook: which sheet; else the first. */
  readonly sheet?: string | null;
  /** Of an object-centric log: which objects are the cases. */
  readonly objectType?: string | null;
  /** Refuses a log with more events; else only the reader's own limit holds. */
  readonly eventsMax?: number;
};

/**
 * Reads a file as an event log in one pass: XES or CSV, plain or gzip; a workbook (xlsx), Parquet,
 * or an object-centric log (OCEL 2.0 in JSON, XML or SQLite), all told by their first bytes. Memory
 * holds the columns and one window, for the others also the file. Refusals: file_not_readable,
 * log_gzip_*, log_zip_*, log_xlsx_*, log_parquet_*, log_ocel_*, log_encoding_wrong and those of the
 * reader.
 */
export async function readLog(
  file: string,
  encoding: Encoding,
  options: ReadLogOptions,
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  const opened = await openFile(file);
  if (!opened.ok) return opened;
  const handle = opened.value;
  try {
    const head = new Uint8Array(4_096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const form = formOf(head.subarray(0, bytesRead));
    if (form !== 'text' && form !== 'gzip') return await readForeign(handle, file, form, options);
    const reader = bounded(
      new LogReader({ ...options, transcoded: encoding !== 'utf-8' }),
      options,
    );
    const refusal = await pour(handle, form === 'gzip', decoderOf(encoding), reader);
    return refusal ?? reader.end();
  } catch (error) {
    // A folder opens and then cannot be read.
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
      return refuse('file_not_readable', { file });
    }
    throw error;
  } finally {
    await handle.close();
  }
}

/** Files of other forms become rows of CSV, which the same reader takes. */
async function readForeign(
  handle: FileHandle,
  path: string,
  form: Foreign,
  options: ReadLogOptions,
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  const { size } = await handle.stat();
  if (size > wholeBytesMax) {
    return refuse('log_file_too_large', { limit: String(wholeBytesMax), found: String(size) });
  }
  const bytes = async () => new Uint8Array(await handle.readFile());
  const asCsv = { delimiter: ',', transcoded: true, isCsv: true };
  const reader = bounded(new LogReader({ ...options, ...asCsv }), options);
  const take = (chunk: Uint8Array) => reader.push(chunk);
  let flat: Result<Flattened> | null = null;
  let refusal: Refusal | null = null;
  // Loaded when needed: most files are XES or CSV, and those should not wait.
  if (form === 'xlsx') {
    const { pourXlsx } = await import('./read-xlsx.ts');
    refusal = await pourXlsx(await bytes(), options.sheet ?? null, take);
  } else if (form === 'parquet') {
    const { pourParquet } = await import('./read-parquet.ts');
    refusal = await pourParquet(await bytes(), take);
  } else {
    const { pourObjectLog } = await import('./read-ocel.ts');
    const objectForm = form === 'ocel-json' ? 'json' : form === 'ocel-xml' ? 'xml' : 'sqlite';
    const source = { path, bytes };
    flat = await pourObjectLog(objectForm, source, options.objectType ?? null, take);
    if (!flat.ok) return flat;
  }
  if (refusal) return refusal;
  const read = reader.end();
  if (!read.ok) return read;
  const source = { ...read.value.source, format: form, delimiter: null };
  return ok({ ...read.value, source: flat?.ok ? { ...source, flattened: flat.value } : source });
}

type Bounded = Pick<LogReader, 'push' | 'end'>;

/** A reader that refuses what goes beyond the caller's bound, while it is read. */
function bounded(reader: LogReader, { eventsMax }: ReadLogOptions): Bounded {
  if (eventsMax === undefined) return reader;
  return {
    push: (chunk) => {
      const refusal = reader.push(chunk);
      if (refusal || reader.events <= eventsMax) return refusal;
      return refuse('log_too_many_events', { limit: String(eventsMax) });
    },
    end: () => reader.end(),
  };
}

async function openFile(file: string): Promise<Result<FileHandle>> {
  return await open(file, 'r').then(
    (value) => ({ ok: true, value }) as const,
    (error: NodeJS.ErrnoException) => {
      const known = ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];
      if (known.includes(error.code ?? '')) return refuse('file_not_readable', { file });
      throw error;
    },
  );
}

/** Turns chunks of an encoding into chunks of UTF-8; null at the end flushes. */
type Decoder = { readonly name: string; decode(chunk: Uint8Array | null): Uint8Array };

function decoderOf(encoding: Encoding): Decoder | null {
  if (encoding === 'utf-8') return null;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  return {
    name: encoding,
    decode: (chunk) =>
      encoder.encode(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()),
  };
}

/** Pours the file into the reader; stops at the first refusal. */
async function pour(
  handle: FileHandle,
  packed: boolean,
  decoder: Decoder | null,
  reader: Bounded,
): Promise<Refusal | null> {
  const raw = handle.createReadStream({ start: 0, highWaterMark: chunkBytes, autoClose: false });
  const gunzip = packed ? createGunzip({ chunkSize: chunkBytes }) : null;
  // What fails while reading the file fails the unpacking too.
  const stream: Readable = gunzip ? raw.on('error', (e) => gunzip.destroy(e)).pipe(gunzip) : raw;
  const bytesRead = () => String(raw.bytesRead);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      const refusal = pushDecoded(reader, decoder, chunk, bytesRead);
      if (refusal) return refusal;
    }
    return decoder ? pushDecoded(reader, decoder, null, bytesRead) : null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    if (code === 'Z_BUF_ERROR') return refuse('log_gzip_truncated', { byte: bytesRead() });
    return refuse('log_gzip_damaged', { byte: bytesRead(), reason: message });
  } finally {
    stream.destroy();
    raw.destroy();
  }
}

function pushDecoded(
  reader: Bounded,
  decoder: Decoder | null,
  chunk: Uint8Array | null,
  bytesRead: () => string,
): Refusal | null {
  if (!decoder) return chunk ? reader.push(chunk) : null;
  try {
    return reader.push(decoder.decode(chunk));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse('log_encoding_wrong', { encoding: decoder.name, byte: bytesRead() });
  }
}

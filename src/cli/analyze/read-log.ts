import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Refusal, type Result, refuse } from '../../base/result.ts';
import type { LogSource } from '../../insight/analysis.ts';
import type { EventLog } from '../../insight/event-log.ts';
import { LogReader, type ReadOptions } from '../../insight/log/log-reader.ts';

/** Encodings a log may be told to be in; without being told it is UTF-8. */
export const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'latin1'] as const;
export type Encoding = (typeof encodings)[number];

const chunkBytes = 1 << 18;

/**
 * Reads a file as an event log in one pass, plain or gzip. Memory holds the columns and one window.
 * Refusals: file_not_readable, log_gzip_*, log_encoding_wrong and those of the reader.
 */
export async function readLog(
  file: string,
  encoding: Encoding,
  options: ReadOptions,
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  const opened = await openFile(file);
  if (!opened.ok) return opened;
  const handle = opened.value;
  try {
    const head = new Uint8Array(2);
    await handle.read(head, 0, 2, 0);
    const packed = head[0] === 0x1f && head[1] === 0x8b;
    const reader = new LogReader({ ...options, transcoded: encoding !== 'utf-8' });
    const refusal = await pour(handle, packed, decoderOf(encoding), reader);
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
  reader: LogReader,
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
  reader: LogReader,
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

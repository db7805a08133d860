import { createInflateRaw } from 'node:zlib';
import { type Refusal, refuse } from '../../../base/result.ts';
import type { ZipEntry } from '../../../insight/log/office/zip.ts';

const chunkBytes = 1 << 17;

/**
 * Unpacks a file of an archive piece by piece into `take`. More bytes than the archive says are a
 * lie, and refused: log_zip_bomb; what cannot be unpacked, or less: log_zip_damaged.
 */
export async function unpack(
  entry: ZipEntry,
  take: (chunk: Uint8Array) => Refusal | null,
): Promise<Refusal | null> {
  const damaged = refuse('log_zip_damaged', { what: entry.name.slice(0, 100) });
  if (!entry.deflated) return take(entry.packed);
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  inflate.end(entry.packed);
  let bytes = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > entry.bytes)
        return refuse('log_zip_bomb', { what: 'bytes', found: String(bytes) });
      const refusal = take(chunk);
      if (refusal) return refusal;
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    return damaged;
  } finally {
    inflate.destroy();
  }
  return bytes === entry.bytes ? null : damaged;
}

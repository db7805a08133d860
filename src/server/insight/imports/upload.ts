import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Result, refuse } from '../../../base/result.ts';

/** A file somebody sends may have so many bytes, packed or not. */
export const uploadBytesMax = 64_000_000;

export type Uploaded = { readonly file: string; readonly bytes: number; readonly hash: string };

class TooLarge extends Error {}

/**
 * Takes a body into a file of a folder of its own, which is gone when `use` has ended. Refusal:
 * log_empty (no file was sent), insight_upload_too_large, and those of `use`.
 */
export async function withUpload<T>(
  body: unknown,
  use: (uploaded: Uploaded) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!(body instanceof Readable)) return refuse('log_empty');
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-upload-'));
  try {
    const file = join(folder, 'log');
    const hash = createHash('sha256');
    let bytes = 0;
    async function* counted(source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > uploadBytesMax) throw new TooLarge();
        hash.update(chunk);
        yield chunk;
      }
    }
    await pipeline(body, counted, createWriteStream(file));
    return await use({ file, bytes, hash: hash.digest('hex') });
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return refuse('insight_upload_too_large', { limit: String(uploadBytesMax) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { ok, type Refusal, type Result, refuse } from '../../../base/result.ts';

/** A file inside a ZIP archive: `packed` are its bytes as they stand there. */
export type ZipEntry = {
  readonly name: string;
  readonly deflated: boolean;
  readonly packed: Uint8Array;
  /** What it says it unpacks to. */
  readonly bytes: number;
};

/** Files in one archive, what all of them unpack to, and how many times their size one may grow. */
export const entriesMax = 4_096;
export const unpackedBytesMax = 1 << 30;
export const growthMax = 250;
/** Below this a file may grow as it likes. */
const harmlessBytes = 1 << 20;

const [endMark, directoryMark, fileMark] = [0x06054b50, 0x02014b50, 0x04034b50];
const endLength = 22;
const commentMax = 65_535;

/**
 * The files of a ZIP archive (APPNOTE 6.3, without ZIP64, encryption and several disks), by its
 * directory. An archive that says it unpacks to far more than it holds, whose files lie over one
 * another, or that holds too many of them is refused before anything is unpacked: log_zip_bomb.
 * What is not such an archive: log_zip_damaged.
 */
export function zipEntries(file: Uint8Array): Result<readonly ZipEntry[]> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = endOf(view);
  if (end < 0) return damaged('end');
  const count = view.getUint16(end + 10, true);
  const directory = view.getUint32(end + 16, true);
  if (count > entriesMax) return bomb('files', String(count));
  const entries: ZipEntry[] = [];
  const spans: { from: number; to: number }[] = [];
  let [at, total] = [directory, 0];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryMark) return damaged('directory');
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [size, bytes] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const nameLength = view.getUint16(at + 28, true);
    const rest = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const local = view.getUint32(at + 42, true);
    if (at + 46 + nameLength + rest > end) return damaged('directory');
    let name = '';
    for (let k = 0; k < nameLength; k++) name += String.fromCharCode(file[at + 46 + k]!);
    at += 46 + nameLength + rest;
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) return damaged(name);
    if (local + 30 > directory || view.getUint32(local, true) !== fileMark) return damaged(name);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > directory) return damaged(name);
    total += bytes;
    if (total > unpackedBytesMax) return bomb('bytes', String(total));
    if (bytes > harmlessBytes && bytes > size * growthMax) return bomb('bytes', String(bytes));
    if (method === 0 && bytes !== size) return damaged(name);
    spans.push({ from: local, to: from + size });
    entries.push({ name, deflated: method === 8, packed: file.subarray(from, from + size), bytes });
  }
  spans.sort((a, b) => a.from - b.from);
  for (const [i, { from }] of spans.entries()) {
    if (i > 0 && from < spans[i - 1]!.to) return bomb('overlap', String(from));
  }
  return ok(entries);
}

function endOf(view: DataView): number {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - commentMax); at--) {
    if (view.getUint32(at, true) === endMark) return at;
  }
  return -1;
}

function damaged(what: string): Refusal {
  return refuse('log_zip_damaged', { what: what.slice(0, 100) });
}

function bomb(what: string, found: string): Refusal {
  return refuse('log_zip_bomb', { what, found });
}

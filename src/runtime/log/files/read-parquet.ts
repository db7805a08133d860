import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  snappyUncompress,
} from 'hyparquet';
import { assert } from '../../../base/assert.ts';
import { type Refusal, refuse } from '../../../base/result.ts';
import { type Cell, csvRecord } from '../../../insight/log/rows.ts';
import { checkPages } from './parquet-pages.ts';
import { Rows } from './read-xlsx.ts';
import { snappyIsWhole } from './snappy.ts';

/** A page of a column may unpack to this much, and to so many times its size. */
const [pageBytesMax, pageGrowthMax] = [32 << 20, 1_000];
/**
 * Values in one group of rows, over all columns, that are held at once; a small file may not claim
 * many: at most `valuesPerByte` for each of its bytes, beyond the first `valuesAlways`.
 */
const [groupValuesMax, columnsMax] = [20_000_000, 1_000];
const [valuesAlways, valuesPerByte] = [500_000, 50];

/**
 * Pours the rows of a Parquet file into `take` as CSV, a group of rows at a time. Times become ISO
 * 8601; lists and maps are left empty. Refusals: log_parquet_damaged, log_parquet_bomb.
 */
export async function pourParquet(
  bytes: Uint8Array<ArrayBuffer>,
  take: (chunk: Uint8Array) => Refusal | null,
): Promise<Refusal | null> {
  try {
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const compressors = compressorsOf(bytes.length);
    const file: AsyncBuffer = {
      byteLength: buffer.byteLength,
      slice: (start, end) => buffer.slice(start, end),
    };
    const metadata = parquetMetadata(buffer, { parsers, geoparquet: false });
    const columns = metadata.schema.filter((each) => each.num_children === undefined);
    const names = columns.map(({ name }) => name);
    const wrong = tooMuch(metadata, names.length, bytes.length);
    if (wrong) return wrong;
    checkPages(bytes, metadata, compressorsOf(bytes.length));
    const rows = new Rows(take);
    let refusal = rows.add(csvRecord(names));
    let from = 0;
    for (const group of metadata.row_groups) {
      const to = from + Number(group.num_rows);
      const table: Cell[][] = Array.from({ length: to - from }, () => []);
      // One column after the other: of several at once a second failure would be nobody's.
      for (const name of names)
        await readColumn(table, { file, metadata, name, from, compressors });
      for (const row of table) refusal ??= rows.add(csvRecord(row));
      if (refusal) return refusal;
      from = to;
    }
    return rows.flush();
  } catch (error) {
    if (error instanceof Bomb) return refuse('log_parquet_bomb', { found: error.message });
    assert(error instanceof Error, 'what is thrown is an error');
    return refuse('log_parquet_damaged', { reason: error.message.slice(0, 200) });
  }
}

class Bomb extends Error {}

type Column = {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly name: string;
  readonly from: number;
  readonly compressors: Compressors;
};

/** Adds the values of a column to the rows of a group. */
async function readColumn(table: Cell[][], { from, name, ...read }: Column): Promise<void> {
  await parquetRead({
    ...read,
    columns: [name],
    rowStart: from,
    rowEnd: from + table.length,
    parsers,
    geoparquet: false,
    onComplete: (values: unknown[][]) => {
      for (const [i, row] of table.entries()) row.push(cellOf(values[i]?.[0]));
    },
  });
}

function tooMuch(metadata: FileMetaData, columns: number, bytes: number): Refusal | null {
  const damaged = (reason: string) => refuse('log_parquet_damaged', { reason });
  if (columns === 0 || columns > columnsMax) return damaged(`${columns} columns`);
  const most = Math.min(groupValuesMax, Math.max(valuesAlways, bytes * valuesPerByte));
  const valuesMost = BigInt(most);
  let rows = 0n;
  for (const group of metadata.row_groups) {
    if (group.num_rows < 0n || group.columns.length !== columns) return damaged('row group');
    for (const { meta_data: column } of group.columns) {
      if (column === undefined) return damaged('column');
      const inside = column.data_page_offset >= 0n && column.data_page_offset < BigInt(bytes);
      if (!inside || column.num_values < 0n) return damaged('column');
      if (column.num_values > valuesMost) throw new Bomb(String(column.num_values));
    }
    if (group.num_rows * BigInt(columns) > valuesMost) {
      throw new Bomb(String(group.num_rows));
    }
    rows += group.num_rows;
  }
  return rows === metadata.num_rows ? null : damaged('rows');
}

/**
 * What unpacks the pages of one file. Refused as a bomb: a page of more than it may be, and pages
 * that together come to more than `unpackedAlways` and many times the file.
 */
function compressorsOf(fileBytes: number): Compressors {
  let left = Math.max(unpackedAlways, fileBytes * pageGrowthMax);
  const guarded =
    (growthMax: number, unpack: (input: Uint8Array, length: number) => Uint8Array) =>
    (input: Uint8Array, length: number): Uint8Array => {
      const grows = length > 1 << 10 && length > input.length * growthMax;
      left -= length + input.length;
      if (!(length >= 0) || length > pageBytesMax || grows || left < 0) {
        throw new Bomb(String(length));
      }
      const output = unpack(input, length);
      if (output.length !== length) throw new Error('a page of another length than it says');
      return output;
    };
  return {
    SNAPPY: guarded(snappyGrowthMax, (input, length) => {
      if (!snappyIsWhole(input, length)) throw new Error('a page that Snappy cannot unpack');
      const output = new Uint8Array(length);
      snappyUncompress(input, output);
      return output;
    }),
    GZIP: guarded(pageGrowthMax, (input) => gunzipSync(input, limit)),
    BROTLI: guarded(pageGrowthMax, (input) => brotliDecompressSync(input, limit)),
    ZSTD: guarded(pageGrowthMax, (input) => zstdDecompressSync(input, limit)),
  };
}

const limit = { maxOutputLength: pageBytesMax };
/** A copy of Snappy takes three bytes and makes at most 64. */
const snappyGrowthMax = 24;
const unpackedAlways = 16 << 20;

const iso = (atMs: number) => new Date(atMs).toISOString();
const parsers = {
  timestampFromMilliseconds: (millis: bigint) => iso(Number(millis)),
  timestampFromMicroseconds: (micros: bigint) => withMicros(micros),
  timestampFromNanoseconds: (nanos: bigint) => withMicros(nanos / 1_000n),
  dateFromDays: (days: number) => iso(days * 86_400_000).slice(0, 10),
};

function withMicros(micros: bigint): string {
  const rest = ((micros % 1_000n) + 1_000n) % 1_000n;
  const text = iso(Number((micros - rest) / 1_000n));
  return rest === 0n ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : null;
}

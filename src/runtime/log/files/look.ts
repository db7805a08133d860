import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type Refusal, type Result, refuse } from '../../../base/result.ts';
import { type ColumnRole, columnRoles, guessColumn } from '../../../insight/log/csv-columns.ts';
import { CsvScanner, record } from '../../../insight/log/csv-scanner.ts';
import { guessTimeFormat, type TimeFormat } from '../../../insight/log/times.ts';
import { decodeUtf8, encodeUtf8 } from '../../../insight/utf8.ts';
import { type FileForm, formOf } from './form.ts';
import type { Encoding } from './read-log.ts';

/** What the beginning of a file shows before it is read: for people to say what is what. */
export type FileLook = {
  readonly form: FileForm;
  /** Whether its columns must be told apart; a log of a standard names them itself. */
  readonly mapped: boolean;
  readonly encoding: Encoding;
  readonly delimiter: string | null;
  /** The columns with the first values they show. */
  readonly columns: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly guessed: Readonly<Partial<Record<ColumnRole, string>>>;
  /** The format of the first value of the guessed time column. */
  readonly timeFormat: TimeFormat | null;
};

const headBytes = 262_144;
const [samplesMost, sampleLetters] = [5, 60];

/** Ends pouring a file of another form once enough rows have come. */
const enough: Refusal = refuse('log_looked_at');

/**
 * Looks at the first rows of a file. Refusals: file_not_readable, those of unpacking and of reading
 * a header.
 */
export async function lookAtFile(
  file: string,
  encoding: Encoding | null,
  sheet: string | null,
): Promise<Result<FileLook>> {
  const handle = await open(file, 'r');
  try {
    const first = new Uint8Array(headBytes);
    const { bytesRead } = await handle.read(first, 0, headBytes, 0);
    const form = formOf(first.subarray(0, bytesRead));
    const bytes = async () => new Uint8Array(await handle.readFile());
    if (form === 'xlsx' || form === 'parquet') {
      const rows =
        form === 'xlsx' ? await xlsxHead(await bytes(), sheet) : await parquetHead(bytes);
      return rows.ok ? tableLook(form, rows.value, 'utf-8', ',') : rows;
    }
    const head =
      form === 'gzip'
        ? await unpackedHead(first.subarray(0, bytesRead))
        : first.subarray(0, bytesRead);
    if (form !== 'text' && form !== 'gzip') return standardLook(form);
    if (/^(?:\xef\xbb\xbf)?\s*</.test(Buffer.from(head.subarray(0, 256)).toString('latin1'))) {
      return standardLook(form);
    }
    const spoken = encoding ?? (isUtf8(head) ? 'utf-8' : 'gb18030');
    const text = encodeUtf8(new TextDecoder(spoken).decode(head, { stream: true }));
    return tableLook(form, text, spoken, null);
  } finally {
    await handle.close();
  }
}

function standardLook(form: FileForm): Result<FileLook> {
  return {
    ok: true,
    value: {
      ...{ form, mapped: false, encoding: 'utf-8', delimiter: null, columns: [] },
      ...{ guessed: {}, timeFormat: null },
    },
  };
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** As much of a packed file as its first bytes hold; what is damaged ends there. */
async function unpackedHead(packed: Uint8Array): Promise<Uint8Array> {
  const gunzip = createGunzip();
  const chunks: Uint8Array[] = [];
  let size = 0;
  gunzip.end(packed);
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= headBytes) break;
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

type Head = Result<Uint8Array>;

/** The first rows that are poured, as CSV. */
async function poured(
  pour: (take: (chunk: Uint8Array) => Refusal | null) => Promise<Refusal | null>,
): Promise<Head> {
  const chunks: Uint8Array[] = [];
  const refusal = await pour((chunk) => {
    chunks.push(chunk);
    return enough;
  });
  if (refusal !== null && refusal !== enough) return refusal;
  return { ok: true, value: Buffer.concat(chunks).subarray(0, headBytes) };
}

async function xlsxHead(bytes: Uint8Array, sheet: string | null): Promise<Head> {
  const { pourXlsx } = await import('./read-xlsx.ts');
  return await poured((take) => pourXlsx(bytes, sheet, take));
}

async function parquetHead(bytes: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Head> {
  const { pourParquet } = await import('./read-parquet.ts');
  const whole = await bytes();
  return await poured((take) => pourParquet(whole, take));
}

function tableLook(
  form: FileForm,
  head: Uint8Array,
  encoding: Encoding,
  delimiter: string | null,
): Result<FileLook> {
  const scanner = new CsvScanner(delimiter?.charCodeAt(0));
  scanner.push(head);
  const rows: string[][] = [];
  while (rows.length <= samplesMost) {
    const found = scanner.next(head.length < headBytes);
    if (found === record.refused && scanner.refusal) return scanner.refusal;
    if (found !== record.whole) break;
    rows.push(
      Array.from({ length: scanner.fields }, (_, i) => {
        scanner.select(i);
        return decodeUtf8(scanner.bytes, scanner.from, scanner.to).trim();
      }),
    );
  }
  const [header, ...samples] = rows;
  if (header === undefined) return refuse('log_empty');
  const roles = columnRoles.flatMap((role) => {
    const index = guessColumn(header, role);
    return index < 0 ? [] : [[role, header[index] ?? ''] as const];
  });
  const guessed: Partial<Record<ColumnRole, string>> = Object.fromEntries(roles);
  const timed = header.indexOf(guessed.time ?? guessed.start ?? '');
  const time = encodeUtf8(samples.map((row) => row[timed] ?? '').find((text) => text !== '') ?? '');
  return {
    ok: true,
    value: {
      ...{ form, mapped: true, encoding, delimiter: scanner.delimiter, guessed },
      columns: header.map((name, i) => ({
        name,
        samples: samples.map((row) => (row[i] ?? '').slice(0, sampleLetters)),
      })),
      timeFormat: guessTimeFormat(time, 0, time.length),
    },
  };
}

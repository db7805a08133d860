import type { Queries, Transaction } from '../database.ts';

/** A log somebody imported; see migration 0043. Instants are ms since the epoch. */
export type ImportedLogRow = {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the file as it came. */
  readonly fileHash: string;
  readonly fileBytes: bigint;
  readonly cases: number;
  readonly events: number;
  readonly activities: number;
  readonly fromAt: bigint;
  readonly toAt: bigint;
  /** JSON text: how the file was read. */
  readonly source: string;
  readonly unitCode: string;
  readonly login: string;
  readonly importedAt: bigint;
};

const columns = `id, name, file_hash as "fileHash", file_bytes as "fileBytes", cases, events,
  activities, from_at as "fromAt", to_at as "toAt", source, unit_code as "unitCode", login,
  imported_at as "importedAt"`;

/** Bytes of one part; a row of several megabytes is the most a database likes to move. */
const partBytes = 4_000_000;
/** Logs that are listed. */
const listedMost = 200;

/** Keeps a log with its packed columns; false when there is one of that id already. */
export async function insertImportedLog(
  transaction: Transaction,
  cellId: number,
  row: ImportedLogRow,
  packed: Uint8Array,
): Promise<boolean> {
  const added = await transaction.query(
    `insert into imported_log (cell_id, id, name, file_hash, file_bytes, cases, events,
       activities, from_at, to_at, source, unit_code, login, imported_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (cell_id, id) do nothing returning id`,
    [
      ...[cellId, row.id, row.name, row.fileHash, row.fileBytes, row.cases, row.events],
      ...[row.activities, row.fromAt, row.toAt, row.source, row.unitCode, row.login],
      row.importedAt,
    ],
  );
  if (added.length === 0) return false;
  for (let at = 0; at < packed.length; at += partBytes) {
    await transaction.query(
      `insert into imported_log_part (cell_id, log_id, n, bytes) values ($1, $2, $3, $4)`,
      [cellId, row.id, at / partBytes, packed.subarray(at, at + partBytes)],
    );
  }
  return true;
}

/** One log, or null. */
export async function importedLog(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<ImportedLogRow | null> {
  const [row] = await queries.query<ImportedLogRow>(
    `select ${columns} from imported_log where cell_id = $1 and id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** The logs of some units, the newest first. */
export async function importedLogs(
  queries: Queries,
  cellId: number,
  unitCodes: readonly string[],
): Promise<readonly ImportedLogRow[]> {
  return await queries.query<ImportedLogRow>(
    `select ${columns} from imported_log where cell_id = $1 and unit_code = any($2::text[])
     order by id desc limit ${listedMost}`,
    [cellId, unitCodes],
  );
}

/** The packed columns of a log, put together; empty when there is no such log. */
export async function importedLogBytes(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let n = 0; ; n += 1) {
    const [row] = await queries.query<{ bytes: Uint8Array }>(
      `select bytes from imported_log_part where cell_id = $1 and log_id = $2 and n = $3`,
      [cellId, id, n],
    );
    if (row === undefined) return Buffer.concat(parts);
    parts.push(row.bytes);
  }
}

/** Deletes a log of its owner; false when there is none. */
export async function deleteImportedLog(
  transaction: Transaction,
  cellId: number,
  { id, login }: { readonly id: string; readonly login: string },
): Promise<boolean> {
  const gone = await transaction.query(
    `delete from imported_log where cell_id = $1 and id = $2 and login = $3 returning id`,
    [cellId, id, login],
  );
  if (gone.length === 0) return false;
  await transaction.query(`delete from imported_log_part where cell_id = $1 and log_id = $2`, [
    ...[cellId, id],
  ]);
  return true;
}

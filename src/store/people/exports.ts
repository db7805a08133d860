import type { Queries } from '../database.ts';

/** A table that left the bank as a file. contentHash: SHA-256 of the file. */
export type ExportRecord = {
  readonly exportId: string;
  readonly exportedAt: number;
  readonly login: string;
  readonly person: string;
  readonly unitCode: string | null;
  readonly exportTable: string;
  readonly format: 'csv' | 'xlsx';
  readonly filter: Readonly<Record<string, string>>;
  readonly rowCount: number;
  readonly contentHash: string;
};

/** Records that a table leaves the bank. The record is never changed. */
export async function recordExport(
  queries: Queries,
  cellId: number,
  record: ExportRecord,
): Promise<void> {
  await queries.query(
    `insert into export_record (cell_id, export_id, exported_at, login, person, unit_code,
       export_table, format, filter, row_count, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, decode($11, 'hex'))`,
    [
      ...[cellId, record.exportId, record.exportedAt, record.login, record.person],
      ...[record.unitCode, record.exportTable, record.format, JSON.stringify(record.filter)],
      ...[record.rowCount, record.contentHash],
    ],
  );
}

/** Exports, the newest first, and how many there are in all; of one table or login, or of all. */
export async function listExports(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly exportTable: string | null;
    readonly login: string | null;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ exports: ExportRecord[]; total: number }> {
  const [row] = await queries.query<{ listed: string }>(
    `with chosen as (
       select * from export_record
       where cell_id = $1 and ($2::text is null or export_table = $2)
         and ($3::text is null or login = $3))
     select json_build_object('total', (select count(*) from chosen), 'exports', (
       select coalesce(json_agg(json_build_object('exportId', export_id,
         'exportedAt', exported_at, 'login', login, 'person', person, 'unitCode', unit_code,
         'exportTable', export_table, 'format', format, 'filter', filter,
         'rowCount', row_count, 'contentHash', encode(content_hash, 'hex'))), '[]') from (
         select * from chosen order by exported_at desc, export_id desc limit $4 offset $5) p)
     )::text as listed`,
    [cellId, wanted.exportTable, wanted.login, wanted.limit, wanted.offset],
  );
  return JSON.parse(row?.listed ?? '{"exports":[],"total":0}') as {
    exports: ExportRecord[];
    total: number;
  };
}

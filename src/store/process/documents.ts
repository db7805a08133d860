import type { Queries } from '../database.ts';
import type { DocumentRow } from './rows.ts';

type StoredDocument = Omit<DocumentRow, 'size_bytes' | 'created_at'> & {
  readonly size_bytes: bigint;
  readonly created_at: bigint;
};

/** The papers of a case, every version, in the order they came. */
export async function documentsOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<DocumentRow[]> {
  const rows = await queries.query<StoredDocument>(
    `select d.id, d.version, d.root_id, d.kind, d.hash, d.media_type, d.size_bytes,
       d.created_at, d.created_login
     from document d
     where d.cell_id = $1 and d.root_id = (select id from process_instance
       where cell_id = $1 and case_number = $2 and parent_id is null)
     order by d.id, d.version`,
    [cellId, caseNumber],
  );
  return rows.map((row) => ({
    ...row,
    size_bytes: Number(row.size_bytes),
    created_at: Number(row.created_at),
  }));
}

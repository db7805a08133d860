import type { Queries, Transaction } from '../database.ts';

/** A paper's bytes and the name its file had. */
export type DocumentContent = {
  readonly documentId: string;
  readonly version: number;
  readonly title: string;
  readonly content: Uint8Array;
};

/** Keeps what a paper says; its row in document is written in the same transaction. */
export async function insertDocumentContent(
  transaction: Transaction,
  cellId: number,
  document: DocumentContent,
): Promise<void> {
  const { documentId, version, title, content } = document;
  await transaction.query(
    `insert into document_content (cell_id, document_id, version, title, content)
     values ($1, $2, $3, $4, $5)`,
    [cellId, documentId, version, title, content],
  );
}

/** The names of the files of some papers: document id -> title of its newest version. */
export async function documentTitles(
  queries: Queries,
  cellId: number,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.query<{ id: string; title: string }>(
    `select document_id as id, title from document_content
     where cell_id = $1 and document_id = any($2::uuid[]) order by version`,
    [cellId, documentIds],
  );
  return new Map(rows.map((row) => [row.id, row.title]));
}

/** A paper of a case with its bytes, in its newest version; null when the case has none such. */
export async function readDocument(
  queries: Queries,
  cellId: number,
  of: { readonly caseNumber: string; readonly documentId: string },
): Promise<
  (DocumentContent & { readonly mediaType: string; readonly createdLogin: string }) | null
> {
  const rows = await queries.query<
    DocumentContent & { readonly mediaType: string; readonly createdLogin: string }
  >(
    `select d.id as "documentId", d.version, c.title, c.content, d.media_type as "mediaType",
       d.created_login as "createdLogin"
     from document d
     join document_content c
       on c.cell_id = d.cell_id and c.document_id = d.id and c.version = d.version
     where d.cell_id = $1 and d.id = $2 and d.root_id = (select id from process_instance
       where cell_id = $1 and case_number = $3 and parent_id is null)
     order by d.version desc limit 1`,
    [cellId, of.documentId, of.caseNumber],
  );
  return rows[0] ?? null;
}

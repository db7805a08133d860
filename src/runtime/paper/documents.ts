import { createHash } from 'node:crypto';
import { ok, type Result, refuse } from '../../base/result.ts';
import { insertDocumentContent } from '../../store/process/document-content.ts';
import { documentsOfCase } from '../../store/process/documents.ts';
import { tasksOfCase } from '../../store/process/tasks.ts';
import { act } from '../action/action.ts';
import { type Burst, liveOf, say } from '../action/burst.ts';
import type { Actor } from '../actor.ts';
import type { Parts } from '../parts.ts';

/** A paper put into a case: `kind` is the key of the form's field it was added by. */
export type AddDocumentOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly caseNumber: string;
  readonly kind: string;
  readonly title: string;
  readonly content: Uint8Array;
};

export type AddDocumentAnswer = {
  readonly documentId: string;
  readonly version: number;
  readonly hash: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdAt: number;
};

/** Largest paper, in bytes, and the most papers of one case. */
export const documentBytesMax = 10_485_760;
const documentsPerCaseMax = 100;

/** What papers may be, by the bytes they begin with; the name of a file says nothing. */
const mediaTypes: readonly { readonly mediaType: string; readonly begins: readonly number[] }[] = [
  { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
];

function mediaTypeOf(content: Uint8Array): string | null {
  const found = mediaTypes.find(({ begins }) => begins.every((byte, at) => content[at] === byte));
  return found?.mediaType ?? null;
}

/**
 * Puts a paper into a case and says so in its business log, by hash. Whoever holds an open task of
 * the case may, and its customer. A paper is never changed: a better one is another paper.
 */
export async function addDocument(
  parts: Parts,
  order: AddDocumentOrder,
): Promise<Result<AddDocumentAnswer>> {
  const { actor, caseNumber, kind, title, content } = order;
  const hash = createHash('sha256').update(content).digest('hex');
  const lock = { by: 'case', caseNumber } as const;
  const said = { caseNumber, kind, title, hash };
  const request = { name: 'add_document', actor, key: order.key, content: said, lock };
  return await act<AddDocumentAnswer>(parts, request, async (burst, loaded) => {
    const [row] = loaded.instances;
    if (row === undefined) return refuse('case_unknown', { caseNumber });
    if (row.status !== 'active') return refuse('case_not_active', { status: row.status });
    const mediaType = mediaTypeOf(content);
    if (mediaType === null) return refuse('document_type_not_allowed');
    if (content.length > documentBytesMax) {
      return refuse('document_too_large', { bytesMax: String(documentBytesMax) });
    }
    const mayAdd =
      (row.customer_id !== null && row.customer_id === actor.customerNumber) ||
      (await holdsTask(burst, caseNumber));
    if (!mayAdd) return refuse('document_without_task', { caseNumber });
    const known = await documentsOfCase(burst.transaction, parts.cellId, caseNumber);
    if (known.length >= documentsPerCaseMax) {
      return refuse('documents_too_many', { documentsMax: String(documentsPerCaseMax) });
    }
    const document = {
      ...{ id: burst.newId(), version: 1, root_id: row.root_id, kind, hash },
      ...{ media_type: mediaType, size_bytes: content.length },
      ...{ created_at: burst.at, created_login: actor.login },
    };
    burst.written.documents.push(document);
    const { id: documentId, version } = document;
    const kept = { documentId, version, title, content };
    await insertDocumentContent(burst.transaction, parts.cellId, kept);
    const facts = { documentId, documentKind: kind, hash };
    say(burst, liveOf(burst, row.id), { kind: 'document_added', facts });
    const size = { mediaType, sizeBytes: content.length };
    return ok({ documentId, version, hash, ...size, createdAt: burst.at });
  });
}

async function holdsTask(burst: Burst, caseNumber: string): Promise<boolean> {
  const tasks = await tasksOfCase(burst.transaction, burst.parts.cellId, caseNumber);
  return tasks.some(
    (task) =>
      task.assignee_login === burst.actor.login &&
      (task.status === 'reserved' || task.status === 'in_progress' || task.status === 'delegated'),
  );
}

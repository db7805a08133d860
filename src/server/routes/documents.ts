import { type Result, refuse } from '../../base/result.ts';
import { caseParams, documentsAnswer } from '../../contract/cases.ts';
import {
  addDocumentAnswer,
  addDocumentRequest,
  contentCharactersMax,
  documentParams,
} from '../../contract/documents.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { addDocument } from '../../runtime/paper/documents.ts';
import { documentTitles, readDocument } from '../../store/process/document-content.ts';
import type { ServerContext } from '../context.ts';
import { actorOf, keyOf } from '../guard/actors.ts';
import { seenCase } from '../guard/case-access.ts';
import { signedIn } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['cases'];
/** Beside the content of a paper: its kind, its title, and the JSON around them. */
const frameBytesMax = 4_096;

/** Papers of a case: what there is, adding one, the file itself. A customer sees the own ones. */
export function documentRoutes(app: App, context: ServerContext): void {
  listRoute(app, context);
  addRoute(app, context);
  fileRoute(app, context);
}

function listRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber/documents',
    {
      schema: {
        summary: 'Papers of a case by version and hash',
        ...{ tags, params: caseParams, response: { 200: documentsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenCase(context, person, request.params.caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const rows = await context.runtime.caseDocuments(seen.value.caseNumber);
      const shown = rows.filter(
        (row) => person.kind !== 'customer' || row.created_login === person.login,
      );
      const { database, settings } = context;
      const ids = shown.map((row) => row.id);
      const titles = await documentTitles(database, settings.cellId, ids);
      return {
        documents: shown.map((row) => ({
          documentId: row.id,
          ...{ kind: row.kind, title: titles.get(row.id) ?? row.kind },
          ...{ version: row.version, hash: row.hash },
          ...{ mediaType: row.media_type, sizeBytes: row.size_bytes },
          createdAt: row.created_at,
          createdBy: row.created_login,
        })),
      };
    },
  );
}

function addRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/cases/:caseNumber/documents',
    {
      bodyLimit: contentCharactersMax + frameBytesMax,
      schema: {
        summary: 'Add a paper: PDF, PNG or JPEG, told by its content',
        ...{ tags, params: caseParams, body: addDocumentRequest },
        response: { 200: addDocumentAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { caseNumber } = request.params;
      const { kind, title } = request.body;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const content = decoded(request.body.content);
      if (!content.ok) return sendRefusal(reply, content);
      const seen = await seenCase(context, person, caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const added = await addDocument(context.runtime.parts, {
        ...{ actor: actorOf(person), key: key.value, caseNumber, kind, title },
        content: content.value,
      });
      if (!added.ok) return sendRefusal(reply, added);
      context.changed();
      return { document: { ...added.value, kind, title, createdBy: person.login } };
    },
  );
}

/** The bytes of a Base64 text; one that is not exactly Base64 is refused, not guessed at. */
function decoded(text: string): Result<Uint8Array, 'document_content_not_valid'> {
  const bytes = Buffer.from(text, 'base64');
  const isExact = bytes.length > 0 && bytes.toString('base64') === text;
  return isExact ? { ok: true, value: bytes } : refuse('document_content_not_valid');
}

function fileRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber/documents/:documentId',
    {
      schema: {
        summary: 'The file of a paper, to be kept, never opened within the console',
        ...{ tags, params: documentParams, response: refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenCase(context, person, request.params.caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const { database, settings } = context;
      const document = await readDocument(database, settings.cellId, request.params);
      const isShown =
        document !== null && (person.kind !== 'customer' || document.createdLogin === person.login);
      if (!isShown) return sendRefusal(reply, refuse('not_found'));
      const name = encodeURIComponent(document.title).replace(/['()*]/g, '_');
      return await reply
        .headers({
          'content-type': document.mediaType,
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(Buffer.from(document.content) as never);
    },
  );
}

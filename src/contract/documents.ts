import { z } from 'zod';
import { documentShape } from './cases.ts';
import { caseNumberShape, uuidShape } from './shapes.ts';

/** The longest Base64 text of a paper: 10 MiB of content. */
export const contentCharactersMax = 13_981_016;

/** POST /api/cases/:caseNumber/documents: adds a paper; PDF, PNG or JPEG, told by its content. */
export const addDocumentRequest = z
  .strictObject({
    /** Key of the form's field, such as applicationDocuments. */
    kind: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,99}$/),
    /** The name the file had. */
    title: z.string().min(1).max(200),
    /** The file in Base64. */
    content: z.string().min(1).max(contentCharactersMax),
  })
  .meta({ id: 'AddDocument' });

/** The paper as it stands in the case; a form's field holds its documentId. */
export const addDocumentAnswer = z
  .strictObject({ document: documentShape })
  .meta({ id: 'DocumentAdded' });

/** GET /api/cases/:caseNumber/documents/:documentId: the file itself. */
export const documentParams = z.strictObject({
  caseNumber: caseNumberShape,
  documentId: uuidShape,
});

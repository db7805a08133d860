import { z } from 'zod';
import { tableRefShape } from './decisions.ts';
import {
  bilingualShape,
  caseNumberShape,
  currencyShape,
  dateShape,
  elementIdShape,
  glCodeShape,
  instantShape,
  moneyShape,
  pageShape,
  unitIdShape,
  uuidShape,
  valuesShape,
} from './shapes.ts';

export const instanceStatusShape = z
  .enum(['active', 'suspended', 'completed', 'terminated'])
  .meta({ id: 'InstanceStatus' });

/** A case as a row of a list. */
export const caseSummaryShape = z
  .strictObject({
    caseNumber: caseNumberShape,
    processId: elementIdShape,
    processName: z.string(),
    processNameEn: z.string(),
    status: instanceStatusShape,
    outcome: z.string().nullable(),
    unitId: unitIdShape.nullable(),
    customerNumber: z.string().nullable(),
    startedAt: instantShape,
    /** When it should be through (预计完成), null when the process promises nothing. */
    dueAt: instantShape.nullable(),
    endedAt: instantShape.nullable(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummaryShape>;

/** Where a token stands now; several on one activity are counted. */
export const tokenShape = z
  .strictObject({
    processId: elementIdShape,
    element: elementIdShape,
    name: z.string(),
    nameEn: z.string(),
    count: z.number().int().min(1),
    since: instantShape.nullable(),
  })
  .meta({ id: 'Token' });

/** GET /api/cases */
export const casesQuery = z.strictObject({
  status: instanceStatusShape.optional(),
  processId: elementIdShape.optional(),
  customerNumber: z.string().max(40).optional(),
  ...pageShape,
});
export const casesAnswer = z
  .strictObject({ cases: z.array(caseSummaryShape), total: z.number().int().min(0) })
  .meta({ id: 'Cases' });

/** POST /api/cases: starts the newest version in force of a process. */
export const startCaseRequest = z
  .strictObject({
    processId: elementIdShape,
    values: valuesShape.default({}),
    /** The unit the case belongs to; default the user's own, for a customer the account's. */
    unitId: unitIdShape.optional(),
  })
  .meta({ id: 'StartCase' });
export const startCaseAnswer = z
  .strictObject({ caseNumber: caseNumberShape, status: instanceStatusShape })
  .meta({ id: 'CaseStarted' });

export const caseParams = z.strictObject({ caseNumber: caseNumberShape });

/** GET /api/cases/:caseNumber */
export const caseAnswer = z
  .strictObject({
    ...caseSummaryShape.shape,
    modelVersion: z.string(),
    values: valuesShape,
    tokens: z.array(tokenShape),
    /** Ids of the sequence flows taken, per process of the case, in order. */
    path: z.array(z.strictObject({ processId: elementIdShape, flow: elementIdShape })),
    /** Messages the case waits for that the reader may send, such as "the money has come". */
    awaits: z.array(
      z.strictObject({
        messageName: z.string(),
        element: elementIdShape,
        name: z.string(),
        nameEn: z.string(),
      }),
    ),
  })
  .meta({ id: 'Case' });
export type CaseAnswer = z.infer<typeof caseAnswer>;

/** One line of the history: a business event. Staff are named only to staff. */
export const historyLineShape = z
  .strictObject({
    at: instantShape,
    processId: elementIdShape,
    element: elementIdShape.nullable(),
    name: z.string(),
    nameEn: z.string(),
    event: z.string(),
    performer: z.string().nullable(),
    performerName: z.string().nullable(),
    unitId: unitIdShape.nullable(),
    /** Of an order about a task: to whom, and why. Staff only. */
    toName: z.string().nullable().optional(),
    reason: z.string().nullable().optional(),
  })
  .meta({ id: 'HistoryLine' });
export const historyAnswer = z
  .strictObject({ lines: z.array(historyLineShape) })
  .meta({ id: 'History' });

/** One side of a posting on one account. */
export const entryShape = z
  .strictObject({
    postingNumber: z.string(),
    accountingDate: dateShape,
    bookId: z.string(),
    side: z.enum(['debit', 'credit']),
    accountNumber: z.string(),
    accountName: z.string(),
    glCode: glCodeShape,
    glName: z.string(),
    amountMinor: moneyShape,
    currency: currencyShape,
    narrative: z.string(),
    postedAt: instantShape,
    /** 操作机构, which did it; bookId is the 账务机构, whose book it is. */
    operatingUnitId: unitIdShape,
    /** 开户机构, where the account was opened. */
    openingUnitId: unitIdShape,
    /** Login of who posted it; null for a customer who reads it. */
    maker: z.string().nullable(),
    authoriser: z.string().nullable(),
  })
  .meta({ id: 'Entry' });
export type Entry = z.infer<typeof entryShape>;
/** What was recorded off the balance sheet (表外), single-sided: in adds, out takes away. */
export const memorandumShape = z
  .strictObject({
    ...entryShape.omit({ side: true, openingUnitId: true }).shape,
    direction: z.enum(['in', 'out']),
    /** Number of the case whose thing is recorded, such as the loan that a collateral secures. */
    subject: z.string(),
  })
  .meta({ id: 'Memorandum' });
export type Memorandum = z.infer<typeof memorandumShape>;
export const caseEntriesAnswer = z
  .strictObject({ entries: z.array(entryShape), memoranda: z.array(memorandumShape) })
  .meta({ id: 'CaseEntries' });

/** One decision a table made for the case, with the rows that fired (from 1). */
export const decisionLineShape = z
  .strictObject({
    at: instantShape,
    /** The rule task that asked for it. */
    element: elementIdShape,
    name: z.string(),
    nameEn: z.string(),
    /** Id of the decision in its DMN model. */
    decision: z.string(),
    /** Version of the process, the text of its table that decided, and that text's hash. */
    modelVersion: z.string(),
    tableRef: tableRefShape,
    /** Number of the approved version that decided; null: the table deployed with the process. */
    tableVersion: z.number().int().nullable(),
    effectiveFrom: dateShape.nullable(),
    tableHash: z.string(),
    matchedRules: z.array(
      z.strictObject({ decision: z.string(), rows: z.array(z.number().int()) }),
    ),
    inputs: valuesShape,
    output: z.unknown(),
    /** Why something in the output is null. */
    reasons: z.array(z.strictObject({ code: z.string(), message: bilingualShape })),
  })
  .meta({ id: 'DecisionLine' });
export const decisionsAnswer = z
  .strictObject({ decisions: z.array(decisionLineShape) })
  .meta({ id: 'Decisions' });

/** A paper of the case: its kind, the hash of what it says, who put it there. */
export const documentShape = z
  .strictObject({
    documentId: uuidShape,
    kind: z.string(),
    title: z.string(),
    version: z.number().int().min(1),
    hash: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number().int().min(0),
    createdAt: instantShape,
    createdBy: z.string(),
  })
  .meta({ id: 'Document' });
export const documentsAnswer = z
  .strictObject({ documents: z.array(documentShape) })
  .meta({ id: 'Documents' });

/** GET /api/cases/:caseNumber/diagram: the model the case runs on and where it stands. */
export const diagramQuery = z.strictObject({ processId: elementIdShape.optional() });
export const diagramAnswer = z
  .strictObject({
    processId: elementIdShape,
    xml: z.string(),
    tokens: z.array(tokenShape),
    flowsTaken: z.array(elementIdShape),
    /** The other processes of the case (called ones), by id. */
    processIds: z.array(elementIdShape),
  })
  .meta({ id: 'Diagram' });

/** POST /api/cases/:caseNumber/withdraw */
export const withdrawnAnswer = z
  .strictObject({
    caseNumber: caseNumberShape,
    status: instanceStatusShape,
    outcome: z.string().nullable(),
  })
  .meta({ id: 'CaseWithdrawn' });

/** POST /api/cases/:caseNumber/messages: says what the case waits for. */
export const messageRequest = z
  .strictObject({
    messageName: z.string().min(1).max(100),
    values: valuesShape.default({}),
    /** Staff pass on what the customer, who is there, says. */
    customerPresent: z.boolean().optional(),
  })
  .meta({ id: 'Message' });
export const messageAnswer = z
  .strictObject({
    caseNumber: caseNumberShape,
    status: instanceStatusShape,
    outcome: z.string().nullable(),
  })
  .meta({ id: 'MessageTaken' });

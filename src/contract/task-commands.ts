import { z } from 'zod';
import {
  bilingualShape,
  caseNumberShape,
  elementIdShape,
  instantShape,
  pageShape,
  unitIdShape,
  uuidShape,
  valuesShape,
} from './shapes.ts';
import { taskShape } from './tasks.ts';

/** Longest reason or note, in characters. */
export const reasonCharactersMax = 2_000;

const reason = z.string().max(reasonCharactersMax).default('');
const reasonRequired = z.string().min(1).max(reasonCharactersMax);
const login = z.string().min(1).max(64);

/** POST /api/tasks/:id/recall (取回) and …/urge (催办). */
export const reasonRequest = z.strictObject({ reason }).meta({ id: 'WithReason' });

/** POST /api/tasks/:id/transfer (转办) and …/delegate (委派): `to` is a colleague's login. */
export const handOverRequest = z.strictObject({ to: login, reason }).meta({ id: 'HandOver' });

/** POST /api/tasks/:id/resolve (交回): what was prepared becomes the owner's draft. */
export const resolveRequest = z
  .strictObject({ values: valuesShape.default({}), reason })
  .meta({ id: 'ResolveTask' });

export const signerPlaceShape = z.enum(['before', 'after', 'beside']).meta({ id: 'SignerPlace' });

/** POST /api/tasks/:id/add-signer (加签). */
export const addSignerRequest = z
  .strictObject({ place: signerPlaceShape, to: login, reason })
  .meta({ id: 'AddSigner' });

/** POST /api/tasks/:id/remove-signer (减签). */
export const removeSignerRequest = z
  .strictObject({ signer: login, reason: reasonRequired })
  .meta({ id: 'RemoveSigner' });

/** POST /api/tasks/:id/copy (抄送). */
export const copyRequest = z
  .strictObject({ to: z.array(login).min(1).max(20), note: reason })
  .meta({ id: 'CopyTask' });

/** POST /api/cases/:caseNumber/terminate (终止). */
export const terminateRequest = z
  .strictObject({ reason: reasonRequired })
  .meta({ id: 'TerminateCase' });

/** GET /api/cases/:caseNumber/orders: what the reader may order without holding a task of it. */
export const caseOrdersAnswer = z
  .strictObject({
    /** 终止 */
    mayTerminate: z.boolean(),
    /** 催办: open tasks of others. */
    urge: z.array(taskShape),
    /** 取回: the own last submission while nobody has acted on it. */
    recall: z.array(taskShape),
  })
  .meta({ id: 'CaseOrders' });
export type CaseOrdersAnswer = z.infer<typeof caseOrdersAnswer>;

export const purposeShape = z.enum(['forward', 'delegate', 'add_signer', 'copy']);

/** GET /api/tasks/:id/people: colleagues whom the holder may choose. */
export const peopleQuery = z.strictObject({ purpose: purposeShape.default('forward') });
export const peopleAnswer = z
  .strictObject({
    people: z.array(
      z.strictObject({
        login: z.string(),
        name: z.string(),
        role: z.string(),
        roleName: bilingualShape,
        unitId: unitIdShape,
      }),
    ),
  })
  .meta({ id: 'People' });
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

/** GET /api/tasks/:id/parts: where it can be returned to, and who else signs it. */
export const taskPartsAnswer = z
  .strictObject({
    /** Steps done, the one done last at the end. */
    returnSteps: z.array(
      z.strictObject({
        processId: elementIdShape,
        activity: elementIdShape,
        name: z.string(),
        nameEn: z.string(),
        performerName: z.string().nullable(),
      }),
    ),
    /** Whether colleagues can be added beside: a joint signing whose members are not fixed. */
    joint: z.boolean(),
    signers: z.array(
      z.strictObject({
        login: z.string().nullable(),
        name: z.string().nullable(),
        place: signerPlaceShape,
        status: z.enum(['planned', 'acting', 'signed', 'removed']),
      }),
    ),
    copies: z.array(
      z.strictObject({ name: z.string(), at: instantShape, readAt: instantShape.nullable() }),
    ),
  })
  .meta({ id: 'TaskParts' });
export type TaskPartsAnswer = z.infer<typeof taskPartsAnswer>;

/** GET /api/tasks/done: what I have submitted or lent in the last days, the newest first. */
export const doneTasksAnswer = z
  .strictObject({ tasks: z.array(taskShape) })
  .meta({ id: 'DoneTasks' });

/** A notice of a case to the reader (抄送). */
export const copyShape = z
  .strictObject({
    id: uuidShape,
    caseNumber: caseNumberShape,
    /** The step it was sent from. */
    name: z.string(),
    nameEn: z.string(),
    from: z.string(),
    fromName: z.string(),
    note: z.string(),
    at: instantShape,
    readAt: instantShape.nullable(),
  })
  .meta({ id: 'Copy' });
export type Copy = z.infer<typeof copyShape>;
export const copiesQuery = z.strictObject(pageShape);
export const copiesAnswer = z
  .strictObject({
    copies: z.array(copyShape),
    total: z.number().int().min(0),
    unread: z.number().int().min(0),
  })
  .meta({ id: 'Copies' });
export const copyParams = z.strictObject({ id: uuidShape });
export const readCopyAnswer = z.strictObject({ id: uuidShape }).meta({ id: 'CopyRead' });

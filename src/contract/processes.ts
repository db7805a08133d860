import { z } from 'zod';
import { elementIdShape, instantShape } from './shapes.ts';

/** A process of the catalogue in its newest version. */
export const processShape = z
  .strictObject({
    processId: elementIdShape,
    name: z.string(),
    nameEn: z.string(),
    /** Number in the process catalogue, such as P01. */
    catalogue: z.string().nullable(),
    line: z.string().nullable(),
    version: z.number().int().min(1),
    hash: z.string(),
    /** Whether the person who asks may start a case of it. */
    mayStart: z.boolean(),
  })
  .meta({ id: 'Process' });

/** GET /api/processes */
export const processesAnswer = z
  .strictObject({ processes: z.array(processShape) })
  .meta({ id: 'Processes' });

export const processParams = z.strictObject({ processId: elementIdShape });

/** One version of a process: who deployed it when, and who waived that it can go wrong. */
export const processVersionShape = z
  .strictObject({
    version: z.number().int().min(1),
    deployedAt: instantShape,
    deployedLogin: z.string(),
    waiver: z.strictObject({ person: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'ProcessVersion' });

/** GET /api/processes/:processId: the process with its BPMN text and versions, newest first. */
export const processAnswer = z
  .strictObject({
    process: processShape,
    xml: z.string(),
    versions: z.array(processVersionShape),
  })
  .meta({ id: 'ProcessDetail' });

const versionNumber = z.coerce.number().int().min(1);

/** GET /api/processes/:processId/changes: by default the newest version against the one before. */
export const processChangesQuery = z.strictObject({
  before: versionNumber.optional(),
  after: versionNumber.optional(),
});

/** What changed between two versions, by the ids of elements and flows. */
export const processChangesAnswer = z
  .strictObject({
    before: z.number().int(),
    after: z.number().int(),
    changes: z.array(
      z.strictObject({
        kind: z.enum(['added', 'removed', 'changed']),
        element: z.string(),
        name: z.string().nullable(),
        nameEn: z.string().nullable(),
        what: z.string().nullable(),
        was: z.string().nullable(),
        is: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProcessChanges' });

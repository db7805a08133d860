import { z } from 'zod';
import { caseNumberShape, instantShape, uuidShape } from './shapes.ts';

/**
 * What GET /api/stream sends: a hint that something the reader may see has changed. It carries no
 * data of the case; the reader asks again by the usual routes, where its rights are checked.
 */
export const streamEventShape = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('hello'), at: instantShape }),
    z.strictObject({ type: z.literal('tasks_changed'), at: instantShape }),
    z.strictObject({
      type: z.literal('case_changed'),
      at: instantShape,
      caseNumber: caseNumberShape,
      taskId: uuidShape.optional(),
    }),
  ])
  .meta({ id: 'StreamEvent' });
export type StreamEvent = z.infer<typeof streamEventShape>;

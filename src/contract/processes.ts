import { z } from 'zod';
import { elementIdShape } from './shapes.ts';

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

/** GET /api/processes/:processId: the process with its BPMN text. */
export const processAnswer = z
  .strictObject({ process: processShape, xml: z.string() })
  .meta({ id: 'ProcessDetail' });

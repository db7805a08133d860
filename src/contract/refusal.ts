import { z } from 'zod';
import { bilingualShape } from './shapes.ts';

/**
 * What the server answers instead of doing: a code of the closed list, in words of both languages.
 */
export const refusalShape = z
  .strictObject({
    /** A code of contract/refusals. */
    code: z.string(),
    message: bilingualShape,
    /** What filled the places of the text; never a name or a free text of a person. */
    facts: z.record(z.string(), z.string()),
    /** Ties this answer to the server's log; worth copying when asking for help. */
    reference: z.string(),
  })
  .meta({ id: 'Refusal' });
export type RefusalAnswer = z.infer<typeof refusalShape>;

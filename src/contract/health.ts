import { z } from 'zod';
import { dateShape } from './shapes.ts';

/** GET /health/live: the process answers. */
export const liveAnswer = z.strictObject({ status: z.literal('live') }).meta({ id: 'Live' });

/** GET /health/ready: the process can serve; 503 with the same shape when it cannot. */
export const readyAnswer = z
  .strictObject({
    status: z.enum(['ready', 'not_ready']),
    version: z.string(),
    checks: z.strictObject({
      database: z.enum(['ok', 'failed']),
      accountingDate: dateShape.nullable(),
    }),
  })
  .meta({ id: 'Ready' });
export type ReadyAnswer = z.infer<typeof readyAnswer>;

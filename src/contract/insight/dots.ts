import { z } from 'zod';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
const instant = z.number();

/** GET /api/insight/dots: cases as rows, each piece of work as a dot. */
export const insightDotsQuery = z.strictObject({
  ...askedShape,
  order: z.enum(['start', 'duration']).default('start'),
});

export const insightDotsAnswer = z
  .strictObject({
    /** Instants are ms since the epoch. */
    fromMs: instant,
    toMs: instant,
    activities: z.array(z.string()),
    casesInAll: whole,
    /** When there are too many, every n-th case of the order stands for its neighbours. */
    cases: z.array(
      z.strictObject({
        caseNumber: z.string(),
        /** Start, end and activity (its place in `activities`) of each piece of work. */
        work: z.array(z.tuple([instant, instant, whole])),
      }),
    ),
  })
  .meta({ id: 'InsightDots' });
export type InsightDotsAnswer = z.infer<typeof insightDotsAnswer>;

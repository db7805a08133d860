import { z } from 'zod';
import { askedShape } from './asked.ts';

const seconds = z.number().min(0);
const whole = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** GET /api/insight/predict: `limitHours`: how long a case may take, by the clock on the wall. */
export const insightPredictQuery = z.strictObject({
  ...askedShape,
  limitHours: z.coerce.number().positive().max(1_000_000).optional(),
});

/** How long cases under way will take, and how wrong that was for cases nobody had seen. */
export const insightPredictAnswer = z
  .strictObject({
    likenesses: z.array(z.string()),
    /** Null: no case that began late enough to judge on is over yet. */
    time: z
      .strictObject({
        ...{ cases: whole, moments: whole, coverage: share },
        ...{ errorSeconds: seconds, naiveMeanSeconds: seconds, naiveMedianSeconds: seconds },
      })
      .nullable(),
    late: z
      .strictObject({
        ...{ moments: whole, hits: whole },
        ...{ auc: share.nullable(), brier: seconds, naiveBrier: seconds },
      })
      .nullable(),
    runningInAll: whole,
    running: z.array(
      z.strictObject({
        caseNumber: z.string(),
        last: z.string(),
        ...{ elapsedSeconds: seconds, idleSeconds: seconds },
        /** From now on; four in five cases end between from and to. Null: nothing is like it. */
        left: z
          .strictObject({
            ...{ medianSeconds: seconds, fromSeconds: seconds, toSeconds: seconds },
            like: whole,
          })
          .nullable(),
        chanceLate: share.nullable(),
        warning: z.enum(['broken', 'at_risk', 'watch', 'fine']).nullable(),
      }),
    ),
  })
  .meta({ id: 'InsightPredict' });
export type InsightPredictAnswer = z.infer<typeof insightPredictAnswer>;

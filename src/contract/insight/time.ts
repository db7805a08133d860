import { z } from 'zod';
import { dateShape } from '../shapes.ts';
import { askedShape } from './asked.ts';

const seconds = z.number().min(0);
const whole = z.number().int().min(0);
const list = z.union([z.string().max(300), z.array(z.string().max(300)).max(50)]);

/** GET /api/insight/time: `customer` names activities of the customer's. */
export const insightTimeQuery = z.strictObject({
  ...askedShape,
  customer: list.default([]).transform((one) => (typeof one === 'string' ? [one] : one)),
});

const periodShape = z.strictObject({
  from: dateShape,
  arrivals: whole,
  completions: whole,
  /** Cases under way on average, and at the end of the period. */
  inProgress: seconds,
  atEnd: whole,
});

/** A timer that nobody wrote down; times from the end of the anchor to the activity. */
const timerShape = z.strictObject({
  ...{ anchor: z.string(), activity: z.string(), alike: z.array(z.string()) },
  ...{ medianSeconds: seconds, fromSeconds: seconds, toSeconds: seconds },
  ...{ executions: whole, afterAnchor: whole, sharpness: seconds },
  by: z.string().nullable(),
});

const workedShape = z.strictObject({
  activity: z.string(),
  instances: whole,
  medianWaitingSeconds: seconds,
  totalWaitingSeconds: seconds,
  medianProcessingSeconds: seconds.nullable(),
});

/** When cases come, go and wait. Times are seconds. */
export const insightTimeAnswer = z
  .strictObject({
    periodDays: whole,
    periods: z.array(periodShape),
    arrivalsPerDay: seconds,
    meanInProgress: seconds,
    mostInProgress: whole,
    mostInProgressOn: dateShape,
    timers: z.array(timerShape),
    waitingFor: z.strictObject({
      waitSeconds: seconds,
      timerSeconds: seconds,
      /** Null: nobody said which activities are the customer's. */
      customerSeconds: seconds.nullable(),
      bankSeconds: seconds,
    }),
    /** In the bank's working hours; null: its calendar does not cover the cases. */
    business: z
      .strictObject({
        ...{ calendar: z.string(), hours: z.string() },
        ...{ medianSeconds: seconds, meanSeconds: seconds, p90Seconds: seconds },
        ...{ waitingSeconds: seconds, workingSeconds: seconds, closedShare: seconds },
        activities: z.array(workedShape),
      })
      .nullable(),
  })
  .meta({ id: 'InsightTime' });
export type InsightTimeAnswer = z.infer<typeof insightTimeAnswer>;

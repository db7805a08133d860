import { z } from 'zod';
import { dateShape } from '../shapes.ts';
import { askedShape } from './asked.ts';

const seconds = z.number().min(0);
const whole = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** GET /api/insight/people */
export const insightPeopleQuery = z.strictObject(askedShape);

const personShape = z.strictObject({
  resource: z.string(),
  ...{ instances: whole, cases: whole, daysSeen: whole },
  /** The most frequent first, at most three. */
  activities: z.array(z.strictObject({ activity: z.string(), instances: whole })),
  medianHandlingSeconds: seconds.nullable(),
  busySeconds: seconds.nullable(),
  /** Of the time with work under way, the share with two or more pieces of it. */
  multitaskingShare: share.nullable(),
  mostAtOnce: whole.nullable(),
  /** When work is usually begun, such as '1-5 09:00-18:00'; null: the log does not tell. */
  hours: z.string().nullable(),
  /** Pieces of work begun in each period. */
  workload: z.array(whole),
});

/** Who hands work to whom, who works together, and what each one does. */
export const insightPeopleAnswer = z
  .strictObject({
    periods: z.array(dateShape),
    peopleInAll: whole,
    people: z.array(personShape),
    handoversInAll: whole,
    handovers: z.array(
      z.strictObject({
        ...{ from: z.string(), to: z.string() },
        ...{ times: whole, cases: whole, medianSeconds: seconds },
      }),
    ),
    /** Null: too many people work on a case to pair them. */
    together: z.array(z.strictObject({ a: z.string(), b: z.string(), cases: whole })).nullable(),
    /** Next pieces of work that the same person did, and those with a side nobody is named for. */
    keptByOne: whole,
    unnamed: whole,
    unnamedInstances: whole,
  })
  .meta({ id: 'InsightPeople' });
export type InsightPeopleAnswer = z.infer<typeof insightPeopleAnswer>;

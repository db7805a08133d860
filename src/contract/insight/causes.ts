import { z } from 'zod';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
const interval = z.strictObject({ from: z.number(), to: z.number() });

/**
 * GET /api/insight/causes: `outcome` is slow, slow:DAYS, rework, with:A, without:A, ends:A or
 * NAME=VALUE.
 */
export const insightCausesQuery = z.strictObject({
  ...askedShape,
  outcome: z.string().min(1).max(300).default('slow'),
});

const groupShape = z.enum(['attribute', 'resource', 'path', 'rework', 'period', 'load']);
const namedShape = { group: groupShape, subject: z.string(), value: z.string() };

/** A factor that goes with the outcome beyond chance, corrected for all that was looked at. */
const causeShape = z.strictObject({
  ...namedShape,
  ...{ cases: whole, hits: whole, otherCases: whole, otherHits: whole },
  difference: z.number(),
  interval,
  corrected: z.number(),
  secondsMore: z.number(),
  /** The factor that explains most of it when held, and what is left of the difference then. */
  held: z
    .strictObject({ ...namedShape, difference: z.number(), interval, explained: z.boolean() })
    .nullable(),
});
export type InsightCause = z.infer<typeof causeShape>;

const conditionShape = z.strictObject({
  attribute: z.string(),
  test: z.enum(['below', 'from', 'is', 'is_not']),
  value: z.string(),
});

export const insightCausesAnswer = z
  .strictObject({
    outcome: z.string(),
    /** Above which a case counts as slow; null for another outcome. */
    overSeconds: z.number().nullable(),
    cases: whole,
    hits: whole,
    /** Factors that were looked at, and those beyond chance. */
    looked: whole,
    found: z.array(causeShape),
    whys: z.array(z.strictObject({ among: whole, cause: causeShape })),
    timeLost: z
      .array(
        z.strictObject({
          ...{ from: z.string(), to: z.string() },
          secondsMore: z.number(),
          share: z.number(),
          mainly: z.enum(['batching', 'extraneous', 'contention', 'priority', 'unavailability']),
          mainlyShare: z.number(),
        }),
      )
      .nullable(),
    savings: z
      .strictObject({
        firstComeSeconds: z.number(),
        withoutStep: z.array(z.strictObject({ activity: z.string(), seconds: z.number() })),
      })
      .nullable(),
    decisionPoints: z.array(
      z.strictObject({
        after: z.string(),
        ways: z.array(z.strictObject({ next: z.string(), times: whole })),
        rules: z.array(
          z.strictObject({
            conditions: z.array(conditionShape),
            ...{ next: z.string(), cases: whole, share: z.number() },
          }),
        ),
        ...{ accuracy: z.number(), always: z.number() },
      }),
    ),
  })
  .meta({ id: 'InsightCauses' });
export type InsightCausesAnswer = z.infer<typeof insightCausesAnswer>;

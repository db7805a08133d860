import { z } from 'zod';
import { bilingualShape } from '../shapes.ts';
import { askedShape } from './asked.ts';

/** GET /api/insight/analysis */
export const insightQuery = z.strictObject(askedShape);

/** GET /api/insight/cases: the cases behind a figure; `variant` is a rank after all filters. */
export const insightCasesQuery = z.strictObject({
  ...askedShape,
  variant: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type InsightCasesQuery = z.infer<typeof insightCasesQuery>;

/** Times are seconds; what the log cannot tell is null, never 0. */
const seconds = z.number().min(0);
const whole = z.number().int().min(0);
const share = z.number().min(0);

const spreadShape = z.strictObject({
  meanSeconds: seconds,
  medianSeconds: seconds,
  p90Seconds: seconds,
  minSeconds: seconds,
  maxSeconds: seconds,
});

export const insightActivityShape = z
  .strictObject({
    activity: z.string(),
    instances: whole,
    cases: whole,
    reworkCases: whole,
    reworkEvents: whole,
    meanProcessingSeconds: seconds.nullable(),
    medianProcessingSeconds: seconds.nullable(),
    meanWaitingSeconds: seconds,
    medianWaitingSeconds: seconds,
    p90WaitingSeconds: seconds,
    waitingShare: share,
  })
  .meta({ id: 'InsightActivity' });

export const insightBottleneckShape = z
  .strictObject({
    rank: whole,
    activity: z.string(),
    share,
    totalWaitingSeconds: seconds,
    waitingCases: whole,
    text: bilingualShape,
  })
  .meta({ id: 'InsightBottleneck' });

export const insightVariantShape = z
  .strictObject({
    rank: whole,
    cases: whole,
    share,
    medianSeconds: seconds,
    activities: z.array(z.string()),
  })
  .meta({ id: 'InsightVariant' });

/** The five causes of waiting; the five add up to the wait. */
const waitSecondsShape = z.strictObject({
  contention: seconds,
  priority: seconds,
  unavailability: seconds,
  batching: seconds,
  extraneous: seconds,
});

export const insightWaitingShape = z
  .strictObject({
    unnamedShare: share,
    waitSeconds: seconds,
    seconds: waitSecondsShape,
    activities: z.array(
      z.strictObject({ activity: z.string(), waitSeconds: seconds, seconds: waitSecondsShape }),
    ),
  })
  .meta({ id: 'InsightWaiting' });

const placeShape = { x: z.number(), y: z.number() };

/** The process map as drawn, from start to end; `from` or `to` null is the outside. */
export const insightMapShape = z
  .strictObject({
    coverage: share,
    width: z.number(),
    height: z.number(),
    nodes: z.array(
      z.strictObject({
        ...placeShape,
        width: z.number(),
        height: z.number(),
        activity: z.string(),
        lines: z.array(z.string()),
        instances: whole,
        meanWaitingSeconds: seconds,
        waitingShare: share,
      }),
    ),
    begin: z.strictObject(placeShape),
    end: z.strictObject(placeShape),
    edges: z.array(
      z.strictObject({
        from: z.string().nullable(),
        to: z.string().nullable(),
        count: whole,
        medianSeconds: seconds.nullable(),
        path: z.string(),
        label: z.strictObject(placeShape),
        back: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'InsightMap' });

const definitionShape = z.strictObject({ term: bilingualShape, text: bilingualShape });

/** What the bank's own cases say, with what each figure means. */
export const insightAnswer = z
  .strictObject({
    /** Cases within the reader's data scope before any filter. */
    casesInScope: whole,
    steps: z.array(z.strictObject({ text: bilingualShape, casesBefore: whole, casesAfter: whole })),
    cases: whole,
    events: whole,
    activityInstances: whole,
    variants: whole,
    reworkCases: whole,
    reworkEvents: whole,
    period: z.strictObject({ from: z.string(), to: z.string() }),
    caseDuration: spreadShape,
    time: z.strictObject({
      cycleSeconds: seconds,
      workingSeconds: seconds,
      waitingSeconds: seconds,
      measured: z.boolean(),
    }),
    findings: z.array(bilingualShape),
    bottlenecks: z.array(insightBottleneckShape),
    waiting: insightWaitingShape.nullable(),
    maps: z.array(insightMapShape),
    /** Which of the maps is read most easily. */
    firstMap: whole,
    variantStats: z.array(insightVariantShape),
    activities: z.array(insightActivityShape),
    definitions: z.record(z.string(), definitionShape),
  })
  .meta({ id: 'InsightAnswer' });
export type InsightAnswer = z.infer<typeof insightAnswer>;

export const insightCasesAnswer = z
  .strictObject({
    total: whole,
    /** The longest first. */
    cases: z.array(
      z.strictObject({
        /** Of an imported log: its own name of the case. */
        caseNumber: z.string(),
        from: z.string(),
        to: z.string(),
        durationSeconds: seconds,
        steps: whole,
      }),
    ),
  })
  .meta({ id: 'InsightCases' });
export type InsightCasesAnswer = z.infer<typeof insightCasesAnswer>;

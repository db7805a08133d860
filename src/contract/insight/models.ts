import { z } from 'zod';
import { bilingualShape } from '../shapes.ts';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** How a model is made out of a log: split miner, or inductive mining without what is rare. */
export const minerShape = z.enum(['split', 'imf']);
export type Miner = z.infer<typeof minerShape>;

const made = { algorithm: minerShape.default('split'), noise: z.coerce.number().min(0).max(1) };

/** GET /api/insight/model */
export const insightModelQuery = z.strictObject({
  ...askedShape,
  algorithm: made.algorithm,
  noise: made.noise.optional(),
});

const elementsShape = z.array(z.strictObject({ activity: z.string(), ids: z.array(z.string()) }));

/** A discovered model; `sound`: what the kernel's verifier says of it. */
export const insightModelAnswer = z
  .strictObject({
    xml: z.string(),
    algorithm: minerShape,
    noise: share,
    sound: z.union([z.literal(true), z.literal('unknown')]),
    states: whole,
    size: whole,
    controlFlow: z.number().min(0),
    /** Pairs drawn one after the other, because beside each other they could not end well. */
    notConcurrent: z.array(z.tuple([z.string(), z.string()])),
    elements: elementsShape,
  })
  .meta({ id: 'InsightModel' });
export type InsightModelAnswer = z.infer<typeof insightModelAnswer>;

/** GET /api/insight/conformance: `model` is the id of a deployed process, or a miner. */
export const insightConformanceQuery = z.strictObject({
  ...askedShape,
  model: z.string().min(1).max(120),
});

const caseFitnessShape = z.strictObject({
  caseNumber: z.string(),
  cost: whole,
  fitness: z.number(),
});

/** A kind of deviation in words, and the cases that have it (at most 200 listed). */
const deviationShape = z.strictObject({
  kind: z.enum(['log', 'model']),
  activity: z.string(),
  times: whole,
  cases: whole,
  extraSeconds: z.number().nullable(),
  text: bilingualShape,
  caseNumbers: z.array(z.string()),
});

/** How well the cases and a model agree; fitness and precision by their published definitions. */
export const insightConformanceAnswer = z
  .strictObject({
    xml: z.string(),
    title: bilingualShape,
    version: whole.nullable(),
    cases: whole,
    /** Cases that had not ended and are left out, and those without any activity of the model. */
    unended: whole,
    fittingCases: whole,
    averageFitness: z.number(),
    logFitness: z.number(),
    /** Below the fitness where the search was stopped. */
    averageFitnessMin: z.number(),
    inexactCases: whole,
    precision: z.number().nullable(),
    /** Activities of called processes, which this model does not show. */
    leftOut: z.array(z.string()),
    deviations: z.array(deviationShape),
    marks: z.array(
      z.strictObject({
        ...{ activity: z.string(), ids: z.array(z.string()) },
        ...{ agreed: whole, skipped: whole, elsewhere: whole },
      }),
    ),
    worst: z.array(caseFitnessShape),
  })
  .meta({ id: 'InsightConformance' });
export type InsightConformanceAnswer = z.infer<typeof insightConformanceAnswer>;

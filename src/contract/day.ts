import { z } from 'zod';
import { currencyShape, dateShape, instantShape, moneyShape, valuesShape } from './shapes.ts';

/** GET /api/day; without a date the one that is being closed, else the open one. */
export const dayQuery = z.strictObject({ date: dateShape.optional() });

/** POST /api/day/close: begins the closing of a date (日终), or goes on with one that stopped. */
export const dayCloseRequest = z.strictObject({ date: dateShape });

const stepStatusShape = z.enum(['waiting', 'running', 'done', 'stopped', 'empty']);

/** A piece of work of a step, with its parts counted. */
export const dayWorkShape = z
  .strictObject({
    work: z.string(),
    status: stepStatusShape,
    parts: z.number().int(),
    partsDone: z.number().int(),
    items: z.number().int(),
    /** Why it stopped, as a refusal's code; its words are in `message`. */
    code: z.string().nullable(),
    message: z.strictObject({ 'zh-CN': z.string(), en: z.string() }).nullable(),
    facts: valuesShape,
  })
  .meta({ id: 'DayWork' });

/** One of the twelve steps. empty: it has no work on this date. */
export const dayStepShape = z
  .strictObject({
    number: z.number().int(),
    step: z.string(),
    status: stepStatusShape,
    items: z.number().int(),
    begunAt: instantShape.nullable(),
    endedAt: instantShape.nullable(),
    works: z.array(dayWorkShape),
  })
  .meta({ id: 'DayStep' });

/** The same amount from two places. */
export const dayProofShape = z
  .strictObject({
    rule: z.string(),
    place: z.string(),
    currency: currencyShape,
    leftMinor: moneyShape,
    rightMinor: moneyShape,
  })
  .meta({ id: 'DayProof' });

/** A date whose closing began. */
export const dayClosingShape = z
  .strictObject({
    accountingDate: dateShape,
    nextDate: dateShape,
    status: z.enum(['running', 'stopped', 'closed']),
    begunAt: instantShape,
    closedAt: instantShape.nullable(),
  })
  .meta({ id: 'DayClosing' });

export const dayAnswer = z
  .strictObject({
    accountingDate: dateShape,
    nextDate: dateShape.nullable(),
    status: z.enum(['not_begun', 'running', 'stopped', 'closed']),
    begunAt: instantShape.nullable(),
    begunLogin: z.string().nullable(),
    cutOffAt: instantShape.nullable(),
    closedAt: instantShape.nullable(),
    steps: z.array(dayStepShape),
    proof: z.array(dayProofShape),
    differences: z.number().int(),
    closings: z.array(dayClosingShape),
  })
  .meta({ id: 'Day' });
export type DayAnswer = z.infer<typeof dayAnswer>;

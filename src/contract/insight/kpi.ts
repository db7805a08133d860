import { z } from 'zod';
import {
  bilingualShape,
  caseNumberShape,
  currencyShape,
  dateShape,
  instantShape,
  unitIdShape,
  uuidShape,
} from '../shapes.ts';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
/** A decimal in the indicator's unit; exact, so it is text. */
const decimalShape = z.string().regex(/^-?(0|[1-9]\d{0,20})(\.\d{1,6})?$/);
/** Which cases count: those that have ended, or those under way too, as far as they have come. */
const countedShape = z.enum(['ended', 'all']).default('ended');
const codeShape = z.string().regex(/^[a-z0-9_]{1,40}$/);
const lightShape = z.enum(['green', 'amber', 'red', 'none']);

/** A value as it is counted, and as people read it. */
const valueShape = z.strictObject({ value: decimalShape, text: bilingualShape });

/**
 * GET /api/insight/kpi: the indicators over the cases counted. beforeFrom and beforeTo: hold them
 * against the cases of these days, with the mix held by nothing, the path or an attribute of cases.
 */
export const kpiQuery = z.strictObject({
  ...askedShape,
  process: z.string().min(1).max(120),
  beforeFrom: dateShape.optional(),
  beforeTo: dateShape.optional(),
  mix: z.string().min(1).max(120).default('none'),
  counted: countedShape,
});
export type KpiQuery = z.infer<typeof kpiQuery>;

const baselineShape = z
  .strictObject({
    id: uuidShape,
    value: valueShape,
    counted: whole,
    from: z.string(),
    to: z.string(),
    filters: z.array(z.string()),
    frozenAt: instantShape,
    login: z.string(),
    note: z.string(),
    /** Whether the indicator still means what it meant then. */
    sameDefinition: z.boolean(),
  })
  .meta({ id: 'KpiBaseline' });

const targetShape = z
  .strictObject({
    value: valueShape,
    dueDate: dateShape,
    weight: whole,
    login: z.string(),
    setAt: instantShape,
    gap: valueShape.nullable(),
    /** Where the straight line from the baseline to the target is today. */
    expected: valueShape.nullable(),
    /** Changes against the baseline in millionths of it: promised, and reached so far. */
    promisedPpm: z.number().int().nullable(),
    reachedPpm: z.number().int().nullable(),
  })
  .meta({ id: 'KpiTarget' });

const changeShape = z.strictObject({
  code: codeShape,
  before: valueShape,
  after: valueShape,
  afterAsIs: valueShape,
  difference: valueShape,
  from: valueShape,
  to: valueShape,
  verdict: z.enum(['better', 'worse', 'not_told']),
});

const objectionShape = z
  .strictObject({
    id: uuidShape,
    code: codeShape,
    unitCode: unitIdShape,
    caseNumber: caseNumberShape,
    reason: z.string(),
    raisedAt: instantShape,
    login: z.string(),
    answer: z
      .strictObject({
        accepted: z.boolean(),
        words: z.string(),
        answeredAt: instantShape,
        login: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'KpiObjection' });

const indicatorShape = z
  .strictObject({
    code: codeShape,
    number: z.string(),
    group: z.enum(['time', 'quality', 'cost', 'risk', 'satisfaction']),
    unit: z.enum(['seconds', 'share', 'per_hour', 'minor', 'people', 'per_10000']),
    better: z.enum(['lower', 'higher']),
    name: bilingualShape,
    definition: bilingualShape,
    formula: bilingualShape,
    sample: bilingualShape,
    value: valueShape.nullable(),
    /** Null for a rate: it has no unit of its own; else the currency of money. */
    currency: currencyShape.nullable(),
    n: whole,
    hits: whole.nullable(),
    activity: z.string().nullable(),
    basis: z.enum(['given', 'log']).nullable(),
    uncounted: whole,
    missing: z.array(codeShape),
    baseline: baselineShape.nullable(),
    target: targetShape.nullable(),
    light: lightShape,
  })
  .meta({ id: 'KpiIndicator' });
export type KpiIndicator = z.infer<typeof indicatorShape>;

const scoreHundredths = whole.max(10_000).nullable();

const partShape = z
  .strictObject({
    part: z.string(),
    cases: whole,
    scoreHundredths,
    values: z.array(
      z.strictObject({ code: codeShape, value: valueShape.nullable(), light: lightShape }),
    ),
  })
  .meta({ id: 'KpiPart' });

export const kpiAnswer = z
  .strictObject({
    cases: whole,
    /** Cases in the filters that have not ended, and are not counted. */
    unended: whole,
    from: z.string(),
    to: z.string(),
    /** Name of the calendar of the working hours; null: none is set. */
    calendar: z.string().nullable(),
    indicators: z.array(indicatorShape),
    scoreHundredths,
    /** What the indicators with a figure weigh of all that have a target, in millionths. */
    weighedPpm: whole,
    /** By unit, and by the month in which cases ended. */
    units: z.array(partShape),
    months: z.array(partShape),
    comparison: z
      .strictObject({
        changes: z.array(changeShape),
        strata: z.array(z.strictObject({ name: z.string(), before: whole, after: whole })),
        beforeLeftOut: whole,
        afterLeftOut: whole,
        rounds: whole,
      })
      .nullable(),
    /** Attributes of cases by which the mix may be held. */
    attributes: z.array(z.string()),
    objections: z.array(objectionShape),
    /** Whether the reader may freeze baselines, set targets and answer objections. */
    mayManage: z.boolean(),
  })
  .meta({ id: 'KpiAnswer' });
export type KpiAnswer = z.infer<typeof kpiAnswer>;

/** GET /api/insight/kpi/cases: the cases behind a figure. */
export const kpiCasesQuery = z.strictObject({
  ...askedShape,
  process: z.string().min(1).max(120),
  code: codeShape,
  counted: countedShape,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const kpiCasesAnswer = z
  .strictObject({
    total: whole,
    cases: z.array(
      z.strictObject({
        caseNumber: caseNumberShape,
        unitCode: unitIdShape.nullable(),
        from: z.string(),
        to: z.string(),
        durationSeconds: z.number().min(0),
        steps: whole,
      }),
    ),
  })
  .meta({ id: 'KpiCases' });
export type KpiCasesAnswer = z.infer<typeof kpiCasesAnswer>;

const words = z.string().trim().max(2_000);

/** POST /api/insight/kpi/baselines: freezes the value of an indicator over the cases asked for. */
export const freezeRequest = z
  .strictObject({
    ...askedShape,
    process: z.string().min(1).max(120),
    code: codeShape,
    counted: countedShape,
    note: words.default(''),
  })
  .meta({ id: 'FreezeBaseline' });

/** POST /api/insight/kpi/targets: a value, or a change in millionths against a baseline. */
export const targetRequest = z
  .strictObject({
    process: z.string().min(1).max(120),
    code: codeShape,
    baselineId: uuidShape.nullable().default(null),
    target: z.union([
      z.strictObject({ value: decimalShape }),
      z.strictObject({ changePpm: z.number().int().min(-1_000_000).max(10_000_000) }),
    ]),
    dueDate: dateShape,
    weight: z.number().int().min(1).max(10_000).default(1),
    note: words.default(''),
  })
  .meta({ id: 'SetTarget' });

/** POST /api/insight/kpi/objections: my unit objects to a case behind a figure. */
export const objectionRequest = z
  .strictObject({
    process: z.string().min(1).max(120),
    code: codeShape,
    counted: countedShape,
    caseNumber: caseNumberShape,
    reason: words.min(1),
  })
  .meta({ id: 'RaiseObjection' });

/** POST /api/insight/kpi/answers: to an objection, once. */
export const objectionAnswerRequest = z
  .strictObject({
    objectionId: uuidShape,
    process: z.string().min(1).max(120),
    accepted: z.boolean(),
    words: words.min(1),
  })
  .meta({ id: 'AnswerObjection' });

export const keptAnswer = z.strictObject({ id: uuidShape }).meta({ id: 'Kept' });

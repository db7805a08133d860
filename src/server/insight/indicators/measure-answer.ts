import { encodeValue } from '../../../base/data.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { workClock } from '../../../base/working-hours.ts';
import { none } from '../../../insight/event-log.ts';
import { type Filter, filtered } from '../../../insight/filter.ts';
import type { Instances } from '../../../insight/instances.ts';
import { onlyCases } from '../../../insight/instances-only.ts';
import { type Comparison, compareSamples, type Strata } from '../../../insight/kpi/compare.ts';
import type { IndicatorCode } from '../../../insight/kpi/indicators.ts';
import {
  type KpiInputs,
  kpiInputsOf,
  noInputs,
  type WorkingTime,
} from '../../../insight/kpi/inputs.ts';
import {
  casesBehind,
  type Figure,
  type Measured,
  measureKpis,
} from '../../../insight/kpi/measure.ts';
import {
  byAttribute,
  byMonth,
  measureParts,
  type PartMeasured,
} from '../../../insight/kpi/score.ts';
import type { Queries } from '../../../store/database.ts';
import { parameterOn } from '../../../store/products/parameters.ts';
import { casesOf, type Found } from '../found-log.ts';
import { bankHours } from '../working-hours.ts';

/** Which cases count: those that have ended, or those under way too. */
export type Counted = 'ended' | 'all';

/** `date`: the bank's day, whose parameter kpi.inputs holds. `before`: an earlier period. */
export type KpiAsked = {
  readonly cellId: number;
  readonly date: string;
  readonly before: { readonly fromMs: number; readonly toMs: number } | null;
  readonly mix: string;
  readonly counted: Counted;
  /** Whether the numbers of the cases counted are wanted. */
  readonly numbers: boolean;
};

/** What was measured, as plain data on its way out of the thread. */
export type KpiMeasured = {
  readonly cases: number;
  readonly unended: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly calendar: string | null;
  readonly figures: readonly Figure[];
  readonly units: readonly PartFigures[];
  readonly months: readonly PartFigures[];
  readonly comparison: Comparison | null;
  readonly currency: string | null;
  readonly attributes: readonly string[];
  readonly caseNumbers: readonly string[];
};

/** A unit or month with its own figures. */
export type PartFigures = {
  readonly part: string;
  readonly cases: number;
  readonly figures: readonly Figure[];
};

const comparisonSeed = 20_261_122;
/** The bank's clock is eight hours ahead of UTC; so many months are shown. */
const [bankOffsetMs, monthsMost] = [8 * 3_600_000, 24];

/**
 * Measures the indicators over the cases that the filters left and that count, for each unit too,
 * and holds them against an earlier period. Refusals: insight_no_ended_case,
 * kpi_before_without_cases, kpi_inputs_not_read (the bank's parameter), those of the filters.
 */
export async function kpiAnswerOf(found: Found, asked: KpiAsked): Promise<Result<KpiMeasured>> {
  const work = countedOnly(found.work, asked.counted);
  const cases = casesOf(work);
  if (cases.length === 0) return refuse('insight_no_ended_case');
  const before = beforeOf(found, asked);
  if (!before.ok) return before;
  const samples = before.value === null ? [work] : [work, before.value];
  const inputs = await inputsOf(found.queries, asked, samples);
  if (!inputs.ok) return inputs;
  const measured = measureKpis(work, inputs.value);
  const comparison =
    before.value === null ? null : compared(before.value, measured, inputs.value, asked.mix);
  if (before.value !== null && comparison === null) return refuse('kpi_before_without_cases');
  const { fromMs, toMs } = measured.columns;
  return ok({
    ...{ cases: cases.length, unended: casesOf(found.work).length - cases.length, fromMs, toMs },
    calendar: inputs.value.workingTime?.name ?? null,
    figures: measured.figures,
    units: measureParts(work, inputs.value, byAttribute(work, 'huiliu:unit')).map(figuresOf),
    months: measureParts(work, inputs.value, byMonth(work, bankOffsetMs))
      .slice(-monthsMost)
      .map(figuresOf),
    comparison,
    currency: inputs.value.currency,
    attributes: work.log.attributes.flatMap(({ name, of }) => (of === 'case' ? [name] : [])),
    caseNumbers: asked.numbers ? cases.map((c) => work.log.cases.text(c)) : [],
  });
}

function figuresOf({ part, measured }: PartMeasured): PartFigures {
  return { part, cases: measured.columns.cases, figures: measured.figures };
}

/** Which cases of a figure, and how many of them at most. */
export type KpiCasesAsked = Pick<KpiAsked, 'cellId' | 'date' | 'counted'> & {
  readonly code: IndicatorCode;
  readonly limit: number;
};

export type KpiCases = {
  readonly total: number;
  readonly cases: readonly {
    readonly caseNumber: string;
    readonly unitCode: string | null;
    readonly fromMs: number;
    readonly toMs: number;
    readonly steps: number;
  }[];
};

/** The cases behind a figure. Refusals: insight_no_ended_case, kpi_inputs_not_read. */
export async function kpiCasesAnswerOf(
  found: Found,
  asked: KpiCasesAsked,
): Promise<Result<KpiCases>> {
  const work = countedOnly(found.work, asked.counted);
  if (casesOf(work).length === 0) return refuse('insight_no_ended_case');
  const inputs = await inputsOf(found.queries, asked, [work]);
  if (!inputs.ok) return inputs;
  const codes = casesBehind(measureKpis(work, inputs.value), asked.code);
  const unit = work.log.attributes.find(({ name, of }) => name === 'huiliu:unit' && of === 'case');
  return ok({
    total: codes.length,
    cases: codes.slice(0, asked.limit).map((c) => {
      const [first, end] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
      const unitCode = unit?.code[c] ?? none;
      return {
        caseNumber: work.log.cases.text(c),
        unitCode: unitCode === none ? null : (unit?.values.text(unitCode) ?? null),
        fromMs: work.startMs[first]!,
        toMs: work.endMs.subarray(first, end).reduce((a, b) => Math.max(a, b)),
        steps: end - first,
      };
    }),
  });
}

/** Without the cases that the log says are still under way, unless all count. */
function countedOnly(work: Instances, counted: Counted): Instances {
  if (counted === 'all') return work;
  const { log } = work;
  const status = log.attributes.find(({ name, of }) => name === 'huiliu:status' && of === 'case');
  if (status === undefined) return work;
  const kept = Uint8Array.from(status.code, (code) =>
    code !== none && status.values.text(code) === 'completed' ? 1 : 0,
  );
  return onlyCases(work, kept);
}

/** The cases of the earlier period under the same filters but those of time. */
function beforeOf(found: Found, { before, counted }: KpiAsked): Result<Instances | null> {
  if (before === null) return ok(null);
  const others = found.steps.flatMap(({ filter }) => (filter.kind === 'time' ? [] : [filter]));
  const filters: readonly Filter[] = [{ kind: 'time', ...before }, ...others];
  const left = filtered(found.log, 'instances', filters);
  if (!left.ok) return left;
  const work = countedOnly(left.value.work, counted);
  return work.size === 0 ? refuse('kpi_before_without_cases') : ok(work);
}

function compared(before: Instances, after: Measured, inputs: KpiInputs, mix: string) {
  const strata: Strata =
    mix === 'none' || mix === 'variant' ? { kind: mix } : { kind: 'attribute', name: mix };
  const was = measureKpis(before, inputs);
  return compareSamples(was, after, { strata, seed: comparisonSeed });
}

/** What the log does not hold: the bank's parameter kpi.inputs and its working hours. */
async function inputsOf(
  queries: Queries,
  { cellId, date }: Pick<KpiAsked, 'cellId' | 'date'>,
  samples: readonly Instances[],
): Promise<Result<KpiInputs>> {
  const value = await parameterOn(queries, { cellId, name: 'kpi.inputs', date });
  const given = value === null ? ok(noInputs) : kpiInputsOf(JSON.parse(encodeValue(value)));
  if (!given.ok) return given;
  return ok({ ...given.value, workingTime: await workingTime(queries, cellId, samples) });
}

/** Null when the bank has no calendar, or one that does not know all days of the samples. */
async function workingTime(
  queries: Queries,
  cellId: number,
  samples: readonly Instances[],
): Promise<WorkingTime | null> {
  const place = await bankHours(queries, cellId);
  if (place === null) return null;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { startMs, endMs } of samples) {
    for (const at of startMs) from = Math.min(from, at);
    for (const at of endMs) to = Math.max(to, at);
  }
  const clock = workClock(place, from, to);
  if (!clock.ok) return null;
  return { name: place.days.name, between: (a, b) => clock.value.between(a, b) };
}

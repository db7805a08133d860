import type { Instances } from '../instances.ts';
import { sumOf } from '../quantiles.ts';
import { type CaseColumns, caseColumns } from './case-columns.ts';
import { type IndicatorCode, indicatorCodes, type Need } from './indicators.ts';
import { type KpiInputs, noInputs } from './inputs.ts';

const millionth = 1_000_000;
const hourMs = 3_600_000;

/**
 * The value of one indicator over a sample. valueMillionths: in millionths of its unit (seconds,
 * share, items per hour, minor units, people, per 10,000); null when something is missing, which
 * `missing` names, or when there is no case. `n`: what it is a mean or a share of. `hits`: for a
 * share of cases, how many have it. `basis`: where the hours came from. `uncounted`: executions by
 * staff without a recorded start, whose handling is therefore not in it.
 */
export type Figure = {
  readonly code: IndicatorCode;
  readonly valueMillionths: bigint | null;
  readonly missing: readonly Need[];
  readonly n: number;
  readonly hits: number | null;
  readonly activity: string | null;
  readonly currency: string | null;
  readonly basis: 'given' | 'log' | null;
  readonly uncounted: number;
};

/** A measured sample: its figures, and the columns they are sums of. */
export type Measured = {
  readonly work: Instances;
  readonly inputs: KpiInputs;
  readonly columns: CaseColumns;
  /** The activity of the bottleneck share; null for a log without time. */
  readonly bottleneck: number | null;
  readonly figures: readonly Figure[];
};

/** `bottleneck`: the activity whose share is wanted; without it, the one that takes longest. */
export type MeasureOptions = { readonly bottleneck?: string | null };

/** Measures every indicator over the cases of a log under its lifecycle view and filters. */
export function measureKpis(
  work: Instances,
  inputs: KpiInputs = noInputs,
  options: MeasureOptions = {},
): Measured {
  const columns = caseColumns(work, inputs);
  const bottleneck = bottleneckOf(work, columns, options.bottleneck ?? null);
  const measuring = { work, inputs, columns, bottleneck };
  return { ...measuring, figures: indicatorCodes.map((code) => figureOf(measuring, code)) };
}

type Measuring = Omit<Measured, 'figures'>;

/** The figure of one indicator. */
export function figureWith(measured: Pick<Measured, 'figures'>, code: IndicatorCode): Figure {
  return measured.figures.find((each) => each.code === code) as Figure;
}

function bottleneckOf(
  { log }: Instances,
  { stepTotalMs }: CaseColumns,
  wanted: string | null,
): number | null {
  let most: number | null = null;
  for (let code = 0; code < stepTotalMs.length; code++) {
    if (wanted !== null) {
      if (log.activities.text(code) === wanted) return code;
    } else if (stepTotalMs[code]! > (most === null ? 0 : stepTotalMs[most]!)) most = code;
  }
  return most;
}

function figureOf(measuring: Measuring, code: IndicatorCode): Figure {
  const { columns, inputs } = measuring;
  const { cases } = columns;
  const empty = {
    ...{ code, n: cases, hits: null, activity: null, currency: null, basis: null, uncounted: 0 },
  };
  const missing = missingOf(measuring, code);
  if (missing.length > 0 || cases === 0) return { ...empty, missing, valueMillionths: null };
  switch (code) {
    case 'handling_time': {
      const n = sumOf(columns.handled);
      return { ...empty, missing, n, ...ratio(sumOf(columns.handlingMs), n * 1000) };
    }
    case 'items_per_person_hour': {
      const [ms, basis] = laborMs(measuring);
      return { ...empty, missing, basis, ...ratio(cases * hourMs, ms) };
    }
    case 'cycle_time':
      return { ...empty, missing, ...ratio(sumOf(columns.cycleMs), cases * 1000) };
    case 'cycle_time_worked':
      return { ...empty, missing, ...ratio(sumOf(columns.workedMs!), cases * 1000) };
    case 'bottleneck_share': {
      const step = measuring.bottleneck;
      const activity = step === null ? null : measuring.work.log.activities.text(step);
      const ms = step === null ? 0 : columns.stepTotalMs[step]!;
      return { ...empty, missing, activity, ...ratio(ms, sumOf(columns.cycleMs)) };
    }
    case 'processing_efficiency':
      return { ...empty, missing, ...ratio(sumOf(columns.busyMs), sumOf(columns.cycleMs)) };
    case 'error_rate':
    case 'complaint_rate': {
      const sign = code === 'error_rate' ? inputs.errors : inputs.complaints;
      const marks = code === 'error_rate' ? columns.errors : columns.complaints;
      const hits = sign?.kind === 'count' ? sign.count : count(marks!);
      const per = code === 'error_rate' ? 1 : 10_000;
      return { ...empty, missing, hits, ...ratio(hits * per, cases) };
    }
    case 'rework_rate': {
      const hits = count(columns.reworked);
      return { ...empty, missing, hits, ...ratio(hits, cases) };
    }
    case 'first_pass_yield': {
      const hits = cases - count(columns.returned);
      return { ...empty, missing, hits, ...ratio(hits, cases) };
    }
    case 'manual_intervention_rate': {
      const hits = count(columns.intervened);
      return { ...empty, missing, hits, ...ratio(hits, cases) };
    }
    case 'unit_cost': {
      const uncounted = columns.staffUnmeasured;
      const valueMillionths = unitCost(sumOf(columns.staffMs), cases, inputs);
      return { ...empty, missing, uncounted, currency: inputs.currency, valueMillionths };
    }
    case 'labour_input': {
      const [ms, basis] = laborMs(measuring);
      const uncounted = basis === 'log' ? columns.staffUnmeasured : 0;
      return { ...empty, missing, basis, uncounted, ...ratio(ms, fullTimeMs(measuring)) };
    }
    default: {
      const never: never = code;
      return never;
    }
  }
}

function missingOf({ columns, inputs }: Measuring, code: IndicatorCode): readonly Need[] {
  const staffMeasured = columns.staffExecutions > columns.staffUnmeasured;
  switch (code) {
    case 'handling_time':
    case 'processing_efficiency':
      return sumOf(columns.handled) > 0 ? [] : ['handling_times'];
    case 'items_per_person_hour':
      if (inputs.personHours !== null) return [];
      return sumOf(columns.staffMs) > 0 && columns.staffUnmeasured === 0 ? [] : ['person_hours'];
    case 'cycle_time_worked':
      return columns.workedMs === null ? ['working_hours'] : [];
    case 'error_rate':
      return told(inputs.errors?.kind, columns.errors) ? [] : ['confirmed_errors'];
    case 'complaint_rate':
      return told(inputs.complaints?.kind, columns.complaints) ? [] : ['complaints'];
    case 'unit_cost':
      return [
        ...(staffMeasured ? [] : (['handling_times'] as const)),
        ...(inputs.staffRateMinorPerHour === null ? (['staff_rate'] as const) : []),
        ...(inputs.systemCostMinorPerItem === null ? (['system_cost'] as const) : []),
      ];
    case 'labour_input':
      return [
        ...(inputs.personHours === null && !staffMeasured ? (['person_hours'] as const) : []),
        ...(fullTimeMs({ columns, inputs }) > 0 ? [] : (['hours_per_person'] as const)),
      ];
    case 'manual_intervention_rate':
      return columns.named ? [] : ['resources'];
    default:
      return [];
  }
}

function told(kind: string | undefined, marks: Uint8Array | null): boolean {
  return kind === 'count' || marks !== null;
}

function laborMs({ columns, inputs }: Measuring): [number, 'given' | 'log'] {
  return inputs.personHours === null
    ? [sumOf(columns.staffMs), 'log']
    : [inputs.personHours * hourMs, 'given'];
}

/** What one full-time person works in the period of the sample; 0 when nobody says. */
function fullTimeMs({ columns, inputs }: Pick<Measuring, 'columns' | 'inputs'>): number {
  if (inputs.hoursPerPerson !== null) return inputs.hoursPerPerson * hourMs;
  return inputs.workingTime?.between(columns.fromMs, columns.toMs) ?? 0;
}

/** A quotient as millionths, rounded half up; none when there is nothing to divide by. */
function ratio(top: number, bottom: number): Pick<Figure, 'valueMillionths'> {
  if (!(bottom > 0)) return { valueMillionths: null };
  return { valueMillionths: BigInt(Math.round((top / bottom) * millionth)) };
}

/**
 * Cost of an item in millionths of a minor unit, rounded half up once. staffMs is of all items and
 * is taken to the whole millisecond.
 */
export function unitCost(staffMs: number, cases: number, inputs: KpiInputs): bigint {
  const { staffRateMinorPerHour, systemCostMinorPerItem } = inputs;
  const [items, million] = [BigInt(cases), BigInt(millionth)];
  const top =
    BigInt(Math.round(staffMs)) * (staffRateMinorPerHour ?? 0n) * million +
    (systemCostMinorPerItem ?? 0n) * items * million * BigInt(hourMs);
  const bottom = items * BigInt(hourMs);
  return (2n * top + bottom) / (2n * bottom);
}

function count(marks: Uint8Array): number {
  let hits = 0;
  for (const mark of marks) hits += mark;
  return hits;
}

/**
 * The cases behind a figure by their code: those that have it, for a share of cases; for the
 * first-pass yield those that do not; else all, the ones that weigh most first.
 */
export function casesBehind({ columns }: Measured, code: IndicatorCode): readonly number[] {
  const { counted } = columns;
  const all = Array.from(counted, (_, c) => c).filter((c) => counted[c] === 1);
  const most = (by: Float64Array) => all.sort((a, b) => by[b]! - by[a]! || a - b);
  const marked = (marks: Uint8Array | null) => (marks ? all.filter((c) => marks[c] === 1) : []);
  switch (code) {
    case 'error_rate':
      return marked(columns.errors);
    case 'complaint_rate':
      return marked(columns.complaints);
    case 'rework_rate':
      return marked(columns.reworked);
    case 'first_pass_yield':
      return marked(columns.returned);
    case 'manual_intervention_rate':
      return marked(columns.intervened);
    case 'handling_time':
      return most(columns.handlingMs);
    case 'items_per_person_hour':
    case 'unit_cost':
    case 'labour_input':
      return most(columns.staffMs);
    case 'cycle_time':
    case 'bottleneck_share':
    case 'processing_efficiency':
      return most(columns.cycleMs);
    case 'cycle_time_worked':
      return most(columns.workedMs ?? columns.cycleMs);
    default: {
      const never: never = code;
      return never;
    }
  }
}

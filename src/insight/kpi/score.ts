import { dateOfDayNumber } from '../../base/dates.ts';
import { casesOnly } from '../event-log.ts';
import { activityInstances, type Instances } from '../instances.ts';
import { valuesOfCases } from './case-columns.ts';
import { type IndicatorCode, indicatorOf } from './indicators.ts';
import type { KpiInputs } from './inputs.ts';
import { type Figure, type Measured, measureKpis } from './measure.ts';

/** One line of a scheme: how much an indicator weighs, and what reaches all its points. */
export type SchemeLine = {
  readonly code: IndicatorCode;
  /** A whole number above 0; the weights of a scheme need not add up to 100. */
  readonly weight: number;
  readonly targetMillionths: bigint;
};

/** `reached`: 0 to 100 in hundredths; null when the indicator has no figure. */
export type ScoreLine = SchemeLine & {
  readonly presentMillionths: bigint | null;
  readonly reachedHundredths: number | null;
};

/**
 * `score`: 0 to 100 in hundredths, over the lines that have a figure (null: none has one);
 * `weighed`: what these weigh of all, in millionths.
 */
export type Score = {
  readonly scoreHundredths: number | null;
  readonly weighedPpm: number;
  readonly lines: readonly ScoreLine[];
};

/**
 * The score of a sample under a scheme: the mean of what its indicators reach, by weight. An
 * indicator reaches 100 at its target or better, and in proportion short of it: target over value
 * where less is better, value over target where more is. One that has no figure weighs nothing.
 */
export function scoreOf(figures: readonly Figure[], scheme: readonly SchemeLine[]): Score {
  const lines = scheme.map((line) => {
    const figure = figures.find((each) => each.code === line.code);
    const presentMillionths = figure?.valueMillionths ?? null;
    const reached = presentMillionths === null ? null : reachedHundredths(line, presentMillionths);
    return { ...line, presentMillionths, reachedHundredths: reached };
  });
  const told = lines.filter((line) => line.reachedHundredths !== null);
  const weight = told.reduce((sum, line) => sum + line.weight, 0);
  const all = lines.reduce((sum, line) => sum + line.weight, 0);
  const points = told.reduce((sum, line) => sum + line.weight * (line.reachedHundredths ?? 0), 0);
  return {
    scoreHundredths: weight === 0 ? null : Math.round(points / weight),
    weighedPpm: all === 0 ? 0 : Math.round((weight / all) * 1_000_000),
    lines,
  };
}

function reachedHundredths({ code, targetMillionths: target }: SchemeLine, present: bigint) {
  const [top, bottom] =
    indicatorOf(code).better === 'lower' ? [target, present] : [present, target];
  if (top >= bottom) return 10_000;
  if (top <= 0n) return 0;
  return Number((top * 20_000n + bottom) / (2n * bottom));
}

/** A part of a sample, such as the cases of one unit or month, measured by itself. */
export type PartMeasured = { readonly part: string; readonly measured: Measured };

/** Which part a case belongs to; null: none. */
export type PartOf = (caseCode: number) => string | null;

/** Parts by the values of an attribute of cases (a unit, a product); none without it. */
export function byAttribute({ log }: Instances, attribute: string): PartOf {
  return valuesOfCases(log, attribute) ?? (() => null);
}

/** Parts by the month, YYYY-MM, in which a case ended, on a clock so far ahead of UTC. */
export function byMonth({ firstOfCase, endMs }: Instances, offsetMs: number): PartOf {
  return (c) => {
    const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    if (from === to) return null;
    const end = endMs.subarray(from, to).reduce((a, b) => Math.max(a, b));
    return dateOfDayNumber(Math.floor((end + offsetMs) / 86_400_000)).slice(0, 7);
  };
}

/** The indicators of each part of a sample, in the order of the parts' names. */
export function measureParts(
  work: Instances,
  inputs: KpiInputs,
  partOf: PartOf,
): readonly PartMeasured[] {
  const byPart = new Map<string, Uint8Array>();
  for (let c = 0; c < work.log.cases.size; c++) {
    const part = work.firstOfCase[c] === work.firstOfCase[c + 1] ? null : partOf(c);
    if (part === null) continue;
    const kept = byPart.get(part) ?? new Uint8Array(work.log.cases.size);
    kept[c] = 1;
    byPart.set(part, kept);
  }
  return [...byPart.keys()].sort().map((part) => {
    const log = casesOnly(work.log, byPart.get(part) as Uint8Array);
    return { part, measured: measureKpis(activityInstances(log, work.view), inputs) };
  });
}

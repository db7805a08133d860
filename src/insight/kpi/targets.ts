import { isCalendarDate } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type IndicatorCode, indicatorCodes } from './indicators.ts';
import type { Standing } from './standing.ts';
import { millionthsOf } from './value-text.ts';

/** What an indicator is to reach, by when, from which baseline, and what it weighs in a score. */
export type KpiTarget = {
  readonly code: IndicatorCode;
  readonly targetMillionths: bigint;
  readonly weight: number | null;
  readonly dueDate: string | null;
  readonly baseline: Standing['baseline'];
};

const weightMax = 10_000;

/**
 * Targets as they are written in a file, by indicator: { target, weight, due, baseline: { value,
 * from } }; values are decimals in the indicator's unit, as strings. Refused: kpi_targets_not_read
 * with the place that cannot be read.
 */
export function kpiTargetsOf(file: unknown): Result<readonly KpiTarget[], 'kpi_targets_not_read'> {
  if (!isRecord(file)) return refuse('kpi_targets_not_read', { place: '{}' });
  const targets: KpiTarget[] = [];
  for (const [name, line] of Object.entries(file)) {
    const code = indicatorCodes.find((each) => each === name);
    const read = code !== undefined && isRecord(line) ? targetOf(code, line) : null;
    if (read === null) return refuse('kpi_targets_not_read', { place: name.slice(0, 100) });
    targets.push(read);
  }
  return ok(targets);
}

function targetOf(code: IndicatorCode, line: Readonly<Record<string, unknown>>): KpiTarget | null {
  const { target, weight, due, baseline, ...rest } = line;
  const targetMillionths = valueIn(target);
  if (targetMillionths === null || Object.keys(rest).length > 0) return null;
  const isWeight = typeof weight === 'number' && Number.isSafeInteger(weight);
  if (weight !== undefined && !(isWeight && weight > 0 && weight <= weightMax)) return null;
  if (due !== undefined && !isDate(due)) return null;
  let from: Standing['baseline'] = null;
  if (baseline !== undefined) {
    if (!isRecord(baseline)) return null;
    const millionths = valueIn(baseline.value);
    if (millionths === null || !isDate(baseline.from)) return null;
    from = { millionths, from: baseline.from };
  }
  return {
    ...{ code, targetMillionths, baseline: from },
    weight: isWeight ? weight : null,
    dueDate: due ?? null,
  };
}

function valueIn(value: unknown): bigint | null {
  return typeof value === 'string' ? millionthsOf(value) : null;
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && isCalendarDate(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { dateInChina } from '../../../base/dates.ts';
import type { KpiAnswer, KpiIndicator } from '../../../contract/insight/kpi.ts';
import type { Change } from '../../../insight/kpi/compare.ts';
import {
  type IndicatorCode,
  indicatorCodes,
  indicatorOf,
} from '../../../insight/kpi/indicators.ts';
import type { Figure } from '../../../insight/kpi/measure.ts';
import { type SchemeLine, scoreOf } from '../../../insight/kpi/score.ts';
import { effectPpm, type Light, standing } from '../../../insight/kpi/standing.ts';
import { decimalText, valueText } from '../../../insight/kpi/value-text.ts';
import { definitionHash } from '../../../runtime/kpi/frozen.ts';
import type { BaselineRow, objectionsOf, TargetRow } from '../../../store/kpi/indicators.ts';
import type { KpiMeasured, PartFigures } from './measure-answer.ts';

/** What a process's figures are held against, and who reads them when. */
export type HeldAgainst = {
  readonly baselines: readonly BaselineRow[];
  readonly targets: readonly TargetRow[];
  readonly objections: Awaited<ReturnType<typeof objectionsOf>>;
  readonly today: string;
  readonly mayManage: boolean;
};

/** The indicators with their baselines, targets and lights, as the console reads them. */
export function kpiAnswer(measured: KpiMeasured, held: HeldAgainst): KpiAnswer {
  const { cases, unended, fromMs, toMs, calendar, comparison, attributes } = measured;
  const targets = new Map(held.targets.map((row) => [row.indicator, row]));
  const scheme = indicatorCodes.flatMap((code): SchemeLine[] => {
    const row = targets.get(code);
    return row === undefined ? [] : [{ code, ...row }];
  });
  const score = scoreOf(measured.figures, scheme);
  const partAnswer = ({ part, cases: own, figures }: PartFigures) => ({
    ...{ part, cases: own, scoreHundredths: scoreOf(figures, scheme).scoreHundredths },
    values: figures.map((figure) => ({
      code: figure.code,
      value: shown(figure.code, figure.valueMillionths, figure.currency),
      light: judged(figure, held).light,
    })),
  });
  return {
    ...{ cases, unended, calendar, attributes: [...attributes] },
    ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() },
    indicators: measured.figures.map((figure) => indicatorAnswer(figure, held)),
    ...{ scoreHundredths: score.scoreHundredths, weighedPpm: score.weighedPpm },
    units: measured.units.map(partAnswer),
    months: measured.months.map(partAnswer),
    comparison:
      comparison === null
        ? null
        : {
            changes: comparison.changes.map((each) => changeAnswer(each, measured.currency)),
            strata: comparison.strata.map((each) => ({ ...each })),
            ...{ beforeLeftOut: comparison.beforeLeftOut, afterLeftOut: comparison.afterLeftOut },
            rounds: comparison.rounds,
          },
    objections: held.objections.map((row) => ({
      ...{ id: row.id, code: row.indicator, unitCode: row.unitCode, caseNumber: row.caseNumber },
      ...{ reason: row.reason, raisedAt: Number(row.raisedAt), login: row.login },
      answer: row.answer && {
        ...{ accepted: row.answer.accepted, words: row.answer.words, login: row.answer.login },
        answeredAt: Number(row.answer.answeredAt),
      },
    })),
    mayManage: held.mayManage,
  };
}

type Shown = NonNullable<KpiIndicator['value']>;

function exactOf(code: IndicatorCode, millionths: bigint, currency: string | null): Shown {
  const text = valueText(millionths, indicatorOf(code).unit, currency);
  return { value: decimalText(millionths), text };
}

function shown(code: IndicatorCode, millionths: bigint | null, currency: string | null) {
  return millionths === null ? null : exactOf(code, millionths, currency);
}

/** The newest baseline of an indicator that still means the same; else the newest. */
function baselineFor(code: IndicatorCode, { baselines }: HeldAgainst): BaselineRow | null {
  const own = baselines.filter(({ indicator }) => indicator === code);
  const comparable = own.filter((row) => row.definitionHash === definitionHash(code));
  return comparable.at(-1) ?? own.at(-1) ?? null;
}

function judged(figure: Figure, held: HeldAgainst) {
  const target = held.targets.findLast(({ indicator }) => indicator === figure.code);
  const from = held.baselines.find(({ id }) => id === target?.baselineId);
  return standing({
    better: indicatorOf(figure.code).better,
    presentMillionths: figure.valueMillionths,
    targetMillionths: target?.targetMillionths ?? null,
    baseline: from
      ? { millionths: from.valueMillionths, from: dateInChina(Number(from.frozenAt)) }
      : null,
    dueDate: target?.dueDate ?? null,
    today: held.today,
  });
}

function indicatorAnswer(figure: Figure, held: HeldAgainst): KpiIndicator {
  const { code, currency, valueMillionths, missing, ...counts } = figure;
  const { number, group, unit, better, name, definition, formula, sample } = indicatorOf(code);
  const row = baselineFor(code, held);
  const baseline = row && {
    ...{ id: row.id, value: exactOf(code, row.valueMillionths, row.currency) },
    ...{ counted: Number(row.counted), login: row.login, note: row.note },
    ...{ ...sampleOf(row), frozenAt: Number(row.frozenAt) },
    sameDefinition: row.definitionHash === definitionHash(code),
  };
  const judgement = judged(figure, held);
  const light: Light = judgement.light;
  return {
    ...{ code, number, group, unit, better, name, definition, formula, sample, currency, light },
    ...{ ...counts, missing: [...missing], baseline },
    value: shown(code, valueMillionths, currency),
    target: targetAnswer(figure, judgement, held),
  };
}

function targetAnswer(
  { code, currency, valueMillionths }: Figure,
  { gapMillionths, expectedMillionths }: ReturnType<typeof standing>,
  { targets, baselines }: HeldAgainst,
): KpiIndicator['target'] {
  const target = targets.findLast(({ indicator }) => indicator === code);
  if (target === undefined) return null;
  const from = baselines.find(({ id }) => id === target.baselineId);
  const against = (value: bigint | null) => {
    const ppm = from && value !== null ? effectPpm(from.valueMillionths, value) : null;
    return ppm === null ? null : Number(ppm);
  };
  return {
    value: exactOf(code, target.targetMillionths, currency),
    ...{ dueDate: target.dueDate, weight: target.weight, login: target.login },
    setAt: Number(target.setAt),
    gap: shown(code, gapMillionths, currency),
    expected: shown(code, expectedMillionths, currency),
    promisedPpm: against(target.targetMillionths),
    reachedPpm: against(valueMillionths),
  };
}

/** What was kept of a baseline's sample when it was frozen. */
function sampleOf({ sample }: BaselineRow): { from: string; to: string; filters: string[] } {
  const { from, to, filters } = JSON.parse(sample) as ReturnType<typeof sampleOf>;
  return { from, to, filters };
}

function changeAnswer(change: Change, currency: string | null) {
  const { code, before, after, afterAsIs, difference, interval, verdict } = change;
  const value = (millionths: bigint) => exactOf(code, millionths, currency);
  return {
    ...{ code, verdict, before: value(before), after: value(after) },
    ...{ afterAsIs: value(afterAsIs), difference: value(difference) },
    ...{ from: value(interval.from), to: value(interval.to) },
  };
}

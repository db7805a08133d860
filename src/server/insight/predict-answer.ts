import { ok, type Result } from '../../base/result.ts';
import type { InsightPredictAnswer } from '../../contract/insight/predict.ts';
import type { Instances } from '../../insight/instances.ts';
import { openCases, predictionsOf } from '../../insight/predict/predictions.ts';
import type { Running } from '../../insight/predict/running.ts';
import type { Found } from './found-log.ts';

/** How long a case may take; null: no limit. `atMs`: now, for the bank's own cases. */
export type PredictAsked = { readonly limitMs: number | null; readonly atMs: number };

const listedMost = 200;
const heldOut = 0.3;

/** Forecasts for the cases under way, and how wrong such forecasts were. */
export function predictAnswerOf(
  { work }: Found,
  { limitMs, atMs }: PredictAsked,
): Result<InsightPredictAnswer> {
  const open = openCases(work.log);
  const { likenesses, time, late, running } = predictionsOf(work, {
    ...{ attributes: [], heldOut, limitMs, outcome: null, open },
    atMs: open === null ? null : atMs,
  });
  return ok({
    likenesses: [...likenesses],
    time: time && {
      ...{ cases: time.cases, moments: time.moments, coverage: time.coverage },
      errorSeconds: time.errorMs / 1000,
      naiveMeanSeconds: time.naiveMeanMs / 1000,
      naiveMedianSeconds: time.naiveMedianMs / 1000,
    },
    late,
    runningInAll: running.length,
    running: running.slice(0, listedMost).map((each) => runningOf(work, each)),
  });
}

function runningOf(work: Instances, running: Running): InsightPredictAnswer['running'][number] {
  const { caseCode, elapsedMs, idleMs, forecast, chanceLate, warning } = running;
  return {
    caseNumber: work.log.cases.text(caseCode),
    last: work.log.activities.text(lastDone(work, caseCode)),
    ...{ elapsedSeconds: elapsedMs / 1000, idleSeconds: idleMs / 1000 },
    left: forecast && {
      medianSeconds: forecast.medianMs / 1000,
      fromSeconds: forecast.fromMs / 1000,
      toSeconds: forecast.toMs / 1000,
      like: forecast.like,
    },
    ...{ chanceLate, warning },
  };
}

/** The activity that ended last in a case. */
function lastDone(work: Instances, caseCode: number): number {
  let last = work.firstOfCase[caseCode]!;
  for (let i = last; i < work.firstOfCase[caseCode + 1]!; i++) {
    if (work.endMs[i]! >= work.endMs[last]!) last = i;
  }
  return work.activity[last]!;
}

import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import type { WorkingHours } from '../../base/working-hours.ts';
import type { InsightTimeAnswer } from '../../contract/insight/time.ts';
import { businessTimes } from '../../insight/calendar/business-times.ts';
import { ratesOf } from '../../insight/flow/rates.ts';
import type { Instances } from '../../insight/instances.ts';
import { openCases } from '../../insight/predict/predictions.ts';
import { hiddenTimers, waitingFor } from '../../insight/wait/timers.ts';
import type { Found } from './found-log.ts';
import { bankHours, officeHours } from './working-hours.ts';

/** Activities of the customer's, and whose calendar counts. */
export type TimeAsked = { readonly cellId: number; readonly customer: readonly string[] };

/** When cases come and go, whom they wait for, timers in them, and their times in working hours. */
export async function timeAnswerOf(
  { work, queries }: Found,
  { cellId, customer }: TimeAsked,
): Promise<Result<InsightTimeAnswer>> {
  const rates = ratesOf(work, openCases(work.log));
  const timers = hiddenTimers(work);
  const place = await bankHours(queries, cellId);
  return ok({
    periodDays: rates.periodDays,
    periods: rates.periods.map(({ fromMs, ...period }) => ({ from: day(fromMs), ...period })),
    arrivalsPerDay: rates.arrivalsPerDay,
    meanInProgress: rates.meanInProgress,
    mostInProgress: rates.mostInProgress,
    mostInProgressOn: day(rates.mostInProgressAtMs),
    timers: timers.map(({ work: _, alike, ...timer }) => ({ ...timer, alike: [...alike] })),
    waitingFor: waitingFor(work, timers, customer),
    business: place === null ? null : businessOf(work, place),
  });
}

function businessOf(work: Instances, place: WorkingHours): InsightTimeAnswer['business'] {
  const times = businessTimes(work, place);
  if (!times.ok) return null;
  const { calendar, caseDuration, waitingSeconds, workingSeconds, closedShare } = times.value;
  const { medianSeconds, meanSeconds, p90Seconds } = caseDuration;
  return {
    ...{ calendar, hours: officeHours, medianSeconds, meanSeconds, p90Seconds },
    ...{ waitingSeconds, workingSeconds, closedShare },
    activities: times.value.activities.map((each) => ({
      activity: each.activity,
      instances: each.instances,
      medianWaitingSeconds: each.medianWaitingSeconds,
      totalWaitingSeconds: each.totalWaitingSeconds,
      medianProcessingSeconds: each.medianProcessingSeconds,
    })),
  };
}

const day = (atMs: number) => dateInChina(atMs);

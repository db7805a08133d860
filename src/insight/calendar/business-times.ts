import { ok, type Result } from '../../base/result.ts';
import { type WorkClock, type WorkingHours, workClock } from '../../base/working-hours.ts';
import type { Spread } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds, spreadOf, sumOf } from '../quantiles.ts';

/** The times of a log in working hours of a place; seconds. See `Analysis` for each figure. */
export type BusinessTimes = {
  /** Name of the calendar. */
  readonly calendar: string;
  readonly caseDuration: Spread;
  readonly cycleSeconds: number;
  readonly workingSeconds: number;
  readonly waitingSeconds: number;
  /** Of the waiting by the clock on the wall, the share in which nobody was to work. */
  readonly closedShare: number;
  readonly activities: readonly BusinessActivity[];
};

/** Handling is null where the log does not tell it; most waiting first. */
export type BusinessActivity = {
  readonly activity: string;
  readonly instances: number;
  readonly meanWaitingSeconds: number;
  readonly medianWaitingSeconds: number;
  readonly totalWaitingSeconds: number;
  readonly meanProcessingSeconds: number | null;
  readonly medianProcessingSeconds: number | null;
};

/**
 * The clock of a place over the whole period of some work, and `aheadMs` after it. Refused:
 * calendar_not_known where its notice does not cover a day.
 */
export function clockOver(
  work: Instances,
  place: WorkingHours,
  aheadMs = 0,
): Result<WorkClock, 'calendar_not_known'> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < work.size; i++) {
    if (work.startMs[i]! < from) from = work.startMs[i]!;
    if (work.endMs[i]! > to) to = work.endMs[i]!;
  }
  return workClock(place, from, to + aheadMs);
}

/**
 * The same work on the clock of a place: every instant is the working ms that had passed by then,
 * so that all that is measured on it counts working time only.
 */
export function inWorkingTime(work: Instances, clock: WorkClock): Instances {
  const at = (instants: Float64Array) => instants.map((instant) => clock.at(instant));
  return { ...work, startMs: at(work.startMs), endMs: at(work.endMs) };
}

/**
 * Cycle time, waiting and handling of each case and activity, in working hours. The same
 * definitions as of an analysis: a piece of work waits from the latest end of all earlier work of
 * its case; per case waiting and working add up to the cycle time. What was done after hours
 * counts as nothing. The work must not be empty.
 */
export function businessTimes(
  work: Instances,
  place: WorkingHours,
): Result<BusinessTimes, 'calendar_not_known'> {
  const made = clockOver(work, place);
  if (!made.ok) return made;
  const clock = made.value;
  const activities = work.log.activities.size;
  const waits: number[][] = Array.from({ length: activities }, () => []);
  const handled: number[][] = Array.from({ length: activities }, () => []);
  const cycles: number[] = [];
  let [waitedMs, wallMs] = [0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    let busyUntil = work.startMs[from]!;
    for (let i = from; i < to; i++) {
      const [start, end] = [work.startMs[i]!, work.endMs[i]!];
      const wait = clock.between(busyUntil, start);
      waits[work.activity[i]!]!.push(wait);
      waitedMs += wait;
      wallMs += Math.max(0, start - busyUntil);
      if (work.measured[i] === 1) handled[work.activity[i]!]!.push(clock.between(start, end));
      busyUntil = Math.max(busyUntil, end);
    }
    cycles.push(clock.between(work.startMs[from]!, busyUntil));
  }
  const sorted = Float64Array.from(cycles).sort();
  const cycleMs = sumOf(sorted);
  const stats = waits.map((each, code) =>
    statOf(work.log.activities.text(code), each, handled[code]!),
  );
  return ok({
    calendar: place.days.name,
    caseDuration: spreadOf(sorted),
    cycleSeconds: seconds(cycleMs),
    workingSeconds: seconds(Math.max(0, cycleMs - waitedMs)),
    waitingSeconds: seconds(waitedMs),
    closedShare: wallMs > 0 ? 1 - waitedMs / wallMs : 0,
    activities: stats
      .filter(({ instances }) => instances > 0)
      .sort((a, b) => b.totalWaitingSeconds - a.totalWaitingSeconds),
  });
}

function statOf(activity: string, waits: number[], handled: number[]): BusinessActivity {
  const [waited, worked] = [Float64Array.from(waits).sort(), Float64Array.from(handled).sort()];
  const of = (values: Float64Array, what: 'mean' | 'median') =>
    seconds(what === 'mean' ? sumOf(values) / values.length : quantile(values, 0.5));
  return {
    activity,
    instances: waited.length,
    meanWaitingSeconds: waited.length > 0 ? of(waited, 'mean') : 0,
    medianWaitingSeconds: waited.length > 0 ? of(waited, 'median') : 0,
    totalWaitingSeconds: seconds(sumOf(waited)),
    meanProcessingSeconds: worked.length > 0 ? of(worked, 'mean') : null,
    medianProcessingSeconds: worked.length > 0 ? of(worked, 'median') : null,
  };
}

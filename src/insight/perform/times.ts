import type { ActivityStat, Bottleneck } from '../analysis.ts';
import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds, sortedByGroup, sumOf } from '../quantiles.ts';

/**
 * How long the case stood still before each piece of work: from the latest end of all earlier work
 * in the case to the start of this one, 0 when something was still being worked on, and 0 for the
 * first. So per case, waiting and working (somebody at work on it) add up to its cycle time.
 */
export function waitingMs(work: Instances): Float64Array {
  const waits = new Float64Array(work.size);
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    let busyUntil = from < to ? work.endMs[from]! : 0;
    for (let i = from + 1; i < to; i++) {
      if (work.startMs[i]! > busyUntil) waits[i] = work.startMs[i]! - busyUntil;
      if (work.endMs[i]! > busyUntil) busyUntil = work.endMs[i]!;
    }
  }
  return waits;
}

/** Repetitions per activity: of each case, every instance of the activity after its first. */
export function reworkOf(work: Instances): {
  readonly cases: number;
  readonly events: number;
  readonly perActivity: readonly { cases: number; events: number }[];
} {
  const activities = work.log.activities.size;
  const perActivity = Array.from({ length: activities }, () => ({ cases: 0, events: 0 }));
  const lastCase = new Int32Array(activities).fill(-1);
  const repeatedIn = new Int32Array(activities).fill(-1);
  let [cases, events] = [0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    const before = events;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const activity = work.activity[i]!;
      if (lastCase[activity] === c) {
        events++;
        perActivity[activity]!.events++;
        if (repeatedIn[activity] !== c) perActivity[activity]!.cases++;
        repeatedIn[activity] = c;
      }
      lastCase[activity] = c;
    }
    if (events > before) cases++;
  }
  return { cases, events, perActivity };
}

/** Distinct resources per activity and in all. */
export function resourcesOf(work: Instances): { total: number; perActivity: readonly number[] } {
  const resources = work.log.resources.size;
  const seen = new Set<number>();
  const all = new Set<number>();
  const perActivity = new Array<number>(work.log.activities.size).fill(0);
  for (let i = 0; i < work.size; i++) {
    const resource = work.resource[i]!;
    if (resource === none) continue;
    all.add(resource);
    const key = work.activity[i]! * resources + resource;
    if (seen.has(key)) continue;
    seen.add(key);
    perActivity[work.activity[i]!]!++;
  }
  return { total: all.size, perActivity };
}

/** Counts, handling, waiting and rework of each activity, the most frequent first. */
export function activityStats(
  work: Instances,
  waits: Float64Array,
  casesOf: ReadonlyMap<string, number>,
): readonly ActivityStat[] {
  const names = work.log.activities;
  const handling = new Float64Array(work.size);
  const measuredOf = new Int32Array(work.size).fill(-1);
  for (let i = 0; i < work.size; i++) {
    handling[i] = work.endMs[i]! - work.startMs[i]!;
    if (work.measured[i]) measuredOf[i] = work.activity[i]!;
  }
  const processing = sortedByGroup(handling, measuredOf, names.size);
  const waiting = sortedByGroup(waits, work.activity, names.size);
  const allWaiting = sumOf(waits);
  const rework = reworkOf(work);
  const resources = resourcesOf(work);
  return Array.from({ length: names.size }, (_, code) => {
    const activity = names.text(code);
    const done = processing.sorted.subarray(processing.first[code]!, processing.first[code + 1]!);
    const waited = waiting.sorted.subarray(waiting.first[code]!, waiting.first[code + 1]!);
    const totalWaiting = sumOf(waited);
    const known = (value: () => number) => (done.length > 0 ? seconds(value()) : null);
    return {
      activity,
      instances: waited.length,
      cases: casesOf.get(activity) ?? 0,
      resources: resources.perActivity[code]!,
      measuredInstances: done.length,
      meanProcessingSeconds: known(() => sumOf(done) / done.length),
      medianProcessingSeconds: known(() => quantile(done, 0.5)),
      p90ProcessingSeconds: known(() => quantile(done, 0.9)),
      totalProcessingSeconds: seconds(sumOf(done)),
      meanWaitingSeconds: seconds(totalWaiting / waited.length),
      medianWaitingSeconds: seconds(quantile(waited, 0.5)),
      p90WaitingSeconds: seconds(quantile(waited, 0.9)),
      totalWaitingSeconds: seconds(totalWaiting),
      waitingShare: allWaiting > 0 ? totalWaiting / allWaiting : 0,
      reworkCases: rework.perActivity[code]!.cases,
      reworkEvents: rework.perActivity[code]!.events,
    };
  })
    .filter((stat) => stat.instances > 0)
    .sort((a, b) => b.instances - a.instances);
}

/** A report names at most this many bottlenecks. */
export const bottlenecksMax = 5;

/**
 * The activities before which cases wait longest, by their share of all waiting in the log. It says
 * where time is lost, not yet why: the wait before a step may be the customer's, or a timer's.
 */
export function bottlenecks(
  work: Instances,
  waits: Float64Array,
  stats: readonly ActivityStat[],
  cases: number,
): readonly Bottleneck[] {
  const worst = stats
    .filter((stat) => stat.totalWaitingSeconds > 0)
    .sort((a, b) => b.totalWaitingSeconds - a.totalWaitingSeconds)
    .slice(0, bottlenecksMax);
  const codes = codesByText(work);
  return worst.map((stat, index) => {
    const evidence = evidenceOf(work, waits, codes.get(stat.activity)!);
    return {
      rank: index + 1,
      activity: stat.activity,
      share: stat.waitingShare,
      totalWaitingSeconds: stat.totalWaitingSeconds,
      meanWaitingSeconds: stat.meanWaitingSeconds,
      medianWaitingSeconds: stat.medianWaitingSeconds,
      p90WaitingSeconds: stat.p90WaitingSeconds,
      instances: stat.instances,
      waitingInstances: evidence.instances,
      waitingCases: evidence.cases,
      casesShare: evidence.cases / cases,
      mainlyAfter: evidence.mainlyAfter,
    };
  });
}

function codesByText(work: Instances): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  const names = work.log.activities;
  for (let code = 0; code < names.size; code++) codes.set(names.text(code), code);
  return codes;
}

function evidenceOf(work: Instances, waits: Float64Array, activity: number) {
  const after = new Float64Array(work.log.activities.size);
  let [instances, cases, total] = [0, 0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    const before = instances;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      if (work.activity[i] !== activity || waits[i] === 0) continue;
      instances++;
      total += waits[i]!;
      after[work.activity[i - 1]!]! += waits[i]!;
    }
    if (instances > before) cases++;
  }
  let most = 0;
  for (let code = 1; code < after.length; code++) if (after[code]! > after[most]!) most = code;
  const share = total > 0 ? after[most]! / total : 0;
  const mainlyAfter = total > 0 ? { activity: work.log.activities.text(most), share } : null;
  return { instances, cases, mainlyAfter };
}

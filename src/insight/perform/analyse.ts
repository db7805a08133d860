import { dateOfDayNumber } from '../../base/dates.ts';
import type { Analysis, VariantStat } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds, sortedByGroup, spreadOf, sumOf } from '../quantiles.ts';
import { variantsOf } from '../variants.ts';
import { amountsOf } from './amounts.ts';
import { directlyFollows } from './directly-follows.ts';
import { activityStats, bottlenecks, resourcesOf, reworkOf, waitingMs } from './times.ts';

/** Variants listed in an analysis; the count of all of them is exact. */
export const variantsListed = 20;

/**
 * Everything the report of a log says, from its pieces of work. The view must have left at least
 * one piece of work (the command refuses an empty one before).
 */
export function analyse(work: Instances): Analysis {
  const cases = caseTimes(work);
  const waits = waitingMs(work);
  const map = directlyFollows(work);
  const rework = reworkOf(work);
  const variants = variantsOf(work);
  const casesOf = new Map(map.nodes.map((node) => [node.activity, node.cases]));
  const stats = activityStats(work, waits, casesOf);
  const cycleMs = sumOf(cases.sorted);
  const waitingSum = sumOf(waits);
  return {
    lifecycle: work.view,
    cases: cases.sorted.length,
    events: work.events,
    activities: stats.length,
    resources: resourcesOf(work).total,
    variants: variants.size,
    directlyFollowsPairs: map.pairs,
    reworkCases: rework.cases,
    reworkEvents: rework.events,
    activityInstances: work.size,
    period: { from: instant(cases.firstMs), to: instant(cases.lastMs) },
    caseDuration: spreadOf(cases.sorted),
    time: {
      cycleSeconds: seconds(cycleMs),
      workingSeconds: seconds(Math.max(0, cycleMs - waitingSum)),
      waitingSeconds: seconds(waitingSum),
      measured: work.measured.includes(1),
    },
    activityStats: stats,
    bottlenecks: bottlenecks(work, waits, stats, cases.sorted.length),
    variantStats: variantStats(work, variants, cases.durationMs),
    graph: { nodes: map.nodes, edges: map.edges },
    durationBuckets: durationBuckets(cases.sorted),
    amounts: amountsOf(work),
    leftOut: {
      otherEvents: work.leftOut,
      unfinishedStarts: work.unfinished,
      completionsWithoutStart: work.view === 'instances' ? work.unstarted : 0,
      endsBeforeStart: work.backwards,
    },
  };
}

/** Per case from its first start to its last end; `sorted`: only cases in which work was done. */
function caseTimes(work: Instances) {
  const size = work.log.cases.size;
  const durationMs = new Float64Array(size).fill(Number.NaN);
  let [firstMs, lastMs, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let c = 0; c < size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    let end = work.endMs[from]!;
    for (let i = from + 1; i < to; i++) if (work.endMs[i]! > end) end = work.endMs[i]!;
    const start = work.startMs[from]!;
    durationMs[c] = end - start;
    firstMs = Math.min(firstMs, start);
    lastMs = Math.max(lastMs, end);
    count++;
  }
  const sorted = new Float64Array(count);
  let next = 0;
  for (const duration of durationMs) if (!Number.isNaN(duration)) sorted[next++] = duration;
  return { durationMs, sorted: sorted.sort(), firstMs, lastMs };
}

function variantStats(
  work: Instances,
  variants: ReturnType<typeof variantsOf>,
  durationMs: Float64Array,
): readonly VariantStat[] {
  const { first, sorted } = sortedByGroup(durationMs, variants.ofCase, variants.size);
  const names = work.log.activities;
  const all = variants.cases.reduce((sum, count) => sum + count, 0);
  return variants.cases
    .map((cases, variant) => ({ cases, variant }))
    .sort((a, b) => b.cases - a.cases || a.variant - b.variant)
    .slice(0, variantsListed)
    .map(({ cases, variant }, index) => {
      const example = variants.example[variant]!;
      const path = work.activity.subarray(work.firstOfCase[example], work.firstOfCase[example + 1]);
      const durations = sorted.subarray(first[variant]!, first[variant + 1]!);
      return {
        rank: index + 1,
        cases,
        share: cases / all,
        activities: Array.from(path, (code) => names.text(code)),
        medianSeconds: seconds(quantile(durations, 0.5)),
      };
    });
}

const bucketSteps = [
  60, 300, 900, 3_600, 14_400, 28_800, 86_400, 172_800, 259_200, 432_000, 604_800, 1_209_600,
  1_814_400, 2_592_000, 3_888_000, 5_184_000, 7_776_000, 15_552_000, 31_536_000, 63_072_000,
];

/** Cases by duration, in steps people think in (an hour, a day, a week …); empty ends are cut. */
function durationBuckets(sorted: Float64Array): Analysis['durationBuckets'] {
  const bounds = [...bucketSteps, Number.POSITIVE_INFINITY];
  const counts = bounds.map(() => 0);
  let step = 0;
  for (const duration of sorted) {
    while (duration / 1000 > bounds[step]!) step++;
    counts[step]!++;
  }
  const from = counts.findIndex((count) => count > 0);
  const to = counts.findLastIndex((count) => count > 0);
  const longest = seconds(sorted[sorted.length - 1]!);
  return counts.slice(from, to + 1).map((cases, i) => ({
    untilSeconds: Math.min(bounds[from + i]!, longest),
    cases,
  }));
}

/** An instant as text, without the clock's own Date: yyyy-mm-ddThh:mm:ssZ in UTC. */
function instant(ms: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = Math.floor(ms / 86_400_000);
  const second = Math.floor((ms - day * 86_400_000) / 1000);
  const time = [second / 3600, (second / 60) % 60, second % 60].map((part) =>
    two(Math.floor(part)),
  );
  return `${dateOfDayNumber(day)}T${time.join(':')}Z`;
}

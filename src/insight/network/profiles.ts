import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds } from '../quantiles.ts';

/** What one person does. Times are null where the log tells no handling times. */
export type Profile = {
  readonly resource: string;
  readonly instances: number;
  readonly cases: number;
  /** The most frequent first. */
  readonly activities: readonly { readonly activity: string; readonly instances: number }[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** Days (UTC) on which a piece of work began. */
  readonly daysSeen: number;
  readonly medianHandlingSeconds: number | null;
  /** Time in which at least one piece of work was under way. */
  readonly busySeconds: number | null;
  /** Of that time, the share in which two or more were under way. */
  readonly multitaskingShare: number | null;
  readonly mostAtOnce: number | null;
  /** Pieces of work by the period they began in; the periods of all profiles are the same. */
  readonly workload: readonly number[];
  /** Its code in the log. */
  readonly code: number;
};

export type Profiles = {
  /** Most work first. */
  readonly people: readonly Profile[];
  /** First moments of the periods of `workload`, ms since epoch. */
  readonly periodsMs: readonly number[];
  readonly unnamedInstances: number;
};

const dayMs = 86_400_000;
/**
 * The profile of everyone who did a piece of work. `periodsMs`: first moments of the periods that
 * workload is counted in, in order, of one length, the first no later than any work (`periodsOf`).
 */
export function profilesOf(work: Instances, periodsMs: readonly number[]): Profiles {
  const items: number[][] = Array.from({ length: work.log.resources.size }, () => []);
  const caseOf = new Int32Array(work.size);
  for (let c = 0; c < work.log.cases.size; c++) {
    caseOf.fill(c, work.firstOfCase[c], work.firstOfCase[c + 1]);
  }
  let unnamedInstances = 0;
  for (let i = 0; i < work.size; i++) {
    if (work.resource[i] === none) unnamedInstances++;
    else items[work.resource[i]!]!.push(i);
  }
  const people = items
    .map((each, code) => ({ each, code }))
    .filter(({ each }) => each.length > 0)
    .sort((a, b) => b.each.length - a.each.length || a.code - b.code)
    .map(({ each, code }) => profileOf(work, code, each, caseOf, periodsMs));
  return { people, periodsMs, unnamedInstances };
}

function profileOf(
  work: Instances,
  code: number,
  items: readonly number[],
  caseOf: Int32Array,
  periodsMs: readonly number[],
): Profile {
  const counts = new Map<number, number>();
  const workload = periodsMs.map(() => 0);
  const lengthMs = (periodsMs[1] ?? 0) - (periodsMs[0] ?? 0);
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const i of items) {
    counts.set(work.activity[i]!, (counts.get(work.activity[i]!) ?? 0) + 1);
    const since = work.startMs[i]! - periodsMs[0]!;
    workload[lengthMs > 0 ? Math.floor(since / lengthMs) : 0]!++;
    firstMs = Math.min(firstMs, work.startMs[i]!);
    lastMs = Math.max(lastMs, work.endMs[i]!);
  }
  const measured = items.filter((i) => work.measured[i] === 1);
  const handled = Float64Array.from(measured, (i) => work.endMs[i]! - work.startMs[i]!).sort();
  return {
    resource: work.log.resources.text(code),
    instances: items.length,
    cases: new Set(items.map((i) => caseOf[i]!)).size,
    activities: [...counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([activity, instances]) => ({
        activity: work.log.activities.text(activity),
        instances,
      })),
    firstMs,
    lastMs,
    daysSeen: new Set(items.map((i) => Math.floor(work.startMs[i]! / dayMs))).size,
    medianHandlingSeconds: handled.length > 0 ? seconds(quantile(handled, 0.5)) : null,
    ...(measured.length > 0
      ? atOnce(work, measured)
      : { busySeconds: null, multitaskingShare: null, mostAtOnce: null }),
    workload,
    code,
  };
}

/** How much was under way at once, by sweeping over the starts and ends of what is measured. */
function atOnce(work: Instances, items: readonly number[]) {
  const starts = Float64Array.from(items, (i) => work.startMs[i]!).sort();
  const ends = Float64Array.from(items, (i) => work.endMs[i]!).sort();
  let [now, most, busyMs, manyMs, at, s, e] = [0, 0, 0, 0, 0, 0, 0];
  while (e < ends.length) {
    // What ends at a moment is over before what begins at it.
    const ending = s === starts.length || ends[e]! <= starts[s]!;
    const next = ending ? ends[e]! : starts[s]!;
    if (now > 0) busyMs += next - at;
    if (now > 1) manyMs += next - at;
    at = next;
    if (ending && now > 0) {
      now--;
      e++;
    } else if (ending) {
      // A piece of work without length, that begins and ends here.
      s++;
      e++;
      most = Math.max(most, 1);
    } else {
      now++;
      s++;
      most = Math.max(most, now);
    }
  }
  return {
    busySeconds: seconds(busyMs),
    multitaskingShare: busyMs > 0 ? manyMs / busyMs : 0,
    mostAtOnce: most,
  };
}

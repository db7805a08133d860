import type { Instances } from '../instances.ts';
import { quantile, seconds } from '../quantiles.ts';
import { concurrency } from './enablement.ts';

/**
 * A timer that nobody wrote down: after `anchor`, so long a time passes again and again, and then
 * `activity` is done by nobody, or by one and the same. Times are from the end of the last
 * execution of the anchor in the case to the start of the activity.
 */
export type HiddenTimer = {
  readonly anchor: string;
  readonly activity: string;
  /** Other anchors that tell the same executions as sharply: which is meant, a log cannot say. */
  readonly alike: readonly string[];
  readonly medianSeconds: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Executions in the peak, and all of the activity that come after the anchor. */
  readonly executions: number;
  readonly afterAnchor: number;
  /** How many times denser the peak is than the delays around it. */
  readonly sharpness: number;
  /** Who does it; null: nobody is named. */
  readonly by: string | null;
  /** Indices of the pieces of work that end its waits, in order. */
  readonly work: readonly number[];
};

/** Cases looked at: whole cases, evenly, so that at most so many pieces of work are read. */
export const timerWorkMax = 1_000_000;
const least = { executions: 20, share: 0.05, sharpness: 5, sameHand: 0.9, delayMs: 600_000 };
/** Delays of a timer lie this close together. */
const width = { share: 0.02, ms: 60_000 };
/** What lies around a peak: half of the delay, or at least three days, to each side. */
const around = { share: 0.5, ms: 3 * 86_400_000 };
/** Steps of half a window by which a peak is widened. */
const widenMax = 8;
/** A rival is a window elsewhere that holds more than one in so many of a peak. */
const rivalShare = 4;
const timersMax = 50;

type Delays = { readonly ms: Float64Array; readonly work: Int32Array };
type Peak = { readonly from: number; readonly to: number; readonly sharpness: number };
type Candidate = { readonly anchor: number; readonly activity: number; readonly delays: Delays };

/**
 * Timers hidden in a log, the most executions first. A peak counts when it holds at least 20
 * executions and one in twenty of those after its anchor, is at least five times as dense as what
 * lies around it, has at most one rival, and nine in ten of it are of one hand or of nobody. Of
 * anchors that tell the same executions the sharpest is taken; what it explains is not told again
 * by others.
 */
export function hiddenTimers(work: Instances): readonly HiddenTimer[] {
  const byActivity = new Map<number, Candidate[]>();
  for (const each of candidates(work)) {
    byActivity.set(each.activity, [...(byActivity.get(each.activity) ?? []), each]);
  }
  const found = [...byActivity.values()].flatMap((each) => timersOf(work, each));
  return found
    .sort(
      (a, b) =>
        b.executions - a.executions ||
        compare(a.activity, b.activity) ||
        compare(a.anchor, b.anchor),
    )
    .slice(0, timersMax);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The delays of every activity after every other one that does not run beside it, sorted. */
function candidates(work: Instances): readonly Candidate[] {
  const activities = work.log.activities.size;
  const every = Math.max(1, Math.ceil(work.size / timerWorkMax));
  const sideBySide = concurrency(work);
  const found = new Map<number, { ms: number[]; work: number[] }>();
  for (let c = 0; c < work.log.cases.size; c += every) {
    const lastEnd = new Map<number, number>();
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const activity = work.activity[i]!;
      for (const [anchor, endMs] of lastEnd) {
        const delay = work.startMs[i]! - endMs;
        const key = anchor * activities + activity;
        if (anchor === activity || delay < least.delayMs / 2 || sideBySide.has(key)) continue;
        const delays = found.get(key) ?? { ms: [], work: [] };
        found.set(key, delays);
        delays.ms.push(delay);
        delays.work.push(i);
      }
      lastEnd.set(activity, work.endMs[i]!);
    }
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .filter(([, { ms }]) => ms.length >= least.executions)
    .map(([key, { ms, work: of }]) => ({
      anchor: Math.floor(key / activities),
      activity: key % activities,
      delays: sorted(ms, of),
    }));
}

function sorted(ms: readonly number[], of: readonly number[]): Delays {
  const order = Array.from(ms.keys()).sort((a, b) => ms[a]! - ms[b]! || of[a]! - of[b]!);
  return {
    ms: Float64Array.from(order, (k) => ms[k]!),
    work: Int32Array.from(order, (k) => of[k]!),
  };
}

/** The timers that end in one activity: the sharpest anchor first, then what is left for others. */
function timersOf(work: Instances, all: readonly Candidate[]): HiddenTimer[] {
  const explained = new Set<number>();
  const timers: HiddenTimer[] = [];
  for (;;) {
    const left = all.flatMap((each) => {
      const delays = without(each.delays, explained);
      const peak = peakOf(delays, each.delays.ms.length);
      const by = peak && handOf(work, delays, peak);
      return peak !== null && by !== null ? [{ ...each, delays, peak, by }] : [];
    });
    if (left.length === 0) return timers;
    const rank = (each: (typeof left)[number]) => ({
      sharp: each.peak.sharpness * Math.sqrt(each.peak.to - each.peak.from),
      delay: each.delays.ms[each.peak.from]!,
    });
    const [first, ...rest] = left.sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return y.sharp - x.sharp || x.delay - y.delay || a.anchor - b.anchor;
    });
    const { delays, peak, by, anchor, activity } = first!;
    const members = Array.from(delays.work.subarray(peak.from, peak.to)).sort((a, b) => a - b);
    const set = new Set(members);
    const alike = rest.filter(({ delays: other, peak: p }) => {
      const same = other.work.subarray(p.from, p.to).filter((i) => set.has(i)).length;
      return same >= 0.95 * members.length && same >= 0.95 * (p.to - p.from);
    });
    for (const i of members) explained.add(i);
    const inPeak = delays.ms.subarray(peak.from, peak.to);
    const names = work.log.activities;
    timers.push({
      anchor: names.text(anchor),
      activity: names.text(activity),
      alike: alike.map((each) => names.text(each.anchor)).sort(compare),
      medianSeconds: seconds(quantile(inPeak, 0.5)),
      fromSeconds: seconds(inPeak[0]!),
      toSeconds: seconds(inPeak[inPeak.length - 1]!),
      executions: members.length,
      afterAnchor: first!.delays.ms.length,
      sharpness: peak.sharpness,
      by: by < 0 ? null : work.log.resources.text(by),
      work: members,
    });
  }
}

function without({ ms, work }: Delays, explained: ReadonlySet<number>): Delays {
  if (explained.size === 0) return { ms, work };
  const kept = Array.from(work.keys()).filter((k) => !explained.has(work[k]!));
  return {
    ms: Float64Array.from(kept, (k) => ms[k]!),
    work: Int32Array.from(kept, (k) => work[k]!),
  };
}

/** The densest stretch of the delays, where it stands out; null where none does. */
function peakOf({ ms }: Delays, afterAnchor: number): Peak | null {
  const core = densest(ms, 0, 0);
  const coreSize = core.to - core.from;
  if (coreSize < least.executions / 2) return null;
  const { from, to } = widened(ms, core);
  const inside = to - from;
  if (inside < Math.max(least.executions, least.share * afterAnchor)) return null;
  // A rhythm (every day, every week) or a coarse clock makes many peaks: at most one rival.
  const first = densest(ms, from, to);
  const second = densest(ms, Math.min(from, first.from), Math.max(to, first.to));
  if ((second.to - second.from) * rivalShare > coreSize) return null;
  const middle = ms[(from + to) >> 1]!;
  const reach = Math.max(middle * around.share, around.ms);
  const peakMs = Math.max(windowMs(middle), ms[to - 1]! - ms[from]!);
  const [left, right] = [Math.max(0, middle - reach), middle + reach];
  let outside = 0;
  for (let k = 0; k < ms.length; k++) {
    if ((k < from || k >= to) && ms[k]! >= left && ms[k]! <= right) outside++;
  }
  const expected = (outside * peakMs) / Math.max(right - left - peakMs, peakMs);
  // Where nothing lies around it, a peak is as sharp as it is high, not infinitely so.
  const sharpness = inside / Math.max(expected, 1);
  return sharpness >= least.sharpness ? { from, to, sharpness } : null;
}

function windowMs(delayMs: number): number {
  return Math.max(delayMs * width.share, width.ms);
}

type Stretch = { readonly from: number; readonly to: number };

/** The window with most delays, of those that do not touch places without..withoutTo. */
function densest(ms: Float64Array, without: number, withoutTo: number): Stretch {
  let [from, to, low] = [0, 0, 0];
  for (let k = 0; k < ms.length; k++) {
    if (k >= without && k < withoutTo) {
      low = k + 1;
      continue;
    }
    while (ms[k]! - ms[low]! > windowMs(ms[low]!)) low++;
    if (ms[low]! >= least.delayMs && k + 1 - low > to - from) [from, to] = [low, k + 1];
  }
  return { from, to };
}

/** The stretch with what lies next to it as long as it is at least a third as dense. */
function widened(ms: Float64Array, core: Stretch): Stretch {
  let { from, to } = core;
  const middle = ms[(from + to) >> 1]!;
  const step = windowMs(middle) / 2;
  const enough = (to - from) / 6;
  for (let round = 0; round < widenMax; round++) {
    let [low, high] = [from, to];
    while (low > 0 && ms[low - 1]! >= ms[from]! - step) low--;
    while (high < ms.length && ms[high]! <= ms[to - 1]! + step) high++;
    if (from - low < enough && high - to < enough) break;
    if (from - low >= enough) from = low;
    if (high - to >= enough) to = high;
  }
  return { from, to };
}

/** Whose hand it is: a code, `none` for nobody; null: several. */
function handOf(work: Instances, delays: Delays, { from, to }: Peak): number | null {
  const counts = new Map<number, number>();
  for (const i of delays.work.subarray(from, to)) {
    counts.set(work.resource[i]!, (counts.get(work.resource[i]!) ?? 0) + 1);
  }
  for (const [hand, count] of counts) if (count >= least.sameHand * (to - from)) return hand;
  return null;
}

/** Whom cases waited for, in seconds; see `waitingFor`. */
export type WaitingFor = {
  readonly waitSeconds: number;
  readonly timerSeconds: number;
  /** Null where it was not said which activities are the customer's. */
  readonly customerSeconds: number | null;
  /** The rest: for the bank, and, where nobody said which is the customer's, for the customer. */
  readonly bankSeconds: number;
};

/**
 * Splits the time in which nothing was done on a case by whom it waited for: a timer, where what
 * ended the wait is an execution of a hidden timer; the customer, where it is one of the customer's
 * activities; else the bank. `customer`: names of activities; empty: not known.
 */
export function waitingFor(
  work: Instances,
  timers: readonly HiddenTimer[],
  customer: readonly string[],
): WaitingFor {
  const timed = new Set(timers.flatMap((timer) => timer.work));
  const theirs = new Set(customer);
  const isTheirs = Array.from({ length: work.log.activities.size }, (_, code) =>
    theirs.has(work.log.activities.text(code)),
  );
  let [all, timer, customers] = [0, 0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    let busyUntil = from < to ? work.startMs[from]! : 0;
    for (let i = from; i < to; i++) {
      const wait = Math.max(0, work.startMs[i]! - busyUntil);
      busyUntil = Math.max(busyUntil, work.endMs[i]!);
      all += wait;
      if (timed.has(i)) timer += wait;
      else if (isTheirs[work.activity[i]!]) customers += wait;
    }
  }
  return {
    waitSeconds: seconds(all),
    timerSeconds: seconds(timer),
    customerSeconds: customer.length === 0 ? null : seconds(customers),
    bankSeconds: seconds(all - timer - customers),
  };
}

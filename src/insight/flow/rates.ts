import type { Instances } from '../instances.ts';

/** One period; the last one may be cut off by the end of the log. */
export type Period = {
  /** ms since epoch, UTC. */
  readonly fromMs: number;
  readonly arrivals: number;
  readonly completions: number;
  /** Cases under way on average over the period, as far as the log covers it. */
  readonly inProgress: number;
  /** Cases under way at its end, or at the end of the log. */
  readonly atEnd: number;
};

export type Rates = {
  /** Length of a period in days. */
  readonly periodDays: number;
  readonly periods: readonly Period[];
  /** Over the whole log. */
  readonly arrivalsPerDay: number;
  readonly meanInProgress: number;
  readonly mostInProgress: number;
  readonly mostInProgressAtMs: number;
};

const dayMs = 86_400_000;
const periodsMax = 60;

/**
 * First moments of periods that cover all starts and ends of some work: days, weeks from Monday,
 * or longer (4, 13, 52 weeks), so that they are at most 60. Empty for no work.
 */
export function periodsOf(work: Instances): readonly number[] {
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < work.size; i++) {
    fromMs = Math.min(fromMs, work.startMs[i]!);
    toMs = Math.max(toMs, work.endMs[i]!);
  }
  return work.size === 0 ? [] : periodsOver(fromMs, toMs);
}

/** The periods from one instant to another; see `periodsOf`. */
export function periodsOver(fromMs: number, toMs: number): readonly number[] {
  const days = Math.floor(toMs / dayMs) - Math.floor(fromMs / dayMs) + 1;
  const usual = [1, 7, 28, 91, 364].find((each) => days / each <= periodsMax - 1);
  const lengthMs = (usual ?? Math.ceil(days / (periodsMax - 1))) * dayMs;
  // 1970-01-01 was a Thursday: weeks begin on Mondays.
  const shift = usual === 1 ? 0 : 4 * dayMs;
  const first = Math.floor((fromMs - shift) / lengthMs) * lengthMs + shift;
  const periods: number[] = [];
  for (let at = first; at <= toMs; at += lengthMs) periods.push(at);
  return periods;
}

/**
 * Arrivals, completions and work in progress of a log that is not empty. `open`: 1 by case that is
 * known to be under way; it is so until the end of the log. Null: a case ends with its last piece
 * of work.
 */
export function ratesOf(work: Instances, open: Uint8Array | null = null): Rates {
  const periods = periodsOf(work);
  const lengthMs = periods.length > 1 ? periods[1]! - periods[0]! : dayMs;
  const { starts, ends, over } = caseSpans(work, open);
  const logFromMs = Math.min(...extremes(starts));
  const logToMs = Math.max(...extremes(ends));
  const arrivals = counted(starts, periods[0]!, lengthMs, periods.length);
  const completions = counted(over, periods[0]!, lengthMs, periods.length);
  const underWayMs = new Float64Array(periods.length);
  let totalMs = 0;
  for (let c = 0; c < starts.length; c++) {
    totalMs += ends[c]! - starts[c]!;
    const from = Math.floor((starts[c]! - periods[0]!) / lengthMs);
    const to = Math.floor((ends[c]! - periods[0]!) / lengthMs);
    for (let p = from; p <= to; p++) {
      const [a, b] = [periods[p]!, periods[p]! + lengthMs];
      underWayMs[p]! += Math.min(b, ends[c]!) - Math.max(a, starts[c]!);
    }
  }
  let atEnd = 0;
  const told = periods.map((fromMs, p): Period => {
    atEnd += arrivals[p]! - completions[p]!;
    const [a, b] = [Math.max(fromMs, logFromMs), Math.min(fromMs + lengthMs, logToMs)];
    return {
      fromMs,
      arrivals: arrivals[p]!,
      completions: completions[p]!,
      inProgress: b > a ? underWayMs[p]! / (b - a) : 0,
      atEnd,
    };
  });
  const days = Math.max(logToMs - logFromMs, 1) / dayMs;
  return {
    periodDays: lengthMs / dayMs,
    periods: told,
    arrivalsPerDay: starts.length / days,
    meanInProgress: totalMs / (days * dayMs),
    ...peak(starts, ends),
  };
}

/** When each case begins and ends; `over`: the ends of those that are over. */
function caseSpans(work: Instances, open: Uint8Array | null) {
  const [starts, ends, over]: [number[], number[], number[]] = [[], [], []];
  const [, logEnd] = work.size > 0 ? extremes(work.endMs) : [0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    let end = work.endMs[from]!;
    for (let i = from; i < to; i++) end = Math.max(end, work.endMs[i]!);
    starts.push(work.startMs[from]!);
    ends.push(open?.[c] === 1 ? logEnd : end);
    if (open?.[c] !== 1) over.push(end);
  }
  return {
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    over: Float64Array.from(over),
  };
}

function extremes(values: Float64Array): readonly [number, number] {
  let [least, most] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function counted(at: Float64Array, first: number, lengthMs: number, periods: number): Int32Array {
  const counts = new Int32Array(periods);
  for (const each of at) counts[Math.floor((each - first) / lengthMs)]!++;
  return counts;
}

/** Most cases under way at once; what ends at a moment is over before what begins at it. */
function peak(starts: Float64Array, ends: Float64Array) {
  const [begin, end] = [starts.slice().sort(), ends.slice().sort()];
  let [now, mostInProgress, mostInProgressAtMs, e] = [0, 0, begin[0] ?? 0, 0];
  for (const at of begin) {
    while (end[e]! <= at && now > 0) {
      now--;
      e++;
    }
    now++;
    if (now > mostInProgress) [mostInProgress, mostInProgressAtMs] = [now, at];
  }
  return { mostInProgress, mostInProgressAtMs };
}

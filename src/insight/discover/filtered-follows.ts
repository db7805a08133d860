import type { TraceBag } from './trace-bag.ts';
import { activitiesOf } from './trace-bag.ts';

/**
 * What directly follows what, with a beginning (place 0) and an end (place 1) of their own;
 * activity `activities[place - 2]` stands at the others. `weight[a * size + b]` counts a before b.
 * `selfLoops`: places that follow themselves, left out of the weights. `shortLoops[a * size + b]`
 * counts a b a.
 */
export type FollowsGraph = {
  readonly size: number;
  readonly activities: readonly number[];
  readonly weight: Float64Array;
  readonly selfLoops: ReadonlySet<number>;
  readonly shortLoops: Float64Array;
};

export const [beginning, ending] = [0, 1];

/** Counts a bag; empty traces say nothing. */
export function followsGraph(bag: TraceBag): FollowsGraph {
  const activities = activitiesOf(bag);
  const size = activities.length + 2;
  const place: number[] = [];
  for (const [i, activity] of activities.entries()) place[activity] = i + 2;
  const weight = new Float64Array(size * size);
  const shortLoops = new Float64Array(size * size);
  const selfLoops = new Set<number>();
  for (const { trace, count } of bag) {
    if (trace.length === 0) continue;
    let before = beginning;
    for (let i = 0; i < trace.length; i++) {
      const here = place[trace[i]!]!;
      if (here === before) selfLoops.add(here);
      else weight[before * size + here]! += count;
      const next = trace[i + 1];
      if (i > 0 && next !== undefined && next === trace[i - 1] && next !== trace[i]) {
        shortLoops[place[next]! * size + here]! += count;
      }
      before = here;
    }
    weight[before * size + ending]! += count;
  }
  return { size, activities, weight, selfLoops, shortLoops };
}

/** Pairs of places that run beside each other: `beside[a * size + b]` is 1. */
export type Concurrency = { readonly beside: Uint8Array; readonly weight: Float64Array };

/**
 * Which pairs run beside each other (Augusto and others, "Split miner", 2019, section 3.2): both
 * orders are seen, neither is a short loop, and their counts differ by less than `epsilon` of their
 * sum. Their arcs go; of other pairs seen in both orders the rarer arc goes, unless it is a loop.
 * `allowed`: pairs that may be concurrent at all.
 */
export function concurrencyOf(
  { size, weight, shortLoops, selfLoops }: FollowsGraph,
  epsilon: number,
  allowed: (a: number, b: number) => boolean,
): Concurrency {
  const beside = new Uint8Array(size * size);
  const left = weight.slice();
  for (let a = 2; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const [ab, ba] = [weight[a * size + b]!, weight[b * size + a]!];
      if (ab === 0 || ba === 0) continue;
      const loops = shortLoops[a * size + b]! + shortLoops[b * size + a]!;
      if (loops > 0 && !selfLoops.has(a) && !selfLoops.has(b)) continue;
      if (Math.abs(ab - ba) / (ab + ba) < epsilon && allowed(a, b)) {
        beside[a * size + b] = 1;
        beside[b * size + a] = 1;
        left[a * size + b] = 0;
        left[b * size + a] = 0;
      } else if (ab < ba) left[a * size + b] = 0;
      else left[b * size + a] = 0;
    }
  }
  return { beside, weight: connected(size, weight, left) };
}

/** Gives back the strongest arcs without which some place would not lie between the two ends. */
function connected(size: number, all: Float64Array, left: Float64Array): Float64Array {
  for (;;) {
    const ahead = reached(size, left, beginning, false);
    const back = reached(size, left, ending, true);
    let [best, most] = [-1, 0];
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const bridges = (ahead[a] && !ahead[b]) || (back[b] && !back[a]);
        const arc = a * size + b;
        if (bridges && left[arc] === 0 && all[arc]! > most) [best, most] = [arc, all[arc]!];
      }
    }
    if (best < 0) return left;
    left[best] = most;
  }
}

function reached(size: number, weight: Float64Array, from: number, against: boolean): Uint8Array {
  const seen = new Uint8Array(size);
  const stack = [from];
  seen[from] = 1;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (let other = 0; other < size; other++) {
      const arc = against ? other * size + at : at * size + other;
      if (weight[arc] === 0 || seen[other]) continue;
      seen[other] = 1;
      stack.push(other);
    }
  }
  return seen;
}

/**
 * Leaves out rare arcs so that every place keeps a way from the beginning and to the end (section
 * 3.3): of each place the arcs by which the widest way comes in and goes out stay, and all arcs
 * above the `eta` percentile of the strongest arcs into and out of places.
 */
export function withoutRareArcs(size: number, weight: Float64Array, eta: number): Float64Array {
  const kept = new Float64Array(size * size);
  for (const against of [false, true]) {
    for (const arc of widestArcs(size, weight, against)) kept[arc] = weight[arc]!;
  }
  const strongest: number[] = [];
  for (let place = 0; place < size; place++) {
    let [into, out] = [0, 0];
    for (let other = 0; other < size; other++) {
      into = Math.max(into, weight[other * size + place]!);
      out = Math.max(out, weight[place * size + other]!);
    }
    if (place !== beginning) strongest.push(into);
    if (place !== ending) strongest.push(out);
  }
  strongest.sort((a, b) => a - b);
  const at = Math.round(eta * (strongest.length - 1));
  const threshold = eta === 0 ? -1 : strongest[at]!;
  for (let arc = 0; arc < kept.length; arc++) {
    if (weight[arc]! > 0 && weight[arc]! > threshold) kept[arc] = weight[arc]!;
  }
  return kept;
}

/** For each place the arc by which the widest way from the beginning (to the end) passes. */
function widestArcs(size: number, weight: Float64Array, against: boolean): number[] {
  const width = new Float64Array(size);
  const arcs: number[] = [];
  const via = new Int32Array(size).fill(-1);
  const open = new Set(Array.from({ length: size }, (_, place) => place));
  width[against ? ending : beginning] = Number.POSITIVE_INFINITY;
  while (open.size > 0) {
    let next = -1;
    for (const place of open) if (next < 0 || width[place]! > width[next]!) next = place;
    open.delete(next);
    if (width[next] === 0) continue;
    if (via[next]! >= 0) arcs.push(via[next]!);
    for (const other of open) {
      const arc = against ? other * size + next : next * size + other;
      const way = Math.min(width[next]!, weight[arc]!);
      if (way <= width[other]!) continue;
      width[other] = way;
      via[other] = arc;
    }
  }
  return arcs;
}

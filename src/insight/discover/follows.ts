import { activitiesOf, type TraceBag } from './trace-bag.ts';

/**
 * What directly follows what in a bag, over places 0 … size - 1: `activities[place]` says which
 * activity a place is. `weight[a * size + b]` counts a followed by b.
 */
export type Follows = {
  readonly size: number;
  readonly activities: readonly number[];
  readonly weight: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
};

/**
 * Counts a bag; empty traces begin and end with nothing. `without`: an activity that is passed
 * over, as if no trace had it. `among`: the activities of the bag, where the caller knows them.
 */
export function followsOf(
  bag: TraceBag,
  without = -1,
  among: readonly number[] = activitiesOf(bag),
): Follows {
  const activities = among.filter((each) => each !== without);
  const size = activities.length;
  const place = new Int32Array(size === 0 ? 0 : Math.max(activities[size - 1]!, without) + 1);
  for (const [i, activity] of activities.entries()) place[activity] = i;
  const weight = new Float64Array(size * size);
  const starts = new Float64Array(size);
  const ends = new Float64Array(size);
  for (let t = 0; t < bag.length; t++) {
    const { trace, count } = bag[t]!;
    let before = -1;
    for (let i = 0; i < trace.length; i++) {
      const activity = trace[i]!;
      if (activity === without) continue;
      const current = place[activity]!;
      if (before < 0) starts[current]! += count;
      else weight[before * size + current]! += count;
      before = current;
    }
    if (before >= 0) ends[before]! += count;
  }
  return { size, activities, weight, starts, ends };
}

/**
 * Leaves out what is rare beside the most frequent step from the same place: weights, and ends,
 * below `noise` times it; starts below `noise` times the most frequent start (IMf, Leemans 2014).
 */
export function withoutNoise(follows: Follows, noise: number): Follows {
  const { size } = follows;
  const weight = follows.weight.slice();
  const ends = follows.ends.slice();
  for (let from = 0; from < size; from++) {
    const row = follows.weight.subarray(from * size, (from + 1) * size);
    const most = Math.max(ends[from]!, ...row);
    for (let to = 0; to < size; to++) if (row[to]! < noise * most) weight[from * size + to] = 0;
    if (ends[from]! < noise * most) ends[from] = 0;
  }
  const mostStarts = Math.max(0, ...follows.starts);
  const starts = follows.starts.map((count) => (count < noise * mostStarts ? 0 : count));
  return { ...follows, weight, starts, ends };
}

/** `reach[a * size + b]` is 1 when b can come after a, at any distance of at least one step. */
export function reachOf({ size, weight }: Follows): Uint8Array {
  const reach = new Uint8Array(size * size);
  const next = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (_, to) => to).filter((to) => weight[from * size + to]! > 0),
  );
  for (let from = 0; from < size; from++) {
    const stack = [...next[from]!];
    while (stack.length > 0) {
      const to = stack.pop()!;
      if (reach[from * size + to]) continue;
      reach[from * size + to] = 1;
      stack.push(...next[to]!);
    }
  }
  return reach;
}

/** Groups of places: those joined by `joined` (in either order) are in one; in order of places. */
export function groupsOf(
  places: readonly number[],
  joined: (a: number, b: number) => boolean,
): number[][] {
  const left = new Set(places);
  const groups: number[][] = [];
  for (const place of places) {
    if (!left.delete(place)) continue;
    const group = [place];
    for (let i = 0; i < group.length; i++) {
      for (const other of [...left]) {
        if (!joined(group[i]!, other) && !joined(other, group[i]!)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

import type { Cut } from './cuts.ts';
import type { Follows } from './follows.ts';
import { project, type TraceBag, together } from './trace-bag.ts';

/**
 * Takes a bag apart along a cut: one bag for each group. Events that do not fit the cut, because it
 * was found without noise, are left out of the parts.
 */
export function split(bag: TraceBag, follows: Follows, cut: Cut): readonly TraceBag[] {
  const groups = cut.groups.map(
    (group) => new Set(group.map((place) => follows.activities[place]!)),
  );
  switch (cut.kind) {
    case 'choice':
      return splitChoice(bag, groups);
    case 'sequence':
      return splitSequence(bag, groups);
    case 'parallel':
      return groups.map((group) => project(bag, group));
    case 'loop':
      return splitLoop(bag, groups);
    default: {
      const never: never = cut.kind;
      return never;
    }
  }
}

type Groups = readonly ReadonlySet<number>[];

/** The number of the group of each activity. */
function groupNumbers(groups: Groups): Int32Array {
  const most = Math.max(...groups.map((group) => Math.max(...group)));
  const numbers = new Int32Array(most + 1);
  for (const [g, group] of groups.entries()) for (const activity of group) numbers[activity] = g;
  return numbers;
}

/** Each trace goes to the group that has most of its events; an empty one to the first. */
function splitChoice(bag: TraceBag, groups: Groups): readonly TraceBag[] {
  const parts: { trace: readonly number[]; count: number }[][] = groups.map(() => []);
  const groupOf = groupNumbers(groups);
  const share = new Int32Array(groups.length);
  for (const { trace, count } of bag) {
    share.fill(0);
    for (const activity of trace) share[groupOf[activity]!]!++;
    let most = 0;
    for (let g = 1; g < share.length; g++) if (share[g]! > share[most]!) most = g;
    const whole = share[most] === trace.length;
    const kept = whole ? trace : trace.filter((each) => groupOf[each] === most);
    parts[most]!.push({ trace: kept, count });
  }
  return parts.map(together);
}

/** Each trace is cut where the fewest events stand in the stretch of another group. */
function splitSequence(bag: TraceBag, groups: Groups): readonly TraceBag[] {
  const parts: { trace: number[]; count: number }[][] = groups.map(() => []);
  const groupOf = groupNumbers(groups);
  for (const { trace, count } of bag) {
    const ends = stretches(
      trace.map((activity) => groupOf[activity]!),
      groups.length,
    );
    let from = 0;
    for (let g = 0; g < groups.length; g++) {
      const to = ends[g]!;
      const kept: number[] = [];
      for (let i = from; i < to; i++) if (groupOf[trace[i]!] === g) kept.push(trace[i]!);
      parts[g]!.push({ trace: kept, count });
      from = to;
    }
  }
  return parts.map(together);
}

/**
 * Where the stretches of groups 0, 1, … end, so that as few events as possible stand in a stretch
 * that is not theirs; the earliest ends among equals.
 */
function stretches(groupOfEvent: readonly number[], groups: number): readonly number[] {
  const length = groupOfEvent.length;
  const ordered = groupOfEvent.every((group, i) => i === 0 || groupOfEvent[i - 1]! <= group);
  if (ordered) return inOrder(groupOfEvent, groups);
  // cost[i]: least misfits of the first i events when the last stretch used is the current group's.
  let cost = new Float64Array(length + 1).fill(0);
  for (let i = 0; i < length; i++) cost[i + 1] = cost[i]! + (groupOfEvent[i] === 0 ? 0 : 1);
  const began: Int32Array[] = [];
  for (let g = 1; g < groups; g++) {
    const next = new Float64Array(length + 1);
    const from = new Int32Array(length + 1);
    let [best, bestFrom] = [cost[0]!, 0];
    next[0] = best;
    for (let i = 1; i <= length; i++) {
      best += groupOfEvent[i - 1] === g ? 0 : 1;
      if (cost[i]! < best) [best, bestFrom] = [cost[i]!, i];
      next[i] = best;
      from[i] = bestFrom;
    }
    began.push(from);
    cost = next;
  }
  const ends = [length];
  for (let g = groups - 1; g >= 1; g--) ends.unshift(began[g - 1]![ends[0]!]!);
  return ends;
}

/** The stretches of a trace whose groups come in order already: nothing is out of place. */
function inOrder(groupOfEvent: readonly number[], groups: number): readonly number[] {
  const ends: number[] = [];
  let at = 0;
  for (let g = 0; g < groups; g++) {
    while (at < groupOfEvent.length && groupOfEvent[at] === g) at++;
    ends.push(at);
  }
  return ends;
}

/** Traces of the body between traces of the redo parts; it begins and ends with the body. */
function splitLoop(bag: TraceBag, groups: Groups): readonly TraceBag[] {
  const parts: { trace: number[]; count: number }[][] = groups.map(() => []);
  const groupOf = groupNumbers(groups);
  for (const { trace, count } of bag) {
    let current = 0;
    let piece: number[] = [];
    for (const activity of trace) {
      const group = groupOf[activity]!;
      if (group !== current) {
        parts[current]!.push({ trace: piece, count });
        // From one redo part to another the body was passed without a trace.
        if (current !== 0 && group !== 0) parts[0]!.push({ trace: [], count });
        piece = [];
        current = group;
      }
      piece.push(activity);
    }
    parts[current]!.push({ trace: piece, count });
    if (current !== 0) parts[0]!.push({ trace: [], count });
  }
  return parts.map(together);
}

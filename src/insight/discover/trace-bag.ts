import type { Instances } from '../instances.ts';
import { variantsOf } from '../variants.ts';

/** Distinct sequences of activities and how many cases took each. */
export type TraceBag = readonly { readonly trace: readonly number[]; readonly count: number }[];

/** The cases of a log as a bag; sequences in the order in which the log first shows them. */
export function bagOf(work: Instances): TraceBag {
  const variants = variantsOf(work);
  return variants.example.map((example, variant) => ({
    trace: Array.from(
      work.activity.subarray(work.firstOfCase[example], work.firstOfCase[example + 1]),
    ),
    count: variants.cases[variant]!,
  }));
}

/** Puts equal sequences together, keeping the order of their first appearance. */
export function together(traces: TraceBag): TraceBag {
  const distinct: { trace: readonly number[]; count: number }[] = [];
  const newest = new Map<number, number>();
  // Of each distinct sequence, the one before it with the same hash.
  const older: number[] = [];
  for (const { trace, count } of traces) {
    const hash = hashOf(trace);
    const head = newest.get(hash) ?? -1;
    let found = head;
    while (found >= 0 && !same(distinct[found]!.trace, trace)) found = older[found]!;
    if (found >= 0) {
      distinct[found]!.count += count;
      continue;
    }
    newest.set(hash, distinct.length);
    older.push(head);
    distinct.push({ trace, count });
  }
  return distinct;
}

/** FNV-1a over activities, in 30 bits, which the engine keeps as a small number. */
function hashOf(trace: readonly number[]): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < trace.length; i++) hash = Math.imul(hash ^ trace[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}

function same(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** How many cases are in a bag. */
export function sizeOf(bag: TraceBag): number {
  return bag.reduce((sum, { count }) => sum + count, 0);
}

/** The activities of a bag by their numbers. */
export function activitiesOf(bag: TraceBag): readonly number[] {
  const seen = new Uint8Array(1 << 16);
  for (let t = 0; t < bag.length; t++) {
    const { trace } = bag[t]!;
    for (let i = 0; i < trace.length; i++) seen[trace[i]!] = 1;
  }
  const activities: number[] = [];
  for (let a = seen.indexOf(1); a >= 0; a = seen.indexOf(1, a + 1)) activities.push(a);
  return activities;
}

/** `among[activity]` is 1 for the given activities. */
export function marked(activities: Iterable<number>): Uint8Array {
  const list = [...activities];
  const among = new Uint8Array(list.reduce((most, each) => Math.max(most, each), -1) + 1);
  for (const activity of list) among[activity] = 1;
  return among;
}

/** Each trace with only the given activities left in it. */
export function project(bag: TraceBag, kept: ReadonlySet<number>): TraceBag {
  const among = marked(kept);
  return together(bag.map(({ trace, count }) => ({ trace: only(trace, among), count })));
}

/** A trace with only the marked activities left in it. */
export function only(trace: readonly number[], among: Uint8Array): readonly number[] {
  let all = true;
  for (let i = 0; i < trace.length && all; i++) all = among[trace[i]!] === 1;
  return all ? trace : trace.filter((each) => among[each] === 1);
}

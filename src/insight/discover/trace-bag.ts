import type { Instances } from '../instances.ts';

/** Distinct sequences of activities and how many cases took each. */
export type TraceBag = readonly { readonly trace: readonly number[]; readonly count: number }[];

/** The cases of a log as a bag; sequences in the order in which the log first shows them. */
export function bagOf(work: Instances): TraceBag {
  const traces: { trace: number[]; count: number }[] = [];
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c], work.firstOfCase[c + 1]];
    if (from === to) continue;
    traces.push({ trace: Array.from(work.activity.subarray(from, to)), count: 1 });
  }
  return together(traces);
}

/** Puts equal sequences together, keeping the order of their first appearance. */
export function together(traces: TraceBag): TraceBag {
  const byText = new Map<string, { trace: readonly number[]; count: number }>();
  for (const { trace, count } of traces) {
    const text = textOf(trace);
    const known = byText.get(text);
    if (known) known.count += count;
    else byText.set(text, { trace, count });
  }
  return [...byText.values()];
}

/** Long traces would be too many arguments for one call. */
const argumentsMax = 5_000;

/** A text that only equal traces share: an activity is a number below 2^16, so a character. */
function textOf(trace: readonly number[]): string {
  if (trace.length <= argumentsMax) return String.fromCharCode(...trace);
  const pieces: string[] = [];
  for (let from = 0; from < trace.length; from += argumentsMax) {
    pieces.push(String.fromCharCode(...trace.slice(from, from + argumentsMax)));
  }
  return pieces.join('');
}

/** How many cases are in a bag. */
export function sizeOf(bag: TraceBag): number {
  return bag.reduce((sum, { count }) => sum + count, 0);
}

/** The activities of a bag by their numbers. */
export function activitiesOf(bag: TraceBag): readonly number[] {
  const seen: boolean[] = [];
  for (const { trace } of bag) for (const activity of trace) seen[activity] = true;
  return Object.keys(seen).map(Number);
}

/** Each trace with only the given activities left in it. */
export function project(bag: TraceBag, kept: ReadonlySet<number>): TraceBag {
  return together(
    bag.map(({ trace, count }) => ({ trace: trace.filter((each) => kept.has(each)), count })),
  );
}

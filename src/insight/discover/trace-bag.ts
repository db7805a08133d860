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
    const text = trace.join(' ');
    const known = byText.get(text);
    if (known) known.count += count;
    else byText.set(text, { trace, count });
  }
  return [...byText.values()];
}

/** How many cases are in a bag. */
export function sizeOf(bag: TraceBag): number {
  return bag.reduce((sum, { count }) => sum + count, 0);
}

/** The activities of a bag by their numbers. */
export function activitiesOf(bag: TraceBag): readonly number[] {
  return [...new Set(bag.flatMap(({ trace }) => trace))].sort((a, b) => a - b);
}

/** Each trace with only the given activities left in it. */
export function project(bag: TraceBag, kept: ReadonlySet<number>): TraceBag {
  return together(
    bag.map(({ trace, count }) => ({ trace: trace.filter((each) => kept.has(each)), count })),
  );
}

import { type Follows, groupsOf, reachOf } from './follows.ts';

/** A way to take a log apart: groups of places of its follows. Of a loop the first is the body. */
export type Cut = {
  readonly kind: 'choice' | 'sequence' | 'parallel' | 'loop';
  readonly groups: readonly (readonly number[])[];
};

/** The first cut that fits: choice, sequence, parallel, loop, in this order (Leemans 2013). */
export function findCut(follows: Follows): Cut | null {
  if (follows.size < 2) return null;
  return choiceCut(follows) ?? sequenceCut(follows) ?? parallelCut(follows) ?? loopCut(follows);
}

const places = (follows: Follows): number[] => Array.from({ length: follows.size }, (_, i) => i);

function cutOf(kind: Cut['kind'], groups: readonly (readonly number[])[]): Cut | null {
  return groups.length > 1 ? { kind, groups } : null;
}

/** Groups between which nothing ever follows. */
function choiceCut(follows: Follows): Cut | null {
  const { size, weight } = follows;
  return cutOf(
    'choice',
    groupsOf(places(follows), (a, b) => weight[a * size + b]! > 0),
  );
}

/** Groups that come one after the other: from each a way leads to all later, never back. */
function sequenceCut(follows: Follows): Cut | null {
  const { size } = follows;
  const reach = reachOf(follows);
  const leads = (a: number, b: number) => reach[a * size + b] === 1;
  let groups = groupsOf(places(follows), (a, b) => leads(a, b) === leads(b, a));
  // Groups that lead to each other by different members are one.
  const ahead = (g: readonly number[], h: readonly number[]) =>
    g.some((a) => h.some((b) => leads(a, b)));
  for (let before = 0; before !== groups.length && groups.length > 1; ) {
    before = groups.length;
    const numbers = groups.map((_, i) => i);
    const merged = groupsOf(
      numbers,
      (i, j) => i !== j && ahead(groups[i]!, groups[j]!) === ahead(groups[j]!, groups[i]!),
    );
    groups = merged.map((list) => list.flatMap((i) => groups[i]!).sort((a, b) => a - b));
  }
  groups.sort((g, h) => (ahead(g, h) ? -1 : 1));
  return cutOf('sequence', groups);
}

/** Groups whose members all follow each other both ways; each can begin and can end the work. */
function parallelCut(follows: Follows): Cut | null {
  const { size, weight, starts, ends } = follows;
  const both = (a: number, b: number) => weight[a * size + b]! > 0 && weight[b * size + a]! > 0;
  const groups = groupsOf(places(follows), (a, b) => !both(a, b));
  const whole = (group: readonly number[]) =>
    group.some((a) => starts[a]! > 0) && group.some((a) => ends[a]! > 0);
  const [good, bad] = [groups.filter(whole), groups.filter((group) => !whole(group))];
  if (good.length < 2) return null;
  good[0] = [...good[0]!, ...bad.flat()].sort((a, b) => a - b);
  return cutOf('parallel', good);
}

/** A body that begins and ends the work, and groups that lead from its ends back to its starts. */
function loopCut(follows: Follows): Cut | null {
  const { size, weight } = follows;
  const starts = places(follows).filter((a) => follows.starts[a]! > 0);
  const ends = places(follows).filter((a) => follows.ends[a]! > 0);
  const [isStart, isEnd] = [new Set(starts), new Set(ends)];
  const step = (a: number, b: number) => weight[a * size + b]! > 0;
  const rest = places(follows).filter((a) => !isStart.has(a) && !isEnd.has(a));
  const body = new Set([...starts, ...ends]);
  const redo: number[][] = [];
  for (const group of groupsOf(rest, step)) {
    const leads = group.every((a) => {
      const leavesMidway = starts.some((s) => !isEnd.has(s) && step(s, a));
      const entersMidway = ends.some((e) => !isStart.has(e) && step(a, e));
      const toStarts = starts.filter((s) => step(a, s)).length;
      const fromEnds = ends.filter((e) => step(e, a)).length;
      const all = [0, starts.length].includes(toStarts) && [0, ends.length].includes(fromEnds);
      return all && !leavesMidway && !entersMidway;
    });
    const returns = group.some((a) => starts.some((s) => step(a, s)));
    const begins = group.some((a) => ends.some((e) => step(e, a)));
    if (leads && returns && begins) redo.push(group);
    else for (const a of group) body.add(a);
  }
  return redo.length === 0 ? null : cutOf('loop', [[...body].sort((a, b) => a - b), ...redo]);
}

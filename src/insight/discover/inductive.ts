import { block, type ProcessTree, silent } from '../process-tree.ts';
import { type Cut, findCut } from './cuts.ts';
import { type Follows, followsOf, withoutNoise } from './follows.ts';
import { split } from './split.ts';
import { activitiesOf, project, sizeOf, type TraceBag, together } from './trace-bag.ts';

/**
 * The inductive miner (Leemans, Fahland, van der Aalst 2013; with noise: IMf, 2014). It takes the
 * log apart by the first cut that fits, and each part again, until single activities are left; what
 * no cut fits is generalised. The result is always sound. `noise` 0: every trace of the log can be
 * done by the tree; above 0 (at most 1) steps rarer than that share of the commonest are ignored
 * where nothing else fits. The same log gives the same tree.
 */
export function inductiveTree(bag: TraceBag, noise: number): ProcessTree {
  const all = sizeOf(bag);
  if (all === 0) return silent;
  const empty = bag.find(({ trace }) => trace.length === 0)?.count ?? 0;
  if (empty > 0) return withEmpty(bag, empty / all, noise);
  const single = singleActivity(bag, noise);
  if (single !== null) return single;
  const found = cutOf(bag, noise);
  if (found) return byCut(found.cut, split(bag, found.follows, found.cut), noise);
  return fallThrough(bag, noise);
}

/** Traces without events mean that all of it can be skipped, unless they are as rare as noise. */
function withEmpty(bag: TraceBag, share: number, noise: number): ProcessTree {
  const rest = bag.filter(({ trace }) => trace.length > 0);
  if (rest.length === 0) return silent;
  const tree = inductiveTree(rest, noise);
  return share < noise ? tree : block('choice', [tree, silent]);
}

/** A log of one activity: done once, or again and again. */
function singleActivity(bag: TraceBag, noise: number): ProcessTree | null {
  const activities = activitiesOf(bag);
  const [activity] = activities;
  if (activities.length !== 1 || activity === undefined) return null;
  const once = bag.find(({ trace }) => trace.length === 1)?.count ?? 0;
  const leaf: ProcessTree = { kind: 'activity', activity };
  const again = sizeOf(bag) - once;
  return again === 0 || again / sizeOf(bag) < noise
    ? leaf
    : { kind: 'loop', body: leaf, redo: silent };
}

function cutOf(
  bag: TraceBag,
  noise: number,
  without = -1,
  among = activitiesOf(bag),
): { follows: Follows; cut: Cut } | null {
  const follows = followsOf(bag, without, among);
  const cut = findCut(follows);
  if (cut || noise === 0) return cut && { follows, cut };
  const frequent = findCut(withoutNoise(follows, noise));
  return frequent && { follows, cut: frequent };
}

function byCut(cut: Cut, parts: readonly TraceBag[], noise: number): ProcessTree {
  const trees = parts.map((part) => inductiveTree(part, noise));
  if (cut.kind !== 'loop') return block(cut.kind, trees);
  const [body, ...redo] = trees;
  return { kind: 'loop', body: body!, redo: block('choice', redo) };
}

/** What no cut fits, generalised as little as possible; at worst: anything, in any order. */
function fallThrough(bag: TraceBag, noise: number): ProcessTree {
  return (
    oncePerTrace(bag, noise) ??
    besideTheRest(bag, noise) ??
    againFromTheStart(bag, noise, true) ??
    againFromTheStart(bag, noise, false) ??
    anything(bag)
  );
}

function beside(activity: number, bag: TraceBag, noise: number): ProcessTree {
  const others = new Set(activitiesOf(bag).filter((each) => each !== activity));
  const parts = [project(bag, new Set([activity])), project(bag, others)];
  return block(
    'parallel',
    parts.map((part) => inductiveTree(part, noise)),
  );
}

/** An activity done exactly once in every trace runs beside the rest. */
function oncePerTrace(bag: TraceBag, noise: number): ProcessTree | null {
  const once = activitiesOf(bag).find((activity) =>
    bag.every(({ trace }) => {
      const first = trace.indexOf(activity);
      return first >= 0 && trace.indexOf(activity, first + 1) < 0;
    }),
  );
  return once === undefined ? null : beside(once, bag, noise);
}

/** An activity without which the rest can be cut runs beside the rest. */
function besideTheRest(bag: TraceBag, noise: number): ProcessTree | null {
  const all = activitiesOf(bag);
  for (const activity of all) {
    if (cutOf(bag, noise, activity, all)) return beside(activity, bag, noise);
  }
  return null;
}

/** Traces that begin anew in their middle, after an end (`strict`) or at any start, are a loop. */
function againFromTheStart(bag: TraceBag, noise: number, strict: boolean): ProcessTree | null {
  const starts = new Set(bag.map(({ trace }) => trace[0]!));
  const ends = new Set(bag.map(({ trace }) => trace[trace.length - 1]!));
  const pieces = bag.flatMap(({ trace, count }) => {
    const cutAt = [0];
    for (let i = 1; i < trace.length; i++) {
      if (starts.has(trace[i]!) && (!strict || ends.has(trace[i - 1]!))) cutAt.push(i);
    }
    return cutAt.map((from, k) => ({ trace: trace.slice(from, cutAt[k + 1]), count }));
  });
  if (pieces.length === bag.length) return null;
  return { kind: 'loop', body: inductiveTree(together(pieces), noise), redo: silent };
}

function anything(bag: TraceBag): ProcessTree {
  const leaves = activitiesOf(bag).map((activity): ProcessTree => ({ kind: 'activity', activity }));
  return { kind: 'loop', body: block('choice', leaves), redo: silent };
}

/**
 * Goes through the states of a stage, breadth first, so that the first way to a state is a short
 * one.
 */
import type { Program } from '../program.ts';
import type { Event } from '../types.ts';
import { movesOf, newInstance, outcomesOf } from './moves.ts';
import { firstOf, mayCircle, reachOf, stillStands } from './reduce.ts';
import { type Instance, isOver, keyOf, type Messages, type Stage, type World } from './world.ts';

export type Explored = {
  readonly nodes: readonly Visited[];
  /** False when the bound was reached before all states were seen. */
  readonly complete: boolean;
  /** False when somewhere more tokens gathered than are followed. */
  readonly bounded: boolean;
};

export type Visited = {
  readonly world: World;
  /** The state it was first reached from, -1 for the beginning, and what happened then. */
  readonly from: number;
  readonly events: readonly { readonly program: number; readonly event: Event }[];
  readonly next: number[];
  readonly over: boolean;
  /** True when it could not be explored further because of a bound. */
  cut: boolean;
  readonly crowded: boolean;
};

/**
 * Limits of an exploration. `reduce` false: every order is tried, to check the reduction itself.
 */
export type Bounds = {
  readonly statesMax: number;
  readonly reduce: boolean;
  /** Unset: a bag. */
  readonly messages?: Messages;
};

/** So many that a verdict, or that there is none, comes within a second. */
export const usualBounds: Bounds = { statesMax: 25_000, reduce: true };

/** All states that the stage can come to, within bounds. */
export function explore(stage: Stage, bounds: Bounds): Explored {
  const nodes: Visited[] = [];
  const known = new Map<string, number>();
  const queue: number[] = [];
  let complete = true;
  const add: Add = (world, key, from, events, crowded) => {
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const at = nodes.length;
    const over = isOver(world);
    nodes.push({ world, from, events, next: [], over, cut: false, crowded });
    known.set(key, at);
    queue.push(at);
    return at;
  };
  for (const { world, events } of beginnings(stage)) add(world, keyOf(world), -1, events, false);
  const reach = reachOf(stage);
  for (let turn = 0; turn < queue.length; turn += 1) {
    const at = queue[turn] as number;
    const node = nodes[at] as Visited;
    if (nodes.length > bounds.statesMax) {
      node.cut = true;
      complete = false;
      continue;
    }
    expand(stage, nodes, at, bounds.reduce ? reach : null, known, add);
  }
  const isWhole = complete && !stage.limits.choicesCut;
  return { nodes, complete: isWhole, bounded: stage.limits.bounded };
}

function expand(
  stage: Stage,
  nodes: readonly Visited[],
  at: number,
  reach: ReturnType<typeof reachOf> | null,
  known: ReadonlyMap<string, number>,
  add: Add,
): void {
  const node = nodes[at] as Visited;
  const moves = movesOf(stage, node.world);
  const first = reach === null ? null : firstOf(stage, node.world, moves, reach);
  if (first !== null) {
    const outcomes = first.flatMap((move) =>
      outcomesOf(stage, node.world, move).map((one) => ({ ...one, move })),
    );
    const keys = outcomes.map(({ world }) => keyOf(world));
    // Where all ways lead back, the others might wait in a circle for ever: they are tried here.
    const back = keys.every((key) => (known.get(key) ?? nodes.length) <= at);
    const circles = first.some((move) => mayCircle(stage, node.world, move));
    const closes = moves.length > first.length && back && circles;
    const stands = outcomes.every(({ world, move }) => stillStands(node.world, world, move));
    if (outcomes.length > 0 && !closes && stands) {
      for (const [index, one] of outcomes.entries()) {
        const key = keys[index] as string;
        node.next.push(add(one.world, key, at, one.events, one.crowded));
      }
      return;
    }
  }
  for (const move of moves) {
    for (const one of outcomesOf(stage, node.world, move)) {
      node.next.push(add(one.world, keyOf(one.world), at, one.events, one.crowded));
    }
  }
}

type Add = (
  world: World,
  key: string,
  from: number,
  events: Visited['events'],
  crowded: boolean,
) => number;

/** Ways to begin that are tried together; a model with more of them is looked at in part. */
const beginningsMax = 64;

/**
 * Each process begins by its plain start or by an event from outside, each in a beginning of its
 * own; what only messages or signals of the stage start begins when they are sent.
 */
export function beginnings(stage: Stage): { world: World; events: Visited['events'] }[] {
  const bag = stage.links.map(() => 0);
  let together: readonly Instance[][] = [[]];
  for (const [at, program] of stage.programs.entries()) {
    const starts = startsOf(stage, at, program);
    if (starts.length === 0) continue;
    together = together.flatMap((before) =>
      starts.map((element) => [...before, newInstance(stage, at, element, () => 0)]),
    );
    if (together.length > beginningsMax) stage.limits.choicesCut = true;
    together = together.slice(0, beginningsMax);
  }
  return together.map((instances) => ({ world: { instances, bag, order: [] }, events: [] }));
}

/** Elements by which a process may begin by itself or from outside; -1 is its plain start. */
function startsOf(stage: Stage, at: number, program: Program): number[] {
  const { work } = program.elements[0] ?? {};
  const plain = work?.kind === 'scope' && work.starts.length > 0 ? [-1] : [];
  const free = program.startTriggers.filter(({ element, trigger }) =>
    trigger.kind === 'message'
      ? !stage.links.some((one) => one.to.program === at && one.to.element === element)
      : trigger.kind !== 'signal' || !stage.signals.has(trigger.name),
  );
  return [...new Set([...plain, ...free.map((one) => one.element)])];
}

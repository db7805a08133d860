/**
 * Goes through the states of a stage, breadth first, so that the first way to a state is a short
 * one.
 */
import type { Event } from '../types.ts';
import { movesOf, newInstance, outcomesOf } from './moves.ts';
import { aloneOf, reachOf } from './reduce.ts';
import { isOver, keyOf, type Stage, type World } from './world.ts';

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
export type Bounds = { readonly statesMax: number; readonly reduce: boolean };

export const usualBounds: Bounds = { statesMax: 200_000, reduce: true };

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
  return { nodes, complete, bounded: stage.limits.bounded };
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
  const alone = reach === null ? null : aloneOf(stage, node.world, moves, reach);
  if (alone !== null) {
    const outcomes = outcomesOf(stage, node.world, alone);
    const keys = outcomes.map(({ world }) => keyOf(world));
    // A known state might close a circle in which the others would wait for ever.
    const closes = moves.length > 1 && keys.some((key) => known.has(key));
    if (outcomes.length > 0 && !closes) {
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

/** Each process with a plain start begins; its free choices give several beginnings. */
function beginnings(stage: Stage): { world: World; events: Visited['events'] }[] {
  const instances = stage.programs.flatMap((program, at) => {
    const { work } = program.elements[0] ?? {};
    const plain = work?.kind === 'scope' && work.starts.length > 0;
    return plain ? [newInstance(stage, at, -1, () => 0)] : [];
  });
  const outside = stage.programs.flatMap((program, at) => {
    if (instances.some((instance) => instance.program === at)) return [];
    const free = program.startTriggers.find(({ element, trigger }) =>
      trigger.kind === 'message'
        ? !stage.links.some((one) => one.to.program === at && one.to.element === element)
        : trigger.kind !== 'signal' || !stage.signals.has(trigger.name),
    );
    return free === undefined ? [] : [newInstance(stage, at, free.element, () => 0)];
  });
  const bag = stage.links.map(() => 0);
  return [{ world: { instances: [...instances, ...outside], bag }, events: [] }];
}

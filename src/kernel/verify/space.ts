/** What one process can do, state by state, for those who hold a log against it. */
import { present } from '../../base/assert.ts';
import type { Node, Program } from '../program.ts';
import { activityOf } from '../run/activities.ts';
import { beginnings } from './explore.ts';
import { type Move, movesOf, type Outcome, outcomesOf } from './moves.ts';
import { aloneOf, type Reach, reachOf } from './reduce.ts';
import { stageOf } from './verify.ts';
import { isOver, keyOf, type Stage, type World } from './world.ts';

/** A way on: the elements whose work it completes (mostly none or one), and where it leads. */
export type Way = { readonly completes: readonly number[]; readonly to: number };

/**
 * The states of a process as the verifier sees them: the same step as in production, with data,
 * time, messages and people as free choices. States are numbers, given out as they are first met;
 * the ways on from one are worked out when asked for, once. Moves that nothing else can touch go
 * first, alone, when they complete no work: that takes no order of completions away.
 */
export class ProcessStates {
  readonly #stage: Stage;
  readonly #reach: Reach;
  readonly #worlds: World[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ways: (readonly Way[] | undefined)[] = [];
  /** For each gateway, the flows whose tokens it used up together, as far as was asked for. */
  readonly passes = new Map<number, Set<string>>();
  /** The states in which the process can begin. */
  readonly beginnings: readonly number[];

  constructor(program: Program) {
    this.#stage = stageOf([program], []);
    this.#reach = reachOf(this.#stage);
    this.beginnings = beginnings(this.#stage).map(({ world }) => this.#number(world));
  }

  get size(): number {
    return this.#worlds.length;
  }

  /** False when somewhere tokens gathered beyond what is followed. */
  get bounded(): boolean {
    return this.#stage.limits.bounded;
  }

  /** Whether the process is over in a state. */
  isOver(state: number): boolean {
    return isOver(present(this.#worlds[state], 'state'));
  }

  /** All ways on from a state. */
  ways(state: number): readonly Way[] {
    const known = this.#ways[state];
    if (known !== undefined) return known;
    const world = present(this.#worlds[state], 'state');
    const moves = movesOf(this.#stage, world);
    const alone = aloneOf(this.#stage, world, moves, this.#reach);
    let ways = alone?.kind === 'token' ? this.#first(world, alone, moves.length) : null;
    ways ??= moves.flatMap((move) => [
      ...this.#waysOf(world, outcomesOf(this.#stage, world, move)),
      ...this.#freeChildren(world, state, move),
    ]);
    this.#ways[state] = ways;
    return ways;
  }

  /** The ways of a move that may go first; null when one closes a circle or completes work. */
  #first(world: World, move: Move, moves: number): Way[] | null {
    const outcomes = outcomesOf(this.#stage, world, move);
    const isCircle = outcomes.some((one) => this.#numbers.has(keyOf(one.world)));
    if (outcomes.length === 0 || (moves > 1 && isCircle)) return null;
    const quiet = outcomes.every((one) => this.#completed(world, one).length === 0);
    return quiet || moves === 1 ? this.#waysOf(world, outcomes) : null;
  }

  #waysOf(world: World, outcomes: readonly Outcome[]): Way[] {
    for (const { event } of outcomes.flatMap(({ events }) => events)) {
      if (event.type !== 'gateway_passed') continue;
      const seen = this.passes.get(event.element) ?? new Set();
      this.passes.set(event.element, seen.add([...event.consumed].sort(byNumber).join(' ')));
    }
    return outcomes.map((one) => ({
      completes: this.#completed(world, one),
      to: this.#number(one.world),
    }));
  }

  /**
   * The verifier gives a parallel multi-instance task two children; how many a case had is data.
   * So while one is open another may complete, and after one the last may be none at all.
   */
  #freeChildren(world: World, state: number, move: Move): Way[] {
    if (move.kind !== 'complete') return [];
    const instance = present(world.instances[move.instance], 'instance');
    const item = present(instance.draft.items.get(move.item), 'item');
    const body = instance.draft.items.get(item.parent);
    if (item.loopCounter === 0 || body?.role !== 'multi') return [];
    const loop = activityOf(this.#node(item.element))?.loop;
    if (loop?.kind !== 'multi' || loop.sequential) return [];
    const more = { completes: [item.element], to: state };
    if ((body.counters[2] ?? 0) === 0) return [more];
    const outcomes = outcomesOf(this.#stage, world, move);
    return [more, ...outcomes.map((one) => ({ completes: [], to: this.#number(one.world) }))];
  }

  /** Work that a log can name: tasks and calls; sub-processes show by what is done in them. */
  #completed(before: World, { events }: Outcome): number[] {
    const planned = new Set<number>();
    for (const { event } of events) {
      if (event.type === 'body_planned') planned.add(event.activityInstance);
    }
    return events.flatMap(({ event }) => {
      if (event.type !== 'activity_completed') return [];
      const { kind } = this.#node(event.element).work;
      // The body around the children of a loop completes too, but the work was theirs.
      const role = before.instances[0]?.draft.items.get(event.activityInstance)?.role;
      const isBody = role === 'multi' || role === 'loop' || planned.has(event.activityInstance);
      return (kind === 'task' || kind === 'call') && !isBody ? [event.element] : [];
    });
  }

  #node(element: number): Node {
    return present(this.#stage.programs[0]?.elements[element], 'element');
  }

  #number(world: World): number {
    const key = keyOf(world);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#worlds.length;
    this.#worlds.push(world);
    this.#numbers.set(key, number);
    return number;
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}

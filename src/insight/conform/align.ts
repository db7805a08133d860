import type { PetriNet } from '../petri-net.ts';
import { Markings } from './markings.ts';
import { reduced } from './reduce.ts';

/** One step of an explanation: both agree, the log alone, or the model alone. */
export type AlignmentMove = {
  readonly kind: 'both' | 'log' | 'model';
  readonly activity: string;
};

/**
 * The cheapest explanation of a trace by a model: `cost` counts the moves of the log alone and of
 * the model alone (silent ones are free). `exact` false: the search was stopped at its bound, and
 * `cost` is only known to be at least this much.
 */
export type Alignment = {
  readonly cost: number;
  readonly exact: boolean;
  readonly moves: readonly AlignmentMove[];
};

/** States one trace may take in the search before it is stopped. */
export const statesMax = 3_000_000;

/**
 * Aligns traces with a net (Adriansyah 2014, with unit costs): the shortest way through the product
 * of the trace and the net's markings. Costs are 0 or 1, so a search with two ends (0-1 breadth
 * first) finds it without a queue of priorities. The same trace gives the same alignment.
 */
export class Aligner {
  readonly #net: PetriNet;
  readonly #markings: Markings;
  readonly #statesMax: number;
  /** Moves of the shortest run of the model alone: what a trace of nothing would cost. */
  readonly shortest: number;

  constructor(net: PetriNet, limit = statesMax) {
    this.#net = reduced(net);
    this.#markings = new Markings(this.#net);
    this.#statesMax = limit;
    this.shortest = this.align([]).cost;
  }

  /** Whether the net turned out to have no bounds, so that nothing exact can be said. */
  get unbounded(): boolean {
    return this.#markings.overflow;
  }

  /** The cheapest explanation of a trace. */
  align(trace: readonly string[]): Alignment {
    const search = new Search(trace.length + 1);
    search.reach(this.#markings.initial * search.width, 0, -1, 0);
    const { final } = this.#markings;
    const goal = final * search.width + trace.length;
    for (;;) {
      const state = search.next();
      if (state < 0) return { cost: Number.POSITIVE_INFINITY, exact: true, moves: [] };
      const cost = search.cost;
      if (state === goal) return { cost, exact: true, moves: this.#explain(trace, search, goal) };
      if (search.size > this.#statesMax) return { cost, exact: false, moves: [] };
      this.#expand(trace, search, state, cost);
    }
  }

  #expand(trace: readonly string[], search: Search, state: number, cost: number): void {
    const { width } = search;
    const marking = Math.floor(state / width);
    const position = state - marking * width;
    const wanted = trace[position];
    for (const { transition, to } of this.#markings.moves(marking)) {
      const { label } = this.#net.transitions[transition]!;
      const move = transition + 1;
      if (label === null) search.reach(to * width + position, cost, state, move);
      else {
        if (label === wanted) search.reach(to * width + position + 1, cost, state, move);
        search.reach(to * width + position, cost + 1, state, move);
      }
    }
    if (wanted !== undefined) search.reach(state + 1, cost + 1, state, 0);
  }

  #explain(trace: readonly string[], search: Search, goal: number): readonly AlignmentMove[] {
    const moves: AlignmentMove[] = [];
    let state = goal;
    for (;;) {
      const step = search.stepTo(state);
      if (step.from < 0) return moves.reverse();
      const position = step.from % search.width;
      const advances = state % search.width > position;
      const label = step.move > 0 ? this.#net.transitions[step.move - 1]!.label : null;
      if (step.move === 0) moves.push({ kind: 'log', activity: trace[position]! });
      else if (label !== null) moves.push({ kind: advances ? 'both' : 'model', activity: label });
      state = step.from;
    }
  }
}

/** Least costs of states met so far, and the states still to be looked at: two stacks by cost. */
class Search {
  readonly width: number;
  cost = 0;
  readonly #costs = new Map<number, number>();
  readonly #steps = new Map<number, { from: number; move: number }>();
  readonly #done = new Set<number>();
  #now: number[] = [];
  #later: number[] = [];

  constructor(width: number) {
    this.width = width;
  }

  get size(): number {
    return this.#costs.size;
  }

  /** Says that a state can be reached at a cost, which is the present one or one more. */
  reach(state: number, cost: number, from: number, move: number): void {
    const known = this.#costs.get(state);
    if (known !== undefined && known <= cost) return;
    this.#costs.set(state, cost);
    this.#steps.set(state, { from, move });
    (cost === this.cost ? this.#now : this.#later).push(state);
  }

  /** The next state in the order of cost, or -1 when all are done. */
  next(): number {
    for (;;) {
      const state = this.#now.pop();
      if (state === undefined) {
        if (this.#later.length === 0) return -1;
        this.#now = this.#later.reverse();
        this.#later = [];
        this.cost++;
        continue;
      }
      if (this.#costs.get(state) !== this.cost || this.#done.has(state)) continue;
      this.#done.add(state);
      return state;
    }
  }

  stepTo(state: number): { readonly from: number; readonly move: number } {
    return this.#steps.get(state)!;
  }
}

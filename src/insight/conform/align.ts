import { assert } from '../../base/assert.ts';
import { Search } from './search.ts';
import type { StateSpace } from './space.ts';

/** One step of an explanation: both agree, the log alone, or the model alone. */
export type AlignmentMove = {
  readonly kind: 'both' | 'log' | 'model';
  readonly activity: string;
};

/**
 * The cheapest explanation of a trace by a model: `cost` counts the moves of the log alone and of
 * the model alone; among the cheapest it is one with the fewest `silent` steps. `exact` false: the
 * search was stopped, `cost` is at least this much and at most `costMax`, and no moves are given.
 */
export type Alignment = {
  readonly cost: number;
  readonly costMax: number;
  readonly silent: number;
  readonly exact: boolean;
  readonly moves: readonly AlignmentMove[];
};

/** States one trace may take in the search before it is stopped. */
export const statesMax = 3_000_000;

/** How long to search: states for one trace, and what says that the time is up. */
export type Budget = { readonly statesMax: number; readonly isOver: () => boolean };
const patient: Budget = { statesMax, isOver: () => false };

/**
 * Aligns traces with a model (Adriansyah 2014, unit costs): the shortest way through the product of
 * the trace and the model's states, counted in deviations and then in silent steps, which is the
 * usual cost function of 10,000 for the one and 1 for the other. The same trace gives the same
 * alignment.
 */
export class Aligner {
  readonly #space: StateSpace;
  readonly #budget: Budget;
  readonly #search = new Search();
  readonly #labels: ReadonlyMap<string, number>;
  /** Moves of the shortest run of the model alone: what a trace of nothing would cost. */
  readonly shortest: number;

  constructor(space: StateSpace, budget: Partial<Budget> = {}) {
    this.#space = space;
    this.#budget = { ...patient, ...budget };
    this.#labels = new Map(space.labels.map((label, i) => [label, i]));
    this.shortest = this.align([]).cost;
  }

  /** Whether the model turned out to have no bounds, so that nothing exact can be said. */
  get unbounded(): boolean {
    return this.#space.overflow;
  }

  /** The cheapest explanation of a trace. */
  align(trace: readonly string[]): Alignment {
    // An activity the model has not is -2, which no step has.
    const wanted = trace.map((activity) => this.#labels.get(activity) ?? -2);
    const search = this.#search;
    const space = this.#space;
    search.begin(trace.length + 1);
    search.reach(space.initial, 0, -1, -1);
    for (let turn = 1; ; turn++) {
      const entry = search.next();
      const worst = trace.length + (this.shortest ?? 0);
      if (entry < 0) {
        return { cost: Infinity, costMax: Infinity, silent: 0, exact: true, moves: [] };
      }
      const [cost, silent] = [search.deviations, search.silent];
      const state = search.state(entry);
      const position = search.position(entry);
      if (position === trace.length && space.isFinal(state)) {
        const moves = this.#explain(trace, entry);
        return { cost, costMax: cost, silent, exact: true, moves };
      }
      const tired = (turn & 1023) === 0 && this.#budget.isOver();
      if (tired || search.size > this.#budget.statesMax) {
        return { cost, costMax: worst, silent, exact: false, moves: [] };
      }
      const event = position < trace.length ? wanted[position]! : -3;
      for (const { label, to } of space.steps(state)) {
        if (label < 0) search.silently(to, position, entry);
        else {
          if (label === event) search.reach(to, position + 1, entry, label);
          search.deviating(to, position, entry, label);
        }
      }
      if (event !== -3) search.deviating(state, position + 1, entry, -1);
    }
  }

  #explain(trace: readonly string[], goal: number): readonly AlignmentMove[] {
    const moves: AlignmentMove[] = [];
    const search = this.#search;
    for (let entry = goal; ; ) {
      const before = search.from(entry);
      if (before < 0) return moves.reverse();
      const position = search.position(before);
      const advances = search.position(entry) > position;
      const label = search.label(entry);
      const activity = advances ? trace[position] : this.#space.labels[label];
      if (advances || label >= 0) {
        assert(activity !== undefined, 'a step has its activity');
        moves.push({ kind: !advances ? 'model' : label < 0 ? 'log' : 'both', activity });
      }
      entry = before;
    }
  }
}

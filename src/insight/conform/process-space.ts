import type { Program } from '../../kernel/index.ts';
import { ProcessStates } from '../../kernel/verify/space.ts';
import type { StateSpace, Step } from './space.ts';

/** More states than this are not looked at. */
export const processStatesMax = 200_000;

/**
 * A BPMN process as the kernel runs it: whatever the kernel knows (boundary events, event-based and
 * complex gateways, sub-processes, multi-instance …) means here what it means in production. Tasks
 * and calls go by their names; data, time and people are free choices, because a log has none.
 */
export class ProcessSpace implements StateSpace {
  readonly labels: readonly string[];
  readonly initial = 0;
  readonly #states: ProcessStates;
  readonly #labelOf: readonly number[];
  /** States of ours: 0 stands before every beginning, then the kernel's, then places in between. */
  readonly #between: (readonly Step[])[] = [];
  readonly #steps: (readonly Step[] | undefined)[] = [];
  #overflow = false;

  constructor(program: Program) {
    this.#states = new ProcessStates(program);
    const names = program.elements.map((node) => node.name || node.id);
    this.labels = [...new Set(names)];
    const numbers = new Map(this.labels.map((label, i) => [label, i]));
    this.#labelOf = names.map((name) => numbers.get(name) ?? -1);
  }

  get overflow(): boolean {
    return this.#overflow || !this.#states.bounded;
  }

  get size(): number {
    return this.#states.size;
  }

  isFinal(state: number): boolean {
    return state > 0 && state % 2 === 1 && this.#states.isOver((state - 1) / 2);
  }

  steps(state: number): readonly Step[] {
    if (state === 0) {
      return this.#states.beginnings.map((to) => ({ label: -1, to: to * 2 + 1 }));
    }
    if (state % 2 === 0) return this.#between[state / 2 - 1]!;
    const own = (state - 1) / 2;
    const known = this.#steps[own];
    if (known) return known;
    if (this.#states.isOver(own)) return [];
    if (this.#states.size > processStatesMax) {
      this.#overflow = true;
      return [];
    }
    const steps = this.#states
      .ways(own)
      .map(({ completes, to }) => this.#stepOf(completes, to * 2 + 1));
    this.#steps[own] = steps;
    return steps;
  }

  /** Several pieces of work completed at once are steps one after the other. */
  #stepOf(completes: readonly number[], to: number): Step {
    const [first, ...rest] = completes;
    if (first === undefined) return { label: -1, to };
    const label = this.#labelOf[first]!;
    if (rest.length === 0) return { label, to };
    const next = this.#stepOf(rest, to);
    this.#between.push([next]);
    return { label, to: this.#between.length * 2 };
  }
}

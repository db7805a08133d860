import type { PetriNet, Transition } from '../petri-net.ts';
import type { StateSpace, Step } from './space.ts';

/** A place that holds more tokens than this shows a net without bounds. */
export const tokensMax = 200;
export const markingsMax = 2_000_000;

/** A step of a net with the transition that makes it, by its place in the order of ids. */
export type Firing = Step & { readonly transition: number };

type Arcs = { readonly place: number; readonly weight: number }[];

/**
 * The markings of a net, numbered as they are met, each with the steps it allows. They are worked
 * out once for all traces. Transitions without a label are silent.
 */
export class Markings implements StateSpace {
  readonly labels: readonly string[];
  readonly initial: number;
  overflow = false;
  readonly #final: number;
  readonly #tokens: Uint8Array[] = [];
  readonly #codes = new Map<string, number>();
  readonly #steps: (readonly Firing[] | undefined)[] = [];
  readonly #transitions: readonly {
    readonly label: number;
    readonly needs: Arcs;
    readonly outputs: readonly number[];
  }[];

  constructor(net: PetriNet) {
    const labels = net.transitions.flatMap(({ label }) => (label === null ? [] : [label]));
    this.labels = [...new Set(labels)];
    const numbers = new Map(this.labels.map((label, i) => [label, i]));
    const inOrder = [...net.transitions].sort(byId);
    this.#transitions = inOrder.map(({ label, inputs, outputs }) => ({
      label: label === null ? -1 : numbers.get(label)!,
      needs: arcsOf(inputs),
      outputs,
    }));
    const marking = (places: readonly number[]) => {
      const tokens = new Uint8Array(net.places);
      for (const place of places) tokens[place]!++;
      return this.#code(tokens);
    };
    this.initial = marking(net.initial);
    this.#final = marking(net.final);
  }

  get size(): number {
    return this.#tokens.length;
  }

  isFinal(marking: number): boolean {
    return marking === this.#final;
  }

  /** What may happen in a marking. */
  steps(marking: number): readonly Firing[] {
    const known = this.#steps[marking];
    if (known) return known;
    const tokens = this.#tokens[marking]!;
    const steps: Firing[] = [];
    for (const [transition, { label, needs, outputs }] of this.#transitions.entries()) {
      if (!needs.every(({ place, weight }) => tokens[place]! >= weight)) continue;
      const next = tokens.slice();
      for (const { place, weight } of needs) next[place]! -= weight;
      for (const place of outputs) next[place]!++;
      if (outputs.some((place) => next[place]! > tokensMax) || this.size >= markingsMax) {
        this.overflow = true;
        continue;
      }
      steps.push({ label, to: this.#code(next), transition });
    }
    this.#steps[marking] = steps;
    return steps;
  }

  #code(tokens: Uint8Array): number {
    const key = String.fromCharCode(...tokens);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#tokens.length);
    this.#tokens.push(tokens);
    return this.#tokens.length - 1;
  }
}

/** By id, character by character; those without one keep their order. */
function byId(a: Transition, b: Transition): number {
  const [left, right] = [a.id ?? '', b.id ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

function arcsOf(places: readonly number[]): Arcs {
  const weights = new Map<number, number>();
  for (const place of places) weights.set(place, (weights.get(place) ?? 0) + 1);
  return [...weights].map(([place, weight]) => ({ place, weight }));
}

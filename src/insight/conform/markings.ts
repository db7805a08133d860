import type { PetriNet } from '../petri-net.ts';

/** A transition that may fire in a marking, by number, and the marking it leads to. */
export type Move = { readonly transition: number; readonly to: number };

/** A place that holds more tokens than this shows a net without bounds. */
export const tokensMax = 200;
export const markingsMax = 2_000_000;

/**
 * The markings of a net, numbered as they are met, each with the moves it allows. They are worked
 * out once for all traces. `overflow` turns true when the net has no bounds or too many markings;
 * moves beyond are then left out.
 */
export class Markings {
  readonly initial: number;
  readonly final: number;
  overflow = false;
  readonly #net: PetriNet;
  readonly #tokens: Uint8Array[] = [];
  readonly #codes = new Map<string, number>();
  readonly #moves: (readonly Move[] | undefined)[] = [];

  constructor(net: PetriNet) {
    this.#net = net;
    this.initial = this.#code(this.#with(net.initial));
    this.final = this.#code(this.#with(net.final));
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** What may happen in a marking. */
  moves(marking: number): readonly Move[] {
    const known = this.#moves[marking];
    if (known) return known;
    const tokens = this.#tokens[marking]!;
    const moves: Move[] = [];
    for (const [transition, { inputs, outputs }] of this.#net.transitions.entries()) {
      const next = tokens.slice();
      let enabled = true;
      for (const place of inputs) {
        if (next[place] === 0) {
          enabled = false;
          break;
        }
        next[place]!--;
      }
      if (!enabled) continue;
      for (const place of outputs) next[place]!++;
      if (outputs.some((place) => next[place]! > tokensMax) || this.size >= markingsMax) {
        this.overflow = true;
        continue;
      }
      moves.push({ transition, to: this.#code(next) });
    }
    this.#moves[marking] = moves;
    return moves;
  }

  #with(places: readonly number[]): Uint8Array {
    const tokens = new Uint8Array(this.#net.places);
    for (const place of places) tokens[place]!++;
    return tokens;
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

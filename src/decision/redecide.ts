import { encodeValue, equalValue, type Value, type Values } from '../base/data.ts';
import { ok, type Result } from '../base/result.ts';
import { type Decided, decide, type Matched } from './decide.ts';
import type { DecisionProgram } from './program.ts';

/** A decision as it was taken and kept. */
export type Taken = {
  readonly id: string;
  readonly decision: string;
  readonly inputs: Values;
  /** The moment it was taken, ISO 8601 with zone: what `now()` and `today()` gave. */
  readonly now: string;
  readonly output: Value;
  readonly matched: readonly Matched[];
};

/** A decision taken again, and whether the same came out by the same rows. */
export type Redecided = {
  readonly taken: Taken;
  readonly again: Decided;
  readonly sameOutput: boolean;
  readonly sameRows: boolean;
};

function rowsInWords(matched: readonly Matched[]): string {
  return matched.map(({ decision, rows }) => `${decision} ${rows.join(',')}`).join(' · ');
}

/** Takes a decision again on its kept inputs, by the same version or by another. */
export function redecide(program: DecisionProgram, taken: Taken): Result<Redecided> {
  const decided = decide(program, taken.decision, taken.inputs, { now: taken.now });
  if (!decided.ok) return decided;
  const again = decided.value;
  return ok({
    taken,
    again,
    sameOutput: equalValue(taken.output, again.output),
    sameRows: rowsInWords(taken.matched) === rowsInWords(again.matched),
  });
}

/** Decisions that came out as `before` and would come out as `after`. */
export type Change = {
  readonly before: string;
  readonly after: string;
  readonly count: number;
  /** The first few, by their ids. */
  readonly examples: readonly string[];
};

/** What another version would have decided over a period. */
export type WhatIf = {
  readonly decided: number;
  readonly same: number;
  readonly changes: readonly Change[];
};

const EXAMPLES_MAX = 5;

/** Adds up decisions taken again by a changed table: which outputs become which, how often. */
export class WhatIfCount {
  #decided = 0;
  #same = 0;
  readonly #changes = new Map<
    string,
    { before: string; after: string; ids: string[]; count: number }
  >();

  add({ taken, again, sameOutput }: Redecided): void {
    this.#decided += 1;
    if (sameOutput) {
      this.#same += 1;
      return;
    }
    const [before, after] = [encodeValue(taken.output), encodeValue(again.output)];
    const key = `${before}\n${after}`;
    const change = this.#changes.get(key) ?? { before, after, ids: [], count: 0 };
    change.count += 1;
    if (change.ids.length < EXAMPLES_MAX) change.ids.push(taken.id);
    this.#changes.set(key, change);
  }

  report(): WhatIf {
    const changes = [...this.#changes.values()]
      .map(({ before, after, count, ids }) => ({ before, after, count, examples: ids }))
      .sort((a, b) => b.count - a.count || (a.before < b.before ? -1 : 1));
    return { decided: this.#decided, same: this.#same, changes };
  }
}

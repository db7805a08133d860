import {
  encodeValue,
  equalValue,
  isValueList,
  isValues,
  type Value,
  type Values,
} from '../base/data.ts';
import { ok, type Result } from '../base/result.ts';
import { compileExpression, evaluate } from '../feel/index.ts';
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

/** Whether a changed decision goes to a lower or a higher level than it went to. */
export type Direction = 'lower' | 'higher' | 'other';

/** One decision that would come out otherwise. */
export type Otherwise = {
  readonly id: string;
  readonly rowsBefore: readonly number[];
  readonly rowsAfter: readonly number[];
};

/** Decisions that came out as `before` and would come out as `after`, each with its rows. */
export type Change = {
  readonly before: string;
  readonly after: string;
  readonly direction: Direction;
  readonly decisions: readonly Otherwise[];
};

/** What another version would have decided over a period. */
export type WhatIf = {
  readonly decided: number;
  readonly same: number;
  /** Decisions that would go to a lower level: work saved at the higher one. */
  readonly lower: number;
  readonly higher: number;
  readonly changes: readonly Change[];
};

/**
 * The levels of a decision's answers, lowest first: the listed values of the first output of its
 * table that has them. null: its answers stand in no order.
 */
export type Levels = { readonly name: string | null; readonly values: readonly Value[] };

/** The levels of a decision; null: it is no table, or lists no values. */
export function levelsOf(program: DecisionProgram, decision: string): Levels | null {
  const node = program.decisions.get(decision);
  const box = program.model.decisions.find((one) => one.id === node?.id)?.logic ?? null;
  if (box?.kind !== 'table') return null;
  for (const { name, values } of box.outputs) {
    if (values === null) continue;
    const compiled = compileExpression(`[${values}]`);
    const listed = compiled.ok ? evaluate(compiled.value, {}).value : null;
    if (isValueList(listed) && listed.length > 1) {
      return { name: box.outputs.length === 1 ? null : name, values: listed };
    }
  }
  return null;
}

function levelOf(output: Value, levels: Levels): number {
  const { name } = levels;
  const answer = name === null ? output : isValues(output) ? (output[name] ?? null) : null;
  return levels.values.findIndex((one) => equalValue(one, answer));
}

function directionOf(before: Value, after: Value, levels: Levels | null): Direction {
  if (levels === null) return 'other';
  const [from, to] = [levelOf(before, levels), levelOf(after, levels)];
  if (from === -1 || to === -1 || from === to) return 'other';
  return to < from ? 'lower' : 'higher';
}

function rowsOf(matched: readonly Matched[], decision: string): readonly number[] {
  return matched.find((one) => one.decision === decision)?.rows ?? [];
}

/** Adds up decisions taken again by a changed table: which outputs become which, how often. */
export class WhatIfCount {
  readonly #levels: Levels | null;
  #decided = 0;
  #same = 0;
  readonly #changes = new Map<string, Omit<Change, 'decisions'> & { decisions: Otherwise[] }>();

  /** `levels` say which answers are lower and which higher; null: nothing does. */
  constructor(levels: Levels | null = null) {
    this.#levels = levels;
  }

  add({ taken, again, sameOutput }: Redecided): void {
    this.#decided += 1;
    if (sameOutput) {
      this.#same += 1;
      return;
    }
    const [before, after] = [encodeValue(taken.output), encodeValue(again.output)];
    const key = `${before}\n${after}`;
    const direction = directionOf(taken.output, again.output, this.#levels);
    const change = this.#changes.get(key) ?? { before, after, direction, decisions: [] };
    const { id, decision, matched } = taken;
    const rowsBefore = rowsOf(matched, decision);
    change.decisions.push({ id, rowsBefore, rowsAfter: rowsOf(again.matched, decision) });
    this.#changes.set(key, change);
  }

  report(): WhatIf {
    const changes = [...this.#changes.values()].sort(
      (a, b) => b.decisions.length - a.decisions.length || (a.before < b.before ? -1 : 1),
    );
    const sum = (direction: Direction): number =>
      changes
        .filter((one) => one.direction === direction)
        .reduce((total, one) => total + one.decisions.length, 0);
    return {
      ...{ decided: this.#decided, same: this.#same },
      ...{ lower: sum('lower'), higher: sum('higher'), changes },
    };
  }
}

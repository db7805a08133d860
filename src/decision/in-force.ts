import { ok, type Result, refuse } from '../base/result.ts';
import type { DecisionProgram } from './program.ts';

/** The day a file without one decides from: before all days. */
const ALWAYS = '';

function effectiveFrom(program: DecisionProgram): string {
  return program.model.effectiveFrom ?? ALWAYS;
}

/** A file that may decide; `effectiveFrom` where it was approved for a day, else its own says. */
export type DatedFile = {
  readonly program: DecisionProgram;
  readonly effectiveFrom?: string;
};

function dayOf(file: DatedFile): string {
  return file.effectiveFrom ?? effectiveFrom(file.program);
}

/**
 * Of the files that hold a decision, the one in force on a day ('YYYY-MM-DD'): the latest whose
 * day has come (of two from one day the one that stands later in the list); a file without a day is
 * in force until another takes over. null: none holds it, or none is in force yet.
 */
export function inForce<F extends DatedFile>(
  files: readonly F[],
  decision: string,
  day: string,
): F | null {
  let found: F | null = null;
  for (const file of files) {
    if (!file.program.decisions.has(decision)) continue;
    const from = dayOf(file);
    if (from > day) continue;
    if (found === null || from >= dayOf(found)) found = file;
  }
  return found;
}

/** Refuses two files that hold one decision from the same day: decision_effective_date_twice. */
export function oneInForce(programs: readonly DecisionProgram[]): Result<null> {
  const seen = new Set<string>();
  for (const program of programs) {
    const day = effectiveFrom(program);
    for (const { id } of program.model.decisions) {
      const key = `${id}\n${day}`;
      if (seen.has(key)) return refuse('decision_effective_date_twice', { decision: id, day });
      seen.add(key);
    }
  }
  return ok(null);
}

import { type Program, startDueAt } from '../../kernel/index.ts';
import type { JobRow } from '../../store/process/rows.ts';
import { canonicalText } from '../action/canonical.ts';

/** The kind of job by which a timer start event starts a case. */
export const startJob = 'start_on_time';

/** A job for each timer start event of a version: when it is due, and how often after that. */
export function timedStarts(
  program: Program,
  modelId: string,
  at: number,
  newId: () => string,
): JobRow[] {
  return program.startTriggers.flatMap(({ element, trigger }) => {
    const due = startDueAt(trigger, at);
    if (due === null || due.dueAt < at) return [];
    const id = newId();
    return [startJobRow({ id, modelId, element, at, ...due })];
  });
}

/** One such job; repeats: how many more after it, -1 for ever. */
export function startJobRow(given: {
  readonly id: string;
  readonly modelId: string;
  readonly element: number;
  readonly at: number;
  readonly dueAt: number;
  readonly repeats: number;
}): JobRow {
  const { id, modelId, element, at, dueAt, repeats } = given;
  const facts = { model: modelId, element: BigInt(element), repeats: BigInt(repeats) };
  return { id, kind: startJob, facts: canonicalText(facts), run_at: dueAt, created_at: at };
}

import type { PerformedRow } from '../../store/process/rows.ts';
import type { Actor } from '../actor.ts';

/** Who holds or has done which user task of the case, called processes included. */
export type Performed = {
  readonly taskId: string;
  readonly elementId: string;
  readonly person: string;
  /** Kept apart from these, as its model says. */
  readonly separateFrom: readonly string[];
};

/**
 * The user task by which this person is kept from the one at hand, or null when nothing does
 * (不相容岗位). What one task is kept apart from is kept apart from it too, whichever comes first:
 * a case may come back to an earlier step. It goes by person, so a second login of the same person
 * does not help; the task itself does not count.
 */
export function keptFromBy(
  actor: Pick<Actor, 'person'>,
  task: Omit<Performed, 'person'>,
  performed: readonly Performed[],
): string | null {
  const clash = performed.find(
    (other) =>
      other.taskId !== task.taskId &&
      other.person === actor.person &&
      (task.separateFrom.includes(other.elementId) || other.separateFrom.includes(task.elementId)),
  );
  return clash?.elementId ?? null;
}

/** Rows of the case's tasks as `keptFromBy` reads them. */
export function performedIn(rows: readonly PerformedRow[]): Performed[] {
  return rows.map((row) => ({
    taskId: row.task_id,
    elementId: row.element_id,
    person: row.person,
    separateFrom: row.separate_from,
  }));
}

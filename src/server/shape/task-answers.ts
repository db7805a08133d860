import type { Refusal } from '../../base/result.ts';
import type { Task } from '../../contract/tasks.ts';
import type { TaskView } from '../../runtime/views.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { Person } from '../../store/people/sessions.ts';
import { taskById } from '../../store/process/tasks.ts';
import type { ServerContext } from '../context.ts';
import { seenCase } from '../guard/case-access.ts';

/** Tasks as the client reads them. Customers are shown no names of staff. */
export async function taskAnswers(
  context: ServerContext,
  person: Person,
  tasks: readonly TaskView[],
): Promise<Task[]> {
  const { database, settings } = context;
  const logins = tasks.flatMap((task) => task.assignee ?? []);
  const names = await namesOfLogins(database, settings.cellId, logins);
  return tasks.map(({ unitCode, endedAt, assignee, ...task }) => {
    const isShown = person.kind !== 'customer' || assignee === person.login;
    return {
      ...task,
      assignee: isShown ? assignee : null,
      assigneeName: isShown && assignee !== null ? (names.get(assignee) ?? null) : null,
      unitId: unitCode,
      completedAt: endedAt,
    };
  });
}

/** Refusals of the request alone; every other one would tell an outsider that a task exists. */
const tellsNothing = /^(idempotency_|key_|values_|database_)/;

/**
 * The refusal of an order about a task as this person may hear it: `not_found` when the task does
 * not exist, and the same when its case is none of the person's.
 */
export async function taskRefusal(
  context: ServerContext,
  person: Person,
  taskId: string,
  refusal: Refusal,
): Promise<Refusal> {
  const unknown: Refusal = { ok: false, code: 'not_found', facts: {} };
  if (refusal.code === 'task_unknown') return unknown;
  if (tellsNothing.test(refusal.code)) return refusal;
  const row = await taskById(context.database, context.settings.cellId, taskId);
  if (row === null) return unknown;
  const seen = await seenCase(context, person, row.case_number);
  return seen.ok ? refusal : unknown;
}

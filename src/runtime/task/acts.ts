import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { type Refusal, refuse } from '../../base/result.ts';
import { elementIndex } from '../../kernel/index.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { addTaskActs, type TaskActKind } from '../../store/process/task/acts.ts';
import { type Burst, type Live, say } from '../action/burst.ts';

/** Longest reason or note, in characters. */
export const reasonLengthMax = 2_000;

/** Refuses a reason that is too long, or missing where one is asked for. */
export function refusedReason(
  reason: string,
  { required }: { readonly required: boolean },
): Refusal | null {
  const isMissing = required && reason.trim() === '';
  if (!isMissing && reason.length <= reasonLengthMax) return null;
  return refuse('task_reason_missing', { lengthMax: String(reasonLengthMax) });
}

/** What one order says: in the business log by codes and numbers, beside it with its reason. */
export type Said = {
  readonly kind: TaskActKind;
  readonly reason: string;
  readonly to?: { readonly login: string; readonly person: string } | null;
  readonly toTaskId?: string | null;
  readonly straightBack?: boolean;
  readonly facts?: Values;
};

/**
 * Puts an order about a task into the business log, and its reason beside it: free text may have
 * to be erased one day, and nothing of the log ever is.
 */
export async function sayAct(burst: Burst, live: Live, task: TaskRow | null, said: Said) {
  const { kind, reason, to = null, toTaskId = null, straightBack = false } = said;
  const event = say(burst, live, {
    kind,
    elementId: task?.element_id ?? null,
    activityInstance: task?.activity_instance ?? null,
    role: task?.role ?? null,
    facts: { ...said.facts, ...(to === null ? {} : { toPerson: to.person }) },
  });
  await addTaskActs(burst.transaction, burst.parts.cellId, [
    {
      ...{ id: event.id, root_id: live.row.root_id, task_id: task?.id ?? null, kind },
      ...{ login: burst.actor.login, person: burst.actor.person },
      ...{ to_login: to?.login ?? null, to_person: to?.person ?? null, to_task_id: toTaskId },
      ...{ straight_back: straightBack, reason: reason.trim(), at: burst.at },
    },
  ]);
}

/**
 * True when the task is that of an added signer (加签): its activity lies inside another task's.
 */
export function isSignersTask(live: Live, task: TaskRow): boolean {
  return signedActivity(live, task) !== null;
}

/** The activity instance an added signer's task signs for, or null. */
export function signedActivity(live: Live, task: TaskRow): number | null {
  const item = live.state?.items.get(task.activity_instance);
  const around = item === undefined ? undefined : live.state?.items.get(item.parent);
  return around?.role === 'activity' ? around.id : null;
}

/** True when the model says by name who does the task, such as a member of a committee. */
export function isNamedByModel(live: Live, task: TaskRow): boolean {
  const { program } = live.model;
  const index = present(elementIndex(program, task.element_id), task.element_id);
  const { work } = present(program.elements[index], task.element_id);
  return work.kind === 'task' && work.assignee !== null;
}

/** Tasks that this action has made in an instance. */
export function newTasksIn(burst: Burst, live: Live): TaskRow[] {
  return [...burst.written.tasks.values()].filter((task) => task.instance_id === live.row.id);
}

/** Puts a changed row in the place of a task that this action has made. */
export function replaceNew(burst: Burst, task: TaskRow): void {
  for (const [key, made] of burst.written.tasks) {
    if (made.id === task.id) burst.written.tasks.set(key, task);
  }
}

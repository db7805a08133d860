import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { actsOfTasks, handlingOf } from '../../store/process/task/acts.ts';
import { addCopies } from '../../store/process/task/copies.ts';
import { type Burst, type Live, rootOf } from '../action/burst.ts';
import type { Parts } from '../parts.ts';
import { answerOf, isHolder, onTask, type TaskAnswer, type TaskOrder } from '../tasks.ts';
import { refusedReason, sayAct } from './acts.ts';
import { chosenPerson } from './people.ts';

/** How long somebody who has urged waits before urging the same task again. */
export const urgePauseMs = 30 * 60_000;

/** Most colleagues one order copies to. */
export const copiesMax = 20;

/**
 * 催办: somebody who has a part in the case reminds whoever holds the task, or those who may claim
 * it. It changes nothing but what they see. Refuses `urge_own_task`, `not_a_participant`,
 * `urged_too_often` (the same person, within half an hour).
 */
export async function urgeTask(
  parts: Parts,
  order: TaskOrder & { readonly reason: string },
): Promise<Result<TaskAnswer>> {
  const { reason } = order;
  return await onTask(parts, 'urge_task', order, { reason }, async (burst, task, live) => {
    const refusal =
      refusedReason(reason, { required: false }) ??
      (await refusedUrger(burst, live, task)) ??
      (await refusedPause(burst, task));
    if (refusal !== null) return refusal;
    const { assignee_login: login, assignee_person: person } = task;
    const to = login === null || person === null ? null : { login, person };
    await sayAct(burst, live, task, { kind: 'task_urged', reason, to });
    return ok(answerOf(task));
  });
}

async function refusedUrger(burst: Burst, live: Live, task: TaskRow): Promise<Refusal | null> {
  const { actor, performed } = burst;
  if (task.assignee_person === actor.person) {
    return refuse('urge_own_task', { task: task.element_id });
  }
  const { row } = rootOf(burst, live);
  const [handling] = await handlingOf(burst.transaction, burst.parts.cellId, [task.id]);
  const hasPart =
    row.started_person === actor.person ||
    (row.customer_id !== null && row.customer_id === actor.customerNumber) ||
    performed.some((one) => one.person === actor.person) ||
    handling?.owner_person === actor.person;
  return hasPart ? null : refuse('not_a_participant', { caseNumber: row.case_number });
}

async function refusedPause(burst: Burst, task: TaskRow): Promise<Refusal | null> {
  const { transaction, parts, actor, at } = burst;
  const acts = await actsOfTasks(transaction, parts.cellId, [task.id]);
  const last = acts.findLast((one) => one.kind === 'task_urged' && one.person === actor.person);
  if (last === undefined || at - last.at >= urgePauseMs) return null;
  const minutes = Math.ceil((last.at + urgePauseMs - at) / 60_000);
  return refuse('urged_too_often', { task: task.element_id, minutes: String(minutes) });
}

/**
 * 抄送: the holder tells colleagues of the case. They may look at it, and are asked for nothing.
 * Refuses `task_not_yours`, `task_of_customer`, `copies_too_many`, `person_not_candidate`.
 */
export async function copyTask(
  parts: Parts,
  order: TaskOrder & { readonly to: readonly string[]; readonly note: string },
): Promise<Result<TaskAnswer>> {
  const { to, note } = order;
  const content = { to: [...to], note };
  return await onTask(parts, 'copy_task', order, content, async (burst, task, live) => {
    const facts = { task: task.element_id };
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
    if (burst.actor.customerNumber !== null) return refuse('task_of_customer', facts);
    const tooLong = refusedReason(note, { required: false });
    if (tooLong !== null) return tooLong;
    if (to.length > copiesMax) return refuse('copies_too_many', { copiesMax: String(copiesMax) });
    for (const login of new Set(to)) {
      const reader = await chosenPerson(burst, live, task, { login, purpose: 'copy' });
      if (!reader.ok) return reader;
      await addCopies(burst.transaction, parts.cellId, [
        copyOf(burst, live, task, reader.value, note),
      ]);
      await sayAct(burst, live, task, { kind: 'task_copied', reason: note, to: reader.value });
    }
    return ok(answerOf(task));
  });
}

function copyOf(
  burst: Burst,
  live: Live,
  task: TaskRow,
  to: { readonly login: string; readonly person: string },
  note: string,
) {
  return {
    ...{ id: burst.newId(), root_id: live.row.root_id, task_id: task.id },
    ...{ case_number: task.case_number, name: task.name, name_en: task.name_en },
    ...{ from_login: burst.actor.login, to_login: to.login, to_person: to.person },
    ...{ note: note.trim(), at: burst.at, read_at: null },
  };
}

import { present } from '../../base/assert.ts';
import { encodeValues, type Values } from '../../base/data.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { handlingOf, keepHandling, plainHandling } from '../../store/process/task/acts.ts';
import { keepDraft } from '../../store/process/task/drafts.ts';
import type { Burst, Live } from '../action/burst.ts';
import type { Parts } from '../parts.ts';
import {
  answerOf,
  isHolder,
  onTask,
  refusedPerson,
  type TaskAnswer,
  type TaskOrder,
} from '../tasks.ts';
import { isNamedByModel, isSignersTask, refusedReason, sayAct } from './acts.ts';
import { chosenPerson } from './people.ts';

export type HandOverOrder = TaskOrder & {
  /** Login of the colleague. */
  readonly to: string;
  readonly reason: string;
};

/**
 * Why a holder may not give the task to a colleague: it is not held, only lent, waits for signers,
 * is a signer's own, a customer's, or one of a person whom the model names.
 */
export function refusedHolder(burst: Burst, live: Live, task: TaskRow): Refusal | null {
  const facts = { task: task.element_id };
  if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
  if (task.status === 'delegated') return refuse('task_is_delegated', facts);
  if (task.status === 'suspended') return refuse('signers_pending', { element: task.element_id });
  if (isSignersTask(live, task)) return refuse('signer_may_not', facts);
  return task.customer_id === null ? null : refuse('task_of_customer', facts);
}

async function handedTo(
  burst: Burst,
  live: Live,
  task: TaskRow,
  order: HandOverOrder & { readonly purpose: 'forward' | 'delegate' },
): Promise<Result<{ login: string; person: string }>> {
  const refusal =
    refusedReason(order.reason, { required: false }) ?? refusedHolder(burst, live, task);
  if (refusal !== null) return refusal;
  if (isNamedByModel(live, task)) return refuse('task_named_by_model', { task: task.element_id });
  const refused = refusedPerson(burst, live, task, order);
  if (refused !== null) return refused;
  return await chosenPerson(burst, live, task, { login: order.to, purpose: order.purpose });
}

/**
 * 转办: the holder gives the task to a colleague for good, who could have claimed it. Refuses
 * `task_not_yours`, `task_is_delegated`, `signers_pending`, `signer_may_not`, `task_of_customer`,
 * `task_named_by_model`, `person_not_candidate`, `person_kept_apart`.
 */
export async function forwardTask(parts: Parts, order: HandOverOrder): Promise<Result<TaskAnswer>> {
  const { to, reason } = order;
  return await onTask(parts, 'forward_task', order, { to, reason }, async (burst, task, live) => {
    const given = await handedTo(burst, live, task, { ...order, purpose: 'forward' });
    if (!given.ok) return given;
    const forwarded: TaskRow = {
      ...{ ...task, status: 'reserved', claimed_at: null },
      ...{ assignee_login: given.value.login, assignee_person: given.value.person },
    };
    burst.written.taskUpdates.set(task.id, forwarded);
    await sayAct(burst, live, task, { kind: 'task_forwarded', reason, to: given.value });
    return ok(answerOf(forwarded));
  });
}

/**
 * 委派: a colleague prepares the task and hands it back (交回); the owner submits. Refuses as
 * `forwardTask`.
 */
export async function delegateTask(
  parts: Parts,
  order: HandOverOrder,
): Promise<Result<TaskAnswer>> {
  const { to, reason } = order;
  return await onTask(parts, 'delegate_task', order, { to, reason }, async (burst, task, live) => {
    const given = await handedTo(burst, live, task, { ...order, purpose: 'delegate' });
    if (!given.ok) return given;
    const delegated: TaskRow = {
      ...{ ...task, status: 'delegated', claimed_at: null },
      ...{ assignee_login: given.value.login, assignee_person: given.value.person },
    };
    burst.written.taskUpdates.set(task.id, delegated);
    const { transaction, actor } = burst;
    const [handling] = await handlingOf(transaction, parts.cellId, [task.id]);
    await keepHandling(transaction, parts.cellId, {
      ...(handling ?? plainHandling(task.id)),
      ...{ owner_login: actor.login, owner_person: actor.person },
    });
    await sayAct(burst, live, task, { kind: 'task_delegated', reason, to: given.value });
    return ok(answerOf(delegated));
  });
}

/** The task in its owner's hands again. */
async function backToOwner(burst: Burst, task: TaskRow): Promise<Result<TaskRow>> {
  const { transaction, parts } = burst;
  const [handling] = await handlingOf(transaction, parts.cellId, [task.id]);
  const owner = handling?.owner_login ?? null;
  if (handling === undefined || owner === null) {
    return refuse('task_not_delegated', { task: task.element_id });
  }
  const none = { owner_login: null, owner_person: null };
  await keepHandling(transaction, parts.cellId, { ...handling, ...none });
  const back: TaskRow = {
    ...{ ...task, status: 'in_progress', claimed_at: burst.at },
    ...{ assignee_login: owner, assignee_person: present(handling.owner_person, 'the owner') },
  };
  burst.written.taskUpdates.set(task.id, back);
  return ok(back);
}

/**
 * 交回: the delegate gives the task back with what was prepared, which becomes the owner's draft
 * and need not be complete. Refuses `task_not_yours`, `task_not_delegated`, and the delegate who
 * is kept apart by now (`must_be_another_person`).
 */
export async function resolveTask(
  parts: Parts,
  order: TaskOrder & { readonly values: Values; readonly reason: string },
): Promise<Result<TaskAnswer>> {
  const { values, reason } = order;
  const content = { values, reason };
  return await onTask(parts, 'resolve_task', order, content, async (burst, task, live) => {
    const tooLong = refusedReason(reason, { required: false });
    if (tooLong !== null) return tooLong;
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    if (task.status !== 'delegated') {
      return refuse('task_not_delegated', { task: task.element_id });
    }
    const refused = refusedPerson(burst, live, task, order);
    if (refused !== null) return refused;
    const back = await backToOwner(burst, task);
    if (!back.ok) return back;
    const to = {
      login: present(back.value.assignee_login, 'the owner'),
      person: present(back.value.assignee_person, 'the owner'),
    };
    const draft = encodeValues(values);
    const kept = { taskId: task.id, person: to.person, draft, at: burst.at };
    if (Object.keys(values).length > 0) await keepDraft(burst.transaction, parts.cellId, kept);
    await sayAct(burst, live, task, { kind: 'task_resolved', reason, to });
    return ok(answerOf(back.value));
  });
}

/** The owner takes a delegated task back before it is handed back; the recall of a delegation. */
export async function takeBack(
  burst: Burst,
  live: Live,
  task: TaskRow,
  reason: string,
): Promise<Result<TaskAnswer>> {
  const { transaction, parts, actor } = burst;
  const [handling] = await handlingOf(transaction, parts.cellId, [task.id]);
  if (handling?.owner_person !== actor.person) {
    return refuse('task_not_yours', { task: task.element_id });
  }
  const back = await backToOwner(burst, task);
  if (!back.ok) return back;
  await sayAct(burst, live, task, { kind: 'task_taken_back', reason });
  return ok(answerOf(back.value));
}

import { assert, present } from '../base/assert.ts';
import { encodeValues, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { elementIndex } from '../kernel/index.ts';
import type { Loaded } from '../store/process/load.ts';
import type { TaskRow, TaskStatus } from '../store/process/rows.ts';
import { act } from './action/action.ts';
import { type Burst, type Live, liveOf, rootOf, say } from './action/burst.ts';
import { run } from './action/engine.ts';
import { runOperation } from './action/operations.ts';
import type { Actor } from './actor.ts';
import { readFormValues } from './model/forms.ts';
import type { Parts } from './parts.ts';
import { isCandidate } from './task/candidates.ts';
import { keptFromBy, performedIn } from './task/segregation.ts';
import { refusedByFacts } from './task/task-rules.ts';

/** An order about one task. `key`: the client's idempotency key, a UUIDv7. */
export type TaskOrder = {
  readonly actor: Actor;
  readonly taskId: string;
  readonly key?: string | undefined;
};

export type TaskAnswer = {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly caseNumber: string;
};

export type CompleteAnswer = TaskAnswer & {
  readonly caseStatus: string;
  readonly outcome: string | null;
  /** Numbers of the postings made in the same commit. */
  readonly postings: readonly string[];
  readonly accountingDate: string | null;
};

const openStatuses: readonly TaskStatus[] = ['ready', 'reserved', 'in_progress', 'delegated'];

/** Takes a task from the pool. Claiming what one has already claimed changes nothing. */
export async function claimTask(parts: Parts, order: TaskOrder): Promise<Result<TaskAnswer>> {
  return await onTask(parts, 'claim_task', order, {}, async (burst, task, live) => {
    const { actor } = burst;
    if (isHolder(actor, task)) return ok(answerOf(task));
    if (task.status !== 'ready') return refuse('task_held_by_another', { task: task.element_id });
    const refusal = refusedPerson(burst, task);
    if (refusal !== null) return refusal;
    const claimed: TaskRow = {
      ...task,
      status: 'reserved',
      assignee_login: actor.login,
      assignee_person: actor.person,
      claimed_at: burst.at,
    };
    write(burst, live, claimed, 'activity_claimed');
    return ok(answerOf(claimed));
  });
}

/** Puts a claimed task back into the pool; its draft stays with it. */
export async function releaseTask(parts: Parts, order: TaskOrder): Promise<Result<TaskAnswer>> {
  return await onTask(parts, 'release_task', order, {}, async (burst, task, live) => {
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    const released: TaskRow = {
      ...task,
      status: 'ready',
      assignee_login: null,
      assignee_person: namedPerson(live, task),
      claimed_at: null,
    };
    write(burst, live, released, 'activity_released');
    return ok(answerOf(released));
  });
}

/** Keeps what was filled in so far, with no effect on the case (暂存). */
export async function saveDraft(
  parts: Parts,
  order: TaskOrder & { readonly values: Values },
): Promise<Result<TaskAnswer>> {
  const { values } = order;
  return await onTask(parts, 'save_draft', order, { values }, async (burst, task) => {
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    const kept: TaskRow = { ...task, status: 'in_progress', draft: encodeValues(values) };
    burst.written.taskUpdates.set(kept.id, kept);
    return ok(answerOf(kept));
  });
}

/**
 * Submits a claimed task: its values go to the case, its operation posts, and the case goes on to
 * where it waits next, all in one commit. A refusal of any of it leaves everything as it was.
 */
export async function completeTask(
  parts: Parts,
  order: TaskOrder & { readonly values: Values; readonly outcome?: string | undefined },
): Promise<Result<CompleteAnswer>> {
  const content = { values: order.values, outcome: order.outcome ?? null };
  return await onTask(parts, 'complete_task', order, content, async (burst, task, live) => {
    if (task.status === 'ready') return refuse('task_not_claimed', { task: task.element_id });
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    const refusal = refusedPerson(burst, task);
    if (refusal !== null) return refusal;
    const unmet = await refusedByFacts(burst, live, task);
    if (unmet !== null) return unmet;
    const values = filledIn(live, task, order.values);
    if (!values.ok) return values;
    const effects = await operationValues(burst, live, task, values.value);
    if (!effects.ok) return effects;
    const completed: TaskRow = {
      ...task,
      status: 'completed',
      outcome: order.outcome ?? null,
      draft: null,
      ended_at: burst.at,
    };
    burst.written.taskUpdates.set(task.id, completed);
    const ran = await run(burst, {
      instanceId: live.row.id,
      command: {
        type: 'complete_activity',
        at: burst.at,
        activityInstance: task.activity_instance,
        values: { ...values.value, ...effects.value },
        ...(order.outcome === undefined ? {} : { outcome: order.outcome }),
      },
    });
    if (!ran.ok) return ran;
    const root = rootOf(burst, live).row;
    return ok({
      ...answerOf(completed),
      caseStatus: root.status,
      outcome: root.outcome,
      postings: burst.postings,
      accountingDate: burst.accountingDate,
    });
  });
}

function filledIn(live: Live, task: TaskRow, given: Values): Result<Values> {
  if (task.form === null) {
    const [field] = Object.keys(given);
    return field === undefined ? ok({}) : refuse('field_not_in_form', { form: '-', field });
  }
  const form = present(live.model.forms.get(task.form), `form ${task.form}`);
  return readFormValues(form, given);
}

async function operationValues(
  burst: Burst,
  live: Live,
  task: TaskRow,
  filledInValues: Values,
): Promise<Result<Values>> {
  if (task.operation === null) return ok({});
  return await runOperation(burst, live, {
    operation: task.operation,
    element: present(elementIndex(live.model.program, task.element_id), task.element_id),
    activityInstance: task.activity_instance,
    taskId: task.id,
    filledIn: filledInValues,
  });
}

/** Finds the open task of an order in a case that is running, and works on it. */
export async function onTask<T extends object>(
  parts: Parts,
  name: string,
  order: TaskOrder,
  content: Values,
  work: (burst: Burst, task: TaskRow, live: Live) => Promise<Result<T>>,
): Promise<Result<T>> {
  const request = {
    name,
    actor: order.actor,
    key: order.key,
    content: { taskId: order.taskId, ...content },
    lock: { by: 'task', taskId: order.taskId },
  } as const;
  return await act<T>(parts, request, async (burst: Burst, loaded: Loaded) => {
    const { task } = loaded;
    if (task === null) return refuse('task_unknown');
    if (!openStatuses.includes(task.status)) {
      return refuse('task_not_open', { task: task.element_id, status: task.status });
    }
    const live = liveOf(burst, task.instance_id);
    if (live.row.status !== 'active') return refuse('case_not_active', { status: live.row.status });
    return await work(burst, task, live);
  });
}

/** Whether the actor has claimed the task under this login. */
export function isHolder(actor: Actor, task: TaskRow): boolean {
  return task.status !== 'ready' && task.assignee_login === actor.login;
}

/** Why this person may not do the task: no candidate, or kept apart by what was done before. */
function refusedPerson(burst: Burst, task: TaskRow) {
  const { actor } = burst;
  const isOne = isCandidate(actor, {
    role: task.role,
    unitCode: task.unit_code,
    customerNumber: task.customer_id,
    person: task.assignee_person,
  });
  if (!isOne) return refuse('not_a_candidate', { task: task.element_id });
  const other = keptFromBy(
    actor,
    { taskId: task.id, elementId: task.element_id, separateFrom: task.separate_from },
    performedIn(burst.performed),
  );
  return other === null
    ? null
    : refuse('must_be_another_person', { task: task.element_id, done: other });
}

/** Whom the model named for the task; claiming and releasing does not change that. */
function namedPerson(live: Live, task: TaskRow): string | null {
  const index = present(elementIndex(live.model.program, task.element_id), task.element_id);
  const { work } = present(live.model.program.elements[index], task.element_id);
  const isNamed = work.kind === 'task' && work.assignee !== null;
  return isNamed ? task.assignee_person : null;
}

function write(burst: Burst, live: Live, task: TaskRow, kind: string): void {
  assert(!burst.written.taskUpdates.has(task.id), 'an action changes a task once');
  burst.written.taskUpdates.set(task.id, task);
  say(burst, live, {
    kind,
    elementId: task.element_id,
    activityInstance: task.activity_instance,
    role: task.role,
  });
}

/** What is told of a task after an order on it. */
export function answerOf(task: TaskRow): TaskAnswer {
  return { taskId: task.id, status: task.status, caseNumber: task.case_number };
}

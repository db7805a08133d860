import { assert, present } from '../base/assert.ts';
import { encodeValues, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { elementIndex, elementInfo } from '../kernel/index.ts';
import { type Loaded, performedInCase } from '../store/process/load.ts';
import type { TaskRow, TaskStatus } from '../store/process/rows.ts';
import { keepDraft } from '../store/process/task/drafts.ts';
import { act } from './action/action.ts';
import { type Burst, caseStatusOf, type Live, liveOf, rootOf, say } from './action/burst.ts';
import { run } from './action/engine.ts';
import { runOperation } from './action/operations.ts';
import type { Actor } from './actor.ts';
import { readFormValues } from './model/forms.ts';
import type { Parts } from './parts.ts';
import { isSignersTask, sayAct, signedActivity } from './task/acts.ts';
import { candidacyOf, isCandidate, mayFillInFor } from './task/candidates.ts';
import { giveToReturner } from './task/given-back.ts';
import { keptFromBy, performedIn } from './task/segregation.ts';
import { markSigners, opinionValues, settleSigned } from './task/signed.ts';
import { refusedByFacts } from './task/task-rules.ts';

/** An order about one task. `key`: the client's idempotency key, a UUIDv7. */
export type TaskOrder = {
  readonly actor: Actor;
  readonly taskId: string;
  readonly key?: string | undefined;
  /** Staff say so when they fill in a customer's task: the customer stands before them. */
  readonly customerPresent?: boolean | undefined;
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

const openStatuses: readonly TaskStatus[] = [
  ...(['ready', 'reserved', 'in_progress', 'delegated', 'suspended'] as const),
];

/** Takes a task from the pool. Claiming what one has already claimed changes nothing. */
export async function claimTask(parts: Parts, order: TaskOrder): Promise<Result<TaskAnswer>> {
  return await onTask(parts, 'claim_task', order, {}, async (burst, task, live) => {
    const { actor } = burst;
    // What was given to somebody (退回, 转办) is theirs to claim; what was lent stays lent.
    const isGiven = isHolder(actor, task) && task.status === 'reserved' && !task.claimed_at;
    if (isHolder(actor, task) && !isGiven) return ok(answerOf(task));
    if (task.status !== 'ready' && !isGiven) {
      return refuse('task_held_by_another', { task: task.element_id });
    }
    const refusal = refusedPerson(burst, live, task, order);
    if (refusal !== null) return refusal;
    sayForWhom(burst, live, task);
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

/** Puts a claimed task back into the pool; what was filled in stays with who filled it in. */
export async function releaseTask(parts: Parts, order: TaskOrder): Promise<Result<TaskAnswer>> {
  return await onTask(parts, 'release_task', order, {}, async (burst, task, live) => {
    const facts = { task: task.element_id };
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
    if (task.status === 'delegated') return refuse('task_is_delegated', facts);
    if (task.status === 'suspended') return refuse('signers_pending', { element: task.element_id });
    if (isSignersTask(live, task)) return refuse('signer_may_not', facts);
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

/** Keeps what this person has filled in so far, with no effect on the case (暂存). */
export async function saveDraft(
  parts: Parts,
  order: TaskOrder & { readonly values: Values },
): Promise<Result<TaskAnswer>> {
  const { values } = order;
  return await onTask(parts, 'save_draft', order, { values }, async (burst, task) => {
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    const { person } = burst.actor;
    const draft = encodeValues(values);
    const kept = { taskId: task.id, person, draft, at: burst.at };
    await keepDraft(burst.transaction, parts.cellId, kept);
    if (task.status !== 'reserved') return ok(answerOf(task));
    const begun: TaskRow = { ...task, status: 'in_progress' };
    burst.written.taskUpdates.set(task.id, begun);
    return ok(answerOf(begun));
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
  const { values: given, outcome = null, customerPresent = false } = order;
  const content = { values: given, outcome, customerPresent };
  return await onTask(parts, 'complete_task', order, content, async (burst, task, live, loaded) => {
    const refusal = refusedHolding(burst, task) ?? refusedPerson(burst, live, task, order);
    if (refusal !== null) return refusal;
    sayClaimed(burst, live, task);
    if (isSignersTask(live, task)) return await sign(burst, live, task, given);
    const values = filledIn(live, task, order.values);
    if (!values.ok) return values;
    const unmet = await refusedByFacts(burst, live, task, values.value);
    if (unmet !== null) return unmet;
    sayForWhom(burst, live, task);
    const effects = await operationValues(burst, live, task, values.value);
    if (!effects.ok) return effects;
    const signersAfter = loaded.signers_after;
    const completed = submitted(burst, task, outcome, signersAfter);
    burst.written.taskUpdates.set(task.id, completed);
    burst.written.emptiedDrafts.push({ task_id: task.id });
    const returnsTo = live.state?.items.get(task.activity_instance)?.returnsTo ?? -1;
    const ran = await run(burst, {
      instanceId: live.row.id,
      command: {
        type: 'complete_activity',
        at: burst.at,
        activityInstance: task.activity_instance,
        values: { ...values.value, ...effects.value },
        ...(order.outcome === undefined ? {} : { outcome: order.outcome }),
        ...(signersAfter.length === 0 ? {} : { signersAfter }),
      },
    });
    if (!ran.ok) return ran;
    if (signersAfter.length > 0) await markSigners(burst, live, task, 'after');
    if (returnsTo >= 0) await giveToReturner(burst, live, task, returnsTo);
    return ok(completionOf(burst, live, completed));
  });
}

/**
 * Why an open task is not submitted by whoever asks: not taken, not theirs, lent, or being signed.
 */
function refusedHolding(burst: Burst, task: TaskRow) {
  const facts = { task: task.element_id };
  if (task.status === 'ready') return refuse('task_not_claimed', facts);
  if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
  if (task.status === 'delegated') return refuse('task_is_delegated', facts);
  const isSigned = task.status === 'suspended';
  return isSigned ? refuse('signers_pending', { element: task.element_id }) : null;
}

/** A task that was given and never claimed is claimed by submitting it. */
function sayClaimed(burst: Burst, live: Live, task: TaskRow): void {
  if (task.claimed_at !== null) return;
  const { element_id: elementId, activity_instance: activityInstance, role } = task;
  say(burst, live, { kind: 'activity_claimed', elementId, activityInstance, role });
}

/** The row of a submitted task: over, or waiting for those who sign after its holder (后加签). */
function submitted(
  burst: Burst,
  task: TaskRow,
  outcome: string | null,
  signersAfter: readonly string[],
): TaskRow {
  const taken: TaskRow = { ...task, claimed_at: task.claimed_at ?? burst.at };
  if (signersAfter.length > 0) return { ...taken, status: 'suspended' };
  return { ...taken, status: 'completed', outcome, ended_at: burst.at };
}

/** An added signer signs (加签): an opinion, which neither fills in the form nor posts. */
async function sign(
  burst: Burst,
  live: Live,
  task: TaskRow,
  given: Values,
): Promise<Result<CompleteAnswer>> {
  const signed = opinionValues(burst, live, task, given);
  if (!signed.ok) return signed;
  const { values, opinion } = signed.value;
  const around = present(signedActivity(live, task), 'the task signed for');
  const completed = submitted(burst, task, null, []);
  burst.written.taskUpdates.set(task.id, completed);
  burst.written.emptiedDrafts.push({ task_id: task.id });
  await sayAct(burst, live, task, { kind: 'task_signed', reason: '', facts: { opinion } });
  const { activity_instance: activityInstance } = task;
  const command = { type: 'complete_activity', at: burst.at, activityInstance, values } as const;
  const ran = await run(burst, { instanceId: live.row.id, command });
  if (!ran.ok) return ran;
  await settleSigned(burst, live, around);
  return ok(completionOf(burst, live, completed));
}

function completionOf(burst: Burst, live: Live, completed: TaskRow): CompleteAnswer {
  const root = caseStatusOf(burst, live);
  return {
    ...answerOf(completed),
    caseStatus: root.status,
    outcome: root.outcome,
    postings: burst.postings,
    accountingDate: burst.accountingDate,
  };
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
  work: (burst: Burst, task: TaskRow, live: Live, loaded: Loaded) => Promise<Result<T>>,
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
    await addRelatedPerformers(burst, live);
    return await work(burst, task, live, loaded);
  });
}

/** Whether the actor has claimed the task under this login. */
export function isHolder(actor: Actor, task: TaskRow): boolean {
  return task.status !== 'ready' && task.assignee_login === actor.login;
}

/**
 * A process may name the variable with the number of another case (`separateOver`), such as the
 * loan under whose contract is drawn: what people did there keeps them apart here too.
 */
async function addRelatedPerformers(burst: Burst, live: Live): Promise<void> {
  const root = rootOf(burst, live);
  const { separateOver } = elementInfo(root.model.program, 0).attributes;
  const related = separateOver === undefined ? null : root.data.root[separateOver];
  if (typeof related !== 'string') return;
  const { transaction, parts } = burst;
  burst.performed.unshift(...(await performedInCase(transaction, parts.cellId, related)));
}

/** Says who acts for the customer, and that the customer was there (客户在场). */
function sayForWhom(burst: Burst, live: Live, task: TaskRow): void {
  if (task.customer_id === null || burst.actor.customerNumber !== null) return;
  say(burst, live, {
    kind: 'acted_for_customer',
    elementId: task.element_id,
    activityInstance: task.activity_instance,
    role: task.role,
    facts: { customerNumber: task.customer_id, customerPresent: true },
  });
}

/**
 * Why this person may not do the task: no candidate, the customer not present, or kept apart by
 * what was done before.
 */
export function refusedPerson(burst: Burst, live: Live, task: TaskRow, order: TaskOrder) {
  const { actor } = burst;
  const candidacy = candidacyOf(task);
  // An added signer (加签) is the person who was named, whatever their seat.
  const isSigner = isSignersTask(live, task);
  if (isSigner && task.assignee_person !== actor.person) {
    return refuse('not_a_candidate', { task: task.element_id });
  }
  if (!isSigner && !isCandidate(actor, candidacy)) {
    if (!mayFillInFor(actor, candidacy)) {
      return refuse('not_a_candidate', { task: task.element_id });
    }
    if (order.customerPresent !== true) {
      return refuse('customer_presence_missing', { task: task.element_id });
    }
  }
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

import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Colleague } from '../../store/people/colleagues.ts';
import { instancesOfCase, loadAction } from '../../store/process/load.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import {
  actsOfCase,
  actsOfTasks,
  handlingOf,
  signersOf,
  type TaskActRow,
  type TaskHandling,
} from '../../store/process/task/acts.ts';
import { copiesFor, markCopyRead, type TaskCopyRow } from '../../store/process/task/copies.ts';
import { stepsPassed, tasksDoneBy } from '../../store/process/task/places.ts';
import { taskById, tasksOfCase } from '../../store/process/tasks.ts';
import type { Actor } from '../actor.ts';
import type { CaseAnswer } from '../cases.ts';
import type { Parts } from '../parts.ts';
import type { TaskAnswer, TaskOrder } from '../tasks.ts';
import { type TaskView, taskView } from '../views.ts';
import { mayTerminate, type TerminateOrder, terminateCase } from './case-termination.ts';
import { delegateTask, forwardTask, type HandOverOrder, resolveTask } from './hand-over.ts';
import { copyTask, urgeTask } from './notices.ts';
import { isStep, type Purpose, peopleFor } from './people.ts';
import { type AddSignerOrder, addSigner, jointLoop, removeSigner } from './signers.ts';
import { recallTask } from './task-recall.ts';

type ReasonOrder = TaskOrder & { readonly reason: string };

/** A step that a case could be returned to, with who did it last. */
export type ReturnStep = {
  readonly processId: string;
  readonly element: string;
  readonly login: string | null;
};

/** Who else signs a task, and how far that is. */
export type SignerView = {
  readonly login: string | null;
  readonly place: 'before' | 'after' | 'beside';
  readonly status: 'planned' | 'acting' | 'signed' | 'removed';
};

/** 催办, 取回 and 终止, as far as can be said without trying. */
export type CaseOrders = {
  readonly mayTerminate: boolean;
  /** Open tasks of others, for who has a part in the case. */
  readonly urge: readonly TaskView[];
  /** Own submissions that nobody has acted on yet. */
  readonly recall: readonly TaskView[];
};

/** What orders have made of one task. */
export type TaskParts = {
  readonly returnSteps: readonly ReturnStep[];
  readonly signers: readonly SignerView[];
  /** Whether colleagues can be added beside (并加签). */
  readonly joint: boolean;
};

/** The orders about a task besides claiming and submitting it; each exactly: task-commands.md. */
export type TaskCommands = {
  recallTask(order: ReasonOrder): Promise<Result<TaskAnswer>>;
  forwardTask(order: HandOverOrder): Promise<Result<TaskAnswer>>;
  delegateTask(order: HandOverOrder): Promise<Result<TaskAnswer>>;
  resolveTask(order: ReasonOrder & { readonly values: Values }): Promise<Result<TaskAnswer>>;
  addSigner(order: AddSignerOrder): Promise<Result<TaskAnswer>>;
  removeSigner(order: ReasonOrder & { readonly signer: string }): Promise<Result<TaskAnswer>>;
  urgeTask(order: ReasonOrder): Promise<Result<TaskAnswer>>;
  copyTask(
    order: TaskOrder & { readonly to: readonly string[]; readonly note: string },
  ): Promise<Result<TaskAnswer>>;
  terminateCase(order: TerminateOrder): Promise<Result<CaseAnswer>>;
  /** What a person may order in a case without holding a task of it. */
  caseOrders(actor: Actor, caseNumber: string): Promise<CaseOrders>;
  /** Colleagues whom the holder may choose for a purpose. */
  taskPeople(
    order: TaskOrder & { readonly purpose: Purpose },
  ): Promise<Result<readonly Colleague[]>>;
  taskParts(taskId: string): Promise<TaskParts>;
  /** What orders have made of these tasks, and the orders about them. */
  taskMarks(
    taskIds: readonly string[],
  ): Promise<{ readonly handling: readonly TaskHandling[]; readonly acts: readonly TaskActRow[] }>;
  /** All orders about tasks of a case, with their reasons. */
  caseActs(caseNumber: string): Promise<readonly TaskActRow[]>;
  /** What a person has submitted in the last days, the newest first. */
  doneTasks(actor: Actor): Promise<readonly TaskView[]>;
  copies(
    actor: Actor,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ copies: TaskCopyRow[]; total: number; unread: number }>;
  readCopy(actor: Actor, id: string): Promise<Result<{ readonly id: string }>>;
};

/** How far back the list of submitted tasks goes, and how long it gets. */
const doneMs = 7 * 86_400_000;
const doneMax = 100;

/** The orders and views over the runtime's parts. */
export function createTaskCommands(parts: Parts): TaskCommands {
  const { database, cellId } = parts;
  return {
    recallTask: (order) => recallTask(parts, order),
    forwardTask: (order) => forwardTask(parts, order),
    delegateTask: (order) => delegateTask(parts, order),
    resolveTask: (order) => resolveTask(parts, order),
    addSigner: (order) => addSigner(parts, order),
    removeSigner: (order) => removeSigner(parts, order),
    urgeTask: (order) => urgeTask(parts, order),
    copyTask: (order) => copyTask(parts, order),
    terminateCase: (order) => terminateCase(parts, order),
    caseOrders: (actor, caseNumber) => caseOrders(parts, actor, caseNumber),
    taskPeople: (order) => taskPeople(parts, order),
    taskParts: (taskId) => taskParts(parts, taskId),
    taskMarks: async (taskIds) => ({
      handling: await handlingOf(database, cellId, taskIds),
      acts: await actsOfTasks(database, cellId, taskIds),
    }),
    caseActs: async (caseNumber) => {
      const [root] = await instancesOfCase(database, cellId, caseNumber);
      return root === undefined ? [] : await actsOfCase(database, cellId, root.root_id);
    },
    doneTasks: async ({ person }) => {
      const since = parts.clock() - doneMs;
      const rows = await tasksDoneBy(database, cellId, { person, since, limit: doneMax });
      return rows.map(taskView);
    },
    copies: ({ person }, page) => copiesFor(database, cellId, { person, ...page }),
    readCopy: async ({ person }, id) => {
      const read = await markCopyRead(database, cellId, { id, person, at: parts.clock() });
      return read ? ok({ id }) : refuse('not_found');
    },
  };
}

async function caseOrders(parts: Parts, actor: Actor, caseNumber: string): Promise<CaseOrders> {
  const { database, cellId } = parts;
  const [root] = await instancesOfCase(database, cellId, caseNumber);
  if (root === undefined || root.status !== 'active') {
    return { mayTerminate: false, urge: [], recall: [] };
  }
  const { program } = await parts.models.byId(database, root.model_id);
  const roles = program.elements[0]?.attributes.terminableBy;
  const at = { transaction: database, parts, at: parts.clock() };
  const may = await mayTerminate(at, actor, { roles, unitCode: root.unit_code });
  const rows = await tasksOfCase(database, cellId, caseNumber);
  const open = rows.filter((row) => row.status !== 'completed' && row.status !== 'cancelled');
  const ids = open.map((row) => row.id);
  const handling = await handlingOf(database, cellId, ids);
  const own = handling.filter((one) => one.owner_person === actor.person);
  const lent = open.filter((row) => own.some((one) => one.task_id === row.id));
  const hasPart =
    root.started_person === actor.person ||
    (root.customer_id !== null && root.customer_id === actor.customerNumber) ||
    lent.length > 0 ||
    rows.some((row) => row.assignee_person === actor.person);
  const others = open.filter((row) => row.assignee_person !== actor.person);
  return {
    mayTerminate: may,
    urge: hasPart ? others.map(taskView) : [],
    recall: [...recallable(rows, open, actor), ...lent].map(taskView),
  };
}

/** The last submission of a person, while all that came up with it lies untouched. */
function recallable(rows: readonly TaskRow[], open: readonly TaskRow[], actor: Actor): TaskRow[] {
  const last = rows
    .filter((row) => row.status === 'completed')
    .toSorted((one, other) => (one.ended_at ?? 0) - (other.ended_at ?? 0))
    .at(-1);
  if (last === undefined || last.assignee_person !== actor.person) return [];
  const after = open.filter((row) => row.created_at >= (last.ended_at ?? 0));
  const untouched = after.every(
    (row) => row.status === 'ready' || (row.status === 'reserved' && row.claimed_at === null),
  );
  return untouched && after.length > 0 ? [last] : [];
}

/** The task with its instances and who has done what, as they stand, without locks. */
async function lookAt(parts: Parts, taskId: string) {
  const { database, cellId } = parts;
  const row = await taskById(database, cellId, taskId);
  if (row === null) return null;
  const { instances, performed } = await loadAction(database, cellId, {
    ...{ instanceIds: [...row.path], taskId: null, keyId: null },
  });
  const instance = instances.find((one) => one.id === row.instance_id);
  if (instance === undefined) return null;
  const { program } = await parts.models.byId(database, row.model_id);
  return { row, instance, instances, performed, program };
}

async function taskPeople(
  parts: Parts,
  order: TaskOrder & { readonly purpose: Purpose },
): Promise<Result<readonly Colleague[]>> {
  const seen = await lookAt(parts, order.taskId);
  if (seen === null) return refuse('task_unknown');
  const { row, instance, performed, program } = seen;
  if (row.assignee_person !== order.actor.person) {
    return refuse('task_not_yours', { task: row.element_id });
  }
  const asked = { actor: order.actor, purpose: order.purpose, at: parts.clock() };
  const place = { task: row, program, caseUnit: instance.unit_code, performed };
  return ok(await peopleFor(parts.database, parts, asked, place));
}

async function taskParts(parts: Parts, taskId: string): Promise<TaskParts> {
  const seen = await lookAt(parts, taskId);
  if (seen === null) return { returnSteps: [], signers: [], joint: false };
  const { database, cellId } = parts;
  const { row, instances } = seen;
  const steps: ReturnStep[] = [];
  const within = { rootId: row.root_id, instanceIds: row.path };
  for (const one of await stepsPassed(database, cellId, within)) {
    const instance = instances.find(({ id }) => id === one.instance_id);
    if (instance === undefined) continue;
    const { program } = await parts.models.byId(database, instance.model_id);
    const isHere = one.instance_id === row.instance_id && one.element_id === row.element_id;
    if (isHere || !isStep(program, one.element_id)) continue;
    const step = { processId: instance.process_id, element: one.element_id, login: one.login };
    const before = steps.findIndex(
      (other) => other.element === step.element && other.processId === step.processId,
    );
    if (before >= 0) steps.splice(before, 1);
    steps.push(step);
  }
  const joint = jointLoop(seen.program, row) !== null;
  return { returnSteps: steps, signers: await signersView(parts, taskId), joint };
}

async function signersView(parts: Parts, taskId: string): Promise<SignerView[]> {
  const { database, cellId } = parts;
  const [handling] = await handlingOf(database, cellId, [taskId]);
  const signers: SignerView[] = [];
  const acting = new Set<string>();
  for (const one of await signersOf(database, cellId, taskId)) {
    const row = await taskById(database, cellId, one.task_id);
    if (row === null) continue;
    const acts = await actsOfTasks(database, cellId, [taskId]);
    const added = acts.find((act) => act.to_person === row.assignee_person);
    const login = row.assignee_login ?? added?.to_login ?? null;
    if (login !== null) acting.add(login);
    const { status } = row;
    const now = status === 'completed' ? 'signed' : status === 'cancelled' ? 'removed' : 'acting';
    signers.push({ login, place: one.place ?? 'beside', status: now });
  }
  const planned = (handling?.signers_after ?? []).filter((login) => !acting.has(login));
  return [
    ...signers,
    ...planned.map((login) => ({ login, place: 'after', status: 'planned' }) as const),
  ];
}

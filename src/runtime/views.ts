import { decodeValues, parseValue, type Value, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { decodeEvents, decodeState, elementIndex, elementInfo } from '../kernel/index.ts';
import {
  type CaseFilter,
  type CaseRow,
  decisionsOfCase,
  listCaseRows,
  stepsOfInstances,
} from '../store/process/cases.ts';
import { documentsOfCase } from '../store/process/documents.ts';
import { eventsOfCase } from '../store/process/events.ts';
import { instancesOfCase } from '../store/process/load.ts';
import {
  type ModelRow,
  newestModels,
  type VersionRow,
  versionsOf,
} from '../store/process/models.ts';
import type { BusinessEventRow, DocumentRow, InstanceRow, TaskRow } from '../store/process/rows.ts';
import { noteOpened } from '../store/process/task/acts.ts';
import { draftOf } from '../store/process/task/drafts.ts';
import { listTaskRows, taskById, tasksOfCase } from '../store/process/tasks.ts';
import { decodeData } from './action/burst.ts';
import { valuesAt } from './action/values-at.ts';
import type { Actor } from './actor.ts';
import { type ProcessChange, processChanges, type VersionPair } from './model/changes.ts';
import type { Parts } from './parts.ts';
import { candidacyOf, isCandidate, mayFillInFor } from './task/candidates.ts';
import { signerFormText } from './task/signed.ts';
import { withoutSealed } from './task/task-rules.ts';

/** A task as lists show it. */
export type TaskView = {
  readonly id: string;
  readonly caseNumber: string;
  readonly processId: string;
  readonly activity: string;
  readonly name: string;
  readonly nameEn: string;
  readonly status: TaskRow['status'];
  readonly assignee: string | null;
  readonly role: string;
  readonly unitCode: string | null;
  /** Whose task it is, when it is a customer's. */
  readonly customerNumber: string | null;
  readonly createdAt: number;
  readonly claimedAt: number | null;
  readonly dueAt: number | null;
  readonly endedAt: number | null;
};

/** A task with what its holder needs to do it. */
export type TaskDetail = {
  readonly task: TaskView;
  readonly values: Values;
  readonly draft: Values | null;
  /** The form as written in the process's folder, null when the task has none. */
  readonly formText: string | null;
  readonly documentation: string | null;
};

/** Where tokens stand: one line for each element, with how many are there. */
export type TokenView = {
  readonly processId: string;
  readonly element: string;
  readonly name: string;
  readonly nameEn: string;
  readonly count: number;
  readonly since: number | null;
};

export type CaseView = CaseRow & {
  readonly processName: string;
  readonly processNameEn: string;
  readonly modelVersion: number;
  readonly values: Values;
  readonly tokens: readonly TokenView[];
  readonly path: readonly { readonly processId: string; readonly flow: string }[];
  /** The processes of the case in the order they began, the root first, with their models. */
  readonly processes: readonly { readonly processId: string; readonly modelId: string }[];
};

export type DecisionView = {
  readonly at: number;
  readonly activityInstance: number;
  readonly decision: string;
  readonly modelId: string;
  /** The approved version that decided; null: the file deployed with the model. */
  readonly versionId: string | null;
  readonly fileName: string;
  readonly fileHash: string;
  readonly inputs: Values;
  readonly matched: Value;
  readonly output: Value;
  readonly reasons: Value;
};

export type TaskListOrder = {
  readonly actor: Actor;
  readonly filter: 'mine' | 'group' | 'all' | 'counter';
  readonly caseNumber?: string | undefined;
  readonly activity?: string | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
};

/** What can be read; nothing here changes anything. Who may see a case is the server's question. */
export type Views = {
  listTasks(order: TaskListOrder): Promise<{ tasks: TaskView[]; total: number }>;
  /** One task for who may do it, holds it or has done it; else `not_a_candidate`. */
  viewTask(order: { readonly actor: Actor; readonly taskId: string }): Promise<Result<TaskDetail>>;
  listCases(filter: CaseFilter): Promise<{ cases: CaseRow[]; total: number }>;
  viewCase(caseNumber: string): Promise<Result<CaseView>>;
  caseTasks(caseNumber: string): Promise<TaskView[]>;
  /** The business log of a case, in order, after the n-th line. */
  caseEvents(caseNumber: string, after?: number): Promise<BusinessEventRow[]>;
  caseDecisions(caseNumber: string): Promise<DecisionView[]>;
  caseDocuments(caseNumber: string): Promise<DocumentRow[]>;
  listProcesses(): Promise<ModelRow[]>;
  /** All versions of a process, newest first. */
  processVersions(processId: string): Promise<VersionRow[]>;
  /** What changed between two of its versions; null when one is not there. */
  processChanges(processId: string, of: VersionPair): Promise<ProcessChange[] | null>;
};

/** The views over the runtime's database. */
export function createViews(parts: Parts): Views {
  const { database, cellId } = parts;
  return {
    listTasks: (order) => listTasks(parts, order),
    viewTask: (order) => viewTask(parts, order),
    listCases: (filter) => listCaseRows(database, cellId, filter),
    viewCase: (caseNumber) => viewCase(parts, caseNumber),
    caseTasks: async (caseNumber) =>
      (await tasksOfCase(database, cellId, caseNumber)).map(taskView),
    caseEvents: (caseNumber, after) =>
      eventsOfCase(database, cellId, caseNumber, { after: after ?? 0 }),
    caseDecisions: async (caseNumber) =>
      (await decisionsOfCase(database, cellId, caseNumber)).map((row) => ({
        at: row.at,
        activityInstance: row.activity_instance,
        decision: row.decision_id,
        modelId: row.model_id,
        ...{ versionId: row.version_id, fileName: row.file_name },
        fileHash: row.file_hash,
        inputs: decodeValues(row.inputs),
        matched: readValue(row.matched),
        output: readValue(row.output),
        reasons: readValue(row.reasons),
      })),
    caseDocuments: (caseNumber) => documentsOfCase(database, cellId, caseNumber),
    listProcesses: () => newestModels(database, cellId),
    processVersions: (processId) => versionsOf(database, cellId, processId),
    processChanges: (processId, of) => processChanges(parts, processId, of),
  };
}

function readValue(text: string): Value {
  const parsed = parseValue(text);
  return parsed.ok ? parsed.value : null;
}

async function listTasks(parts: Parts, order: TaskListOrder) {
  const { actor } = order;
  const reader = {
    login: actor.login,
    person: actor.person,
    customerId: actor.customerNumber,
    posts: actor.posts,
  };
  const listed = await listTaskRows(parts.database, parts.cellId, reader, {
    filter: order.filter,
    caseNumber: order.caseNumber ?? null,
    elementId: order.activity ?? null,
    limit: order.limit ?? 50,
    offset: order.offset ?? 0,
  });
  return { tasks: listed.tasks.map(taskView), total: listed.total };
}

/** A row of the table as lists show it. */
export function taskView(row: TaskRow): TaskView {
  return {
    id: row.id,
    caseNumber: row.case_number,
    processId: row.process_id,
    activity: row.element_id,
    name: row.name,
    nameEn: row.name_en,
    status: row.status,
    assignee: row.assignee_login,
    role: row.role,
    unitCode: row.unit_code,
    customerNumber: row.customer_id,
    createdAt: row.created_at,
    claimedAt: row.claimed_at,
    dueAt: row.due_at,
    endedAt: row.ended_at,
  };
}

async function viewTask(
  parts: Parts,
  order: { readonly actor: Actor; readonly taskId: string },
): Promise<Result<TaskDetail>> {
  const { actor } = order;
  const row = await taskById(parts.database, parts.cellId, order.taskId);
  if (row === null) return refuse('task_unknown');
  const maySee =
    row.assignee_person === actor.person ||
    isCandidate(actor, candidacyOf(row)) ||
    mayFillInFor(actor, candidacyOf(row));
  if (!maySee) return refuse('not_a_candidate', { task: row.element_id });
  const instances = await instancesOfCase(parts.database, parts.cellId, row.case_number);
  const instance = instances.find((one) => one.id === row.instance_id);
  if (instance === undefined) return refuse('task_unknown');
  const model = await parts.models.byId(parts.database, row.model_id);
  const index = elementIndex(model.program, row.element_id);
  const info = index === null ? null : elementInfo(model.program, index);
  const state = decodeState(instance.state);
  const draft = await draftOf(parts.database, parts.cellId, row.id, actor.person);
  const formText = row.form === null ? null : (model.formTexts.get(row.form) ?? null);
  const around = state.items.get(state.items.get(row.activity_instance)?.parent ?? -1);
  const isSigners = around?.role === 'activity';
  if (row.claimed_at === null) {
    const opening = { taskId: row.id, person: actor.person, at: parts.clock() };
    await noteOpened(parts.database, parts.cellId, opening);
  }
  return ok({
    task: taskView(row),
    values: withoutSealed(
      model.program,
      state,
      valuesAt(state, decodeData(instance.data), row.activity_instance),
    ),
    draft: draft === null ? null : decodeValues(draft),
    formText: isSigners ? signerFormText : formText,
    documentation: info?.documentation ?? null,
  });
}

async function viewCase(parts: Parts, caseNumber: string): Promise<Result<CaseView>> {
  const instances = await instancesOfCase(parts.database, parts.cellId, caseNumber);
  const root = instances.find((one) => one.parent_id === null);
  if (root === undefined) return refuse('case_unknown', { caseNumber });
  const model = await parts.models.byId(parts.database, root.model_id);
  const tokens: TokenView[] = [];
  const tasks = await tasksOfCase(parts.database, parts.cellId, caseNumber);
  for (const instance of instances) tokens.push(...(await tokensOf(parts, instance, tasks)));
  return ok({
    caseNumber,
    processId: root.process_id,
    modelId: root.model_id,
    status: root.status,
    outcome: root.outcome,
    unitCode: root.unit_code,
    customerId: root.customer_id,
    startedAt: root.started_at,
    dueAt: root.due_at,
    endedAt: root.ended_at,
    processName: model.row.name,
    processNameEn: model.row.name_en,
    modelVersion: model.row.version,
    values: withoutSealed(model.program, decodeState(root.state), decodeData(root.data).root),
    tokens,
    path: await pathOf(parts, instances),
    processes: instances.map((one) => ({ processId: one.process_id, modelId: one.model_id })),
  });
}

async function tokensOf(
  parts: Parts,
  instance: InstanceRow,
  tasks: readonly TaskRow[],
): Promise<TokenView[]> {
  if (instance.status !== 'active') return [];
  const { program } = await parts.models.byId(parts.database, instance.model_id);
  const counts = new Map<number, { count: number; since: number | null }>();
  for (const item of decodeState(instance.state).items.values()) {
    if (item.role !== 'activity' && item.role !== 'event') continue;
    const task = tasks.find(
      (one) => one.instance_id === instance.id && one.activity_instance === item.id,
    );
    const known = counts.get(item.element) ?? { count: 0, since: task?.created_at ?? null };
    counts.set(item.element, { ...known, count: known.count + 1 });
  }
  return [...counts].map(([element, { count, since }]) => {
    const { id, name, nameEn } = elementInfo(program, element);
    const label = name ?? id;
    return {
      processId: instance.process_id,
      element: id,
      name: label,
      nameEn: nameEn ?? label,
      count,
      since,
    };
  });
}

/** The sequence flows that tokens took, in order, per process of the case. */
async function pathOf(parts: Parts, instances: readonly InstanceRow[]): Promise<CaseView['path']> {
  const path: { processId: string; flow: string }[] = [];
  const ids = instances.map((one) => one.id);
  for (const stepRow of await stepsOfInstances(parts.database, parts.cellId, ids)) {
    const instance = instances.find((one) => one.id === stepRow.instance_id);
    if (instance === undefined) continue;
    const { program } = await parts.models.byId(parts.database, instance.model_id);
    for (const event of decodeEvents(stepRow.events)) {
      const flow = event.type === 'flow_taken' ? program.flows[event.flow] : undefined;
      if (flow !== undefined) path.push({ processId: instance.process_id, flow: flow.id });
    }
  }
  return path;
}

import { assert, present } from '../../base/assert.ts';
import { decodeValues, encodeValues, isValues, type Value, type Values } from '../../base/data.ts';
import {
  type ChildNews,
  type Command,
  decodeState,
  elementInfo,
  encodeState,
  type ProcessData,
  type State,
} from '../../kernel/index.ts';
import type { Transaction } from '../../store/database.ts';
import type { BodyRow, OutputRow } from '../../store/process/children/bodies.ts';
import { eventHash } from '../../store/process/events.ts';
import type {
  BusinessEventRow,
  CommandKeyRow,
  DecisionRow,
  DocumentRow,
  InstanceRow,
  InstanceStatus,
  JobRow,
  OutboxRow,
  PerformedRow,
  StepRow,
  SubscriptionRow,
  TaskRow,
  TimerRow,
} from '../../store/process/rows.ts';
import type { ActivityEnd, Changes } from '../../store/process/save.ts';
import type { Actor } from '../actor.ts';
import type { Deployed } from '../model/models.ts';
import type { Parts } from '../parts.ts';
import { canonicalText } from './canonical.ts';
import { outerOf } from './outer-values.ts';

/**
 * One action while it runs: everything it has loaded and everything it will write. It lives as
 * long as its transaction; nothing in it outlives a rollback.
 */
export type Burst = {
  readonly transaction: Transaction;
  readonly parts: Parts;
  readonly actor: Actor;
  /** ms since epoch, read once after the locks were granted; every row of the action bears it. */
  readonly at: number;
  /** Taken once, when the first operation asks for it; every leg bears the same. */
  accountingDate: string | null;
  /** The client's key, or an id made for this action: ids of transfers derive from it. */
  readonly commandId: string;
  readonly newId: () => string;
  readonly instances: Map<string, Live>;
  readonly performed: PerformedRow[];
  readonly written: Written;
  /** Counters of handed-out children that this action holds locked, and what they gave. */
  readonly bodies: Map<string, Body>;
  readonly outputs: OutputRow[];
  /** Events given to the ledger so far: their ids derive from commandId by this count. */
  eventsPosted: number;
  /** Numbers of the postings made, in order. */
  readonly postings: string[];
};

/** A body whose children are instances of their own, and the jobs already asked for it. */
export type Body = {
  row: BodyRow;
  readonly news: ChildNews[];
  readonly asked: Set<string>;
};

/** An instance in memory. `row` says what the table will say, except state and data. */
export type Live = {
  row: Mutable<InstanceRow>;
  readonly model: Deployed;
  /** Of a handed-out child: the element whose body it belongs to. */
  readonly childOf?: number | undefined;
  state: State | null;
  data: ProcessData;
  /** Version as loaded, 0 for an instance that this action starts. */
  readonly versionBefore: number;
  changed: boolean;
};

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

type Written = {
  readonly tasks: Map<string, TaskRow>;
  readonly taskUpdates: Map<string, TaskRow>;
  readonly cancelledTasks: ActivityEnd[];
  readonly emptiedDrafts: { task_id: string }[];
  readonly timers: Map<string, TimerRow>;
  readonly endedTimers: Map<string, { instance_id: string; timer: number }>;
  readonly movedTimers: { instance_id: string; timer: number; due_at: number }[];
  readonly subscriptions: Map<string, SubscriptionRow>;
  readonly endedSubscriptions: Map<string, { instance_id: string; subscription: number }>;
  readonly steps: StepRow[];
  readonly decisions: DecisionRow[];
  readonly events: BusinessEventRow[];
  readonly messages: OutboxRow[];
  readonly jobs: JobRow[];
  readonly documents: DocumentRow[];
  readonly keys: CommandKeyRow[];
};

/** The lists of an action that has changed nothing yet. */
export function nothingWritten(): Written {
  return {
    tasks: new Map(),
    taskUpdates: new Map(),
    cancelledTasks: [],
    emptiedDrafts: [],
    timers: new Map(),
    endedTimers: new Map(),
    movedTimers: [],
    subscriptions: new Map(),
    endedSubscriptions: new Map(),
    steps: [],
    decisions: [],
    events: [],
    messages: [],
    jobs: [],
    documents: [],
    keys: [],
  };
}

/** A command that stands in line: the effects of one step are the next commands. */
export type Order = {
  readonly instanceId: string;
  readonly command: Command;
  /** The order falls away when this activity of the instance is gone by then. */
  readonly activity?: number;
};

/** Brings a stored instance into the action. */
export async function openInstance(burst: Burst, row: InstanceRow): Promise<Live> {
  const known = burst.instances.get(row.id);
  if (known !== undefined) return known;
  const model = await burst.parts.models.byId(burst.transaction, row.model_id);
  const state = decodeState(row.state);
  const data = decodeData(row.data);
  const element = row.loop_counter === null ? undefined : state.items.get(1)?.element;
  const live: Live = {
    row: { ...row },
    model,
    childOf: element,
    state,
    data:
      element === undefined
        ? data
        : { root: await outerOf(burst, row, model, element), scopes: data.scopes },
    versionBefore: row.version,
    changed: false,
  };
  burst.instances.set(row.id, live);
  return live;
}

/** An instance that this action has loaded or started. */
export function liveOf(burst: Burst, instanceId: string): Live {
  return present(burst.instances.get(instanceId), `instance ${instanceId} in this action`);
}

/** The BPMN id of an element by its number. */
export function elementId(live: Live, element: number): string {
  return elementInfo(live.model.program, element).id;
}

/**
 * The root of the instance's case: its lock is the case's lock, its count the case's count. Of a
 * handed-out child, and of what it calls, it is the child itself.
 */
export function rootOf(burst: Burst, live: Live): Live {
  return liveOf(burst, live.row.path[0] ?? live.row.root_id);
}

/** How the case stands; a handed-out child knows only that it goes on. */
export function caseStatusOf(burst: Burst, live: Live): Pick<InstanceRow, 'status' | 'outcome'> {
  const { row } = rootOf(burst, live);
  return row.loop_counter === null ? row : { status: 'active', outcome: null };
}

/** What an event says besides where and when; facts are ids, codes and figures, never names. */
export type Said = {
  readonly kind: string;
  readonly elementId?: string | null;
  readonly activityInstance?: number | null;
  readonly role?: string | null;
  readonly unitCode?: string | null;
  readonly facts?: Values;
};

/** Adds a line to the business log of the case. */
export function say(burst: Burst, live: Live, said: Said): BusinessEventRow {
  const root = rootOf(burst, live);
  root.row.event_count += 1;
  root.changed = true;
  const event = {
    id: burst.newId(),
    root_id: live.row.root_id,
    instance_id: live.row.id,
    n: root.row.event_count,
    step: live.row.version,
    case_number: live.row.case_number,
    kind: said.kind,
    element_id: said.elementId ?? null,
    activity_instance: said.activityInstance ?? null,
    model_id: live.row.model_id,
    at: burst.at,
    login: burst.actor.login,
    person: burst.actor.person,
    role: said.role ?? null,
    unit_code: said.unitCode ?? (burst.actor.unitCode === '' ? null : burst.actor.unitCode),
    facts: canonicalText(said.facts ?? {}),
  };
  const row = { ...event, hash: eventHash(event) };
  burst.written.events.push(row);
  return row;
}

/** Changes the status of an instance, with the instant it ended. */
export function endInstance(
  burst: Burst,
  live: Live,
  status: Extract<InstanceStatus, 'completed' | 'terminated'>,
  outcome: string | null,
): void {
  assert(live.row.status === 'active', 'only a running instance ends');
  live.row.status = status;
  live.row.outcome = outcome;
  live.row.ended_at = burst.at;
  live.changed = true;
}

/** What the action has to write, as rows. */
export function changesOf(burst: Burst): Changes {
  const { written } = burst;
  const live = [...burst.instances.values()];
  return {
    newInstances: live.filter((one) => one.versionBefore === 0).map(storedRow),
    instanceUpdates: live
      .filter((one) => one.versionBefore > 0 && one.changed)
      .map((one) => ({ ...storedRow(one), version_before: one.versionBefore })),
    newTasks: [...written.tasks.values()],
    taskUpdates: [...written.taskUpdates.values()],
    cancelledTasks: written.cancelledTasks,
    emptiedDrafts: written.emptiedDrafts,
    newTimers: [...written.timers.values()],
    endedTimers: [...written.endedTimers.values()],
    movedTimers: written.movedTimers,
    newSubscriptions: [...written.subscriptions.values()],
    endedSubscriptions: [...written.endedSubscriptions.values()],
    steps: written.steps,
    decisions: written.decisions,
    events: written.events,
    messages: written.messages,
    jobs: written.jobs,
    documents: written.documents,
    keys: written.keys,
  };
}

function storedRow(live: Live): InstanceRow {
  return {
    ...live.row,
    state: encodeState(present(live.state, 'an instance that is saved has taken a step')),
    data: encodeData(dataOf(live)),
  };
}

/** A handed-out child keeps its own variables; those from outside stay with its parent. */
function dataOf(live: Live): ProcessData {
  if (live.row.loop_counter === null) return live.data;
  return { root: {}, scopes: live.data.scopes };
}

/** Process data as one exact JSON text. */
export function encodeData(data: ProcessData): string {
  return encodeValues({ root: data.root, scopes: data.scopes as { [scope: string]: Values } });
}

/** The inverse of encodeData. */
export function decodeData(text: string): ProcessData {
  const { root = {}, scopes = {} } = decodeValues(text);
  assert(isValues(root) && isValues(scopes), 'stored process data has a root and scopes');
  return { root, scopes: scopes as { [scope: string]: Values } };
}

/** A correlation value as the text it is stored and found by. */
export function correlationText(value: Value): string {
  return typeof value === 'string' ? value : canonicalText(value);
}

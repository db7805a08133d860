import { assert, present } from '../base/assert.ts';
import type { Value, Values } from '../base/data.ts';
import { dateInChina } from '../base/dates.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { elementIndex, elementInfo } from '../kernel/index.ts';
import { takeIdentity } from '../store/ledger/books.ts';
import { unitByRule } from '../store/people/units.ts';
import { subscriptionsFor } from '../store/process/due.ts';
import { hasPassed } from '../store/process/events.ts';
import { nextCaseSerial } from '../store/process/load.ts';
import { newestModel } from '../store/process/models.ts';
import type { SubscriptionRow } from '../store/process/rows.ts';
import { act } from './action/action.ts';
import {
  type Burst,
  caseStatusOf,
  correlationText,
  type Live,
  liveOf,
  say,
} from './action/burst.ts';
import { run } from './action/engine.ts';
import { type Actor, systemActor } from './actor.ts';
import { caseNumberOf } from './case-number.ts';
import type { Parts } from './parts.ts';
import { dueAfter } from './task/due.ts';
import { namesIn } from './task/task-rules.ts';

export type StartOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly processId: string;
  readonly values: Values;
  /** Where it is applied for; the case belongs to the sub-branch above. Default: the actor's. */
  readonly unitCode?: string | undefined;
  /** Default: the customer the actor acts for, else `customerNumber` of the values. */
  readonly customerNumber?: string | undefined;
};

export type CaseAnswer = {
  readonly caseNumber: string;
  readonly instanceId: string;
  readonly status: string;
  readonly outcome: string | null;
};

/**
 * Starts a case of the newest version of a process. Refused are values that people may not set at
 * the start, and a process without a `casePrefix`. The case number, the unit, the customer and the
 * day it was started stand in its data as caseNumber, caseUnit, customerNumber and startedOn.
 */
export async function startCase(parts: Parts, order: StartOrder): Promise<Result<CaseAnswer>> {
  const { actor, values } = order;
  const customerNumber =
    actor.customerNumber ?? order.customerNumber ?? textOf(values.customerNumber ?? null);
  const unitCode = order.unitCode ?? actor.unitCode;
  const content = { processId: order.processId, values, unitCode, customerNumber };
  const request = { name: 'start_case', actor, key: order.key, content, lock: null };
  return await act<CaseAnswer>(parts, request, async (burst) => {
    const live = await openCase(burst, order.processId, unitCode, customerNumber);
    if (!live.ok) return live;
    const stranger = strangerAmong(live.value, actor, values);
    if (stranger !== null) return refuse('start_value_not_allowed', { field: stranger });
    const { row } = live.value;
    const given: Values = {
      ...values,
      caseNumber: row.case_number,
      caseUnit: row.unit_code,
      startedOn: dateInChina(burst.at),
      ...(customerNumber === null ? {} : { customerNumber }),
    };
    const command = { type: 'start', at: burst.at, values: given } as const;
    const ran = await run(burst, { instanceId: row.id, command });
    return ran.ok ? ok(answerOf(live.value)) : ran;
  });
}

/**
 * A value that whoever starts the case may not set. People may give the customer's number and what
 * the process names in `startValues` (`all`: anything); everything else comes by forms. The machine
 * itself may set what it likes.
 */
export function strangerAmong(live: Live, actor: Actor, values: Values): string | null {
  if (actor.person === systemActor.person) return null;
  const allowed = namesIn(elementInfo(live.model.program, 0).attributes.startValues);
  if (allowed.includes('all')) return null;
  const names = ['customerNumber', ...allowed];
  return Object.keys(values).find((name) => !names.includes(name)) ?? null;
}

/** A new case of the newest version of a process, for a unit; nothing has begun in it yet. */
export async function openCase(
  burst: Burst,
  processId: string,
  givenUnit: string,
  customerNumber: string | null,
): Promise<Result<Live>> {
  const { parts, transaction } = burst;
  const units = await parts.units.on(transaction, dateInChina(burst.at), burst.at);
  const unit = unitByRule(units, givenUnit, 'own');
  if (unit === null) return refuse('unit_unknown', { unit: givenUnit });
  const { unitCode } = unit;
  const model = await newestModel(transaction, parts.cellId, processId);
  if (model === null) return refuse('process_not_deployed', { process: processId });
  if (model.case_prefix === '') return refuse('process_only_called', { process: processId });
  const id = burst.newId();
  const serial = await nextCaseSerial(transaction);
  const caseNumber = caseNumberOf(model.case_prefix, burst.at, parts.cellId, serial);
  const name = { kind: 'case_number', value: caseNumber, ownerId: id };
  const isOurs = await takeIdentity(transaction, parts.cellId, name, burst.at);
  assert(isOurs, `case number ${caseNumber} was never given before`);
  const deployed = await parts.models.byId(transaction, model.id);
  const { dueIn } = elementInfo(deployed.program, 0).attributes;
  const live: Live = {
    row: {
      id,
      root_id: id,
      parent_id: null,
      parent_activity: null,
      path: [id],
      model_id: model.id,
      process_id: model.process_id,
      case_number: caseNumber,
      unit_code: unitCode,
      line: model.line,
      customer_id: customerNumber,
      status: 'active',
      outcome: null,
      state: '',
      data: '',
      version: 0,
      started_at: burst.at,
      started_login: burst.actor.login,
      started_person: burst.actor.person,
      event_count: 0,
      due_at: dueIn === undefined ? null : dueAfter(burst.at, dueIn),
      ended_at: null,
      loop_counter: null,
    },
    model: deployed,
    state: null,
    data: { root: {}, scopes: {} },
    versionBefore: 0,
    changed: true,
  };
  burst.instances.set(id, live);
  return ok(live);
}

function textOf(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

function answerOf(live: Live): CaseAnswer {
  const { case_number: caseNumber, id: instanceId, status, outcome } = live.row;
  return { caseNumber, instanceId, status, outcome };
}

export type WithdrawOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly caseNumber: string;
};

/**
 * The initiator or the customer ends the whole case before it is decided (撤回申请). The process
 * names with `withdrawableUntil` the activity that decides it; a process without it cannot be
 * withdrawn.
 */
export async function withdrawCase(
  parts: Parts,
  order: WithdrawOrder,
): Promise<Result<CaseAnswer>> {
  const { actor, caseNumber } = order;
  const lock = { by: 'case', caseNumber } as const;
  const request = { name: 'withdraw_case', actor, key: order.key, content: { caseNumber }, lock };
  return await act<CaseAnswer>(parts, request, async (burst, loaded) => {
    const [row] = loaded.instances;
    if (row === undefined) return refuse('case_unknown', { caseNumber });
    const live = liveOf(burst, row.id);
    const isApplicant =
      row.started_person === actor.person ||
      (row.customer_id !== null && row.customer_id === actor.customerNumber);
    if (!isApplicant) return refuse('not_the_applicant', { caseNumber });
    if (row.status !== 'active') return refuse('case_not_active', { status: row.status });
    const { attributes } = elementInfo(live.model.program, 0);
    const until = attributes.withdrawableUntil;
    if (until === undefined) return refuse('case_not_withdrawable', { caseNumber });
    if (await hasPassed(burst.transaction, parts.cellId, row.id, until)) {
      return refuse('case_decided_already', { caseNumber });
    }
    say(burst, live, { kind: 'case_withdrawn' });
    const command = { type: 'withdraw', at: burst.at, outcome: 'withdrawn' } as const;
    const ran = await run(burst, { instanceId: row.id, command });
    return ran.ok ? ok(answerOf(live)) : ran;
  });
}

export type MessageOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly messageName: string;
  readonly correlation: Value;
  readonly values: Values;
  /** Staff say so when they pass on what a customer says at the counter. */
  readonly customerPresent?: boolean | undefined;
};

export type DeliveredAnswer = CaseAnswer;

/** Hands a message to the one instance that waits for it under this correlation. */
export async function deliverMessage(
  parts: Parts,
  order: MessageOrder,
): Promise<Result<DeliveredAnswer>> {
  const { messageName, values } = order;
  const correlation = correlationText(order.correlation);
  const delivery = { kind: 'message', name: messageName, correlation } as const;
  const { customerPresent = false } = order;
  const content = { messageName, correlation, values, customerPresent };
  const [waiting] = await subscriptionsFor(parts.database, parts.cellId, delivery, 1);
  const lock = { by: 'instances', ids: waiting?.path ?? [] } as const;
  const request = { name: 'deliver_message', actor: order.actor, key: order.key, content, lock };
  return await act<DeliveredAnswer>(parts, request, async (burst) => {
    // Read again now that the instance is locked: it may have stopped waiting.
    const found = await subscriptionsFor(burst.transaction, parts.cellId, delivery, 1);
    const target = found.find((one) => one.id === waiting?.id);
    if (target === undefined) return refuse('message_not_awaited', { messageName, correlation });
    if (order.customerPresent === true) sayPresent(burst, target);
    return await receive(burst, target, values);
  });
}

/** Says that the customer was there when staff passed the message on (客户在场). */
function sayPresent(burst: Burst, target: SubscriptionRow): void {
  const live = liveOf(burst, target.instance_id);
  const customerNumber = live.row.customer_id;
  const facts = { customerNumber, customerPresent: true };
  say(burst, live, { kind: 'acted_for_customer', elementId: target.element_id, facts });
}

/** Gives a message or a signal to an instance that is locked and waits for it. */
export async function receive(
  burst: Burst,
  target: SubscriptionRow,
  values: Values,
): Promise<Result<CaseAnswer>> {
  const live = liveOf(burst, target.instance_id);
  const index = elementIndex(live.model.program, target.element_id);
  const { id } = elementInfo(live.model.program, present(index, target.element_id));
  say(burst, live, {
    kind: target.kind === 'message' ? 'message_received' : 'signal_received',
    elementId: id,
    facts: { name: target.message_name },
  });
  const ran = await run(burst, {
    instanceId: live.row.id,
    command: {
      type: target.kind === 'message' ? 'deliver_message' : 'deliver_signal',
      at: burst.at,
      subscription: target.subscription,
      values,
    },
  });
  if (!ran.ok) return ran;
  const { status, outcome } = caseStatusOf(burst, live);
  const { case_number: caseNumber, root_id: instanceId } = live.row;
  return ok({ caseNumber, instanceId, status, outcome });
}

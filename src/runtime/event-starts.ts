import { createHash } from 'node:crypto';
import { decodeValues, type Values } from '../base/data.ts';
import { dateInChina } from '../base/dates.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { nextStartAt } from '../kernel/index.ts';
import type { Delivery, LeasedJob } from '../store/process/due.ts';
import { newestModel, newestModels } from '../store/process/models.ts';
import { act } from './action/action.ts';
import { type Burst, say } from './action/burst.ts';
import { run } from './action/engine.ts';
import { type Actor, systemActor } from './actor.ts';
import {
  type CaseAnswer,
  deliverMessage,
  type MessageOrder,
  openCase,
  strangerAmong,
} from './cases.ts';
import { startJob, startJobRow } from './model/timed-starts.ts';
import type { Parts } from './parts.ts';

export { startJob } from './model/timed-starts.ts';

type Begin = {
  readonly processId: string;
  readonly element: number;
  /** The unit the case belongs to when the process names none. */
  readonly unit: string;
  readonly values: Values;
  readonly said: { readonly kind: string; readonly facts: Values };
};

/**
 * A message that no case waits for, or a signal, starts a case of each process whose newest
 * version begins by it: one for a message (the first by process id), all for a signal. Gives how
 * many; a job done twice starts none twice. The case belongs to the unit that its process names
 * (`startUnit`), else to that of the case which spoke.
 */
export async function startOnNews(
  parts: Parts,
  job: LeasedJob,
  delivery: Delivery,
  values: Values,
): Promise<Result<number>> {
  const { unit = '' } = decodeValues(job.facts);
  const kind = delivery.kind === 'message' ? 'message_received' : 'signal_received';
  const said = { kind, facts: { name: delivery.name } };
  let count = 0;
  for (const row of await newestModels(parts.database, parts.cellId)) {
    const { program } = await parts.models.byId(parts.database, row.id);
    const start = program.startTriggers.find(
      ({ trigger }) => trigger.kind === delivery.kind && trigger.name === delivery.name,
    );
    if (start === undefined || row.case_prefix === '') continue;
    const { element } = start;
    const begin = { processId: row.process_id, element, unit: String(unit), values, said };
    const started = await startAlone(parts, keyFor(job.id, row.process_id), begin);
    if (!started.ok) return started;
    count += 1;
    if (delivery.kind === 'message') break;
  }
  return ok(count);
}

/**
 * Hands a message to the case that waits for it, or starts one of a process that begins by it. The
 * actor's unit is the case's when the process names none; values as `startCase` allows them.
 */
export async function deliverOrStart(
  parts: Parts,
  order: MessageOrder,
): Promise<Result<CaseAnswer>> {
  const delivered = await deliverMessage(parts, order);
  // The same order again, which started a case the first time, is known under that name.
  const mayStart = ['message_not_awaited', 'idempotency_key_used_otherwise'];
  if (delivered.ok || !mayStart.includes(delivered.code)) return delivered;
  const { messageName: name, values, actor } = order;
  const beginning = await beginningBy(parts, { kind: 'message', name });
  if (beginning === null) return delivered;
  const said = { kind: 'message_received', facts: { name } };
  const begin = { ...beginning, unit: actor.unitCode, values, said };
  return await startAlone(parts, order.key, begin, { actor });
}

/** The first process, by its id, whose newest version begins by this message. */
async function beginningBy(parts: Parts, by: { readonly kind: string; readonly name: string }) {
  for (const row of await newestModels(parts.database, parts.cellId)) {
    const { program } = await parts.models.byId(parts.database, row.id);
    const start = program.startTriggers.find(
      ({ trigger }) => trigger.kind === by.kind && 'name' in trigger && trigger.name === by.name,
    );
    if (start === undefined || row.case_prefix === '') continue;
    return { processId: row.process_id, element: start.element };
  }
  return null;
}

/** A key of its own for each process that one job starts: the job's, with its last part changed. */
function keyFor(jobId: string, processId: string): string {
  const digest = createHash('sha256').update(`${jobId} ${processId}`).digest('hex');
  return `${jobId.slice(0, 24)}${digest.slice(0, 12)}`;
}

/**
 * A timer start event is due: a case starts, and a cycle asks for its next. A version that is no
 * longer the newest starts nothing more.
 */
export async function startOnTime(parts: Parts, job: LeasedJob): Promise<Result<null>> {
  const { model = '', element = 0n, repeats = 0n } = decodeValues(job.facts);
  const { program, row } = await parts.models.byId(parts.database, String(model));
  const newest = await newestModel(parts.database, parts.cellId, row.process_id);
  const start = program.startTriggers.find((one) => one.element === Number(element));
  if (newest?.id !== row.id || start === undefined) return ok(null);
  const said = { kind: 'timer_fired', facts: {} };
  const begin = { processId: row.process_id, element: start.element, unit: '', values: {}, said };
  const left = Number(repeats);
  const dueAt = left === 0 ? null : nextStartAt(start.trigger, job.run_at);
  const started = await startAlone(parts, keyFor(job.id, row.process_id), begin, {
    more: (burst) => {
      if (dueAt === null) return;
      const { element: number } = start;
      const next = { id: burst.newId(), modelId: row.id, element: number, at: burst.at, dueAt };
      burst.written.jobs.push(startJobRow({ ...next, repeats: left < 0 ? -1 : left - 1 }));
    },
  });
  return started.ok ? ok(null) : started;
}

/** Starts a case by an event; `more` is done in the same commit. */
async function startAlone(
  parts: Parts,
  key: string | undefined,
  begin: Begin,
  given: { readonly actor?: Actor; readonly more?: (burst: Burst) => void } = {},
): Promise<Result<CaseAnswer>> {
  const { actor = systemActor } = given;
  const { processId, element, values } = begin;
  const content = { processId, element: BigInt(element), values };
  const request = { name: startJob, actor, key, content, lock: null } as const;
  return await act<CaseAnswer>(parts, request, async (burst) => {
    const customer = values.customerNumber;
    const customerNumber = typeof customer === 'string' ? customer : null;
    const newest = await newestModel(burst.transaction, parts.cellId, processId);
    if (newest === null) return refuse('process_not_deployed', { process: processId });
    const { program } = await parts.models.byId(burst.transaction, newest.id);
    const unit = program.elements[0]?.attributes.startUnit ?? begin.unit;
    const opened = await openCase(burst, processId, unit, customerNumber);
    if (!opened.ok) return opened;
    const stranger = strangerAmong(opened.value, actor, values);
    if (stranger !== null) return refuse('start_value_not_allowed', { field: stranger });
    const { row } = opened.value;
    const all = {
      ...{ ...values, caseNumber: row.case_number, caseUnit: row.unit_code },
      startedOn: dateInChina(burst.at),
    };
    const { at } = burst;
    const command = { type: 'start', at, values: all, startElement: element } as const;
    const ran = await run(burst, { instanceId: row.id, command });
    if (!ran.ok) return ran;
    say(burst, opened.value, begin.said);
    given.more?.(burst);
    const { case_number: caseNumber, id: instanceId, status, outcome } = row;
    return ok({ caseNumber, instanceId, status, outcome });
  });
}

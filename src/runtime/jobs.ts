import { assert } from '../base/assert.ts';
import { decodeValues, isValues, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { type Delivery, endJob, type LeasedJob, subscriptionsFor } from '../store/process/due.ts';
import { newestModels } from '../store/process/models.ts';
import { act } from './action/action.ts';
import { systemActor } from './actor.ts';
import { receive } from './cases.ts';
import { doChildJob, isChildJob } from './children-jobs.ts';
import { startJob, startOnNews, startOnTime } from './event-starts.ts';
import type { Parts } from './parts.ts';

/** A job that is refused is tried again after this, then after twice as long, up to a day. */
const retryWaitMs = 30_000;
const retryWaitMaxMs = 86_400_000;

/** A job that could not be done for so long is given up; a person must look at it. */
const jobKeptMs = 90 * 86_400_000;

/** Receivers of one signal. */
const receiversMax = 10_000;

/** Does a leased job, and ends or postpones it. The refusal of a job is the answer. */
export async function doJob(parts: Parts, job: LeasedJob, now: number): Promise<Result<null>> {
  const done = await carryOut(parts, job);
  const ended = await parts.database.transaction<null, 'lease_lost'>(async (transaction) => {
    const kept = await endJob(transaction, parts.cellId, job, endOf(job, now, done));
    return kept ? ok(null) : refuse('lease_lost');
  });
  return done.ok ? ended : done;
}

async function carryOut(parts: Parts, job: LeasedJob): Promise<Result<null>> {
  if (isChildJob(job.kind)) return await doChildJob(parts, job);
  return job.kind === startJob ? await startOnTime(parts, job) : await deliver(parts, job);
}

/** Puts off a job that failed by a fault of the program, so that others are not kept waiting. */
export async function postponeJob(parts: Parts, job: LeasedJob, now: number): Promise<void> {
  const fault = refuse('internal_error');
  await parts.database.transaction<null, never>(async (transaction) => {
    await endJob(transaction, parts.cellId, job, endOf(job, now, fault));
    return ok(null);
  });
}

function endOf(job: LeasedJob, now: number, done: Result<null>) {
  if (done.ok) return { status: 'done', at: now } as const;
  if (job.created_at + jobKeptMs < now)
    return { status: 'failed', at: now, code: done.code } as const;
  const waitMs = Math.min(retryWaitMs * 2 ** Math.min(job.attempts - 1, 20), retryWaitMaxMs);
  return { status: 'waiting', runAt: now + waitMs, code: done.code } as const;
}

/**
 * Gives a message or a signal to those inside who wait for it. Each receiver is a transaction of
 * its own and no longer waits afterwards, so doing a job twice gives nobody anything twice. A
 * message that some process waits for, but no case yet, is kept and tried again.
 */
async function deliver(parts: Parts, job: LeasedJob): Promise<Result<null>> {
  const facts = decodeValues(job.facts);
  const values: Values = isValues(facts.values ?? null) ? (facts.values as Values) : {};
  const delivery = deliveryOf(job.kind, facts);
  const most = delivery.kind === 'message' ? 1 : receiversMax;
  const waiting = await subscriptionsFor(parts.database, parts.cellId, delivery, most);
  const begins = delivery.kind === 'signal' || waiting.length === 0;
  const started = begins ? await startOnNews(parts, job, delivery, values) : ok(0);
  if (!started.ok) return started;
  if (started.value > 0 && delivery.kind === 'message') return ok(null);
  if (delivery.kind === 'message' && waiting.length === 0) {
    const { name: messageName, correlation } = delivery;
    const isKept = await isAwaitedSomewhere(parts, messageName);
    return isKept ? refuse('message_not_awaited', { messageName, correlation }) : ok(null);
  }
  for (const target of waiting) {
    // A signal is heard by those who waited when it was sent.
    if (delivery.kind === 'signal' && target.created_at > job.created_at) continue;
    const lock = { by: 'instances', ids: target.path } as const;
    const request = { name: job.kind, actor: systemActor, content: { job: job.id }, lock } as const;
    const received = await act<object>(parts, request, async (burst) => {
      const { transaction } = burst;
      const still = await subscriptionsFor(transaction, parts.cellId, delivery, most);
      const found = still.find((one) => one.id === target.id);
      return found === undefined ? ok({}) : await receive(burst, found, values);
    });
    if (!received.ok) return received;
  }
  return ok(null);
}

function deliveryOf(kind: string, facts: Values): Delivery {
  assert(kind === 'deliver_message' || kind === 'deliver_signal', `a job is known: ${kind}`);
  if (kind === 'deliver_signal') return { kind: 'signal', name: String(facts.signalName) };
  const { messageName, correlation } = facts;
  return { kind: 'message', name: String(messageName), correlation: String(correlation) };
}

/** Whether a process of the bank has a place where this message is awaited. */
async function isAwaitedSomewhere(parts: Parts, messageName: string): Promise<boolean> {
  for (const row of await newestModels(parts.database, parts.cellId)) {
    const { program } = await parts.models.byId(parts.database, row.id);
    const isHere = program.elements.some(({ work }) => {
      if (work.kind === 'task') return work.task === 'receive' && namesMessage(work.message);
      const triggers = work.kind === 'catch' || work.kind === 'boundary' ? work.triggers : [];
      return triggers.some(namesMessage);
    });
    if (isHere) return true;
  }
  return false;

  function namesMessage(trigger: { kind: string; name?: string } | null): boolean {
    return trigger?.kind === 'message' && trigger.name === messageName;
  }
}

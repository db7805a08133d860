import { assert } from '../base/assert.ts';
import { decodeValues, isValues, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import {
  dueTimers,
  endJob,
  type LeasedJob,
  leaseJobs,
  postponeTimer,
  subscriptionsFor,
  timerById,
} from '../store/process/due.ts';
import type { TimerRow } from '../store/process/rows.ts';
import { act } from './action.ts';
import { systemActor } from './actor.ts';
import { liveOf, say } from './burst.ts';
import { receive } from './cases.ts';
import { run } from './engine.ts';
import type { Parts } from './parts.ts';
import { cancelTimer } from './waits.ts';

/** What one round of the machine's own work did. */
export type TickAnswer = {
  readonly timersFired: number;
  readonly jobsDone: number;
  /** What was refused and will be tried again: the code, and where. */
  readonly refused: readonly { readonly code: string; readonly where: string }[];
};

/** Work taken up in one round; the next round goes on. */
const batchMax = 100;

/** How long a worker may keep a job before others take it for dead. */
const leaseMs = 60_000;

/** Attempts of a job before a person must look at it, and the wait after each failed one. */
const attemptsMax = 8;
const retryWaitMs = 30_000;

/** Carries out the machine's own work that is due at `now`. Several workers may do so at once. */
export async function tick(parts: Parts, now: number): Promise<TickAnswer> {
  const refused: { code: string; where: string }[] = [];
  let timersFired = 0;
  let jobsDone = 0;
  for (const timer of await dueTimers(parts.database, parts.cellId, now, batchMax)) {
    const fired = await fireTimer(parts, timer, now);
    if (fired.ok) timersFired += fired.value.fired ? 1 : 0;
    else refused.push({ code: fired.code, where: timer.element_id });
  }
  const lease = { owner: workerName(parts), now, until: now + leaseMs };
  for (const job of await leaseJobs(parts.database, parts.cellId, lease, batchMax)) {
    const done = await doJob(parts, job, now);
    if (done.ok) jobsDone += 1;
    else refused.push({ code: done.code, where: job.kind });
  }
  return { timersFired, jobsDone, refused };
}

function workerName(parts: Parts): string {
  return Buffer.from(parts.random(8)).toString('hex');
}

/** A timer is fired by whoever locks its instance first; the others leave it alone. */
async function fireTimer(
  parts: Parts,
  timer: TimerRow,
  now: number,
): Promise<Result<{ fired: boolean }>> {
  const lock = { by: 'instances', ids: timer.path } as const;
  const request = {
    name: 'fire_timer',
    actor: systemActor,
    content: { timer: timer.id },
    lock,
    skipLocked: true,
  } as const;
  const fired = await act<{ fired: boolean }>(parts, request, async (burst, loaded) => {
    const isLocked = loaded.instances.length === timer.path.length;
    const known = isLocked ? await timerById(burst.transaction, parts.cellId, timer.id) : null;
    if (known === null || known.due_at > now) return ok({ fired: false });
    const live = liveOf(burst, timer.instance_id);
    say(burst, live, { kind: 'timer_fired', elementId: timer.element_id });
    cancelTimer(burst, live, timer.timer);
    const command = { type: 'fire_timer', at: burst.at, timer: timer.timer } as const;
    const ran = await run(burst, { instanceId: live.row.id, command });
    return ran.ok ? ok({ fired: true }) : ran;
  });
  if (!fired.ok) await postponeTimer(parts.database, parts.cellId, timer.id, now + retryWaitMs);
  return fired;
}

async function doJob(parts: Parts, job: LeasedJob, now: number): Promise<Result<null>> {
  const done = await deliver(parts, job);
  const end = await parts.database.transaction<null, 'lease_lost'>(async (transaction) => {
    const kept = await endJob(
      transaction,
      parts.cellId,
      job,
      done.ok
        ? { status: 'done', at: now }
        : job.attempts >= attemptsMax
          ? { status: 'failed', at: now, code: done.code }
          : { status: 'waiting', runAt: now + retryWaitMs * job.attempts, code: done.code },
    );
    return kept ? ok(null) : refuse('lease_lost');
  });
  return done.ok ? end : done;
}

/**
 * Gives a message or a signal to those inside who wait for it. Each receiver is a transaction of
 * its own and no longer waits afterwards, so doing a job twice gives nobody anything twice.
 */
async function deliver(parts: Parts, job: LeasedJob): Promise<Result<null>> {
  const facts = decodeValues(job.facts);
  const values: Values = isValues(facts.values ?? null) ? (facts.values as Values) : {};
  const delivery =
    job.kind === 'deliver_message'
      ? ({
          kind: 'message',
          name: String(facts.messageName),
          correlation: String(facts.correlation),
        } as const)
      : ({ kind: 'signal', name: String(facts.signalName) } as const);
  assert(['deliver_message', 'deliver_signal'].includes(job.kind), `a job is known: ${job.kind}`);
  const most = delivery.kind === 'message' ? 1 : batchMax;
  const waiting = await subscriptionsFor(parts.database, parts.cellId, delivery, most);
  for (const target of waiting.filter((one) => one.created_at <= job.created_at)) {
    const lock = { by: 'instances', ids: target.path } as const;
    const request = { name: job.kind, actor: systemActor, content: { job: job.id }, lock } as const;
    const received = await act<object>(parts, request, async (burst) => {
      const still = await subscriptionsFor(burst.transaction, parts.cellId, delivery, batchMax);
      const found = still.find((one) => one.id === target.id);
      return found === undefined ? ok({}) : await receive(burst, found, values);
    });
    if (!received.ok) return received;
  }
  return ok(null);
}

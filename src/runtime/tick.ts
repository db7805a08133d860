import { ok, type Result } from '../base/result.ts';
import { DatabaseUnavailable } from '../store/database.ts';
import { dueTimers, leaseJobs, postponeTimer, timerById } from '../store/process/due.ts';
import type { TimerRow } from '../store/process/rows.ts';
import { act } from './action/action.ts';
import { liveOf, say } from './action/burst.ts';
import { run } from './action/engine.ts';
import { cancelTimer } from './action/waits.ts';
import { systemActor } from './actor.ts';
import { doJob, postponeJob } from './jobs.ts';
import type { Parts } from './parts.ts';

/** What one round of the machine's own work did. */
export type TickAnswer = {
  readonly timersFired: number;
  readonly jobsDone: number;
  /** What was refused and will be tried again: the code, and where. */
  readonly refused: readonly { readonly code: string; readonly where: string }[];
  /** Faults of the program, for the log of whoever calls; the work is put off, not lost. */
  readonly faults: readonly unknown[];
};

/** Work taken up in one round; the next round goes on. */
const batchMax = 100;

/** How long a worker may keep a job before others take it for dead. */
const leaseMs = 60_000;

/** A timer whose firing was refused is tried again after this. */
const retryWaitMs = 30_000;

/** Carries out the machine's own work that is due at `now`. Several workers may do so at once. */
export async function tick(parts: Parts, now: number): Promise<TickAnswer> {
  const answer = { timersFired: 0, jobsDone: 0, refused: [], faults: [] } as {
    timersFired: number;
    jobsDone: number;
    refused: { code: string; where: string }[];
    faults: unknown[];
  };
  for (const timer of await dueTimers(parts.database, parts.cellId, now, batchMax)) {
    const putOff = () => postponeTimer(parts.database, parts.cellId, timer.id, now + retryWaitMs);
    const fired = await guarded(answer.faults, () => fireTimer(parts, timer, now), putOff);
    if (fired?.ok === true) answer.timersFired += fired.value.fired ? 1 : 0;
    else if (fired !== null) {
      await putOff();
      answer.refused.push({ code: fired.code, where: timer.element_id });
    }
  }
  const owner = Buffer.from(parts.random(8)).toString('hex');
  const lease = { owner, now, until: now + leaseMs };
  for (const job of await leaseJobs(parts.database, parts.cellId, lease, batchMax)) {
    const putOff = () => postponeJob(parts, job, now);
    const done = await guarded(answer.faults, () => doJob(parts, job, now), putOff);
    if (done?.ok === true) answer.jobsDone += 1;
    else if (done !== null) answer.refused.push({ code: done.code, where: job.kind });
  }
  return answer;
}

/** One piece of work that fails by a fault of the program must not stop all the others. */
async function guarded<T>(
  faults: unknown[],
  work: () => Promise<T>,
  putOff: () => Promise<void>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    faults.push(error);
    await putOff();
    return null;
  }
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
  return await act<{ fired: boolean }>(parts, request, async (burst, loaded) => {
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
}

import type { WaitClass } from '../analysis.ts';
import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { batchesOf } from './batches.ts';
import { expectedDelays } from './delay.ts';
import { alwaysOnDuty, type Duty, dutyOf, lastOnDuty, msOnDuty } from './duty.ts';
import { enablement } from './enablement.ts';
import { handoverMs, type Schedule, schedules } from './schedule.ts';

/** The five classes of waiting, in the order of the clock; see `decompose`. */
export const waitClasses = [
  'batching',
  'extraneous',
  'contention',
  'priority',
  'unavailability',
] as const satisfies readonly WaitClass[];

/** Per piece of work in ms; the five add up to `waitMs`, exactly up to a float's last digit. */
export type Waiting = Readonly<Record<WaitClass, Float64Array>> & {
  readonly waitMs: Float64Array;
  readonly enabledMs: Float64Array;
  /** The piece of work whose end made this one possible; -1: none. */
  readonly after: Int32Array;
  /** 1 where nobody is named who did it: all of its wait is then `extraneous`. */
  readonly nobody: Uint8Array;
};

/**
 * Splits the wait before each piece of work, from the moment it could begin (`enablement`) to its
 * start, by what held it up. The person who did it in the end is looked at:
 * - extraneous: the person was free and on duty and did not begin, so something outside held it
 *   (the customer, another system, a timer), until the last such moment; where the cause ended
 *   while the person was busy or off duty, the time is estimated (`expectedDelays`);
 * - batching: the part of that in which the batch it was done in was not yet complete;
 * - contention: after it, the person was busy with work that could begin earlier;
 * - priority: busy with work that could begin later, and overtook it;
 * - unavailability: off duty.
 * The classes are those of Lashkevich and others (2023), attributed in the order of the clock.
 * `offsetMs`: what to add to UTC for the bank's own clock.
 */
export function decompose(work: Instances, offsetMs = 0): Waiting {
  const { atMs: enabledMs, after } = enablement(work);
  const people = schedules(work, enabledMs);
  const duty = dutyOf(work, offsetMs);
  const low = new Float64Array(work.size);
  const waitMs = new Float64Array(work.size);
  const nobody = new Uint8Array(work.size);
  for (let i = 0; i < work.size; i++) {
    waitMs[i] = work.startMs[i]! - enabledMs[i]!;
    const resource = work.resource[i]!;
    if (resource === none) nobody[i] = 1;
    const free = freeUntil(i, work, enabledMs[i]!, people[resource], duty[resource]);
    low[i] = free === null ? 0 : free - enabledMs[i]!;
  }
  const delay = delaysByActivity(work, low, waitMs);
  const batches = batchesOf(work, enabledMs);
  const parts = {
    batching: new Float64Array(work.size),
    extraneous: new Float64Array(work.size),
    contention: new Float64Array(work.size),
    priority: new Float64Array(work.size),
    unavailability: new Float64Array(work.size),
  };
  for (let i = 0; i < work.size; i++) {
    if (waitMs[i] === 0) continue;
    const held = delay[i]!;
    const batching = Math.min(held, Math.max(0, batches[i]! - enabledMs[i]!));
    parts.batching[i] = batching;
    const from = enabledMs[i]! + held;
    const person = people[work.resource[i]!];
    const busy = person?.busy(i, from, work.startMs[i]!) ?? { earlier: 0, later: 0, gaps: [] };
    let off = 0;
    for (const [a, b] of busy.gaps) {
      off += b - a - msOnDuty(duty[work.resource[i]!] ?? alwaysOnDuty, a, b);
    }
    parts.contention[i] = busy.earlier;
    parts.priority[i] = busy.later;
    parts.unavailability[i] = off;
    parts.extraneous[i] = Math.max(0, waitMs[i]! - batching - busy.earlier - busy.later - off);
  }
  return { ...parts, waitMs, enabledMs, after, nobody };
}

/** The last moment before its start at which its person could have begun and did not. */
function freeUntil(
  i: number,
  work: Instances,
  enabled: number,
  person: Schedule | undefined,
  duty: Duty | undefined,
): number | null {
  const start = work.startMs[i]!;
  if (start <= enabled) return null;
  if (!person || !duty) return start;
  const { gaps } = person.busy(i, enabled, start);
  for (let k = gaps.length - 1; k >= 0; k--) {
    const [a, b] = gaps[k]!;
    const found = lastOnDuty(duty, a, b, handoverMs);
    if (found !== null) return found >= start - handoverMs ? start : found;
  }
  return null;
}

function delaysByActivity(work: Instances, low: Float64Array, high: Float64Array): Float64Array {
  const delays = new Float64Array(work.size);
  const of: number[][] = Array.from({ length: work.log.activities.size }, () => []);
  for (let i = 0; i < work.size; i++) of[work.activity[i]!]!.push(i);
  for (const each of of) {
    const found = expectedDelays({
      low: Float64Array.from(each, (i) => low[i]!),
      high: Float64Array.from(each, (i) => high[i]!),
    });
    for (const [k, i] of each.entries()) delays[i] = found[k]!;
  }
  return delays;
}

import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { handoverMs } from './schedule.ts';

/**
 * For each piece of work done in a batch, when the last of its batch could begin (ms since epoch);
 * for the others -Infinity. A batch: two or more of one activity that one person does together or
 * one right after the other, each of which could have begun before the first of them did.
 */
export function batchesOf(work: Instances, enabledMs: Float64Array): Float64Array {
  const complete = new Float64Array(work.size).fill(Number.NEGATIVE_INFINITY);
  const key = (i: number) => work.resource[i]! * 65_536 + work.activity[i]!;
  const order = Array.from({ length: work.size }, (_, i) => i)
    .filter((i) => work.resource[i] !== none)
    .sort((a, b) => key(a) - key(b) || work.startMs[a]! - work.startMs[b]! || a - b);
  let first = 0;
  for (let k = 1; k <= order.length; k++) {
    if (k < order.length && belongs(work, enabledMs, order, first, k)) continue;
    if (k - first > 1) {
      const members = order.slice(first, k);
      const full = members.reduce((most, i) => Math.max(most, enabledMs[i]!), 0);
      for (const i of members) complete[i] = full;
    }
    first = k;
  }
  return complete;
}

function belongs(
  work: Instances,
  enabledMs: Float64Array,
  order: readonly number[],
  first: number,
  k: number,
): boolean {
  const [head, before, next] = [order[first]!, order[k - 1]!, order[k]!];
  if (work.resource[head] !== work.resource[next] || work.activity[head] !== work.activity[next]) {
    return false;
  }
  const together = work.startMs[next]! <= work.endMs[before]! + handoverMs;
  return together && enabledMs[next]! <= work.startMs[head]!;
}

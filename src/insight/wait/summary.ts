import type { WaitingCauses, WaitingOf } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { decompose, type Waiting, waitClasses } from './decompose.ts';

/** Passages from one activity to the next that are listed. */
export const passagesListed = 20;

/**
 * The waiting of a log by cause: in all, before each activity, and on the passages on which most
 * waiting adds up. Null where no handling time is recorded: without it nobody can be seen busy.
 * `offsetMs`: what to add to UTC for the bank's own clock.
 */
export function waitingCauses(work: Instances, offsetMs = 0): WaitingCauses | null {
  if (!work.measured.includes(1)) return null;
  const waiting = decompose(work, offsetMs);
  const names = work.log.activities;
  const before = new Sums(waiting);
  const passages = new Sums(waiting);
  const all = new Sums(waiting);
  let unnamedMs = 0;
  for (let i = 0; i < work.size; i++) {
    all.add(0, i);
    before.add(work.activity[i]!, i);
    const after = waiting.after[i]!;
    if (after >= 0) passages.add(work.activity[after]! * names.size + work.activity[i]!, i);
    if (waiting.nobody[i]) unnamedMs += waiting.waitMs[i]!;
  }
  const total = all.rows()[0]![1];
  return {
    ...total,
    unnamedShare: total.waitSeconds > 0 ? unnamedMs / 1000 / total.waitSeconds : 0,
    activities: before.rows().map(([code, sums]) => ({ activity: names.text(code), ...sums })),
    passages: passages
      .rows()
      .slice(0, passagesListed)
      .map(([code, sums]) => ({
        from: names.text(Math.floor(code / names.size)),
        to: names.text(code % names.size),
        ...sums,
      })),
  };
}

/** Sums of each class under keys, the longest wait first; keys without waiting are left out. */
class Sums {
  readonly #waiting: Waiting;
  readonly #sums = new Map<number, Float64Array>();

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** The last but one place counts the pieces of work, the last those that waited. */
  add(key: number, i: number): void {
    const sums = this.#sums.get(key) ?? new Float64Array(waitClasses.length + 2);
    this.#sums.set(key, sums);
    for (const [k, each] of waitClasses.entries()) sums[k]! += this.#waiting[each][i]!;
    sums[waitClasses.length]!++;
    if (this.#waiting.waitMs[i]! > 0) sums[waitClasses.length + 1]!++;
  }

  rows(): (readonly [number, WaitingOf])[] {
    return [...this.#sums]
      .map(([key, sums]) => [key, waitingOf(sums)] as const)
      .sort(([a, x], [b, y]) => y.waitSeconds - x.waitSeconds || a - b);
  }
}

function waitingOf(sums: Float64Array): WaitingOf {
  const parts = waitClasses.map((each, k) => [each, seconds(sums[k]!)] as const);
  return {
    instances: sums[waitClasses.length]!,
    waitingInstances: sums[waitClasses.length + 1]!,
    waitSeconds: seconds(waitClasses.reduce((all, _, k) => all + sums[k]!, 0)),
    seconds: Object.fromEntries(parts) as WaitingOf['seconds'],
  };
}

const seconds = (ms: number) => Math.round(ms) / 1000;

import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';

/** A pause of a free person up to this long is a change of hands, not a cause. */
export const handoverMs = 60_000;

/** Somebody whose work overlaps in more than this share of cases does several things at once. */
const overlapShare = 0.2;

/** What a person was busy with in a stretch of time, in ms; `gaps`: when with nothing, in order. */
export type Busy = {
  readonly earlier: number;
  readonly later: number;
  readonly gaps: readonly (readonly [number, number])[];
};

/** The work of one person in order of its start. */
export class Schedule {
  readonly #work: Instances;
  readonly #enabledMs: Float64Array;
  readonly #items: readonly number[];
  /** Largest end of the items up to each: how far back a stretch must be looked at. */
  readonly #endMax: Float64Array;
  readonly #manyAtOnce: boolean;

  constructor(work: Instances, enabledMs: Float64Array, items: readonly number[]) {
    this.#work = work;
    this.#enabledMs = enabledMs;
    this.#items = items;
    this.#endMax = new Float64Array(items.length);
    let [latest, overlapping] = [Number.NEGATIVE_INFINITY, 0];
    for (const [k, i] of items.entries()) {
      if (work.startMs[i]! < latest) overlapping++;
      latest = Math.max(latest, work.endMs[i]!);
      this.#endMax[k] = latest;
    }
    this.#manyAtOnce = overlapping > overlapShare * items.length;
  }

  /**
   * What the person did between two moments, other than piece of work i: with work that could begin
   * no later than i (`earlier`), or after it (`later`). Somebody who does many things at once (a
   * system, a customer) is never busy.
   */
  busy(i: number, from: number, to: number): Busy {
    if (to <= from) return { earlier: 0, later: 0, gaps: [] };
    if (this.#manyAtOnce) return { earlier: 0, later: 0, gaps: [[from, to]] };
    const { startMs, endMs } = this.#work;
    const gaps: [number, number][] = [];
    let [earlier, later, at] = [0, 0, from];
    for (let k = this.#firstAfter(from); k < this.#items.length; k++) {
      const j = this.#items[k]!;
      if (startMs[j]! >= to) break;
      const [begin, end] = [Math.max(at, startMs[j]!), Math.min(to, endMs[j]!)];
      if (j === i || end <= begin) continue;
      if (begin > at) gaps.push([at, begin]);
      if (this.#enabledMs[j]! <= this.#enabledMs[i]!) earlier += end - begin;
      else later += end - begin;
      at = end;
    }
    if (at < to) gaps.push([at, to]);
    return { earlier, later, gaps };
  }

  /** The first item that may still be going on after a moment. */
  #firstAfter(moment: number): number {
    let [from, to] = [0, this.#items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#endMax[middle]! <= moment) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** The schedule of each resource by its code. */
export function schedules(work: Instances, enabledMs: Float64Array): readonly Schedule[] {
  const items: number[][] = Array.from({ length: work.log.resources.size }, () => []);
  for (let i = 0; i < work.size; i++) {
    if (work.resource[i] !== none) items[work.resource[i]!]!.push(i);
  }
  for (const each of items) {
    each.sort((a, b) => work.startMs[a]! - work.startMs[b]! || work.endMs[a]! - work.endMs[b]!);
  }
  return items.map((each) => new Schedule(work, enabledMs, each));
}

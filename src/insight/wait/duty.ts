import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const weekMs = 7 * dayMs;
/** 1970-01-01 was a Thursday; weeks are counted from Monday. */
const mondayMs = 4 * dayMs;
const slots = 7 * 24;
/** An hour of the week is on duty when it holds at least this share of the busiest hour's signs. */
const slotShare = 0.05;
/** With fewer signs than this in all, nobody can tell when the person works: always. */
const leastSigns = 40;

/** Hours of the week on duty, as [from, to) in ms after Monday 00:00, in order, apart. */
export type Duty = readonly { readonly from: number; readonly to: number }[];

export const alwaysOnDuty: Duty = [{ from: 0, to: weekMs }];

/**
 * When each resource works, read from the log: the hours of the week in which people who do the
 * same work begin a piece of it, clipped to the first and last beginning in a run of such hours.
 * What follows a beginning tells nothing: work may rest overnight, or be finished after hours.
 * `offsetMs`: what to add to UTC for the bank's own clock.
 */
export function dutyOf(work: Instances, offsetMs = 0): readonly Duty[] {
  const group = workGroups(work);
  const signs = new Map<number, Signs>();
  for (let i = 0; i < work.size; i++) {
    const resource = work.resource[i]!;
    if (resource === none) continue;
    const found = signs.get(group[resource]!) ?? new Signs();
    signs.set(group[resource]!, found);
    found.add(work.startMs[i]! + offsetMs);
  }
  const duties = new Map([...signs].map(([code, each]) => [code, each.duty(offsetMs)]));
  return Array.from(
    { length: work.log.resources.size },
    (_, code) => duties.get(group[code]!) ?? alwaysOnDuty,
  );
}

/** Signs of work by hour of the week, with the earliest and latest moment in each. */
class Signs {
  readonly #count = new Float64Array(slots);
  readonly #first = new Float64Array(slots).fill(Number.POSITIVE_INFINITY);
  readonly #last = new Float64Array(slots).fill(Number.NEGATIVE_INFINITY);
  #all = 0;

  add(localMs: number): void {
    const at = inWeek(localMs);
    const slot = Math.floor(at / hourMs);
    this.#count[slot]!++;
    this.#all++;
    this.#first[slot] = Math.min(this.#first[slot]!, at);
    this.#last[slot] = Math.max(this.#last[slot]!, at);
  }

  duty(offsetMs: number): Duty {
    if (this.#all < leastSigns) return alwaysOnDuty;
    const least = slotShare * Math.max(...this.#count);
    const on = [...this.#count].map((count) => count >= least);
    if (!on.includes(false)) return alwaysOnDuty;
    const found: { from: number; to: number }[] = [];
    for (let slot = 0; slot < slots; slot++) {
      if (!on[slot] || (slot > 0 && on[slot - 1])) continue;
      let last = slot;
      while (last + 1 < slots && on[last + 1]) last++;
      found.push({
        from: slot === 0 && on[slots - 1] ? 0 : this.#first[slot]!,
        to: last === slots - 1 && on[0] ? weekMs : this.#last[last]!,
      });
    }
    return shifted(
      found.filter(({ from, to }) => from < to),
      -offsetMs,
    );
  }
}

/** The same hours on another clock, cut where a week ends. */
function shifted(duty: Duty, byMs: number): Duty {
  const by = inWeek(mondayMs + byMs);
  return duty
    .flatMap(({ from, to }) => {
      const [a, b] = [(from + by) % weekMs, ((to + by - 1) % weekMs) + 1];
      return a < b
        ? [{ from: a, to: b }]
        : [
            { from: a, to: weekMs },
            { from: 0, to: b },
          ];
    })
    .sort((a, b) => a.from - b.from);
}

/** Ms after Monday 00:00 of the week in which an instant lies. */
function inWeek(ms: number): number {
  return (((ms - mondayMs) % weekMs) + weekMs) % weekMs;
}

/** The end of the last time on duty in [from, to] that lasts longer than `leastMs`; null: none. */
export function lastOnDuty(duty: Duty, from: number, to: number, leastMs: number): number | null {
  for (let week = to - inWeek(to); week + weekMs > from; week -= weekMs) {
    for (let k = duty.length - 1; k >= 0; k--) {
      const begin = Math.max(from, week + duty[k]!.from);
      const end = Math.min(to, week + duty[k]!.to);
      if (end - begin > leastMs) return end;
    }
  }
  return null;
}

/** Ms on duty within [from, to]. */
export function msOnDuty(duty: Duty, from: number, to: number): number {
  if (to <= from) return 0;
  let sum = 0;
  for (let week = from - inWeek(from); week < to; week += weekMs) {
    for (const each of duty) {
      const begin = Math.max(from, week + each.from);
      const end = Math.min(to, week + each.to);
      if (end > begin) sum += end - begin;
    }
  }
  return sum;
}

/**
 * Groups resources that do the same work: joined when the activities they do agree to at least half
 * (Jaccard), the one with most work first. By resource the number of its group.
 */
function workGroups(work: Instances): Int32Array {
  const does: Set<number>[] = Array.from({ length: work.log.resources.size }, () => new Set());
  const load = new Int32Array(does.length);
  for (let i = 0; i < work.size; i++) {
    const resource = work.resource[i]!;
    if (resource === none) continue;
    does[resource]!.add(work.activity[i]!);
    load[resource]!++;
  }
  const order = Array.from(does.keys()).sort((a, b) => load[b]! - load[a]! || a - b);
  const heads: number[] = [];
  const group = new Int32Array(does.length);
  for (const resource of order) {
    const head = heads.find((each) => similarity(does[each]!, does[resource]!) >= 0.5);
    group[resource] = head ?? resource;
    if (head === undefined) heads.push(resource);
  }
  return group;
}

function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = [...a].filter((each) => b.has(each)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 0 : both / either;
}

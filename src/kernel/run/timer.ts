/** When a timer is due. Texts are ISO 8601; days and months are counted in the bank's time zone. */
import type { Value } from '../../base/data.ts';
import { timeZone } from '../expression.ts';
import type { Trigger } from '../program.ts';

/** dueAt in ms since epoch UTC; repeats: how many more times after that, -1 for ever. */
export type Due = { readonly dueAt: number; readonly repeats: number };

/** Reads a timer's value from `at` on; null when it is no date, duration or cycle. */
export function dueOf(kind: 'date' | 'duration' | 'cycle', value: Value, at: number): Due | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (kind === 'date') return once(instantOf(text));
  if (kind === 'duration') return once(after(text, at));
  return firstOfCycle(text, at);
}

/** The next time of a cycle after `dueAt`; null when the text is no cycle. */
export function nextOfCycle(value: Value, dueAt: number): number | null {
  if (typeof value !== 'string') return null;
  const parts = cycleParts(value.trim());
  return parts === null ? null : after(parts.every, dueAt);
}

/** When a timer start event of a process first starts a case after `at`; null when never. */
export function startDueAt(trigger: Trigger, at: number): Due | null {
  if (trigger.kind !== 'timer') return null;
  return dueOf(trigger.timer, trigger.value.evaluate({}, at), at);
}

/** When it does so again after `dueAt`; null for a date, a duration, or what is no cycle. */
export function nextStartAt(trigger: Trigger, dueAt: number): number | null {
  if (trigger.kind !== 'timer' || trigger.timer !== 'cycle') return null;
  return nextOfCycle(trigger.value.evaluate({}, dueAt), dueAt);
}

function once(dueAt: number | null): Due | null {
  return dueAt === null ? null : { dueAt, repeats: 0 };
}

function firstOfCycle(text: string, at: number): Due | null {
  const parts = cycleParts(text);
  if (parts === null || parts.count === 0) return null;
  const dueAt = parts.start === null ? after(parts.every, at) : instantOf(parts.start);
  if (dueAt === null) return null;
  return { dueAt, repeats: parts.count === null ? -1 : parts.count - 1 };
}

type Cycle = {
  readonly count: number | null;
  readonly start: string | null;
  readonly every: string;
};

/** R3/PT5S, R/PT5S (for ever), R3/2026-11-21T09:00:00+08:00/P1D. */
function cycleParts(text: string): Cycle | null {
  const match = /^R(\d{0,6})\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text);
  if (match === null) return null;
  const [, count = '', start, every = ''] = match;
  return { count: count === '' ? null : Number(count), start: start ?? null, every };
}

/** Date and time with or without zone, or a date alone (its midnight). */
function instantOf(text: string): number | null {
  try {
    if (/Z$|[+-]\d\d:?\d\d$/.test(text) && text.includes('T')) {
      return Temporal.Instant.from(text).epochMilliseconds;
    }
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
  } catch (error) {
    return notATime(error);
  }
}

function after(duration: string, at: number): number | null {
  try {
    const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    return start.add(Temporal.Duration.from(duration)).epochMilliseconds;
  } catch (error) {
    return notATime(error);
  }
}

function notATime(error: unknown): null {
  if (error instanceof RangeError) return null;
  throw error;
}

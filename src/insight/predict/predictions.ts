import { type EventLog, none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import {
  type ChanceError,
  chooseLikenesses,
  judgeLate,
  judgeOutcome,
  judgeTime,
  startShare,
  type TimeError,
} from './evaluate.ts';
import { learn } from './model.ts';
import { type Prefixes, prefixesOf } from './prefixes.ts';
import { type Running, runningCases, stillRunning } from './running.ts';

/** What is asked of a log; times are ms. */
export type PredictionAsked = {
  /** Attributes of cases that are known from their beginning. */
  readonly attributes: readonly string[];
  /** Share of the cases, the latest to begin, to judge on: above 0, below 1. */
  readonly heldOut: number;
  /** How long a case may take; null: no limit. */
  readonly limitMs: number | null;
  /**
   * 1 by case that had the outcome, and the activity that decides it (null: only the end does);
   * null: no outcome is asked about.
   */
  readonly outcome: { readonly holds: Uint8Array; readonly decidedBy: string | null } | null;
  /** 1 by case that is known to be under way; null: told from the log (`stillRunning`). */
  readonly open: Uint8Array | null;
  /** The moment asked about; null: the end of the log. */
  readonly atMs: number | null;
};

export type Predictions = {
  /** Which likeness of cases counts, in order; empty: none helps. */
  readonly likenesses: readonly string[];
  /** Null: no later case is over, so nothing could be judged; so are the next two. */
  readonly time: TimeError | null;
  readonly late: ChanceError | null;
  readonly outcome: ChanceError | null;
  /** Cases under way, those that will be late first. */
  readonly running: readonly Running[];
};

/**
 * Forecasts for the cases under way, and how wrong such forecasts were on the later cases when
 * learnt from the earlier ones. The work must not be empty.
 */
export function predictionsOf(work: Instances, asked: PredictionAsked): Predictions {
  let endMs = Number.NEGATIVE_INFINITY;
  for (const each of work.endMs) if (each > endMs) endMs = each;
  const atMs = asked.atMs ?? endMs;
  const open = asked.open ?? stillRunning(prefixesOf(work), atMs);
  const prefixes = prefixesOf(work, asked.attributes, open);
  const splitMs = startShare(prefixes, 1 - asked.heldOut);
  const likenesses = chooseLikenesses(prefixes, splitMs);
  const past = learn(prefixes, likenesses, splitMs);
  const { limitMs, outcome } = asked;
  const known = knownFrom(work, prefixes, outcome?.decidedBy ?? null);
  return {
    likenesses,
    time: judgeTime(past),
    late: limitMs === null ? null : judgeLate(past, limitMs),
    outcome: outcome === null ? null : judgeOutcome(past, outcome.holds, known),
    running: runningCases(learn(prefixes, likenesses, atMs), {
      ...{ atMs, limitMs, open },
      outcome: outcome?.holds ?? null,
    }),
  };
}

/**
 * Cases under way as this bank's own log says it (`huiliu:status`); null where a log does not.
 */
export function openCases(log: EventLog): Uint8Array | null {
  const status = log.attributes.find(({ name, of }) => name === 'huiliu:status' && of === 'case');
  if (status === undefined) return null;
  return Uint8Array.from(status.code, (code) => {
    const text = code < 0 ? '' : status.values.text(code);
    return text === 'active' || text === 'suspended' ? 1 : 0;
  });
}

/** 1 by prefix from the moment on at which an activity was done. */
function knownFrom(work: Instances, prefixes: Prefixes, activity: string | null): Uint8Array {
  const known = new Uint8Array(prefixes.size);
  const last = prefixes.likeness.get('last')!;
  const { activities } = work.log;
  let wanted: number = none;
  for (let code = 0; code < activities.size && activity !== null; code++) {
    if (activities.text(code) === activity) wanted = code;
  }
  if (wanted === none) return known;
  for (let c = 0; c < prefixes.startMs.length; c++) {
    let done = 0;
    for (let i = prefixes.firstOfCase[c]!; i < prefixes.firstOfCase[c + 1]!; i++) {
      if (last[i] === wanted) done = 1;
      known[i] = done;
    }
  }
  return known;
}

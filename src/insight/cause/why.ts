import type { WaitClass } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { type Cause, causesAmong } from './causes.ts';
import { type Factor, factorsOf } from './factors.ts';
import type { Judged, Outcome } from './outcome.ts';

/** A chain asks why at most five times. */
const whysMost = 5;
/** Among fewer cases than this no further why is asked. */
const leastCases = 50;

/** One answer: the factor, and among how many cases it was found. */
export type Why = { readonly among: number; readonly cause: Cause };

/**
 * A chain of whys: the factor with which the outcome is likelier by most, then, among the cases it
 * is true of, the next one of another subject, and so on until nothing more than chance is left.
 * A factor that another explains away is passed over.
 */
export function whyChain(work: Instances, outcome: Outcome, cases: Judged): readonly Why[] {
  let factors: readonly Factor[] = factorsOf(work, outcome);
  let among: Uint8Array | null = null;
  const chain: Why[] = [];
  while (chain.length < whysMost) {
    const answer = strongestOf(factors, cases, among);
    if (answer === null) break;
    const { cause, holds } = answer;
    chain.push({ among: cause.cases + cause.otherCases, cause });
    const before: Uint8Array | null = among;
    among = holds.map((each, k) => (each === 1 && before?.[k] !== 0 ? 1 : 0));
    factors = factors.filter(
      (each) => each.group !== cause.group || each.subject !== cause.subject,
    );
    if (cause.cases < leastCases) break;
  }
  return chain;
}

function strongestOf(factors: readonly Factor[], cases: Judged, among: Uint8Array | null) {
  const { found } = causesAmong(factors, cases, among);
  const cause = found.find((each) => each.difference > 0 && !each.held?.explained);
  const factor = cause && factors.find((each) => same(each, cause));
  return cause && factor ? { cause, holds: factor.holds } : null;
}

function same(factor: Factor, cause: Cause): boolean {
  const { group, subject, value } = cause;
  return factor.group === group && factor.subject === subject && factor.value === value;
}

/** The waits of each piece of work in ms, in all and by cause, and what each followed. */
export type Waits = Readonly<Record<WaitClass, Float64Array>> & {
  readonly waitMs: Float64Array;
  readonly after: Int32Array;
};

/** A passage on which the cases with the outcome wait longer than the others. */
export type TimeLost = {
  readonly from: string;
  readonly to: string;
  /** Seconds of waiting per case with the outcome less those per other case. */
  readonly secondsMore: number;
  /** Part of all that they wait longer, over the passages on which they do. */
  readonly share: number;
  readonly mainly: WaitClass;
  readonly mainlyShare: number;
};

const lostMost = 5;

/**
 * Where the time of the cases with the outcome goes beyond that of the others: the passages on
 * which they wait longer, per case, and the part of each cause in it.
 */
export function timeLost(work: Instances, waits: Waits, cases: Judged): readonly TimeLost[] {
  const names = work.log.activities;
  const passages = new Map<number, Passage>();
  for (let c = 0; c < cases.holds.length; c++) {
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const after = waits.after[i]!;
      if (after < 0 || waits.waitMs[i] === 0) continue;
      const key = work.activity[after]! * names.size + work.activity[i]!;
      const passage = passages.get(key) ?? { holding: 0, others: 0, parts: new Float64Array(5) };
      passages.set(key, passage);
      if (!cases.holds[c]) passage.others += waits.waitMs[i]!;
      else {
        passage.holding += waits.waitMs[i]!;
        for (const [k, each] of classes.entries()) passage.parts[k]! += waits[each][i]!;
      }
    }
  }
  const more = [...passages]
    .map(([key, { holding, others, parts }]) => ({
      key,
      parts,
      ms: holding / cases.hits - others / (cases.cases - cases.hits),
    }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms || a.key - b.key);
  const all = more.reduce((sum, { ms }) => sum + ms, 0);
  return more.slice(0, lostMost).map(({ key, ms, parts }) => {
    const whole = parts.reduce((sum, each) => sum + each, 0);
    const most = parts.indexOf(Math.max(...parts));
    return {
      from: names.text(Math.floor(key / names.size)),
      to: names.text(key % names.size),
      secondsMore: Math.round(ms) / 1000,
      share: ms / all,
      mainly: classes[most]!,
      mainlyShare: whole > 0 ? parts[most]! / whole : 0,
    };
  });
}

type Passage = { holding: number; others: number; readonly parts: Float64Array };

const classes: readonly WaitClass[] = [
  'batching',
  'extraneous',
  'contention',
  'priority',
  'unavailability',
];

/**
 * What would have been saved, in seconds over all cases, each by itself and with everything else as
 * it was: `firstCome`: the time in which later work was done first; `withoutStep`: for each
 * activity the waiting before it and the handling during which nothing else of the case went on.
 */
export function savings(work: Instances, waits: Waits) {
  const alone = new Float64Array(work.log.activities.size);
  for (let c = 0; c < work.log.cases.size; c++) {
    let busyUntil = Number.NEGATIVE_INFINITY;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const own = work.endMs[i]! - Math.max(work.startMs[i]!, busyUntil);
      const wait = i === work.firstOfCase[c]! ? 0 : Math.max(0, work.startMs[i]! - busyUntil);
      alone[work.activity[i]!]! += wait + Math.max(0, own);
      busyUntil = Math.max(busyUntil, work.endMs[i]!);
    }
  }
  const withoutStep = Array.from(alone, (ms, code) => ({
    activity: work.log.activities.text(code),
    seconds: Math.round(ms) / 1000,
  })).sort((a, b) => b.seconds - a.seconds);
  const firstComeMs = waits.priority.reduce((sum, each) => sum + each, 0);
  return {
    firstComeSeconds: Math.round(firstComeMs) / 1000,
    withoutStep: withoutStep.slice(0, 20),
  };
}

import { chanceOf, type Forecast, forecastOf, leftOf, likeOf, type Model } from './model.ts';
import type { Prefixes } from './prefixes.ts';
import { shareLonger } from './survival.ts';

/** `broken`: it has already taken longer; the others by their chance, from `riskLeast` on. */
export const warnings = ['broken', 'at_risk', 'watch', 'fine'] as const;
export type Warning = (typeof warnings)[number];

/** A case under way; times are ms, from the moment asked about on. */
export type Running = {
  readonly caseCode: number;
  /** Row of its last moment in the table of prefixes. */
  readonly prefix: number;
  readonly elapsedMs: number;
  /** Since its last piece of work ended. */
  readonly idleMs: number;
  /** Null: hardly any past case was still for so long. */
  readonly forecast: Forecast | null;
  /** Null without a limit. */
  readonly chanceLate: number | null;
  readonly warning: Warning | null;
  /** Null without an outcome. */
  readonly chanceOutcome: number | null;
};

/** Chances from which a case is at risk, and from which it is to be watched. */
const riskLeast = { at_risk: 0.5, watch: 0.2 };
/** A case may be over when at least this share of past cases as still as it never went on. */
const overShare = 0.5;

export type Asked = {
  /** ms since epoch, on the clock of the table. */
  readonly atMs: number;
  /** How long a case may take in all; null: no limit. */
  readonly limitMs: number | null;
  /** 1 by case that had the outcome; null: none is asked about. */
  readonly outcome: Uint8Array | null;
  /** 1 by case that is under way. */
  readonly open: Uint8Array;
};

/** The cases under way and their forecasts: those that break a limit first, by chance, by age. */
export function runningCases(model: Model, asked: Asked): readonly Running[] {
  const { prefixes } = model;
  const { open } = asked;
  const found: Running[] = [];
  for (let c = 0; c < prefixes.startMs.length; c++) {
    if (open[c] === 1 && !Number.isNaN(prefixes.startMs[c]!))
      found.push(runningOf(model, asked, c));
  }
  return found.sort(
    (a, b) =>
      (b.chanceLate ?? 0) - (a.chanceLate ?? 0) ||
      b.elapsedMs - a.elapsedMs ||
      a.caseCode - b.caseCode,
  );
}

function runningOf(model: Model, { atMs, limitMs, outcome }: Asked, caseCode: number): Running {
  const { prefixes } = model;
  const prefix = prefixes.firstOfCase[caseCode + 1]! - 1;
  const elapsedMs = Math.max(0, atMs - prefixes.startMs[caseCode]!);
  const idleMs = Math.max(0, atMs - prefixes.atMs[prefix]!);
  const like = likeOf(model, prefixes, prefix, idleMs);
  const left = leftOf(model, like, idleMs);
  const forecast = forecastOf(left, like);
  const chanceLate =
    limitMs === null ? null : elapsedMs > limitMs ? 1 : shareLonger(left, limitMs - elapsedMs);
  return {
    ...{ caseCode, prefix, elapsedMs, idleMs, forecast },
    chanceLate: forecast === null && chanceLate !== 1 ? null : chanceLate,
    warning: limitMs === null ? null : warningOf(elapsedMs > limitMs, forecast ? chanceLate : null),
    chanceOutcome:
      outcome === null || like.members.length === 0 ? null : chanceOf(model, like, outcome),
  };
}

function warningOf(isBroken: boolean, chance: number | null): Warning {
  if (isBroken) return 'broken';
  // Nothing past is like it: that is a reason to look, not to be calm.
  if (chance === null) return 'watch';
  if (chance >= riskLeast.at_risk) return 'at_risk';
  return chance >= riskLeast.watch ? 'watch' : 'fine';
}

/**
 * Which cases are under way at an instant, told from the log: of the past cases that were still for
 * as long after the same last activity, at least half went on. A log does not say it better.
 */
export function stillRunning(prefixes: Prefixes, atMs: number): Uint8Array {
  const last = prefixes.likeness.get('last')!;
  const gaps = new Map<number, number[]>();
  const finals = new Map<number, number>();
  const settledMs = atMs - longGap(prefixes);
  for (let i = 0; i < prefixes.size; i++) {
    if (prefixes.atMs[i]! > settledMs) continue;
    const code = last[i]!;
    const gap = prefixes.gapMs[i]!;
    const before = gaps.get(code);
    if (Number.isNaN(gap)) finals.set(code, (finals.get(code) ?? 0) + 1);
    else if (before === undefined) gaps.set(code, [gap]);
    else before.push(gap);
  }
  for (const each of gaps.values()) each.sort((a, b) => a - b);
  const running = new Uint8Array(prefixes.startMs.length);
  for (let c = 0; c < running.length; c++) {
    const at = prefixes.firstOfCase[c + 1]! - 1;
    if (at < prefixes.firstOfCase[c]!) continue;
    const idle = atMs - prefixes.atMs[at]!;
    const wentOn = longerThan(gaps.get(last[at]!) ?? [], idle);
    const never = finals.get(last[at]!) ?? 0;
    const seen = never + wentOn;
    if (seen === 0 ? !(gaps.has(last[at]!) || never > 0) : never / seen < overShare) running[c] = 1;
  }
  return running;
}

/** How many of sorted values are greater. */
function longerThan(sorted: readonly number[], value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! > value) to = middle;
    else from = middle + 1;
  }
  return sorted.length - from;
}

/** So long are only one in a hundred waits for the next piece of work. */
function longGap({ gapMs }: Prefixes): number {
  const sorted = gapMs.filter((gap) => !Number.isNaN(gap)).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

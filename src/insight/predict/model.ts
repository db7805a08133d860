import type { Prefixes } from './prefixes.ts';
import { type Lasted, lasted, quantilesOf } from './survival.ts';

/**
 * What became of past cases at the like moment. `likenesses`: in the order in which they count; a
 * state is what they say together. Where fewer than `leastLike` past cases were in a state, the
 * last likeness is dropped, at the end all of them.
 */
export type Model = {
  readonly likenesses: readonly string[];
  readonly prefixes: Prefixes;
  readonly untilMs: number;
  /** By depth (number of likenesses) and state: the prefixes learnt from. */
  readonly states: readonly ReadonlyMap<string, readonly number[]>[];
};

/** A forecast: times from the moment asked about, in ms; the interval holds four in five. */
export type Forecast = {
  readonly medianMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Past moments it rests on, and how many likenesses they share. */
  readonly like: number;
  readonly depth: number;
};

export const leastLike = 30;
const forecastLeast = 5;
/** Past moments looked at for one answer; more of a state are thinned evenly. */
const likeMax = 1_000;
/** Past moments learnt from; whole cases are left out evenly. */
export const learnMax = 200_000;
/** The share of cases outside an interval, below and above. */
const tail = 0.1;

/**
 * Learns from all that was known at `untilMs`: the moments before it of cases that began before it.
 * Cases that were not over then count as lasting at least until then.
 */
export function learn(prefixes: Prefixes, likenesses: readonly string[], untilMs: number): Model {
  const states = Array.from({ length: likenesses.length + 1 }, () => new Map<string, number[]>());
  const columns = likenesses.map((name) => prefixes.likeness.get(name)!);
  const every = Math.max(1, Math.ceil(prefixes.size / learnMax));
  for (let c = 0; c < prefixes.startMs.length; c += every) {
    if (!(prefixes.startMs[c]! < untilMs)) continue;
    for (let i = prefixes.firstOfCase[c]!; i < prefixes.firstOfCase[c + 1]!; i++) {
      if (prefixes.atMs[i]! > untilMs || Number.isNaN(prefixes.gapMs[i]!)) continue;
      let key = '';
      for (const [depth, state] of states.entries()) {
        if (depth > 0) key += `${columns[depth - 1]![i]!},`;
        const members = state.get(key);
        if (members) members.push(i);
        else state.set(key, [i]);
      }
    }
  }
  return { likenesses, prefixes, untilMs, states };
}

/** Past moments like a given one that were followed by nothing for at least `idleMs`. */
export type Like = { readonly members: readonly number[]; readonly depth: number };

/**
 * The past moments like moment i of `of`, which may be another table of the same log.
 */
export function likeOf(model: Model, of: Prefixes, i: number, idleMs = 0): Like {
  const { prefixes, states, likenesses, untilMs } = model;
  const keys = [''];
  for (const name of likenesses) keys.push(`${keys.at(-1)}${of.likeness.get(name)![i]!},`);
  for (let depth = likenesses.length; depth >= 0; depth--) {
    let members = states[depth]!.get(keys[depth]!) ?? [];
    if (idleMs > 0) {
      members = members.filter((k) => {
        const still = Math.min(prefixes.gapMs[k]!, Math.max(0, untilMs - prefixes.atMs[k]!));
        return still >= idleMs;
      });
    }
    if (members.length >= leastLike || depth === 0) return { members, depth };
  }
  return { members: [], depth: 0 };
}

function thinned(members: readonly number[]): readonly number[] {
  if (members.length <= likeMax) return members;
  const step = members.length / likeMax;
  return Array.from({ length: likeMax }, (_, k) => members[Math.floor(k * step)]!);
}

/** How much longer past cases took from the like moment on, `idleMs` after it. */
export function leftOf({ prefixes, untilMs }: Model, { members }: Like, idleMs = 0): Lasted {
  const [ms, over]: [number[], number[]] = [[], []];
  for (const k of thinned(members)) {
    const known = untilMs - prefixes.atMs[k]!;
    const isOver = prefixes.leftMs[k]! <= known;
    ms.push(Math.max(0, (isOver ? prefixes.leftMs[k]! : known) - idleMs));
    over.push(isOver ? 1 : 0);
  }
  return lasted(ms, over);
}

/** How much longer a case takes; null where fewer than five past moments are like it. */
export function forecastOf(left: Lasted, like: Like): Forecast | null {
  if (left.ms.length < forecastLeast) return null;
  const [fromMs = 0, medianMs = 0, toMs = 0] = quantilesOf(left, [tail, 0.5, 1 - tail]);
  return { medianMs, fromMs, toMs, like: like.members.length, depth: like.depth };
}

/**
 * The chance of an outcome: the share of past like cases that are over and had it, as if two more
 * had been seen, one with it and one without (Laplace). `holds`: 1 by case.
 */
export function chanceOf(model: Model, { members }: Like, holds: Uint8Array): number {
  const { prefixes, untilMs } = model;
  let [hits, cases] = [0, 0];
  for (const k of members) {
    const c = prefixes.caseOf[k]!;
    if (prefixes.endMs[c]! > untilMs) continue;
    cases++;
    if (holds[c] === 1) hits++;
  }
  return (hits + 1) / (cases + 2);
}

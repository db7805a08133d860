import { chanceOf, type Forecast, forecastOf, learn, leftOf, likeOf, type Model } from './model.ts';
import { likenessNames, type Prefixes } from './prefixes.ts';
import { type Lasted, shareLonger } from './survival.ts';

/** How wrong forecasts of the time left were, on cases nobody had seen; in ms. */
export type TimeError = {
  readonly cases: number;
  /** Moments asked about: after each piece of work of a case but the last. */
  readonly moments: number;
  /** Mean absolute error of the median forecast. */
  readonly errorMs: number;
  /** The same of two naive answers: the mean length of past cases less the time gone; and the
   * median time left of all past moments, whatever their state. */
  readonly naiveMeanMs: number;
  readonly naiveMedianMs: number;
  /** Share of true times in the interval that is to hold 0.8, and its mean width. */
  readonly coverage: number;
  readonly widthMs: number;
};

/** How good chances of an outcome were. `auc` null: all cases had it, or none. */
export type ChanceError = {
  readonly moments: number;
  readonly hits: number;
  /** The chance that of two moments, one with and one without, the one with ranks higher. */
  readonly auc: number | null;
  /** Mean squared difference to 0 or 1; and of the share among past cases for all. */
  readonly brier: number;
  readonly naiveBrier: number;
};

const likenessesMax = 3;
/** Another likeness must make the error smaller by this share. */
const gainLeast = 0.01;
const momentsMax = { choose: 2_000, judge: 20_000 };

/** The instant before which this share of cases began; ms since epoch. */
export function startShare({ startMs }: Prefixes, share: number): number {
  const sorted = startMs.filter((at) => !Number.isNaN(at)).sort();
  const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[place] ?? 0;
}

/**
 * Which likenesses count, found on what was known at `untilMs` alone: one after the other, the one
 * that makes the error on the last quarter of those cases smallest, as long as it helps.
 */
export function chooseLikenesses(prefixes: Prefixes, untilMs: number): readonly string[] {
  const begun = prefixes.startMs.filter((at) => at < untilMs).sort();
  const innerMs = begun[Math.floor(begun.length * 0.75)] ?? untilMs;
  const over = (c: number) => prefixes.endMs[c]! <= untilMs;
  const moments = momentsOf(prefixes, innerMs, untilMs, momentsMax.choose).filter((i) =>
    over(prefixes.caseOf[i]!),
  );
  const named: readonly string[] = [...likenessNames];
  const names = [
    ...named,
    ...[...prefixes.likeness.keys()].filter((name) => !named.includes(name)),
  ];
  const errorWith = (likenesses: readonly string[]) =>
    medianError(learn(prefixes, likenesses, innerMs), moments);
  let chosen: readonly string[] = [];
  let error = errorWith(chosen);
  while (chosen.length < likenessesMax) {
    const tried = names
      .filter((name) => !chosen.includes(name))
      .map((name) => ({ name, error: errorWith([...chosen, name]) }));
    const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
    if (!(best.error < error * (1 - gainLeast))) break;
    chosen = [...chosen, best.name];
    error = best.error;
  }
  return chosen;
}

function medianError(model: Model, moments: readonly number[]): number {
  const ask = asker(model);
  let sum = 0;
  for (const i of moments) {
    sum += Math.abs((ask(i).forecast?.medianMs ?? 0) - model.prefixes.leftMs[i]!);
  }
  return moments.length > 0 ? sum / moments.length : 0;
}

/** Moments of the cases over that began from one instant on, before another; thinned evenly. */
function momentsOf(prefixes: Prefixes, fromMs: number, toMs: number, most: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < prefixes.size; i++) {
    const start = prefixes.startMs[prefixes.caseOf[i]!]!;
    if (
      start >= fromMs &&
      start < toMs &&
      Number.isFinite(prefixes.gapMs[i]! + prefixes.leftMs[i]!)
    ) {
      found.push(i);
    }
  }
  const step = Math.max(1, found.length / most);
  return Array.from(
    { length: Math.min(found.length, most) },
    (_, k) => found[Math.floor(k * step)]!,
  );
}

type Answer = { readonly left: Lasted; readonly forecast: Forecast | null };

/** Answers for moments of the table itself, right after their last piece of work ended. */
function asker(model: Model) {
  const known = new WeakMap<readonly number[], Answer>();
  return (i: number): Answer & { readonly like: ReturnType<typeof likeOf> } => {
    const like = likeOf(model, model.prefixes, i);
    let answer = known.get(like.members);
    if (answer === undefined) {
      const left = leftOf(model, like);
      answer = { left, forecast: forecastOf(left, like) };
      known.set(like.members, answer);
    }
    return { ...answer, like };
  };
}

/**
 * The error of the time left on all cases over that began at `model.untilMs` or later; null: there
 * are none.
 */
export function judgeTime(model: Model): TimeError | null {
  const { prefixes, untilMs } = model;
  const moments = momentsOf(prefixes, untilMs, Number.POSITIVE_INFINITY, momentsMax.judge);
  const ask = asker(model);
  const all = learn(prefixes, [], untilMs);
  const past = asker(all);
  const meanMs = meanLength(prefixes, untilMs);
  let [error, naiveMean, naiveMedian, inside, width] = [0, 0, 0, 0, 0];
  for (const i of moments) {
    const { forecast } = ask(i);
    const left = prefixes.leftMs[i]!;
    const { medianMs, fromMs, toMs } = forecast ?? { medianMs: 0, fromMs: 0, toMs: 0 };
    error += Math.abs(medianMs - left);
    naiveMean += Math.abs(Math.max(0, meanMs - prefixes.elapsedMs[i]!) - left);
    naiveMedian += Math.abs((past(i).forecast?.medianMs ?? 0) - left);
    if (left >= fromMs && left <= toMs) inside++;
    width += toMs - fromMs;
  }
  if (moments.length === 0) return null;
  const mean = (sum: number) => sum / moments.length;
  return {
    cases: new Set(moments.map((i) => prefixes.caseOf[i]!)).size,
    moments: moments.length,
    errorMs: mean(error),
    naiveMeanMs: mean(naiveMean),
    naiveMedianMs: mean(naiveMedian),
    coverage: mean(inside),
    widthMs: mean(width),
  };
}

/** The mean length of the cases that were over at an instant. */
function meanLength({ startMs, endMs }: Prefixes, untilMs: number): number {
  let [sum, cases] = [0, 0];
  for (let c = 0; c < startMs.length; c++) {
    if (!(endMs[c]! <= untilMs)) continue;
    sum += endMs[c]! - startMs[c]!;
    cases++;
  }
  return cases > 0 ? sum / cases : 0;
}

/**
 * How good the chance was that a case takes longer than `limitMs` in all, on the cases that began
 * at `model.untilMs` or later, at the moments at which it had not yet; null: there are none.
 */
export function judgeLate(model: Model, limitMs: number): ChanceError | null {
  const { prefixes, untilMs } = model;
  const ask = asker(model);
  const late = (c: number) => prefixes.endMs[c]! - prefixes.startMs[c]! > limitMs;
  const moments = momentsOf(prefixes, untilMs, Number.POSITIVE_INFINITY, momentsMax.judge).filter(
    (i) => prefixes.elapsedMs[i]! <= limitMs,
  );
  const chances = moments.map((i) => shareLonger(ask(i).left, limitMs - prefixes.elapsedMs[i]!));
  return chanceError(prefixes, untilMs, { moments, chances, holds: late });
}

/**
 * How good the chance of an outcome was, on the cases that began at `model.untilMs` or later.
 * `known` 1: at that moment (a prefix) the outcome is known already; it is not asked then. Null:
 * there is no moment to ask at.
 */
export function judgeOutcome(
  model: Model,
  holds: Uint8Array,
  known: Uint8Array,
): ChanceError | null {
  const { prefixes, untilMs } = model;
  const ask = asker(model);
  const moments = momentsOf(prefixes, untilMs, Number.POSITIVE_INFINITY, momentsMax.judge).filter(
    (i) => known[i] === 0,
  );
  const chances = moments.map((i) => chanceOf(model, ask(i).like, holds));
  return chanceError(prefixes, untilMs, { moments, chances, holds: (c) => holds[c] === 1 });
}

type Judged = {
  readonly moments: readonly number[];
  readonly chances: readonly number[];
  readonly holds: (c: number) => boolean;
};

function chanceError(prefixes: Prefixes, untilMs: number, judged: Judged): ChanceError | null {
  const { moments, chances, holds } = judged;
  if (moments.length === 0) return null;
  const { endMs } = prefixes;
  let [past, pastHits] = [0, 0];
  for (let c = 0; c < endMs.length; c++) {
    if (!(endMs[c]! <= untilMs)) continue;
    past++;
    if (holds(c)) pastHits++;
  }
  const share = past > 0 ? pastHits / past : 0;
  let [hits, brier, naive] = [0, 0, 0];
  const marks = moments.map((i) => (holds(prefixes.caseOf[i]!) ? 1 : 0));
  for (const [k, mark] of marks.entries()) {
    hits += mark;
    brier += (chances[k]! - mark) ** 2;
    naive += (share - mark) ** 2;
  }
  const size = moments.length;
  return {
    moments: moments.length,
    hits,
    auc: aucOf(chances, marks),
    brier: brier / size,
    naiveBrier: naive / size,
  };
}

/** By ranks, ties in the middle (Mann and Whitney). Null where one side is empty. */
export function aucOf(chances: readonly number[], marks: readonly number[]): number | null {
  const order = Array.from(chances.keys()).sort((a, b) => chances[a]! - chances[b]! || a - b);
  let [hits, rankSum] = [0, 0];
  for (let k = 0; k < order.length; ) {
    let end = k;
    while (end < order.length && chances[order[end]!] === chances[order[k]!]) end++;
    const rank = (k + 1 + end) / 2;
    for (; k < end; k++) {
      if (marks[order[k]!] !== 1) continue;
      hits++;
      rankSum += rank;
    }
  }
  const misses = order.length - hits;
  if (hits === 0 || misses === 0) return null;
  return (rankSum - (hits * (hits + 1)) / 2) / (hits * misses);
}

import { type Attribute, caseValues, none, numbersOf } from '../event-log.ts';
import type { Instances } from '../instances.ts';

/** A test on one attribute: a number below or from a bound, or a text that is or is not a value. */
export type Condition = {
  readonly attribute: string;
  readonly test: 'below' | 'from' | 'is' | 'is_not';
  readonly value: string;
};

/** One rule: all conditions hold, so the next activity is mostly this one. */
export type Rule = {
  readonly conditions: readonly Condition[];
  readonly next: string;
  readonly cases: number;
  readonly share: number;
};

/**
 * A place where the flow divides. `accuracy`: how often its rules name the right way in the third
 * of cases they were not made from; `always`: how often the most frequent way alone is right.
 */
export type DecisionPoint = {
  readonly after: string;
  readonly ways: readonly { readonly next: string; readonly times: number }[];
  readonly rules: readonly Rule[];
  readonly accuracy: number;
  readonly always: number;
};

const depthMost = 3;
const leastInRule = 20;
/** More passings than this are thinned evenly. */
const passingsMost = 20_000;
/** A way that is taken less often than this is no way, but an exception. */
const leastShare = 0.05;
/** Rules must be right in this much more of the cases than always saying the most frequent. */
const betterBy = 0.02;

/**
 * Decision points whose way an attribute of the case tells better than chance, the clearest first.
 * The rules are a decision tree of depth three by the gain of information (Quinlan, 1986) on the
 * first passing of each case, with what the log had said by then; made from two thirds of the
 * cases and judged on the last third.
 */
export function decisionPoints(work: Instances): readonly DecisionPoint[] {
  const features = featuresOf(work);
  if (features.length === 0) return [];
  return divisions(work)
    .flatMap(({ after, passings }) => {
      const point = pointOf(work, after, passings, features);
      return point && point.accuracy >= point.always + betterBy ? [point] : [];
    })
    .sort((a, b) => b.accuracy - b.always - (a.accuracy - a.always));
}

type Feature = {
  readonly name: string;
  readonly numbers: Float64Array | null;
  readonly codes: Int32Array;
  /** The event that first says the value of a case; before it the value is not known. */
  readonly knownFrom: Int32Array;
  readonly text: (code: number) => string;
};
type Passing = { readonly c: number; readonly event: number; readonly next: number };
const valuesMost = 50;

function featuresOf(work: Instances): Feature[] {
  return work.log.attributes.flatMap((attribute) => {
    const codes = caseValues(work.log, attribute);
    const numbers = numbersOf(attribute);
    const distinct = new Set(codes.filter((code) => code !== none)).size;
    if (distinct < 2 || (numbers === null && distinct > valuesMost)) return [];
    const ofCase =
      numbers && Float64Array.from(codes, (code) => (code === none ? Number.NaN : numbers[code]!));
    const text = (code: number) => attribute.values.text(code);
    return [
      { name: attribute.name, numbers: ofCase, codes, knownFrom: knownFrom(work, attribute), text },
    ];
  });
}

function knownFrom({ log }: Instances, attribute: Attribute): Int32Array {
  if (attribute.of === 'case') return new Int32Array(log.cases.size).fill(-1);
  return Int32Array.from({ length: log.cases.size }, (_, c) => {
    let i = log.firstOfCase[c]!;
    while (i < log.firstOfCase[c + 1]! && attribute.code[i] === none) i++;
    return i;
  });
}

/** The first passing of each case through each activity with two or more usual ways on. */
function divisions(work: Instances): { after: number; passings: Passing[] }[] {
  const of: Passing[][] = Array.from({ length: work.log.activities.size }, () => []);
  const seen = new Int32Array(of.length).fill(-1);
  for (let c = 0; c < work.log.cases.size; c++) {
    for (let i = work.firstOfCase[c]!; i + 1 < work.firstOfCase[c + 1]!; i++) {
      const after = work.activity[i]!;
      if (seen[after] === c) continue;
      seen[after] = c;
      of[after]!.push({ c, event: work.source[i]!, next: work.activity[i + 1]! });
    }
  }
  return of.flatMap((all, after) => {
    const step = Math.ceil(all.length / passingsMost);
    const passings = all.filter((_, k) => k % step === 0);
    const times = timesOf(passings);
    const usual = [...times].filter(([, count]) => count >= leastShare * passings.length);
    const kept = new Set(usual.map(([next]) => next));
    return usual.length < 2 || passings.length < 3 * leastInRule
      ? []
      : [{ after, passings: passings.filter(({ next }) => kept.has(next)) }];
  });
}

function pointOf(
  work: Instances,
  after: number,
  passings: readonly Passing[],
  features: readonly Feature[],
): DecisionPoint | null {
  const names = work.log.activities;
  const known = passings.filter((_, k) => k % 3 !== 2);
  const heldBack = passings.filter((_, k) => k % 3 === 2);
  const tree = grow(known, features, []);
  if (tree.length < 2) return null;
  const first = mostOf(timesOf(known));
  const right = heldBack.filter(
    (each) => tree.find((leaf) => leaf.tests.every((test) => test.holds(each)))?.next === each.next,
  );
  return {
    after: names.text(after),
    ways: [...timesOf(passings)]
      .sort(([a, x], [b, y]) => y - x || a - b)
      .map(([next, times]) => ({ next: names.text(next), times })),
    rules: tree.map(({ tests, next, cases, share }) => ({
      conditions: tests.map(({ condition }) => condition),
      next: names.text(next),
      cases,
      share,
    })),
    accuracy: right.length / heldBack.length,
    always: heldBack.filter(({ next }) => next === first).length / heldBack.length,
  };
}

type Test = { readonly condition: Condition; readonly holds: (at: Passing) => boolean };
type Leaf = { readonly tests: readonly Test[]; next: number; cases: number; share: number };

function grow(passings: readonly Passing[], features: readonly Feature[], tests: Test[]): Leaf[] {
  const times = timesOf(passings);
  const next = mostOf(times);
  const leaf: Leaf = {
    tests,
    next,
    cases: passings.length,
    share: times.get(next)! / passings.length,
  };
  if (tests.length === depthMost || times.size < 2) return [leaf];
  const best = bestSplit(passings, features);
  if (!best) return [leaf];
  const sides = [best.yes, best.no].map((test) =>
    grow(passings.filter(test.holds), features, [...tests, test]),
  );
  const ends = new Set(sides.flat().map((each) => each.next));
  return ends.size === 1 ? [leaf] : sides.flat();
}

function bestSplit(passings: readonly Passing[], features: readonly Feature[]) {
  const whole = entropy(timesOf(passings), passings.length);
  let best: { yes: Test; no: Test } | null = null;
  let most = 0.01;
  for (const feature of features) {
    for (const split of splitsOf(passings, feature)) {
      const yes = passings.filter(split.yes.holds);
      const no = passings.length - yes.length;
      if (yes.length < leastInRule || no < leastInRule) continue;
      const rest = passings.filter((each) => !split.yes.holds(each));
      const left =
        (yes.length * entropy(timesOf(yes), yes.length) + no * entropy(timesOf(rest), no)) /
        passings.length;
      if (whole - left > most) {
        most = whole - left;
        best = split;
      }
    }
  }
  return best;
}

/** The splits a feature offers: nine bounds for numbers, one value against the others for texts. */
function splitsOf(passings: readonly Passing[], feature: Feature): { yes: Test; no: Test }[] {
  const { name, numbers, codes } = feature;
  const known = ({ c, event }: Passing) => feature.knownFrom[c]! <= event;
  const pair = (
    value: string,
    yes: Test['holds'],
    tests: [Condition['test'], Condition['test']],
  ) => ({
    yes: { condition: { attribute: name, test: tests[0], value }, holds: yes },
    no: {
      condition: { attribute: name, test: tests[1], value },
      holds: (at: Passing) => !yes(at),
    },
  });
  if (numbers) {
    const sorted = Float64Array.from(passings.filter(known), ({ c }) => numbers[c]!)
      .filter((each) => !Number.isNaN(each))
      .sort();
    const bounds = new Set(
      Array.from({ length: 9 }, (_, k) => sorted[Math.floor((sorted.length * (k + 1)) / 10)]!),
    );
    return [...bounds]
      .filter((bound) => bound !== undefined)
      .map((bound) =>
        pair(String(bound), (at) => known(at) && numbers[at.c]! < bound, ['below', 'from']),
      );
  }
  const present = new Set(
    passings
      .filter(known)
      .map(({ c }) => codes[c]!)
      .filter((code) => code !== none),
  );
  return [...present].map((code) =>
    pair(feature.text(code), (at) => known(at) && codes[at.c] === code, ['is', 'is_not']),
  );
}

function timesOf(passings: readonly Passing[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { next } of passings) times.set(next, (times.get(next) ?? 0) + 1);
  return times;
}

function mostOf(times: ReadonlyMap<number, number>): number {
  return [...times].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a))[0];
}

function entropy(times: ReadonlyMap<number, number>, all: number): number {
  let sum = 0;
  for (const count of times.values()) sum -= (count / all) * Math.log2(count / all);
  return sum;
}

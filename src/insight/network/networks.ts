import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds } from '../quantiles.ts';

/** From one who finished a piece of work to who began the next one of the case; codes of people. */
export type Handover = {
  readonly from: number;
  readonly to: number;
  readonly times: number;
  readonly cases: number;
  /** From the end of the one to the start of the other, never below 0. */
  readonly medianSeconds: number;
};

/** Two who both had a hand in so many cases; `a` is the lower code. */
export type Together = { readonly a: number; readonly b: number; readonly cases: number };

export type Networks = {
  /** Between different people, the most frequent first. */
  readonly handovers: readonly Handover[];
  /** Pairs, the most frequent first; null: a case has too many people to pair them. */
  readonly together: readonly Together[] | null;
  /** Next pieces of work that the same person did. */
  readonly keptByOne: number;
  /** Next pieces of work of which one side is not named. */
  readonly unnamed: number;
};

/** Pairs looked at in all; above it the network of joint cases is left out. */
const pairsMax = 20_000_000;

/**
 * Handover: each piece of work and the one directly before it in its case, by different people.
 * Together: people with a hand in the same case, each pair once a case.
 */
export function networksOf(work: Instances): Networks {
  const people = work.log.resources.size;
  const arcs = new Map<number, { cases: number; lastCase: number; gaps: number[] }>();
  let [keptByOne, unnamed] = [0, 0];
  for (let c = 0; c < work.log.cases.size; c++) {
    for (let i = work.firstOfCase[c]! + 1; i < work.firstOfCase[c + 1]!; i++) {
      const [from, to] = [work.resource[i - 1]!, work.resource[i]!];
      if (from === none || to === none) unnamed++;
      else if (from === to) keptByOne++;
      else {
        const key = from * people + to;
        const arc = arcs.get(key) ?? { cases: 0, lastCase: none, gaps: [] };
        arcs.set(key, arc);
        if (arc.lastCase !== c) arc.cases++;
        arc.lastCase = c;
        arc.gaps.push(Math.max(0, work.startMs[i]! - work.endMs[i - 1]!));
      }
    }
  }
  const handovers = [...arcs]
    .map(([key, { cases, gaps }]) => ({
      from: Math.floor(key / people),
      to: key % people,
      times: gaps.length,
      cases,
      medianSeconds: seconds(quantile(Float64Array.from(gaps).sort(), 0.5)),
    }))
    .sort((a, b) => b.times - a.times || a.from - b.from || a.to - b.to);
  return { handovers, together: togetherOf(work), keptByOne, unnamed };
}

function togetherOf(work: Instances): readonly Together[] | null {
  const people = work.log.resources.size;
  const pairs = new Map<number, number>();
  let looked = 0;
  for (let c = 0; c < work.log.cases.size; c++) {
    const hands = [...new Set(work.resource.subarray(work.firstOfCase[c], work.firstOfCase[c + 1]))]
      .filter((person) => person !== none)
      .sort((a, b) => a - b);
    looked += (hands.length * (hands.length - 1)) / 2;
    if (looked > pairsMax) return null;
    for (let k = 0; k < hands.length; k++) {
      for (let m = k + 1; m < hands.length; m++) {
        const key = hands[k]! * people + hands[m]!;
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
    }
  }
  return [...pairs]
    .map(([key, cases]) => ({ a: Math.floor(key / people), b: key % people, cases }))
    .sort((x, y) => y.cases - x.cases || x.a - y.a || x.b - y.b);
}

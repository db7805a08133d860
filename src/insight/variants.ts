import type { Instances } from './instances.ts';

/**
 * Cases by their sequence of activities. `ofCase[c]` is the variant of case c (-1: nothing happened
 * in it), `example[v]` a case that has it, `cases[v]` how many have it. Variants stand in the order
 * in which the log first shows them.
 */
export type Variants = {
  readonly size: number;
  readonly ofCase: Int32Array;
  readonly example: readonly number[];
  readonly cases: readonly number[];
};

/** Finds the variants of a log; sequences are compared whole, the hash only finds candidates. */
export function variantsOf(work: Instances): Variants {
  const { firstOfCase, activity, log } = work;
  const ofCase = new Int32Array(log.cases.size).fill(-1);
  const example: number[] = [];
  const cases: number[] = [];
  const byHash = new Map<number, number[]>();
  const same = (a: number, b: number): boolean => {
    const length = firstOfCase[a + 1]! - firstOfCase[a]!;
    if (firstOfCase[b + 1]! - firstOfCase[b]! !== length) return false;
    for (let i = 0; i < length; i++) {
      if (activity[firstOfCase[a]! + i] !== activity[firstOfCase[b]! + i]) return false;
    }
    return true;
  };
  for (let c = 0; c < log.cases.size; c++) {
    const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    if (from === to) continue;
    let hash = 0x811c9dc5 | 0;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ activity[i]!, 0x01000193);
    const candidates = byHash.get(hash) ?? [];
    let variant = candidates.find((candidate) => same(example[candidate]!, c)) ?? -1;
    if (variant < 0) {
      variant = example.length;
      example.push(c);
      cases.push(0);
      candidates.push(variant);
      byHash.set(hash, candidates);
    }
    ofCase[c] = variant;
    cases[variant]!++;
  }
  return { size: example.length, ofCase, example, cases };
}

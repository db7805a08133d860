import { describe, expect, test } from 'vitest';
import {
  chanceOf,
  complementaryError,
  corrected,
  differenceInterval,
  heldDifference,
} from './statistics.ts';

const table = (outcomeWith: number, n: number, outcomeWithout: number, m: number) => ({
  with: n,
  without: m,
  outcomeWith,
  outcomeWithout,
});

describe('figures of two shares', () => {
  // Newcombe (1998), Statistics in Medicine 17, table II, method 10.
  test.each([
    [table(56, 70, 48, 80), 0.0524, 0.3339],
    [table(9, 10, 3, 10), 0.1705, 0.809],
    [table(10, 10, 0, 10), 0.6075, 1],
  ])('the interval of %o is %d to %d', (counts, from, to) => {
    const interval = differenceInterval(counts);
    expect(interval.from).toBeCloseTo(from, 4);
    expect(interval.to).toBeCloseTo(to, 4);
  });

  test.each([
    ['Fisher tasting tea', table(3, 4, 1, 4), 0.4857142857],
    ['a rare side effect', table(10, 15, 1, 10), 0.0118757572],
    ['chi-square 6.0 beyond the 1 % point of 6.635', table(60, 100, 40, 100), 0.0046777],
    ['no difference', table(20, 100, 20, 100), 1],
  ])('%s', (_, counts, chance) => {
    expect(chanceOf(counts)).toBeCloseTo(chance, 6);
  });

  test.each([
    [0, 1],
    [0.5, 0.4795001221869535],
    [2, 0.004677734981047266],
    [5, 1.5374597944280349e-12],
  ])('erfc(%d) is %d', (x, value) => {
    expect(complementaryError(x) / value).toBeCloseTo(1, 9);
  });

  test('many chances are corrected by Benjamini and Hochberg', () => {
    expect(corrected([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02]);
  });

  test('a difference that another factor makes is gone when it is held', () => {
    // In each stratum the shares are alike; the strata differ in size and in share (Simpson).
    const strata = [table(80, 100, 8, 10), table(1, 10, 10, 100)];
    expect(heldDifference(strata)!.value).toBeCloseTo(0, 10);
    expect(heldDifference([table(1, 2, 0, 0)])).toBeNull();
  });
});

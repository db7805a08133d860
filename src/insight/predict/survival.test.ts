import { expect, test } from 'vitest';
import { lasted, quantilesOf, shareLonger } from './survival.ts';

test('without anything unfinished, quantiles and shares are those of the values', () => {
  const times = lasted([5, 1, 3, 2, 4, 10, 9, 8, 7, 6], Array(10).fill(1));
  expect(quantilesOf(times, [0.1, 0.5, 0.9])).toEqual([1, 5, 9]);
  expect(shareLonger(times, 7)).toBeCloseTo(0.3, 12);
  expect([shareLonger(times, 0), shareLonger(times, 10)]).toEqual([1, 0]);
});

// The 6-MP group of Freireich and others (1963), the textbook case of the estimate: weeks, + where
// the patient was still in remission. S(10) = 0.753, S(16) = 0.627, the median is 23 weeks.
test('the product-limit estimate of the textbook', () => {
  const weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
  const over = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
  const times = lasted(weeks, over);
  expect(shareLonger(times, 10)).toBeCloseTo(0.7529, 4);
  expect(shareLonger(times, 16)).toBeCloseTo(0.6275, 4);
  expect(shareLonger(times, 23)).toBeCloseTo(0.4482, 4);
  expect(quantilesOf(times, [0.5])).toEqual([23]);
  expect(quantilesOf(times, [0.9])).toEqual([35]); // never reached: the longest seen
});

test('nothing to learn from', () => {
  expect(quantilesOf(lasted([], []), [0.5])).toEqual([0]);
  expect(shareLonger(lasted([], []), 5)).toBe(1);
});

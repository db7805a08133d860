import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { dottedChart } from './dotted.ts';
import { periodsOver, ratesOf } from './rates.ts';

const day = 86_400;
const dayMs = 86_400_000;
/** Case k runs from day `from` to day `to`. */
const workOf = (spans: readonly (readonly [number, number])[]) =>
  activityInstances(
    logOf(
      spans.flatMap(([from, to], k): TestEvent[] => [
        { of: String(k), does: 'A', at: from * day, from: from * day },
        { of: String(k), does: 'B', at: to * day, from: to * day },
      ]),
    ),
    'instances',
  );

describe('rates', () => {
  test('arrivals, completions and what is under way, by day', () => {
    const rates = ratesOf(workOf([[0, 2], [0, 1], [1, 3.5], [2, 2]])); // biome-ignore format: a row
    expect(rates.periodDays).toBe(1);
    expect(rates.periods.map((each) => each.arrivals)).toEqual([2, 1, 1, 0]);
    expect(rates.periods.map((each) => each.completions)).toEqual([0, 1, 2, 1]);
    expect(rates.periods.map((each) => each.atEnd)).toEqual([2, 2, 1, 0]);
    expect(rates.periods.map((each) => each.inProgress)).toEqual([2, 2, 1, 1]);
    expect([rates.mostInProgress, rates.mostInProgressAtMs]).toEqual([2, 0]);
  });

  test('a case known to be under way does not end', () => {
    const rates = ratesOf(workOf([[0, 3], [0, 1], [1, 2]]), Uint8Array.of(0, 1, 0)); // biome-ignore format: a row
    expect(rates.periods.map((each) => each.completions)).toEqual([0, 0, 1, 1]);
    expect(rates.periods.map((each) => each.atEnd)).toEqual([2, 3, 2, 1]);
    expect(rates.mostInProgress).toBe(3);
  });

  test("Little's law holds over the whole log", () => {
    const spans = Array.from({ length: 500 }, (_, k) => [k / 7, k / 7 + ((k * 37) % 100) / 9]);
    const rates = ratesOf(workOf(spans as [number, number][]));
    const meanDays = spans.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0) / 500;
    expect(rates.meanInProgress).toBeCloseTo(rates.arrivalsPerDay * meanDays, 8);
  });

  test.each([1, 10, 59, 60, 400, 2_000, 20_000, 80_000])(
    '%s days in at most 60 periods',
    (days) => {
      const from = 15_000 * dayMs + 1234;
      const to = from + (days - 1) * dayMs;
      const periods = periodsOver(from, to);
      expect(periods.length).toBeLessThanOrEqual(60);
      expect(periods[0]).toBeLessThanOrEqual(from);
      expect(to - periods.at(-1)!).toBeLessThan((periods[1] ?? to) - periods[0]! + dayMs);
    },
  );
});

describe('the dotted chart', () => {
  const work = workOf(Array.from({ length: 100 }, (_, k) => [k, k + ((k * 7) % 50)] as const));

  test('all dots when they are few, in the order asked for', () => {
    const byStart = dottedChart(work, 'start', 1_000);
    expect([byStart.dots.length, byStart.cases.length, byStart.casesInAll]).toEqual([
      200, 100, 100,
    ]);
    expect(byStart.cases.slice(0, 3)).toEqual(['0', '1', '2']);
    const longest = dottedChart(work, 'duration', 1_000);
    expect(longest.cases.slice(0, 2)).toEqual(['7', '57']);
  });

  test.each([1, 2, 3, 50, 99, 199, 200])('at most %s dots: whole cases, evenly', (most) => {
    const chart = dottedChart(work, 'start', most);
    expect(chart.dots.length).toBeLessThanOrEqual(most);
    expect([chart.casesInAll, chart.instancesInAll]).toEqual([100, 200]);
    if (most >= 2) expect(chart.dots.length).toBe(chart.cases.length * 2);
  });
});

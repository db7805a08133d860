import { expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { compareSamples } from './compare.ts';
import { noInputs } from './inputs.ts';
import { figureWith, measureKpis } from './measure.ts';
import { byAttribute, byMonth, measureParts, scoreOf } from './score.ts';
import { effectPpm, standing, targetFrom } from './standing.ts';

/** Cases of two products with hours each took; every case is one execution by one person. */
function sample(hours: Readonly<Record<string, readonly number[]>>) {
  const products = Object.keys(hours);
  const events: TestEvent[] = [];
  const productOf: number[] = [];
  for (const [k, product] of products.entries()) {
    for (const [i, each] of (hours[product] ?? []).entries()) {
      productOf.push(k);
      events.push({ of: `${product}${i}`, does: 'do', by: 'an', from: i, at: i + each * 3600 });
    }
  }
  const values = { size: products.length, text: (code: number) => products[code] as string };
  const code = Int32Array.from(productOf);
  const product = { name: 'product', of: 'case', values, code } as const;
  const log = { ...logOf(events), attributes: [product] };
  const rates = {
    ...{ currency: 'CNY', staffRateMinorPerHour: 6_000n, systemCostMinorPerItem: 100n },
  };
  return measureKpis(activityInstances(log, 'instances'), { ...noInputs, ...rates });
}

const times = (n: number, hours: number) =>
  Array.from({ length: n }, (_, i) => hours + (i % 3) - 1);
const byProduct = { kind: 'attribute', name: 'product' } as const;
const hour = 3_600_000_000n;

test('KPI-14 the same mix: each product is an hour quicker though the mean has risen', () => {
  const before = sample({ loan: times(30, 10), card: times(60, 4) });
  const after = sample({ loan: times(60, 9), card: times(30, 3) });
  expect(figureWith(before, 'cycle_time').valueMillionths).toBe(6n * hour);
  expect(figureWith(after, 'cycle_time').valueMillionths).toBe(7n * hour);
  const held = compareSamples(before, after, { strata: byProduct, seed: 7 });
  const change = held?.changes.find(({ code }) => code === 'cycle_time');
  expect(change).toMatchObject({ before: 6n * hour, afterAsIs: 7n * hour, after: 5n * hour });
  expect(change).toMatchObject({ difference: -hour, verdict: 'better' });
  expect(change?.interval.from).toBeLessThan(-hour);
  expect(change?.interval.to).toBeGreaterThan(-hour);
  expect(change?.interval.to).toBeLessThan(0n);
  // An hour of staff at 60.00 less; what the system costs is the same.
  const cost = held?.changes.find(({ code }) => code === 'unit_cost');
  expect(cost).toMatchObject({ before: 36_100_000_000n, difference: -6_000_000_000n });
  const asTheyStand = compareSamples(before, after, { strata: { kind: 'none' }, seed: 7 });
  expect(asTheyStand?.changes.find(({ code }) => code === 'cycle_time')).toMatchObject({
    ...{ difference: hour, after: 7n * hour },
  });
});

test('the same seed gives the same interval; too few cases to tell stay untold', () => {
  const [before, after] = [sample({ loan: times(9, 10) }), sample({ loan: times(9, 10) })];
  const once = compareSamples(before, after, { strata: byProduct, seed: 1 });
  expect(compareSamples(before, after, { strata: byProduct, seed: 1 })).toEqual(once);
  const change = once?.changes.find(({ code }) => code === 'cycle_time');
  expect(change).toMatchObject({ difference: 0n, verdict: 'not_told' });
});

test('the interval covers the true change in about 19 of 20 samples', () => {
  let state = 20_261_122;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
  const draw = (mean: number) => Array.from({ length: 60 }, () => mean + 4 * random() - 2);
  let covered = 0;
  const runs = 200;
  for (let run = 0; run < runs; run++) {
    const held = compareSamples(sample({ loan: draw(10) }), sample({ loan: draw(9) }), {
      ...{ strata: byProduct, seed: run, rounds: 400 },
    });
    const { interval } = held!.changes.find(({ code }) => code === 'cycle_time')!;
    if (interval.from <= -hour && interval.to >= -hour) covered++;
  }
  expect(covered / runs).toBeGreaterThan(0.9);
  expect(covered / runs).toBeLessThan(0.99);
});

test('products only one of the samples has are left out and counted', () => {
  const before = sample({ loan: times(6, 10), card: times(3, 4) });
  const held = compareSamples(before, sample({ loan: times(4, 9), bill: times(2, 1) }), {
    ...{ strata: byProduct, seed: 1 },
  });
  expect(held).toMatchObject({ beforeLeftOut: 3, afterLeftOut: 2 });
  expect(held?.strata).toEqual([{ name: 'loan', before: 6, after: 4 }]);
  expect(compareSamples(before, sample({ bill: [1] }), { strata: byProduct, seed: 1 })).toBeNull();
});

const baseline = { millionths: 100n, from: '2026-01-01' };
test.each([
  // better, present, baseline, due, today, light, expected
  ['lower', 80n, baseline, '2026-12-31', '2026-06-01', 'green', 92n],
  ['lower', 79n, null, null, '2026-06-01', 'green', null],
  ['lower', 90n, baseline, '2026-12-27', '2026-06-30', 'amber', 90n],
  ['lower', 91n, baseline, '2026-12-27', '2026-06-30', 'red', 90n],
  ['lower', 81n, baseline, '2026-12-27', '2026-12-28', 'red', 80n],
  ['lower', 80n, baseline, '2026-12-27', '2026-12-28', 'green', 80n],
  ['lower', 88n, null, null, '2026-06-01', 'amber', null],
  ['lower', 89n, null, null, '2026-06-01', 'red', null],
  ['higher', 72n, null, null, '2026-06-01', 'amber', null],
  ['higher', 71n, null, null, '2026-06-01', 'red', null],
  ['lower', null, baseline, '2026-12-31', '2026-06-01', 'none', null],
] as const)(
  'KPI-11 %s is better, %s of target 80 by %s, %s on %s: %s',
  (better, present, from, due, today, light, expected) => {
    const judged = standing({
      ...{ better, presentMillionths: present, targetMillionths: 80n, baseline: from },
      ...{ dueDate: due, today },
    });
    expect([judged.light, judged.expectedMillionths]).toEqual([light, expected]);
    expect(judged.gapMillionths).toBe(present === null ? null : present - 80n);
  },
);

test('KPI-11 a target is a change against the baseline, and so is the effect', () => {
  expect(targetFrom(1_000n, -200_000n)).toBe(800n);
  expect(targetFrom(3n, -500_000n)).toBe(2n);
  expect(targetFrom(-3n, 0n)).toBe(-3n);
  expect(effectPpm(1_000n, 880n)).toBe(-120_000n);
  expect(effectPpm(0n, 5n)).toBeNull();
});

test('KPI-13 the score is the mean of what indicators reach, by weight', () => {
  const { figures } = sample({ loan: [10, 10] });
  const line = { weight: 3, targetMillionths: 5n * hour };
  const score = scoreOf(figures, [
    { ...line, code: 'cycle_time' }, // half of it reached
    { code: 'first_pass_yield', weight: 1, targetMillionths: 900_000n }, // better than wanted
    { code: 'error_rate', weight: 4, targetMillionths: 10_000n }, // nobody says
  ]);
  expect(score.lines.map(({ reachedHundredths }) => reachedHundredths)).toEqual([
    5_000,
    10_000,
    null,
  ]);
  expect(score).toMatchObject({ scoreHundredths: 6_250, weighedPpm: 500_000 });
  expect(scoreOf(figures, [])).toEqual({ scoreHundredths: null, weighedPpm: 0, lines: [] });
});

test('KPI-15 each unit is measured by its own cases', () => {
  const { work, inputs } = sample({ loan: [2, 4], card: [1] });
  const parts = measureParts(work, inputs, byAttribute(work, 'product')).map(
    ({ part, measured }) => [part, figureWith(measured, 'cycle_time').valueMillionths],
  );
  expect(parts).toEqual([
    ['card', hour],
    ['loan', 3n * hour],
  ]);
  expect(measureParts(work, inputs, byAttribute(work, 'unit'))).toEqual([]);
});

test('KPI-15 each period is measured by the cases that ended in it, on the clock of the place', () => {
  const monthMs = 31 * 24;
  const { work, inputs } = sample({ loan: [2, monthMs - 4, monthMs + 1] });
  const months = (offsetHours: number) =>
    measureParts(work, inputs, byMonth(work, offsetHours * 3_600_000)).map(({ part, measured }) => [
      ...[part, measured.columns.cases],
    ]);
  expect(months(0)).toEqual([
    ['1970-01', 2],
    ['1970-02', 1],
  ]);
  expect(months(8)).toEqual([
    ['1970-01', 1],
    ['1970-02', 2],
  ]);
});

import { expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { definitionText, indicatorCodes, indicators } from './indicators.ts';
import { kpiInputsOf, noInputs } from './inputs.ts';
import { casesBehind, figureWith, measureKpis } from './measure.ts';

/** Minutes since the beginning; three cases, of which one is checked twice. */
const min = 60;
const events: readonly TestEvent[] = [
  { of: '1', does: 'accept', by: 'an', from: 0, at: 10 * min },
  { of: '1', does: 'check', by: 'bo', from: 40 * min, at: 60 * min },
  { of: '2', does: 'accept', by: 'an', from: 10 * min, at: 20 * min },
  { of: '2', does: 'check', by: 'bo', from: 60 * min, at: 70 * min },
  { of: '2', does: 'accept', by: 'an', from: 80 * min, at: 85 * min },
  { of: '2', does: 'check', by: 'bo', from: 105 * min, at: 110 * min },
  { of: '3', does: 'accept', by: 'system', from: 0, at: 0 },
  { of: '3', does: 'check', by: 'system', from: 30 * min, at: 30 * min },
];
const work = activityInstances(logOf(events), 'instances');
const given = {
  ...noInputs,
  currency: 'CNY',
  staffRateMinorPerHour: 9_000n,
  systemCostMinorPerItem: 150n,
  hoursPerPerson: 8,
};
const value = (code: (typeof indicatorCodes)[number], inputs = given, of = work) =>
  figureWith(measureKpis(of, inputs), code).valueMillionths;

test('KPI-01 mean handling time is the mean of end minus start of the executions', () => {
  // 10, 20, 10, 10, 5, 5, 0 and 0 minutes.
  expect(value('handling_time')).toBe(BigInt((60 * min * 1_000_000) / 8));
  expect(figureWith(measureKpis(work, given), 'handling_time').n).toBe(8);
});

test('KPI-02 items per person are items over the hours given, else over those in the log', () => {
  expect(value('items_per_person_hour', { ...given, personHours: 2 })).toBe(1_500_000n);
  // One hour of handling by people.
  expect(value('items_per_person_hour')).toBe(3_000_000n);
  const open = [...events, { of: '3', does: 'close', by: 'bo', at: 31 * min }];
  const part = activityInstances(logOf(open), 'instances');
  expect(figureWith(measureKpis(part, given), 'items_per_person_hour')).toMatchObject({
    ...{ valueMillionths: null, missing: ['person_hours'] },
  });
});

test('KPI-03 total cycle time is case end minus case start, by calendar and in working hours', () => {
  expect(value('cycle_time')).toBe(BigInt(((60 + 100 + 30) * min * 1_000_000) / 3));
  expect(figureWith(measureKpis(work), 'cycle_time_worked')).toMatchObject({
    ...{ valueMillionths: null, missing: ['working_hours'] },
  });
  // Work is done in the first hour only: 60, 50 and 30 minutes.
  const within = (ms: number) => Math.min(ms, 60 * min * 1000);
  const workingTime = {
    name: 'first hour',
    between: (from: number, to: number) => within(to) - within(from),
  };
  expect(value('cycle_time_worked', { ...given, workingTime })).toBe(
    BigInt(Math.round((140 * min * 1_000_000) / 3)),
  );
});

test('KPI-04 the bottleneck is the step that takes longest, and the steps add up to the cycle', () => {
  const measured = measureKpis(work, given);
  // check: 50 + 50 + 25 + 30 minutes; accept: 10 + 10 + 15 + 0; the cycle: 60 + 100 + 30.
  expect(figureWith(measured, 'bottleneck_share')).toMatchObject({
    ...{ activity: 'check', valueMillionths: BigInt(Math.round((155 / 190) * 1_000_000)) },
  });
  const steps = measured.columns.stepTotalMs.reduce((a, b) => a + b, 0);
  expect(steps).toBe(measured.columns.cycleMs.reduce((a, b) => a + b, 0));
  expect(
    figureWith(measureKpis(work, given, { bottleneck: 'accept' }), 'bottleneck_share'),
  ).toMatchObject({
    activity: 'accept',
    valueMillionths: BigInt(Math.round((35 / 190) * 1_000_000)),
  });
  expect(value('processing_efficiency')).toBe(BigInt(Math.round((60 / 190) * 1_000_000)));
});

test('KPI-05 error rate is confirmed errors over items, and is not told where nobody says', () => {
  expect(figureWith(measureKpis(work, given), 'error_rate').missing).toEqual(['confirmed_errors']);
  expect(value('error_rate', { ...given, errors: { kind: 'count', count: 1 } })).toBe(333_333n);
  const unknown = { kind: 'attribute', name: 'error', values: null } as const;
  expect(value('error_rate', { ...given, errors: unknown })).toBeNull();
  const log = logOf(events);
  const values = { size: 2, text: (code: number) => ['no', 'yes'][code] as string };
  const error = { name: 'error', of: 'case', values, code: Int32Array.of(0, 1, -1) } as const;
  const marked = activityInstances({ ...log, attributes: [error] }, 'instances');
  const sign = { kind: 'attribute', name: 'error', values: ['yes'] } as const;
  const measured = measureKpis(marked, { ...given, errors: sign });
  expect(figureWith(measured, 'error_rate')).toMatchObject({ hits: 1, valueMillionths: 333_333n });
  expect(casesBehind(measured, 'error_rate').map((c) => log.cases.text(c))).toEqual(['2']);
});

test('KPI-06 rework rate is cases with a repeated activity over cases', () => {
  expect(figureWith(measureKpis(work), 'rework_rate')).toMatchObject({
    ...{ hits: 1, n: 3, valueMillionths: 333_333n },
  });
  expect(casesBehind(measureKpis(work), 'rework_rate')).toEqual([1]);
});

test('KPI-07 first-pass yield is cases with no return over cases', () => {
  expect(value('first_pass_yield')).toBe(666_667n);
  // Done twice in a row is again, but not back.
  const twice = activityInstances(
    logOf([
      { of: '1', does: 'vote', at: 1 },
      { of: '1', does: 'vote', at: 2 },
    ]),
    'instances',
  );
  expect([value('rework_rate', given, twice), value('first_pass_yield', given, twice)]).toEqual([
    ...[1_000_000n, 1_000_000n],
  ]);
  expect(value('first_pass_yield', { ...given, returnActivities: ['accept'] })).toBe(0n);
});

test('KPI-08 unit cost is staff minutes at their rate and the cost of systems per item', () => {
  // One hour at 90.00 over three items, and 1.50 each.
  expect(figureWith(measureKpis(work, given), 'unit_cost')).toMatchObject({
    ...{ currency: 'CNY', valueMillionths: 3_150_000_000n },
  });
  expect(figureWith(measureKpis(work), 'unit_cost')).toMatchObject({
    ...{ valueMillionths: null, missing: ['staff_rate', 'system_cost'] },
  });
});

test('KPI-09 labour input is hours of work over those of one full-time person', () => {
  expect(value('labour_input')).toBe(125_000n);
  expect(value('labour_input', { ...given, personHours: 20 })).toBe(2_500_000n);
  expect(figureWith(measureKpis(work), 'labour_input').missing).toEqual(['hours_per_person']);
});

test('KPI-10 manual intervention is a task of staff off the straight-through path', () => {
  expect(value('manual_intervention_rate')).toBe(666_667n);
  const path = { ...given, straightThrough: ['accept', 'check'] };
  expect(value('manual_intervention_rate', path)).toBe(0n);
  expect(value('manual_intervention_rate', { ...given, straightThrough: ['accept'] })).toBe(
    666_667n,
  );
  const nobody = activityInstances(logOf([{ of: '1', does: 'accept', at: 1 }]), 'instances');
  expect(figureWith(measureKpis(nobody), 'manual_intervention_rate').missing).toEqual([
    'resources',
  ]);
});

test('KPI-13 every indicator has number, words, formula, unit and sample in both languages', () => {
  expect(indicators.map(({ code }) => code)).toEqual([...indicatorCodes]);
  for (const { code, name, definition, formula, sample } of indicators) {
    for (const text of [name, definition, formula, sample]) {
      expect(text['zh-CN'], code).toMatch(/\p{Script=Han}/u);
      expect(text.en, code).toMatch(/^[A-ZΣa-z(]/);
    }
  }
  expect(new Set(indicatorCodes.map(definitionText)).size).toBe(indicatorCodes.length);
});

test('an empty log has figures without values', () => {
  const { figures } = measureKpis(activityInstances(logOf([]), 'instances'), given);
  expect(figures.map(({ valueMillionths }) => valueMillionths)).toEqual(figures.map(() => null));
});

test.each([
  [{}, noInputs],
  [{ personHours: 12.5 }, { ...noInputs, personHours: 12.5 }],
  [
    { currency: 'CNY', staffRateMinorPerHour: '9000' },
    { ...noInputs, currency: 'CNY', staffRateMinorPerHour: 9_000n },
  ],
  [
    { errors: { activities: ['补录'] } },
    { ...noInputs, errors: { kind: 'activity', activities: ['补录'] } },
  ],
  [{ staffRateMinorPerHour: '9000' }, 'currency'],
  [{ staffRateMinorPerHour: 9000, currency: 'CNY' }, 'staffRateMinorPerHour'],
  [{ personHours: 0 }, 'personHours'],
  [{ errors: { count: 1, attribute: 'x' } }, 'errors'],
  [{ errors: { values: ['x'] } }, 'errors'],
  [{ workingTime: {} }, 'workingTime'],
  [{ constructor: {} }, 'constructor'],
  [[], '{}'],
  [null, '{}'],
])('inputs %j', (file, wanted) => {
  const read = kpiInputsOf(file);
  expect(read.ok ? read.value : read.facts?.place).toEqual(wanted);
});

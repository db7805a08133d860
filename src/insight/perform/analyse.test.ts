import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { analyse } from './analyse.ts';

const loan: TestEvent[] = [
  { of: '1', does: 'Apply', from: 0, at: 10, by: 'ann' },
  { of: '1', does: 'Check', from: 40, at: 50, by: 'bob' },
  { of: '1', does: 'Check', from: 60, at: 80, by: 'bob' },
  { of: '1', does: 'Pay', from: 80, at: 90, by: 'eve' },
  { of: '2', does: 'Apply', from: 0, at: 5, by: 'ann' },
  { of: '2', does: 'Check', from: 105, at: 125, by: 'eve' },
  { of: '2', does: 'Pay', from: 125, at: 130, by: 'eve' },
  { of: '3', does: 'Apply', from: 10, at: 30, by: 'ann' },
];

describe('the figures of a small loan process', () => {
  const analysis = analyse(activityInstances(logOf(loan), 'instances'));

  test('counts', () => {
    const { cases, events, activities, resources, variants } = analysis;
    expect({ cases, events, activities, resources, variants }).toEqual({
      cases: 3,
      events: 8,
      activities: 3,
      resources: 3,
      variants: 3,
    });
    expect(analysis.directlyFollowsPairs).toBe(5);
    expect([analysis.reworkCases, analysis.reworkEvents]).toEqual([1, 1]);
    expect(analysis.period).toEqual({ from: '1970-01-01T00:00:00Z', to: '1970-01-01T00:02:10Z' });
  });

  test('case durations: 90, 130 and 20 seconds', () => {
    expect(analysis.caseDuration).toEqual({
      meanSeconds: 80,
      medianSeconds: 90,
      p90Seconds: 122,
      minSeconds: 20,
      maxSeconds: 130,
    });
  });

  test('the case stands still 140 seconds, 130 of them before Check', () => {
    expect(analysis.time).toEqual({
      cycleSeconds: 240,
      workingSeconds: 100,
      waitingSeconds: 140,
      measured: true,
    });
    const check = analysis.activityStats.find((stat) => stat.activity === 'Check')!;
    expect(check).toMatchObject({
      instances: 3,
      cases: 2,
      resources: 2,
      meanProcessingSeconds: 16.666667,
      totalWaitingSeconds: 140,
      waitingShare: 1,
      reworkCases: 1,
      reworkEvents: 1,
    });
  });

  test('the bottleneck names its place and its evidence', () => {
    expect(analysis.bottlenecks).toEqual([
      {
        rank: 1,
        activity: 'Check',
        share: 1,
        totalWaitingSeconds: 140,
        meanWaitingSeconds: 46.666667,
        medianWaitingSeconds: 30,
        p90WaitingSeconds: 86,
        instances: 3,
        waitingInstances: 3,
        waitingCases: 2,
        casesShare: 2 / 3,
        mainlyAfter: { activity: 'Apply', share: 130 / 140 },
      },
    ]);
  });

  test('the map counts each arc and times it from end to start', () => {
    const edge = analysis.graph.edges.find((each) => each.from === 'Apply' && each.to === 'Check');
    expect(edge).toEqual({
      from: 'Apply',
      to: 'Check',
      count: 2,
      cases: 2,
      meanSeconds: 65,
      medianSeconds: 65,
      p90Seconds: 93,
    });
    const apply = analysis.graph.nodes.find((node) => node.activity === 'Apply');
    expect(apply).toEqual({ activity: 'Apply', instances: 3, cases: 3, starts: 3, ends: 1 });
  });

  test('variants, the most frequent first', () => {
    expect(analysis.variantStats.map((variant) => variant.activities.join('>'))).toEqual([
      'Apply>Check>Check>Pay',
      'Apply>Check>Pay',
      'Apply',
    ]);
  });
});

test('work inside longer work does not make the case wait', () => {
  const events: TestEvent[] = [
    { of: '1', does: 'Long', from: 0, at: 100 },
    { of: '1', does: 'Short', from: 10, at: 20 },
    { of: '1', does: 'After', from: 50, at: 150 },
  ];
  const { time } = analyse(activityInstances(logOf(events), 'instances'));
  expect([time.waitingSeconds, time.workingSeconds]).toEqual([0, 150]);
});

const anyLog = fc.array(
  fc.record({
    of: fc.constantFrom('1', '2', '3'),
    does: fc.constantFrom('A', 'B', 'C', 'D'),
    at: fc.integer({ min: 50, max: 99 }),
    from: fc.integer({ min: 0, max: 60 }),
    by: fc.constantFrom('x', 'y'),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('against a second, slow way of counting', () => {
  test('pairs, variants, rework and time agree on random logs', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, fc.constantFrom('instances' as const, 'all' as const), (events, view) => {
        const analysis = analyse(activityInstances(logOf(events), view));
        const traces = Map.groupBy(
          events.map((event, position) => ({
            ...event,
            start: event.from,
            end: Math.max(event.at, event.from),
            rawEnd: event.at,
            position,
          })),
          (event) => event.of,
        );
        let [pairs, rework] = [0, 0];
        const sequences = new Set<string>();
        for (const trace of traces.values()) {
          trace.sort((a, b) => a.start - b.start || a.end - b.end || a.position - b.position);
          pairs += trace.length - 1;
          rework += trace.length - new Set(trace.map((event) => event.does)).size;
          sequences.add(trace.map((event) => event.does).join('>'));
        }
        expect(analysis.directlyFollowsPairs).toBe(pairs);
        expect(analysis.reworkEvents).toBe(rework);
        expect(analysis.variants).toBe(sequences.size);
        expect(analysis.graph.edges.reduce((sum, edge) => sum + edge.count, 0)).toBe(pairs);
        const { cycleSeconds, workingSeconds, waitingSeconds } = analysis.time;
        expect(workingSeconds + waitingSeconds).toBeCloseTo(cycleSeconds, 6);
        const shares = analysis.activityStats.reduce((sum, stat) => sum + stat.waitingShare, 0);
        expect(waitingSeconds === 0 ? 1 : shares).toBeCloseTo(1, 9);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of cases in the file changes no figure', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyLog, (events) => {
        const distinct = [...new Map(events.map((e) => [`${e.of} ${e.from}`, e])).values()];
        const figures = (list: readonly TestEvent[]) => {
          const { activityStats, graph, variantStats, bottlenecks, ...rest } = analyse(
            activityInstances(logOf(list), 'instances'),
          );
          const stats = activityStats.toSorted((a, b) => (a.activity < b.activity ? -1 : 1));
          return { ...rest, stats, edges: graph.edges.length, variantStats: variantStats.length };
        };
        expect(figures(distinct.toReversed())).toEqual(figures(distinct));
      }),
      { numRuns: 300 },
    );
  });
});

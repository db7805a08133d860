import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { decompose, waitClasses } from './decompose.ts';

const hour = 3600;
/** One piece of work: case, activity, person, start and end in hours. */
const row = (of: string, does: string, by: string | undefined, from: number, to: number) => ({
  of,
  does,
  ...(by === undefined ? {} : { by }),
  from: from * hour,
  at: to * hour,
});

const split = (rows: readonly TestEvent[]) => {
  const work = activityInstances(logOf(rows), 'instances');
  return { work, waiting: decompose(work) };
};

/** Hours of each class over all work of an activity. */
const hoursOf = (rows: readonly TestEvent[], activity: string) => {
  const { work, waiting } = split(rows);
  const sums = Object.fromEntries(waitClasses.map((each) => [each, 0]));
  for (let i = 0; i < work.size; i++) {
    if (work.log.activities.text(work.activity[i]!) !== activity) continue;
    for (const each of waitClasses) sums[each]! += waiting[each][i]! / 3_600_000;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, hours]) => hours > 0));
};

describe('waiting by what held it up', () => {
  test.each<[string, TestEvent[], Record<string, number>]>([
    [
      'a free person did not begin: something outside',
      [row('1', 'A', 'x', 0, 1), row('1', 'B', 'y', 6, 7)],
      { extraneous: 5 },
    ],
    [
      'nobody named: something outside',
      [row('1', 'A', 'x', 0, 1), row('1', 'B', undefined, 6, 7)],
      { extraneous: 5 },
    ],
    [
      'busy with what came earlier',
      [
        row('1', 'A', 'x', 0, 1),
        row('2', 'A', 'x', 1, 2),
        row('1', 'B', 'y', 1, 5),
        row('2', 'B', 'y', 5, 6),
      ],
      { contention: 3 },
    ],
    [
      'overtaken by what came later',
      [
        row('1', 'A', 'x', 0, 1),
        row('2', 'A', 'x', 1, 2),
        row('3', 'A', 'x', 2, 3),
        row('1', 'B', 'y', 1, 4),
        row('3', 'B', 'y', 4, 6),
        row('2', 'B', 'y', 6, 7),
      ],
      { contention: 1 + 2, priority: 2 },
    ],
    [
      'held back until the batch was full',
      [
        row('1', 'A', 'x', 0, 1),
        row('2', 'A', 'x', 2, 4),
        row('1', 'B', 'y', 4, 5),
        row('2', 'B', 'y', 5, 6),
      ],
      { batching: 3, contention: 1 },
    ],
    [
      'what runs beside it holds nothing up',
      [
        row('1', 'A', 'x', 0, 1),
        row('1', 'B', 'y', 1, 2),
        row('1', 'C', 'z', 1, 6),
        row('2', 'A', 'x', 10, 11),
        row('2', 'C', 'z', 11, 12),
        row('2', 'B', 'y', 13, 14),
      ],
      { extraneous: 2 },
    ],
  ])('%s', (_, rows, wanted) => {
    expect(hoursOf(rows, 'B')).toEqual(wanted);
  });

  test('the five classes add up to the wait of every piece of work', () => {
    const { work, waiting } = split(office({ seed: 11, cases: 400, meanDelayHours: 3 }).rows);
    for (let i = 0; i < work.size; i++) {
      const sum = waitClasses.reduce((all, each) => all + waiting[each][i]!, 0);
      expect(Math.abs(sum - waiting.waitMs[i]!)).toBeLessThan(1);
      for (const each of waitClasses) expect(waiting[each][i]).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([
    { seed: 1, cases: 1500, meanDelayHours: 0 },
    { seed: 2, cases: 1500, meanDelayHours: 2 },
    { seed: 3, cases: 1500, meanDelayHours: 8 },
    { seed: 4, cases: 1500, meanDelayHours: 30 },
    { seed: 13, cases: 1500, meanDelayHours: 4 },
    { seed: 17, cases: 1500, meanDelayHours: 60 },
    { seed: 5, cases: 3000, meanDelayHours: 8 },
  ])('finds known delays again within 8 %: %o', (office_) => {
    const { rows, delayHours } = office(office_);
    const { work, waiting } = split(rows);
    const found = sum(waiting.extraneous) + sum(waiting.batching);
    const allHours = sum(waiting.waitMs);
    const base = delayHours > 0 ? delayHours : allHours;
    expect(work.size).toBe(rows.length);
    expect(Math.abs(found - delayHours) / base).toBeLessThan(0.08);
  });
});

const sum = (values: Float64Array) => values.reduce((all, each) => all + each, 0) / 3_600_000;

/**
 * A simulated office: A by two clerks, then after an outside delay B by two officers, Monday to
 * Friday 9 to 17, first come first served; work begun goes on after hours. Delays are exponential.
 * What it injected stands beside the rows: only the part up to the start of a piece of work counts.
 */
function office(wanted: { seed: number; cases: number; meanDelayHours: number }) {
  let state = wanted.seed;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const exponential = (mean: number) => -mean * Math.log(chance());
  const monday = 4 * 24;
  const onDuty = (at: number) => {
    const [day, hourOfDay] = [Math.floor((at - monday) / 24), (at - monday) % 24];
    const weekday = day % 7;
    if (weekday > 4) return monday + (day + 7 - weekday) * 24 + 9;
    if (hourOfDay < 9) return monday + day * 24 + 9;
    if (hourOfDay >= 17) return onDuty(monday + (day + 1) * 24);
    return at;
  };
  const rows: TestEvent[] = [];
  const serve = (does: string, people: readonly string[], ready: readonly [string, number][]) => {
    const freeAt = people.map(() => 0);
    return [...ready]
      .sort((a, b) => a[1] - b[1])
      .map(([of, at]): [string, number] => {
        let best = 0;
        for (let p = 1; p < freeAt.length; p++) if (freeAt[p]! < freeAt[best]!) best = p;
        const start = onDuty(Math.max(at, freeAt[best]!));
        const end = start + 0.2 + exponential(0.6);
        freeAt[best] = end;
        rows.push(row(of, does, people[best]!, start, end));
        return [of, end];
      });
  };
  let at = onDuty(monday);
  const arrivals = Array.from({ length: wanted.cases }, (_, k): [string, number] => {
    at = onDuty(at + exponential(0.65));
    return [String(k), at];
  });
  let delayHours = 0;
  const delayed = serve('A', ['clerk 1', 'clerk 2'], arrivals).map(([of, end]) => {
    const delay = wanted.meanDelayHours === 0 ? 0 : exponential(wanted.meanDelayHours);
    delayHours += delay;
    return [of, end + delay] as [string, number];
  });
  serve('B', ['officer 1', 'officer 2'], delayed);
  return { rows, delayHours };
}

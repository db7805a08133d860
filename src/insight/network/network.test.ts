import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { networksOf } from './networks.ts';
import { profilesOf } from './profiles.ts';

const row = (of: string, does: string, by: string | null, from: number, at: number): TestEvent => ({
  of,
  does,
  from,
  at,
  ...(by === null ? {} : { by }),
});
const workOf = (rows: readonly TestEvent[]) => activityInstances(logOf(rows), 'instances');

describe('networks', () => {
  const work = workOf([
    row('1', 'A', 'x', 0, 10),
    row('1', 'B', 'y', 20, 30),
    row('1', 'C', 'y', 30, 40),
    row('1', 'D', 'x', 50, 60),
    row('2', 'A', 'x', 100, 110),
    row('2', 'B', 'y', 140, 150),
    row('2', 'C', null, 150, 160),
    row('3', 'A', 'z', 0, 10),
    row('3', 'B', 'x', 5, 20),
  ]);
  const found = networksOf(work);
  const name = (code: number) => work.log.resources.text(code);

  test('who hands work to whom, how often, how fast', () => {
    const told = found.handovers.map(({ from, to, times, cases, medianSeconds }) => [
      ...[name(from), name(to)],
      ...[times, cases, medianSeconds],
    ]);
    expect(told).toEqual([
      ['x', 'y', 2, 2, 20],
      ['y', 'x', 1, 1, 10],
      ['z', 'x', 1, 1, 0],
    ]);
    expect([found.keptByOne, found.unnamed]).toEqual([1, 1]);
  });

  test('who works on the same cases', () => {
    const told = found.together?.map(({ a, b, cases }) => [name(a), name(b), cases]);
    expect(told).toEqual([
      ['x', 'y', 2],
      ['x', 'z', 1],
    ]);
  });
});

describe('profiles', () => {
  test('activities, cases, handling, and how much at once', () => {
    const { people, unnamedInstances } = profilesOf(
      workOf([
        row('1', 'A', 'x', 0, 100),
        row('2', 'A', 'x', 50, 150),
        row('2', 'B', 'x', 150, 160),
        row('3', 'B', 'x', 300, 300),
        row('3', 'C', 'y', 300, 400),
        row('3', 'C', null, 500, 600),
      ]),
      [0, 100_000, 200_000, 300_000],
    );
    expect(unnamedInstances).toBe(1);
    expect(people.map(({ resource, instances, cases }) => [resource, instances, cases])).toEqual([
      ['x', 4, 3],
      ['y', 1, 1],
    ]);
    const [x] = people;
    expect(x!.activities).toEqual([
      { activity: 'A', instances: 2 },
      { activity: 'B', instances: 2 },
    ]);
    expect(x!.busySeconds).toBe(160);
    expect(x!.multitaskingShare).toBeCloseTo(50 / 160, 12);
    expect([x!.mostAtOnce, x!.medianHandlingSeconds, x!.daysSeen]).toEqual([2, 55, 1]);
    expect(x!.workload).toEqual([2, 1, 0, 1]);
  });

  test('without handling times nothing is said about them', () => {
    const { people } = profilesOf(workOf([{ of: '1', does: 'A', by: 'x', at: 5 }]), [0]);
    const { busySeconds, multitaskingShare, medianHandlingSeconds } = people[0]!;
    expect([busySeconds, multitaskingShare, medianHandlingSeconds]).toEqual([null, null, null]);
  });
});

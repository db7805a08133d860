import { describe, expect, test } from 'vitest';
import { activityInstances, type Instances, type LifecycleView } from './instances.ts';
import { logOf, type TestEvent } from './testing.ts';

/** 'A 1-3' per piece of work in order; '?' after it when the handling time is not known. */
function told(work: Instances): string[] {
  return Array.from({ length: work.size }, (_, i) => {
    const name = work.log.activities.text(work.activity[i]!);
    const span = `${work.startMs[i]! / 1000}-${work.endMs[i]! / 1000}`;
    return `${name} ${span}${work.measured[i] ? '' : '?'}`;
  });
}

const start = (does: string, at: number, work?: string): TestEvent => ({
  of: 'c',
  does,
  at,
  life: 'start',
  ...(work ? { work } : {}),
});
const done = (does: string, at: number, work?: string): TestEvent => ({
  of: 'c',
  does,
  at,
  ...(work ? { work } : {}),
});

describe('pieces of work', () => {
  test.each<[string, TestEvent[], LifecycleView, string[], number]>([
    [
      'a start and its completion are one',
      [start('A', 1), done('A', 3)],
      'instances',
      ['A 1-3'],
      2,
    ],
    ['a completion alone has no handling time', [done('A', 3)], 'instances', ['A 3-3?'], 1],
    [
      'a start alone is no piece of work',
      [start('A', 1), done('B', 2)],
      'instances',
      ['B 2-2?'],
      2,
    ],
    [
      'first started, first completed',
      [start('A', 1), start('A', 2), done('A', 5), done('A', 6)],
      'instances',
      ['A 1-5', 'A 2-6'],
      4,
    ],
    [
      'a named piece of work keeps its own start',
      [start('A', 1, 'x'), start('A', 2, 'y'), done('A', 5, 'y'), done('A', 6, 'x')],
      'instances',
      ['A 1-6', 'A 2-5'],
      4,
    ],
    [
      'order is by start, then end, then position',
      [start('A', 1), start('B', 1), done('C', 2), done('B', 3), done('A', 4), done('D', 4)],
      'instances',
      ['B 1-3', 'A 1-4', 'C 2-2?', 'D 4-4?'],
      6,
    ],
    [
      'other lifecycles are left out',
      [{ of: 'c', does: 'A', at: 0, life: 'schedule' }, done('A', 1)],
      'instances',
      ['A 1-1?'],
      1,
    ],
    ['complete reads completions only', [start('A', 1), done('A', 3)], 'complete', ['A 3-3?'], 1],
    ['all reads everything', [start('A', 1), done('A', 3)], 'all', ['A 1-1?', 'A 3-3?'], 2],
    ['a row with start and end', [{ ...done('A', 3), from: 1 }], 'instances', ['A 1-3'], 1],
    ['such a row as completion', [{ ...done('A', 3), from: 1 }], 'complete', ['A 3-3?'], 1],
    [
      'completions of rows stand in the order of their ends',
      [
        { ...done('A', 9), from: 1 },
        { ...done('B', 3), from: 2 },
      ],
      'complete',
      ['B 3-3?', 'A 9-9?'],
      2,
    ],
    ['an end before its start counts as none', [{ ...done('A', 1), from: 3 }], 'all', ['A 3-3'], 1],
    ['a row not ended', [{ ...done('A', Number.NaN), from: 3 }], 'all', ['A 3-3?'], 1],
  ])('%s', (_, events, view, expected, read) => {
    const work = activityInstances(logOf(events), view);
    expect(told(work)).toEqual(expected);
    expect(work.events).toBe(read);
    expect(work.leftOut).toBe(events.length - read);
  });

  test('what does not fit is counted, never dropped in silence', () => {
    const events = [start('A', 1), done('B', 2), { ...done('C', 2), from: 5 }];
    const work = activityInstances(logOf(events), 'instances');
    const { unfinished, unstarted, backwards } = work;
    expect({ unfinished, unstarted, backwards }).toEqual({
      unfinished: 1,
      unstarted: 1,
      backwards: 1,
    });
  });

  test('a case far out of order is put right', () => {
    const events = Array.from({ length: 5_000 }, (_, i) => done(`A${i % 7}`, 5_000 - i));
    const work = activityInstances(logOf(events), 'all');
    expect(work.startMs.every((ms, i) => i === 0 || work.startMs[i - 1]! <= ms)).toBe(true);
  });
});

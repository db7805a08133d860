import { expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { usualHours } from './usual-hours.ts';

const hour = 3_600;
/** Monday 1970-01-05 00:00 UTC. */
const monday = 4 * 24 * hour;

/** Pieces of work of x, ten a day at quarters from `from` on, on some days of many weeks. */
function shifts(weekdays: readonly number[], hours: readonly number[]): TestEvent[] {
  return Array.from({ length: 10 }, (_, week) =>
    weekdays.flatMap((day) =>
      hours.map((at, k) => ({
        of: `${week} ${day} ${k}`,
        does: 'A',
        by: 'x',
        from: monday + (week * 7 + day - 1) * 24 * hour + at * hour,
        at: monday + (week * 7 + day - 1) * 24 * hour + (at + 0.2) * hour,
      })),
    ),
  ).flat();
}
const told = (events: readonly TestEvent[], offsetHours: number) =>
  usualHours(activityInstances(logOf(events), 'instances'), offsetHours * hour * 1000);

test('the hours in which somebody begins work, on the clock of the place', () => {
  const morning = [1, 1.5, 2, 2.5, 3, 3.5];
  const afternoon = [5.5, 6, 6.5, 7, 7.5, 8, 8.75];
  const office = shifts([1, 2, 3, 4, 5], [...morning, ...afternoon]);
  expect(told(office, 8)).toEqual(['1-5 09:00-17:00']);
});

test('a night shift is cut at midnight', () => {
  const night = shifts([1], [13, 14, 15, 15.5]).concat(shifts([2], [16.5, 17]));
  expect(told(night, 8)).toEqual(['1 21:00-24:00; 3 00:00-01:00']);
});

test('too little, or all hours, tells nothing', () => {
  expect(told(shifts([1], [1]), 8)).toEqual([null]);
  const always = shifts(
    [1, 2, 3, 4, 5, 6, 7],
    Array.from({ length: 24 }, (_, k) => k),
  );
  expect(told(always, 0)).toEqual([null]);
});

import { describe, expect, test } from 'vitest';
import { dueOf, nextOfCycle } from './timer.ts';

/** 2026-11-21 09:00 in Beijing. */
const at = Date.UTC(2026, 10, 21, 1);
const day = 86_400_000;

describe('when a timer is due', () => {
  test.each([
    // kind, value, dueAt, repeats
    ['date', '2026-11-22T09:00:00+08:00', at + day, 0],
    ['date', '2026-11-22T01:00:00Z', at + day, 0],
    ['date', '2026-11-22T09:00:00', at + day, 0],
    ['date', '2026-11-22', at + day - 9 * 3_600_000, 0],
    ['duration', 'P2D', at + 2 * day, 0],
    ['duration', 'PT90M', at + 5_400_000, 0],
    ['duration', 'P1M', Date.UTC(2026, 11, 21, 1), 0],
    ['cycle', 'R4/PT5S', at + 5_000, 3],
    ['cycle', 'R/P1D', at + day, -1],
    ['cycle', 'R2/2026-11-22T09:00:00+08:00/P1D', at + day, 1],
  ] as const)('%s %s', (kind, value, dueAt, repeats) => {
    expect(dueOf(kind, value, at)).toEqual({ dueAt, repeats });
  });

  test.each([
    ['date', 'tomorrow'],
    ['date', 5n],
    ['duration', 'P'],
    ['cycle', 'R0/PT5S'],
    ['cycle', 'PT5S'],
    ['duration', null],
  ] as const)('%s %s is none', (kind, value) => {
    expect(dueOf(kind, value, at)).toBeNull();
  });

  test('a cycle goes on from when it was due, not from when it was seen', () => {
    expect(nextOfCycle('R3/P1M', Date.UTC(2026, 0, 31, 1))).toBe(Date.UTC(2026, 1, 28, 1));
    expect(nextOfCycle('never', at)).toBeNull();
  });
});

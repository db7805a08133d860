import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { hiddenTimers, waitingFor } from './timers.ts';

const day = 86_400;

/**
 * An offer is made, two thirds are answered within 25 days, the others expire `after` days later by
 * the hand `by`, some minutes early or late. `after` null: an unanswered offer ends by chance.
 */
function offers(after: number | null, by: string | null, cases = 600) {
  let state = 7;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const events = Array.from({ length: cases }, (_, k): TestEvent[] => {
    const at = k * 3_000;
    const sent = at + chance() * 3 * day;
    const first = [
      { of: String(k), does: 'apply', by: `clerk ${k % 5}`, at },
      { of: String(k), does: 'send offer', by: `clerk ${k % 7}`, at: sent },
    ];
    if (k % 3 > 0) {
      return [...first, { of: String(k), does: 'accept', by: 'x', at: sent + chance() * 25 * day }];
    }
    const wait = after === null ? chance() * 60 * day : after * day + (chance() - 0.5) * 3_600;
    const hand = by === 'clerks' ? `clerk ${k % 5}` : by;
    const end = { of: String(k), does: 'cancel', at: sent + wait };
    return [...first, hand === null ? end : { ...end, by: hand }];
  });
  return activityInstances(logOf(events.flat()), 'complete');
}

describe('timers hidden in a log', () => {
  test.each([
    [30, null],
    [30, 'SYSTEM'],
    [14, 'SYSTEM'],
    [0.5, null],
  ] as const)('an expiry after %s days by %s is found, from what it counts', (after, by) => {
    const found = hiddenTimers(offers(after, by));
    expect(found.map(({ anchor, activity, executions }) => [anchor, activity, executions])).toEqual(
      [['send offer', 'cancel', expect.any(Number)]],
    );
    const [timer] = found;
    expect(timer!.executions).toBeGreaterThan(190);
    expect(Math.abs(timer!.medianSeconds / day - after)).toBeLessThan(0.02);
    expect(timer!.by).toBe(by);
  });

  test('what people do at all times, or many people do on time, is no timer', () => {
    expect(hiddenTimers(offers(null, 'SYSTEM'))).toEqual([]);
    expect(hiddenTimers(offers(30, 'clerks'))).toEqual([]);
    expect(hiddenTimers(offers(30, 'SYSTEM', 45))).toEqual([]); // 15 are too few
  });

  test('MOD-05 waiting for a timer, the customer and the bank add up', () => {
    const work = offers(30, null);
    const told = waitingFor(work, hiddenTimers(work), ['accept']);
    const { waitSeconds, timerSeconds, customerSeconds, bankSeconds } = told;
    expect(timerSeconds / day / 200).toBeCloseTo(30, 1);
    expect(customerSeconds! / day / 400).toBeGreaterThan(10);
    expect(timerSeconds + customerSeconds! + bankSeconds).toBeCloseTo(waitSeconds, 3);
    expect(waitingFor(work, [], []).customerSeconds).toBeNull();
  });
});

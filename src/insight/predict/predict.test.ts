import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import {
  aucOf,
  chooseLikenesses,
  judgeLate,
  judgeOutcome,
  judgeTime,
  startShare,
} from './evaluate.ts';
import { forecastOf, learn, leftOf, likeOf } from './model.ts';
import { predictionsOf } from './predictions.ts';
import { prefixesOf } from './prefixes.ts';
import { runningCases, stillRunning } from './running.ts';

const day = 86_400;
const dayMs = day * 1000;

/**
 * Case k begins every 0.1 days with A; two in three take the short way B (over after 1 to 3 days),
 * the others the long way C (over after 10 to 20); the way is seen half a day after the beginning.
 * Nothing after `untilDay` is in the log.
 */
function office(cases: number, untilDay = Number.POSITIVE_INFINITY) {
  let state = 5;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const events = Array.from({ length: cases }, (_, k): TestEvent[] => {
    const [from, long, share] = [k * 0.1, k % 3 === 0, chance()];
    const over = from + 0.5 + (long ? 10 + 10 * share : 1 + 2 * share);
    return [
      { of: String(k), does: 'A', at: from * day },
      { of: String(k), does: long ? 'C' : 'B', at: (from + 0.5) * day },
      { of: String(k), does: long ? 'decline' : 'pay', at: over * day },
    ];
  });
  const seen = events.flat().filter(({ at }) => at <= untilDay * day);
  return activityInstances(logOf(seen), 'complete');
}

describe('forecasts judged on later cases', () => {
  const work = office(1_200);
  const prefixes = prefixesOf(work);
  const splitMs = startShare(prefixes, 0.7);
  const likenesses = chooseLikenesses(prefixes, splitMs);
  const model = learn(prefixes, likenesses, splitMs);

  test('the way is what counts, and it is found on the past alone', () => {
    expect(likenesses[0]).toBe('last');
    const cut = startShare(prefixes, 0.7);
    expect(chooseLikenesses(prefixesOf(office(1_200, cut / dayMs)), cut)).toEqual(likenesses);
  });

  test('the error is far below naive answers, and the interval holds what it says', () => {
    const { cases, errorMs, naiveMeanMs, naiveMedianMs, coverage } = judgeTime(model)!;
    expect(cases).toBe(360);
    // At A nobody can know the way; after it the answer is off by some 2.5 or 0.5 days.
    expect(errorMs / dayMs).toBeLessThan(3.2);
    expect(errorMs).toBeLessThan(0.75 * naiveMeanMs);
    expect(errorMs).toBeLessThan(0.75 * naiveMedianMs);
    expect(coverage).toBeGreaterThan(0.74);
    expect(coverage).toBeLessThan(0.9);
  });

  test('who takes longer than five days, and who is declined, is told apart', () => {
    const late = judgeLate(model, 5 * dayMs)!;
    const declined = Uint8Array.from({ length: work.log.cases.size }, (_, c) =>
      Number(work.log.cases.text(c)) % 3 === 0 ? 1 : 0,
    );
    const outcome = judgeOutcome(model, declined, new Uint8Array(prefixes.size))!;
    for (const { auc, brier, naiveBrier, moments, hits } of [late, outcome]) {
      expect([moments, hits]).toEqual([720, 240]);
      expect(auc).toBeGreaterThan(0.8);
      expect(brier).toBeLessThan(0.6 * naiveBrier);
    }
  });

  test('cases not over yet do not make the past look quick', () => {
    // Learnt on day 30: long cases begun after day 10 are mostly not over.
    const early = learn(prefixes, ['last'], 30 * dayMs);
    const [c] = [3 * 3]; // a case of the long way; its second moment
    const like = likeOf(early, prefixes, prefixes.firstOfCase[c]! + 1);
    const left = leftOf(early, like);
    expect(left.over.includes(0)).toBe(true);
    const median = forecastOf(left, like)!.medianMs / dayMs;
    const over = left.ms.filter((_, k) => left.over[k] === 1).sort();
    const blind = over[over.length >> 1]! / dayMs;
    expect(Math.abs(median - 15)).toBeLessThan(1.2);
    expect(blind).toBeLessThan(median);
  });

  test('a case that has been still is compared with those that were still as long', () => {
    const c = prefixes.caseOf[0]!; // the long way
    const at = prefixes.firstOfCase[c]! + 1;
    const idleMs = 14 * dayMs;
    const like = likeOf(model, prefixes, at, idleMs);
    const forecast = forecastOf(leftOf(model, like, idleMs), like)!;
    expect(forecast.medianMs / dayMs).toBeGreaterThan(2);
    expect(forecast.medianMs / dayMs).toBeLessThan(4); // of 14 to 20 days, 3 are left
  });
});

describe('cases under way at the end of a log', () => {
  const untilDay = 60;
  const work = office(1_200, untilDay);
  const prefixes = prefixesOf(work);
  const atMs = untilDay * dayMs;

  test('they are told from those that are over', () => {
    const running = stillRunning(prefixes, atMs);
    const wrong = Array.from(running.keys()).filter((c) => {
      if (prefixes.firstOfCase[c] === prefixes.firstOfCase[c + 1]) return running[c] === 1;
      const last = work.log.activities.text(work.activity[prefixes.firstOfCase[c + 1]! - 1]!);
      return (last === 'pay' || last === 'decline') === (running[c] === 1);
    });
    expect(wrong).toEqual([]);
  });

  test('those that will be late come first, those that are say so', () => {
    const model = learn(prefixes, ['last'], atMs);
    const open = stillRunning(prefixes, atMs);
    const asked = { atMs, limitMs: 12 * dayMs, outcome: null, open };
    const running = runningCases(model, asked);
    const chances = running.map(({ chanceLate }) => chanceLate ?? 0);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    for (const { elapsedMs, warning } of running) {
      expect(warning === 'broken').toBe(elapsedMs > 12 * dayMs);
    }
    const short = running.filter(
      ({ prefix }) => work.log.activities.text(work.activity[prefix]!) === 'B',
    );
    expect(short.length).toBeGreaterThan(0);
    expect(short.every(({ warning }) => warning === 'fine')).toBe(true);
  });
});

test('where no later case is over, nothing is said of the error', () => {
  const work = office(40, 0.65);
  const open = new Uint8Array(work.log.cases.size).fill(1);
  const asked = { attributes: [], heldOut: 0.3, outcome: null, open, atMs: null, limitMs: dayMs };
  const told = predictionsOf(work, asked);
  expect([told.time, told.late, told.outcome]).toEqual([null, null, null]);
  expect(told.running.length).toBe(7);
});

test('the whole of it: cases under way are not judged, and count as not over', () => {
  const work = office(1_200, 60);
  const asked = { attributes: [], heldOut: 0.3, outcome: null, open: null, atMs: null };
  const told = predictionsOf(work, { ...asked, limitMs: 5 * dayMs });
  const begun = 601; // until day 60
  expect(told.running.length).toBeGreaterThan(40);
  expect(told.time?.cases).toBeLessThanOrEqual(Math.ceil(0.3 * begun) - told.running.length + 60);
  expect(told.late?.auc).toBeGreaterThan(0.8);
  // Of the long way, what goes on is not shorter for being seen only in part.
  const long = told.running.filter(({ chanceLate }) => (chanceLate ?? 0) > 0.9);
  expect(long.length).toBeGreaterThan(20);
});

test.each([
  [[0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.75],
  [[1, 1, 1, 1], [0, 1, 0, 1], 0.5],
  [[0.2, 0.9], [0, 1], 1],
  [[0.2, 0.9], [1, 1], null],
])('the area under the curve of %j, %j is %s', (chances, marks, auc) => {
  expect(aucOf(chances, marks)).toBe(auc);
});

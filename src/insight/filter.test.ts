import { describe, expect, test } from 'vitest';
import type { EventLog } from './event-log.ts';
import { type Filter, filtered } from './filter.ts';
import { logOf, type TestEvent } from './testing.ts';

const plain = logOf(
  (
    [
      ['1', 'Apply', 0, 'ann'],
      ['1', 'Check', 10, 'bob'],
      ['1', 'Pay', 20, 'eve'],
      ['2', 'Apply', 5, 'ann'],
      ['2', 'Check', 6, 'eve'],
      ['2', 'Pay', 7, 'eve'],
      ['3', 'Apply', 30, 'ann'],
      ['3', 'Reject', 90, 'bob'],
      ['4', 'Apply', 40, undefined],
      ['4', 'Pay', 41, undefined],
      ['4', 'Check', 42, undefined],
    ] as const
  ).map(([of, does, at, by]): TestEvent => ({ of, does, at, ...(by ? { by } : {}) })),
);

const texts = (...all: string[]) => ({ size: all.length, text: (code: number) => all[code]! });
const log: EventLog = {
  ...plain,
  attributes: [
    {
      name: 'goal',
      of: 'case',
      values: texts('car', 'home'),
      code: Int32Array.of(0, 1, 0, -1),
    },
    {
      name: 'amount',
      of: 'event',
      values: texts('10', '70', 'much'),
      code: Int32Array.from(plain.activity, (_, i) => (i === 4 ? 1 : i === 5 ? 2 : 0)),
    },
  ],
};

/** The cases a stack of filters leaves, and how many each step left. */
function left(...filters: Filter[]): [string, number[]] | string {
  const result = filtered(log, 'complete', filters);
  if (!result.ok) return result.code;
  const { work, steps } = result.value;
  const cases: string[] = [];
  for (let c = 0; c < log.cases.size; c++) {
    if (work.firstOfCase[c] !== work.firstOfCase[c + 1]) cases.push(log.cases.text(c));
  }
  return [cases.join(' '), steps.map((step) => step.casesAfter)];
}

describe('a stack of filters', () => {
  test.each<[string, Filter[], string]>([
    ['no filter', [], '1 2 3 4'],
    ['with an activity', [{ kind: 'with', activity: 'Pay' }], '1 2 4'],
    ['without it', [{ kind: 'without', activity: 'Pay' }], '3'],
    ['starts', [{ kind: 'starts', activities: ['Apply'] }], '1 2 3 4'],
    ['ends', [{ kind: 'ends', activities: ['Pay', 'Reject'] }], '1 2 3'],
    ['in a time', [{ kind: 'time', fromMs: 5_000, toMs: 42_000 }], '2 4'],
    ['from a time', [{ kind: 'time', fromMs: 5_000, toMs: null }], '2 3 4'],
    ['at least so long', [{ kind: 'duration', leastMs: 20_000, mostMs: null }], '1 3'],
    ['at most so long', [{ kind: 'duration', leastMs: null, mostMs: 2_000 }], '2 4'],
    ['the commonest variants', [{ kind: 'variants', share: 0.5 }], '1 2'],
    ['in this order', [{ kind: 'follows', first: 'Check', second: 'Pay' }], '1 2'],
    ['directly after one another', [{ kind: 'directly', first: 'Apply', second: 'Pay' }], '4'],
    [
      'so long in between',
      [{ kind: 'gap', first: 'Apply', second: 'Check', leastMs: 2_000, mostMs: null }],
      '1',
    ],
    ['one person did both', [{ kind: 'same_person', first: 'Check', second: 'Pay' }], '2'],
    ['four eyes', [{ kind: 'four_eyes', first: 'Check', second: 'Pay' }], '1'],
    ['someone had a hand in it', [{ kind: 'resource', resource: 'bob' }], '1 3'],
    [
      'a value of the case',
      [{ kind: 'attribute', attribute: 'goal', values: ['car'], least: null, most: null }],
      '1 3',
    ],
    [
      'a number of an event',
      [{ kind: 'attribute', attribute: 'amount', values: null, least: 50, most: 100 }],
      '2',
    ],
  ])('%s', (_, filters, expected) => {
    expect(left(...filters)[0]).toBe(expected);
  });

  test('each filter sees what the ones before it left', () => {
    const pay: Filter = { kind: 'with', activity: 'Pay' };
    const quick: Filter = { kind: 'duration', leastMs: null, mostMs: 2_000 };
    const common: Filter = { kind: 'variants', share: 0.5 };
    expect(left(pay, quick, common)).toEqual(['2', [3, 2, 1]]);
    expect(left(common, quick)).toEqual(['2', [2, 1]]);
  });

  test('figures of the rest count only the rest', () => {
    const result = filtered(log, 'complete', [{ kind: 'with', activity: 'Reject' }]);
    expect(result.ok && [result.value.work.size, result.value.work.events]).toEqual([2, 2]);
  });

  test.each<[string, Filter, string]>([
    ['an activity nobody knows', { kind: 'with', activity: 'Fly' }, 'filter_activity_unknown'],
    ['one of two', { kind: 'follows', first: 'Pay', second: 'Fly' }, 'filter_activity_unknown'],
    ['nothing left', { kind: 'duration', leastMs: 1e9, mostMs: null }, 'filter_leaves_nothing'],
  ])('%s', (_, filter, code) => {
    expect(left(filter)).toBe(code);
  });
});

import { expect, test } from 'vitest';
import { type AgeingEntry, openItems } from './general/ageing.ts';
import { type JudicialFreeze, moveLine } from './judicial-freeze.ts';
import { interestOnAccumulated, partAdjustment, type ValueAdjustment } from './value-adjustment.ts';

const adjustment: ValueAdjustment = {
  ...{ transferId: 't', accountId: 'a', accountingDate: '2026-10-10', valueDate: '2026-09-10' },
  ...{ changeMinor: 100n, days: 30, accumulatedMinor: 3_000n },
};

test.each([
  // settled to     open days  open   settled days  settled
  [null, 30, 3_000n, 0, 0n],
  ['2026-09-01', 30, 3_000n, 0, 0n],
  ['2026-09-10', 30, 3_000n, 0, 0n],
  ['2026-09-21', 19, 1_900n, 11, 1_100n],
  ['2026-10-10', 0, 0n, 30, 3_000n],
  ['2026-12-21', 0, 0n, 30, 3_000n],
] as const)('settled to %s: %i days open, %s; %i settled, %s', (settledTo, ...wanted) => {
  const parted = partAdjustment(adjustment, settledTo);
  expect([
    ...[parted.openDays, parted.openAccumulatedMinor],
    ...[parted.settledDays, parted.settledAccumulatedMinor],
  ]).toEqual(wanted);
});

test.each([
  [3_650_000n, 10_000n, 365n, 100n],
  [18_250n, 10_000n, 365n, 1n],
  [18_249n, 10_000n, 365n, 0n],
  [-18_250n, 10_000n, 365n, -1n],
] as const)('interest on %s at %s ppm of a year of %s: %s', (accumulated, rate, year, interest) => {
  expect(interestOnAccumulated(accumulated, rate, year)).toBe(interest);
});

const entry = (accountingDate: string, changeMinor: bigint): AgeingEntry => ({
  ...{ accountingDate, changeMinor, postingNumber: 1n },
});

test.each([
  ['nothing', [], []],
  ['one', [entry('2026-11-01', 5n)], [['2026-11-01', 19, 5n]]],
  ['cleared', [entry('2026-11-01', 5n), entry('2026-11-02', -5n)], []],
  [
    'the oldest first',
    [entry('2026-11-01', 5n), entry('2026-11-10', 7n), entry('2026-11-11', -6n)],
    [['2026-11-10', 10, 6n]],
  ],
  [
    'turned round',
    [entry('2026-11-01', 5n), entry('2026-11-10', -9n), entry('2026-11-19', 1n)],
    [['2026-11-10', 10, -3n]],
  ],
] as const)('open items: %s', (_what, entries, wanted) => {
  const items = openItems(entries, '2026-11-20');
  expect(items.map(({ since, days, openMinor }) => [since, days, openMinor])).toEqual(wanted);
  const balance = entries.reduce((sum, { changeMinor }) => sum + changeMinor, 0n);
  expect(items.reduce((sum, { openMinor }) => sum + openMinor, 0n)).toBe(balance);
});

const freeze = (placeInLine: number, status: JudicialFreeze['status'], frozenUntil: string) => ({
  ...{ freezeId: `f${placeInLine}`, placeInLine, status, amountMinor: null, frozenUntil },
});

test.each([
  ['the only one', [freeze(1, 'waiting', '2027-01-01')], [], 'f1'],
  [
    'behind another',
    [freeze(1, 'in_effect', '2027-01-01'), freeze(2, 'waiting', '2027-01-01')],
    [],
    null,
  ],
  [
    'after a lifted one',
    [
      freeze(3, 'waiting', '2027-01-01'),
      freeze(1, 'lifted', '2027-01-01'),
      freeze(2, 'waiting', '2027-01-01'),
    ],
    [],
    'f2',
  ],
  [
    'the one before is over, and so is the next',
    [
      freeze(1, 'in_effect', '2026-11-20'),
      freeze(2, 'waiting', '2026-11-19'),
      freeze(3, 'waiting', '2026-11-21'),
    ],
    ['f1', 'f2'],
    'f3',
  ],
] as const)('a line of freezes: %s', (_what, line, expired, next) => {
  const change = moveLine(line, '2026-11-20');
  expect(change.expired.map(({ freezeId }) => freezeId)).toEqual(expired);
  expect(change.takesEffect?.freezeId ?? null).toBe(next);
});

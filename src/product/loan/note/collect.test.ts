import { expect, test } from 'vitest';
import { formatAmount } from '../../../base/money.ts';
import { decideCollection, repaymentRecords, takenBy } from './collect.ts';
import { openNote } from './decide.ts';
import { duesOf } from './plan.ts';
import { evolve, type NoteState, type NoteTerms, noteAfter } from './state.ts';

const terms: NoteTerms = {
  noteNumber: 'JJ-1',
  productCode: 'working_capital',
  currency: 'CNY',
  principalMinor: 12_000_000n,
  start: '2026-01-08',
  maturity: '2027-01-08',
  method: 'equal_instalments',
  dayCount: 'month_360',
  overdueDayCount: 'act_360',
  settlementDay: 20,
  graceDays: 0,
  upliftPpm: 500_000n,
  compounds: true,
  allocation: {
    byInstalment: true,
    order: ['penalty', 'compound', 'interest', 'principal'],
    principalFirstAfterDays: 90,
  },
  agreement: { kind: 'fixed', ratePpm: 43_500n },
};

/** 120,000.00 at 4.35 % over twelve months: 10,237.19 on the eighth of each month. */
function note(differs: Partial<NoteTerms> = {}): NoteState {
  const own = { ...terms, ...differs };
  return noteAfter([openNote(own, { dues: duesOf(own), shares: [], ratePpm: 43_500n })]);
}

const shown = (minor: bigint): string => formatAmount(minor, 'CNY');

test.each([
  // date, on the deposit, days of grace: penalty, compound, interest, principal
  ['2026-02-08', 9_999_999n, 0, '0.00', '0.00', '435.00', '9802.19'],
  ['2026-02-08', 100_000n, 0, '0.00', '0.00', '435.00', '565.00'],
  // 9,802.19 for ten days at 6.525 %, and so 435.00.
  ['2026-02-18', 9_999_999n, 0, '17.77', '0.79', '435.00', '9802.19'],
  ['2026-02-18', 1_800n, 0, '17.77', '0.23', '0.00', '0.00'],
  ['2026-02-18', 9_999_999n, 10, '0.00', '0.00', '435.00', '9802.19'],
  ['2026-02-18', 9_999_999n, 9, '17.77', '0.79', '435.00', '9802.19'],
] as const)(
  'on %s with %s, grace %s: %s, %s, %s, %s',
  (date, availableMinor, graceDays, ...all) => {
    const decided = decideCollection(note({ graceDays }), { date, availableMinor });
    expect(decided).toMatchObject({ ok: true });
    if (!decided.ok) return;
    const { penalty, compound, interest, principal } = takenBy(decided.value);
    expect([penalty, compound, interest, principal].map(shown)).toEqual(all);
  },
);

test.each([
  ['2026-02-07', 500n, 'nothing_due'],
  ['2026-02-07', 0n, 'nothing_due'],
  ['2026-02-08', 0n, 'deposit_is_empty'],
  ['2026-01-07', 500n, 'loan_date_in_past'],
  ['2026-02-08', 1n, null],
] as const)('on %s with %s: %s', (date, availableMinor, code) => {
  const decided = decideCollection(note(), { date, availableMinor });
  expect(decided.ok ? null : decided.code).toBe(code);
});

test('parts of an instalment are kept one by one; the last of them clears it', () => {
  let state = note();
  const kept: unknown[] = [];
  for (const [date, availableMinor] of [
    ['2026-02-08', 500_000n],
    ['2026-02-18', 100_000n],
    ['2026-02-28', 9_999_999n],
  ] as const) {
    const decided = decideCollection(state, { date, availableMinor });
    if (!decided.ok) throw new Error(decided.code);
    state = evolve(state, decided.value);
    for (const { values } of repaymentRecords(state, decided.value)) {
      kept.push([values.instalmentNumber, values.principalMinor, values.clears]);
    }
  }
  // 435.00 of interest first; then 5,237.19 of principal costs 9.49 in ten days.
  expect(kept).toEqual([
    [1n, 456_500n, false],
    [1n, 99_051n, false],
    [1n, 424_668n, true],
  ]);
  expect(state.outstandingMinor).toBe(12_000_000n - 980_219n);
});

test('a payment leaves the receivable by as much interest as was booked', () => {
  const state = { ...note(), receivableMinor: 40_000n };
  const date = '2026-02-08';
  const decided = decideCollection(state, { date, availableMinor: 9_999_999n });
  if (!decided.ok) throw new Error(decided.code);
  expect(decided.value.receivableMinor).toBe(40_000n);
  const after = evolve(state, decided.value);
  expect(after.receivableMinor).toBe(0n);
  expect(repaymentRecords(after, decided.value)[0]?.values.receivableMinor).toBe(40_000n);
});

import { expect, test } from 'vitest';
import type { FiveLevel } from '../classify/five-levels.ts';
import { decideRestructuring } from './change.ts';
import { openNote } from './decide.ts';
import { duesOf } from './plan.ts';
import { evolve, type NoteState, type NoteTerms, noteAfter } from './state.ts';

const terms: NoteTerms = {
  ...{ noteNumber: 'JJ-1', productCode: 'working_capital', currency: 'CNY' },
  ...{ principalMinor: 12_000_000n, start: '2026-01-08', maturity: '2027-01-08' },
  ...{ method: 'interest_first', dayCount: 'act_360', overdueDayCount: 'act_360' },
  ...{ settlementDay: 20, graceDays: 0, upliftPpm: 500_000n, compounds: true },
  allocation: {
    byInstalment: true,
    order: ['interest', 'principal'],
    principalFirstAfterDays: null,
  },
  agreement: { kind: 'fixed', ratePpm: 43_500n },
};

const opened: NoteState = noteAfter([
  openNote(terms, { dues: duesOf(terms), shares: [], ratePpm: 43_500n }),
]);

/** Restructured on a day from a class; the class it is watched at from then on. */
function restructured(state: NoteState, date: string, level: FiveLevel): NoteState {
  const order = {
    date,
    method: 'equal_principal',
    months: 24,
    agreement: terms.agreement,
  } as const;
  const decided = decideRestructuring({ ...state, level }, order, { restructuredMonths: 12 });
  if (!decided.ok) throw new Error(decided.code);
  return evolve(state, decided.value);
}

test.each([
  ['normal', 'special_mention'],
  ['special_mention', 'special_mention'],
  ['substandard', 'substandard'],
  ['loss', 'loss'],
] as const)(
  'restructured as %s it is watched as %s: no class gets better by it',
  (was, watched) => {
    expect(restructured(opened, '2026-05-08', was).observedLevel).toBe(watched);
  },
);

test.each([
  ['2027-05-07', 'substandard'],
  ['2027-05-08', 'special_mention'],
] as const)('restructured once more on %s: %s', (date, watched) => {
  const first = restructured(opened, '2026-05-08', 'normal');
  expect(restructured(first, date, 'special_mention').observedLevel).toBe(watched);
});

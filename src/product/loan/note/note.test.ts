import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, daysBetween } from '../../../base/dates.ts';
import { formatAmount } from '../../../base/money.ts';
import type { Result } from '../../../base/result.ts';
import { agreedRate, type LprQuote, type RateAgreement } from '../pricing/lpr.ts';
import { decideExtension, decideRepricing, decideRestructuring } from './change.ts';
import { decidePrepayment, decideRepayment, duesOn, openNote, totalOf } from './decide.ts';
import { earnedBy } from './earned.ts';
import { decideRecovery, decideWriteOff } from './loss.ts';
import { nightOf } from './nightly.ts';
import { annuityMinor, duesOf, type Method, methods } from './plan.ts';
import { type NoteAccounts, postingOf } from './postings.ts';
import {
  daysOverdue,
  evolve,
  type NoteEvent,
  type NoteState,
  type NoteTerms,
  noteAfter,
} from './state.ts';
import { quotePrepayment } from './what-if.ts';

const shown = (minor: bigint): string => formatAmount(minor, 'CNY');
const fixed: RateAgreement = { kind: 'fixed', ratePpm: 43_500n };
const lpr: RateAgreement = {
  kind: 'lpr',
  term: 'one_year',
  quotedOn: '2025-12-22',
  quotedPpm: 30_000n,
  basisPoints: 135n,
  repricing: 'year_start',
};

const termsOf = (given: Partial<NoteTerms>): NoteTerms => ({
  noteNumber: 'JJ-1',
  productCode: 'WC1',
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
  agreement: fixed,
  ...given,
});

function opened(given: Partial<NoteTerms> = {}, shares: readonly bigint[] = []): NoteState {
  const terms = termsOf(given);
  const dues = duesOf(terms);
  return noteAfter([openNote(terms, { dues, shares, ratePpm: agreedRate(terms.agreement) })]);
}

function done<Event extends NoteEvent>(state: NoteState, decided: Result<Event>): NoteState {
  expect(decided).toMatchObject({ ok: true });
  return decided.ok ? evolve(state, decided.value) : state;
}

/** Pays all rows due on or before a day, each on its due date. */
function paidUpTo(state: NoteState, date: string): NoteState {
  return state.rows
    .filter(({ dueDate }) => dueDate <= date)
    .reduce((now, { dueDate }) => {
      const amountMinor = totalOf(duesOn(now, dueDate));
      return amountMinor === 0n
        ? now
        : done(now, decideRepayment(now, { date: dueDate, amountMinor }));
    }, state);
}

const rules = { allowed: true, leastMinor: 100_000n, feePpm: 10_000n, feeMonths: 12 };
const noFee = '2026-01-08';

describe('plans', () => {
  test.each([
    ['equal_instalments', 'month_360', '10237.19', '10237.17', '2846.26'],
    ['equal_principal', 'month_360', '10435.00', '10036.25', '2827.50'],
    ['interest_first', 'act_360', '188.50', '120261.00', '5292.50'],
    ['at_maturity', 'act_360', '125292.50', '125292.50', '5292.50'],
  ] as const)('%s, %s: first %s, last %s, interest %s', (method, dayCount, first, last, total) => {
    const { rows } = opened({ method, dayCount });
    const payment = (at: number): string =>
      shown(rows.at(at)!.principalMinor + rows.at(at)!.interestMinor);
    expect([payment(0), payment(-1)]).toEqual([first, last]);
    expect(shown(rows.reduce((sum, { interestMinor }) => sum + interestMinor, 0n))).toBe(total);
  });

  test('a free plan repays what was agreed row by row', () => {
    const shares = [0n, 0n, 3_000_000n, 0n, 0n, 4_000_000n, 0n, 0n, 0n, 0n, 0n, 5_000_000n];
    const { rows } = opened({ method: 'free_plan', dayCount: 'act_365' }, shares);
    expect(rows.map(({ principalMinor }) => principalMinor)).toEqual(shares);
    // 120,000 for 31 days, and after 1 July 50,000 for 31 days of July to August.
    expect(shown(rows[0]!.interestMinor)).toBe('443.34');
    expect(shown(rows[6]!.interestMinor)).toBe('184.73');
  });
});

describe('late', () => {
  const late = opened({ method: 'interest_first', dayCount: 'act_360', maturity: '2026-06-08' });

  test.each([
    // days after 20 January, grace, penalty on interest (compound)
    [0, 0, '0.00'],
    [5, 0, '0.17'],
    [5, 5, '0.00'],
    [6, 5, '0.20'],
  ] as const)('%s days late, %s of grace: %s', (days, graceDays, compound) => {
    const state = { ...late, terms: { ...late.terms, graceDays } };
    const [due] = duesOn(state, addDays('2026-01-20', days));
    expect(shown(due!.compound)).toBe(compound);
    expect(shown(due!.interest)).toBe('188.50');
  });

  test('oldest row first, penalty before principal; principal first after 90 days', () => {
    const state = opened({ dayCount: 'month_360' });
    const soon = decideRepayment(state, { date: '2026-03-01', amountMinor: 20_000n });
    expect(soon).toMatchObject({ ok: true, value: { payments: [{ number: 1, principal: 0n }] } });
    const later = decideRepayment(state, { date: '2026-06-08', amountMinor: 20_000n });
    expect(later).toMatchObject({
      ok: true,
      value: { payments: [{ number: 1, principal: 20_000n, interest: 0n, penalty: 0n }] },
    });
  });

  test('paying in two parts on one day costs what paying at once costs', () => {
    const state = opened({});
    const whole = totalOf(duesOn(state, '2026-04-20'));
    const once = done(state, decideRepayment(state, { date: '2026-04-20', amountMinor: whole }));
    const first = done(state, decideRepayment(state, { date: '2026-04-20', amountMinor: 77n }));
    const second = done(
      first,
      decideRepayment(first, { date: '2026-04-20', amountMinor: whole - 77n }),
    );
    expect(second.outstandingMinor).toBe(once.outstandingMinor);
    expect(totalOf(duesOn(second, '2026-04-20'))).toBe(0n);
  });

  test.each([
    ['2025-12-31', 1n, 'loan_date_in_past'],
    ['2026-02-08', 0n, 'amount_not_positive'],
    ['2026-02-07', 1n, 'nothing_due'],
    ['2026-02-08', 1_023_720n, 'exceeds_dues'],
    ['2026-02-08', 1_023_719n, null],
  ] as const)('on %s paying %s: %s', (date, amountMinor, code) => {
    const decided = decideRepayment(opened(), { date, amountMinor });
    expect(decided.ok ? null : decided.code).toBe(code);
  });
});

describe('prepayment', () => {
  const state = paidUpTo(opened({ maturity: '2028-01-08' }), '2026-06-08');

  test('the whole: principal and the interest of the days', () => {
    const decided = decidePrepayment(
      state,
      { date: '2026-06-23', principalMinor: null, mode: 'shorter_term' },
      rules,
      '2027-01-08',
    );
    const settled = done(state, decided);
    expect(settled.status).toBe('settled');
    expect(settled.outstandingMinor).toBe(0n);
    const { interestMinor, feeMinor, principalMinor } = (
      decided as { value: { interestMinor: bigint; feeMinor: bigint; principalMinor: bigint } }
    ).value;
    expect(interestMinor).toBe(
      (state.outstandingMinor * 43_500n * 15n + 180_000_000n) / 360_000_000n,
    );
    expect(feeMinor).toBe((principalMinor * 10_000n + 500_000n) / 1_000_000n);
  });

  test('a part: the same instalment and a shorter term, or the same term and less', () => {
    const order = { date: '2026-06-08', principalMinor: 4_000_000n };
    const quoted = quotePrepayment(state, order, rules, noFee);
    expect(quoted.ok).toBe(true);
    if (!quoted.ok) return;
    const [shorter, smaller] = quoted.value;
    const left = state.outstandingMinor - 4_000_000n;
    for (const quote of [shorter!, smaller!]) {
      expect(quote.outstandingMinor).toBe(left);
      expect(quote.rows.reduce((sum, row) => sum + row.principalMinor, 0n)).toBe(left);
      expect(quote.interestMinor).toBe(0n);
    }
    expect(smaller!.rows).toHaveLength(19);
    expect(shorter!.rows.length).toBeLessThan(19);
    expect(shorter!.savedInterestMinor > smaller!.savedInterestMinor).toBe(true);
    const payment = (row: { principalMinor: bigint; interestMinor: bigint }): bigint =>
      row.principalMinor + row.interestMinor;
    expect(payment(shorter!.rows[0]!)).toBe(payment(state.rows[0]!));
    expect(payment(smaller!.rows[0]!)).toBe(annuityMinor(left, 43_500n, 19n));
  });

  test.each([
    ['2026-06-01', 4_000_000n, rules, 'loan_date_in_past'],
    ['2026-06-10', 4_000_000n, { ...rules, allowed: false }, 'prepayment_not_allowed'],
    ['2026-07-08', 4_000_000n, rules, 'dues_are_open'],
    ['2026-06-10', 0n, rules, 'amount_not_positive'],
    ['2026-06-10', 99_000_000n, rules, 'exceeds_outstanding'],
    ['2026-06-10', 99_999n, rules, 'prepayment_too_small'],
    ['2026-06-10', 100_000n, rules, null],
  ] as const)('on %s of %s: %s', (date, principalMinor, given, code) => {
    const order = { date, principalMinor, mode: 'shorter_term' } as const;
    const decided = decidePrepayment(state, order, given, noFee);
    expect(decided.ok ? null : decided.code).toBe(code);
  });
});

describe('repricing, extension, restructuring', () => {
  const quotes: LprQuote[] = [{ publishedOn: '2026-12-21', term: 'one_year', ratePpm: 28_000n }];

  test('the running row bears the old rate up to the day and the new one after', () => {
    const terms = { agreement: lpr, method: 'interest_first', dayCount: 'act_360' } as const;
    const state = paidUpTo(opened({ ...terms, maturity: '2027-06-08' }), '2026-12-20');
    const after = done(state, decideRepricing(state, '2027-01-01', quotes));
    expect(agreedRate(after.agreement)).toBe(41_500n);
    const row = after.rows.find(({ dueDate }) => dueDate === '2027-01-20')!;
    // 11 days from 21 December at 4.35 %, 20 days from 1 January at 4.15 %.
    const wanted = (12_000_000n * (43_500n * 11n + 41_500n * 20n) + 180_000_000n) / 360_000_000n;
    expect(row.interestMinor).toBe(wanted);
  });

  test.each([
    [opened({}), '2027-01-01', 'rate_is_fixed'],
    [opened({ agreement: lpr }), '2026-12-31', 'not_a_repricing_day'],
    [opened({ agreement: { ...lpr, repricing: 'never' } }), '2027-01-01', 'not_a_repricing_day'],
    [opened({ agreement: { ...lpr, term: 'over_five_years' } }), '2027-01-01', 'lpr_not_published'],
    [opened({ agreement: lpr, maturity: '2026-12-08' }), '2027-01-01', 'nothing_to_come'],
  ] as const)('not repriced', (state, date, code) => {
    expect(decideRepricing(state, date, quotes)).toMatchObject({ ok: false, code });
  });

  const extension = { timesMax: 1, shortMonths: 12, mediumMonths: 60, longMonthsMax: 36 };
  test.each([
    // term in months, asked for until, refused
    [12, '2028-01-08', null],
    [12, '2028-01-09', 'extension_too_long'],
    [36, '2030-07-08', null],
    [36, '2030-07-09', 'extension_too_long'],
    [120, '2039-01-08', null],
    [120, '2039-01-09', 'extension_too_long'],
    [12, '2027-01-08', 'extension_not_longer'],
  ] as const)('a loan of %s months extended to %s: %s', (months, maturity, code) => {
    const given = { method: 'at_maturity', dayCount: 'act_360' } as const;
    const state = opened({ ...given, maturity: addMonths('2026-01-08', months) });
    const decided = decideExtension(state, { date: '2026-12-01', maturity }, extension);
    expect(decided.ok ? null : decided.code).toBe(code);
    if (!decided.ok) return;
    const after = evolve(state, decided.value);
    expect(after.maturity).toBe(maturity);
    const days = daysBetween('2026-01-08', maturity);
    expect(after.rows).toHaveLength(1);
    expect(after.rows[0]!.interestMinor).toBe(
      (12_000_000n * 43_500n * BigInt(days) + 180_000_000n) / 360_000_000n,
    );
    const again = decideExtension(after, { date: '2026-12-02', maturity: '2050-01-01' }, extension);
    expect(again).toMatchObject({ code: 'extended_too_often' });
  });

  test('restructured: all open principal anew, what was owed falls into the first row', () => {
    const state = opened({});
    const owed = duesOn(state, '2026-05-08').reduce(
      (sum, row) => sum + row.interest + row.penalty + row.compound,
      0n,
    );
    const terms = { method: 'equal_principal', months: 36, agreement: fixed } as const;
    const order = { date: '2026-05-08', ...terms };
    const after = done(state, decideRestructuring(state, order, { restructuredMonths: 12 }));
    expect(after.rows).toHaveLength(36);
    expect(after.rows.reduce((sum, row) => sum + row.principalMinor, 0n)).toBe(12_000_000n);
    expect(after.rows[0]!.interestMinor).toBe(owed + 43_500n);
    expect(daysOverdue(after, '2026-05-09')).toBe(0);
  });
});

const nightRules = {
  classification: {
    technicalDaysMax: 7,
    substandardAfterDays: 90,
    doubtfulAfterDays: 270,
    lossAfterDays: 360,
    doubtfulFromLossPpm: 500_000n,
    lossFromLossPpm: 900_000n,
    badShareOfDebtorPpm: 100_000n,
    badShareAtOtherBanksPpm: 200_000n,
    restructuredMonths: 12,
  },
  stage: { secondAfterDays: 30, thirdAfterDays: 90 },
  accruesUpToDays: 90,
};
const debtor = {
  ...{ technical: false, creditImpaired: false, retail: false, riskIncreased: false },
  ...{ rebutted: false, debtorBadPpm: 0n, elsewhereOverduePpm: 0n, confirmed: null },
};
const model = {
  defaultPpm: [20_000n, 18_000n, 15_000n],
  lossPpm: 450_000n,
  ratePpm: 43_500n,
  recoveries: [],
};

describe('the night', () => {
  test('accrues each day and never more than the plan asks for', () => {
    let state = opened({ method: 'interest_first', dayCount: 'act_360' });
    let date = '2026-01-08';
    for (; date < '2027-01-08'; date = addDays(date, 1)) {
      const night = nightOf(state, date, { ...debtor, technical: true }, model, nightRules);
      state = (night?.events ?? []).reduce<NoteState>((now, event) => evolve(now, event), state);
      expect(
        nightOf(state, date, { ...debtor, technical: true }, model, nightRules)?.events,
      ).toEqual([]);
      state = paidUpTo(state, date);
    }
    expect(earnedBy(state, date)).toBe(529_250n);
    expect(state.receivableMinor).toBe(529_250n - state.interestPaidMinor);
  });

  test.each([
    // days overdue, class, stage
    [0, 'normal', 1],
    [1, 'special_mention', 2],
    [90, 'special_mention', 2],
    [91, 'substandard', 3],
    [270, 'substandard', 3],
    [271, 'loss', 3],
    [361, 'loss', 3],
  ] as const)('%s days overdue, nothing expected back: %s, stage %s', (days, level, stage) => {
    const state = opened({ maturity: '2028-01-08' });
    const date = addDays('2026-02-08', days);
    const recoveries = days > 270 ? [] : [{ amountMinor: 12_000_000n, afterYears: 1 }];
    const night = nightOf(state, date, debtor, { ...model, recoveries }, nightRules);
    expect([night?.daysOverdue, night?.classified.level, night?.stage]).toEqual([
      days,
      level,
      stage,
    ]);
  });

  test('written off against its allowance; what comes back is income of the impairment', () => {
    let state = opened({ maturity: '2028-01-08' });
    expect(decideWriteOff(state, '2027-03-01')).toMatchObject({ code: 'class_is_not_loss' });
    const night = nightOf(state, '2027-03-01', debtor, model, nightRules);
    for (const event of night?.events ?? []) state = evolve(state, event);
    expect([state.level, state.allowanceMinor]).toEqual(['loss', 12_000_000n]);
    const gone = done(state, decideWriteOff(state, '2027-03-02'));
    expect([gone.status, gone.outstandingMinor, gone.allowanceMinor]).toEqual([
      'written_off',
      0n,
      0n,
    ]);
    const back = { date: '2027-05-01', amountMinor: 5_000_000n };
    expect(done(gone, decideRecovery(gone, back)).recoveredMinor).toBe(5_000_000n);
    expect(decideRecovery(gone, { ...back, amountMinor: 12_000_001n })).toMatchObject({
      code: 'exceeds_written_off',
    });
  });
});

const accounts: NoteAccounts = {
  currency: 'CNY',
  note: { accountNumber: 'note' },
  deposit: { accountNumber: 'deposit' },
  receivable: { unitId: 'u', glCode: '1132' },
  interestIncome: { unitId: 'u', glCode: '6011' },
  feeIncome: { unitId: 'u', glCode: '6021' },
  allowance: { unitId: 'u', glCode: '1304' },
  impairment: { unitId: 'u', glCode: '6702' },
  writtenOffClaims: { unitId: 'u', glCode: '9301' },
};

test.each<[NoteEvent, string[], number]>([
  [{ type: 'interest_accrued', date: '', amountMinor: 5n }, ['1132 6011 5'], 0],
  [{ type: 'interest_accrued', date: '', amountMinor: -5n }, ['6011 1132 5'], 0],
  [
    {
      type: 'repaid',
      date: '',
      receivableMinor: 3n,
      payments: [{ number: 1, penalty: 1n, compound: 2n, interest: 4n, principal: 9n }],
    },
    ['deposit note 9', 'deposit 1132 3', 'deposit 6011 1', 'deposit 6011 3'],
    0,
  ],
  [
    {
      type: 'prepaid',
      date: '',
      ...{ principalMinor: 9n, interestMinor: 4n, feeMinor: 2n, receivableMinor: 0n, rows: [] },
    },
    ['deposit note 9', 'deposit 6011 4', 'deposit 6021 2'],
    0,
  ],
  [{ type: 'provisioned', date: '', amountMinor: 7n }, ['6702 1304 7'], 0],
  [{ type: 'provisioned', date: '', amountMinor: -7n }, ['1304 6702 7'], 0],
  [
    { type: 'written_off', date: '', principalMinor: 8n, receivableMinor: 1n },
    ['1304 note 8', '1304 1132 1'],
    1,
  ],
  [{ type: 'recovered', date: '', amountMinor: 6n }, ['deposit 6702 6'], 1],
])('%o posts %s', (event, wanted, memoranda) => {
  const name = (one: { accountNumber?: string; glCode?: string }): string =>
    one.accountNumber ?? one.glCode ?? '';
  const posting = postingOf(event, accounts);
  expect(
    posting?.transfers.map((one) => `${name(one.debit)} ${name(one.credit)} ${one.amountMinor}`),
  ).toEqual(wanted);
  expect(posting?.memoranda).toHaveLength(memoranda);
});

const seed = 20261121;

test('plans end at exactly 0 through any prepayments and repricings', () => {
  console.info(`notes: seed ${seed}`);
  const step = fc.record({
    days: fc.integer({ min: 1, max: 200 }),
    part: fc.integer({ min: 1, max: 60 }),
    mode: fc.constantFrom('shorter_term' as const, 'smaller_instalment' as const),
  });
  fc.assert(
    fc.property(
      fc.record({
        principalMinor: fc.bigInt({ min: 1_000_000n, max: 10n ** 12n }),
        ratePpm: fc.bigInt({ min: 0n, max: 240_000n }),
        months: fc.integer({ min: 1, max: 60 }),
        start: fc.integer({ min: 0, max: 1_500 }),
        method: fc.constantFrom<Method>(...methods.filter((one) => one !== 'free_plan')),
        dayCount: fc.constantFrom('act_360', 'act_365', 'act_act', '30_360', 'month_360'),
        steps: fc.array(step, { maxLength: 4 }),
      }),
      ({ principalMinor, ratePpm, months, start, method, dayCount, steps }) => {
        const from = addDays('2023-01-01', start);
        const given = { principalMinor, method, dayCount, start: from } as const;
        const agreement = { kind: 'fixed', ratePpm } as const;
        let state = opened({ ...given, agreement, maturity: addMonths(from, months) });
        let date = from;
        for (const { days, part, mode } of steps) {
          date = addDays(date, days);
          state = paidUpTo(state, date);
          if (state.status !== 'open') break;
          const amount = (state.outstandingMinor * BigInt(part)) / 100n;
          const order = { date, principalMinor: amount, mode };
          const decided = decidePrepayment(state, order, { ...rules, leastMinor: 0n }, noFee);
          if (decided.ok) state = evolve(state, decided.value);
          const coming = state.rows.filter(({ dueDate }) => dueDate > date);
          const planned = coming.reduce((sum, row) => sum + row.principalMinor, 0n);
          expect(planned).toBe(state.outstandingMinor);
          expect(coming.every((row) => row.interestMinor >= 0n && row.principalMinor >= 0n)).toBe(
            true,
          );
          expect(coming.every((row) => row.from < row.to)).toBe(true);
        }
        const settled = paidUpTo(state, '9999-12-31');
        expect([settled.status, settled.outstandingMinor]).toEqual(['settled', 0n]);
      },
    ),
    { seed, numRuns: 150 },
  );
});

test('a split of a period changes its interest by no more than a rounding', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1_000_000n, max: 10n ** 12n }),
      fc.bigInt({ min: 1n, max: 240_000n }),
      fc.integer({ min: 1, max: 29 }),
      fc.constantFrom('act_360', 'act_365', 'act_act', '30_360'),
      (principalMinor, ratePpm, days, dayCount) => {
        const agreement = { kind: 'fixed', ratePpm } as const;
        const given = { principalMinor, dayCount, agreement, method: 'interest_first' } as const;
        const state = opened(given);
        const row = state.rows[1]!;
        const part = earnedBy(state, addDays(row.from, days)) - earnedBy(state, row.from);
        const rest = earnedBy(state, row.to) - earnedBy(state, addDays(row.from, days));
        const difference = part + rest - row.interestMinor;
        expect(difference).toBe(0n);
        expect(part >= 0n && rest >= 0n).toBe(true);
      },
    ),
    { seed, numRuns: 500 },
  );
});

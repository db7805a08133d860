import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAmount } from '../../base/money.ts';
import {
  bearingMinor,
  demandInterestMinor,
  instalmentInterestMinor,
  monthsAndDays,
  stayInterestMinor,
} from './interest.ts';
import { maturityOf, noticeWithdrawal, termAccruedMinor, termWithdrawal } from './term.ts';

const yuan = (text: string): bigint => {
  const amount = parseAmount(text, 'CNY');
  return amount.ok ? amount.value : -1n;
};
const demandRatePpm = 500n;
const rules = { yearDays: 360n, interestBy: 'years_and_months', interestFrom: 'cent' } as const;

describe('V1 demand, settled on the 20th', () => {
  // Balance from a day to before another, the last day counts.
  const balances = [
    ['2025-12-21', 25n, yuan('100,000')],
    ['2026-01-15', 26n, yuan('150,000')],
    ['2026-02-10', 39n, yuan('70,000')],
  ] as const;
  const productMinor = balances.reduce((sum, [, days, balance]) => sum + days * balance, 0n);
  test('DEP-01 积数 and interest', () => {
    expect(balances.reduce((sum, [, days]) => sum + days, 0n)).toBe(90n);
    expect(productMinor).toBe(yuan('9,130,000'));
    const period = { productMinor, ratePpm: demandRatePpm, yearDays: 360n };
    expect(demandInterestMinor(period)).toBe(yuan('12.68'));
  });
  test('an agreed deposit: below its base at the demand rate, above it at the agreed one', () => {
    const upper = { upperProductMinor: yuan('450,000') * 90n, upperRatePpm: 2_000n };
    const lower = { productMinor: yuan('50,000') * 90n, ratePpm: demandRatePpm, yearDays: 360n };
    // 50,000 at 0.05 % 6.25, 450,000 at 0.2 % 225.00.
    expect(demandInterestMinor({ ...lower, ...upper })).toBe(yuan('231.25'));
  });
});

describe('V2 one year at 1.35 %, from 2025-03-15', () => {
  const deposit = {
    ...{ principalMinor: yuan('200,000'), ratePpm: 13_500n, startDate: '2025-03-15' },
    ...{ maturityDate: maturityOf('2025-03-15', 12n), partialWithdrawals: 0n },
  };
  test.each([
    // what leaves, on which day, kind, interest, days at the demand rate
    ['200,000', '2025-12-01', 'early', '72.50', 261],
    ['50,000', '2025-12-01', 'early', '18.13', 261],
    ['150,000', '2026-03-15', 'at_maturity', '2,025.00', 0],
    ['200,000', '2026-03-14', 'early', '101.11', 364],
    ['200,000', '2026-03-15', 'at_maturity', '2,700.00', 0],
    ['200,000', '2026-03-16', 'late', '2,700.28', 1],
    ['200,000', '2026-05-20', 'late', '2,718.33', 66],
    ['200,000', '2025-03-15', 'early', '0', 0],
  ])('DEP-01 %s on %s: %s, %s', (amount, date, kind, interest, demandDays) => {
    const leaving = { amountMinor: yuan(amount), date, demandRatePpm };
    expect(termWithdrawal(deposit, rules, leaving)).toEqual({
      ...{ kind, interestMinor: yuan(interest), demandDays },
    });
  });

  test.each([
    // day, owed at its end
    ['2025-03-14', '0'],
    ['2025-03-15', '7.40'],
    ['2025-09-13', '1,353.70'],
    ['2026-03-14', '2,700.00'],
    ['2026-03-15', '2,700.28'],
    ['2026-05-19', '2,718.33'],
  ])('accrued by the end of %s: %s', (date, owed) => {
    expect(termAccruedMinor(deposit, rules, { date, demandRatePpm })).toBe(yuan(owed));
  });
});

test('V3 three months and 17 days at 1.20 %', () => {
  const stay = { ...rules, principalMinor: yuan('100,000'), ratePpm: 12_000n };
  expect(stayInterestMinor({ ...stay, from: '2026-01-10', to: '2026-04-27' })).toBe(yuan('356.67'));
});

describe('V4 notice of seven days, 500,000 at 0.45 %, 56 days', () => {
  const deposit = {
    ...{ principalMinor: yuan('500,000'), ratePpm: 4_500n, startDate: '2026-01-05' },
    ...{ maturityDate: null, partialWithdrawals: 0n },
  };
  const date = '2026-03-02';
  test.each([
    // leaves, told of, for the day, kind, interest
    ['500,000', '500,000', date, 'noticed', '350.00'],
    ['500,000', null, date, 'without_notice', '38.89'],
    ['500,000', '500,000', '2026-03-01', 'without_notice', '38.89'],
    ['500,000', '300,000', date, 'noticed', '225.56'],
    ['200,000', '300,000', date, 'noticed', '140.00'],
  ] as const)('%s with a notice of %s for %s: %s, %s', (amount, told, dueOn, kind, interest) => {
    const notice = told === null ? null : { amountMinor: yuan(told), dueOn };
    const leaving = { amountMinor: yuan(amount), date, demandRatePpm, notice };
    const done = noticeWithdrawal(deposit, { ...rules, interestBy: 'actual_days' }, leaving);
    expect([done.kind, done.interestMinor]).toEqual([kind, yuan(interest)]);
  });
});

test.each([
  ['2025-08-31', 6n, '2026-02-28'],
  ['2025-11-30', 3n, '2026-02-28'],
  ['2024-02-29', 12n, '2025-02-28'],
  ['2026-01-31', 1n, '2026-02-28'],
])('a term from %s of %s months ends on %s', (start, months, end) => {
  expect(maturityOf(start, months)).toBe(end);
  expect(monthsAndDays(start, end)).toEqual({ months: Number(months), days: 0 });
});

test.each([
  ['cent', '1,000.99', '1,000.99'],
  ['yuan', '1,000.99', '1,000.00'],
] as const)('interest from whole %s: of %s, %s', (interestFrom, principal, bearing) => {
  expect(bearingMinor({ principalMinor: yuan(principal), interestFrom })).toBe(yuan(bearing));
});

describe('instalment savings, 1,000 a month for a year at 0.65 %', () => {
  const start = '2025-03-15';
  const months = Array.from({ length: 12 }, (_, month) => maturityOf(start, BigInt(month)));
  const pay = (paidOn: string, amount = '1,000') => ({ paidOn, amountMinor: yuan(amount) });
  const savings = {
    ...{ monthlyMinor: yuan('1,000'), start, maturity: maturityOf(start, 12n), yearDays: 360n },
    ...{ ratePpm: 6_500n, demandRatePpm },
  };
  const left = (...without: number[]) =>
    months.filter((_, month) => !without.includes(month)).map((day) => pay(day));
  test.each([
    // 1,000 × (12 + 11 + … + 1) months = 78,000: 78,000 × 0.65 % ÷ 12.
    ['all paid in time', left(), '42.25'],
    // The fourth is made up in the fifth month: one month of 1,000 less.
    ['one made up in the next month', [...left(3), pay('2025-07-15')], '41.71'],
    // Good are 12 + 11 + 10 + 8 = 41 months; seven later ones lie 841 days at the demand rate.
    ['one left out', left(3), '23.38'],
    ['nothing paid', [], '0'],
  ])('%s', (_case, payments, interest) => {
    const found = instalmentInterestMinor({ ...savings, payments });
    expect(found).toBe(yuan(interest));
  });
});

const material = process.env.HUILIU_DATA;
describe.skipIf(material === undefined)('the worked figures of the handbook', () => {
  const figures = () =>
    JSON.parse(readFileSync(`${material}/cn/worked-figures.json`, 'utf8')) as Record<
      string,
      string
    >;
  test('V1 to V4 stand above as they stand there', () => {
    const found = figures();
    expect([found.demand_days, found.demand_product]).toEqual([90, '9130000.00']);
    expect(
      ['demand_interest_0.05pct', 'td_maturity', 'td_early_full', 'td_early_partial_50000'].map(
        (name) => found[name],
      ),
    ).toEqual(['12.68', '2700.00', '72.50', '18.13']);
    expect([found.td_remaining_150000, found.td_overdue_int, found.td_overdue_total]).toEqual([
      ...['2025.00', '18.33', '2718.33'],
    ]);
    expect([found.td_early_days, found.td_overdue_days, found.call_days]).toEqual([261, 66, 56]);
    expect([found.whole_month_plus_odd, found.call_7d]).toEqual(['356.67', '350.00']);
  });
});

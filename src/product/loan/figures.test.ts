import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatAmount } from '../../base/money.ts';
import { parseRatePercent, rateWithPoints } from '../../base/rates.ts';
import { divideRounded } from '../../base/rounding.ts';
import { expectedLoss, impairedLoss, lossParts } from './classify/expected-loss.ts';
import {
  exactInterest,
  INTEREST_PARTS,
  interestMinor,
  roundInterest,
} from './pricing/day-count.ts';
import { agreedRate, type RateAgreement, repriced } from './pricing/lpr.ts';
import { exactPenalty, penaltyMinor, penaltyRate } from './pricing/overdue.ts';
import { trueRate } from './pricing/true-rate.ts';
import { newLoanMax, turnsPpm, workingCapitalNeed } from './pricing/working-capital.ts';

const shown = (amountMinor: bigint): string => formatAmount(amountMinor, 'CNY');
const late = { ratePpm: 43_500n, upliftPpm: 500_000n, from: '2026-01-01', to: '2026-02-15' };
const overPrincipal = { ...late, amountMinor: 10_000_000n };
const year = { exposureMinor: 100_000_000n, defaultPpm: 20_000n };
const life = {
  years: [
    { exposureMinor: 100_000_000n, defaultPpm: 40_000n },
    { exposureMinor: 70_000_000n, defaultPpm: 35_000n },
    { exposureMinor: 40_000_000n, defaultPpm: 30_000n },
  ],
  lossPpm: 450_000n,
  ratePpm: 43_500n,
};
const back = [{ amountMinor: 35_000_000n, afterYears: 2 }];
const company = {
  salesMinor: 8_000_000_000n,
  marginPpm: 80_000n,
  growthPpm: 150_000n,
  ...{ stockDays: 60n, receivableDays: 75n, payableDays: 45n, prepaidDays: 10n, advanceDays: 5n },
};
const own = { ownMinor: 900_000_000n, loansMinor: 600_000_000n, otherMinor: 100_000_000n };
// 12,000 in 12 parts, each with 0.6 % of the whole: 1,072 a month.
const flat = {
  principalMinor: 1_200_000n,
  paymentsMinor: Array.from({ length: 12 }, () => 107_200n),
};
const percent = (ppm: bigint, places: number): string =>
  (Number(divideRounded(ppm, 10n ** BigInt(4 - places))) / 10 ** places).toFixed(places);
const lpr = (quoted: bigint, points: bigint): string => percent(rateWithPoints(quoted, points), 2);

/** Every figure: what it is, by the handbook, its name in the worked figures, and ours. */
const figures: readonly (readonly [string, string, string, () => string])[] = [
  [
    'V10 all at maturity',
    '21291.67',
    'bullet',
    () =>
      shown(
        interestMinor('act_360', {
          balanceMinor: 50_000_000n,
          ratePpm: 42_000n,
          from: '2026-01-08',
          to: '2027-01-08',
        }),
      ),
  ],
  [
    'V10 rounding every day is wrong',
    '21290.45',
    'io_daily_rounded_sum_365',
    () =>
      shown(
        365n *
          interestMinor('act_360', {
            balanceMinor: 50_000_000n,
            ratePpm: 42_000n,
            from: '2026-01-08',
            to: '2026-01-09',
          }),
      ),
  ],
  [
    'V11 penalty, half up',
    '815.63',
    'penalty_half_up',
    () => shown(penaltyMinor('act_360', overPrincipal)),
  ],
  [
    'V11 penalty, to the even',
    '815.62',
    'penalty_half_even',
    () => shown(roundInterest(exactPenalty('act_360', overPrincipal), 'half_even')),
  ],
  [
    'V12 compound interest',
    '14.78',
    'compound_int',
    () => shown(penaltyMinor('act_360', { ...late, amountMinor: 181_250n })),
  ],
  ['V13 LPR 3.00 % and 65 points', '3.65', 'lpr.0', () => lpr(30_000n, 65n)],
  ['V13 LPR 3.50 % less 30 points', '3.20', 'lpr.1', () => lpr(35_000n, -30n)],
  [
    'V14 rate of a month',
    '1.0862',
    'apr_month_irr_pct',
    () => percent(trueRate(flat).monthlyPpm, 4),
  ],
  [
    'V14 nominal rate of a year',
    '13.03',
    'apr_nominal_pct',
    () => percent(trueRate(flat).nominalPpm, 2),
  ],
  [
    'V14 effective rate of a year',
    '13.84',
    'apr_effective_pct',
    () => percent(trueRate(flat).effectivePpm, 2),
  ],
  [
    'V15 turns a year',
    '3.7895',
    'wc_turn',
    () => percent(divideRounded(turnsPpm(company), 100n), 4),
  ],
  [
    'V15 working capital needed',
    '22335555.56',
    'wc_need',
    () => shown(workingCapitalNeed(company)),
  ],
  ['V15 new loan at most', '6335555.56', 'wc_new_loan', () => shown(newLoanMax(company, own))],
  [
    'V16 expected loss, stage 1',
    '8624.82',
    'ecl_s1',
    () => shown(expectedLoss({ ...life, years: [year] })),
  ],
  ['V17 expected loss, stage 2', '32127.05', 'ecl_s2', () => shown(expectedLoss(life))],
  ['V17 its first year', '17249.64', 'ecl_s2_parts.0', () => shown(lossParts(life)[0] ?? 0n)],
  ['V17 its second year', '10124.97', 'ecl_s2_parts.1', () => shown(lossParts(life)[1] ?? 0n)],
  ['V17 its third year', '4752.44', 'ecl_s2_parts.2', () => shown(lossParts(life)[2] ?? 0n)],
  [
    'V18 expected loss, stage 3',
    '678572.42',
    'ecl_s3',
    () => shown(impairedLoss(100_000_000n, 43_500n, back)),
  ],
];

describe('figures of the handbook', () => {
  test.each(figures)('%s: %s', (_what, wanted, _name, ours) => {
    expect(ours()).toBe(wanted);
  });
});

const folder = process.env.HUILIU_DATA;
describe.skipIf(folder === undefined)('worked figures V10 to V18 (HUILIU_DATA)', () => {
  const worked = folder && JSON.parse(readFileSync(`${folder}/cn/worked-figures.json`, 'utf8'));
  test.each(figures)('%s', (_what, _wanted, name, ours) => {
    const value = name.split('.').reduce((all, key) => all[key], worked);
    expect(ours()).toBe(value);
  });
});

test('V11 exactly 815.625 before it is rounded', () => {
  expect(exactPenalty('act_360', overPrincipal) * 10n).toBe(815_625n * INTEREST_PARTS);
  expect(penaltyRate(43_500n, 500_000n)).toBe(65_250n);
});

test.each([
  // day count    from          to            interest of 1,000,000.00 at 3.65 %
  ['act_365', '2024-01-01', '2025-01-01', '36600.00'],
  ['act_365', '2025-01-01', '2026-01-01', '36500.00'],
  ['act_360', '2025-01-01', '2026-01-01', '37006.94'],
  ['act_act', '2024-01-01', '2025-01-01', '36500.00'],
  ['act_act', '2023-12-12', '2024-01-12', '3096.99'],
  ['30_360', '2025-01-31', '2025-02-28', '2838.89'],
  ['30_360', '2025-01-01', '2026-01-01', '36500.00'],
  ['month_360', '2025-01-31', '2025-02-28', '3041.67'],
  ['month_360', '2025-01-15', '2025-05-01', '10747.22'],
] as const)('%s from %s to %s: %s', (dayCount, from, to, wanted) => {
  const stay = { balanceMinor: 100_000_000n, ratePpm: 36_500n, from, to };
  expect(shown(interestMinor(dayCount, stay))).toBe(wanted);
});

test('interest of any split of a period adds up exactly', () => {
  const stay = { balanceMinor: 12_345_678n, ratePpm: 43_500n };
  for (const dayCount of ['act_360', 'act_365', 'act_act', '30_360'] as const) {
    const whole = exactInterest(dayCount, { ...stay, from: '2023-11-30', to: '2024-03-31' });
    const parts = ['2023-12-15', '2023-12-31', '2024-01-01', '2024-02-29', '2024-03-30'];
    let from = '2023-11-30';
    let total = 0n;
    for (const to of [...parts, '2024-03-31']) {
      total += exactInterest(dayCount, { ...stay, from, to });
      from = to;
    }
    expect(total).toBe(whole);
  }
});

test('an LPR agreement keeps its quote, and follows the newest published', () => {
  const agreement: RateAgreement = {
    kind: 'lpr',
    term: 'one_year',
    quotedOn: '2025-12-22',
    quotedPpm: 30_000n,
    basisPoints: 65n,
    repricing: 'year_start',
  };
  const quotes = [
    { publishedOn: '2026-12-21', term: 'one_year', ratePpm: 29_000n },
    { publishedOn: '2026-11-20', term: 'one_year', ratePpm: 29_500n },
    { publishedOn: '2026-12-21', term: 'over_five_years', ratePpm: 34_000n },
    { publishedOn: '2027-01-20', term: 'one_year', ratePpm: 28_000n },
  ] as const;
  const after = repriced(agreement, quotes, '2027-01-01');
  expect(after).toMatchObject({ ok: true, value: { quotedOn: '2026-12-21', quotedPpm: 29_000n } });
  expect(after.ok && agreedRate(after.value)).toBe(35_500n);
  expect(repriced(agreement, [], '2027-01-01')).toMatchObject({ code: 'lpr_not_published' });
  expect(parseRatePercent('3.65')).toMatchObject({ ok: true, value: agreedRate(agreement) });
});

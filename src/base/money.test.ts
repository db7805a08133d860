import { describe, expect, test } from 'vitest';
import { formatAmount, parseAmount, shareAmount } from './money.ts';
import {
  formatRatePercent,
  monthlyInterestMinor,
  parseRatePercent,
  rateWithPoints,
  simpleInterestMinor,
} from './rates.ts';
import { divideRounded, type Rounding } from './rounding.ts';

describe('rounding by name', () => {
  const names: Rounding[] = ['half_up', 'half_even', 'half_down', 'up', 'down', 'floor', 'ceiling'];
  test.each([
    [5n, 2n, [3n, 2n, 2n, 3n, 2n, 2n, 3n]],
    [7n, 2n, [4n, 4n, 3n, 4n, 3n, 3n, 4n]],
    [-5n, 2n, [-3n, -2n, -2n, -3n, -2n, -3n, -2n]],
    [5n, -2n, [-3n, -2n, -2n, -3n, -2n, -3n, -2n]],
    [1n, 3n, [0n, 0n, 0n, 1n, 0n, 0n, 1n]],
    [2n, 3n, [1n, 1n, 1n, 1n, 0n, 0n, 1n]],
    [-1n, 3n, [0n, 0n, 0n, -1n, 0n, -1n, 0n]],
    [6n, 3n, [2n, 2n, 2n, 2n, 2n, 2n, 2n]],
  ])('%s / %s → %s', (numerator, denominator, results) => {
    expect(names.map((name) => divideRounded(numerator, denominator, name))).toEqual(results);
  });
});

test.each([
  ['1,409.5', 'CNY', 140_950n, '1,409.50'],
  ['-3', 'CNY', -300n, '-3.00'],
  ['0.05', 'CNY', 5n, '0.05'],
  ['1000', 'JPY', 1_000n, '1,000'],
  ['1.234', 'KWD', 1_234n, '1.234'],
  ['9999999999999999.99', 'CNY', 999_999_999_999_999_999n, '9,999,999,999,999,999.99'],
])('%s of %s is %s minor units, written %s', (text, currency, amountMinor, written) => {
  expect(parseAmount(text, currency)).toEqual({ ok: true, value: amountMinor });
  expect(formatAmount(amountMinor, currency, { grouped: true })).toBe(written);
});

test.each([
  ['1', 'XXX', 'currency_unknown'],
  ['1.2.3', 'CNY', 'amount_not_number'],
  ['1,23', 'CNY', 'amount_not_number'],
  ['', 'CNY', 'amount_not_number'],
  ['1e3', 'CNY', 'amount_not_number'],
  ['0.001', 'CNY', 'amount_too_precise'],
  ['1.5', 'JPY', 'amount_too_precise'],
  ['10000000000000000', 'CNY', 'amount_too_large'],
])('%s of %s is refused: %s', (text, currency, code) => {
  expect(parseAmount(text, currency)).toMatchObject({ ok: false, code });
});

test('shares add up to the whole', () => {
  expect(shareAmount(100n, [1n, 1n, 1n])).toEqual([33n, 33n, 34n]);
});

test.each([
  ['4.35', 43_500n, '4.35'],
  ['3', 30_000n, '3.00'],
  ['0.0500', 500n, '0.05'],
  ['3.0525', 30_525n, '3.0525'],
  ['-0.3', -3_000n, '-0.30'],
])('%s per cent is %s millionths, written %s', (text, ratePpm, written) => {
  expect(parseRatePercent(text)).toEqual({ ok: true, value: ratePpm });
  expect(formatRatePercent(ratePpm)).toBe(written);
});
test.each(['', '4.35678', 'a', '4,35'])('%s is no rate', (text) => {
  expect(parseRatePercent(text)).toMatchObject({ ok: false, code: 'rate_not_valid' });
});

describe('worked figures of interest (handbook 12)', () => {
  test('V1 demand: 积数 9,130,000.00 at 0.05 % is 12.68', () => {
    const balanceDayProductMinor = 10_000_000n * 25n + 15_000_000n * 26n + 7_000_000n * 39n;
    expect(balanceDayProductMinor).toBe(913_000_000n);
    expect(simpleInterestMinor({ balanceDayProductMinor, ratePpm: 500n, yearDays: 360n })).toBe(
      1_268n,
    );
  });
  test.each([
    ['V2 maturity', 20_000_000n, 13_500n, 12n, 0n, 270_000n],
    ['V3 three months and 17 days', 10_000_000n, 12_000n, 3n, 17n, 35_667n],
  ])('%s', (_name, principalMinor, ratePpm, months, oddDays, interest) => {
    expect(monthlyInterestMinor({ principalMinor, ratePpm, months, oddDays })).toBe(interest);
  });
  test.each([
    ['V2 early, whole', 20_000_000n * 261n, 500n, 7_250n],
    ['V2 early, 50,000', 5_000_000n * 261n, 500n, 1_813n],
    ['V2 66 days late', 20_000_000n * 66n, 500n, 1_833n],
    ['V4 seven-day notice', 50_000_000n * 56n, 4_500n, 35_000n],
    ['V11 penalty, half up', 10_000_000n * 45n, 65_250n, 81_563n],
    ['V12 compound', 181_250n * 45n, 65_250n, 1_478n],
  ])('%s', (_name, balanceDayProductMinor, ratePpm, interest) => {
    expect(simpleInterestMinor({ balanceDayProductMinor, ratePpm, yearDays: 360n })).toBe(interest);
  });
  test('V11 with the wrong rounding shows', () => {
    expect(
      simpleInterestMinor(
        { balanceDayProductMinor: 10_000_000n * 45n, ratePpm: 65_250n, yearDays: 360n },
        'half_even',
      ),
    ).toBe(81_562n);
  });
  test.each([
    [30_000n, 65n, 36_500n],
    [35_000n, -30n, 32_000n],
  ])('V13 LPR %s and %s points is %s', (referencePpm, points, ratePpm) => {
    expect(rateWithPoints(referencePpm, points)).toBe(ratePpm);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAmount } from '../../base/money.ts';
import { equalInstalmentMinor, type LoanTerms, repaymentSchedule } from './schedule.ts';

const yuan = (text: string): bigint => BigInt(text.replace('.', ''));
const shown = (minor: bigint): string => formatAmount(minor, 'CNY');
const terms = (given: Partial<LoanTerms>): LoanTerms => ({
  principalMinor: 12_000_000n,
  ratePpm: 43_500n,
  start: '2026-01-08',
  months: 12,
  method: 'equal_instalments',
  settlementDay: 20,
  ...given,
});

describe('schedules of the handbook', () => {
  test.each([
    // principal     rate     n    payment     first interest  last payment  total interest
    ['120000.00', 43_500n, 12, '10237.19', '435.00', '10237.17', '2846.26'],
    ['1000000.00', 30_500n, 360, '4243.05', '2541.67', '4245.47', '527500.42'],
  ])(
    'equal instalments %s at %s over %s',
    (principal, ratePpm, months, payment, first, last, total) => {
      const rows = repaymentSchedule(terms({ principalMinor: yuan(principal), ratePpm, months }));
      expect(shown(equalInstalmentMinor(yuan(principal), ratePpm, months))).toBe(payment);
      expect(shown(rows[0]!.interestMinor)).toBe(first);
      expect(shown(rows.at(-1)!.principalMinor + rows.at(-1)!.interestMinor)).toBe(last);
      expect(shown(rows.reduce((sum, row) => sum + row.interestMinor, 0n))).toBe(total);
      expect(rows.at(-1)!.balanceMinor).toBe(0n);
    },
  );

  test.each([
    // principal    rate     n   first       last        total interest
    ['120000.00', 43_500n, 12, '10435.00', '10036.25', '2827.50'],
    ['100000.00', 43_500n, 7, '14648.21', '14337.53', '1450.00'],
  ])('equal principal %s at %s over %s', (principal, ratePpm, months, first, last, total) => {
    const rows = repaymentSchedule(
      terms({ principalMinor: yuan(principal), ratePpm, months, method: 'equal_principal' }),
    );
    const payment = (index: number): string =>
      shown(rows.at(index)!.principalMinor + rows.at(index)!.interestMinor);
    expect([payment(0), payment(-1)]).toEqual([first, last]);
    expect(shown(rows.reduce((sum, row) => sum + row.interestMinor, 0n))).toBe(total);
  });

  test('interest first, settled on the 20th: thirteen segments of 365 days', () => {
    const rows = repaymentSchedule(
      terms({ principalMinor: yuan('500000.00'), ratePpm: 42_000n, method: 'interest_first' }),
    );
    expect(rows.map((row) => row.days)).toEqual([
      13, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 18,
    ]);
    expect(rows.map((row) => shown(row.interestMinor))).toEqual([
      '758.33',
      '1808.33',
      '1633.33',
      '1808.33',
      '1750.00',
      '1808.33',
      '1750.00',
      '1808.33',
      '1808.33',
      '1750.00',
      '1808.33',
      '1750.00',
      '1050.00',
    ]);
    expect(shown(rows.reduce((sum, row) => sum + row.interestMinor, 0n))).toBe('21291.64');
    expect(rows.map((row) => row.dueDate).at(0)).toBe('2026-01-20');
    expect(rows.at(-1)).toMatchObject({ dueDate: '2027-01-08', principalMinor: yuan('500000.00') });
  });

  test('interest first, drawn on the settlement day: settled a month later, not at once', () => {
    const terms = { principalMinor: 12_000_000n, ratePpm: 43_500n, months: 12, settlementDay: 20 };
    const rows = repaymentSchedule({ ...terms, method: 'interest_first', start: '2026-11-20' });
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatchObject({ dueDate: '2026-12-20', days: 31, interestMinor: 44_950n });
    expect(rows.reduce((sum, row) => sum + row.days, 0)).toBe(365);
  });

  test('all at maturity', () => {
    const rows = repaymentSchedule(
      terms({ principalMinor: yuan('500000.00'), ratePpm: 42_000n, method: 'at_maturity' }),
    );
    expect(rows).toHaveLength(1);
    expect(shown(rows[0]!.interestMinor)).toBe('21291.67');
  });
});

test('a schedule repays exactly the principal and ends at 0, whatever the terms', () => {
  const seed = 20261121;
  console.info(`repayment schedules: seed ${seed}`);
  fc.assert(
    fc.property(
      fc.record({
        principalMinor: fc.bigInt({ min: 100_000n, max: 10n ** 13n }),
        ratePpm: fc.bigInt({ min: 0n, max: 360_000n }),
        months: fc.integer({ min: 1, max: 360 }),
        day: fc.integer({ min: 0, max: 800 }),
        method: fc.constantFrom(
          'equal_instalments',
          'equal_principal',
          'interest_first',
          'at_maturity',
        ),
      }),
      ({ principalMinor, ratePpm, months, day, method }) => {
        const start = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
        const rows = repaymentSchedule({
          principalMinor,
          ratePpm,
          months,
          start,
          method,
          settlementDay: 20,
        });
        expect(rows.reduce((sum, row) => sum + row.principalMinor, 0n)).toBe(principalMinor);
        expect(rows.at(-1)!.balanceMinor).toBe(0n);
        expect(rows.every((row) => row.days > 0 && row.interestMinor >= 0n)).toBe(true);
        const dates = rows.map((row) => row.dueDate);
        expect([...dates].sort()).toEqual(dates);
        expect(new Set(dates).size).toBe(dates.length);
      },
    ),
    { seed, numRuns: 300 },
  );
});

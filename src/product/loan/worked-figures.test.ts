import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../base/dates.ts';
import { formatAmount } from '../../base/money.ts';
import { equalInstalmentMinor, type LoanTerms, repaymentSchedule } from './schedule.ts';

const shown = (amountMinor: bigint) => formatAmount(amountMinor, 'CNY');
/** A row as the figures have it: number, payment, principal, interest, what is left. */
const rowsOf = (terms: Omit<LoanTerms, 'settlementDay' | 'start'>) =>
  repaymentSchedule({ ...terms, start: '2026-01-08', settlementDay: 20 }).map((row) => [
    row.number,
    shown(row.principalMinor + row.interestMinor),
    shown(row.principalMinor),
    shown(row.interestMinor),
    shown(row.balanceMinor),
  ]);
const interestOf = (rows: readonly (number | string)[][]) =>
  shown(rows.reduce((sum, row) => sum + BigInt(String(row[3]).replace('.', '')), 0n));

const folder = process.env.HUILIU_DATA;
describe.skipIf(folder === undefined)('worked figures of loans (HUILIU_DATA)', () => {
  const figures = folder && JSON.parse(readFileSync(`${folder}/cn/worked-figures.json`, 'utf8'));

  test('V5 equal instalments over a year, every row', () => {
    const terms = { principalMinor: 12_000_000n, ratePpm: 43_500n, months: 12 } as const;
    const rows = rowsOf({ ...terms, method: 'equal_instalments' });
    expect(rows).toEqual(figures.ann_12_rows);
    expect(interestOf(rows)).toBe(figures.ann_12_int);
    const payment = equalInstalmentMinor(terms.principalMinor, terms.ratePpm, terms.months);
    expect(shown(payment)).toBe(figures.ann_12_A);
  });

  test('V6 equal instalments over thirty years', () => {
    const terms = { principalMinor: 100_000_000n, ratePpm: 30_500n, months: 360 } as const;
    const rows = rowsOf({ ...terms, method: 'equal_instalments' });
    expect(rows[0]).toEqual(figures.ann_360_first);
    expect(rows.at(-1)).toEqual(figures.ann_360_last);
    expect(interestOf(rows)).toBe(figures.ann_360_int);
  });

  test('V7 and V8 equal principal', () => {
    const year = { principalMinor: 12_000_000n, ratePpm: 43_500n, months: 12 } as const;
    const rows = rowsOf({ ...year, method: 'equal_principal' });
    expect([rows[0], rows.at(-1)]).toEqual([figures.eqp_12_first, figures.eqp_12_last]);
    expect(interestOf(rows)).toBe(figures.eqp_12_int);
    const seven = { principalMinor: 10_000_000n, ratePpm: 43_500n, months: 7 } as const;
    expect(rowsOf({ ...seven, method: 'equal_principal' })).toEqual(figures.eqp_7_rows);
  });

  test('V9 interest first and V10 all at maturity', () => {
    const given = {
      ...{ principalMinor: 50_000_000n, ratePpm: 42_000n, months: 12 },
      ...{ start: '2026-01-08', settlementDay: 20 },
    };
    const rows = repaymentSchedule({ ...given, method: 'interest_first' });
    let from = given.start;
    const segments = rows.map((row) => {
      const last = addDays(from, row.days - 1);
      const segment = [from, last, row.days, shown(row.interestMinor)];
      from = addDays(last, 1);
      return segment;
    });
    expect(segments).toEqual(figures.io_segments);
    expect(rows.reduce((sum, row) => sum + row.days, 0)).toBe(figures.io_days);
    expect(shown(rows.reduce((sum, row) => sum + row.interestMinor, 0n))).toBe(figures.io_sum);
    const [whole] = repaymentSchedule({ ...given, method: 'at_maturity' });
    expect(shown(whole?.interestMinor ?? 0n)).toBe(figures.bullet);
  });
});

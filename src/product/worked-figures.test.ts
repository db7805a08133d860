import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Which test proves each worked figure of the handbook, and how the figures name it. */
const proven: readonly (readonly [figure: string, test: string, names: string])[] = [
  ['V1', 'product/deposit/interest', 'demand_days demand_product demand_interest_0.05pct'],
  ['V2', 'product/deposit/interest', 'td_maturity td_early_days td_early_full td_overdue_total'],
  ['V2', 'product/deposit/interest', 'td_early_partial_50000 td_remaining_150000 td_overdue_int'],
  ['V3', 'product/deposit/interest', 'whole_month_plus_odd'],
  ['V4', 'product/deposit/interest', 'call_days call_7d'],
  ['V5', 'product/loan/worked-figures', 'ann_12_A ann_12_rows ann_12_int'],
  ['V6', 'product/loan/worked-figures', 'ann_360_first ann_360_last ann_360_int'],
  ['V7', 'product/loan/worked-figures', 'eqp_12_first eqp_12_last eqp_12_int'],
  ['V8', 'product/loan/worked-figures', 'eqp_7_rows'],
  ['V9', 'product/loan/worked-figures', 'io_segments io_days io_sum'],
  ['V10', 'product/loan/figures', 'bullet io_daily_rounded_sum_365'],
  ['V11', 'product/loan/figures', 'penalty_half_up penalty_half_even'],
  ['V12', 'product/loan/figures', 'compound_int'],
  ['V13', 'product/loan/figures', 'lpr'],
  ['V14', 'product/loan/figures', 'apr_month_irr_pct apr_nominal_pct apr_effective_pct'],
  ['V15', 'product/loan/figures', 'wc_turn wc_need wc_new_loan'],
  ['V16', 'product/loan/figures', 'ecl_s1'],
  ['V17', 'product/loan/figures', 'ecl_s2 ecl_s2_parts'],
  ['V18', 'product/loan/figures', 'ecl_s3'],
  ['V19', 'product/bill/bills', 'disc_ebill disc_paper_remote disc_no_roll amort_3_31'],
  ['V20', 'product/bill/bills', 'disc_exam'],
  ['V21', 'operation/report/large-cash', 'aml_cny_side aml_usd_side'],
  ['V22', 'product/fx/figures', 'fx_sell_usd fx_buy_usd fx_note_buy cross_eur_to_usd'],
  ['V23', 'product/fx/figures', 'fx_long fx_short fx_nop_shorthand fx_reval'],
  ['V23', 'product/fx/figures', 'fx_ratio_to_capital_2bn_pct'],
];

test('every worked figure V1 to V23 stands in a table test', () => {
  const wanted = Array.from({ length: 23 }, (_, nth) => `V${nth + 1}`);
  expect([...new Set(proven.map(([figure]) => figure))]).toEqual(wanted);
});

const folder = process.env.HUILIU_DATA;

/** A test names a figure as the file does, or holds its digits. */
function holds(text: string, name: string, value: unknown): boolean {
  const isNamed = new RegExp(`['.]${name.replaceAll('.', '\\.')}\\b`).test(text);
  const digits = String(value).replace('.', '');
  return isNamed || text.replaceAll('_', '').includes(`${digits}n`);
}

describe.skipIf(folder === undefined)('the worked figures of the handbook (HUILIU_DATA)', () => {
  const figures = (): Record<string, unknown> =>
    JSON.parse(readFileSync(`${folder}/cn/worked-figures.json`, 'utf8'));

  test.each(proven)('%s is proven by %s: %s', (figure, path, names) => {
    const text = readFileSync(join(import.meta.dirname, '..', `${path}.test.ts`), 'utf8');
    expect(text).toMatch(new RegExp(`['\`](.* )?${figure}( |['\`])`));
    const given = figures();
    for (const name of names.split(' ')) {
      expect([name, name in given, holds(text, name, given[name])]).toEqual([name, true, true]);
    }
  });
});

import type { Value } from '../../base/data.ts';
import { demoCashParameters, demoCounterParameters } from './cash.ts';
import { demoLoanParameters } from './loan-products.ts';
import { demoMarketParameters } from './market/parameters.ts';

/**
 * Parameters of the demo bank, in force from the day it opens. Amounts are in minor units. The
 * thresholds of entrusted payment follow the loan rules of 2024 (single payment above 10 million
 * for working capital); the others are the bank's own.
 */
export const demoParameters: readonly { readonly name: string; readonly value: Value }[] = [
  { name: 'day.calendar', value: 'CN-2026' },
  { name: 'day.rolls_by_itself', value: true },
  { name: 'deposit.demand_gl_code', value: '2011' },
  { name: 'deposit.cash_gl_code', value: '1001' },
  { name: 'deposit.fee_income_gl_code', value: '6021' },
  { name: 'deposit.products_without_cash', value: ['corporate_general'] },
  {
    name: 'deposit.class_limits',
    value: {
      II: { dayOutMinor: 1_000_000n, yearOutMinor: 20_000_000n },
      III: { dayOutMinor: 200_000n, yearOutMinor: 5_000_000n, balanceMaxMinor: 200_000n },
    },
  },
  { name: 'ledger.back_value_days_max', value: 400n },
  { name: 'ledger.forward_value_days_max', value: 31n },
  { name: 'ledger.profit_gl_code', value: '4103' },
  { name: 'ledger.distribution_gl_code', value: '4104' },
  // What the log does not hold: 120.00 an hour of staff, 3.50 of systems for a case.
  {
    name: 'kpi.inputs',
    value: { currency: 'CNY', staffRateMinorPerHour: '12000', systemCostMinorPerItem: '350' },
  },
  { name: 'loan.principal_gl_code', value: '1303' },
  { name: 'loan.interest_income_gl_code', value: '6011' },
  { name: 'loan.collateral_gl_code', value: '7101' },
  { name: 'loan.settlement_day', value: 20n },
  { name: 'loan.approval_valid_months', value: 6n },
  { name: 'loan.credit_report_days_max', value: 30n },
  { name: 'loan.margin_lends_ppm', value: 950_000n },
  { name: 'loan.committee_seats', value: 5n },
  { name: 'loan.first_inspection_days', value: 15n },
  { name: 'loan.inspection_months_normal', value: 3n },
  { name: 'loan.inspection_months_other', value: 1n },
  { name: 'loan.entrusted_payment_from_minor', value: 1_000_000_000n },
  ...demoCashParameters,
  ...demoCounterParameters,
  ...demoLoanParameters,
  ...demoMarketParameters,
];

import type { Value } from '../../../base/data.ts';
import { demoLegalEntity } from '../units.ts';

/**
 * Parameters of bills and foreign exchange. Amounts are in fen; shares in millionths. The limits of
 * the position are the bank's own.
 */
export const demoMarketParameters: readonly { readonly name: string; readonly value: Value }[] = [
  { name: 'bill.bank_name', value: demoLegalEntity.name },
  { name: 'bill.face_gl_code', value: '1301' },
  { name: 'bill.interest_gl_code', value: '130102' },
  { name: 'bill.rediscount_gl_code', value: '2021' },
  { name: 'bill.rediscount_interest_gl_code', value: '202102' },
  { name: 'bill.interest_expense_gl_code', value: '6411' },
  { name: 'bill.margin_gl_code', value: '2002' },
  { name: 'bill.acceptance_gl_code', value: '7201' },
  { name: 'bill.advance_gl_code', value: '1303' },
  { name: 'bill.clearing_gl_code', value: '3001' },
  { name: 'bill.term_months_max', value: 6n },
  { name: 'fx.position_gl_code', value: '3002' },
  { name: 'fx.gain_gl_code', value: '6061' },
  {
    name: 'fx.limits',
    value: {
      capitalMinor: 200_000_000_000n,
      netOpenMinor: 2_000_000_000n,
      warnPpm: 800_000n,
      currencies: { USD: 1_500_000_000n, EUR: 800_000_000n, JPY: 500_000_000n, HKD: 500_000_000n },
    },
  },
];

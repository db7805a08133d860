import type { Values } from '../../base/data.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Transaction } from '../../store/database.ts';
import { addDepositProduct, addDepositRate } from '../../store/products/deposit-products.ts';
import type { DemoOpening } from './open-people.ts';

/** Demand interest is settled on the 20th of the last month of a quarter and paid on the 21st. */
const quarterly = { settlementMonths: [3n, 6n, 9n, 12n], settlementDay: 20n };
const demand = { kind: 'demand', rateCode: 'demand', ...quarterly };
const yuan = (amount: bigint): bigint => amount * 100n;

function fixed(months: bigint, rateCode: string, name: string, nameEn: string): Values {
  const rules = { minimumMinor: yuan(50n), partialWithdrawalsMax: 1n, renewable: true };
  return { kind: 'fixed', name, nameEn, rateCode, termMonths: months, ...rules };
}

function notice(days: bigint, name: string, nameEn: string): Values {
  const rules = { minimumMinor: yuan(50_000n), remainingMinimumMinor: yuan(50_000n) };
  const terms = { noticeDays: days, interestBy: 'actual_days', partialWithdrawalsMax: 99n };
  return { kind: 'notice', name, nameEn, rateCode: `notice_${days}d`, ...terms, ...rules };
}

/** What the demo bank takes as deposits, by product code. */
export const demoDepositProducts: readonly (readonly [code: string, definition: Values])[] = [
  [
    'corporate_current',
    company('basic', '单位活期存款（基本户）', 'Company demand deposit (basic account)'),
  ],
  [
    'corporate_general',
    company('general', '单位活期存款（一般户）', 'Company demand deposit (general account)'),
  ],
  ['retail_current', { ...personal('I', '个人活期存款', 'Personal demand deposit') }],
  [
    'retail_current_2',
    personal('II', '个人活期存款（II类户）', 'Personal demand deposit (class II)'),
  ],
  [
    'retail_current_3',
    personal('III', '个人活期存款（III类户）', 'Personal demand deposit (class III)'),
  ],
  ['fixed_3m', fixed(3n, 'fixed_3m', '整存整取三个月', 'Fixed deposit, 3 months')],
  ['fixed_6m', fixed(6n, 'fixed_6m', '整存整取六个月', 'Fixed deposit, 6 months')],
  ['fixed_1y', fixed(12n, 'fixed_1y', '整存整取一年', 'Fixed deposit, 1 year')],
  ['fixed_3y', fixed(36n, 'fixed_3y', '整存整取三年', 'Fixed deposit, 3 years')],
  ['notice_1d', notice(1n, '一天通知存款', 'Notice deposit, 1 day')],
  ['notice_7d', notice(7n, '七天通知存款', 'Notice deposit, 7 days')],
  [
    'instalment_1y',
    {
      ...{ kind: 'instalment', name: '零存整取一年', nameEn: 'Instalment savings, 1 year' },
      ...{ rateCode: 'instalment_1y', termMonths: 12n, minimumMinor: yuan(5n), holder: 'personal' },
      interestBy: 'actual_days',
    },
  ],
  [
    'large_certificate_1y',
    {
      ...{ kind: 'large_certificate', name: '个人大额存单一年', rateCode: 'large_certificate_1y' },
      ...{ nameEn: 'Large certificate of deposit, 1 year', termMonths: 12n, holder: 'personal' },
      ...{ minimumMinor: yuan(200_000n), transferable: true, partialWithdrawalsMax: 0n },
    },
  ],
  [
    'certificate_6m',
    {
      ...{
        kind: 'certificate',
        name: '单位存单六个月',
        nameEn: 'Certificate of deposit, 6 months',
      },
      ...{ rateCode: 'fixed_6m', termMonths: 6n, holder: 'company', transferable: true },
      minimumMinor: yuan(10_000_000n),
    },
  ],
];

function company(companyUse: string, name: string, nameEn: string): Values {
  return { ...demand, name, nameEn, companyUse, holder: 'company', dormantAfterMonths: 12n };
}

function personal(accountClass: string, name: string, nameEn: string): Values {
  return { ...demand, name, nameEn, holder: 'personal', accountClass };
}

/** Posted yearly rates in CNY, in millionths; the demo bank's own. */
export const demoDepositRates: Readonly<Record<string, bigint>> = {
  demand: 500n,
  agreed: 2_000n,
  notice_1d: 1_000n,
  notice_7d: 4_500n,
  fixed_3m: 6_500n,
  fixed_6m: 8_500n,
  fixed_1y: 9_500n,
  fixed_3y: 12_500n,
  instalment_1y: 6_500n,
  large_certificate_1y: 11_500n,
};

/** Products and posted rates, in force from the day on which the bank opens. */
export async function openDemoDeposits(
  transaction: Transaction,
  { cellId, openedOn: effectiveFrom, at: madeAt }: DemoOpening,
): Promise<Result<null>> {
  const made = { cellId, effectiveFrom, madeAt, madeLogin: 'chen.yan', checkedLogin: 'luo.min' };
  for (const [productCode, definition] of demoDepositProducts) {
    await addDepositProduct(transaction, { ...made, productCode, definition });
  }
  for (const [rateCode, ratePpm] of Object.entries(demoDepositRates)) {
    await addDepositRate(transaction, { ...made, rateCode, currency: 'CNY', ratePpm });
  }
  return ok(null);
}

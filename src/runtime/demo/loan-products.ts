import type { Value, Values } from '../../base/data.ts';

/** What every product of the house has alike. Amounts in minor units, shares in millionths. */
const house: Values = {
  overdueDayCount: 'act_360',
  settlementDay: 20n,
  overdueUpliftPpm: 500_000n,
  misuseUpliftPpm: 1_000_000n,
  compounds: true,
  allocation: {
    byInstalment: true,
    order: ['penalty', 'compound', 'interest', 'principal'],
    principalFirstAfterDays: 90n,
  },
  // 贷款通则 article 12: once; short by its own term, medium by half of it, long by three years.
  extension: { timesMax: 1n, shortMonths: 12n, mediumMonths: 60n, longMonthsMax: 36n },
  accruesUpToDays: 90n,
  // 商业银行金融资产风险分类办法, in force 2023-07-01.
  classification: {
    ...{ technicalDaysMax: 7n, substandardAfterDays: 90n, doubtfulAfterDays: 270n },
    ...{ lossAfterDays: 360n, doubtfulFromLossPpm: 500_000n, lossFromLossPpm: 900_000n },
    ...{ badShareOfDebtorPpm: 100_000n, badShareAtOtherBanksPpm: 200_000n },
    restructuredMonths: 12n,
  },
  stage: { secondAfterDays: 30n, thirdAfterDays: 90n },
};

const corporate: Values = {
  ...house,
  retail: false,
  basisPointsMin: -100n,
  basisPointsMax: 500n,
  repricing: ['never', 'year_start', 'anniversary', 'half_year', 'quarter', 'month'],
  graceDays: 0n,
};

const personal: Values = {
  ...house,
  retail: true,
  basisPointsMin: -50n,
  basisPointsMax: 1_500n,
  repricing: ['never', 'year_start', 'anniversary'],
  graceDays: 3n,
};

/** What one product has of its own: ranges from and to, and what a prepayment costs. */
type Own = {
  readonly names: readonly [zh: string, en: string];
  readonly methods: readonly string[];
  readonly months: readonly [from: bigint, to: bigint];
  readonly amountsMinor: readonly [from: bigint, to: bigint];
  readonly dayCount: 'act_360' | 'month_360';
  readonly leastPrepaidMinor: bigint;
  readonly fee?: readonly [ppm: bigint, months: bigint];
  readonly lendMaxPpm: bigint;
};

function product(kind: string, common: Values, own: Own): readonly [code: string, Value] {
  const [zh, en] = own.names;
  const [monthsMin, monthsMax] = own.months;
  const [amountMinMinor, amountMaxMinor] = own.amountsMinor;
  const [feePpm, feeMonths] = own.fee ?? [0n, 0n];
  const { methods, dayCount, lendMaxPpm, leastPrepaidMinor: leastMinor } = own;
  const definition = {
    ...{ ...common, name: { 'zh-CN': zh, en }, kind, methods: [...methods] },
    ...{ monthsMin, monthsMax, amountMinMinor, amountMaxMinor, dayCount, lendMaxPpm },
    prepayment: { allowed: true, leastMinor, feePpm, feeMonths },
  };
  return [kind, definition];
}

const products: readonly (readonly [code: string, Value])[] = [
  product('working_capital', corporate, {
    names: ['流动资金贷款', 'Working capital loan'],
    methods: [
      ...['interest_first', 'at_maturity', 'equal_instalments', 'equal_principal', 'free_plan'],
    ],
    months: [1n, 36n],
    amountsMinor: [10_000_000n, 100_000_000_000n],
    dayCount: 'act_360',
    leastPrepaidMinor: 1_000_000n,
    lendMaxPpm: 700_000n,
  }),
  product('fixed_asset', corporate, {
    names: ['固定资产贷款', 'Fixed asset loan'],
    methods: ['equal_principal', 'equal_instalments', 'free_plan'],
    months: [12n, 180n],
    amountsMinor: [100_000_000n, 1_000_000_000_000n],
    dayCount: 'act_360',
    leastPrepaidMinor: 10_000_000n,
    fee: [5_000n, 36n],
    lendMaxPpm: 600_000n,
  }),
  product('mortgage', personal, {
    names: ['个人住房按揭贷款', 'Home mortgage'],
    methods: ['equal_instalments', 'equal_principal'],
    months: [12n, 360n],
    amountsMinor: [5_000_000n, 2_000_000_000n],
    dayCount: 'month_360',
    leastPrepaidMinor: 1_000_000n,
    fee: [10_000n, 12n],
    lendMaxPpm: 800_000n,
  }),
  product('consumer', personal, {
    names: ['个人消费贷款', 'Consumer loan'],
    methods: ['equal_instalments', 'interest_first', 'equal_principal'],
    months: [3n, 60n],
    amountsMinor: [100_000n, 30_000_000n],
    dayCount: 'month_360',
    leastPrepaidMinor: 100_000n,
    lendMaxPpm: 500_000n,
  }),
  product('deposit_pledged', personal, {
    names: ['存单质押贷款', 'Loan against a deposit'],
    methods: ['at_maturity', 'interest_first'],
    months: [1n, 60n],
    amountsMinor: [100_000n, 1_000_000_000n],
    dayCount: 'act_360',
    leastPrepaidMinor: 10_000n,
    lendMaxPpm: 900_000n,
  }),
];

/** Loan products, loss model, LPR and GL codes of the demo bank, as parameters. */
export const demoLoanParameters: readonly { readonly name: string; readonly value: Value }[] = [
  ...products.map(([code, value]) => ({ name: `loan.product.${code}`, value })),
  {
    name: 'loan.loss_model',
    value: {
      corporate: {
        defaultPpm: [20_000n, 18_000n, 15_000n],
        lossPpm: 450_000n,
        recoverAfterYears: 2n,
      },
      retail: { defaultPpm: [8_000n, 7_000n, 6_000n], lossPpm: 350_000n, recoverAfterYears: 1n },
    },
  },
  { name: 'loan.lpr.one_year', value: { publishedOn: '2026-10-20', ratePpm: 30_000n } },
  { name: 'loan.lpr.over_five_years', value: { publishedOn: '2026-10-20', ratePpm: 35_000n } },
  { name: 'loan.receivable_gl_code', value: '1132' },
  { name: 'loan.fee_income_gl_code', value: '6021' },
  { name: 'loan.allowance_gl_code', value: '1304' },
  { name: 'loan.impairment_gl_code', value: '6702' },
  { name: 'loan.written_off_gl_code', value: '7301' },
];

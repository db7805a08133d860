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

const products: Readonly<Record<string, Values>> = {
  working_capital: {
    ...corporate,
    name: { 'zh-CN': '流动资金贷款', en: 'Working capital loan' },
    kind: 'working_capital',
    methods: [
      ...['interest_first', 'at_maturity', 'equal_instalments', 'equal_principal', 'free_plan'],
    ],
    ...{ monthsMin: 1n, monthsMax: 36n },
    ...{ amountMinMinor: 10_000_000n, amountMaxMinor: 100_000_000_000n },
    dayCount: 'act_360',
    prepayment: { allowed: true, leastMinor: 1_000_000n, feePpm: 0n, feeMonths: 0n },
    lendMaxPpm: 700_000n,
  },
  fixed_asset: {
    ...corporate,
    name: { 'zh-CN': '固定资产贷款', en: 'Fixed asset loan' },
    kind: 'fixed_asset',
    methods: ['equal_principal', 'equal_instalments', 'free_plan'],
    ...{ monthsMin: 12n, monthsMax: 180n },
    ...{ amountMinMinor: 100_000_000n, amountMaxMinor: 1_000_000_000_000n },
    dayCount: 'act_360',
    prepayment: { allowed: true, leastMinor: 10_000_000n, feePpm: 5_000n, feeMonths: 36n },
    lendMaxPpm: 600_000n,
  },
  mortgage: {
    ...personal,
    name: { 'zh-CN': '个人住房按揭贷款', en: 'Home mortgage' },
    kind: 'mortgage',
    methods: ['equal_instalments', 'equal_principal'],
    ...{ monthsMin: 12n, monthsMax: 360n },
    ...{ amountMinMinor: 5_000_000n, amountMaxMinor: 2_000_000_000n },
    dayCount: 'month_360',
    prepayment: { allowed: true, leastMinor: 1_000_000n, feePpm: 10_000n, feeMonths: 12n },
    lendMaxPpm: 800_000n,
  },
  consumer: {
    ...personal,
    name: { 'zh-CN': '个人消费贷款', en: 'Consumer loan' },
    kind: 'consumer',
    methods: ['equal_instalments', 'interest_first', 'equal_principal'],
    ...{ monthsMin: 3n, monthsMax: 60n },
    ...{ amountMinMinor: 100_000n, amountMaxMinor: 30_000_000n },
    dayCount: 'month_360',
    prepayment: { allowed: true, leastMinor: 100_000n, feePpm: 0n, feeMonths: 0n },
    lendMaxPpm: 500_000n,
  },
  deposit_pledged: {
    ...personal,
    name: { 'zh-CN': '存单质押贷款', en: 'Loan against a deposit' },
    kind: 'deposit_pledged',
    methods: ['at_maturity', 'interest_first'],
    ...{ monthsMin: 1n, monthsMax: 60n },
    ...{ amountMinMinor: 100_000n, amountMaxMinor: 1_000_000_000n },
    dayCount: 'act_360',
    prepayment: { allowed: true, leastMinor: 10_000n, feePpm: 0n, feeMonths: 0n },
    lendMaxPpm: 900_000n,
  },
};

/** Loan products, loss model, LPR and GL codes of the demo bank, as parameters. */
export const demoLoanParameters: readonly { readonly name: string; readonly value: Value }[] = [
  ...Object.entries(products).map(([code, value]) => ({ name: `loan.product.${code}`, value })),
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

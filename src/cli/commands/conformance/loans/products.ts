import { parseRatePercent } from '../../../../base/rates.ts';
import type {
  Allocation,
  Component,
  FutureRule,
  ProgressiveTerms,
  Recalculation,
  RepaymentUnit,
} from '../../../../product/loan/progressive/terms.ts';
import type { Fields } from './json.ts';
import { defaultAllocation, orderOf } from './terms.ts';

/** What a product's name stands for, as the products file says it. */
export type Product = Fields;

const units: Readonly<Record<string, RepaymentUnit>> = {
  DAYS: 'days',
  WEEKS: 'weeks',
  MONTHS: 'months',
  YEARS: 'years',
};

/** 'MONTHS' as the loans' own word; null when it is another. */
export function unitOf(text: string): RepaymentUnit | null {
  return units[text] ?? null;
}

const yearDays: Readonly<Record<string, ProgressiveTerms['yearDays']>> = {
  DAYS360: 360,
  DAYS364: 364,
  DAYS365: 365,
  ACTUAL: 'actual',
};

const monthDays: Readonly<Record<string, ProgressiveTerms['monthDays']>> = {
  DAYS30: 30,
  ACTUAL: 'actual',
};

/** 'DAYS360' and 'DAYS30' as a day count; null when it is another. */
export function dayCountOf(
  inYear: string,
  inMonth: string,
): Pick<ProgressiveTerms, 'yearDays' | 'monthDays'> | null {
  const year = yearDays[inYear];
  const month = monthDays[inMonth];
  return year === undefined || month === undefined ? null : { yearDays: year, monthDays: month };
}

/**
 * Orders of payment that product names stand for; the products file does not give them. All other
 * products pay penalties, fees, principal, interest.
 */
const orders: readonly (readonly [RegExp, readonly Component[]])[] = [
  [/CUSTOM_PMT_ALLOC/, ['interest', 'principal', 'penalty', 'fee']],
  [/CUSTOM_PAYMENT_ALLOC/, ['penalty', 'fee', 'interest', 'principal']],
];

const futures: Readonly<Record<string, FutureRule>> = {
  NEXT_INSTALLMENT: 'next',
  LAST_INSTALLMENT: 'last',
  NEXT_LAST_INSTALLMENT: 'next_then_last',
  REAMORTIZATION: 'all_equally',
};

/** 'NEXT_INSTALLMENT' as the loans' own word; null when it is another. */
export function futureOf(text: string): FutureRule | null {
  return futures[text] ?? null;
}

/** How a product spreads a payment, unless a step says otherwise. */
export function allocationOf(name: string, product: Product): Allocation {
  const [, components] = orders.find(([pattern]) => pattern.test(name)) ?? [];
  const last = /LAST_INSTALLMENT/.test(name);
  const vertical = product.loanScheduleProcessingType === 'VERTICAL';
  return {
    direction: vertical ? 'vertical' : 'horizontal',
    order: components === undefined ? defaultAllocation.order : orderOf(components),
    future: last ? 'last' : 'next',
  };
}

/** Where products send payments that are no repayments; the products file does not give it. */
const otherFutures: readonly (readonly [RegExp, readonly FutureRule[]])[] = [
  [/INT(EREST)?_REFUND_FULL|^LP1_ADV/, ['next', 'next', 'next']],
  [/ADV_CUSTOM_PMT_ALLOC/, ['all_equally', 'last', 'next']],
  [/./, ['last', 'all_equally', 'next']],
];

/** By the type of the payment. */
export function otherFuturesOf(name: string): ReadonlyMap<string, FutureRule> {
  const [, rules = []] = otherFutures.find(([pattern]) => pattern.test(name)) ?? [];
  const types = ['GOODWILL_CREDIT', 'MERCHANT_ISSUED_REFUND', 'PAYOUT_REFUND'];
  return new Map(types.map((type, at) => [type, rules[at] ?? 'next']));
}

/** Do refunds of the product also give back interest? */
export function refundsInterest(product: Product): boolean {
  const types = product.supportedInterestRefundTypes ?? null;
  return types !== null && !String(types).startsWith('new ArrayList');
}

const restFrequencies: Readonly<Record<string, Recalculation['rest']>> = {
  '2': 'daily',
  DAILY: 'daily',
  '1': 'same_as_repayment_period',
  SAME_AS_REPAYMENT: 'same_as_repayment_period',
};

const closings: Readonly<Record<string, Recalculation['closing']>> = {
  '1': 'till_closing_date',
  TILL_PRE_CLOSE_DATE: 'till_closing_date',
  '2': 'till_rest_date',
  TILL_REST_FREQUENCY_DATE: 'till_rest_date',
};

/** When payments change the interest; a text names what these loans do not have. */
function recalculationOf(product: Product): Recalculation | null | string {
  if (product.isInterestRecalculationEnabled !== true) return null;
  const rest = restFrequencies[String(product.recalculationRestFrequencyType)];
  const closing = closings[String(product.preClosureInterestCalculationStrategy)];
  if (rest === undefined || closing === undefined) return 'interest rests other than each period';
  const pastDueInterest = product.disallowInterestCalculationOnPastDue !== true;
  return { rest, closing, pastDueInterest };
}

/** What a product asks for that these loans do not have, by its name; null: nothing. */
function missingOf(product: Product): string | null {
  if (product.loanScheduleType !== 'PROGRESSIVE') return 'cumulative schedules';
  if (product.interestRateFrequencyType === 'WHOLE_TERM') return 'a rate for the whole term';
  return null;
}

/** Cells of the table that creates a loan, by the names of its columns. */
export type LoanCells = ReadonlyMap<string, string>;

/** The terms of a loan of a product; a text names what these loans do not have. */
export function termsOf(
  product: Product,
  cells: LoanCells,
  allocation: Allocation,
): ProgressiveTerms | string {
  const missing = missingOf(product);
  if (missing !== null) return missing;
  const cell = (column: string): string => cells.get(column) ?? '';
  const recalculates = recalculationOf(product);
  if (typeof recalculates === 'string') return recalculates;
  const dayCount = dayCountOf(String(product.daysInYearType), String(product.daysInMonthType));
  const unit = unitOf(cell('repaymentFrequencyType'));
  const rate = parseRatePercent(cell('ANNUAL interest rate %'));
  if (dayCount === null) return `day count ${product.daysInYearType}/${product.daysInMonthType}`;
  if (unit === null) return `repayment frequency ${cell('repaymentFrequencyType')}`;
  if (!rate.ok) return `a rate of ${cell('ANNUAL interest rate %')} %`;
  if (cell('amortization type') !== 'EQUAL_INSTALLMENTS') {
    return `${cell('amortization type')} in schedules that follow payments`;
  }
  if (Number(cell('interest free period') || '0') > 0) return 'periods free of interest';
  const flat = cell('interest type') === 'FLAT';
  const byPeriod = cell('interest calculation period') === 'SAME_AS_REPAYMENT_PERIOD';
  const downPayment = product.enableDownPayment === true;
  const multiple = Number(product.installmentAmountInMultiplesOf ?? 0);
  const percent = parseRatePercent(String(product.disbursedAmountPercentageForDownPayment ?? '0'));
  return {
    ...dayCount,
    annualRatePpm: rate.value,
    instalments: Number(cell('numberOfRepayments')),
    every: Number(cell('repaymentEvery')),
    unit,
    leapOnlyWithDay: String(product.daysInYearCustomStrategy).includes('FEB_29_PERIOD_ONLY'),
    interestBase: flat ? 'flat' : 'declining_balance',
    interestBy: byPeriod ? 'repayment_period' : 'day',
    partialPeriods: product.allowPartialPeriodInterestCalculation === true,
    interestFromFirstDay: product.interestRecognitionOnDisbursementDate === true,
    multipleMinor: Number.isFinite(multiple) ? BigInt(multiple) * 100n : 0n,
    downPaymentPpm: downPayment && percent.ok ? percent.value : 0n,
    downPaymentCollected: product.enableAutoRepaymentForDownPayment === true,
    fullTermForEachTranche: product.allowFullTermForTranche === true,
    interestGracePeriods: Number(cell('graceOnInterestPayment') || '0'),
    principalGracePeriods: Number(cell('graceOnPrincipalPayment') || '0'),
    fixedLength: Number(product.fixedLength) || 0,
    recalculates,
    allocation,
  };
}

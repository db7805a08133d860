import { isValueList, isValues, type Value, type Values } from '../../../base/data.ts';
import { addMonths } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import type { StageRules } from '../classify/expected-loss.ts';
import type { ClassificationRules } from '../classify/five-levels.ts';
import type { ExtensionRules } from '../note/change.ts';
import type { PrepaymentRules } from '../note/decide.ts';
import { type Method, methods } from '../note/plan.ts';
import { type Allocation, type NoteTerms, type Use, uses } from '../note/state.ts';
import { type DayCount, dayCounts } from '../pricing/day-count.ts';
import {
  agreedRate,
  type RateAgreement,
  type RepricingRule,
  repricingRules,
} from '../pricing/lpr.ts';

export const loanKinds = [
  'working_capital',
  'fixed_asset',
  'mortgage',
  'consumer',
  'deposit_pledged',
] as const;

export type LoanKind = (typeof loanKinds)[number];

/** A loan product as it holds from a day on. Names are shown to customers and clerks. */
export type LoanProduct = {
  readonly code: string;
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly kind: LoanKind;
  readonly retail: boolean;
  readonly methods: readonly Method[];
  readonly monthsMin: number;
  readonly monthsMax: number;
  readonly amountMinMinor: bigint;
  readonly amountMaxMinor: bigint;
  readonly basisPointsMin: bigint;
  readonly basisPointsMax: bigint;
  readonly repricing: readonly RepricingRule[];
  readonly dayCount: DayCount;
  readonly overdueDayCount: DayCount;
  readonly settlementDay: number;
  readonly graceDays: number;
  readonly overdueUpliftPpm: bigint;
  readonly misuseUpliftPpm: bigint;
  readonly compounds: boolean;
  readonly allocation: Allocation;
  readonly prepayment: PrepaymentRules;
  readonly extension: ExtensionRules;
  /** How much of collateral's value is lent on (抵质押率 上限). */
  readonly lendMaxPpm: bigint;
  readonly accruesUpToDays: number;
  readonly classification: ClassificationRules;
  readonly stage: StageRules;
};

/** Reads a product's parameters; refused with the path of the first that is missing or wrong. */
export function readProduct(
  code: string,
  parameters: Values,
): Result<LoanProduct, 'loan_product_not_valid'> {
  const read = new Reader(parameters, '', []);
  const product = productOf(code, read);
  const [path] = read.faults;
  return path === undefined ? ok(product) : refuse('loan_product_not_valid', { code, path });
}

function productOf(code: string, read: Reader): LoanProduct {
  const name = read.part('name');
  return {
    code,
    name: { 'zh-CN': name.text('zh-CN'), en: name.text('en') },
    kind: read.oneOf('kind', loanKinds),
    retail: read.truth('retail'),
    methods: read.someOf('methods', methods),
    ...{ monthsMin: read.count('monthsMin'), monthsMax: read.count('monthsMax') },
    amountMinMinor: read.whole('amountMinMinor'),
    amountMaxMinor: read.whole('amountMaxMinor'),
    basisPointsMin: read.whole('basisPointsMin'),
    basisPointsMax: read.whole('basisPointsMax'),
    repricing: read.someOf('repricing', repricingRules),
    dayCount: read.oneOf('dayCount', dayCounts),
    overdueDayCount: read.oneOf('overdueDayCount', dayCounts),
    settlementDay: read.count('settlementDay'),
    graceDays: read.count('graceDays'),
    overdueUpliftPpm: read.whole('overdueUpliftPpm'),
    misuseUpliftPpm: read.whole('misuseUpliftPpm'),
    compounds: read.truth('compounds'),
    allocation: allocationOf(read.part('allocation')),
    prepayment: prepaymentOf(read.part('prepayment')),
    extension: extensionOf(read.part('extension')),
    lendMaxPpm: read.whole('lendMaxPpm'),
    accruesUpToDays: read.count('accruesUpToDays'),
    classification: classificationOf(read.part('classification')),
    stage: {
      secondAfterDays: read.part('stage').count('secondAfterDays'),
      thirdAfterDays: read.part('stage').count('thirdAfterDays'),
    },
  };
}

function allocationOf(read: Reader): Allocation {
  const order: readonly Use[] = read.someOf('order', uses);
  if (order.length !== uses.length) read.fault('order');
  return {
    byInstalment: read.truth('byInstalment'),
    order,
    principalFirstAfterDays: read.has('principalFirstAfterDays')
      ? read.count('principalFirstAfterDays')
      : null,
  };
}

const prepaymentOf = (read: Reader): PrepaymentRules => ({
  allowed: read.truth('allowed'),
  leastMinor: read.whole('leastMinor'),
  feePpm: read.whole('feePpm'),
  feeMonths: read.count('feeMonths'),
});

const extensionOf = (read: Reader): ExtensionRules => ({
  timesMax: read.count('timesMax'),
  shortMonths: read.count('shortMonths'),
  mediumMonths: read.count('mediumMonths'),
  longMonthsMax: read.count('longMonthsMax'),
});

const classificationOf = (read: Reader): ClassificationRules => ({
  technicalDaysMax: read.count('technicalDaysMax'),
  substandardAfterDays: read.count('substandardAfterDays'),
  doubtfulAfterDays: read.count('doubtfulAfterDays'),
  lossAfterDays: read.count('lossAfterDays'),
  doubtfulFromLossPpm: read.whole('doubtfulFromLossPpm'),
  lossFromLossPpm: read.whole('lossFromLossPpm'),
  badShareOfDebtorPpm: read.whole('badShareOfDebtorPpm'),
  badShareAtOtherBanksPpm: read.whole('badShareAtOtherBanksPpm'),
  restructuredMonths: read.count('restructuredMonths'),
});

/** Reads values by name; what is missing or of another kind is kept with its whole path. */
class Reader {
  readonly values: Values;
  readonly path: string;
  readonly faults: string[];

  constructor(values: Values, path: string, faults: string[]) {
    this.values = values;
    this.path = path;
    this.faults = faults;
  }

  fault(name: string): void {
    this.faults.push(`${this.path}${name}`);
  }

  has(name: string): boolean {
    return (this.values[name] ?? null) !== null;
  }

  whole(name: string): bigint {
    const value = this.values[name];
    if (typeof value === 'bigint') return value;
    this.fault(name);
    return 0n;
  }

  count(name: string): number {
    const value = this.whole(name);
    if (value < 0n || value > 10_000n) this.fault(name);
    return Number(value);
  }

  truth(name: string): boolean {
    const value = this.values[name];
    if (typeof value !== 'boolean') this.fault(name);
    return value === true;
  }

  text(name: string): string {
    const value = this.values[name];
    if (typeof value === 'string' && value !== '') return value;
    this.fault(name);
    return '';
  }

  part(name: string): Reader {
    const value: Value = this.values[name] ?? null;
    if (!isValues(value)) this.fault(name);
    return new Reader(isValues(value) ? value : {}, `${this.path}${name}.`, this.faults);
  }

  oneOf<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = words.find((word) => word === this.values[name]);
    if (value === undefined) this.fault(name);
    return value ?? words[0];
  }

  someOf<Word extends string>(name: string, words: readonly Word[]): readonly Word[] {
    const value: Value = this.values[name] ?? null;
    const given = isValueList(value) ? value : [];
    const known = words.filter((word) => given.includes(word));
    if (known.length === 0 || known.length !== given.length) this.fault(name);
    return given.filter((one): one is Word => known.some((word) => word === one));
  }
}

/** What a customer asks of a product. */
export type NoteOrder = {
  readonly noteNumber: string;
  readonly currency: string;
  readonly principalMinor: bigint;
  readonly start: string;
  readonly months: number;
  readonly method: Method;
  readonly agreement: RateAgreement;
};

export type NoteOrderRefusal =
  | 'amount_not_offered'
  | 'months_not_offered'
  | 'method_not_offered'
  | 'rate_not_offered';

/**
 * The terms of a note of a product. Refused in order: amount, months, method, points or rule of
 * repricing that the product does not offer.
 */
export function termsOfNote(
  product: LoanProduct,
  order: NoteOrder,
): Result<NoteTerms, NoteOrderRefusal> {
  const { principalMinor, months, method, agreement } = order;
  if (principalMinor < product.amountMinMinor || principalMinor > product.amountMaxMinor) {
    return refuse('amount_not_offered', {});
  }
  if (months < product.monthsMin || months > product.monthsMax) {
    const { monthsMin, monthsMax } = product;
    return refuse('months_not_offered', { from: String(monthsMin), to: String(monthsMax) });
  }
  if (!product.methods.includes(method)) return refuse('method_not_offered', { method });
  if (!offersRate(product, agreement)) return refuse('rate_not_offered', {});
  const { dayCount, overdueDayCount, settlementDay, graceDays, compounds, allocation } = product;
  return ok({
    noteNumber: order.noteNumber,
    productCode: product.code,
    currency: order.currency,
    principalMinor,
    start: order.start,
    maturity: addMonths(order.start, months),
    method,
    ...{ dayCount, overdueDayCount, settlementDay, graceDays, compounds, allocation, agreement },
    upliftPpm: product.overdueUpliftPpm,
  });
}

function offersRate(product: LoanProduct, agreement: RateAgreement): boolean {
  if (agreedRate(agreement) < 0n) return false;
  if (agreement.kind === 'fixed') return product.repricing.includes('never');
  const { basisPoints, repricing } = agreement;
  const inRange = basisPoints >= product.basisPointsMin && basisPoints <= product.basisPointsMax;
  return inRange && product.repricing.includes(repricing);
}

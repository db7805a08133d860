import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import { dateParts } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';

/**
 * demand 活期 · fixed 整存整取 · notice 通知存款 · instalment 零存整取 · large_certificate 大额存单 ·
 * certificate 同业存单/存单 that passes from hand to hand. An agreed deposit (协定) is a demand deposit
 * with an agreement on it.
 */
export const depositKinds = [
  'demand',
  'fixed',
  'notice',
  'instalment',
  'large_certificate',
  'certificate',
] as const;

export type DepositKind = (typeof depositKinds)[number];

/** What a company's settlement account is for (人民币银行结算账户管理办法). */
export type CompanyUse = 'basic' | 'general' | 'special' | 'temporary';

/** Who may hold it. */
export type Holder = 'personal' | 'company' | 'anybody';

/**
 * A deposit product as data, in force from a date until its next version. Rates are codes of
 * posted rates. yearDays: days a year counts for a day's interest, 360 in Chinese practice.
 * termMonths: 0 where there is no term in months; noticeDays: 1 or 7 for notice deposits, else 0.
 * Interest by `years_and_months` counts whole months and odd days, by `actual_days` every day.
 * settlement: the day of those months on which demand interest is settled; it is paid on the next
 * day. interestFrom: whole yuan of the principal bear interest, or every cent.
 */
export type DepositProduct = {
  readonly name: string;
  readonly nameEn: string;
  readonly kind: DepositKind;
  readonly holder: Holder;
  readonly accountClass: 'I' | 'II' | 'III' | null;
  /** 基本户, 一般户, 专用户, 临时户; null where it is no company's settlement account. */
  readonly companyUse: CompanyUse | null;
  readonly glCode: string;
  readonly payableGlCode: string;
  readonly expenseGlCode: string;
  readonly rateCode: string;
  /** Paid for what leaves before its time and stays after it. */
  readonly demandRateCode: string;
  readonly yearDays: bigint;
  readonly interestBy: 'years_and_months' | 'actual_days';
  readonly interestFrom: 'cent' | 'yuan';
  readonly settlementMonths: readonly bigint[];
  readonly settlementDay: bigint;
  readonly termMonths: bigint;
  readonly noticeDays: bigint;
  readonly minimumMinor: bigint;
  /** How often a part may leave early; 0: only the whole. */
  readonly partialWithdrawalsMax: bigint;
  readonly remainingMinimumMinor: bigint;
  readonly renewable: boolean;
  readonly transferable: boolean;
  /** After so many months without a movement of the customer's it is dormant; 0: never. */
  readonly dormantAfterMonths: bigint;
};

const texts = ['name', 'nameEn', 'glCode', 'payableGlCode', 'expenseGlCode', 'rateCode'] as const;
const wholes = [
  'yearDays',
  'settlementDay',
  'termMonths',
  'noticeDays',
  'minimumMinor',
  'partialWithdrawalsMax',
  'remainingMinimumMinor',
  'dormantAfterMonths',
] as const;

/** What a field is where a definition leaves it out. */
const defaults: Values = {
  holder: 'anybody',
  accountClass: null,
  companyUse: null,
  glCode: '2011',
  payableGlCode: '2231',
  expenseGlCode: '6411',
  demandRateCode: 'demand',
  yearDays: 360n,
  interestBy: 'years_and_months',
  interestFrom: 'cent',
  settlementMonths: [],
  settlementDay: 0n,
  termMonths: 0n,
  noticeDays: 0n,
  minimumMinor: 0n,
  partialWithdrawalsMax: 0n,
  remainingMinimumMinor: 0n,
  renewable: false,
  transferable: false,
  dormantAfterMonths: 0n,
};

const choices: Readonly<Record<string, readonly Value[]>> = {
  kind: depositKinds,
  holder: ['personal', 'company', 'anybody'],
  accountClass: ['I', 'II', 'III', null],
  companyUse: ['basic', 'general', 'special', 'temporary', null],
  interestBy: ['years_and_months', 'actual_days'],
  interestFrom: ['cent', 'yuan'],
  renewable: [true, false],
  transferable: [true, false],
};

export type ProductRefusal = 'product_not_valid';

/**
 * Reads a product's definition; what it leaves out has its default. Refused: a field of another
 * kind, one that is not known, a term deposit without a term, a demand deposit without a
 * settlement day.
 */
export function readProduct(definition: Value): Result<DepositProduct, ProductRefusal> {
  if (!isValues(definition)) return refuse('product_not_valid', { field: '' });
  const all: Values = { ...defaults, ...definition };
  const wrong = wrongField(all);
  if (wrong !== null) return refuse('product_not_valid', { field: wrong });
  return ok(all as unknown as DepositProduct);
}

function wrongField(all: Values): string | null {
  const known = new Set([...texts, 'demandRateCode', ...wholes, 'settlementMonths']);
  for (const name of Object.keys(all)) if (!known.has(name) && !(name in choices)) return name;
  for (const name of [...texts, 'demandRateCode']) {
    if (typeof all[name] !== 'string' || all[name] === '') return name;
  }
  for (const name of wholes) {
    const value = all[name];
    if (typeof value !== 'bigint' || value < 0n) return name;
  }
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(all[name] ?? null)) return name;
  }
  const months = all.settlementMonths ?? null;
  const isMonth = (month: Value) => typeof month === 'bigint' && month >= 1n && month <= 12n;
  if (!isValueList(months) || !months.every(isMonth)) return 'settlementMonths';
  if (all.yearDays === 0n) return 'yearDays';
  const kind = all.kind as DepositKind;
  if (kind === 'demand') return all.settlementDay === 0n ? 'settlementDay' : null;
  if (kind === 'notice') return all.noticeDays === 0n ? 'noticeDays' : null;
  return all.termMonths === 0n ? 'termMonths' : null;
}

/** Whether demand interest is settled at the end of a day (结息日). */
export function settlesOn(
  product: Pick<DepositProduct, 'settlementMonths' | 'settlementDay'>,
  date: string,
): boolean {
  const { month, day } = dateParts(date);
  return BigInt(day) === product.settlementDay && product.settlementMonths.includes(BigInt(month));
}

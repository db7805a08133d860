import { assert, present } from '../../../base/assert.ts';
import { addDays, addMonths, dateParts } from '../../../base/dates.ts';
import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import {
  type DayCount,
  exactInterest,
  INTEREST_PARTS,
  roundInterest,
} from '../pricing/day-count.ts';

/** 等额本息, 等额本金, 先息后本, 利随本清, and a plan agreed row by row (自由还款计划). */
export type Method =
  | 'equal_instalments'
  | 'equal_principal'
  | 'interest_first'
  | 'at_maturity'
  | 'free_plan';

export const methods: readonly Method[] = [
  'equal_instalments',
  'equal_principal',
  'interest_first',
  'at_maturity',
  'free_plan',
];

/**
 * When a row is due, and up to which day (not with it) its interest runs: the same, but interest
 * that is settled on the 20th runs up to and with the 20th.
 */
export type Due = { readonly dueDate: string; readonly to: string };

/** One row of a plan (期供): interest of the days from `from` to `to`, the last not counted. */
export type PlanRow = Due & {
  readonly number: number;
  readonly from: string;
  readonly principalMinor: bigint;
  /** With what was carried into it. */
  readonly interestMinor: bigint;
  /** Interest earned before `from` that is asked for in this row. */
  readonly carriedMinor: bigint;
};

/**
 * What a plan is made of. carriedParts: interest earned before `from` and not yet asked for, in
 * parts of a minor unit; it falls into the first row. instalmentMinor: the equal instalment to keep
 * (the term gets shorter); null: worked out anew over all due dates. shares: principal of each due
 * date of a free plan. firstWhole: the first row is a whole month.
 */
export type PlanOrder = {
  readonly method: Method;
  readonly dayCount: DayCount;
  readonly balanceMinor: bigint;
  readonly ratePpm: bigint;
  readonly from: string;
  readonly dues: readonly Due[];
  readonly carriedParts: bigint;
  readonly firstNumber: number;
  readonly instalmentMinor: bigint | null;
  readonly shares: readonly bigint[];
  readonly firstWhole: boolean;
};

/**
 * The rows from a day on. Principal adds up to the balance exactly; interest is rounded half up,
 * once in each row.
 */
export function planRows(order: PlanOrder): PlanRow[] {
  assert(order.dues.length > 0, 'a plan has a due date');
  assert(order.balanceMinor > 0n, 'a plan repays something');
  const principals = principalsOf(order);
  let balanceMinor = order.balanceMinor;
  let from = order.from;
  return principals.map((principalMinor, index) => {
    const { dueDate, to } = present(order.dues[index], 'a row has its due date');
    const interestMinor = roundInterest(rowParts(order, index, { balanceMinor, from, to }));
    balanceMinor -= principalMinor;
    const carriedMinor = index === 0 ? roundInterest(order.carriedParts) : 0n;
    const row = { from, to, dueDate, principalMinor, interestMinor, carriedMinor };
    from = to;
    return { number: order.firstNumber + index, ...row };
  });
}

function rowParts(
  order: PlanOrder,
  index: number,
  row: { balanceMinor: bigint; from: string; to: string },
): bigint {
  const { dayCount, ratePpm, carriedParts, firstWhole } = order;
  const carried = index === 0 ? carriedParts : 0n;
  const wholeMonth = dayCount === 'month_360' && byInstalments(order.method);
  if (wholeMonth && (index > 0 || firstWhole)) {
    return carried + (row.balanceMinor * ratePpm * INTEREST_PARTS) / (PPM * 12n);
  }
  const stay = { balanceMinor: row.balanceMinor, ratePpm, from: row.from, to: row.to };
  return carried + exactInterest(dayCount === 'month_360' ? 'act_360' : dayCount, stay);
}

/** Methods that repay principal with every row. */
function byInstalments(method: Method): boolean {
  return method === 'equal_instalments' || method === 'equal_principal';
}

function principalsOf(order: PlanOrder): bigint[] {
  const { method, balanceMinor, dues } = order;
  const count = dues.length;
  switch (method) {
    case 'equal_instalments':
      return annuityPrincipals(order);
    case 'equal_principal': {
      const each = divideRounded(balanceMinor, BigInt(count));
      return capped(
        Array.from({ length: count }, () => each),
        balanceMinor,
      );
    }
    case 'interest_first':
    case 'at_maturity':
      return [...Array.from({ length: count - 1 }, () => 0n), balanceMinor];
    case 'free_plan':
      assert(order.shares.length === count, 'a free plan names the principal of each due date');
      return capped(order.shares, balanceMinor);
    default: {
      const never: never = method;
      return never;
    }
  }
}

/** Equal payments of whole months; the last row takes what rounding leaves. */
function annuityPrincipals(order: PlanOrder): bigint[] {
  const { balanceMinor, ratePpm, dues } = order;
  const payment = order.instalmentMinor ?? annuityMinor(balanceMinor, ratePpm, BigInt(dues.length));
  const principals: bigint[] = [];
  let left = balanceMinor;
  while (left > 0n && principals.length < dues.length) {
    const wanted = payment - monthInterest(left, ratePpm);
    const last = principals.length === dues.length - 1;
    const paid = last || wanted > left ? left : wanted < 0n ? 0n : wanted;
    principals.push(paid);
    left -= paid;
  }
  return principals;
}

/** A twelfth of the yearly interest, rounded half up. */
export function monthInterest(balanceMinor: bigint, ratePpm: bigint): bigint {
  return divideRounded(balanceMinor * ratePpm, PPM * 12n);
}

/** Equal monthly payment A = P·i·(1+i)^n ÷ ((1+i)^n − 1), exact until its one rounding. */
export function annuityMinor(balanceMinor: bigint, ratePpm: bigint, months: bigint): bigint {
  if (ratePpm === 0n) return divideRounded(balanceMinor, months);
  const unit = PPM * 12n;
  const grown = (unit + ratePpm) ** months;
  return divideRounded(balanceMinor * ratePpm * grown, unit * (grown - unit ** months));
}

/** Principals that add up to the balance: later ones end where the balance does. */
function capped(wanted: readonly bigint[], balanceMinor: bigint): bigint[] {
  let left = balanceMinor;
  const paid: bigint[] = [];
  wanted.forEach((principal, index) => {
    if (left === 0n) return;
    const last = index === wanted.length - 1;
    const one = last || principal > left ? left : principal;
    paid.push(one);
    left -= one;
  });
  return paid;
}

/**
 * Due dates of a loan: each month counted from its start; for interest first, the settlement day of
 * each month after the start, which is itself a day of interest; and maturity.
 */
export function duesOf(given: {
  readonly method: Method;
  readonly start: string;
  readonly maturity: string;
  readonly settlementDay: number;
}): Due[] {
  const { method, start, maturity, settlementDay } = given;
  const last = { dueDate: maturity, to: maturity };
  if (method === 'at_maturity') return [last];
  const dues: Due[] = [];
  if (method === 'interest_first') {
    const sameMonth = addDays(start, settlementDay - dateParts(start).day);
    let settled = sameMonth > start ? sameMonth : addMonths(sameMonth, 1);
    while (addDays(settled, 1) < maturity) {
      dues.push({ dueDate: settled, to: addDays(settled, 1) });
      settled = addMonths(settled, 1);
    }
    return [...dues, last];
  }
  for (let month = 1; addMonths(start, month) < maturity; month += 1) {
    const dueDate = addMonths(start, month);
    dues.push({ dueDate, to: dueDate });
  }
  return [...dues, last];
}

import { assert } from '../../base/assert.ts';
import { addDays, addMonths, dateParts, daysBetween } from '../../base/dates.ts';
import { PPM, simpleInterestMinor } from '../../base/rates.ts';
import { divideRounded } from '../../base/rounding.ts';

export type RepaymentMethod =
  | 'equal_instalments'
  | 'equal_principal'
  | 'interest_first'
  | 'at_maturity';

/**
 * What a loan note was agreed on. principalMinor: minor units above 0. ratePpm: yearly, 4.35 % is
 * 43_500n. start: day of the disbursement; months: whole months to maturity (对年对月对日, clamped to
 * the month's end). settlementDay: day of the month on which interest is settled (interest_first).
 */
export type LoanTerms = {
  readonly principalMinor: bigint;
  readonly ratePpm: bigint;
  readonly start: string;
  readonly months: number;
  readonly method: RepaymentMethod;
  readonly settlementDay: number;
};

/** One instalment (期供). dueDate: when it is to be paid. days: calendar days of interest in it. */
export type Instalment = {
  readonly number: number;
  readonly dueDate: string;
  readonly days: number;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** Principal that is left after it; 0 after the last. */
  readonly balanceMinor: bigint;
};

/**
 * The repayment schedule. The last instalment absorbs rounding, so the balance ends at exactly 0.
 * Every interest is rounded half up to the minor unit. Source: handbook 12 (等额本息, 等额本金,
 * 先息后本, 利随本清).
 */
export function repaymentSchedule(terms: LoanTerms): Instalment[] {
  assert(terms.principalMinor > 0n, 'a loan has a principal');
  assert(terms.ratePpm >= 0n, 'a rate is not negative');
  assert(terms.months >= 1, 'a loan runs at least a month');
  switch (terms.method) {
    case 'equal_instalments':
      return byMonth(terms, equalInstalmentPrincipals(terms));
    case 'equal_principal':
      return byMonth(terms, equalPrincipals(terms));
    case 'interest_first':
      return interestFirst(terms);
    case 'at_maturity':
      return atMaturity(terms);
    default: {
      const never: never = terms.method;
      return never;
    }
  }
}

/** Day on which the last principal is due. */
export function maturityOf(terms: Pick<LoanTerms, 'start' | 'months'>): string {
  return addMonths(terms.start, terms.months);
}

/** Equal monthly payment A = P·i·(1+i)^n ÷ ((1+i)^n − 1), exact until its one rounding. */
export function equalInstalmentMinor(
  principalMinor: bigint,
  ratePpm: bigint,
  months: number,
): bigint {
  const periods = BigInt(months);
  if (ratePpm === 0n) return divideRounded(principalMinor, periods);
  const unit = PPM * 12n;
  const grown = (unit + ratePpm) ** periods;
  const flat = unit ** periods;
  return divideRounded(principalMinor * ratePpm * grown, unit * (grown - flat));
}

function monthInterestMinor(balanceMinor: bigint, ratePpm: bigint): bigint {
  return divideRounded(balanceMinor * ratePpm, PPM * 12n);
}

/** On tiny loans over many years the rounding of the payment may repay all a little earlier. */
function equalInstalmentPrincipals(terms: LoanTerms): bigint[] {
  const paymentMinor = equalInstalmentMinor(terms.principalMinor, terms.ratePpm, terms.months);
  const principals: bigint[] = [];
  let balanceMinor = terms.principalMinor;
  while (principals.length < terms.months - 1 && balanceMinor > 0n) {
    const wantedMinor = paymentMinor - monthInterestMinor(balanceMinor, terms.ratePpm);
    const principalMinor = wantedMinor < balanceMinor ? wantedMinor : balanceMinor;
    principals.push(principalMinor);
    balanceMinor -= principalMinor;
  }
  return balanceMinor > 0n ? [...principals, balanceMinor] : principals;
}

function equalPrincipals(terms: LoanTerms): bigint[] {
  const each = divideRounded(terms.principalMinor, BigInt(terms.months));
  const last = terms.principalMinor - each * BigInt(terms.months - 1);
  return [...Array.from({ length: terms.months - 1 }, () => each), last];
}

/** Whole months: each bears a twelfth of the yearly rate, whatever its days. */
function byMonth(terms: LoanTerms, principals: readonly bigint[]): Instalment[] {
  let balanceMinor = terms.principalMinor;
  let from = terms.start;
  return principals.map((principalMinor, index) => {
    const interestMinor = monthInterestMinor(balanceMinor, terms.ratePpm);
    balanceMinor -= principalMinor;
    const dueDate = addMonths(terms.start, index + 1);
    const days = daysBetween(from, dueDate);
    from = dueDate;
    return { number: index + 1, dueDate, days, principalMinor, interestMinor, balanceMinor };
  });
}

/**
 * Interest each month up to and with the settlement day, principal at maturity: actual days ÷ 360.
 * The day of the disbursement counts, the day of maturity does not. Nothing is settled on the day
 * of the disbursement itself.
 */
function interestFirst(terms: LoanTerms): Instalment[] {
  const maturity = maturityOf(terms);
  const instalments: Instalment[] = [];
  let from = terms.start;
  for (let settled = settlementAfter(terms); settled < maturity; settled = addMonths(settled, 1)) {
    const next = addDays(settled, 1);
    if (next >= maturity) break;
    const days = daysBetween(from, next);
    const interestMinor = actualInterestMinor(terms, days);
    const number = instalments.length + 1;
    instalments.push({
      number,
      dueDate: settled,
      days,
      principalMinor: 0n,
      interestMinor,
      balanceMinor: terms.principalMinor,
    });
    from = next;
  }
  return [...instalments, lastInstalment(terms, instalments.length + 1, from, maturity)];
}

function atMaturity(terms: LoanTerms): Instalment[] {
  return [lastInstalment(terms, 1, terms.start, maturityOf(terms))];
}

function lastInstalment(
  terms: LoanTerms,
  number: number,
  from: string,
  dueDate: string,
): Instalment {
  const days = daysBetween(from, dueDate);
  return {
    number,
    dueDate,
    days,
    principalMinor: terms.principalMinor,
    interestMinor: actualInterestMinor(terms, days),
    balanceMinor: 0n,
  };
}

function actualInterestMinor(terms: LoanTerms, days: number): bigint {
  return simpleInterestMinor({
    balanceDayProductMinor: terms.principalMinor * BigInt(days),
    ratePpm: terms.ratePpm,
    yearDays: 360n,
  });
}

/** The first settlement day that is not before the start. */
function settlementAfter(terms: LoanTerms): string {
  assert(
    terms.settlementDay >= 1 && terms.settlementDay <= 28,
    'every month has the settlement day',
  );
  const { day } = dateParts(terms.start);
  const sameMonth = addDays(terms.start, terms.settlementDay - day);
  return day < terms.settlementDay ? sameMonth : addMonths(sameMonth, 1);
}

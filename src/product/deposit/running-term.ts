import { isValues, type Value, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import { type Instalment, instalmentInterestMinor } from './interest.ts';
import { type DepositProduct, type ProductRefusal, readProduct } from './product.ts';
import {
  noticeWithdrawal,
  type TermDeposit,
  termWithdrawal,
  type WithdrawalKind,
  type WithdrawalNotice,
} from './term.ts';

/** A running term as an operation or the end of day finds it. */
export type RunningTerm = TermDeposit & {
  readonly accountNumber: string;
  readonly name: string;
  readonly customerNumber: string;
  readonly openingUnitId: string;
  readonly currency: string;
  readonly productCode: string;
  readonly product: DepositProduct;
  readonly termNumber: bigint;
  readonly settlementAccountNumber: string;
  readonly renewal: 'none' | 'principal' | 'principal_and_interest';
  readonly monthlyMinor: bigint | null;
  readonly demandRatePpm: bigint;
  readonly accruedMinor: bigint;
  readonly notice: WithdrawalNotice | null;
  readonly payments: readonly Instalment[];
};

export type TermRefusal = ProductRefusal | 'term_deposit_unknown' | 'deposit_rate_missing';

/** The fact `term_deposit` as a running term. Refused: no term runs on the account. */
export function runningTerm(
  fact: Values | null,
  accountNumber: string,
): Result<RunningTerm, TermRefusal> {
  if (fact === null) return refuse('term_deposit_unknown', { account: accountNumber });
  const product = readProduct(fact.product ?? null);
  if (!product.ok) return product;
  const demandRatePpm = fact.demandRatePpm ?? null;
  if (typeof demandRatePpm !== 'bigint') {
    return refuse('deposit_rate_missing', { rate: product.value.demandRateCode });
  }
  const notice = recordOf(fact, 'notice');
  const text = (name: string) => String(fact[name] ?? '');
  return ok({
    ...{ accountNumber, name: text('name'), customerNumber: text('customerNumber') },
    ...{ openingUnitId: text('openingUnitId'), currency: text('currency') },
    ...{ productCode: text('productCode'), product: product.value, demandRatePpm },
    principalMinor: wholeOrZero(fact, 'principalMinor'),
    ratePpm: wholeOrZero(fact, 'ratePpm'),
    startDate: text('startDate'),
    maturityDate: typeof fact.maturityDate === 'string' ? fact.maturityDate : null,
    partialWithdrawals: wholeOrZero(fact, 'partialWithdrawals'),
    termNumber: wholeOrZero(fact, 'termNumber'),
    settlementAccountNumber: text('settlementAccountNumber'),
    renewal: text('renewal') as RunningTerm['renewal'],
    monthlyMinor: typeof fact.monthlyMinor === 'bigint' ? fact.monthlyMinor : null,
    accruedMinor: wholeOrZero(fact, 'accruedMinor'),
    notice:
      notice === null
        ? null
        : { amountMinor: wholeOrZero(notice, 'amountMinor'), dueOn: String(notice.dueOn) },
    payments: listOf(fact, 'payments').flatMap(paymentOf),
  });
}

function paymentOf(value: Value): Instalment[] {
  if (!isValues(value)) return [];
  return [{ paidOn: String(value.paidOn), amountMinor: wholeOrZero(value, 'amountMinor') }];
}

/** Interest of a part, or of the whole, that leaves a running term on a day. */
export function leavingInterest(
  term: RunningTerm,
  leaving: { readonly amountMinor: bigint; readonly date: string },
): { readonly kind: WithdrawalKind; readonly interestMinor: bigint } {
  const { product, demandRatePpm, maturityDate, notice } = term;
  const left = { ...leaving, demandRatePpm };
  if (maturityDate === null) return noticeWithdrawal(term, product, { ...left, notice });
  if (product.kind !== 'instalment') {
    return termWithdrawal({ ...term, maturityDate }, product, left);
  }
  // Each payment of instalment savings lies for a time of its own.
  const days = { yearDays: product.yearDays, demandRatePpm, payments: term.payments };
  const isEarly = leaving.date < maturityDate;
  const interestMinor = instalmentInterestMinor({
    ...{ ...days, start: term.startDate, monthlyMinor: term.monthlyMinor ?? 1n },
    maturity: maturityDate,
    ratePpm: term.ratePpm,
  });
  if (leaving.date === maturityDate) return { kind: 'at_maturity', interestMinor };
  const rules = { ...product, interestBy: 'actual_days' } as const;
  const demand = (principalMinor: bigint, from: string) =>
    termWithdrawal(
      { ...term, principalMinor, startDate: from, maturityDate: '9999-12-31' },
      rules,
      {
        ...{ amountMinor: principalMinor, date: leaving.date, demandRatePpm },
      },
    ).interestMinor;
  if (!isEarly) {
    return {
      kind: 'late',
      interestMinor: interestMinor + demand(term.principalMinor, maturityDate),
    };
  }
  const early = term.payments.reduce((sum, one) => sum + demand(one.amountMinor, one.paidOn), 0n);
  return { kind: 'early', interestMinor: early };
}

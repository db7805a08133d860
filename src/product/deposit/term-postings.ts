import type { AccountReference, TransferRequest } from '../../ledger/service-operation.ts';
import type { DepositProduct } from './product.ts';

/** Interest that is paid to an account, and what of it stands in interest payable by then. */
export type InterestPayment = {
  readonly interestMinor: bigint;
  /** What the accrual has put into interest payable for what leaves. */
  readonly releasedMinor: bigint;
  readonly product: Pick<DepositProduct, 'payableGlCode' | 'expenseGlCode'>;
  /** The unit whose book keeps the account. */
  readonly unitId: string;
  readonly to: AccountReference;
  readonly currency: string;
};

/**
 * Pays interest: out of interest payable as far as it was accrued, the rest as expense of the day;
 * what was accrued beyond it goes back from payable to expense.
 */
export function interestTransfers(payment: InterestPayment): TransferRequest[] {
  const { interestMinor, releasedMinor, product, unitId, to, currency } = payment;
  const payable = { unitId, glCode: product.payableGlCode };
  const expense = { unitId, glCode: product.expenseGlCode };
  const accrued = interestMinor < releasedMinor ? interestMinor : releasedMinor;
  const all: TransferRequest[] = [
    { debit: payable, credit: to, amountMinor: accrued, currency },
    { debit: expense, credit: to, amountMinor: interestMinor - accrued, currency },
    { debit: payable, credit: expense, amountMinor: releasedMinor - accrued, currency },
  ];
  return all.filter(({ amountMinor }) => amountMinor > 0n);
}

/** The share of what was accrued for a principal that belongs to a part of it, rounded down. */
export function releasedShare(
  accruedMinor: bigint,
  part: { readonly amountMinor: bigint; readonly principalMinor: bigint },
): bigint {
  const { amountMinor, principalMinor } = part;
  return amountMinor === principalMinor
    ? accruedMinor
    : (accruedMinor * amountMinor) / principalMinor;
}

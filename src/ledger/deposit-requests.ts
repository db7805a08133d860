import type { Values } from '../base/data.ts';

/**
 * What operations of deposits ask for; null when there is none.
 *
 * deposit_product: the product's definition in force today with { ratePpm, demandRatePpm }, posted
 *   today in the currency
 * term_deposit: the running term of an account: { accountNumber, name, customerNumber,
 * openingUnitId,
 *   currency, principalMinor, ratePpm, startDate, maturityDate, monthlyMinor, renewal, termNumber,
 *   settlementAccountNumber, productCode, product (as of the day it began), demandRatePpm (today),
 *   accruedMinor, countedTo, partialWithdrawals, notice: { amountMinor, dueOn }, payments:
 *   [{ paidOn, amountMinor }] }
 * demand_interest: { productCode, product, ratePpm, upperRatePpm, productMinor, upperProductMinor,
 *   accruedMinor, adjustmentMinor, countedTo, openingUnitId, currency } of a demand account up to
 *   the last day that was accrued
 * account_usage: { accountClass, boundAccountNumber, faceCheckedOn, balanceMinor, dayOutMinor,
 *   yearOutMinor } of a person's account
 * account_holder: { kind: 'corporate' | 'retail', classOneAccount, basicAccount, otherAccounts } of
 *   a customer, nobody else opening or closing for the customer until the action ends;
 *   otherAccounts: how many settlement accounts of a company are open beside the basic one
 */
export type DepositFactRequest =
  | {
      readonly kind: 'deposit_product';
      readonly productCode: string;
      readonly currency: string;
    }
  | { readonly kind: 'term_deposit'; readonly accountNumber: string }
  | { readonly kind: 'demand_interest'; readonly accountNumber: string }
  | { readonly kind: 'account_usage'; readonly accountNumber: string }
  | { readonly kind: 'account_holder'; readonly customerNumber: string };

/** A row of a deposit; `kind` names what is kept, `values` its facts. */
export type DepositRecordRequest = {
  readonly kind:
    | 'term_deposit'
    | 'term_deposit_end'
    | 'deposit_interest'
    | 'deposit_notice'
    | 'deposit_agreement'
    | 'deposit_agreement_end'
    | 'personal_account'
    | 'account_usage'
    | 'account_waking';
  readonly values: Values;
};

const factKinds: readonly string[] = [
  'deposit_product',
  'term_deposit',
  'demand_interest',
  'account_usage',
  'account_holder',
];

/** Whether a fact is one of deposits. */
export function isDepositFact<Request extends { readonly kind: string }>(
  request: Request,
): request is Extract<Request, DepositFactRequest> {
  return factKinds.includes(request.kind);
}

const recordKinds: readonly string[] = [
  'term_deposit',
  'term_deposit_end',
  'deposit_interest',
  'deposit_notice',
  'deposit_agreement',
  'deposit_agreement_end',
  'personal_account',
  'account_usage',
  'account_waking',
];

/** Whether a record is a row of a deposit. */
export function isDepositRecord<Request extends { readonly kind: string }>(
  record: Request,
): record is Extract<Request, DepositRecordRequest> {
  return recordKinds.includes(record.kind);
}

import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  amountOf,
  dateOf,
  recordOf,
  textOf,
  type ValueRefusal,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type { OperationContext, ServiceOperation } from '../../ledger/service-operation.ts';
import { laterOfToday } from './today.ts';

/**
 * Opens the loan contract (借款合同) on the approval. A case that comes back to the contract keeps
 * the contract it has.
 */
export const openContract: ServiceOperation = {
  name: 'loan.open_contract',
  needs: ({ context }) => ({
    approval: { kind: 'loan_approval', caseNumber: context.caseNumber },
    contract: { kind: 'loan_contract', caseNumber: context.caseNumber },
  }),
  decide({ values, context }, facts) {
    const approval = recordOf(facts, 'approval');
    if (approval === null) return refuse('approval_missing');
    if (String(approval.validTo) < context.accountingDate) {
      return refuse('approval_expired', { validTo: String(approval.validTo) });
    }
    const existing = recordOf(facts, 'contract');
    if (existing !== null) {
      return ok({
        values: { contractNumber: String(existing.contractNumber) },
        postings: [],
        records: [],
      });
    }
    const contractDate = contractDateOf(values, String(approval.validFrom), context);
    if (!contractDate.ok) return contractDate;
    const contractNumber = `HT-${context.caseNumber}`;
    const contract: Values = {
      contractNumber,
      customerNumber: approval.customerNumber ?? null,
      productCode: values.productCode ?? null,
      approvalNumber: approval.approvalNumber ?? null,
      amountMinor: approval.amountMinor ?? 0n,
      drawnMinor: 0n,
      currency: 'CNY',
      termMonths: approval.termMonths ?? 0n,
      ratePpm: approval.ratePpm ?? 0n,
      repaymentMethod: values.repaymentMethod ?? null,
      creditProtection: values.creditProtection ?? null,
      paymentMethod: values.paymentMethod ?? null,
      payeeName: values.payeeName ?? null,
      payeeAccountNumber: values.payeeAccountNumber ?? null,
      contractDate: contractDate.value,
    };
    return ok({
      values: { contractNumber },
      postings: [],
      records: [{ kind: 'loan_contract', values: contract }],
    });
  },
};

/**
 * The day the contract bears, the accounting date by default: not before the approval, not later.
 */
function contractDateOf(
  values: Values,
  from: string,
  context: OperationContext,
): Result<string, ValueRefusal | 'contract_date_not_valid'> {
  if ((values.contractDate ?? null) === null) return ok(context.accountingDate);
  const date = dateOf(values, 'contractDate');
  if (!date.ok) return date;
  const isValid = date.value >= from && date.value <= laterOfToday(context);
  return isValid ? date : refuse('contract_date_not_valid', { date: date.value, from });
}

/**
 * Drafts the contract: how the loan is paid out. Entrusted payment (受托支付) names a payee with an
 * open account in this bank, held under that name, who is not the borrower.
 */
export const draftContract: ServiceOperation = {
  name: 'loan.draft_contract',
  needs: ({ values }) => ({
    payee: { kind: 'account_balance', accountNumber: String(values.payeeAccountNumber ?? '') },
  }),
  decide({ values }, facts) {
    const drafted = ok({ values: {}, postings: [], records: [] });
    if (values.paymentMethod !== 'entrusted') return drafted;
    const name = textOf(values, 'payeeName');
    const account = textOf(values, 'payeeAccountNumber');
    if (!name.ok || !account.ok) return refuse('payee_missing');
    const payee = recordOf(facts, 'payee');
    if (payee === null || payee.status !== 'open') {
      return refuse('payee_account_unknown', { account: account.value });
    }
    if (payee.customerNumber === values.customerNumber) return refuse('payee_is_borrower');
    if (payee.name !== name.value.trim()) {
      return refuse('payee_name_differs', { account: account.value });
    }
    return drafted;
  },
};

/**
 * Registers the collateral: keeps its certificate number and books it off the balance sheet at its
 * value (押品, 表外登记) until the loan is settled.
 */
export const registerCollateral: ServiceOperation = {
  name: 'loan.register_collateral',
  needs: () => ({ glCode: { kind: 'parameter', name: 'loan.collateral_gl_code' } }),
  decide({ values, context }, facts) {
    const registration = textOf(values, 'collateralRegistration');
    if (!registration.ok) return registration;
    const value = amountOf(values, 'collateralValueMinor');
    if (!value.ok) return value;
    if (typeof facts.glCode !== 'string') {
      return refuse('parameter_missing', { name: 'loan.collateral_gl_code' });
    }
    const account = { unitId: context.caseUnitId, glCode: facts.glCode };
    return ok({
      values: {},
      postings: [
        {
          narrative: 'collateral_registered',
          transfers: [],
          memoranda: [{ account, direction: 'in', amountMinor: value.value, currency: 'CNY' }],
        },
      ],
      records: [
        {
          kind: 'collateral',
          values: {
            registrationNumber: registration.value,
            description: String(values.collateralDescription ?? ''),
            valueMinor: value.value,
            currency: 'CNY',
            contractNumber: values.contractNumber ?? null,
          },
        },
      ],
    });
  },
};

/** Loan-to-value (抵押率) in millionths, rounded up; null without a value. */
export function loanToValuePpm(amountMinor: bigint, collateral: Values | null): bigint | null {
  const valueMinor = collateral === null ? 0n : wholeOrZero(collateral, 'valueMinor');
  if (valueMinor <= 0n) return null;
  return (amountMinor * 1_000_000n + valueMinor - 1n) / valueMinor;
}

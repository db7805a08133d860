import type { Values } from '../../base/data.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';

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
      contractDate: values.contractDate ?? context.accountingDate,
    };
    return ok({
      values: { contractNumber },
      postings: [],
      records: [{ kind: 'loan_contract', values: contract }],
    });
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

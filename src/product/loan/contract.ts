import type { Values } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  amountOf,
  dateOf,
  listOf,
  recordOf,
  textOf,
  type ValueRefusal,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationContext,
  RecordRequest,
  ServiceOperation,
} from '../../ledger/service-operation.ts';
import { certificateImages } from './disburse.ts';
import { marginNeeded } from './margin.ts';
import { laterOfToday } from './today.ts';

/**
 * Opens the loan contract (借款合同) on the approval. A case that comes back to the contract keeps
 * the contract it has. A loan on margin sets the margin aside on the borrower's account in the same
 * commit (保证金圈存), until nothing is owed on the contract.
 */
export const openContract: ServiceOperation = {
  name: 'loan.open_contract',
  needs: ({ values, context }) => ({
    approval: { kind: 'loan_approval', caseNumber: context.caseNumber },
    contract: { kind: 'contract_of_case', caseNumber: context.caseNumber },
    marginPpm: { kind: 'parameter', name: 'loan.margin_lends_ppm' },
    deposit: {
      kind: 'account_balance',
      accountNumber: String(values.depositAccountNumber ?? ''),
    },
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
    const revolving = values.contractRevolving === true;
    const termMonths = wholeOrZero(approval, 'termMonths');
    const margin = marginHold(values, contractNumber, wholeOrZero(approval, 'amountMinor'), facts);
    if (!margin.ok) return margin;
    const contract: Values = {
      contractNumber,
      customerNumber: approval.customerNumber ?? null,
      productCode: values.productCode ?? null,
      approvalNumber: approval.approvalNumber ?? null,
      amountMinor: approval.amountMinor ?? 0n,
      revolving,
      // A revolving contract is drawn on as long as it runs, any other while its approval is valid.
      availableTo: revolving
        ? addMonths(contractDate.value, Number(termMonths))
        : (approval.validTo ?? null),
      depositAccountNumber: values.depositAccountNumber ?? null,
      currency: 'CNY',
      termMonths,
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
      records: [{ kind: 'loan_contract', values: contract }, ...margin.value],
    });
  },
};

/** The margin of a contract as a hold on the borrower's account; nothing for any other security. */
function marginHold(
  values: Values,
  contractNumber: string,
  amountMinor: bigint,
  facts: Facts,
): Result<readonly RecordRequest[], 'parameter_missing' | 'margin_not_enough'> {
  if (values.creditProtection !== 'margin') return ok([]);
  const needed = marginNeeded(amountMinor, facts);
  if (!needed.ok) return needed;
  const hold = {
    accountNumber: String(values.depositAccountNumber ?? ''),
    amountMinor: needed.value,
    purpose: `loan_margin ${contractNumber}`,
  };
  return ok([{ kind: 'hold_placing', values: hold }]);
}

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
 * value (押品, 表外登记) until the contract is settled. Refused without an image of the certificate.
 */
export const registerCollateral: ServiceOperation = {
  name: 'loan.register_collateral',
  needs: ({ context }) => ({
    glCode: { kind: 'parameter', name: 'loan.collateral_gl_code' },
    images: { kind: 'documents', caseNumber: context.caseNumber, kinds: certificateImages },
  }),
  decide({ values, context }, facts) {
    const registration = textOf(values, 'collateralRegistration');
    if (!registration.ok) return registration;
    const value = amountOf(values, 'collateralValueMinor');
    if (!value.ok) return value;
    if (listOf(facts, 'images').length === 0) {
      return refuse('certificate_image_missing', { number: registration.value });
    }
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

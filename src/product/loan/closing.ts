import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { closingOf, contractNeeds, isDrawnOut } from './settle.ts';

type ClosingRefusal =
  | 'contract_missing'
  | 'contract_of_other'
  | 'contract_closed'
  | 'contract_not_paid';

const needs = ({ values }: OperationInput) =>
  contractNeeds({ contractNumber: String(values.contractNumber ?? '') });

/** A contract of this customer that is not closed and on which nothing is owed. */
function contractPaid(values: Values, facts: Facts): Result<Values, ClosingRefusal> {
  const contract = recordOf(facts, 'contract');
  if (contract === null) return refuse('contract_missing');
  if (contract.customerNumber !== values.customerNumber) return refuse('contract_of_other');
  if ((contract.closedOn ?? null) !== null) return refuse('contract_closed');
  return wholeOrZero(contract, 'outstandingMinor') === 0n
    ? ok(contract)
    : refuse('contract_not_paid');
}

/**
 * Looks at a contract that is to be closed: refused while something is owed on it. Writes
 * `undrawnMinor` and `borrowerDecides`: true when it could still be drawn on, so that only the
 * borrower may give the rest up.
 */
export const checkClosing: ServiceOperation = {
  name: 'loan.check_closing',
  needs,
  decide({ values, context }, facts) {
    const contract = contractPaid(values, facts);
    if (!contract.ok) return contract;
    return ok({
      values: {
        loanCaseNumber: contract.value.loanCaseNumber ?? null,
        undrawnMinor: wholeOrZero(contract.value, 'undrawnMinor'),
        borrowerDecides: !isDrawnOut(contract.value, context.accountingDate),
      },
      postings: [],
      records: [],
    });
  },
};

/**
 * Closes a contract that is paid (合同结清): all drawn, or too late to draw, or its rest given up by
 * the borrower (`undrawnGivenUp`). Collateral and margin are released in the same commit.
 */
export const closeContract: ServiceOperation = {
  name: 'loan.close_contract',
  needs,
  decide({ values, context }, facts) {
    const paid = contractPaid(values, facts);
    if (!paid.ok) return paid;
    const contract = paid.value;
    const drawnOut = isDrawnOut(contract, context.accountingDate);
    if (!drawnOut && values.undrawnGivenUp !== true) return refuse('undrawn_not_given_up');
    const isSettled = drawnOut && wholeOrZero(contract, 'undrawnMinor') === 0n;
    const reason = isSettled ? 'settled' : drawnOut ? 'expired' : 'given_up';
    const closing = closingOf(contract, reason, facts);
    if (!closing.ok) return closing;
    const { loanCaseNumber = null } = contract;
    return ok({ values: { loanCaseNumber, closingReason: reason }, ...closing.value });
  },
};

/**
 * The approval has lapsed before anything was drawn: the contract, when one was signed, is closed,
 * so that its collateral and its margin do not stay behind.
 */
export const lapseContract: ServiceOperation = {
  name: 'loan.lapse_contract',
  needs,
  decide(_input, facts) {
    const nothing = ok({ values: {}, postings: [], records: [] });
    const contract = recordOf(facts, 'contract');
    if (contract === null || (contract.closedOn ?? null) !== null) return nothing;
    if (wholeOrZero(contract, 'drawnMinor') > 0n) return refuse('contract_not_paid');
    const closing = closingOf(contract, 'expired', facts);
    return closing.ok ? ok({ values: {}, ...closing.value }) : closing;
  },
};

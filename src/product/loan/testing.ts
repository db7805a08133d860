import type { Values } from '../../base/data.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';

/** What an operation is asked at 14:00 of 2026-11-20 at the bank, in the case of a loan. */
export const input = (values: Values, attributes: Record<string, string> = {}): OperationInput => ({
  values,
  context: {
    at: Date.UTC(2026, 10, 20, 6),
    accountingDate: '2026-11-20',
    caseNumber: 'DK-2026-000001',
    processInstance: '01900000-0000-7000-8000-000000000001',
    activity: 'disburse',
    caseUnitId: 'sub-branch',
    performer: 'officer',
    performerUnitId: 'centre',
    attributes,
  },
});
/** The code it is refused with, or ok. */
export const outcome = (operation: ServiceOperation, values: Values, facts: Facts = {}) => {
  const result = operation.decide(input(values), facts);
  return result.ok ? 'ok' : result.code;
};

/** A contract over 300 that nothing was drawn on yet, to be drawn today at the latest. */
export const contract = {
  contractNumber: 'HT-1',
  customerNumber: 'C1',
  amountMinor: 300n,
  drawnMinor: 0n,
  outstandingMinor: 0n,
  undrawnMinor: 300n,
  revolving: false,
  availableTo: '2026-11-20',
  approvalValidTo: '2026-11-20',
  firstDrawnOn: null,
  closedOn: null,
  unitId: 'sub-branch',
  loanCaseNumber: 'DK-2026-000001',
  termMonths: 12n,
  ratePpm: 36_500n,
  repaymentMethod: 'interest_first',
  creditProtection: 'mortgage',
  paymentMethod: 'entrusted',
  payeeAccountNumber: 'P1',
};

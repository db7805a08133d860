import { ok, refuse } from '../../base/result.ts';
import { recordOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';

/** Takes the application: the money will go to an open account of the applicant's own. */
export const takeApplication: ServiceOperation = {
  name: 'loan.take_application',
  needs: ({ values }) => ({
    deposit: { kind: 'account', accountNumber: String(values.depositAccountNumber ?? '') },
  }),
  decide({ values }, facts) {
    const deposit = recordOf(facts, 'deposit');
    if (deposit === null || deposit.status !== 'open') return refuse('settlement_account_missing');
    return deposit.customerNumber === values.customerNumber
      ? ok({ values: {}, postings: [], records: [] })
      : refuse('settlement_account_of_other');
  },
};

import { ok, refuse } from '../../base/result.ts';
import { recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { ServiceOperation, TransferRequest } from '../../ledger/service-operation.ts';

/**
 * Takes one repayment of a note from the borrower's deposit: principal to the note, interest to
 * interest income. Values: `principalMinor`, `interestMinor` (either may be 0, not both). Writes
 * `loanSettled`: true when nothing is left of the principal.
 */
export const repay: ServiceOperation = {
  name: 'loan.repay',
  needs: ({ values }) => ({
    note: { kind: 'loan_note', caseNumber: String(values.loanCaseNumber ?? '') },
    interestGlCode: { kind: 'parameter', name: 'loan.interest_income_gl_code' },
  }),
  decide({ values }, facts) {
    const note = recordOf(facts, 'note');
    if (note === null) return refuse('loan_note_missing');
    const principalMinor = wholeOrZero(values, 'principalMinor');
    const interestMinor = wholeOrZero(values, 'interestMinor');
    if (principalMinor < 0n || interestMinor < 0n || principalMinor + interestMinor === 0n) {
      return refuse('amount_not_positive', { name: 'principalMinor' });
    }
    const outstandingMinor = wholeOrZero(note, 'outstandingMinor');
    if (principalMinor > outstandingMinor) return refuse('exceeds_outstanding');
    if (typeof facts.interestGlCode !== 'string') {
      return refuse('parameter_missing', { name: 'loan.interest_income_gl_code' });
    }
    const deposit = { accountNumber: String(note.depositAccountNumber) };
    const transfers: TransferRequest[] = [];
    if (principalMinor > 0n) {
      transfers.push({
        debit: deposit,
        credit: { accountNumber: String(note.noteNumber) },
        amountMinor: principalMinor,
        currency: 'CNY',
      });
    }
    if (interestMinor > 0n) {
      transfers.push({
        debit: deposit,
        credit: { unitId: String(note.unitId), glCode: facts.interestGlCode },
        amountMinor: interestMinor,
        currency: 'CNY',
      });
    }
    return ok({
      values: { loanSettled: principalMinor === outstandingMinor },
      postings: [{ narrative: 'loan_repayment', transfers, memoranda: [] }],
      records: [
        {
          kind: 'loan_repayment',
          values: {
            noteNumber: note.noteNumber ?? null,
            instalmentNumber: values.instalmentNumber ?? null,
            principalMinor,
            interestMinor,
          },
        },
      ],
    });
  },
};

import { isValues, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  Facts,
  MemorandumRequest,
  PostingRequest,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';

/**
 * Takes one repayment of a note from the borrower's deposit: principal to the note, interest to
 * interest income. Values: `principalMinor`, `interestMinor` (either may be 0, not both). Writes
 * `loanSettled`: true when nothing is left of the principal. With the last of the principal the
 * collateral of the loan's case goes off the books too (押品释放): it is released on settlement
 * only.
 */
export const repay: ServiceOperation = {
  name: 'loan.repay',
  needs: ({ values }) => ({
    note: { kind: 'loan_note', caseNumber: String(values.loanCaseNumber ?? '') },
    interestGlCode: { kind: 'parameter', name: 'loan.interest_income_gl_code' },
    collateral: { kind: 'collateral_held', caseNumber: String(values.loanCaseNumber ?? '') },
    collateralGlCode: { kind: 'parameter', name: 'loan.collateral_gl_code' },
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
    if (outstandingMinor === 0n) return refuse('loan_settled_already');
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
    const loanSettled = principalMinor === outstandingMinor;
    const released = loanSettled ? releaseOf(values, note, facts) : ok([]);
    if (!released.ok) return released;
    return ok({
      values: { loanSettled },
      postings: [{ narrative: 'loan_repayment', transfers, memoranda: [] }, ...released.value],
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

/** What takes the collateral of the loan's case off the books; nothing without any. */
function releaseOf(
  values: Values,
  note: Values,
  facts: Facts,
): Result<PostingRequest[], 'parameter_missing'> {
  const held = listOf(facts, 'collateral').filter((one) => isValues(one));
  if (held.length === 0) return ok([]);
  if (typeof facts.collateralGlCode !== 'string') {
    return refuse('parameter_missing', { name: 'loan.collateral_gl_code' });
  }
  const account = { unitId: String(note.unitId), glCode: facts.collateralGlCode };
  const memoranda = held.map(
    (one): MemorandumRequest => ({
      account,
      direction: 'out',
      amountMinor: wholeOrZero(one, 'valueMinor'),
      currency: String(one.currency),
      subject: String(values.loanCaseNumber),
    }),
  );
  return ok([{ narrative: 'collateral_released', transfers: [], memoranda }]);
}

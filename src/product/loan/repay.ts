import { isValues, type Values } from '../../base/data.ts';
import { addDays, daysBetween } from '../../base/dates.ts';
import { simpleInterestMinor } from '../../base/rates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationContext,
  OperationInput,
  OperationOutcome,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { type Closing, closingOf, contractNeeds, isDrawnOut } from './settle.ts';

/** Principal and interest paid on a note, in minor units; either may be 0, not both. */
type Payment = { readonly principalMinor: bigint; readonly interestMinor: bigint };

const needs = ({ values }: OperationInput): { readonly [name: string]: FactRequest } => {
  const noteNumber = String(values.noteNumber ?? '');
  return {
    ...contractNeeds({ noteNumber }),
    note: { kind: 'loan_note', noteNumber },
    interestGlCode: { kind: 'parameter', name: 'loan.interest_income_gl_code' },
  };
};

/**
 * Takes one repayment of a note (by `noteNumber`) from the borrower's deposit: principal to the
 * note, interest to interest income. Values: `principalMinor`, `interestMinor`. Writes
 * `noteSettled`, and `loanSettled`: true when nothing is left of any note of the contract and
 * nothing can be drawn on it any more. Then the contract is closed in the same commit, and only
 * then are its collateral and its margin released.
 */
export const repay: ServiceOperation = {
  name: 'loan.repay',
  needs,
  decide({ values, context }, facts) {
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
    return take(values, context, { principalMinor, interestMinor }, facts);
  },
};

/** Posts a payment on a note, keeps it, and closes the contract when it was the last. */
function take(
  values: Values,
  context: OperationContext,
  { principalMinor, interestMinor }: Payment,
  facts: Facts,
): Result<OperationOutcome, 'parameter_missing'> {
  const note = recordOf(facts, 'note') ?? {};
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
  const closing = closingAfter(principalMinor, context.accountingDate, facts);
  if (!closing.ok) return closing;
  const contract = recordOf(facts, 'contract') ?? {};
  return ok({
    values: {
      loanCaseNumber: contract.loanCaseNumber ?? null,
      noteSettled: principalMinor === wholeOrZero(note, 'outstandingMinor'),
      loanSettled: closing.value !== null,
    },
    postings: [
      { narrative: 'loan_repayment', transfers, memoranda: [] },
      ...(closing.value?.postings ?? []),
    ],
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
      ...(closing.value?.records ?? []),
    ],
  });
}

/** What closes the contract when this was the last of its principal; null when it goes on. */
function closingAfter(
  principalMinor: bigint,
  today: string,
  facts: Facts,
): Result<Closing | null, 'parameter_missing'> {
  const contract = recordOf(facts, 'contract');
  if (contract === null || (contract.closedOn ?? null) !== null) return ok(null);
  if (wholeOrZero(contract, 'outstandingMinor') > principalMinor) return ok(null);
  if (!isDrawnOut(contract, today)) return ok(null);
  return closingOf(contract, 'settled', facts);
}

/**
 * Interest that a note owes when it is paid off today: that of an instalment which is due today and
 * not yet collected, and what has accrued since the last due date, actual days ÷ 360 on what is
 * outstanding. Interest first is settled up to and with the due date, the others up to it.
 */
function interestOwed(note: Values, plan: readonly Values[], today: string): bigint {
  const isDue = (one: Values): boolean => String(one.dueDate) <= today;
  const dueMinor = plan
    .filter((one) => one.paid !== true && isDue(one))
    .reduce((sum, one) => sum + wholeOrZero(one, 'interestMinor'), 0n);
  const lastDue = plan.findLast(isDue)?.dueDate;
  const isWithDueDate = note.repaymentMethod === 'interest_first' && lastDue !== undefined;
  const settledTo = String(lastDue ?? note.startDate);
  const from = isWithDueDate ? addDays(settledTo, 1) : settledTo;
  const days = BigInt(Math.max(daysBetween(from, today), 0));
  const accruedMinor = simpleInterestMinor({
    balanceDayProductMinor: wholeOrZero(note, 'outstandingMinor') * days,
    ratePpm: wholeOrZero(note, 'ratePpm'),
    yearDays: 360n,
  });
  return dueMinor + accruedMinor;
}

const payoffNeeds = (input: OperationInput): { readonly [name: string]: FactRequest } => ({
  ...needs(input),
  plan: { kind: 'note_plan', noteNumber: String(input.values.noteNumber ?? '') },
});

/**
 * What paying a note off today takes. Refused for a note of somebody else, one that is paid, and
 * one with an instalment overdue, which is collected first, with what being late costs.
 */
function payoffOf(
  { values, context }: OperationInput,
  facts: Facts,
): Result<Payment, 'loan_note_missing' | 'loan_settled_already' | 'instalments_overdue'> {
  const note = recordOf(facts, 'note');
  if (note === null || note.customerNumber !== values.customerNumber) {
    return refuse('loan_note_missing');
  }
  const principalMinor = wholeOrZero(note, 'outstandingMinor');
  if (principalMinor === 0n) return refuse('loan_settled_already');
  const plan = listOf(facts, 'plan').filter((one) => isValues(one));
  const overdue = plan.find(
    (one) => one.paid !== true && String(one.dueDate) < context.accountingDate,
  );
  if (overdue !== undefined) {
    return refuse('instalments_overdue', { dueDate: String(overdue.dueDate) });
  }
  return ok({ principalMinor, interestMinor: interestOwed(note, plan, context.accountingDate) });
}

/** Says what paying a note off today takes (提前结清试算). Writes `payoffMinor` and its two parts. */
export const quotePayoff: ServiceOperation = {
  name: 'loan.quote_payoff',
  needs: payoffNeeds,
  decide(input, facts) {
    const payoff = payoffOf(input, facts);
    if (!payoff.ok) return payoff;
    const { principalMinor, interestMinor } = payoff.value;
    const payoffMinor = principalMinor + interestMinor;
    const values = { principalMinor, interestMinor, payoffMinor };
    return ok({ values, postings: [], records: [] });
  },
};

/**
 * Pays a note off at the borrower's wish (提前结清): all of its principal and the interest up to
 * today. Refused when it has come to take more than the borrower has confirmed (`payoffMinor`).
 */
export const payOff: ServiceOperation = {
  name: 'loan.pay_off',
  needs: payoffNeeds,
  decide(input, facts) {
    const payoff = payoffOf(input, facts);
    if (!payoff.ok) return payoff;
    const { principalMinor, interestMinor } = payoff.value;
    const nowMinor = principalMinor + interestMinor;
    if (wholeOrZero(input.values, 'payoffMinor') !== nowMinor) {
      return refuse('payoff_has_changed', { amountMinor: String(nowMinor) });
    }
    return take({}, input.context, payoff.value, facts);
  },
};

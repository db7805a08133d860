import type { Values } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationContext,
  OperationInput,
  OperationOutcome,
  PostingRequest,
  RecordRequest,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { closingWith, collectDues, endValues, repaymentRecords } from './note/collect.ts';
import {
  decidePrepayment,
  decideRepayment,
  duesOn,
  type PrepaymentRefusal,
  type RepayRefusal,
  totalOf,
} from './note/decide.ts';
import { postingOf } from './note/postings.ts';
import { evolve, type NoteEvent } from './note/state.ts';
import {
  accountsOf,
  type FindRefusal,
  type FoundNote,
  findNote,
  noteNeeds,
  recordsOf,
} from './note/tasks.ts';
import { type Closing, closingOf, isDrawnOut } from './settle.ts';

/** Principal and interest paid on a note, in minor units; either may be 0, not both. */
type Payment = { readonly principalMinor: bigint; readonly interestMinor: bigint };

const needs = (input: OperationInput): { readonly [name: string]: FactRequest } => {
  const noteNumber = String(input.values.noteNumber ?? '');
  return {
    ...noteNeeds(input),
    note: { kind: 'loan_note', noteNumber },
    interestGlCode: { kind: 'parameter', name: 'loan.interest_income_gl_code' },
  };
};

/**
 * Takes a repayment of a note (by `noteNumber`) from the borrower's deposit. Without an amount it
 * collects what is due, as far as the money goes, with what being late has cost. With
 * `principalMinor` and `interestMinor` it takes just these: principal to the note, interest to
 * interest income. Writes `noteSettled`, and `loanSettled`: true when nothing is left of any note
 * of the contract and nothing can be drawn on it any more. Then the contract is closed in the same
 * commit, and only then are its collateral and its margin released.
 */
export const repay: ServiceOperation = {
  name: 'loan.repay',
  needs,
  decide({ values, context }, facts) {
    const note = recordOf(facts, 'note');
    if (note === null) return refuse('loan_note_missing');
    const isNamed = (values.principalMinor ?? values.interestMinor ?? null) !== null;
    if (!isNamed) return collectDues({ values, context }, facts);
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
      owedMinor: 0n,
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

/** What a payoff takes: what is due today, the other principal, interest of the days, the fee. */
type Payoff = Payment & {
  readonly feeMinor: bigint;
  readonly found: FoundNote;
  readonly events: readonly (RepaidEvent | PrepaidEvent)[];
};

type RepaidEvent = Extract<NoteEvent, { type: 'repaid' }>;
type PrepaidEvent = Extract<NoteEvent, { type: 'prepaid' }>;
type PayoffRefusal =
  | FindRefusal
  | RepayRefusal
  | PrepaymentRefusal
  | 'loan_settled_already'
  | 'instalments_overdue';

/**
 * What paying a note off today takes, at the rate that holds today. Refused in order: a note of
 * somebody else, one that is paid, one with an instalment overdue, which is collected first with
 * what being late costs, and what refuses a prepayment.
 */
function payoffOf(
  { values, context }: OperationInput,
  facts: Facts,
): Result<Payoff, PayoffRefusal> {
  if ((values.customerNumber ?? null) === null) return refuse('loan_note_missing');
  const found = findNote(facts, values);
  if (!found.ok) return found;
  const { state, product } = found.value;
  const { accountingDate: date } = context;
  if (state.status === 'settled') return refuse('loan_settled_already');
  const dues = duesOn(state, date);
  const late = state.rows.find(
    ({ number, dueDate }) => dueDate < date && dues.some((due) => due.number === number),
  );
  if (late !== undefined) return refuse('instalments_overdue', { dueDate: late.dueDate });
  const events: (RepaidEvent | PrepaidEvent)[] = [];
  let left = state;
  if (dues.length > 0) {
    const repaid = decideRepayment(state, { date, amountMinor: totalOf(dues) });
    if (!repaid.ok) return repaid;
    events.push(repaid.value);
    left = evolve(state, repaid.value);
  }
  const principalMinor = state.outstandingMinor;
  const dueMinor = dues.reduce((total, { interest }) => total + interest, 0n);
  if (left.status === 'settled') {
    return ok({
      principalMinor,
      interestMinor: dueMinor,
      feeMinor: 0n,
      found: found.value,
      events,
    });
  }
  const order = { date, principalMinor: null, mode: 'shorter_term' } as const;
  const feeUntil = addMonths(state.terms.start, product.prepayment.feeMonths);
  const prepaid = decidePrepayment(left, order, product.prepayment, feeUntil);
  if (!prepaid.ok) return prepaid;
  const { interestMinor, feeMinor } = prepaid.value;
  events.push(prepaid.value);
  return ok({
    ...{ principalMinor, interestMinor: dueMinor + interestMinor, feeMinor },
    ...{ found: found.value, events },
  });
}

/** Says what paying a note off today takes (提前结清试算). Writes `payoffMinor` and its parts. */
export const quotePayoff: ServiceOperation = {
  name: 'loan.quote_payoff',
  needs: noteNeeds,
  decide(input, facts) {
    const payoff = payoffOf(input, facts);
    if (!payoff.ok) return payoff;
    const { principalMinor, interestMinor, feeMinor } = payoff.value;
    const payoffMinor = principalMinor + interestMinor + feeMinor;
    const values = { principalMinor, interestMinor, prepaymentFeeMinor: feeMinor, payoffMinor };
    return ok({ values, postings: [], records: [] });
  },
};

/**
 * Pays a note off at the borrower's wish (提前结清): all of its principal and the interest up to
 * today. Refused when it has come to take more than the borrower has confirmed (`payoffMinor`).
 */
export const payOff: ServiceOperation = {
  name: 'loan.pay_off',
  needs: noteNeeds,
  decide(input, facts) {
    const payoff = payoffOf(input, facts);
    if (!payoff.ok) return payoff;
    const { principalMinor, interestMinor, feeMinor, found, events } = payoff.value;
    const nowMinor = principalMinor + interestMinor + feeMinor;
    if (wholeOrZero(input.values, 'payoffMinor') !== nowMinor) {
      return refuse('payoff_has_changed', { amountMinor: String(nowMinor) });
    }
    const accounts = accountsOf(found, facts);
    if (!accounts.ok) return accounts;
    const postings: PostingRequest[] = [];
    const records: RecordRequest[] = [];
    let { state } = found;
    for (const event of events) {
      state = evolve(state, event);
      const posting = postingOf(event, accounts.value);
      if (posting !== null) postings.push(posting);
      if (event.type === 'repaid') records.push(...repaymentRecords(state, event));
      else records.push(...recordsOf(found, event, input.context));
    }
    const closing = closingWith(state, principalMinor, input.context, facts);
    if (!closing.ok) return closing;
    return ok({
      values: endValues(state, closing.value, facts),
      postings: [...postings, ...(closing.value?.postings ?? [])],
      records: [...records, ...(closing.value?.records ?? [])],
    });
  },
};

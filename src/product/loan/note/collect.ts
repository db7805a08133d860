import type { Values } from '../../../base/data.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { recordOf as recordIn, wholeOrZero } from '../../../ledger/operation-values.ts';
import type {
  Facts,
  OperationContext,
  OperationInput,
  OperationOutcome,
  RecordRequest,
} from '../../../ledger/service-operation.ts';
import { type Closing, closingOf, isDrawnOut } from '../settle.ts';
import { decideRepayment, duesOn, type RepayRefusal, totalOf } from './decide.ts';
import { postingOf } from './postings.ts';
import { evolve, type NoteEvent, type NoteState, openOfRow, type Use, uses } from './state.ts';
import { accountsOf, type FindRefusal, findNote } from './tasks.ts';

type Repaid = Extract<NoteEvent, { type: 'repaid' }>;

/** What was taken, by what it was used for. */
export type Taken = Readonly<Record<Use, bigint>>;

export type CollectRefusal = RepayRefusal | 'deposit_is_empty';

/**
 * Takes what is due of a note, as far as the money on the deposit goes, in the order of allocation
 * of its product (扣收). Refused in order: what refuses a repayment, a deposit with nothing on it.
 */
export function decideCollection(
  state: NoteState,
  { date, availableMinor }: { readonly date: string; readonly availableMinor: bigint },
): Result<Repaid, CollectRefusal> {
  const dueMinor = totalOf(duesOn(state, date));
  if (dueMinor > 0n && availableMinor <= 0n) {
    return refuse('deposit_is_empty', { dueMinor: String(dueMinor) });
  }
  const amountMinor = availableMinor < dueMinor ? availableMinor : dueMinor;
  // Nothing due is told as such, and not as an amount of nothing.
  return decideRepayment(state, { date, amountMinor: dueMinor === 0n ? 1n : amountMinor });
}

/** All of a payment, by its use. */
export function takenBy({ payments }: Repaid): Taken {
  const sum = (use: Use): bigint => payments.reduce((total, paid) => total + paid[use], 0n);
  return {
    ...{ penalty: sum('penalty'), compound: sum('compound') },
    ...{ interest: sum('interest'), principal: sum('principal') },
  };
}

/** What is kept of a payment: a row for each instalment, and whether it clears it. */
export function repaymentRecords(after: NoteState, event: Repaid): RecordRequest[] {
  let receivableMinor = event.receivableMinor;
  return event.payments.map((paid): RecordRequest => {
    const row = after.rows.find(({ number }) => number === paid.number);
    const taken = paid.interest < receivableMinor ? paid.interest : receivableMinor;
    receivableMinor -= taken;
    return {
      kind: 'loan_repayment',
      values: {
        ...{ noteNumber: after.terms.noteNumber, instalmentNumber: BigInt(paid.number) },
        ...{ principalMinor: paid.principal, interestMinor: paid.interest },
        ...{ penaltyMinor: paid.penalty, compoundMinor: paid.compound, receivableMinor: taken },
        clears: row === undefined || openOfRow(row).total === 0n,
      },
    };
  });
}

/**
 * Collects what is due of the note of a case, as far as its deposit goes. Writes what was taken for
 * what, `collectedMinor`, what is `owedMinor` still, `noteSettled` and `loanSettled`.
 */
export function collectDues(
  { values, context }: OperationInput,
  facts: Facts,
): Result<OperationOutcome, FindRefusal | CollectRefusal | 'parameter_missing'> {
  const found = findNote(facts, values);
  if (!found.ok) return found;
  const { state } = found.value;
  const { accountingDate: date } = context;
  const availableMinor = wholeOrZero(recordIn(facts, 'note') ?? {}, 'depositAvailableMinor');
  const event = decideCollection(state, { date, availableMinor });
  if (!event.ok) return event;
  const accounts = accountsOf(found.value, facts);
  if (!accounts.ok) return accounts;
  const after = evolve(state, event.value);
  const taken = takenBy(event.value);
  const posting = postingOf(event.value, accounts.value);
  const closing = closingWith(after, taken.principal, context, facts);
  if (!closing.ok) return closing;
  return ok({
    values: {
      ...{ principalMinor: taken.principal, interestMinor: taken.interest },
      ...{ penaltyMinor: taken.penalty, compoundMinor: taken.compound },
      collectedMinor: uses.reduce((total, use) => total + taken[use], 0n),
      owedMinor: totalOf(duesOn(after, date)),
      ...endValues(after, closing.value, facts),
    },
    postings: [...(posting === null ? [] : [posting]), ...(closing.value?.postings ?? [])],
    records: [...repaymentRecords(after, event.value), ...(closing.value?.records ?? [])],
  });
}

/** What a case is told of the end of its note and of its contract. */
export function endValues(after: NoteState, closing: Closing | null, facts: Facts): Values {
  const contract = recordIn(facts, 'contract') ?? {};
  return {
    loanCaseNumber: contract.loanCaseNumber ?? null,
    noteSettled: after.status === 'settled',
    loanSettled: closing !== null,
  };
}

/** What closes the contract with the last that is owed of its last note; null when it goes on. */
export function closingWith(
  after: NoteState,
  principalMinor: bigint,
  { accountingDate }: Pick<OperationContext, 'accountingDate'>,
  facts: Facts,
): Result<Closing | null, 'parameter_missing'> {
  const contract = recordIn(facts, 'contract');
  if (after.status !== 'settled' || contract === null) return ok(null);
  if ((contract.closedOn ?? null) !== null) return ok(null);
  if (wholeOrZero(contract, 'outstandingMinor') > principalMinor) return ok(null);
  return isDrawnOut(contract, accountingDate) ? closingOf(contract, 'settled', facts) : ok(null);
}

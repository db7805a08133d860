import type {
  AccountReference,
  MemorandumRequest,
  PostingRequest,
  TransferRequest,
} from '../../../ledger/service-operation.ts';
import type { NoteEvent } from './state.ts';

/** Where the money of a note lies. The GL codes of the unit's accounts are parameters. */
export type NoteAccounts = {
  readonly currency: string;
  /** The note's own account (1303). */
  readonly note: AccountReference;
  /** The borrower's deposit (2011). */
  readonly deposit: AccountReference;
  /** 1132, 6011, 6021, 1304, 6702, and off the balance sheet the claims written off. */
  readonly receivable: AccountReference;
  readonly interestIncome: AccountReference;
  readonly feeIncome: AccountReference;
  readonly allowance: AccountReference;
  readonly impairment: AccountReference;
  readonly writtenOffClaims: AccountReference;
};

/** What an event moves; null when it moves nothing. The table of these stands in the README. */
export function postingOf(event: NoteEvent, accounts: NoteAccounts): PostingRequest | null {
  const { note, deposit, receivable, interestIncome, allowance, impairment } = accounts;
  const move = mover(accounts.currency);
  switch (event.type) {
    case 'interest_accrued':
      return posting('loan_interest_accrual', [
        move(receivable, interestIncome, event.amountMinor),
        move(interestIncome, receivable, -event.amountMinor),
      ]);
    case 'repaid': {
      const sum = (use: 'penalty' | 'compound' | 'interest' | 'principal'): bigint =>
        event.payments.reduce((total, paid) => total + paid[use], 0n);
      return posting('loan_repayment', [
        move(deposit, note, sum('principal')),
        move(deposit, receivable, event.receivableMinor),
        move(deposit, interestIncome, sum('interest') - event.receivableMinor),
        move(deposit, interestIncome, sum('penalty') + sum('compound')),
      ]);
    }
    case 'prepaid':
      return posting('loan_prepayment', [
        move(deposit, note, event.principalMinor),
        move(deposit, receivable, event.receivableMinor),
        move(deposit, interestIncome, event.interestMinor - event.receivableMinor),
        move(deposit, accounts.feeIncome, event.feeMinor),
      ]);
    case 'provisioned':
      return posting('loan_provision', [
        move(impairment, allowance, event.amountMinor),
        move(allowance, impairment, -event.amountMinor),
      ]);
    case 'written_off':
      return posting(
        'loan_write_off',
        [
          move(allowance, note, event.principalMinor),
          move(allowance, receivable, event.receivableMinor),
        ],
        [claim(accounts, 'in', event.principalMinor + event.receivableMinor)],
      );
    case 'recovered':
      return posting(
        'loan_recovery',
        [move(deposit, impairment, event.amountMinor)],
        [claim(accounts, 'out', event.amountMinor)],
      );
    case 'note_opened':
    case 'repriced':
    case 'extended':
    case 'restructured':
    case 'classified':
      return null;
    default: {
      const never: never = event;
      return never;
    }
  }
}

type Move = TransferRequest | null;

function mover(currency: string) {
  return (debit: AccountReference, credit: AccountReference, amountMinor: bigint): Move =>
    amountMinor > 0n ? { debit, credit, amountMinor, currency } : null;
}

function posting(
  narrative: string,
  moves: readonly Move[],
  memoranda: readonly MemorandumRequest[] = [],
): PostingRequest {
  return { narrative, transfers: moves.filter((move) => move !== null), memoranda };
}

function claim(
  { writtenOffClaims, currency }: NoteAccounts,
  direction: 'in' | 'out',
  amountMinor: bigint,
): MemorandumRequest {
  return { account: writtenOffClaims, direction, amountMinor, currency };
}

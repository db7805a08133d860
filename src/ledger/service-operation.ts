import type { Value, Values } from '../base/data.ts';
import type { Result } from '../base/result.ts';
import type { CounterFactRequest, CounterRecordRequest } from './counter/requests.ts';
import type { DepositFactRequest, DepositRecordRequest } from './deposit-requests.ts';
import type { MarketFactRequest, MarketRecordRequest } from './market/requests.ts';

/**
 * A service operation: what a process may ask of a product or of the control of operations. It is
 * pure. The shell loads what `needs` names, calls `decide`, and carries out what it answers in the
 * transaction of the task; a refusal refuses the task.
 */
export type ServiceOperation = {
  /** Such as `loan.disburse`: room, then the order in the bank's words. */
  readonly name: string;
  /** What must be loaded first, each under the name that `decide` finds it by. */
  needs(input: OperationInput): { readonly [name: string]: FactRequest };
  decide(input: OperationInput, facts: Facts): Result<OperationOutcome>;
};

export type OperationInput = {
  /** Data of the case as the activity sees it, with what its performer has just filled in. */
  readonly values: Values;
  readonly context: OperationContext;
};

/** Where and when the operation happens; the shell takes each once for the whole transaction. */
export type OperationContext = {
  /** ms since epoch, UTC. */
  readonly at: number;
  /** Of the legal entity. */
  readonly accountingDate: string;
  readonly caseNumber: string;
  readonly processInstance: string;
  readonly activity: string;
  /** Unit that the case belongs to. */
  readonly caseUnitId: string;
  /** Login that acts; null when no person does (a service task after a timer). */
  readonly performer: string | null;
  /** Unit of who acts (操作机构); the case's unit when no person does. */
  readonly performerUnitId: string;
  /** The task's attributes in the model, such as `facts` of `case.hash_facts`. */
  readonly attributes: { readonly [name: string]: string };
};

/**
 * Something the shell can look up. Answers are plain data (see each kind), null when there is none.
 *
 * account: { accountNumber, bookId, unitId, glCode, currency, status, customerNumber }
 * account_balance: { accountNumber, name, product, customerNumber, openingUnitId, bookId, currency,
 *   status, restrictionEffect, balanceMinor, heldMinor, availableMinor (null: no limit) }
 * next_account_number: the next free number for a customer's account of the unit
 * posted_event: { transfers: [{ transferId, debitAccountNumber, creditAccountNumber, amountMinor,
 *   currency, reversed }], memoranda: [{ accountNumber, direction, amountMinor, currency }] }
 * internal_account: the unit's own account of a GL code, same shape
 * customer: { customerNumber, groupNumber, unitId }
 * group_exposure: { outstandingMinor, committedMinor } of the customer's whole group, in CNY
 * credit_line, loan_approval: the record last written for the customer, for the case, in the shape
 *   of its RecordRequest
 * contract_of_case: the loan contract signed in the case, as contract_drawn gives it, not locked
 * contract_drawn: the contract of that number (or of that note) as its notes leave it, nobody else
 *   drawing, paying or closing until the action ends: its RecordRequest with { loanCaseNumber,
 *   approvalValidTo, firstDrawnOn, drawnMinor, outstandingMinor, undrawnMinor, closedOn }
 * contract_margin: { holdId, accountNumber, amountMinor } set aside for the contract
 * collateral_held: [{ registrationNumber, valueMinor, currency, caseNumber, images }] registered
 *   for the contract; images counts papers of imageKind in the case of the registration
 * loan_note: the note of that number, with outstandingMinor
 * note_history: all that is kept of a note, with its product's parameters as `product`
 * note_plan: [{ number, dueDate, principalMinor, interestMinor, paid }] of a note, in order
 * inspections_begun: [{ dueDate, caseNumber, status }] of a note, the newest first
 * role_holders: [{ login, person }] of a role at a unit, in the order of the login
 * acted: [person] who have completed any of the activities (blank-separated ids) in the case
 * documents: [hash] of the papers of the case of any of the kinds (blank-separated), in order
 * parameter: the value in force on the accounting date
 * working_day: the date itself where the bank's calendar works on it, else the next that it does
 * unit_above: the id of the nearest unit above of that kind
 */
export type FactRequest =
  | CounterFactRequest
  | DepositFactRequest
  | MarketFactRequest
  | { readonly kind: 'account'; readonly accountNumber: string }
  | { readonly kind: 'account_balance'; readonly accountNumber: string }
  | { readonly kind: 'next_account_number'; readonly unitId: string }
  | { readonly kind: 'posted_event'; readonly postingId: string }
  | {
      readonly kind: 'internal_account';
      readonly unitId: string;
      readonly glCode: string;
      readonly currency: string;
    }
  | { readonly kind: 'customer'; readonly customerNumber: string }
  | { readonly kind: 'group_exposure'; readonly customerNumber: string }
  | { readonly kind: 'credit_line'; readonly customerNumber: string; readonly productCode: string }
  | { readonly kind: 'loan_approval'; readonly caseNumber: string }
  | { readonly kind: 'contract_of_case'; readonly caseNumber: string }
  | { readonly kind: 'contract_drawn'; readonly contractNumber: string }
  | { readonly kind: 'contract_drawn'; readonly noteNumber: string }
  | { readonly kind: 'contract_margin'; readonly contractNumber: string }
  | { readonly kind: 'contract_margin'; readonly noteNumber: string }
  | {
      readonly kind: 'collateral_held';
      readonly contractNumber: string;
      readonly imageKind: string;
    }
  | { readonly kind: 'collateral_held'; readonly noteNumber: string; readonly imageKind: string }
  | { readonly kind: 'loan_note'; readonly noteNumber: string }
  | { readonly kind: 'note_plan'; readonly noteNumber: string }
  | { readonly kind: 'note_history'; readonly noteNumber: string }
  | { readonly kind: 'inspections_begun'; readonly noteNumber: string }
  | { readonly kind: 'role_holders'; readonly role: string; readonly unitId: string }
  | { readonly kind: 'acted'; readonly activities: string }
  | { readonly kind: 'documents'; readonly caseNumber: string; readonly kinds: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'working_day'; readonly date: string };

export type Facts = { readonly [name: string]: Value };

/** What the operation has decided; the shell does all of it or nothing. */
export type OperationOutcome = {
  /** Merged into the data of the case. */
  readonly values: Values;
  readonly postings: readonly PostingRequest[];
  readonly records: readonly RecordRequest[];
};

/** One business event to post: its transfers are linked, all or nothing. */
export type PostingRequest = {
  /** Code of the narrative (摘要), such as `loan_disbursement`. */
  readonly narrative: string;
  readonly transfers: readonly TransferRequest[];
  /** Memorandum entries off the balance sheet, single-sided. */
  readonly memoranda: readonly MemorandumRequest[];
};

/**
 * One amount from the debit side to the credit side. Accounts of two books are joined through both
 * books' inter-branch accounts by the ledger.
 */
export type TransferRequest = {
  readonly debit: AccountReference;
  readonly credit: AccountReference;
  /** Minor units, above 0. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The posted transfer that this one takes back (冲正). */
  readonly reversesTransferId?: string;
  /** The hold, or pending transfer, that this one uses up. */
  readonly holdId?: string;
  /** As much of the amount as may leave the account. */
  readonly upToAvailable?: true;
};

export type MemorandumRequest = {
  readonly account: AccountReference;
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The case whose thing is recorded, when it is another than the one that posts. */
  readonly subject?: string;
};

/** A customer's account by its number, or a unit's own account by GL code and currency. */
export type AccountReference =
  | { readonly accountNumber: string }
  | { readonly unitId: string; readonly glCode: string };

/** What the store keeps or does for the product; `kind` says what, `values` holds its facts. */
export type RecordRequest =
  | LoanRecordRequest
  | AccountRecordRequest
  | CounterRecordRequest
  | DepositRecordRequest
  | MarketRecordRequest;

/** A row of a loan; `kind` names the table, `values` its columns. */
export type LoanRecordRequest = {
  readonly kind:
    | 'credit_line'
    | 'loan_approval'
    | 'loan_contract'
    | 'loan_contract_closing'
    | 'collateral'
    | 'loan_note'
    | 'loan_repayment'
    | 'loan_event'
    | 'loan_inspection'
    | 'loan_classification';
  readonly values: Values;
};

/** An account that is opened or closed, held or restricted. */
export type AccountRecordRequest = {
  readonly kind:
    | 'account_opening'
    | 'account_closing'
    | 'hold_placing'
    | 'hold_ending'
    | 'restriction_placing'
    | 'restriction_lifting'
    | 'pending_placing'
    | 'judicial_freeze_placing'
    | 'judicial_freeze_lifting';
  readonly values: Values;
};

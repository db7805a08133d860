import { assert } from '../../base/assert.ts';
import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import type { LoanRecordRequest, RecordRequest } from '../../ledger/service-operation.ts';
import type { Parameter, Transaction } from '../database.ts';
import { addLoanEvent } from './loan-history.ts';

/** Where and when a record is written. */
export type RecordPlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
  /** A new id for a row that has no number of its own. */
  readonly newId: () => string;
};

/** Whether a record is a row of a loan. */
export function isLoanRecord(record: RecordRequest): record is LoanRecordRequest {
  return /^(loan_|credit_line$|collateral$)/.test(record.kind);
}

/**
 * Writes what a loan operation has decided to keep. The account of a note is opened by the caller
 * before this, and money is posted after it.
 */
export async function writeLoanRecord(
  transaction: Transaction,
  place: RecordPlace,
  record: LoanRecordRequest,
): Promise<void> {
  const { values } = record;
  switch (record.kind) {
    case 'credit_line':
      return await insert(transaction, 'credit_line', creditLineRow(place, values));
    case 'loan_approval':
      return await insert(transaction, 'loan_approval', approvalRow(place, values));
    case 'loan_contract':
      return await insert(transaction, 'loan_contract', contractRow(place, values));
    case 'loan_contract_closing':
      return await insert(transaction, 'loan_contract_closing', closingRow(place, values));
    case 'collateral':
      return await insert(transaction, 'collateral', collateralRow(place, values));
    case 'loan_note':
      await insert(transaction, 'loan_note', noteRow(place, values));
      return await insertInstalments(transaction, place, values);
    case 'loan_repayment':
      return await insert(transaction, 'loan_repayment', repaymentRow(place, values));
    case 'loan_event':
      return await addLoanEvent(transaction, place, values);
    case 'loan_inspection':
      return await insert(transaction, 'loan_inspection', inspectionRow(place, values));
    case 'loan_classification':
      return await insert(transaction, 'loan_classification', classificationRow(place, values));
    default: {
      const never: never = record.kind;
      return never;
    }
  }
}

type Row = { readonly [column: string]: Parameter };

/** Column names come from this file alone, values always as parameters. */
async function insert(transaction: Transaction, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_column, index) => `$${index + 1}`).join(', ');
  await transaction.query(
    `insert into ${table} (${columns.join(', ')}) values (${places})`,
    Object.values(row),
  );
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the record is a text`);
  return value;
}

function textOrNull(values: Values, name: string): string | null {
  const value = values[name] ?? null;
  return value === null ? null : text(values, name);
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the record is a whole number`);
  return value;
}

function wholeOrZero(values: Values, name: string): bigint {
  return (values[name] ?? null) === null ? 0n : whole(values, name);
}

const creditLineRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  line_number: text(values, 'lineNumber'),
  case_number: place.caseNumber,
  customer_number: text(values, 'customerNumber'),
  product_code: text(values, 'productCode'),
  currency: text(values, 'currency'),
  amount_minor: whole(values, 'amountMinor'),
  revolving: values.revolving === true,
  valid_from: text(values, 'validFrom'),
  valid_to: text(values, 'validTo'),
  granted_at: place.at,
});

const approvalRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  approval_number: text(values, 'approvalNumber'),
  case_number: place.caseNumber,
  customer_number: text(values, 'customerNumber'),
  currency: text(values, 'currency'),
  amount_minor: whole(values, 'amountMinor'),
  term_months: whole(values, 'termMonths'),
  rate_ppm: whole(values, 'ratePpm'),
  conditions: text(values, 'conditions'),
  valid_from: text(values, 'validFrom'),
  valid_to: text(values, 'validTo'),
  issued_at: place.at,
});

const contractRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  contract_number: text(values, 'contractNumber'),
  case_number: place.caseNumber,
  approval_number: text(values, 'approvalNumber'),
  customer_number: text(values, 'customerNumber'),
  product_code: text(values, 'productCode'),
  currency: text(values, 'currency'),
  amount_minor: whole(values, 'amountMinor'),
  term_months: whole(values, 'termMonths'),
  rate_ppm: whole(values, 'ratePpm'),
  repayment_method: text(values, 'repaymentMethod'),
  credit_protection: text(values, 'creditProtection'),
  payment_method: text(values, 'paymentMethod'),
  payee_name: textOrNull(values, 'payeeName'),
  payee_account_number: textOrNull(values, 'payeeAccountNumber'),
  contract_date: text(values, 'contractDate'),
  revolving: values.revolving === true,
  available_to: text(values, 'availableTo'),
  deposit_account_number: textOrNull(values, 'depositAccountNumber'),
  signed_at: place.at,
});

const closingRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  contract_number: text(values, 'contractNumber'),
  case_number: place.caseNumber,
  reason: text(values, 'reason'),
  undrawn_minor: whole(values, 'undrawnMinor'),
  accounting_date: place.accountingDate,
  closed_at: place.at,
});

const collateralRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  case_number: place.caseNumber,
  registration_number: text(values, 'registrationNumber'),
  contract_number: text(values, 'contractNumber'),
  description: text(values, 'description'),
  currency: text(values, 'currency'),
  value_minor: whole(values, 'valueMinor'),
  registered_at: place.at,
});

const noteRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  note_number: text(values, 'noteNumber'),
  case_number: place.caseNumber,
  contract_number: text(values, 'contractNumber'),
  customer_number: text(values, 'customerNumber'),
  deposit_account_number: text(values, 'depositAccountNumber'),
  unit_code: text(values, 'unitId'),
  gl_code: text(values, 'glCode'),
  currency: text(values, 'currency'),
  principal_minor: whole(values, 'principalMinor'),
  rate_ppm: whole(values, 'ratePpm'),
  repayment_method: text(values, 'method'),
  start_date: text(values, 'start'),
  maturity_date: text(values, 'maturity'),
  disbursed_at: place.at,
});

const repaymentRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  id: place.newId(),
  note_number: text(values, 'noteNumber'),
  instalment_number: values.instalmentNumber === null ? null : whole(values, 'instalmentNumber'),
  case_number: place.caseNumber,
  principal_minor: whole(values, 'principalMinor'),
  interest_minor: whole(values, 'interestMinor'),
  penalty_minor: wholeOrZero(values, 'penaltyMinor'),
  compound_minor: wholeOrZero(values, 'compoundMinor'),
  receivable_minor: wholeOrZero(values, 'receivableMinor'),
  clears: values.clears !== false,
  accounting_date: place.accountingDate,
  paid_at: place.at,
});

const inspectionRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  note_number: text(values, 'noteNumber'),
  due_date: text(values, 'dueDate'),
  case_number: place.caseNumber,
  begun_at: place.at,
});

const classificationRow = (place: RecordPlace, values: Values): Row => ({
  cell_id: place.cellId,
  note_number: text(values, 'noteNumber'),
  case_number: place.caseNumber,
  five_level_class: text(values, 'fiveLevelClass'),
  next_inspection_date: text(values, 'nextInspectionDate'),
  classified_at: place.at,
});

async function insertInstalments(
  transaction: Transaction,
  place: RecordPlace,
  note: Values,
): Promise<void> {
  const instalments = (isValueList(note.instalments ?? null) ? note.instalments : []) as Value[];
  const rows = instalments.map((row) => {
    assert(isValues(row), 'an instalment is a record');
    return row;
  });
  const column = (name: string): bigint[] => rows.map((row) => whole(row, name));
  await transaction.query(
    `insert into loan_instalment
       (cell_id, note_number, number, due_date, days, principal_minor, interest_minor, balance_minor)
     select $1, $2, *
     from unnest($3::int[], $4::date[], $5::int[], $6::int8[], $7::int8[], $8::int8[])`,
    [
      place.cellId,
      text(note, 'noteNumber'),
      column('number'),
      rows.map((row) => text(row, 'dueDate')),
      column('days'),
      column('principalMinor'),
      column('interestMinor'),
      column('balanceMinor'),
    ],
  );
}

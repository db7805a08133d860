import { assert, present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { MarketRecordRequest } from '../../ledger/market/requests.ts';
import type { Parameter, Transaction } from '../database.ts';
import { bookOfUnit } from '../ledger/books.ts';

/** Where, when and by whom a row of bills or foreign exchange is written. */
export type MarketPlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
  readonly newId: () => string;
};

type Row = { readonly [column: string]: Parameter };

/** Column names come from the callers' own code, values always as parameters. */
export async function insertRow(transaction: Transaction, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_column, index) => `$${index + 1}`).join(', ');
  await transaction.query(
    `insert into ${table} (${columns.join(', ')}) values (${places})`,
    Object.values(row),
  );
}

/** A value of a record that can stand in a column. */
export function column(values: Values, name: string): Parameter {
  const value = values[name] ?? null;
  const isPlain = value === null || ['string', 'bigint', 'boolean'].includes(typeof value);
  assert(isPlain, `${name} of the record is plain`);
  return value as Parameter;
}

/** The book that keeps a unit's postings on the date. */
export async function bookAt(
  transaction: Transaction,
  { cellId, accountingDate: date }: MarketPlace,
  unitCode: string,
): Promise<string> {
  return present(await bookOfUnit(transaction, { cellId, unitCode, date }), 'the book of a unit');
}

type BillRecord = Exclude<MarketRecordRequest['kind'], 'fx_quote' | 'fx_position'>;

/** Writes what an operation on a bill has decided to keep. */
export async function writeBillRecord(
  transaction: Transaction,
  place: MarketPlace,
  { kind, values }: { readonly kind: BillRecord; readonly values: Values },
): Promise<void> {
  const { cellId: cell_id, caseNumber: case_number, accountingDate: accounting_date } = place;
  const key = { cell_id, bill_number: column(values, 'billNumber') };
  switch (kind) {
    case 'bill':
      return await insertRow(transaction, 'bill', { ...key, ...billRow(place, values) });
    case 'bill_event':
      return await insertRow(transaction, 'bill_event', {
        ...{ ...key, number: await nextNumber(transaction, 'bill_event', key) },
        ...{ kind: column(values, 'event'), status: column(values, 'status') },
        ...{ holder_name: column(values, 'holderName'), from_name: column(values, 'fromName') },
        ...{ to_name: column(values, 'toName'), amount_minor: column(values, 'amountMinor') },
        ...{ note: column(values, 'note'), case_number, accounting_date },
        ...{ happened_at: BigInt(place.at), login: place.login },
      });
    case 'bill_acceptance':
      return await insertRow(transaction, 'bill_acceptance', {
        ...{ ...key, account_number: column(values, 'accountNumber') },
        customer_number: column(values, 'customerNumber'),
        margin_account_number: column(values, 'marginAccountNumber'),
        ...{ margin_minor: column(values, 'marginMinor'), fee_minor: column(values, 'feeMinor') },
        ...{ guarantee: column(values, 'guarantee'), unit_code: column(values, 'unitId') },
        ...{ case_number, accepted_on: accounting_date },
      });
    case 'bill_interest':
      return await insertRow(transaction, 'bill_interest', {
        ...{ ...key, side: column(values, 'side'), unit_code: column(values, 'unitId') },
        book_id: await bookAt(transaction, place, String(values.unitId)),
        account_number: column(values, 'accountNumber'),
        ...{ counterparty: column(values, 'counterparty'), currency: column(values, 'currency') },
        rate_ppm: column(values, 'ratePpm'),
        interest_minor: column(values, 'interestMinor'),
        ...{ begun_on: accounting_date, counted_to: column(values, 'countedTo'), case_number },
      });
    case 'bill_debt':
      return await insertRow(transaction, 'bill_debt', {
        ...{ ...key, number: await nextNumber(transaction, 'bill_debt', key) },
        ...{ kind: column(values, 'debtKind'), account_number: column(values, 'accountNumber') },
        ...{ unit_code: column(values, 'unitId'), change_minor: column(values, 'changeMinor') },
        ...{ case_number, accounting_date },
      });
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function billRow({ caseNumber, accountingDate, at }: MarketPlace, values: Values): Row {
  return {
    ...{ kind: column(values, 'billKind'), medium: column(values, 'medium') },
    drawer_name: column(values, 'drawerName'),
    drawer_account_number: column(values, 'drawerAccountNumber'),
    acceptor_name: column(values, 'acceptorName'),
    accepted_here: column(values, 'acceptedHere'),
    ...{ payee_name: column(values, 'payeeName'), currency: column(values, 'currency') },
    ...{ amount_minor: column(values, 'faceMinor'), issued_on: column(values, 'issuedOn') },
    ...{ matures_on: column(values, 'maturesOn'), elsewhere: column(values, 'elsewhere') },
    ...{ unit_code: column(values, 'unitId'), case_number: caseNumber },
    ...{ registered_on: accountingDate, registered_at: BigInt(at) },
  };
}

/** The bill is locked by the fact that the operation asked for, so nobody else counts. */
async function nextNumber(
  transaction: Transaction,
  table: 'bill_event' | 'bill_debt',
  { cell_id, bill_number }: { readonly cell_id: number; readonly bill_number: Parameter },
): Promise<number> {
  const [row] = await transaction.query<{ next: number }>(
    `select coalesce(max(number), 0) + 1 as next from ${table}
     where cell_id = $1 and bill_number = $2`,
    [cell_id, bill_number],
  );
  return Number(present(row, 'the next number').next);
}

import { assert, present } from '../../base/assert.ts';
import { isValues, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { CashRecordRequest } from '../../ledger/counter/requests.ts';
import { listOf } from '../../ledger/operation-values.ts';
import { sqlFailure, type Transaction } from '../database.ts';

/** Where, when and by whom a record of cash is written. caseNumber: null when no case moves it. */
export type CashPlace = {
  readonly cellId: number;
  readonly caseNumber: string | null;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
  readonly newId: () => string;
};

/** Writes what an operation of cash decided to keep. The boxes it names are locked already. */
export async function writeCashRecord(
  transaction: Transaction,
  place: CashPlace,
  { kind, values }: CashRecordRequest,
): Promise<Result<null>> {
  switch (kind) {
    case 'cash_movement':
      return await addMovement(transaction, place, values);
    case 'cash_count':
      return await addCount(transaction, place, values);
    case 'cash_difference':
      return await addDifference(transaction, place, values);
    case 'cash_difference_end':
      return await endDifference(transaction, place, values);
    case 'cash_sign_off':
      return await signOff(transaction, place, values);
    case 'cash_counterfeit':
      return await addCounterfeit(transaction, place, values);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** The box's next serial; it also locks the box. */
async function nextSerial(
  transaction: Transaction,
  { cellId }: CashPlace,
  boxNumber: string,
): Promise<bigint> {
  const [row] = await transaction.query<{ serial: bigint }>(
    `update cash_box set serial = serial + 1 where cell_id = $1 and box_number = $2
     returning serial`,
    [cellId, boxNumber],
  );
  return present(row, `the box ${boxNumber}`).serial;
}

async function addMovement(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  const boxNumber = text(values, 'boxNumber');
  const currency = text(values, 'currency');
  const serial = await nextSerial(transaction, place, boxNumber);
  const movementId = place.newId();
  const notes = listOf(values, 'notes').filter(isValues);
  const faces = notes.map((note) => whole(note, 'faceMinor'));
  const changes = notes.map((note) => whole(note, 'change'));
  const sum = faces.reduce((all, face, n) => all + face * (changes[n] ?? 0n), 0n);
  assert(sum === whole(values, 'amountMinor'), 'notes times faces are the amount that moves');
  await transaction.query(
    `insert into cash_movement (cell_id, movement_id, box_number, serial, kind, currency,
       amount_minor, counter_box, account_number, customer_number, case_number, accounting_date,
       moved_at, login, checker_login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[place.cellId, movementId, boxNumber, serial, text(values, 'kind'), currency, sum],
      ...[maybe(values, 'counterBox'), maybe(values, 'accountNumber')],
      ...[maybe(values, 'customerNumber'), place.caseNumber, place.accountingDate],
      ...[place.at, place.login, maybe(values, 'checkerLogin')],
    ],
  );
  await transaction.query(
    `insert into cash_movement_note (cell_id, movement_id, face_minor, note_change)
     select $1, $2, face, change from unnest($3::int8[], $4::int8[]) as n(face, change)`,
    [place.cellId, movementId, faces, changes],
  );
  await changeNotes(transaction, place.cellId, { boxNumber, currency, faces, changes });
  return ok(null);
}

/** Takes the changes of a movement into the notes of a locked box; none falls below 0. */
async function changeNotes(
  transaction: Transaction,
  cellId: number,
  of: {
    readonly boxNumber: string;
    readonly currency: string;
    readonly faces: readonly bigint[];
    readonly changes: readonly bigint[];
  },
): Promise<void> {
  const given = [cellId, of.boxNumber, of.currency, of.faces] as const;
  await transaction.query(
    `insert into cash_note (cell_id, box_number, currency, face_minor, note_count)
     select $1, $2, $3, face, 0 from unnest($4::int8[]) as n(face) on conflict do nothing`,
    [...given],
  );
  await transaction.query(
    `update cash_note c set note_count = c.note_count + n.change
     from unnest($4::int8[], $5::int8[]) as n(face, change)
     where c.cell_id = $1 and c.box_number = $2 and c.currency = $3 and c.face_minor = n.face`,
    [...given, of.changes],
  );
}

async function addCount(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  const boxNumber = text(values, 'boxNumber');
  const serial = await nextSerial(transaction, place, boxNumber);
  await transaction.query(
    `insert into cash_count (cell_id, box_number, serial, currency, moment, book_minor,
       counted_minor, case_number, accounting_date, counted_at, login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[place.cellId, boxNumber, serial, text(values, 'currency'), text(values, 'moment')],
      ...[whole(values, 'bookMinor'), whole(values, 'countedMinor'), place.caseNumber],
      ...[place.accountingDate, place.at, place.login],
    ],
  );
  return ok(null);
}

async function addDifference(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  await transaction.query(
    `insert into cash_difference (cell_id, difference_number, kind, box_number, unit_code,
       currency, amount_minor, found_on, login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[place.cellId, place.caseNumber, text(values, 'kind'), text(values, 'boxNumber')],
      ...[text(values, 'unitId'), text(values, 'currency'), whole(values, 'amountMinor')],
      ...[place.accountingDate, place.login],
    ],
  );
  return ok(null);
}

async function endDifference(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  const number = text(values, 'differenceNumber');
  try {
    await transaction.query(
      `insert into cash_difference_end (cell_id, difference_number, outcome, account_number, reason,
         case_number, resolved_on, login) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[place.cellId, number, text(values, 'outcome'), maybe(values, 'accountNumber')],
        ...[text(values, 'reason'), place.caseNumber, place.accountingDate, place.login],
      ],
    );
    return ok(null);
  } catch (error) {
    // Somebody else resolved it in this moment.
    if (sqlFailure(error)?.state !== '23505') throw error;
    return refuse('cash_difference_unknown', { difference: number });
  }
}

async function signOff(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  await transaction.query(
    'update cash_box set signed_off_on = $3 where cell_id = $1 and box_number = $2',
    [place.cellId, text(values, 'boxNumber'), place.accountingDate],
  );
  return ok(null);
}

async function addCounterfeit(
  transaction: Transaction,
  place: CashPlace,
  values: Values,
): Promise<Result<null>> {
  await transaction.query(
    `insert into cash_counterfeit (cell_id, seizure_number, unit_code, currency, face_minor, pieces,
       note_numbers, customer_number, seized_on, login, witness_login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[place.cellId, place.caseNumber, text(values, 'unitId'), text(values, 'currency')],
      ...[whole(values, 'faceMinor'), whole(values, 'pieces'), text(values, 'noteNumbers')],
      ...[maybe(values, 'customerNumber'), place.accountingDate, text(values, 'seizedBy')],
      place.login,
    ],
  );
  return ok(null);
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the record is a text`);
  return value;
}

function maybe(values: Values, name: string): string | null {
  return values[name] == null ? null : text(values, name);
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the record is a whole number`);
  return value;
}

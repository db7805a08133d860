import { assert } from '../../base/assert.ts';
import type { Value, Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { WealthFactRequest, WealthRecordRequest } from '../../ledger/counter/requests.ts';
import { type Queries, sqlFailure, type Transaction } from '../database.ts';

/** Where, when and by whom a record of wealth products is written. */
export type WealthPlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
};

/** Looks up a fact of wealth products; of an order, its newest state. */
export async function wealthFactOf(
  queries: Queries,
  cellId: number,
  request: WealthFactRequest,
): Promise<Value> {
  if (request.kind === 'wealth_assessment') {
    const [row] = await queries.query<{ [column: string]: string }>(
      `select grade, assessed_on as "assessedOn", valid_to as "validTo" from wealth_assessment
       where cell_id = $1 and customer_number = $2
       order by assessed_at desc, case_number desc limit 1`,
      [cellId, request.customerNumber],
    );
    return row ?? null;
  }
  const [order] = await queries.query<{ [column: string]: string | bigint }>(
    `select order_number as "orderNumber", product_code as "productCode",
       customer_number as "customerNumber", account_number as "accountNumber", currency,
       amount_minor as "amountMinor"
     from wealth_order where cell_id = $1 and order_number = $2`,
    [cellId, request.orderNumber],
  );
  if (order === undefined) return null;
  const [step] = await queries.query<{ state: string }>(
    `select state from wealth_order_step where cell_id = $1 and order_number = $2
     order by step desc limit 1`,
    [cellId, request.orderNumber],
  );
  return { ...order, state: step?.state ?? null };
}

/** Writes what an operation of wealth products decided to keep. */
export async function writeWealthRecord(
  transaction: Transaction,
  place: WealthPlace,
  { kind, values }: WealthRecordRequest,
): Promise<Result<null>> {
  switch (kind) {
    case 'wealth_assessment':
      await addAssessment(transaction, place, values);
      return ok(null);
    case 'wealth_order':
      await addOrder(transaction, place, values);
      return ok(null);
    case 'wealth_order_step':
      return await addStep(transaction, place, values);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

async function addAssessment(
  transaction: Transaction,
  place: WealthPlace,
  values: Values,
): Promise<void> {
  await transaction.query(
    `insert into wealth_assessment (cell_id, customer_number, case_number, grade, score,
       assessed_on, valid_to, assessed_at, login) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[place.cellId, text(values, 'customerNumber'), place.caseNumber, text(values, 'grade')],
      ...[whole(values, 'score'), place.accountingDate, text(values, 'validTo')],
      ...[place.at, place.login],
    ],
  );
}

async function addOrder(
  transaction: Transaction,
  place: WealthPlace,
  values: Values,
): Promise<void> {
  await transaction.query(
    `insert into wealth_order (cell_id, order_number, product_code, product_risk, customer_grade,
       customer_number, account_number, currency, amount_minor, recording_number,
       disclosure_accepted_at, ordered_on, login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[place.cellId, text(values, 'orderNumber'), text(values, 'productCode')],
      ...[text(values, 'productRisk'), text(values, 'customerGrade')],
      ...[text(values, 'customerNumber'), text(values, 'accountNumber'), text(values, 'currency')],
      ...[whole(values, 'amountMinor'), text(values, 'recordingNumber'), place.at],
      ...[place.accountingDate, place.login],
    ],
  );
}

async function addStep(
  transaction: Transaction,
  place: WealthPlace,
  values: Values,
): Promise<Result<null>> {
  const [order, state] = [text(values, 'orderNumber'), text(values, 'state')];
  try {
    await transaction.query(
      `insert into wealth_order_step (cell_id, order_number, step, state, paid_minor, case_number,
         accounting_date, at, login)
       select $1, $2, (select count(*) + 1 from wealth_order_step
         where cell_id = $1 and order_number = $2)::int, $3, $4, $5, $6, $7, $8`,
      [
        ...[place.cellId, order, state],
        ...[values.paidMinor == null ? null : whole(values, 'paidMinor'), place.caseNumber],
        ...[place.accountingDate, place.at, place.login],
      ],
    );
    return ok(null);
  } catch (error) {
    // Somebody else took the order on in this moment.
    if (sqlFailure(error)?.state !== '23505') throw error;
    return refuse('wealth_order_in_other_state', { order, state });
  }
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the record is a text`);
  return value;
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the record is a whole number`);
  return value;
}

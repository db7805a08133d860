import type { Value } from '../../base/data.ts';
import { ok, type Result } from '../../base/result.ts';
import {
  type CounterFactRequest,
  type CounterRecordRequest,
  isCashFact,
  isCashRecord,
} from '../../ledger/counter/requests.ts';
import { cashFactOf } from '../cash/facts.ts';
import { writeCashRecord } from '../cash/records.ts';
import type { Queries, Transaction } from '../database.ts';
import { addCharge, type ChargePlace } from '../fee/charges.ts';
import { wealthFactOf, writeWealthRecord } from '../wealth/orders.ts';

/** Looks up a fact of cash, fees or wealth products, as of the accounting date. */
export async function counterFactOf(
  queries: Queries,
  on: { readonly cellId: number; readonly date: string },
  request: CounterFactRequest,
): Promise<Value> {
  if (isCashFact(request)) return await cashFactOf(queries, on, request);
  return await wealthFactOf(queries, on.cellId, request);
}

/** Writes what an operation of cash, fees or wealth products decided to keep. */
export async function writeCounterRecord(
  transaction: Transaction,
  place: ChargePlace,
  record: CounterRecordRequest,
): Promise<Result<null>> {
  if (isCashRecord(record)) return await writeCashRecord(transaction, place, record);
  if (record.kind === 'fee_charge') {
    await addCharge(transaction, place, record.values);
    return ok(null);
  }
  return await writeWealthRecord(transaction, place, record);
}

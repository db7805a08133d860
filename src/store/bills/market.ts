import type { Value } from '../../base/data.ts';
import type { MarketFactRequest, MarketRecordRequest } from '../../ledger/market/requests.ts';
import type { Queries, Transaction } from '../database.ts';
import { billToWorkOn } from './facts.ts';
import { positionsToDealOn, quotesGoodAt, quotesOf } from './fx-facts.ts';
import { writeFxRecord } from './fx-records.ts';
import { type MarketPlace, writeBillRecord } from './records.ts';

/** Looks up what operations on bills and foreign exchange ask for. */
export async function marketFactOf(
  queries: Queries,
  cellId: number,
  request: MarketFactRequest,
): Promise<Value> {
  switch (request.kind) {
    case 'bill':
      return await billToWorkOn(queries, cellId, request.billNumber);
    case 'fx_quotes':
      return await quotesOf(queries, cellId, request.quoteIds.split(' '));
    case 'fx_quotes_now':
      return await quotesGoodAt(queries, cellId, request.at);
    case 'fx_positions':
      return await positionsToDealOn(queries, cellId);
    default: {
      const never: never = request;
      return never;
    }
  }
}

/** Writes what an operation on a bill, or in foreign exchange, has decided to keep. */
export async function writeMarketRecord(
  transaction: Transaction,
  place: MarketPlace,
  { kind, values }: MarketRecordRequest,
): Promise<void> {
  if (kind === 'fx_quote' || kind === 'fx_position') {
    await writeFxRecord(transaction, place, { kind, values });
  } else {
    await writeBillRecord(transaction, place, { kind, values });
  }
}

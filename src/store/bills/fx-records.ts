import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { Transaction } from '../database.ts';
import { bookAt, column, insertRow, type MarketPlace } from './records.ts';

/** Writes a line of the board, or what a deal changed of the position. */
export async function writeFxRecord(
  transaction: Transaction,
  place: MarketPlace,
  { kind, values }: { readonly kind: 'fx_quote' | 'fx_position'; readonly values: Values },
): Promise<void> {
  const { cellId: cell_id, caseNumber: case_number } = place;
  if (kind === 'fx_quote') {
    await transaction.query(
      `select pg_advisory_xact_lock(hashtextextended('fx board ' || $1, $2))`,
      [String(values.currency), cell_id],
    );
    const [row] = await transaction.query<{ next: number }>(
      `select coalesce(max(version), 0) + 1 as next from fx_quote
       where cell_id = $1 and currency = $2`,
      [cell_id, String(values.currency)],
    );
    const version = Number(present(row, 'the next version').next);
    await insertRow(transaction, 'fx_quote', {
      ...{ cell_id, quote_id: `${values.currency}-${version}`, version, case_number },
      ...{ currency: column(values, 'currency'), per: column(values, 'per') },
      ...{ bid: column(values, 'bid'), cash_bid: column(values, 'cashBid') },
      ...{ ask: column(values, 'ask'), middle: column(values, 'middle') },
      valid_from: column(values, 'validFromMs'),
      valid_until: column(values, 'validUntilMs'),
      made_login: column(values, 'madeLogin'),
      checked_login: place.login,
    });
    return;
  }
  await insertRow(transaction, 'fx_position', {
    ...{ cell_id, entry_id: place.newId(), kind: 'deal', case_number, login: place.login },
    book_id: await bookAt(transaction, place, String(values.unitId)),
    currency: column(values, 'currency'),
    position_minor: column(values, 'positionMinor'),
    booked_minor: column(values, 'bookedMinor'),
    quote_id: column(values, 'quoteId'),
    accounting_date: place.accountingDate,
    booked_at: BigInt(place.at),
  });
}

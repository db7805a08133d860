import type { Values } from '../../base/data.ts';

/**
 * What operations on bills and foreign exchange ask for; null when there is none.
 *
 * bill: { billNumber, billKind, medium, drawerName, drawerAccountNumber, acceptorName,
 *   acceptedHere,
 *   payeeName, currency, faceMinor, issuedOn, maturesOn, elsewhere, unitId, status, holderName,
 *   honoured, acceptance: { accountNumber, marginAccountNumber, marginMinor, unitId } | null,
 *   discount: { accountNumber, unitId } | null, debtMinor, debtAccountNumber }, nobody else doing
 *   anything to it until the action ends
 * fx_quotes: [{ quoteId, currency, per, bid, cashBid, ask, middle, validFromMs, untilMs }] of these
 *   ids (blank-separated); untilMs: when the line ends or a newer one of the currency begins
 * fx_quotes_now: the lines that are good at an instant, in the same shape
 * fx_positions: [{ currency, positionMinor, bookedMinor, per, middle }] of the whole bank, nobody
 *   else dealing until the action ends; per and middle of the newest line
 */
export type MarketFactRequest =
  | { readonly kind: 'bill'; readonly billNumber: string }
  | { readonly kind: 'fx_quotes'; readonly quoteIds: string }
  | { readonly kind: 'fx_quotes_now'; readonly at: number }
  | { readonly kind: 'fx_positions' };

/** A row of bills or of foreign exchange; `kind` names what is kept, `values` its facts. */
export type MarketRecordRequest = {
  readonly kind:
    | 'bill'
    | 'bill_event'
    | 'bill_acceptance'
    | 'bill_interest'
    | 'bill_debt'
    | 'fx_quote'
    | 'fx_position';
  readonly values: Values;
};

/** Whether a fact is one of bills or foreign exchange. */
export function isMarketFact<Request extends { readonly kind: string }>(
  request: Request,
): request is Extract<Request, MarketFactRequest> {
  return /^(bill$|fx_)/.test(request.kind);
}

/** Whether a record is a row of bills or foreign exchange. */
export function isMarketRecord<Request extends { readonly kind: string }>(
  record: Request,
): record is Extract<Request, MarketRecordRequest> {
  return /^(bill$|bill_|fx_)/.test(record.kind);
}

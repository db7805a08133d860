import type { Values } from '../../base/data.ts';

/**
 * What operations at the counter ask for; null when there is none.
 *
 * cash_box: { boxNumber, boxKind, unitId, holderLogin, signedOffOn, notes: [{ currency, faceMinor,
 *   count }], uncounted: [currency], unbooked: [currency] } of a teller's own till or of a unit's
 *   vault or transit box, nobody else moving it until the action ends. uncounted: currencies that
 *   are in the box or moved today and were not counted since; unbooked: those whose last count
 *   differs from the book, nothing having moved since
 * cash_difference: { differenceNumber, differenceKind, unitId, currency, amountMinor, foundOn },
 *   not resolved yet
 */
export type CashFactRequest =
  | { readonly kind: 'cash_box'; readonly tillOf: string }
  | {
      readonly kind: 'cash_box';
      readonly unitId: string;
      readonly boxKind: 'vault' | 'transit';
    }
  | { readonly kind: 'cash_difference'; readonly differenceNumber: string };

/** A row of cash; `kind` names what is kept, `values` its facts. */
export type CashRecordRequest = {
  readonly kind:
    | 'cash_movement'
    | 'cash_count'
    | 'cash_difference'
    | 'cash_difference_end'
    | 'cash_sign_off'
    | 'cash_counterfeit';
  readonly values: Values;
};

const cashFacts: readonly string[] = ['cash_box', 'cash_difference'];

/** Whether a fact is one of cash. */
export function isCashFact<Request extends { readonly kind: string }>(
  request: Request,
): request is Extract<Request, CashFactRequest> {
  return cashFacts.includes(request.kind);
}

const cashRecords: readonly string[] = [
  'cash_movement',
  'cash_count',
  'cash_difference',
  'cash_difference_end',
  'cash_sign_off',
  'cash_counterfeit',
];

/** Whether a record is a row of cash. */
export function isCashRecord<Request extends { readonly kind: string }>(
  record: Request,
): record is Extract<Request, CashRecordRequest> {
  return cashRecords.includes(record.kind);
}

/** What was charged for a service, and what of it was waived (减免). */
export type FeeRecordRequest = { readonly kind: 'fee_charge'; readonly values: Values };

/**
 * wealth_assessment: { grade, assessedOn, validTo } of a customer, the newest
 * wealth_order: { orderNumber, productCode, customerNumber, accountNumber, currency, amountMinor,
 *   state: 'held' | 'confirmed' | 'released' | 'redeemed' }; each state is reached once
 */
export type WealthFactRequest =
  | { readonly kind: 'wealth_assessment'; readonly customerNumber: string }
  | { readonly kind: 'wealth_order'; readonly orderNumber: string };

/** A row of wealth products; `kind` names what is kept, `values` its facts. */
export type WealthRecordRequest = {
  readonly kind: 'wealth_assessment' | 'wealth_order' | 'wealth_order_step';
  readonly values: Values;
};

/** All that operations at the counter look up. */
export type CounterFactRequest = CashFactRequest | WealthFactRequest;

/** All that operations at the counter keep. */
export type CounterRecordRequest = CashRecordRequest | FeeRecordRequest | WealthRecordRequest;

const counterFacts: readonly string[] = [...cashFacts, 'wealth_assessment', 'wealth_order'];

/** Whether a fact is one of the counter. */
export function isCounterFact<Request extends { readonly kind: string }>(
  request: Request,
): request is Extract<Request, CounterFactRequest> {
  return counterFacts.includes(request.kind);
}

const counterRecords: readonly string[] = [
  ...[...cashRecords, 'fee_charge'],
  ...['wealth_assessment', 'wealth_order', 'wealth_order_step'],
];

/** Whether a record is a row of the counter. */
export function isCounterRecord<Request extends { readonly kind: string }>(
  record: Request,
): record is Extract<Request, CounterRecordRequest> {
  return counterRecords.includes(record.kind);
}

import type { Values } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, dateOf, recordOf, textOf } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationInput,
  RecordRequest,
} from '../../ledger/service-operation.ts';
import { type BillEventKind, type BillStatus, statusAfter } from './status.ts';

/** A bill as the register knows it. */
export type KnownBill = {
  readonly billNumber: string;
  readonly billKind: string;
  readonly medium: 'electronic' | 'paper';
  readonly drawerName: string;
  readonly acceptorName: string;
  readonly acceptedHere: boolean;
  readonly payeeName: string;
  readonly currency: string;
  readonly faceMinor: bigint;
  readonly issuedOn: string;
  readonly maturesOn: string;
  readonly elsewhere: boolean;
  readonly unitId: string;
  readonly status: BillStatus;
  readonly holderName: string;
  readonly honoured: boolean;
  readonly acceptance: Values | null;
  readonly discount: Values | null;
  readonly debtMinor: bigint;
  readonly debtAccountNumber: string;
};

/** The bill a case is about, by its value `billNumber`. */
export function billNeeded({ values }: OperationInput): FactRequest {
  return { kind: 'bill', billNumber: String(values.billNumber ?? '') };
}

/** The bill of the facts. Refused: one that is not in the register. */
export function knownBill(
  { values }: OperationInput,
  facts: Facts,
): Result<KnownBill, 'bill_unknown'> {
  const bill = recordOf(facts, 'bill');
  if (bill === null) return refuse('bill_unknown', { bill: String(values.billNumber ?? '') });
  const parts = { acceptance: recordOf(bill, 'acceptance'), discount: recordOf(bill, 'discount') };
  return ok({ ...(bill as unknown as KnownBill), ...parts });
}

/** What is told of something that happened; who it went from and to when it changed hands. */
export type Happening = {
  readonly from?: string;
  readonly to?: string;
  readonly amountMinor?: bigint;
  readonly note?: string;
};

/**
 * The row of something that happens to a bill, and the bill after it. Refused: what cannot happen
 * where the bill stands.
 */
export function happen(
  bill: KnownBill,
  kind: BillEventKind,
  { from, to, amountMinor, note }: Happening = {},
): Result<{ readonly bill: KnownBill; readonly record: RecordRequest }, 'bill_status_forbids'> {
  const status = statusAfter(bill, kind);
  if (!status.ok) return status;
  const holderName = to ?? bill.holderName;
  const values: Values = {
    ...{ billNumber: bill.billNumber, event: kind, status: status.value, holderName },
    ...{ fromName: from ?? null, toName: to ?? null },
    ...{ amountMinor: amountMinor ?? null, note: note ?? '' },
  };
  const record: RecordRequest = { kind: 'bill_event', values };
  return ok({ bill: { ...bill, status: status.value, holderName }, record });
}

type NewBill = Omit<
  KnownBill,
  | 'status'
  | 'holderName'
  | 'honoured'
  | 'acceptance'
  | 'discount'
  | 'debtMinor'
  | 'debtAccountNumber'
>;

/**
 * A bill's face as somebody wrote it down. Values: billNumber, billKind, medium, drawerName,
 * acceptorName, payeeName, faceMinor, issuedOn, maturesOn, elsewhere. Refused: what is missing, a
 * maturity that is not after the issue, a term longer than `monthsMost` (handbook 14).
 */
export function readFace(
  { values, context }: OperationInput,
  given: { readonly monthsMost: number; readonly acceptedHere: boolean; readonly currency: string },
): Result<NewBill> {
  const texts: Record<string, string> = {};
  for (const name of ['billNumber', 'drawerName', 'acceptorName', 'payeeName']) {
    const text = textOf(values, name);
    if (!text.ok) return text;
    texts[name] = text.value.trim();
  }
  const face = amountOf(values, 'faceMinor');
  if (!face.ok) return face;
  const issuedOn = dateOf(values, 'issuedOn');
  if (!issuedOn.ok) return issuedOn;
  const maturesOn = dateOf(values, 'maturesOn');
  if (!maturesOn.ok) return maturesOn;
  const { billNumber = '', drawerName = '', acceptorName = '', payeeName = '' } = texts;
  const dates = { issued: issuedOn.value, date: maturesOn.value };
  if (dates.date <= dates.issued) return refuse('bill_matures_before_issue', dates);
  if (addMonths(dates.issued, given.monthsMost) < dates.date) {
    return refuse('bill_term_too_long', { ...dates, months: String(given.monthsMost) });
  }
  return ok({
    ...{ billNumber, drawerName, acceptorName, payeeName, acceptedHere: given.acceptedHere },
    billKind:
      values.billKind === 'commercial_acceptance' ? 'commercial_acceptance' : 'bank_acceptance',
    medium: values.medium === 'paper' ? 'paper' : 'electronic',
    ...{ currency: given.currency, faceMinor: face.value, elsewhere: values.elsewhere === true },
    ...{ issuedOn: dates.issued, maturesOn: dates.date, unitId: context.caseUnitId },
  });
}

/**
 * The rows of a bill that comes into the register: the bill and the first link of its chain, from
 * its drawer to its payee. One that the bank accepts is not accepted yet; any other is.
 */
export function registration(
  bill: NewBill,
  drawerAccountNumber: string | null,
): { readonly bill: KnownBill; readonly records: readonly RecordRequest[] } {
  const status: BillStatus = bill.acceptedHere ? 'registered' : 'accepted';
  const first: Values = {
    ...{ billNumber: bill.billNumber, event: 'registered', status, holderName: bill.payeeName },
    ...{ fromName: bill.drawerName, toName: bill.payeeName },
    ...{ amountMinor: bill.faceMinor, note: '' },
  };
  const nothing = { honoured: false, acceptance: null, discount: null };
  return {
    bill: {
      ...{ ...bill, ...nothing, status, holderName: bill.payeeName },
      ...{ debtMinor: 0n, debtAccountNumber: '' },
    },
    records: [
      { kind: 'bill', values: { ...bill, drawerAccountNumber } },
      { kind: 'bill_event', values: first },
    ],
  };
}

/** The bill when this name holds it. Refused: a bill that somebody else holds. */
export function heldBy(bill: KnownBill, name: string): Result<KnownBill, 'bill_not_held'> {
  if (bill.holderName === name) return ok(bill);
  return refuse('bill_not_held', { bill: bill.billNumber, name, holder: bill.holderName });
}

/** Refused: something that is too late once the bill is due. */
export function beforeMaturity(
  bill: Pick<KnownBill, 'billNumber' | 'maturesOn'>,
  date: string,
): Result<null, 'bill_already_due'> {
  if (date < bill.maturesOn) return ok(null);
  return refuse('bill_already_due', { bill: bill.billNumber, date: bill.maturesOn });
}

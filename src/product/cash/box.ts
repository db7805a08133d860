import type { Values } from '../../base/data.ts';
import { formatAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  OperationContext,
  OperationInput,
  RecordRequest,
} from '../../ledger/service-operation.ts';
import { changesOf, type Note, notesIn, sumOf } from './notes.ts';

/** The till of who acts. */
export function ownTill({ context }: OperationInput): FactRequest {
  return { kind: 'cash_box', tillOf: context.performer ?? '' };
}

/**
 * The performer's till, open for today. Refused: no till of one's own (a desk without cash), a till
 * that was signed off today.
 */
export function openTill(
  facts: Values,
  context: OperationContext,
): Result<Values, 'till_unknown' | 'till_signed_off'> {
  const till = recordOf(facts, 'till');
  if (till === null) return refuse('till_unknown');
  const isOver = till.signedOffOn === context.accountingDate;
  return isOver ? refuse('till_signed_off', { box: String(till.boxNumber) }) : ok(till);
}

/** A vault or transit box of a unit, refused when the unit has none. */
export function unitBox(facts: Values, name: string, unitId: string): Result<Values> {
  const box = recordOf(facts, name);
  return box === null ? refuse('vault_unknown', { unit: unitId }) : ok(box);
}

/** A movement of notes into a box or out of it. */
export type Movement = {
  readonly box: Values;
  readonly kind: string;
  readonly currency: string;
  readonly notes: readonly Note[];
  readonly direction: 'in' | 'out';
  /** The other box, and the second person, of a movement between boxes. */
  readonly counterBox?: string;
  readonly checker?: string;
  /** The customer's account of a deposit or withdrawal. */
  readonly account?: Values;
};

/** The record of a movement; refused when the box does not hold the notes that go out. */
export function moved(movement: Movement): Result<RecordRequest> {
  const { box, currency, notes, direction } = movement;
  const held = notesIn(box, currency);
  for (const { faceMinor, count } of direction === 'out' ? notes : []) {
    const there = held.find((note) => note.faceMinor === faceMinor)?.count ?? 0n;
    if (there < count) {
      const face = `${formatAmount(faceMinor, currency)} ${currency}`;
      return refuse('cash_notes_missing', { ...boxed(box), face, held: String(there) });
    }
  }
  const sum = sumOf(notes);
  const sign = direction === 'in' ? 1n : -1n;
  return ok({
    kind: 'cash_movement',
    values: {
      ...{ boxNumber: box.boxNumber ?? null, kind: movement.kind, currency },
      ...{ amountMinor: sign * sum, notes: changesOf(notes, sign) },
      counterBox: movement.counterBox ?? null,
      checkerLogin: movement.checker ?? null,
      accountNumber: movement.account?.accountNumber ?? null,
      customerNumber: movement.account?.customerNumber ?? null,
    },
  });
}

/** Currencies named in a list of the box, such as those not yet counted. */
export function currenciesOf(box: Values, name: 'uncounted' | 'unbooked'): readonly string[] {
  return listOf(box, name).map(String);
}

/** Currencies that lie in a box. */
export function heldCurrencies(box: Values): readonly string[] {
  const currencies = listOf(box, 'notes').map((note) => String((note as Values).currency));
  return [...new Set(currencies)].sort();
}

/** What a refusal says of a box. */
export function boxed(box: Values): { readonly box: string } {
  return { box: String(box.boxNumber) };
}

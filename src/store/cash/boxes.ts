import { ok, type Result } from '../../base/result.ts';
import type { Transaction } from '../database.ts';
import { type CashPlace, writeCashRecord } from './records.ts';

/** A place where cash lies: a teller's till, a unit's vault, or what a unit has on its way. */
export type NewBox = {
  readonly boxNumber: string;
  readonly kind: 'till' | 'vault' | 'transit';
  readonly unitCode: string;
  /** Of a till: whose it is. */
  readonly holderLogin: string | null;
};

/** Opens a box, and takes what was counted into it as its opening (建库); nothing is posted. */
export async function openBox(
  transaction: Transaction,
  place: CashPlace,
  box: NewBox,
  opening: {
    readonly currency: string;
    readonly notes: readonly { readonly faceMinor: bigint; readonly count: bigint }[];
  },
): Promise<Result<null>> {
  const { boxNumber } = box;
  await transaction.query(
    `insert into cash_box (cell_id, box_number, kind, unit_code, holder_login, opened_on)
     values ($1, $2, $3, $4, $5, $6)`,
    [place.cellId, boxNumber, box.kind, box.unitCode, box.holderLogin, place.accountingDate],
  );
  const notes = opening.notes.filter(({ count }) => count > 0n);
  if (notes.length === 0) return ok(null);
  const amountMinor = notes.reduce((sum, { faceMinor, count }) => sum + faceMinor * count, 0n);
  return await writeCashRecord(transaction, place, {
    kind: 'cash_movement',
    values: {
      ...{ boxNumber, kind: 'opening', currency: opening.currency, amountMinor },
      notes: notes.map(({ faceMinor, count }) => ({ faceMinor, change: count })),
    },
  });
}

import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import { type Currency, formatAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, textOf } from '../../ledger/operation-values.ts';

/** So many notes or coins of one face value (券别); faceMinor in minor units of the currency. */
export type Note = { readonly faceMinor: bigint; readonly count: bigint };

/** Parameter: the denominations of each currency, face values in minor units. */
export const denominations = { kind: 'parameter', name: 'cash.denominations' } as const;

/** The most notes of one face value that one movement or count may name. */
export const NOTES_MAX = 10_000_000n;

/**
 * Notes as a teller's form writes them: face and count, such as `10000*30 5000*2` for 30 notes of
 * 100.00 and 2 of 50.00. A count of 0 says nothing. Refused: another form, a face twice, too many.
 */
export function readNotes(text: string): Result<readonly Note[], 'cash_notes_not_valid'> {
  const notes: Note[] = [];
  for (const part of text.trim().split(/\s+/)) {
    const match = /^([1-9]\d{0,9})\*(\d{1,8})$/.exec(part);
    if (match === null) return refuse('cash_notes_not_valid');
    const note = { faceMinor: BigInt(match[1] ?? ''), count: BigInt(match[2] ?? '') };
    const isKnown = notes.some(({ faceMinor }) => faceMinor === note.faceMinor);
    if (isKnown || note.count > NOTES_MAX) return refuse('cash_notes_not_valid');
    notes.push(note);
  }
  return ok(notes);
}

/** What notes come to, in minor units. */
export function sumOf(notes: readonly Note[]): bigint {
  return notes.reduce((sum, { faceMinor, count }) => sum + faceMinor * count, 0n);
}

/**
 * The notes that the value `notes` names, each of a denomination of the currency. Refused: no such
 * currency in cash, a face value it does not have.
 */
export function notesOf(
  values: Values,
  facts: Values,
  currency: Currency,
): Result<readonly Note[]> {
  const text = textOf(values, 'notes');
  if (!text.ok) return text;
  const known = isValues(facts.denominations ?? null) ? facts.denominations : null;
  if (known === null) return refuse('parameter_missing', { name: denominations.name });
  const faces = listOf(known as Values, currency);
  if (faces.length === 0) return refuse('cash_currency_unknown', { currency });
  const notes = readNotes(text.value);
  if (!notes.ok) return notes;
  const strange = notes.value.find(({ faceMinor }) => !faces.includes(faceMinor));
  if (strange !== undefined) {
    const face = formatAmount(strange.faceMinor, currency);
    return refuse('cash_face_unknown', { face, currency });
  }
  return ok(notes.value.filter(({ count }) => count > 0n));
}

/** The notes, which must come to the amount; refused otherwise, with both figures (DEP-04). */
export function notesFor(
  values: Values,
  facts: Values,
  { amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: Currency },
): Result<readonly Note[]> {
  const notes = notesOf(values, facts, currency);
  if (!notes.ok) return notes;
  const sum = sumOf(notes.value);
  if (sum === amountMinor) return notes;
  const said = { notes: formatAmount(sum, currency), amount: formatAmount(amountMinor, currency) };
  return refuse('cash_notes_differ', { ...said, currency });
}

/** The notes of a currency in a box, as the fact `cash_box` gives them. */
export function notesIn(box: Values, currency: Currency): readonly Note[] {
  return listOf(box, 'notes').filter(isValues).filter(isOf(currency)).map(noteOf);
}

/** Notes as a record holds them; `sign` -1 takes them out of a box. */
export function changesOf(notes: readonly Note[], sign: 1n | -1n): Value {
  return notes.map(({ faceMinor, count }) => ({ faceMinor, change: sign * count }));
}

/** Each note's change from what lies there to what was counted; those that differ. */
export function differences(from: readonly Note[], to: readonly Note[]): Value {
  const faces = new Set([...from, ...to].map(({ faceMinor }) => faceMinor));
  const countIn = (notes: readonly Note[], face: bigint) =>
    notes.find(({ faceMinor }) => faceMinor === face)?.count ?? 0n;
  return [...faces]
    .sort((a, b) => (a < b ? 1 : -1))
    .flatMap((faceMinor) => {
      const change = countIn(to, faceMinor) - countIn(from, faceMinor);
      return change === 0n ? [] : [{ faceMinor, change }];
    });
}

/** Notes kept as data of a case: [{ faceMinor, count }]. */
export function keptNotes(values: Values, name: string): readonly Note[] {
  const list = values[name] ?? null;
  return list !== null && isValueList(list) ? list.filter(isValues).map(noteOf) : [];
}

function isOf(currency: Currency): (note: Values) => boolean {
  return (note) => note.currency === currency;
}

function noteOf(value: Values): Note {
  const { faceMinor, count } = value;
  return {
    faceMinor: typeof faceMinor === 'bigint' ? faceMinor : 0n,
    count: typeof count === 'bigint' ? count : 0n,
  };
}

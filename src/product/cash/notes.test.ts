import { expect, test } from 'vitest';
import { differences, notesFor, notesOf, readNotes, sumOf } from './notes.ts';

const facts = { denominations: { CNY: [10_000n, 5_000n, 100n], USD: [10_000n, 200n] } };
const note = (faceMinor: bigint, count: bigint) => ({ faceMinor, count });

test.each([
  ['10000*30 5000*2', [note(10_000n, 30n), note(5_000n, 2n)]],
  ['  100*0 ', [note(100n, 0n)]],
  ['10000*30 10000*2', 'cash_notes_not_valid'],
  ['10000*-3', 'cash_notes_not_valid'],
  ['10000*1.5', 'cash_notes_not_valid'],
  ['0*5', 'cash_notes_not_valid'],
  ['10000x30', 'cash_notes_not_valid'],
  ['10000*99999999', 'cash_notes_not_valid'],
  ['', 'cash_notes_not_valid'],
] as const)('%s is read as notes or refused', (text, wanted) => {
  const notes = readNotes(text);
  expect(notes.ok ? notes.value : notes.code).toEqual(wanted);
});

test.each([
  // refusals in the order in which they are looked for
  [{}, 'CNY', 'value_missing'],
  [{ notes: '100*1' }, 'JPY', 'cash_currency_unknown'],
  [{ notes: 'x' }, 'CNY', 'cash_notes_not_valid'],
  [{ notes: '200*1' }, 'CNY', 'cash_face_unknown'],
  [{ notes: '200*1' }, 'USD', 200n],
  [{ notes: '10000*2 100*0' }, 'CNY', 20_000n],
] as const)('I-12 %o in %s', (values, currency, wanted) => {
  const notes = notesOf(values, facts, currency);
  expect(notes.ok ? sumOf(notes.value) : notes.code).toBe(wanted);
});

test('DEP-04 notes that do not come to the amount are refused with both figures', () => {
  const asked = { amountMinor: 20_100n, currency: 'CNY' };
  expect(notesFor({ notes: '10000*2 100*1' }, facts, asked)).toMatchObject({ ok: true });
  expect(notesFor({ notes: '10000*2' }, facts, asked)).toMatchObject({
    ...{ ok: false, code: 'cash_notes_differ' },
    facts: { notes: '200.00', amount: '201.00', currency: 'CNY' },
  });
});

test('what was counted differs from the book face by face, the largest first', () => {
  const book = [note(10_000n, 2n), note(5_000n, 1n)];
  const counted = [note(10_000n, 1n), note(5_000n, 1n), note(100n, 100n)];
  expect(differences(book, counted)).toEqual([
    { faceMinor: 10_000n, change: -1n },
    { faceMinor: 100n, change: 100n },
  ]);
  expect(differences(book, book)).toEqual([]);
});

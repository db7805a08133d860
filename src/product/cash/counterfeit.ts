import { ok, refuse } from '../../base/result.ts';
import { amountOf, textOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { denominations, notesOf } from './notes.ts';

/**
 * Counterfeit notes taken from a customer by two people (假币收缴). Values: currency, faceMinor,
 * pieces, noteNumbers, customerNumber (when known), seizedBy. The performer is the witness, another
 * person. Posts nothing: a counterfeit is worth nothing. Refused: a face value the currency does
 * not have.
 */
export const seizeCounterfeit: ServiceOperation = {
  name: 'cash.seize_counterfeit',
  needs: () => ({ denominations }),
  decide({ values, context }, facts) {
    const currency = textOf(values, 'currency');
    if (!currency.ok) return currency;
    const faceMinor = amountOf(values, 'faceMinor');
    if (!faceMinor.ok) return faceMinor;
    const pieces = amountOf(values, 'pieces');
    if (!pieces.ok) return pieces;
    const noteNumbers = textOf(values, 'noteNumbers');
    if (!noteNumbers.ok) return noteNumbers;
    const seizedBy = textOf(values, 'seizedBy');
    if (!seizedBy.ok) return seizedBy;
    if (seizedBy.value === context.performer) {
      return refuse('cash_same_person', { login: seizedBy.value });
    }
    const notes = { notes: `${faceMinor.value}*${pieces.value}` };
    const known = notesOf(notes, facts, currency.value);
    if (!known.ok) return known;
    const seized = {
      ...{ currency: currency.value, faceMinor: faceMinor.value, pieces: pieces.value },
      ...{ noteNumbers: noteNumbers.value, seizedBy: seizedBy.value },
      ...{ customerNumber: values.customerNumber ?? null, unitId: context.caseUnitId },
    };
    const answer = { seizureNumber: context.caseNumber };
    return ok({
      ...{ values: answer, postings: [] },
      records: [{ kind: 'cash_counterfeit', values: seized }],
    });
  },
};

/** A teller takes a note that is not genuine: who took it, for the witness to confirm. */
export const reportCounterfeit: ServiceOperation = {
  name: 'cash.report_counterfeit',
  needs: () => ({}),
  decide: ({ context }) =>
    ok({ values: { seizedBy: context.performer }, postings: [], records: [] }),
};

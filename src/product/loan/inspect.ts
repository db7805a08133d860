import { isValues } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import {
  dateOf,
  listOf,
  recordOf,
  textOf,
  wholeOf,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';

/**
 * Begins a post-loan inspection (贷后检查) of a note: each due date of a note is inspected once, and
 * one inspection after the other. Refused for a note that does not exist or is paid back.
 */
export const beginInspection: ServiceOperation = {
  name: 'loan.begin_inspection',
  needs: ({ values }) => {
    const noteNumber = String(values.noteNumber ?? '');
    return {
      // Its lock lets two who begin the same inspection pass one after the other.
      contract: { kind: 'contract_drawn', noteNumber },
      note: { kind: 'loan_note', noteNumber },
      begun: { kind: 'inspections_begun', noteNumber },
    };
  },
  decide({ values }, facts) {
    const noteNumber = textOf(values, 'noteNumber');
    if (!noteNumber.ok) return noteNumber;
    const due = dateOf(values, 'inspectionDueDate');
    if (!due.ok) return due;
    const note = recordOf(facts, 'note');
    if (note === null) return refuse('loan_note_missing');
    if (wholeOrZero(note, 'outstandingMinor') === 0n) return refuse('loan_settled_already');
    const begun = listOf(facts, 'begun').filter((one) => isValues(one));
    const same = begun.find((one) => one.dueDate === due.value || one.status === 'active');
    if (same !== undefined) {
      return refuse('inspection_begun_already', { caseNumber: String(same.caseNumber) });
    }
    const inspection = { noteNumber: noteNumber.value, dueDate: due.value };
    return ok({
      values: { customerNumber: note.customerNumber ?? null },
      postings: [],
      records: [{ kind: 'loan_inspection', values: inspection }],
    });
  },
};

/**
 * Keeps the confirmed five-level class (五级分类) and the day of the next inspection: normal loans
 * after `loan.inspection_months_normal`, all others after `loan.inspection_months_other`.
 */
export const classify: ServiceOperation = {
  name: 'loan.classify',
  needs: () => ({
    monthsNormal: { kind: 'parameter', name: 'loan.inspection_months_normal' },
    monthsOther: { kind: 'parameter', name: 'loan.inspection_months_other' },
  }),
  decide({ values, context }, facts) {
    const note = textOf(values, 'noteNumber');
    if (!note.ok) return note;
    const fiveLevelClass = textOf(values, 'confirmedClass');
    if (!fiveLevelClass.ok) return fiveLevelClass;
    const name = fiveLevelClass.value === 'normal' ? 'monthsNormal' : 'monthsOther';
    const months = wholeOf(facts, name);
    if (!months.ok) return refuse('parameter_missing', { name });
    const nextInspectionDate = addMonths(context.accountingDate, Number(months.value));
    return ok({
      values: { nextInspectionDate },
      postings: [],
      records: [
        {
          kind: 'loan_classification',
          values: {
            noteNumber: note.value,
            fiveLevelClass: fiveLevelClass.value,
            nextInspectionDate,
          },
        },
      ],
    });
  },
};

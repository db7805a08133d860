import { addMonths } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { dateOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';

/** Begins a post-loan inspection (贷后检查) of a note: each due date of a note is inspected once. */
export const beginInspection: ServiceOperation = {
  name: 'loan.begin_inspection',
  needs: () => ({}),
  decide({ values }) {
    const note = textOf(values, 'noteNumber');
    if (!note.ok) return note;
    const due = dateOf(values, 'inspectionDueDate');
    if (!due.ok) return due;
    const inspection = { noteNumber: note.value, dueDate: due.value };
    return ok({
      values: {},
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

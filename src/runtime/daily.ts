import { ok, type Result, refuse } from '../base/result.ts';
import { accountingDates } from '../store/ledger/books.ts';
import { inspectionsDue, instalmentsDue } from '../store/products/loan-plan.ts';
import { parameterOn } from '../store/products/parameters.ts';
import { systemActor } from './actor.ts';
import { startCase } from './cases.ts';
import type { Parts } from './parts.ts';

/** What the daily job found by the plan and did about it. */
export type DailyAnswer = {
  readonly accountingDate: string;
  readonly instalmentsPaid: number;
  readonly inspectionsBegun: number;
  /** What could not be done and is tried again the next time: the code, and of which note. */
  readonly refused: readonly { readonly code: string; readonly noteNumber: string }[];
};

/** Notes of one kind of work taken up in one run; the next run goes on. */
const batchMax = 1_000;

/**
 * Does what falls due by a plan on the accounting date: collects instalments and begins post-loan
 * inspections, each as a case of its own. Running it again does nothing twice: a paid instalment
 * and a begun inspection are no longer due. What is refused (no money on the account) is told and
 * stays due.
 */
export async function runDaily(parts: Parts): Promise<Result<DailyAnswer>> {
  const { database, cellId } = parts;
  const dates = await accountingDates(database, cellId);
  if (dates === null) return refuse('books_not_open');
  const date = dates.accountingDate;
  const refused: { code: string; noteNumber: string }[] = [];
  let instalmentsPaid = 0;
  for (const due of await instalmentsDue(database, { cellId, date, max: batchMax })) {
    const { loanCaseNumber, principalMinor, interestMinor, customerNumber } = due;
    const values = { loanCaseNumber, principalMinor, interestMinor, instalmentNumber: due.number };
    const paid = await startCase(parts, {
      actor: systemActor,
      processId: 'loan_repayment',
      values,
      unitCode: due.unitCode,
      customerNumber,
    });
    if (paid.ok) instalmentsPaid += 1;
    else refused.push({ code: paid.code, noteNumber: due.noteNumber });
  }
  const firstAfter = await parameterOn(database, {
    cellId,
    name: 'loan.first_inspection_days',
    date,
  });
  if (typeof firstAfter !== 'bigint') {
    return refuse('parameter_missing', { name: 'loan.first_inspection_days' });
  }
  const on = { cellId, date, firstAfterDays: Number(firstAfter), max: batchMax };
  let inspectionsBegun = 0;
  for (const due of await inspectionsDue(database, on)) {
    const begun = await startCase(parts, {
      actor: systemActor,
      processId: 'post_loan_inspection',
      values: { noteNumber: due.noteNumber, inspectionDueDate: due.dueDate },
      unitCode: due.unitCode,
      customerNumber: due.customerNumber,
    });
    if (begun.ok) inspectionsBegun += 1;
    else refused.push({ code: begun.code, noteNumber: due.noteNumber });
  }
  return ok({ accountingDate: date, instalmentsPaid, inspectionsBegun, refused });
}

import { ok, type Result, refuse } from '../base/result.ts';
import { accountingDates } from '../store/ledger/books.ts';
import { contractsToClose } from '../store/products/loan-contracts.ts';
import { inspectionsDue, notesDue } from '../store/products/loan-plan.ts';
import { parameterOn } from '../store/products/parameters.ts';
import { systemActor } from './actor.ts';
import { type StartOrder, startCase } from './cases.ts';
import type { Parts } from './parts.ts';

/** What the daily job found by the plan and did about it. */
export type DailyAnswer = {
  readonly accountingDate: string;
  /** Notes of which something due was collected, whole or in part. */
  readonly instalmentsPaid: number;
  readonly inspectionsBegun: number;
  readonly contractsClosed: number;
  /** What could not be done and is tried again the next time: the code, and of what. */
  readonly refused: readonly { readonly code: string; readonly of: string }[];
};

/** Things of one kind taken up in one run; the next run goes on. */
const batchMax = 1_000;

/** A case that the plan asks for, and what it is about: the number of a note or of a contract. */
type Work = Omit<StartOrder, 'actor'> & { readonly of: string };

/**
 * Does what falls due by a plan on the accounting date: collects what is due of notes, as far as
 * their deposits go, begins post-loan inspections, closes contracts that are paid and can no longer
 * be drawn on, each as a case of its own. Running it again does nothing twice: a cleared instalment
 * and a begun inspection are no longer due. What is refused is told and stays due.
 */
export async function runDaily(parts: Parts): Promise<Result<DailyAnswer>> {
  const { database, cellId } = parts;
  const dates = await accountingDates(database, cellId);
  if (dates === null) return refuse('books_not_open');
  const date = parts.accountingDate ?? dates.accountingDate;
  const refused: { code: string; of: string }[] = [];
  const instalmentsPaid = await startAll(parts, await instalments(parts, date), refused);
  const firstAfter = await parameterOn(database, {
    cellId,
    name: 'loan.first_inspection_days',
    date,
  });
  if (typeof firstAfter !== 'bigint') {
    return refuse('parameter_missing', { name: 'loan.first_inspection_days' });
  }
  const due = await inspections(parts, date, Number(firstAfter));
  const inspectionsBegun = await startAll(parts, due, refused);
  const contractsClosed = await startAll(parts, await closings(parts, date), refused);
  return ok({ accountingDate: date, instalmentsPaid, inspectionsBegun, contractsClosed, refused });
}

/** Starts the cases one after the other; gives how many began, and keeps what was refused. */
async function startAll(
  parts: Parts,
  work: readonly Work[],
  refused: { code: string; of: string }[],
): Promise<number> {
  let begun = 0;
  for (const { of, ...order } of work) {
    const started = await startCase(parts, { actor: systemActor, ...order });
    if (started.ok) begun += 1;
    else refused.push({ code: started.code, of });
  }
  return begun;
}

async function instalments({ database, cellId }: Parts, date: string): Promise<Work[]> {
  const due = await notesDue(database, { cellId, date, max: batchMax });
  return due.map(({ noteNumber, unitCode, customerNumber }) => ({
    of: noteNumber,
    processId: 'loan_repayment',
    values: { noteNumber },
    unitCode,
    customerNumber,
  }));
}

async function inspections(
  { database, cellId }: Parts,
  date: string,
  firstAfterDays: number,
): Promise<Work[]> {
  const due = await inspectionsDue(database, { cellId, date, firstAfterDays, max: batchMax });
  return due.map(({ noteNumber, dueDate, unitCode, customerNumber }) => ({
    of: noteNumber,
    processId: 'post_loan_inspection',
    values: { noteNumber, inspectionDueDate: dueDate },
    unitCode,
    customerNumber,
  }));
}

async function closings({ database, cellId }: Parts, date: string): Promise<Work[]> {
  const ripe = await contractsToClose(database, { cellId, date, max: batchMax });
  return ripe.map(({ contractNumber, unitCode, customerNumber }) => ({
    of: contractNumber,
    processId: 'loan_contract_closing',
    values: { contractNumber },
    unitCode,
    customerNumber,
  }));
}

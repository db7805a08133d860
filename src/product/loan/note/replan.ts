import { addMonths } from '../../../base/dates.ts';
import { agreedRate, type RateAgreement } from '../pricing/lpr.ts';
import { type Due, type Method, monthInterest, type PlanRow, planRows } from './plan.ts';
import type { NoteState } from './state.ts';

/** What a plan is made anew from; what is not named stays as the note has it. */
export type Change = {
  readonly balanceMinor: bigint;
  readonly carriedParts: bigint;
  readonly mode: 'shorter_term' | 'smaller_instalment';
  readonly agreement?: RateAgreement;
  readonly method?: Method;
  /** Due dates instead of those still to come; each a whole month when `wholeMonths`. */
  readonly dues?: readonly Due[];
  readonly wholeMonths?: boolean;
};

/**
 * The rows after a day, on what is left of the principal. A shorter term keeps the instalment and
 * drops the last rows; a smaller instalment keeps the due dates.
 */
export function newRows(state: NoteState, date: string, change: Change): PlanRow[] {
  const coming = state.rows.filter(({ dueDate }) => dueDate > date);
  const dues = change.dues ?? coming.map(({ dueDate, to }) => ({ dueDate, to }));
  const method = change.method ?? state.method;
  const ratePpm = agreedRate(change.agreement ?? state.agreement);
  const numbers = state.rows.filter(({ dueDate }) => dueDate <= date).map(({ number }) => number);
  const shorter = change.mode === 'shorter_term';
  const first = coming[0];
  return planRows({
    method,
    dayCount: state.terms.dayCount,
    balanceMinor: change.balanceMinor,
    ratePpm,
    from: first !== undefined && first.from > date ? first.from : date,
    dues,
    carriedParts: change.carriedParts,
    firstNumber: Math.max(0, ...numbers) + 1,
    instalmentMinor: shorter && method === 'equal_instalments' ? instalmentOf(state, date) : null,
    shares: sharesOf(state, date, change.balanceMinor, shorter, dues.length),
    firstWhole: change.wholeMonths === true || (first !== undefined && first.from >= date),
  });
}

/** The equal instalment a note pays: principal of the next row and a month's interest. */
function instalmentOf(state: NoteState, date: string): bigint {
  const coming = state.rows.filter(({ dueDate }) => dueDate > date);
  const balance = coming.reduce((total, { principalMinor }) => total + principalMinor, 0n);
  return (coming[0]?.principalMinor ?? 0n) + monthInterest(balance, agreedRate(state.agreement));
}

/**
 * Principal of each due date of a free plan, and of equal principal with a shorter term: as agreed
 * until the balance ends, or each in proportion.
 */
function sharesOf(
  state: NoteState,
  date: string,
  balanceMinor: bigint,
  shorter: boolean,
  count: number,
): bigint[] {
  const coming = state.rows.filter(({ dueDate }) => dueDate > date);
  const shares = coming.map(({ principalMinor }) => principalMinor);
  const total = shares.reduce((sum, share) => sum + share, 0n);
  const scaled =
    shorter || total === 0n ? shares : shares.map((share) => (share * balanceMinor) / total);
  return Array.from({ length: count }, (_none, index) => scaled[index] ?? 0n);
}

/** Due dates each month after a day, so many, the day of the month kept. */
export function monthlyDues(from: string, months: number): Due[] {
  return Array.from({ length: months }, (_none, index) => {
    const dueDate = addMonths(from, index + 1);
    return { dueDate, to: dueDate };
  });
}

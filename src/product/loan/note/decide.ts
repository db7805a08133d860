import { ok, type Result, refuse } from '../../../base/result.ts';
import { roundInterest } from '../pricing/day-count.ts';
import { earnedParts } from './earned.ts';
import { planRows } from './plan.ts';
import { newRows } from './replan.ts';
import {
  countOverdue,
  daysOverdue,
  type NoteEvent,
  type NoteState,
  openOfRow,
  type RowPayment,
  type Use,
  uses,
} from './state.ts';

type Of<Type extends NoteEvent['type']> = Extract<NoteEvent, { type: Type }>;

/** What refuses every order on a note, in this order. */
export type NoteRefusal = 'loan_not_open' | 'loan_date_in_past';

/** A note takes orders while it is open, on the day of its last event or after it. */
export function checkOpen(state: NoteState, date: string): Result<null, NoteRefusal> {
  if (state.status !== 'open') return refuse('loan_not_open', { status: state.status });
  if (date < state.lastDate) {
    return refuse('loan_date_in_past', { date, lastDate: state.lastDate });
  }
  return ok(null);
}

/** What is due on a day, with penalty and compound interest up to it, oldest row first. */
export function duesOn(state: NoteState, date: string): RowPayment[] {
  return countOverdue(state, date)
    .rows.filter(({ dueDate }) => dueDate <= date)
    .map((row) => ({ row, open: openOfRow(row) }))
    .filter(({ open }) => open.total > 0n)
    .map(({ row, open: { penalty, compound, interest, principal } }) => ({
      number: row.number,
      ...{ penalty, compound, interest, principal },
    }));
}

/** All uses of some payments together. */
export function totalOf(payments: readonly RowPayment[]): bigint {
  return payments.reduce(
    (total, paid) => total + uses.reduce((sum, use) => sum + paid[use], 0n),
    0n,
  );
}

export type RepayRefusal = NoteRefusal | 'amount_not_positive' | 'nothing_due' | 'exceeds_dues';

/**
 * A payment of what is due. Refused in order: the note is not open, the date lies before its last
 * event, no amount, nothing is due, more than is due (that is a prepayment).
 */
export function decideRepayment(
  state: NoteState,
  { date, amountMinor }: { readonly date: string; readonly amountMinor: bigint },
): Result<Of<'repaid'>, RepayRefusal> {
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  if (amountMinor <= 0n) return refuse('amount_not_positive', { name: 'amountMinor' });
  const dues = duesOn(state, date);
  const due = totalOf(dues);
  if (due === 0n) return refuse('nothing_due', { date });
  if (amountMinor > due) return refuse('exceeds_dues', { dueMinor: String(due) });
  const payments = allocate(state, date, dues, amountMinor);
  const interest = payments.reduce((total, paid) => total + paid.interest, 0n);
  const receivableMinor = lesser(interest, state.receivableMinor);
  return ok({ type: 'repaid', date, payments, receivableMinor });
}

/** Uses an amount in the order of the product. */
function allocate(
  state: NoteState,
  date: string,
  dues: readonly RowPayment[],
  amountMinor: bigint,
): RowPayment[] {
  const { allocation } = state.terms;
  const late = allocation.principalFirstAfterDays;
  const principalFirst = late !== null && daysOverdue(state, date) > late;
  const order: readonly Use[] = principalFirst
    ? ['principal', ...allocation.order.filter((use) => use !== 'principal')]
    : allocation.order;
  const paid = dues.map(({ number }) => ({
    number,
    ...{ penalty: 0n, compound: 0n, interest: 0n, principal: 0n },
  }));
  let left = amountMinor;
  const take = (index: number, use: Use): void => {
    const [row, due] = [paid[index], dues[index]];
    if (row === undefined || due === undefined) return;
    const taken = lesser(left, due[use]);
    row[use] += taken;
    left -= taken;
  };
  if (allocation.byInstalment) {
    for (const index of paid.keys()) for (const use of order) take(index, use);
  } else {
    for (const use of order) for (const index of paid.keys()) take(index, use);
  }
  return paid.filter((row) => uses.some((use) => row[use] > 0n));
}

/** What a prepayment changes: the last rows go, or every row gets smaller (缩短期限, 减少期供). */
export type PrepaymentMode = 'shorter_term' | 'smaller_instalment';

export type PrepaymentRules = {
  readonly allowed: boolean;
  /** The least part of the principal that may be prepaid. */
  readonly leastMinor: bigint;
  readonly feePpm: bigint;
  /** The fee falls within so many months of the release; after them there is none. */
  readonly feeMonths: number;
};

export type PrepaymentOrder = {
  readonly date: string;
  /** Null: all of it. */
  readonly principalMinor: bigint | null;
  readonly mode: PrepaymentMode;
};

export type PrepaymentRefusal =
  | NoteRefusal
  | 'prepayment_not_allowed'
  | 'dues_are_open'
  | 'amount_not_positive'
  | 'exceeds_outstanding'
  | 'prepayment_too_small';

/**
 * Principal before it is due, with the interest of the days so far on all of it (提前还款). Refused
 * in order: the note is not open, the date lies before its last event, the product does not allow
 * it, something due is not paid, no amount, more than is outstanding, less than the least part.
 */
export function decidePrepayment(
  state: NoteState,
  order: PrepaymentOrder,
  rules: PrepaymentRules,
  feeUntil: string,
): Result<Of<'prepaid'>, PrepaymentRefusal> {
  const { date } = order;
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  if (!rules.allowed) return refuse('prepayment_not_allowed', {});
  if (totalOf(duesOn(state, date)) > 0n) return refuse('dues_are_open', { date });
  const principalMinor = order.principalMinor ?? state.outstandingMinor;
  if (principalMinor <= 0n) return refuse('amount_not_positive', { name: 'principalMinor' });
  if (principalMinor > state.outstandingMinor) return refuse('exceeds_outstanding', {});
  const leftMinor = state.outstandingMinor - principalMinor;
  if (leftMinor > 0n && principalMinor < rules.leastMinor) {
    return refuse('prepayment_too_small', { leastMinor: String(rules.leastMinor) });
  }
  const interestMinor = roundInterest(earnedParts(state, date));
  const feeMinor = date < feeUntil ? (principalMinor * rules.feePpm + 500_000n) / 1_000_000n : 0n;
  const rows =
    leftMinor === 0n
      ? []
      : newRows(state, date, { balanceMinor: leftMinor, carriedParts: 0n, mode: order.mode });
  const receivableMinor = lesser(interestMinor, state.receivableMinor);
  return ok({
    type: 'prepaid',
    date,
    principalMinor,
    interestMinor,
    feeMinor,
    receivableMinor,
    rows,
  });
}

/** Opens a note: its plan from its terms; a free plan names the principal of each due date. */
export function openNote(
  terms: Of<'note_opened'>['terms'],
  plan: Pick<Parameters<typeof planRows>[0], 'dues' | 'shares' | 'ratePpm'>,
): Of<'note_opened'> {
  const rows = planRows({
    method: terms.method,
    dayCount: terms.dayCount,
    balanceMinor: terms.principalMinor,
    from: terms.start,
    carriedParts: 0n,
    firstNumber: 1,
    instalmentMinor: null,
    firstWhole: true,
    ...plan,
  });
  return { type: 'note_opened', date: terms.start, terms, rows };
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

import { present } from '../../../base/assert.ts';
import { addDays, daysBetween } from '../../../base/dates.ts';
import type { Stage } from '../classify/expected-loss.ts';
import type { FiveLevel } from '../classify/five-levels.ts';
import { type DayCount, roundInterest } from '../pricing/day-count.ts';
import { agreedRate, type RateAgreement } from '../pricing/lpr.ts';
import { exactPenalty } from '../pricing/overdue.ts';
import type { Method, PlanRow } from './plan.ts';

/** What a payment is used for, in the order the product says. */
export type Use = 'penalty' | 'compound' | 'interest' | 'principal';

export const uses: readonly Use[] = ['penalty', 'compound', 'interest', 'principal'];

/**
 * In which order a payment is used. byInstalment: the oldest row first, each in the order of uses;
 * otherwise one use after the other over all rows. principalFirstAfterDays: a note overdue for
 * longer is repaid principal first; null: never.
 */
export type Allocation = {
  readonly byInstalment: boolean;
  readonly order: readonly Use[];
  readonly principalFirstAfterDays: number | null;
};

/** What a note was agreed on; taken from its product as it stood on the day of the contract. */
export type NoteTerms = {
  readonly noteNumber: string;
  readonly productCode: string;
  readonly currency: string;
  readonly principalMinor: bigint;
  readonly start: string;
  readonly maturity: string;
  readonly method: Method;
  readonly dayCount: DayCount;
  readonly overdueDayCount: DayCount;
  readonly settlementDay: number;
  /** Days after a due date within which a late payment costs nothing (宽限期). */
  readonly graceDays: number;
  readonly upliftPpm: bigint;
  readonly compounds: boolean;
  readonly allocation: Allocation;
  readonly agreement: RateAgreement;
};

/** A row of the plan with what was paid on it and what its being late has cost, counted so far. */
export type Row = PlanRow & {
  readonly paidPrincipalMinor: bigint;
  readonly paidInterestMinor: bigint;
  readonly paidPenaltyMinor: bigint;
  readonly paidCompoundMinor: bigint;
  /** In parts of a minor unit. */
  readonly penaltyParts: bigint;
  readonly compoundParts: bigint;
  readonly countedTo: string;
};

/** A note (借据) as its events made it. */
export type NoteState = {
  readonly terms: NoteTerms;
  readonly status: 'open' | 'settled' | 'written_off';
  readonly method: Method;
  readonly maturity: string;
  readonly agreement: RateAgreement;
  readonly rows: readonly Row[];
  readonly outstandingMinor: bigint;
  /** Interest earned and booked as receivable, not yet paid. */
  readonly receivableMinor: bigint;
  /** Interest of the plan that was paid, in rows or with a prepayment; no penalty. */
  readonly interestPaidMinor: bigint;
  /** Interest that was earned and stands in no row any more: prepaid, or of rows restructured. */
  readonly closedInterestMinor: bigint;
  readonly extensions: number;
  readonly restructuredOn: string | null;
  /** While it is watched after a restructuring the class is no better than this. */
  readonly observedLevel: FiveLevel;
  readonly level: FiveLevel;
  readonly stage: Stage;
  readonly allowanceMinor: bigint;
  readonly writtenOffMinor: bigint;
  readonly recoveredMinor: bigint;
  readonly lastDate: string;
};

/** What was paid of one row. */
export type RowPayment = { readonly number: number } & Readonly<Record<Use, bigint>>;

export type NoteEvent =
  | {
      readonly type: 'note_opened';
      readonly date: string;
      readonly terms: NoteTerms;
      readonly rows: readonly PlanRow[];
    }
  | { readonly type: 'interest_accrued'; readonly date: string; readonly amountMinor: bigint }
  | {
      readonly type: 'repaid';
      readonly date: string;
      readonly payments: readonly RowPayment[];
      readonly receivableMinor: bigint;
    }
  | {
      readonly type: 'prepaid';
      readonly date: string;
      readonly principalMinor: bigint;
      readonly interestMinor: bigint;
      readonly feeMinor: bigint;
      readonly receivableMinor: bigint;
      /** The rows still to come; none when all was prepaid. */
      readonly rows: readonly PlanRow[];
    }
  | {
      readonly type: 'repriced';
      readonly date: string;
      readonly agreement: RateAgreement;
      readonly rows: readonly PlanRow[];
    }
  | {
      readonly type: 'extended';
      readonly date: string;
      readonly maturity: string;
      readonly agreement: RateAgreement;
      readonly rows: readonly PlanRow[];
    }
  | {
      readonly type: 'restructured';
      readonly date: string;
      readonly maturity: string;
      readonly method: Method;
      readonly agreement: RateAgreement;
      /** No better class than this while it is watched. */
      readonly level: FiveLevel;
      readonly rows: readonly PlanRow[];
    }
  | {
      readonly type: 'classified';
      readonly date: string;
      readonly level: FiveLevel;
      readonly stage: Stage;
    }
  /** amountMinor below 0 releases what is no longer needed. */
  | { readonly type: 'provisioned'; readonly date: string; readonly amountMinor: bigint }
  | {
      readonly type: 'written_off';
      readonly date: string;
      readonly principalMinor: bigint;
      readonly receivableMinor: bigint;
    }
  | { readonly type: 'recovered'; readonly date: string; readonly amountMinor: bigint };

/** A note after its events; the first opens it. */
export function noteAfter(events: readonly NoteEvent[]): NoteState {
  const state = events.reduce<NoteState | null>(evolve, null);
  return present(state, 'a note is opened by its first event');
}

/** The state after one more event. Never refuses: what is an event has happened. */
export function evolve(before: NoteState | null, event: NoteEvent): NoteState {
  if (event.type === 'note_opened') return opened(event);
  const state = countOverdue(present(before, 'a note is opened first'), event.date);
  const { date } = event;
  switch (event.type) {
    case 'interest_accrued':
      return {
        ...state,
        receivableMinor: state.receivableMinor + event.amountMinor,
        lastDate: date,
      };
    case 'repaid':
      return repaid(state, event);
    case 'prepaid':
      return prepaid(state, event);
    case 'repriced':
      return { ...withRows(state, event.rows, date), agreement: event.agreement };
    case 'extended': {
      const { maturity, agreement } = event;
      const extensions = state.extensions + 1;
      return { ...withRows(state, event.rows, date), maturity, agreement, extensions };
    }
    case 'restructured': {
      const { maturity, agreement, method } = event;
      const { closedInterestMinor } = state;
      return {
        ...state,
        ...{ rows: event.rows.map(freshRow), maturity, agreement, method },
        closedInterestMinor: closedInterestMinor + paidInterest(state, date),
        restructuredOn: date,
        observedLevel: event.level,
        lastDate: date,
      };
    }
    case 'classified':
      return { ...state, level: event.level, stage: event.stage, lastDate: date };
    case 'provisioned':
      return { ...state, allowanceMinor: state.allowanceMinor + event.amountMinor, lastDate: date };
    case 'written_off':
      return {
        ...state,
        status: 'written_off',
        outstandingMinor: 0n,
        receivableMinor: state.receivableMinor - event.receivableMinor,
        allowanceMinor: state.allowanceMinor - event.principalMinor - event.receivableMinor,
        writtenOffMinor: event.principalMinor + event.receivableMinor,
        lastDate: date,
      };
    case 'recovered':
      return { ...state, recoveredMinor: state.recoveredMinor + event.amountMinor, lastDate: date };
    default: {
      const never: never = event;
      return never;
    }
  }
}

function opened(event: Extract<NoteEvent, { type: 'note_opened' }>): NoteState {
  const { terms, rows } = event;
  return {
    terms,
    status: 'open',
    method: terms.method,
    maturity: terms.maturity,
    agreement: terms.agreement,
    rows: rows.map(freshRow),
    outstandingMinor: terms.principalMinor,
    receivableMinor: 0n,
    interestPaidMinor: 0n,
    closedInterestMinor: 0n,
    extensions: 0,
    restructuredOn: null,
    observedLevel: 'special_mention',
    level: 'normal',
    stage: 1,
    allowanceMinor: 0n,
    writtenOffMinor: 0n,
    recoveredMinor: 0n,
    lastDate: event.date,
  };
}

function freshRow(row: PlanRow): Row {
  return {
    ...row,
    paidPrincipalMinor: 0n,
    paidInterestMinor: 0n,
    paidPenaltyMinor: 0n,
    paidCompoundMinor: 0n,
    penaltyParts: 0n,
    compoundParts: 0n,
    countedTo: row.dueDate,
  };
}

/** Rows that were due stay; those still to come are replaced. */
function withRows(state: NoteState, rows: readonly PlanRow[], date: string): NoteState {
  const kept = state.rows.filter(({ dueDate }) => dueDate <= date);
  return { ...state, rows: [...kept, ...rows.map(freshRow)], lastDate: date };
}

function repaid(state: NoteState, event: Extract<NoteEvent, { type: 'repaid' }>): NoteState {
  const rows = state.rows.map((row) => {
    const paid = event.payments.find(({ number }) => number === row.number);
    if (paid === undefined) return row;
    return {
      ...row,
      paidPrincipalMinor: row.paidPrincipalMinor + paid.principal,
      paidInterestMinor: row.paidInterestMinor + paid.interest,
      paidPenaltyMinor: row.paidPenaltyMinor + paid.penalty,
      paidCompoundMinor: row.paidCompoundMinor + paid.compound,
    };
  });
  const principal = event.payments.reduce((total, paid) => total + paid.principal, 0n);
  const interest = event.payments.reduce((total, paid) => total + paid.interest, 0n);
  const after = {
    ...state,
    rows,
    outstandingMinor: state.outstandingMinor - principal,
    interestPaidMinor: state.interestPaidMinor + interest,
    receivableMinor: state.receivableMinor - event.receivableMinor,
    lastDate: event.date,
  };
  return { ...after, status: isCleared(after) ? 'settled' : state.status };
}

function prepaid(state: NoteState, event: Extract<NoteEvent, { type: 'prepaid' }>): NoteState {
  const after = withRows(state, event.rows, event.date);
  const outstandingMinor = state.outstandingMinor - event.principalMinor;
  return {
    ...after,
    status: outstandingMinor === 0n ? 'settled' : state.status,
    maturity: event.rows.at(-1)?.dueDate ?? event.date,
    outstandingMinor,
    receivableMinor: state.receivableMinor - event.receivableMinor,
    closedInterestMinor: state.closedInterestMinor + event.interestMinor,
    interestPaidMinor: state.interestPaidMinor + event.interestMinor,
  };
}

function paidInterest({ rows }: NoteState, date: string): bigint {
  return rows
    .filter(({ dueDate }) => dueDate <= date)
    .reduce((total, { paidInterestMinor }) => total + paidInterestMinor, 0n);
}

/** Nothing is owed any more: no principal, and nothing of any row. */
function isCleared(state: NoteState): boolean {
  return (
    state.outstandingMinor === 0n &&
    state.rows.every(
      (row) => openOfRow(row).total === 0n && row.paidPrincipalMinor === row.principalMinor,
    )
  );
}

/** What a row still asks for, with what was counted for its being late. */
export function openOfRow(row: Row): Readonly<Record<Use, bigint>> & { readonly total: bigint } {
  const open = {
    penalty: roundInterest(row.penaltyParts) - row.paidPenaltyMinor,
    compound: roundInterest(row.compoundParts) - row.paidCompoundMinor,
    interest: row.interestMinor - row.paidInterestMinor,
    principal: row.principalMinor - row.paidPrincipalMinor,
  };
  return { ...open, total: open.penalty + open.compound + open.interest + open.principal };
}

/**
 * Counts what being late has cost up to a day, at the rates that held. Within the days of grace it
 * costs nothing; after them it counts from the due date.
 */
export function countOverdue(state: NoteState, date: string): NoteState {
  if (state.status !== 'open') return state;
  const { overdueDayCount, upliftPpm, graceDays, compounds } = state.terms;
  const ratePpm = agreedRate(state.agreement);
  const rows = state.rows.map((row) => {
    if (date <= row.dueDate || row.countedTo >= date) return row;
    const { principal, interest } = openOfRow(row);
    if (principal + interest === 0n || date <= addDays(row.dueDate, graceDays)) return row;
    const late = { ratePpm, upliftPpm, from: row.countedTo, to: date };
    const penalty = exactPenalty(overdueDayCount, { ...late, amountMinor: principal });
    const compound = compounds
      ? exactPenalty(overdueDayCount, { ...late, amountMinor: interest })
      : 0n;
    return {
      ...row,
      penaltyParts: row.penaltyParts + penalty,
      compoundParts: row.compoundParts + compound,
      countedTo: date,
    };
  });
  return { ...state, rows };
}

/** Days since the oldest row that is not paid was due; 0 when nothing is late. */
export function daysOverdue(state: NoteState, date: string): number {
  const oldest = state.rows.find((row) => row.dueDate < date && openOfRow(row).total > 0n);
  return oldest === undefined ? 0 : daysBetween(oldest.dueDate, date);
}

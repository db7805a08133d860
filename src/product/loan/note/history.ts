import type { Values } from '../../../base/data.ts';
import { addDays } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import type { LoanProduct } from '../catalogue/products.ts';
import type { Stage } from '../classify/expected-loss.ts';
import { type FiveLevel, fiveLevels } from '../classify/five-levels.ts';
import type { Method, PlanRow } from './plan.ts';
import { agreementOf, planRowsOf } from './record.ts';
import { evolve, type NoteEvent, type NoteState } from './state.ts';

/**
 * What is kept of a note: the note, its first plan, what was paid, and every later event, in the
 * order in which it happened. days: of interest in the row.
 */
export type NoteHistory = {
  readonly note: {
    readonly noteNumber: string;
    readonly productCode: string;
    readonly currency: string;
    readonly principalMinor: bigint;
    readonly ratePpm: bigint;
    readonly method: string;
    readonly startDate: string;
    readonly maturityDate: string;
  };
  readonly instalments: readonly {
    readonly number: bigint;
    readonly dueDate: string;
    readonly days: bigint;
    readonly principalMinor: bigint;
    readonly interestMinor: bigint;
  }[];
  readonly happenings: readonly Happening[];
  /** As the last closed night left it; null before the first. */
  readonly night: {
    readonly receivableMinor: bigint;
    readonly allowanceMinor: bigint;
    readonly level: FiveLevel;
    readonly stage: Stage;
    readonly date: string;
  } | null;
};

/** A payment of an instalment, or another event as it was recorded. */
export type Happening =
  | {
      readonly kind: 'payment';
      readonly date: string;
      readonly number: bigint | null;
      readonly principalMinor: bigint;
      readonly interestMinor: bigint;
      readonly penaltyMinor: bigint;
      readonly compoundMinor: bigint;
      /** Of the interest: what was booked as receivable before. */
      readonly receivableMinor: bigint;
    }
  | {
      readonly kind: 'event';
      readonly date: string;
      readonly type: string;
      readonly values: Values;
      readonly rows: readonly Values[];
    };

/** The state of a note from all that is kept of it. */
export function stateFrom(
  history: NoteHistory,
  product: LoanProduct,
): Result<NoteState, 'loan_event_not_readable'> {
  const { note, night } = history;
  let state = evolve(null, opening(history, product));
  let booked = night === null;
  for (const happening of history.happenings) {
    if (!booked && night !== null && happening.date > night.date) {
      state = asBooked(state, night);
      booked = true;
    }
    const event = eventOf(state, happening);
    if (event === null) {
      return refuse('loan_event_not_readable', { note: note.noteNumber, date: happening.date });
    }
    state = evolve(state, event);
  }
  return ok(booked || night === null ? state : asBooked(state, night));
}

function asBooked(state: NoteState, night: NonNullable<NoteHistory['night']>): NoteState {
  const { receivableMinor, allowanceMinor, level, stage } = night;
  return { ...state, receivableMinor, allowanceMinor, level, stage };
}

function opening({ note, instalments }: NoteHistory, product: LoanProduct): NoteEvent {
  let from = note.startDate;
  const rows = instalments.map((one): PlanRow => {
    const to = addDays(from, Number(one.days));
    const row = {
      ...{ number: Number(one.number), from, to, dueDate: one.dueDate, carriedMinor: 0n },
      ...{ principalMinor: one.principalMinor, interestMinor: one.interestMinor },
    };
    from = to;
    return row;
  });
  const method = note.method as Method;
  const byMonth = method === 'equal_instalments' || method === 'equal_principal';
  const { overdueDayCount, settlementDay, graceDays, compounds, allocation } = product;
  return {
    type: 'note_opened',
    date: note.startDate,
    rows,
    terms: {
      ...{ noteNumber: note.noteNumber, productCode: note.productCode, currency: note.currency },
      ...{ principalMinor: note.principalMinor, start: note.startDate, method },
      maturity: note.maturityDate,
      // What a plan began with it keeps: whole months where principal is repaid with each row.
      dayCount: byMonth ? 'month_360' : 'act_360',
      ...{ overdueDayCount, settlementDay, graceDays, compounds, allocation },
      upliftPpm: product.overdueUpliftPpm,
      agreement: { kind: 'fixed', ratePpm: note.ratePpm },
    },
  };
}

function eventOf(state: NoteState, happening: Happening): NoteEvent | null {
  const { date } = happening;
  if (happening.kind === 'payment') {
    const { principalMinor, interestMinor, number } = happening;
    return number === null
      ? payoff(state, date, principalMinor, interestMinor)
      : rowPaid(state, Number(number), happening);
  }
  return recorded(date, happening.type, happening.values, happening.rows);
}

/** Before what was late was told apart, interest beyond a row's own was what its lateness cost. */
function rowPaid(
  state: NoteState,
  number: number,
  paid: Extract<Happening, { kind: 'payment' }>,
): NoteEvent {
  const { date, principalMinor: principal, receivableMinor } = paid;
  const row = state.rows.find((one) => one.number === number);
  const asked = row?.interestMinor ?? paid.interestMinor;
  const interest = paid.interestMinor < asked ? paid.interestMinor : asked;
  const penalty = paid.penaltyMinor + paid.interestMinor - interest;
  const payment = { number, principal, interest, penalty, compound: paid.compoundMinor };
  return { type: 'repaid', date, payments: [payment], receivableMinor };
}

/** A payment that names no instalment paid the note off, or a part of it before it was due. */
function payoff(
  state: NoteState,
  date: string,
  principalMinor: bigint,
  interestMinor: bigint,
): NoteEvent {
  const rows = state.rows
    .filter(({ dueDate }) => dueDate > date)
    .map(
      ({ number, from, to, dueDate, carriedMinor, principalMinor: asked, interestMinor: due }) => ({
        ...{ number, from, to, dueDate, carriedMinor, principalMinor: asked, interestMinor: due },
      }),
    );
  const whole = principalMinor >= state.outstandingMinor;
  return {
    type: 'prepaid',
    date,
    ...{ principalMinor, interestMinor, feeMinor: 0n, receivableMinor: 0n },
    rows: whole ? [] : rows,
  };
}

/** An event as it was recorded; null when it cannot be read. */
function recorded(
  date: string,
  type: string,
  values: Values,
  rowValues: readonly Values[],
): NoteEvent | null {
  const whole = (name: string): bigint =>
    typeof values[name] === 'bigint' ? (values[name] as bigint) : 0n;
  const rows = planRowsOf(rowValues);
  const agreement = agreementOf(values.agreement ?? null);
  const maturity = String(values.maturity ?? '');
  switch (type) {
    case 'prepaid':
      return {
        type,
        date,
        ...{ principalMinor: whole('principalMinor'), interestMinor: whole('interestMinor') },
        ...{ feeMinor: whole('feeMinor'), receivableMinor: whole('receivableMinor'), rows },
      };
    case 'repriced':
      return agreement === null ? null : { type, date, agreement, rows };
    case 'extended':
      return agreement === null ? null : { type, date, maturity, agreement, rows };
    case 'restructured': {
      const method = String(values.method) as Method;
      // Before the class stood in the event, a note watched was special mention at least.
      const level = fiveLevels.find((one) => one === values.level) ?? 'special_mention';
      return agreement === null ? null : { type, date, maturity, method, agreement, level, rows };
    }
    case 'written_off':
      return {
        type,
        date,
        principalMinor: whole('principalMinor'),
        receivableMinor: whole('receivableMinor'),
      };
    case 'recovered':
      return { type, date, amountMinor: whole('amountMinor') };
    default:
      return null;
  }
}

import { addDays } from '../../base/dates.ts';
import type { NotePageAnswer, PrepaymentAnswer } from '../../contract/loan-notes.ts';
import type { LoanProduct } from '../../product/loan/catalogue/products.ts';
import { duesOn, totalOf } from '../../product/loan/note/decide.ts';
import type { Happening, NoteHistory } from '../../product/loan/note/history.ts';
import { agreementOf } from '../../product/loan/note/record.ts';
import {
  countOverdue,
  daysOverdue,
  type NoteState,
  openOfRow,
} from '../../product/loan/note/state.ts';
import type { PrepaymentQuote } from '../../product/loan/note/what-if.ts';
import { agreedRate, nextRepricing } from '../../product/loan/pricing/lpr.ts';
import type { nightsOf } from '../../store/products/loan-nights.ts';

type NoteAnswer = NotePageAnswer['note'];
type PlanRow = NotePageAnswer['plan'][number];

/** A note with its product, as it stands on a day. */
export function noteAnswer(
  history: NoteHistory,
  state: NoteState,
  product: LoanProduct,
  today: string,
): NoteAnswer {
  const { terms, agreement } = state;
  const note = history.note as NoteHistory['note'] & { readonly [name: string]: unknown };
  return {
    noteNumber: terms.noteNumber,
    contractNumber: String(note.contractNumber),
    customerNumber: String(note.customerNumber),
    depositAccountNumber: String(note.depositAccountNumber),
    ...{ productCode: product.code, productName: product.name, currency: terms.currency },
    ...{ status: state.status, method: state.method },
    ...{ startDate: terms.start, maturity: state.maturity },
    principalMinor: terms.principalMinor.toString(),
    outstandingMinor: state.outstandingMinor.toString(),
    ratePpm: agreedRate(agreement).toString(),
    lpr:
      agreement.kind === 'fixed'
        ? null
        : {
            ...{ term: agreement.term, quotedOn: agreement.quotedOn },
            quotedPpm: agreement.quotedPpm.toString(),
            basisPoints: agreement.basisPoints.toString(),
            repricing: agreement.repricing,
            nextRepricing: nextRepricing(agreement.repricing, terms.start, addDays(today, -1)),
          },
    dueMinor: state.status === 'open' ? totalOf(duesOn(state, today)).toString() : '0',
    daysOverdue: state.status === 'open' ? daysOverdue(state, today) : 0,
  };
}

/** The plan with what is paid, and what being late has cost up to a day. */
export function planAnswer(before: NoteState, today: string): PlanRow[] {
  const state = countOverdue(before, today);
  let balance = state.rows.reduce((total, { principalMinor }) => total + principalMinor, 0n);
  return state.rows.map((row): PlanRow => {
    const open = openOfRow(row);
    balance -= row.principalMinor;
    const status =
      open.total === 0n
        ? 'paid'
        : row.dueDate > today
          ? 'to_come'
          : row.dueDate === today
            ? 'due'
            : 'overdue';
    return {
      ...{ number: row.number, from: row.from, dueDate: row.dueDate, status },
      principalMinor: row.principalMinor.toString(),
      interestMinor: row.interestMinor.toString(),
      paidPrincipalMinor: row.paidPrincipalMinor.toString(),
      paidInterestMinor: row.paidInterestMinor.toString(),
      penaltyMinor: open.penalty.toString(),
      compoundMinor: open.compound.toString(),
      balanceMinor: balance.toString(),
    };
  });
}

type Event = NotePageAnswer['history'][number];

/** What happened to a note, newest first. */
export function historyAnswer(happenings: readonly Happening[]): Event[] {
  return happenings.map(eventAnswer).reverse();
}

function eventAnswer(happening: Happening): Event {
  const kept = happening as Happening & {
    readonly case?: string;
    readonly performer?: string | null;
  };
  const values = happening.kind === 'event' ? happening.values : null;
  const amount = (name: 'principalMinor' | 'interestMinor'): string | null => {
    const value = happening.kind === 'payment' ? happening[name] : values?.[name];
    return typeof value === 'bigint' ? value.toString() : null;
  };
  const agreement = values === null ? null : agreementOf(values.agreement ?? null);
  const maturity = values?.maturity;
  const recovered = values?.amountMinor;
  const paid = happening.kind === 'payment' ? happening : null;
  const late = paid === null ? null : paid.penaltyMinor + paid.compoundMinor;
  return {
    date: happening.date,
    kind: happening.kind === 'payment' ? 'payment' : (happening.type as Event['kind']),
    caseNumber: kept.case ?? '',
    performer: kept.performer ?? null,
    principalMinor: typeof recovered === 'bigint' ? recovered.toString() : amount('principalMinor'),
    interestMinor: amount('interestMinor'),
    lateMinor: late === null ? null : late.toString(),
    number: paid === null || paid.number === null ? null : Number(paid.number),
    ratePpm: agreement === null ? null : agreedRate(agreement).toString(),
    maturity: typeof maturity === 'string' ? maturity : null,
  };
}

type Nights = Awaited<ReturnType<typeof nightsOf>>;

/** What the nights found, as the client reads it. */
export function nightsAnswer(nights: Nights): NotePageAnswer['nights'] {
  return nights.map((night) => ({
    accountingDate: night.accountingDate,
    outstandingMinor: night.outstandingMinor.toString(),
    daysOverdue: night.daysOverdue,
    level: night.level as NotePageAnswer['nights'][number]['level'],
    stage: night.stage,
    accrualMinor: night.accrualMinor.toString(),
    receivableMinor: night.receivableMinor.toString(),
    expectedLossMinor: night.expectedLossMinor.toString(),
    provisionMinor: night.provisionMinor.toString(),
  }));
}

/** Quotes of a prepayment, as the client reads them. */
export function quotesAnswer(quotes: readonly PrepaymentQuote[]): PrepaymentAnswer['quotes'] {
  return quotes.map((quote) => ({
    ...{ mode: quote.mode, maturity: quote.maturity },
    principalMinor: quote.principalMinor.toString(),
    interestMinor: quote.interestMinor.toString(),
    feeMinor: quote.feeMinor.toString(),
    totalMinor: quote.totalMinor.toString(),
    outstandingMinor: quote.outstandingMinor.toString(),
    savedInterestMinor: quote.savedInterestMinor.toString(),
    rows: quote.rows.map((row) => ({
      ...{ number: row.number, dueDate: row.dueDate },
      principalMinor: row.principalMinor.toString(),
      interestMinor: row.interestMinor.toString(),
    })),
  }));
}

import { isValues } from '../../../base/data.ts';
import { addMonths } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import {
  notePageAnswer,
  noteParams,
  prepaymentAnswer,
  prepaymentQuery,
} from '../../../contract/loan-notes.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { type LoanProduct, readProduct } from '../../../product/loan/catalogue/products.ts';
import { type NoteHistory, stateFrom } from '../../../product/loan/note/history.ts';
import { historyOf } from '../../../product/loan/note/loss-model.ts';
import type { NoteState } from '../../../product/loan/note/state.ts';
import { quotePrepayment } from '../../../product/loan/note/what-if.ts';
import { findAccount } from '../../../store/ledger/accounts.ts';
import type { Person } from '../../../store/people/sessions.ts';
import { noteHistoryWithProduct } from '../../../store/products/loan-history.ts';
import { nightsOf } from '../../../store/products/loan-nights.ts';
import { calendarDate, type ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { maySeeAccount } from '../../shape/account-answers.ts';
import { sendRefusal } from '../../shape/answers.ts';
import {
  historyAnswer,
  nightsAnswer,
  noteAnswer,
  planAnswer,
  quotesAnswer,
} from '../../shape/note-answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['loans'];

/** Nights of a note that its page shows. */
const nightsMax = 31;

type Seen = {
  readonly history: NoteHistory;
  readonly state: NoteState;
  readonly product: LoanProduct;
  readonly today: string;
};

/** One loan note: its plan, what happened to it, and what a prepayment would come to. */
export function noteRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/loans/:noteNumber',
    {
      schema: {
        summary: 'A loan note (借据) with its plan, its history and what the last nights found',
        ...{ tags, params: noteParams, response: { 200: notePageAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenNote(context, person, request.params.noteNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const { history, state, product, today } = seen.value;
      const { noteNumber } = request.params;
      const of = { cellId: settings.cellId, noteNumber, max: nightsMax };
      // A customer is told what is owed, not what the bank thinks of it.
      const isCustomer = person.kind === 'customer';
      const nights = isCustomer ? [] : await nightsOf(database, of);
      const events = historyAnswer(history.happenings);
      return {
        asOf: today,
        note: noteAnswer(history, state, product, today),
        plan: planAnswer(state, today),
        history: isCustomer ? events.map((event) => ({ ...event, performer: null })) : events,
        nights: nightsAnswer(nights),
      };
    },
  );
  prepaymentRoute(app, context);
}

function prepaymentRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/loans/:noteNumber/prepayment',
    {
      schema: {
        summary: 'What prepaying a part of the principal today would come to, in both ways',
        ...{ tags, params: noteParams, querystring: prepaymentQuery },
        response: { 200: prepaymentAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenNote(context, person, request.params.noteNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const { state, product, today } = seen.value;
      const order = { date: today, principalMinor: BigInt(request.query.principalMinor) };
      const feeUntil = addMonths(state.terms.start, product.prepayment.feeMonths);
      const quotes = quotePrepayment(state, order, product.prepayment, feeUntil);
      if (!quotes.ok) return sendRefusal(reply, quotes);
      return { asOf: today, quotes: quotesAnswer(quotes.value) };
    },
  );
}

/** The note when the person may see its account; otherwise it is not there. */
async function seenNote(
  context: ServerContext,
  person: Person,
  noteNumber: string,
): Promise<Result<Seen>> {
  const { database, settings } = context;
  const { cellId } = settings;
  const account = await findAccount(database, cellId, noteNumber);
  if (account === null || !(await maySeeAccount(context, person, account))) {
    return refuse('not_found');
  }
  const today = (await context.accountingDate()) ?? calendarDate(context);
  const kept = await noteHistoryWithProduct(database, { cellId, noteNumber, date: today });
  if (kept === null) return refuse('not_found');
  const history = historyOf(kept);
  const parameters = kept.product ?? null;
  const code = history.note.productCode;
  if (!isValues(parameters)) return refuse('loan_product_not_known', { code });
  const product = readProduct(code, parameters);
  if (!product.ok) return product;
  const state = stateFrom(history, product.value);
  if (!state.ok) return state;
  return ok({ history, state: state.value, product: product.value, today });
}

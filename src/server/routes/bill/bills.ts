import { refuse } from '../../../base/result.ts';
import {
  type Bill,
  type BillAnswer,
  billAnswer,
  billParams,
  billsAnswer,
  billsQuery,
} from '../../../contract/bill/bills.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { billPage, findBills } from '../../../store/bills/pages.ts';
import type { ServerContext } from '../../context.ts';
import { booksInScope } from '../../guard/books.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['bills'];
const config = { permission: 'view_ledger' } as const;

/** The register of bills, as far as the reader's books go. */
export function billRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  const { cellId } = settings;
  app.get(
    '/api/bills',
    {
      config,
      schema: {
        summary: 'Bills of the register by status, number or party, the last to mature first',
        ...{ tags, querystring: billsQuery, response: { 200: billsAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const { status, search, limit, offset } = request.query;
      const bookIds = [...(await booksInScope(context, person))];
      const wanted = { status: status ?? null, search: search?.trim() ?? null, limit, offset };
      const { bills, total } = await findBills(database, { cellId, bookIds, ...wanted });
      return { bills: bills.map(billOf), total };
    },
  );
  app.get(
    '/api/bills/:billNumber',
    {
      config,
      schema: {
        summary: 'A bill with its chain of endorsements, its history and its postings',
        ...{ tags, params: billParams, response: { 200: billAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const bookIds = [...(await booksInScope(context, person))];
      const { billNumber } = request.params;
      const page = await billPage(database, { cellId, bookIds, billNumber });
      if (page === null) return sendRefusal(reply, refuse('not_found'));
      return pageOf(page);
    },
  );
}

type Row = Readonly<Record<string, string | bigint | number | boolean | null>>;

/** Columns as JSON holds them: amounts as digits; numbers and instants as numbers. */
function plain(row: Row, numbers: readonly string[] = []): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (numbers.includes(name)) return [name, Number(value)];
      return [name, typeof value === 'bigint' ? value.toString() : value];
    }),
  );
}

function billOf(row: Row): Bill {
  const { billKind, drawerAccountNumber: _, honoured: __, total: ___, ...rest } = plain(row);
  return { ...rest, kind: billKind } as Bill;
}

function pageOf(page: NonNullable<Awaited<ReturnType<typeof billPage>>>): BillAnswer {
  const { bill, events, acceptance, interest, postings } = page;
  return {
    bill: billOf(bill),
    events: events.map((event) => plain(event, ['number', 'happenedAt'])),
    acceptance: acceptance === null ? null : plain(acceptance),
    interest: interest.map((row) => plain(row)),
    postings: postings.map((row) => plain(row)),
  } as BillAnswer;
}

import { refuse } from '../../base/result.ts';
import {
  ageingAnswer,
  ageingQuery,
  glAccountsAnswer,
  glAccountsQuery,
  glEntriesAnswer,
  glEntriesQuery,
  proofAnswer,
  proofQuery,
} from '../../contract/ledger.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { printedEntry } from '../../ledger/general/printed.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { readAgeing } from '../../store/ledger/general/ageing.ts';
import {
  type GlEntry,
  readGlAccounts,
  readGlEntries,
} from '../../store/ledger/general/drill-down.ts';
import { proveBalance } from '../../store/ledger/general/proof.ts';
import type { ServerContext } from '../context.ts';
import { booksInScope, openDate } from '../guard/books.ts';
import { signedIn } from '../guard/sessions.ts';
import { maySeeAccount } from '../shape/account-answers.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';
import { exportRoutes } from './exports/exports.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['ledger'];
const config = { permission: 'view_ledger' } as const;

/** From a figure of the general ledger down to its entries, of books within one's own scope. */
export function ledgerDetailRoutes(app: App, context: ServerContext): void {
  accountsRoute(app, context);
  entriesRoute(app, context);
  ageingRoute(app, context);
  proofRoute(app, context);
  exportRoutes(app, context);
}

function accountsRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/ledger/accounts',
    {
      config,
      schema: {
        summary: 'Accounts whose balances make a figure of the trial balance',
        ...{ tags, querystring: glAccountsQuery, response: { 200: glAccountsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const { cellId } = context.settings;
      const books = await booksInScope(context, signedIn(request).person);
      if (!books.has(query.bookId)) return sendRefusal(reply, refuse('not_found'));
      const date = query.date ?? (await openDate(context));
      const found = await readGlAccounts(context.database, { ...query, cellId, date });
      return {
        accountingDate: date,
        accounts: found.accounts.map((row) => ({
          ...{ accountNumber: row.accountNumber, kind: row.kind },
          name: row.kind === 'customer' ? null : row.name,
          openingMinor: row.openingMinor.toString(),
          debitMinor: row.debitMinor.toString(),
          creditMinor: row.creditMinor.toString(),
          closingMinor: row.closingMinor.toString(),
        })),
        total: found.total,
      };
    },
  );
}

function entriesRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/ledger/entries',
    {
      config,
      schema: {
        summary: 'Entries under a figure of the general ledger (明细账), page by page',
        ...{ tags, querystring: glEntriesQuery, response: { 200: glEntriesAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const { cellId } = context.settings;
      const books = await booksInScope(context, signedIn(request).person);
      if (!books.has(query.bookId)) return sendRefusal(reply, refuse('not_found'));
      const to = query.to ?? (await openDate(context));
      const from = query.from ?? to;
      const found = await readGlEntries(context.database, { ...query, cellId, from, to });
      return { from, to, entries: found.entries.map(entryAnswer), total: found.total };
    },
  );
}

function entryAnswer(entry: GlEntry) {
  const { reversedDate, postingNumber, amountMinor, balanceMinor, ...rest } = entry;
  const onTheSameDate = reversedDate === entry.accountingDate;
  const printed = printedEntry({ ...entry, onTheSameDate });
  return {
    ...rest,
    postingNumber: postingNumber.toString(),
    amountMinor: amountMinor.toString(),
    balanceMinor: balanceMinor.toString(),
    printed: { ...printed, amountMinor: printed.amountMinor.toString() },
  };
}

function ageingRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/ledger/ageing',
    {
      config,
      schema: {
        summary: 'What is open on suspense and in-transit accounts, and for how long (挂账账龄)',
        ...{ tags, querystring: ageingQuery, response: { 200: ageingAnswer, ...refusals } },
      },
    },
    async (request) => {
      const date = request.query.date ?? (await openDate(context));
      const books = await booksInScope(context, signedIn(request).person);
      const accounts = await readAgeing(context.database, context.settings.cellId, date);
      return {
        accountingDate: date,
        accounts: accounts
          .filter(({ bookId }) => books.has(bookId))
          .map((account) => ({
            ...account,
            items: account.items.map(({ openMinor, postingNumber, ...item }) => ({
              ...item,
              openMinor: openMinor.toString(),
              postingNumber: postingNumber.toString(),
            })),
          })),
      };
    },
  );
}

function proofRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/ledger/proof',
    {
      schema: {
        summary: 'How a balance comes about: a closed day and every entry since',
        ...{ tags, querystring: proofQuery, response: { 200: proofAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { cellId } = context.settings;
      const { accountNumber, since } = request.query;
      const account = await findAccount(context.database, cellId, accountNumber);
      const { person } = signedIn(request);
      if (account === null || !(await maySeeAccount(context, person, account))) {
        return sendRefusal(reply, refuse('not_found'));
      }
      const date = request.query.date ?? (await openDate(context));
      const from = since === undefined ? {} : { since };
      const of = { cellId, accountNumber, date, ...from };
      const proof = await proveBalance(context.database, of);
      if (proof === null) return sendRefusal(reply, refuse('not_found'));
      return {
        ...proof,
        snapshotMinor: proof.snapshotMinor.toString(),
        entries: Number(proof.entries),
        risenMinor: proof.risenMinor.toString(),
        fallenMinor: proof.fallenMinor.toString(),
        statedMinor: proof.statedMinor.toString(),
        chainBreaks: Number(proof.chainBreaks),
      };
    },
  );
}

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { formatAmount } from '../../base/money.ts';
import { refuse } from '../../base/result.ts';
import {
  entriesExportQuery,
  exportRowsMax,
  statementExportQuery,
  trialBalanceExportQuery,
} from '../../contract/exports.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { momentAtBank } from '../../runtime/clock.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { readGlEntries } from '../../store/ledger/general/drill-down.ts';
import type { ServerContext } from '../context.ts';
import { booksInScope, openDate } from '../guard/books.ts';
import { signedIn } from '../guard/sessions.ts';
import { maySeeAccount } from '../shape/account-answers.ts';
import { sendRefusal } from '../shape/answers.ts';
import { csvOf, type ExportCell, type ExportTable, whollyRead } from '../shape/export-table.ts';
import { exportWords } from '../shape/export-words.ts';
import type { App } from '../typed-app.ts';
import { statementOf } from './accounts.ts';
import { trialBalanceOf } from './ledger.ts';

const response = { 200: z.string(), '4xx': refusalShape, '5xx': refusalShape };
const tags = ['exports'];

/** What leaves the bank as a table: whole or refused, safe for spreadsheets, its rows counted. */
export function exportRoutes(app: App, context: ServerContext): void {
  trialBalanceRoute(app, context);
  entriesRoute(app, context);
  statementRoute(app, context);
}

function trialBalanceRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/exports/trial-balance.csv',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'The trial balance as CSV',
        ...{ tags, querystring: trialBalanceExportQuery, response },
      },
    },
    async (request, reply) => {
      const { date, bookId, language } = request.query;
      const balance = await trialBalanceOf(context, date);
      const of = balance.rows.filter((row) => bookId === undefined || row.bookId === bookId);
      const words = exportWords[language];
      const rows = of.map((row) => {
        const money = amountsIn(row.currency);
        return [
          ...[row.bookId, row.bookName, row.currency, row.glCode, row.glName],
          ...[money(row.debitMinor), money(row.creditMinor), money(row.balanceMinor)],
        ];
      });
      const foot = [words.date, balance.accountingDate];
      const table = { head: words.trialBalance, rows, rowsLabel: words.rows, foot };
      return await sendTable(reply, `trial-balance-${balance.accountingDate}`, table);
    },
  );
}

function entriesRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/exports/entries.csv',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'The entries under a figure of the general ledger as CSV',
        ...{ tags, querystring: entriesExportQuery, response },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const books = await booksInScope(context, signedIn(request).person);
      if (!books.has(query.bookId)) return sendRefusal(reply, refuse('not_found'));
      const to = query.to ?? (await openDate(context));
      const from = query.from ?? to;
      const { cellId } = context.settings;
      const whole = { ...query, cellId, from, to, limit: exportRowsMax, offset: 0 };
      const found = await readGlEntries(context.database, whole);
      const fits = whollyRead(found.total);
      if (!fits.ok) return sendRefusal(reply, fits);
      const words = exportWords[query.language];
      const money = amountsIn(query.currency);
      const rows = found.entries.map((entry) => [
        ...[entry.accountingDate, entry.valueDate, momentAtBank(entry.occurredAt)],
        ...[entry.postingNumber.toString(), entry.accountNumber, words[entry.side]],
        ...[money(entry.amountMinor), money(entry.balanceMinor), entry.counterGlCode],
        ...[entry.counterAccountNumber, entry.businessReference, entry.narrative, entry.maker],
        ...[entry.authoriser, entry.isReversal ? words.reversal : null],
      ]);
      const foot = [query.bookId, query.glCode, query.currency, from, to];
      const table = { head: words.entries, rows, rowsLabel: words.rows, foot };
      return await sendTable(reply, `entries-${query.bookId}-${query.glCode}-${to}`, table);
    },
  );
}

function statementRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/exports/statement.csv',
    {
      schema: {
        summary: 'The statement of an account as CSV',
        ...{ tags, querystring: statementExportQuery, response },
      },
    },
    async (request, reply) => {
      const { accountNumber, from, to, language } = request.query;
      const { database, settings } = context;
      const account = await findAccount(database, settings.cellId, accountNumber);
      if (account === null || !(await maySeeAccount(context, signedIn(request).person, account))) {
        return sendRefusal(reply, refuse('not_found'));
      }
      const whole = { from, to, limit: exportRowsMax, offset: 0 };
      const statement = await statementOf(context, account, whole);
      const fits = whollyRead(statement.total);
      if (!fits.ok) return sendRefusal(reply, fits);
      const words = exportWords[language];
      const { currency } = account;
      const money = amountsIn(currency);
      const rows = statement.lines.map((line) => [
        ...[line.accountingDate, momentAtBank(line.postedAt), line.postingNumber, line.narrative],
        ...[line.counterpartyNumber, line.counterpartyName],
        line.side === 'debit' ? money(line.amountMinor) : null,
        line.side === 'credit' ? money(line.amountMinor) : null,
        ...[money(line.balanceMinor), currency],
      ]);
      const opening = [words.opening, money(statement.openingBalanceMinor)];
      const closing = [words.closing, money(statement.closingBalanceMinor)];
      const foot = [...opening, ...closing, accountNumber, currency];
      const table = { head: words.statement, rows, rowsLabel: words.rows, foot };
      return await sendTable(reply, `statement-${accountNumber}`, table);
    },
  );
}

/** Amounts of a currency as numbers: 1409.50. */
function amountsIn(currency: string): (minor: string | bigint) => ExportCell {
  return (minor) => ({ number: formatAmount(BigInt(minor), currency) });
}

async function sendTable(reply: FastifyReply, name: string, table: ExportTable): Promise<void> {
  await reply
    .headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w-]/g, '_')}.csv"`,
      'x-row-count': String(table.rows.length),
    })
    .send(csvOf(table));
}

import type { z } from 'zod';
import { ok, refuse } from '../../../base/result.ts';
import {
  entriesExportQuery,
  exportRowsMax,
  glAccountsExportQuery,
  statementExportQuery,
  trialBalanceExportQuery,
} from '../../../contract/exports.ts';
import { findAccount } from '../../../store/ledger/accounts.ts';
import { readGlAccounts, readGlEntries } from '../../../store/ledger/general/drill-down.ts';
import { booksInScope, openDate } from '../../guard/books.ts';
import { maySeeAccount } from '../../shape/account-answers.ts';
import { whollyRead } from '../../shape/export-table.ts';
import { exportWords } from '../../shape/export-words.ts';
import { statementOf } from '../accounts.ts';
import { trialBalanceOf } from '../ledger.ts';
import { amountsIn, dayCell, type Exported, instantCell } from './send.ts';

const all = { limit: exportRowsMax, offset: 0 };

/** The trial balance of a date, of one book or of all. */
export const trialBalanceExport: Exported<z.infer<typeof trialBalanceExportQuery>> = {
  table: 'trial-balance',
  summary: 'The trial balance',
  permission: 'view_ledger',
  query: trialBalanceExportQuery,
  async read(context, _person, { date, bookId, language }) {
    const balance = await trialBalanceOf(context, date);
    const of = balance.rows.filter((row) => bookId === undefined || row.bookId === bookId);
    const fits = whollyRead(of.length);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const rows = of.map((row) => {
      const money = amountsIn(row.currency);
      return [
        ...[row.bookId, row.bookName, row.currency, row.glCode, row.glName],
        ...[money(row.debitMinor), money(row.creditMinor), money(row.balanceMinor)],
      ];
    });
    const foot = [words.date, dayCell(balance.accountingDate)];
    const title = words.titles['trial-balance'];
    const table = { title, head: words.heads['trial-balance'], rows, rowsLabel: words.rows, foot };
    return ok({ fileName: `trial-balance-${balance.accountingDate}`, table });
  },
};

/** The accounts whose balances make one figure of the trial balance. */
export const glAccountsExport: Exported<z.infer<typeof glAccountsExportQuery>> = {
  table: 'gl-accounts',
  summary: 'The accounts under a figure of the general ledger',
  permission: 'view_ledger',
  query: glAccountsExportQuery,
  async read(context, person, query) {
    const { bookId, glCode, currency, language } = query;
    if (!(await booksInScope(context, person)).has(bookId)) return refuse('not_found');
    const date = query.date ?? (await openDate(context));
    const { cellId } = context.settings;
    const found = await readGlAccounts(context.database, {
      ...{ cellId, bookId, glCode, currency, date, ...all },
    });
    const fits = whollyRead(found.total);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const money = amountsIn(currency);
    const rows = found.accounts.map((row) => [
      ...[row.accountNumber, row.kind === 'customer' ? null : row.name, currency],
      ...[money(row.openingMinor), money(row.debitMinor), money(row.creditMinor)],
      money(row.closingMinor),
    ]);
    const foot = [bookId, glCode, words.date, dayCell(date)];
    const title = words.titles['gl-accounts'];
    const table = { title, head: words.heads['gl-accounts'], rows, rowsLabel: words.rows, foot };
    return ok({ fileName: `accounts-${bookId}-${glCode}-${date}`, table });
  },
};

/** The entries under one figure of the general ledger. */
export const entriesExport: Exported<z.infer<typeof entriesExportQuery>> = {
  table: 'entries',
  summary: 'The entries under a figure of the general ledger',
  permission: 'view_ledger',
  query: entriesExportQuery,
  async read(context, person, query) {
    const { bookId, glCode, currency } = query;
    if (!(await booksInScope(context, person)).has(bookId)) return refuse('not_found');
    const to = query.to ?? (await openDate(context));
    const from = query.from ?? to;
    const { cellId } = context.settings;
    const found = await readGlEntries(context.database, { ...query, cellId, from, to, ...all });
    const fits = whollyRead(found.total);
    if (!fits.ok) return fits;
    const words = exportWords[query.language];
    const money = amountsIn(currency);
    const rows = found.entries.map((entry) => [
      ...[dayCell(entry.accountingDate), dayCell(entry.valueDate), instantCell(entry.occurredAt)],
      ...[entry.postingNumber.toString(), entry.accountNumber, words[entry.side]],
      ...[money(entry.amountMinor), money(entry.balanceMinor), entry.counterGlCode],
      ...[entry.counterAccountNumber, entry.businessReference, entry.narrative, entry.maker],
      ...[entry.authoriser, entry.isReversal ? words.reversal : null],
    ]);
    const foot = [bookId, glCode, currency, dayCell(from), dayCell(to)];
    const { titles, heads } = words;
    const head = { title: titles.entries, head: heads.entries, rowsLabel: words.rows };
    return ok({ fileName: `entries-${bookId}-${glCode}-${to}`, table: { ...head, rows, foot } });
  },
};

/** The statement of an account that the reader may see. */
export const statementExport: Exported<z.infer<typeof statementExportQuery>> = {
  table: 'statement',
  summary: 'The statement of an account',
  query: statementExportQuery,
  async read(context, person, { accountNumber, from, to, language }) {
    const { database, settings } = context;
    const account = await findAccount(database, settings.cellId, accountNumber);
    if (account === null || !(await maySeeAccount(context, person, account))) {
      return refuse('not_found');
    }
    const statement = await statementOf(context, account, { from, to, ...all });
    const fits = whollyRead(statement.total);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const { currency } = account;
    const money = amountsIn(currency);
    const rows = statement.lines.map((line) => [
      ...[dayCell(line.accountingDate), instantCell(line.postedAt), line.postingNumber],
      ...[line.narrative, line.counterpartyNumber, line.counterpartyName],
      line.side === 'debit' ? money(line.amountMinor) : null,
      line.side === 'credit' ? money(line.amountMinor) : null,
      ...[money(line.balanceMinor), currency],
    ]);
    const opening = [words.opening, money(statement.openingBalanceMinor)];
    const closing = [words.closing, money(statement.closingBalanceMinor)];
    const foot = [...opening, ...closing, accountNumber, currency];
    const { titles, heads } = words;
    const head = { title: titles.statement, head: heads.statement, rowsLabel: words.rows };
    return ok({ fileName: `statement-${accountNumber}`, table: { ...head, rows, foot } });
  },
};

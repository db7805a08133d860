import type { z } from 'zod';
import { ok, refuse } from '../../../base/result.ts';
import {
  accountsExportQuery,
  casesExportQuery,
  customersExportQuery,
  exportRowsMax,
} from '../../../contract/exports.ts';
import { readAccounts } from '../../../store/ledger/balances.ts';
import { findCustomers } from '../../../store/people/customers.ts';
import { unitsInScope } from '../../guard/sessions.ts';
import { accountAnswer } from '../../shape/account-answers.ts';
import { caseSummaries } from '../../shape/case-answers.ts';
import { whollyRead } from '../../shape/export-table.ts';
import { exportWords } from '../../shape/export-words.ts';
import { whoseAccounts } from '../accounts.ts';
import { customerAnswerOf } from '../customers.ts';
import { amountsIn, type Exported, instantCell } from './send.ts';

const all = { limit: exportRowsMax, offset: 0 };

/** The cases a member of staff sees, by the filter of their list. */
export const casesExport: Exported<z.infer<typeof casesExportQuery>> = {
  table: 'cases',
  summary: 'The cases in my data scope',
  permission: 'view_cases',
  query: casesExportQuery,
  async read(context, person, { status, processId, customerNumber, language }) {
    const listed = await context.runtime.listCases({
      units: await unitsInScope(context, person, 'view_cases'),
      ...{ customerId: customerNumber ?? null, person: person.person },
      ...{ status: status ?? null, processId: processId ?? null, ...all },
    });
    const fits = whollyRead(listed.total);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const cases = await caseSummaries(context, listed.cases);
    const rows = cases.map((row) => [
      ...[row.caseNumber, row.processId, language === 'en' ? row.processNameEn : row.processName],
      ...[words.caseStatus[row.status], row.outcome, row.unitId, row.customerNumber],
      ...[instantCell(row.startedAt), instantCell(row.dueAt), instantCell(row.endedAt)],
    ]);
    const { titles, heads } = words;
    const head = { title: titles.cases, head: heads.cases, rowsLabel: words.rows };
    const foot = [words.takenAt, instantCell(context.clock())];
    return ok({ fileName: 'cases', table: { ...head, rows, foot } });
  },
};

/** The accounts of a customer, or those of the reader's own book. */
export const accountsExport: Exported<z.infer<typeof accountsExportQuery>> = {
  table: 'accounts',
  summary: 'The accounts of a customer, or of the own book',
  query: accountsExportQuery,
  async read(context, person, { customerNumber, language }) {
    const whose = await whoseAccounts(context, person, customerNumber);
    if (whose === null) return refuse('not_found');
    const { cellId } = context.settings;
    const found = await readAccounts(context.database, { cellId, ...whose, ...all });
    const fits = whollyRead(found.total);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const rows = found.accounts.map(accountAnswer).map((row) => {
      const money = amountsIn(row.currency);
      return [
        ...[row.accountNumber, row.name, row.customerNumber, row.bookId, row.unitId, row.glCode],
        ...[row.currency, words.accountStatus[row.status]],
        ...[money(row.ledgerBalanceMinor), money(row.availableBalanceMinor)],
      ];
    });
    const { titles, heads } = words;
    const head = { title: titles.accounts, head: heads.accounts, rowsLabel: words.rows };
    const foot = [words.takenAt, instantCell(context.clock())];
    return ok({ fileName: `accounts-${customerNumber ?? 'own'}`, table: { ...head, rows, foot } });
  },
};

/** The customers a member of staff sees, identity numbers masked as on the screen. */
export const customersExport: Exported<z.infer<typeof customersExportQuery>> = {
  table: 'customers',
  summary: 'The customers in my data scope',
  permission: 'view_customers',
  query: customersExportQuery,
  async read(context, person, { search, kind, language }) {
    const found = await findCustomers(context.database, context.settings.cellId, {
      units: await unitsInScope(context, person, 'view_customers'),
      ...{ search: search ?? null, kind: kind ?? null, ...all },
    });
    const fits = whollyRead(found.total);
    if (!fits.ok) return fits;
    const words = exportWords[language];
    const rows = found.customers
      .map((customer) => customerAnswerOf(customer, person))
      .map((row) => [
        ...[row.customerNumber, words.customerKind[row.kind], row.name, row.identityNumber],
        ...[row.unitId, row.customerManager, row.creditRating, row.legalRepresentative],
      ]);
    const { titles, heads } = words;
    const head = { title: titles.customers, head: heads.customers, rowsLabel: words.rows };
    const foot = [words.takenAt, instantCell(context.clock())];
    return ok({ fileName: 'customers', table: { ...head, rows, foot } });
  },
};

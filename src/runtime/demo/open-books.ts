import { ok, type Result } from '../../base/result.ts';
import { standardChart } from '../../ledger/chart-of-accounts.ts';
import type { BookedAccount } from '../../ledger/inter-branch.ts';
import type { Transaction } from '../../store/database.ts';
import { type NewAccount, nextAccountNumber, openAccounts } from '../../store/ledger/accounts.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../../store/ledger/books.ts';
import { addCalendar } from '../../store/ledger/calendars.ts';
import { demoCalendar } from './calendar.ts';
import { demoCustomers } from './customers.ts';
import type { DemoOpening } from './open-people.ts';
import { demoLoginOf } from './people.ts';
import { demoBookUnits, demoLegalEntity } from './units.ts';

/** GL code of customers' deposits (吸收存款). */
const depositGlCode = '2011';

/** The legal entity on its first accounting date, a book per unit, chart and calendar. */
export async function openDemoBooks(
  transaction: Transaction,
  opening: DemoOpening,
): Promise<Result<null>> {
  const { cellId, openedOn } = opening;
  await openLegalEntity(transaction, cellId, {
    ...demoLegalEntity,
    ...{ baseCurrency: 'CNY', accountingDate: openedOn },
  });
  const books = demoBookUnits.map(({ unitCode, name, nameEn }) => ({
    ...{ bookId: unitCode, unitCode, name, nameEn, openedOn },
    legalEntityId: demoLegalEntity.legalEntityId,
  }));
  await openBooks(transaction, cellId, books);
  await addGlAccounts(transaction, cellId, openedOn, standardChart);
  const names = { name: '法定工作日', nameEn: 'Legal working days' };
  await addCalendar(transaction, cellId, demoCalendar, names);
  return ok(null);
}

/** Where an account is: what a transfer between books needs to know. */
export type DemoAccounts = ReadonlyMap<string, BookedAccount>;

/**
 * One deposit account in CNY for every customer, opened by the teller of the outlet. Gives the
 * accounts by customer number.
 */
export async function openDemoAccounts(
  transaction: Transaction,
  opening: DemoOpening,
): Promise<Result<DemoAccounts>> {
  const { cellId, openedOn, newId } = opening;
  const all = new Map<string, BookedAccount>();
  const outlets = [...new Set(demoCustomers.map((customer) => customer.unitCode))];
  for (const unitCode of outlets) {
    const accounts: NewAccount[] = [];
    for (const customer of demoCustomers.filter((one) => one.unitCode === unitCode)) {
      accounts.push({
        ...{ accountId: newId(), accountNumber: await nextAccountNumber(transaction, unitCode) },
        ...{ bookId: unitCode, glCode: depositGlCode, currency: 'CNY', kind: 'customer' },
        ...{ counterBookId: null, openingUnitCode: unitCode, name: customer.name },
        customerNumber: customer.customerNumber,
        product: customer.kind === 'corporate' ? 'corporate_current' : 'retail_current',
        overdraftLimitMinor: 0n,
      });
    }
    const openedLogin = demoLoginOf('teller', unitCode);
    const opened = await openAccounts(transaction, { cellId, openedOn, openedLogin, accounts });
    if (!opened.ok) return opened;
    for (const { customerNumber, accountId, bookId } of accounts) {
      all.set(customerNumber ?? '', { accountId, bookId });
    }
  }
  return ok(all);
}

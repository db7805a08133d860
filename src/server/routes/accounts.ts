import { addDays } from '../../base/dates.ts';
import { refuse } from '../../base/result.ts';
import {
  accountParams,
  accountsAnswer,
  accountsQuery,
  type StatementAnswer,
  statementAnswer,
  statementQuery,
} from '../../contract/accounts.ts';
import { refusalShape } from '../../contract/refusal.ts';
import type { Account } from '../../ledger/account.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import {
  balanceAt,
  readAccounts,
  readStatement,
  type StatementLine,
} from '../../store/ledger/balances.ts';
import { bookOfUnit } from '../../store/ledger/books.ts';
import { customersPostedOn, type PostedOn } from '../../store/ledger/counterparties.ts';
import { readCustomer } from '../../store/people/customers.ts';
import type { Person } from '../../store/people/sessions.ts';
import { calendarDate, type ServerContext } from '../context.ts';
import { signedIn, unitsInScope } from '../guard/sessions.ts';
import { accountAnswer, maySeeAccount } from '../shape/account-answers.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';
import { controlRoutes } from './controls.ts';
import { salaryRoutes } from './salary/orders.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['accounts'];

/** Days a statement goes back when no first day is asked for. */
const statementDays = 31;

/** Accounts and their statements; a customer sees the own ones. */
export function accountRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/accounts',
    {
      schema: {
        summary: 'Accounts of a customer; without one those of the own book (a customer: the own)',
        ...{ tags, querystring: accountsQuery, response: { 200: accountsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { customerNumber, limit, offset } = request.query;
      const whose = await whoseAccounts(context, person, customerNumber);
      if (whose === null) return sendRefusal(reply, refuse('not_found'));
      const found = await readAccounts(database, {
        cellId: settings.cellId,
        ...{ ...whose, limit, offset },
      });
      return { accounts: found.accounts.map(accountAnswer), total: found.total };
    },
  );
  statementRoute(app, context);
  controlRoutes(app, context);
  salaryRoutes(app, context);
}

/** Whose accounts a list may show to this person, or null when it is none of theirs. */
export async function whoseAccounts(
  context: ServerContext,
  person: Person,
  customerNumber: string | undefined,
): Promise<{ customerNumber: string } | { bookId: string } | null> {
  const { database, settings } = context;
  if (person.customerNumber !== null) {
    const isOwn = customerNumber === undefined || customerNumber === person.customerNumber;
    return isOwn ? { customerNumber: person.customerNumber } : null;
  }
  const units = await unitsInScope(context, person, 'view_accounts');
  if (customerNumber === undefined) {
    const unitCode = person.unitCode ?? '';
    if (!units.includes(unitCode)) return null;
    const of = { cellId: settings.cellId, unitCode, date: calendarDate(context) };
    const bookId = await bookOfUnit(database, of);
    return bookId === null ? null : { bookId };
  }
  const customer = await readCustomer(database, settings.cellId, customerNumber);
  return customer !== null && units.includes(customer.unitCode) ? { customerNumber } : null;
}

function statementRoute(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/accounts/:accountNumber/statement',
    {
      schema: {
        summary: 'Statement of an account (交易明细), with the balance after each entry',
        ...{ tags, params: accountParams, querystring: statementQuery },
        response: { 200: statementAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { cellId } = settings;
      const { accountNumber } = request.params;
      const account = await findAccount(database, cellId, accountNumber);
      if (account === null || !(await maySeeAccount(context, person, account))) {
        return sendRefusal(reply, refuse('not_found'));
      }
      return await statementOf(context, account, request.query);
    },
  );
}

/** The statement of an account that the reader may see; without dates its last 31 days. */
export async function statementOf(
  context: ServerContext,
  account: Account & { readonly name: string },
  wanted: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<StatementAnswer> {
  const { database, settings } = context;
  const { cellId } = settings;
  const { accountId, accountNumber } = account;
  const today = (await context.accountingDate()) ?? calendarDate(context);
  const to = wanted.to ?? today;
  const from = wanted.from ?? addDays(to, -statementDays);
  const page = { limit: wanted.limit, offset: wanted.offset };
  const { lines, total } = await readStatement(database, {
    ...{ cellId, accountId, from, to, ...page },
  });
  const between = lines.filter((line) => !isNamed(line));
  const all = await customersPostedOn(database, cellId, between);
  const posted = all.filter((other) => other.accountNumber !== accountNumber);
  const opening = { cellId, accountNumber, date: addDays(from, -1) };
  const closing = { cellId, accountNumber, date: to };
  return {
    account: accountAnswer(account),
    openingBalanceMinor: ((await balanceAt(database, opening)) ?? 0n).toString(),
    closingBalanceMinor: ((await balanceAt(database, closing)) ?? 0n).toString(),
    lines: lines.map((line) => lineAnswer(line, posted)),
    total,
  };
}

/** Whether the other side of a line is an account people know by number. */
function isNamed(line: StatementLine): boolean {
  return /^\d+$/.test(line.counterAccountNumber);
}

/**
 * A line as the client reads it. The other side is named when people know it by number, not when it
 * is an account of the bank's own; behind an inter-branch account stands the customer on the other
 * side of the same event.
 */
function lineAnswer(line: StatementLine, posted: readonly PostedOn[]) {
  const behind = posted.find(
    (other) =>
      other.eventId === line.eventId &&
      other.amountMinor === line.amountMinor &&
      other.side !== line.side,
  );
  const own = { accountNumber: line.counterAccountNumber, accountName: line.counterAccountName };
  const other = isNamed(line) ? own : behind;
  return {
    ...{ accountingDate: line.accountingDate, postedAt: line.occurredAt },
    ...{ postingNumber: line.postingNumber.toString(), narrative: line.narrative },
    side: line.side,
    amountMinor: line.amountMinor.toString(),
    balanceMinor: line.balanceMinor.toString(),
    counterpartyNumber: other?.accountNumber ?? null,
    counterpartyName: other?.accountName ?? null,
  };
}

import { refuse } from '../../base/result.ts';
import {
  type Customer as CustomerAnswer,
  customerAnswer,
  customerParams,
  customersAnswer,
  customersQuery,
} from '../../contract/customers.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { pageRowsMax } from '../../contract/shapes.ts';
import { readAccounts } from '../../store/ledger/balances.ts';
import { type Customer, findCustomers, readCustomer } from '../../store/people/customers.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { ServerContext } from '../context.ts';
import { may, signedIn, unitsInScope } from '../guard/sessions.ts';
import { accountAnswer } from '../shape/account-answers.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['customers'];

/** Customers in the reader's data scope; a customer sees itself. */
export function customerRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/customers',
    {
      config: { permission: 'view_customers' },
      schema: {
        summary: 'Find customers by number, identity number or a part of the name',
        ...{ tags, querystring: customersQuery, response: { 200: customersAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const { search, kind, limit, offset } = request.query;
      const units = await unitsInScope(context, person, 'view_customers');
      const wanted = { units, search: search ?? null, kind: kind ?? null, limit, offset };
      const found = await findCustomers(database, settings.cellId, wanted);
      const customers = found.customers.map((customer) => customerAnswerOf(customer, person));
      return { customers, total: found.total };
    },
  );
  app.get(
    '/api/customers/:customerNumber',
    {
      schema: {
        summary: 'A customer',
        ...{ tags, params: customerParams, response: { 200: customerAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { customerNumber } = request.params;
      const customer = await readCustomer(database, settings.cellId, customerNumber);
      const units = await unitsInScope(context, person, 'view_customers');
      const isSeen =
        customer !== null &&
        (units.includes(customer.unitCode) || person.customerNumber === customerNumber);
      if (!isSeen) return sendRefusal(reply, refuse('not_found'));
      const mayAccounts = person.customerNumber === customerNumber || may(person, 'view_accounts');
      const accounts = mayAccounts
        ? await readAccounts(database, {
            ...{ cellId: settings.cellId, customerNumber, limit: pageRowsMax, offset: 0 },
          })
        : { accounts: [] };
      return {
        customer: customerAnswerOf(customer, person),
        accounts: accounts.accounts.map(accountAnswer),
      };
    },
  );
}

/** A customer as this reader may see it: the identity number masked, unless a role may see it. */
export function customerAnswerOf(customer: Customer, reader: Person): CustomerAnswer {
  const isOwn = reader.customerNumber === customer.customerNumber;
  const seesAll = isOwn || may(reader, 'view_personal_data');
  const { customerNumber, kind, name, creditRating, legalRepresentative } = customer;
  return {
    ...{ customerNumber, kind, name, legalRepresentative },
    identityNumber:
      seesAll || kind === 'corporate' ? customer.identityNumber : masked(customer.identityNumber),
    unitId: customer.unitCode,
    customerManager: isOwn ? null : customer.managerEmployeeNumber,
    creditRating: isOwn ? null : creditRating,
  };
}

/** First four and last two characters; a company's code is public and is not masked. */
function masked(number: string): string {
  return `${number.slice(0, 4)}${'*'.repeat(Math.max(0, number.length - 6))}${number.slice(-2)}`;
}

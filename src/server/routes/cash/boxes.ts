import { present } from '../../../base/assert.ts';
import { isValues } from '../../../base/data.ts';
import { refuse } from '../../../base/result.ts';
import {
  type CashBox,
  cashBoxAnswer,
  cashBoxesAnswer,
  cashBoxParams,
  cashBoxQuery,
  largeCashAnswer,
  largeCashQuery,
} from '../../../contract/cash/boxes.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import {
  type LargeCash,
  largeCash,
  type MiddleRates,
} from '../../../operation/report/large-cash.ts';
import {
  type BoxPage,
  proveCash,
  readBoxes,
  readBoxLines,
  readCashOfDay,
  readOpenDifferences,
} from '../../../store/cash/pages.ts';
import { readCustomer } from '../../../store/people/customers.ts';
import type { Person } from '../../../store/people/sessions.ts';
import { parameterOn } from '../../../store/products/parameters.ts';
import type { ServerContext } from '../../context.ts';
import { openDate } from '../../guard/books.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['cash'];

/** The most movements and counts of a box's day that a page shows. */
export const BOX_LINES_MAX = 200;

/** Cash by denomination in the reader's units, and whom the large-cash report names. */
export function cashRoutes(app: App, context: ServerContext): void {
  boxesRoute(app, context);
  boxRoute(app, context);
  largeRoute(app, context);
}

function boxesRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cash/boxes',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'Tills and vaults of the reader’s units, proved against the ledger’s cash',
        ...{ tags, response: { 200: cashBoxesAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const { database, settings } = context;
      const { cellId } = settings;
      const units = await unitsInScope(context, person, 'view_ledger');
      const date = await openDate(context);
      const code = await parameterOn(database, { cellId, name: 'deposit.cash_gl_code', date });
      const glCode = typeof code === 'string' ? code : '';
      const boxes = await readBoxes(database, cellId, units);
      const proof = await proveCash(database, cellId, { units, glCode });
      const differences = await readOpenDifferences(database, cellId, units);
      return {
        accountingDate: date,
        boxes: boxes.map((box) => boxAnswer(box, person, date)),
        proof: proof.map(({ unitCode, currency, boxesMinor, ledgerMinor }) => ({
          ...{ unitId: unitCode, currency },
          ...{ boxesMinor: boxesMinor.toString(), ledgerMinor: ledgerMinor.toString() },
        })),
        differences: differences.map(({ unitCode, amountMinor, ...one }) => ({
          ...{ ...one, unitId: unitCode, amountMinor: amountMinor.toString() },
        })),
      };
    },
  );
}

function boxAnswer(box: BoxPage, person: Person, date: string): CashBox {
  const { boxNumber, kind, unitCode, holderLogin, notes } = box;
  const totals = new Map<string, bigint>();
  for (const { currency, faceMinor, count } of notes) {
    totals.set(currency, (totals.get(currency) ?? 0n) + faceMinor * count);
  }
  return {
    ...{ boxNumber, kind, unitId: unitCode, holder: holderLogin },
    own: holderLogin !== null && holderLogin === person.login,
    signedOff: box.signedOffOn === date,
    notes: notes.map(({ currency, faceMinor, count }) => ({
      ...{ currency, faceMinor: faceMinor.toString(), count: count.toString() },
    })),
    totals: [...totals].map(([currency, minor]) => ({ currency, amountMinor: minor.toString() })),
  };
}

function boxRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cash/boxes/:boxNumber',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'One till or vault: its notes, and what happened in it on a date',
        ...{ tags, params: cashBoxParams, querystring: cashBoxQuery },
        response: { 200: cashBoxAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { database, settings } = context;
      const units = await unitsInScope(context, person, 'view_ledger');
      const boxes = await readBoxes(database, settings.cellId, units);
      const { boxNumber } = request.params;
      const box = boxes.find((one) => one.boxNumber === boxNumber);
      if (box === undefined) return sendRefusal(reply, refuse('not_found'));
      const today = await openDate(context);
      const date = request.query.date ?? today;
      const of = { boxNumber, date, max: BOX_LINES_MAX };
      const lines = await readBoxLines(database, settings.cellId, of);
      return {
        ...{ accountingDate: date, box: boxAnswer(box, person, today) },
        lines: lines.map((line) => ({
          ...{ serial: line.serial.toString(), kind: line.kind, currency: line.currency },
          ...{ amountMinor: line.amountMinor.toString(), counterBox: line.counterBox },
          ...{ accountNumber: line.accountNumber, caseNumber: line.caseNumber },
          ...{ at: line.at, login: line.login, checker: line.checkerLogin },
        })),
      };
    },
  );
}

function largeRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cash/large',
    {
      config: { permission: 'view_customers' },
      schema: {
        summary:
          'Customers of the reader’s units whose cash of a date is to be reported (大额现金)',
        ...{ tags, querystring: largeCashQuery, response: { 200: largeCashAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { database, settings } = context;
      const { cellId } = settings;
      const date = request.query.date ?? (await openDate(context));
      const [rule, rates] = await Promise.all([
        parameterOn(database, { cellId, name: 'cash.large_report', date }),
        parameterOn(database, { cellId, name: 'cash.middle_rates', date }),
      ]);
      if (!isValues(rule)) {
        return sendRefusal(reply, refuse('parameter_missing', { name: 'cash.large_report' }));
      }
      const { CNY, USD } = rule;
      const of = { CNY: wholeIn(CNY), USD: wholeIn(USD) };
      const middle = isValues(rates) ? (rates as MiddleRates) : {};
      const found = largeCash(await readCashOfDay(database, cellId, date), of, middle);
      const seen = await inScope(context, person, found);
      return {
        accountingDate: date,
        candidates: seen.map(({ times, yuanMinor, dollarMinor, currencies, reached, ...one }) => ({
          ...{ ...one, times: times.toString(), currencies: [...currencies] },
          ...{ yuanMinor: yuanMinor.toString(), dollarMinor: dollarMinor.toString() },
          reached: [...reached],
        })),
      };
    },
  );
}

function wholeIn(value: unknown): bigint {
  return present(typeof value === 'bigint' ? value : null, 'a standard of the large report');
}

/** Those whose customer is kept at a unit of the reader's. */
async function inScope(
  context: ServerContext,
  person: Person,
  found: readonly LargeCash[],
): Promise<readonly LargeCash[]> {
  const { database, settings } = context;
  const units = new Set(await unitsInScope(context, person, 'view_customers'));
  const seen: LargeCash[] = [];
  for (const one of found) {
    const customer = await readCustomer(database, settings.cellId, one.customerNumber);
    if (customer !== null && units.has(customer.unitCode)) seen.push(one);
  }
  return seen;
}

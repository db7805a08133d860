import {
  type TrialBalanceAnswer,
  trialBalanceAnswer,
  trialBalanceQuery,
} from '../../contract/ledger.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { readBooks, readChart } from '../../store/ledger/books.ts';
import type { ServerContext } from '../context.ts';
import { openDate } from '../guard/books.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };

/** The general ledger of the whole legal entity; it names no customer. */
export function ledgerRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/ledger/trial-balance',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'Trial balance (试算平衡) per book, currency and GL account, with its proof',
        tags: ['ledger'],
        querystring: trialBalanceQuery,
        response: { 200: trialBalanceAnswer, ...refusals },
      },
    },
    async (request) => await trialBalanceOf(context, request.query.date),
  );
}

/** The trial balance of a date, with the names of books and GL accounts; without one, of today. */
export async function trialBalanceOf(
  context: ServerContext,
  wanted: string | undefined,
): Promise<TrialBalanceAnswer> {
  const { database, settings } = context;
  const { cellId } = settings;
  const date = wanted ?? (await openDate(context));
  const balance = await readTrialBalance(database, cellId, date);
  const books = new Map(
    (await readBooks(database, cellId)).map((book) => [book.bookId, book.name]),
  );
  const chart = new Map(
    (await readChart(database, cellId, date)).map((gl) => [gl.glCode, gl.name]),
  );
  return {
    accountingDate: balance.accountingDate,
    rows: balance.rows.map((row) => ({
      ...{ bookId: row.bookId, bookName: books.get(row.bookId) ?? row.bookId },
      ...{ currency: row.currency, glCode: row.glCode },
      glName: chart.get(row.glCode) ?? row.glCode,
      debitMinor: row.debitMinor.toString(),
      creditMinor: row.creditMinor.toString(),
      balanceMinor: row.closingMinor.toString(),
    })),
    totals: balance.totals.map((total) => ({
      ...{ bookId: total.bookId, currency: total.currency },
      debitMinor: total.debitMinor.toString(),
      creditMinor: total.creditMinor.toString(),
      differenceMinor: total.differenceMinor.toString(),
    })),
    interBranch: balance.interBranch.map(({ currency, sumMinor }) => ({
      ...{ currency, sumMinor: sumMinor.toString() },
    })),
  };
}

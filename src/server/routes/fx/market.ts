import { type FxQuote, fxBoardAnswer, fxPositionAnswer } from '../../../contract/fx/market.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { positionsIn, readLimits, standingOf } from '../../../product/fx/limits.ts';
import { positionsOf } from '../../../store/bills/fx-facts.ts';
import { boardLines } from '../../../store/bills/pages.ts';
import { readBooks } from '../../../store/ledger/books.ts';
import { parameterOn } from '../../../store/products/parameters.ts';
import type { ServerContext } from '../../context.ts';
import { booksInScope, openDate } from '../../guard/books.ts';
import { signedIn } from '../../guard/sessions.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['fx'];
const config = { permission: 'view_ledger' } as const;
const linesMax = 100;
/** Without limits there is nothing to compare with; amounts are told all the same. */
const noLimits = { capitalMinor: 1n, netOpenMinor: 0n, warnPpm: 1_000_000n, currencies: {} };

/** The board of prices, and the position with its limits. */
export function fxRoutes(app: App, context: ServerContext): void {
  const { database, settings, clock } = context;
  const { cellId } = settings;
  app.get(
    '/api/fx/board',
    {
      config,
      schema: {
        summary: 'Prices of foreign currencies: the newest line of each, then those before',
        ...{ tags, response: { 200: fxBoardAnswer, ...refusals } },
      },
    },
    async () => {
      const at = clock();
      const lines = await boardLines(database, { cellId, max: linesMax });
      return { at, quotes: lines.map((line) => quoteOf(line, at)) };
    },
  );
  app.get(
    '/api/fx/position',
    {
      config,
      schema: {
        summary: 'Open positions by currency, and the limits for who sees the whole bank',
        ...{ tags, response: { 200: fxPositionAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const books = await booksInScope(context, person);
      const whole = (await readBooks(database, cellId)).every(({ bookId }) => books.has(bookId));
      const date = await openDate(context);
      const limits = readLimits(await parameterOn(database, { cellId, name: 'fx.limits', date }));
      const held = positionsIn(await positionsOf(database, cellId, [...books]));
      const standing = standingOf(held, limits ?? noLimits);
      const seesLimits = whole && limits !== null;
      const { limitMinor, light, shareOfCapitalPpm } = standing;
      const total = { limitMinor: String(limitMinor), light };
      return {
        whole,
        rows: standing.rows.map((row) => ({
          ...{ currency: row.currency, positionMinor: String(row.positionMinor) },
          ...{ bookedMinor: String(row.bookedMinor), worthMinor: String(row.worthMinor) },
          gainMinor: String(row.gainMinor),
          limitMinor: seesLimits ? String(row.limitMinor) : null,
          light: seesLimits ? row.light : null,
        })),
        longMinor: String(standing.longMinor),
        shortMinor: String(standing.shortMinor),
        netOpenMinor: String(standing.netOpenMinor),
        total: seesLimits ? { ...total, shareOfCapitalPpm: String(shareOfCapitalPpm) } : null,
      };
    },
  );
}

function quoteOf(line: Awaited<ReturnType<typeof boardLines>>[number], at: number): FxQuote {
  const text = (name: string) => String(line[name] ?? '');
  const [validFrom, validUntil] = [Number(line.validFromMs), Number(line.untilMs)];
  return {
    ...{ quoteId: text('quoteId'), currency: text('currency'), version: Number(line.version) },
    ...{ per: Number(line.per), cashBid: text('cashBid'), bid: text('bid') },
    ...{ middle: text('middle'), ask: text('ask'), validFrom, validUntil },
    good: validFrom <= at && at < validUntil,
    ...{ madeLogin: text('madeLogin'), checkedLogin: text('checkedLogin') },
    caseNumber: text('caseNumber'),
  };
}

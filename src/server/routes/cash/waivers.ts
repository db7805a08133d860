import { waiversAnswer, waiversQuery } from '../../../contract/cash/waivers.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { pageRowsMax } from '../../../contract/shapes.ts';
import { readWaivers } from '../../../store/fee/charges.ts';
import type { ServerContext } from '../../context.ts';
import { openDate } from '../../guard/books.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import type { App } from '../../typed-app.ts';

/** Fees that were waived in the reader's units, with reason and who approved. */
export function waiverRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/fees/waivers',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'Fees waived in the reader’s units, with reason and authority (减免清单)',
        tags: ['cash'],
        querystring: waiversQuery,
        response: { 200: waiversAnswer, '4xx': refusalShape, '5xx': refusalShape },
      },
    },
    async (request) => {
      const { database, settings } = context;
      const units = await unitsInScope(context, signedIn(request).person, 'view_ledger');
      const to = request.query.to ?? (await openDate(context));
      const from = request.query.from ?? `${to.slice(0, 8)}01`;
      const of = { units, from, to, max: pageRowsMax };
      const waivers = await readWaivers(database, settings.cellId, of);
      return {
        ...{ from, to },
        waivers: waivers.map(({ unitCode, approvedLogin, ...waiver }) => ({
          ...{ ...waiver, unitId: unitCode, approver: approvedLogin },
          standardMinor: waiver.standardMinor.toString(),
          waivedMinor: waiver.waivedMinor.toString(),
        })),
      };
    },
  );
}

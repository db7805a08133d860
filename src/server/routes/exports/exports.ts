import type { ServerContext } from '../../context.ts';
import type { App } from '../../typed-app.ts';
import { entriesExport, glAccountsExport, statementExport, trialBalanceExport } from './ledger.ts';
import { accountsExport, casesExport, customersExport } from './lists.ts';
import { exportRecordRoute } from './records.ts';
import { exportRoute } from './send.ts';

/** What leaves the bank as a table: whole or refused, safe for spreadsheets, counted, recorded. */
export function exportRoutes(app: App, context: ServerContext): void {
  exportRoute(app, context, trialBalanceExport);
  exportRoute(app, context, glAccountsExport);
  exportRoute(app, context, entriesExport);
  exportRoute(app, context, statementExport);
  exportRoute(app, context, casesExport);
  exportRoute(app, context, accountsExport);
  exportRoute(app, context, customersExport);
  exportRecordRoute(app, context);
}

import type { ServerContext } from '../context.ts';
import type { App } from '../typed-app.ts';
import { accountRoutes } from './accounts.ts';
import { caseRoutes } from './cases.ts';
import { customerRoutes } from './customers.ts';
import { dayRoutes } from './day.ts';
import { decisionRoutes } from './decisions.ts';
import { healthRoutes } from './health.ts';
import { insightRoutes } from './insight/analysis.ts';
import { kpiRoutes } from './insight/kpi.ts';
import { viewsRoutes } from './insight/views.ts';
import { workingRoutes } from './insight/working.ts';
import { workspaceRoutes } from './insight/workspace.ts';
import { ledgerRoutes } from './ledger.ts';
import { ledgerDetailRoutes } from './ledger-detail.ts';
import { loanRoutes } from './loan/contracts.ts';
import { noteRoutes } from './loan/notes.ts';
import { openApiRoutes } from './openapi.ts';
import { processRoutes } from './processes.ts';
import { sessionRoutes } from './session.ts';
import { streamRoutes } from './stream.ts';
import { taskCommandRoutes } from './task/commands.ts';
import { taskRoutes } from './tasks.ts';

/** Every route of the server; a new file gets one line here. */
export function registerRoutes(app: App, context: ServerContext): void {
  openApiRoutes(app);
  healthRoutes(app, context);
  sessionRoutes(app, context);
  taskRoutes(app, context);
  taskCommandRoutes(app, context);
  caseRoutes(app, context);
  processRoutes(app, context);
  decisionRoutes(app, context);
  customerRoutes(app, context);
  accountRoutes(app, context);
  loanRoutes(app, context);
  noteRoutes(app, context);
  ledgerRoutes(app, context);
  ledgerDetailRoutes(app, context);
  dayRoutes(app, context);
  insightRoutes(app, context);
  kpiRoutes(app, context);
  viewsRoutes(app, context);
  workspaceRoutes(app, context);
  workingRoutes(app, context);
  streamRoutes(app, context);
}

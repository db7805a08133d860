import type { ServerContext } from '../context.ts';
import type { App } from '../typed-app.ts';
import { accountRoutes } from './accounts.ts';
import { caseRoutes } from './cases.ts';
import { customerRoutes } from './customers.ts';
import { healthRoutes } from './health.ts';
import { ledgerRoutes } from './ledger.ts';
import { openApiRoutes } from './openapi.ts';
import { processRoutes } from './processes.ts';
import { sessionRoutes } from './session.ts';
import { streamRoutes } from './stream.ts';
import { taskRoutes } from './tasks.ts';

/** Every route of the server; a new file gets one line here. */
export function registerRoutes(app: App, context: ServerContext): void {
  openApiRoutes(app);
  healthRoutes(app, context);
  sessionRoutes(app, context);
  taskRoutes(app, context);
  caseRoutes(app, context);
  processRoutes(app, context);
  customerRoutes(app, context);
  accountRoutes(app, context);
  ledgerRoutes(app, context);
  streamRoutes(app, context);
}

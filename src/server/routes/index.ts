import type { ServerContext } from '../context.ts';
import type { App } from '../typed-app.ts';
import { healthRoutes } from './health.ts';
import { openApiRoutes } from './openapi.ts';
import { sessionRoutes } from './session.ts';
import { streamRoutes } from './stream.ts';

/** Every route of the server; a new file gets one line here. */
export function registerRoutes(app: App, context: ServerContext): void {
  openApiRoutes(app);
  healthRoutes(app, context);
  sessionRoutes(app, context);
  streamRoutes(app, context);
}

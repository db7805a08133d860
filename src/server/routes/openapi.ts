import { sendPage } from '../page/console.ts';
import { describedDocument } from '../page/openapi-document.ts';
import { openApiPage } from '../page/openapi-page.ts';
import type { App } from '../typed-app.ts';

/** The description of all routes: for programs, and as a page for people. */
export function openApiRoutes(app: App): void {
  const hidden = { config: { public: true }, schema: { hide: true } };
  app.get('/openapi.json', hidden, async (_request, reply) => {
    return await reply
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(describedDocument(app.swagger())));
  });
  app.get('/openapi', hidden, async (_request, reply) => {
    return await sendPage(reply, openApiPage(describedDocument(app.swagger())));
  });
}

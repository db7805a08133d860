import { liveAnswer, readyAnswer } from '../../contract/health.ts';
import { accountingDateOf } from '../accounting-date.ts';
import type { ServerContext } from '../context.ts';
import type { App } from '../typed-app.ts';

/** Whether the process answers, and whether it can serve. Neither needs a session. */
export function healthRoutes(app: App, context: ServerContext): void {
  app.get(
    '/health/live',
    {
      config: { public: true },
      schema: { summary: 'The process answers', tags: ['health'], response: { 200: liveAnswer } },
    },
    async () => ({ status: 'live' as const }),
  );
  app.get(
    '/health/ready',
    {
      config: { public: true },
      schema: {
        summary: 'The server can serve',
        tags: ['health'],
        response: { 200: readyAnswer, 503: readyAnswer },
      },
    },
    async (_request, reply) => {
      const { version } = context.settings;
      const accountingDate = await accountingDateOf(context).catch((error: unknown) => {
        context.failed(error, 'health/ready');
        return undefined;
      });
      if (accountingDate === undefined) {
        const checks = { database: 'failed' as const, accountingDate: null };
        return reply.code(503).send({ status: 'not_ready', version, checks });
      }
      const checks = { database: 'ok' as const, accountingDate };
      return { status: 'ready' as const, version, checks };
    },
  );
}

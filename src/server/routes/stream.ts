import { refuse } from '../../base/result.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { streamEventShape } from '../../contract/stream.ts';
import type { ServerContext } from '../context.ts';
import { sessionName, signedIn, unitsInScope } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

/** Milliseconds after which a browser asks again when the stream was cut. */
const retryMs = 2_000;

/** Server-sent events: hints that something the reader may see has changed. */
export function streamRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/stream',
    {
      schema: {
        summary: 'Live hints (server-sent events)',
        tags: ['stream'],
        response: { '4xx': refusalShape, '5xx': refusalShape },
      },
    },
    async (request, reply) => {
      const { person, tokenHash, expiresAt } = signedIn(request);
      const { streams, settings } = context;
      if (streams.countOf(person.login) >= settings.streamsPerLoginMax) {
        const streamsMax = String(settings.streamsPerLoginMax);
        return sendRefusal(reply, refuse('too_many_streams', { streamsMax }));
      }
      const units = new Set(await unitsInScope(context, person, 'view_cases'));
      const headers = reply.getHeaders();
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(headers as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      const hello = streamEventShape.parse({ type: 'hello', at: context.clock() });
      reply.raw.write(`retry: ${retryMs}\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`);
      streams.open({
        login: person.login,
        session: sessionName(tokenHash),
        expiresAt,
        response: reply.raw,
        hears: ({ unitCode, customerNumber }) =>
          (unitCode !== null && units.has(unitCode)) ||
          (customerNumber !== null && customerNumber === person.customerNumber),
      });
    },
  );
}

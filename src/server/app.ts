import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  createJsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { newId, type ServerContext } from './context.ts';
import { guardAnswers, guardOrigin } from './guard/security.ts';
import { requireSessions } from './guard/sessions.ts';
import { serveConsole } from './page/console.ts';
import { registerRoutes } from './routes/index.ts';
import { refuseFailure, refuseFailures } from './shape/errors.ts';
import { repeatsKey } from './shape/json-keys.ts';
import type { App } from './typed-app.ts';

/** How long a connection without a request stays open. */
const keepAliveMs = 5_000;

/** A request that has not arrived whole by then is cut off. Answers, such as streams, may last. */
const requestMsMax = 60_000;

/** The whole HTTP application, ready to listen. Order matters: guards first, then routes. */
export async function createApp(
  context: ServerContext,
  consoleFolder: string | null,
): Promise<App> {
  const app = Fastify({
    logger: false,
    bodyLimit: context.settings.bodyBytesMax,
    genReqId: () => newId(context),
    requestIdHeader: false,
    exposeHeadRoutes: true,
    requestTimeout: requestMsMax,
    // A browser keeps its connections open; a server that stops waits no longer for them than this.
    keepAliveTimeout: keepAliveMs,
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => refuseFailure(error, request, reply, context),
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  readJsonOnly(app);
  guardAnswers(app, context.settings);
  refuseFailures(app, context);
  guardOrigin(app, context.settings);
  requireSessions(app, context);
  // Streams never end by themselves; closing would wait for them.
  app.addHook('preClose', async () => context.streams.closeAll());
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Huiliu',
        version: context.settings.version,
        description: 'Processes, money and people of a bank. Money is a string of minor units.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'huiliu_session' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: createJsonSchemaTransform({ skipList: ['/openapi', '/openapi.json'] }),
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(async (scope) => registerRoutes(scope.withTypeProvider(), context));
  await serveConsole(app as unknown as FastifyInstance, consoleFolder);
  return app;
}

/**
 * JSON is the only body taken; the text is kept, so that numbers can be read with all digits. A key
 * that stands twice is refused: two readers could take it for two different requests.
 */
function readJsonOnly(app: App): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('rawBody', '');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    request.rawBody = text;
    if (text === '') done(null, undefined);
    else if (repeatsKey(text)) done(new SyntaxError('a key stands twice in one object'));
    else void parse(request, text, done);
  });
}

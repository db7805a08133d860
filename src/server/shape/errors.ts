import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type Refusal, refuse } from '../../base/result.ts';
import { DatabaseUnavailable } from '../../store/database.ts';
import type { ServerContext } from '../context.ts';
import { sendRefusal } from './answers.ts';

/**
 * Every way a request can fail that no route foresaw becomes a refusal of the closed list. What
 * only a wrong program can cause is `internal_error`: its words go to the log with the reference,
 * never to the client.
 */
export function refuseFailures(app: FastifyInstance, context: ServerContext): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    refuseFailure(error, request, reply, context),
  );
}

/** One failure as its refusal; also for those fastify finds before it looks for a route. */
export function refuseFailure(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServerContext,
): never {
  const refusal = refusalOf(error, request);
  if (refusal.code === 'internal_error') context.failed(error, request.id);
  return sendRefusal(reply, refusal);
}

/** The answer to an address nobody serves. Only the path is repeated, without what was asked. */
export function refuseUnknownRoute(request: FastifyRequest, reply: FastifyReply): never {
  const path = (request.url.split('?', 1)[0] ?? '').slice(0, 100);
  return sendRefusal(reply, refuse('route_not_found', { path }));
}

function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const path = (first?.instancePath ?? '').replace(/\/$/, '');
    const place = `${error.validationContext ?? 'body'}${path}`;
    return refuse('request_not_valid', { field: place, rule: ruleOf(first) });
  }
  if (error instanceof DatabaseUnavailable) {
    return refuse('database_unavailable', { committed: 'no' });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('body_too_large', { bytesMax: String(request.routeOptions.bodyLimit) });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('media_type_not_supported');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse('json_not_valid');
    default:
      break;
  }
  if (error instanceof SyntaxError) return refuse('json_not_valid');
  if (error.statusCode === 404) {
    return refuse('route_not_found', { path: request.routeOptions.url ?? '' });
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse('request_not_valid', { field: 'request', rule: error.code });
  }
  return refuse('internal_error', { reference: request.id });
}

/** What the shape wanted, in its own short word, such as invalid_type or unrecognized_keys. */
function ruleOf(issue: { keyword?: string; params?: unknown } | undefined): string {
  const keyword = issue?.keyword ?? 'invalid';
  const { params } = issue ?? {};
  if (typeof params !== 'object' || params === null) return keyword;
  if ('keys' in params && Array.isArray(params.keys)) {
    return `${keyword}: ${params.keys.slice(0, 3).map(shortened).join(', ')}`;
  }
  return 'expected' in params && typeof params.expected === 'string'
    ? `${keyword}: ${params.expected}`
    : keyword;
}

function shortened(key: unknown): string {
  return String(key).slice(0, 40);
}

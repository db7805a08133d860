import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../../base/result.ts';
import type { ServerSettings } from '../settings.ts';
import { sendRefusal } from '../shape/answers.ts';

/** Name of the session cookie. */
export const sessionCookie = 'huiliu_session';

/**
 * Headers of every answer. Pages that people look at replace the policy by one with a nonce
 * (`pagePolicy`); everything else may load nothing and be framed by nobody.
 */
export function guardAnswers(app: FastifyInstance, settings: ServerSettings): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
      'cache-control': 'no-store',
    });
    if (settings.https) {
      reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    }
  });
}

/** Policy of a page: own scripts only; styles of our own and those that carry this nonce. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Policy of a file of the console. A shared worker lives by the policy of its own file, and the one
 * of the live screens opens a stream to this server and loads a script of ours.
 */
export const assetPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A write that may ride on a cookie must come from a page of ours (CSRF). A browser names the
 * page's origin on every write; a program that signs with a bearer token is not concerned. Signing
 * in is checked only when an origin is named, because a program has no cookie yet.
 */
export function guardOrigin(app: FastifyInstance, settings: ServerSettings): void {
  app.addHook('onRequest', async (request, reply) => {
    if (readingMethods.has(request.method)) return;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreign =
      origin === undefined ? site !== undefined && site !== 'same-origin' : !isOwn(origin);
    const ridesOnCookie =
      cookieToken(request) !== null && request.headers.authorization === undefined;
    if (foreign || (ridesOnCookie && origin === undefined && site !== 'same-origin')) {
      return sendRefusal(reply, refuse('origin_not_allowed'));
    }
    function isOwn(named: string): boolean {
      const own = `${settings.https ? 'https' : 'http'}://${request.headers.host ?? ''}`;
      return named === own || settings.origins.includes(named);
    }
  });
}

/** The session token in the cookie, or null. Of several cookies of one name the first counts. */
export function cookieToken(request: FastifyRequest): string | null {
  const header = request.headers.cookie ?? '';
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === sessionCookie && value !== undefined && value !== '') return value;
  }
  return null;
}

/** The Set-Cookie value that keeps a token, or with null the one that forgets it. */
export function cookieHeader(
  token: string | null,
  settings: ServerSettings,
  secondsMax: number,
): string {
  const life = token === null ? 0 : secondsMax;
  const flags = `HttpOnly; SameSite=Strict${settings.https ? '; Secure' : ''}`;
  return `${sessionCookie}=${token ?? ''}; Path=/; Max-Age=${life}; ${flags}`;
}

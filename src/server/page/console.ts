import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assetPolicy, pagePolicy } from '../guard/security.ts';
import { refuseUnknownRoute } from '../shape/errors.ts';

/** The place the build leaves for the nonce of a page's styles. */
const noncePlace = '__NONCE__';

/**
 * Serves the built console: files with a hash in their name for a year and precompressed where the
 * build made a .gz beside them, index.html fresh with its own nonce for every page of the console.
 * Without a built console every page is a refusal; the API works all the same.
 */
export async function serveConsole(app: FastifyInstance, folder: string | null): Promise<void> {
  const page = folder === null ? null : await readPage(folder);
  app.setNotFoundHandler((request, reply) =>
    page !== null && isPage(request) ? sendPage(reply, page) : refuseUnknownRoute(request, reply),
  );
  if (folder === null || page === null) return;
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    globIgnore: ['**/index.html', '**/*.gz', '**/*.br', '.vite/**'],
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('content-security-policy', assetPolicy);
      const hashed = path.includes('/assets/');
      void reply.header(
        'cache-control',
        hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

async function readPage(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A person's browser asking for a page, not a program for data or a file that is not there. */
function isPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  const reading = request.method === 'GET' || request.method === 'HEAD';
  const ours = /^\/(api|health|assets)(\/|$)/.test(path) || /\.[a-z0-9]{1,8}$/i.test(path);
  return reading && !ours && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');
}

/** Sends a page with a fresh nonce in its text and in its policy. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .code(200)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy(nonce),
    })
    .send(page.replaceAll(noncePlace, nonce));
}

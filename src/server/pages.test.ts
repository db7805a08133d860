import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../runtime/clock.ts';
import { createRuntime } from '../runtime/runtime.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { type RunningServer, startServer } from './start.ts';
import { call, testPasswordCost } from './testing.ts';

let store: TestDatabase;
let server: RunningServer;
let consoleFolder: string;
const clock = () => Date.UTC(2026, 10, 20, 2);

beforeAll(async () => {
  store = await testDatabase();
  consoleFolder = await makeConsole();
  const { database } = store;
  const runtime = createRuntime({ database, clock, random: systemRandom });
  server = await startServer({
    ...{ database, runtime, consoleFolder, clock },
    settings: { port: 0, version: '1.2.3', passwordCost: testPasswordCost },
  });
});
afterAll(async () => {
  await server.close();
  await store.drop();
  await rm(consoleFolder, { recursive: true, force: true });
});

async function makeConsole(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-console-'));
  await mkdir(join(folder, 'assets'));
  const page = '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><div id="root"></div>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'export const answer = 42;');
  await writeFile(join(folder, 'assets/app-1a2b.js.gz'), gzipSync('export const answer = 42;'));
  return folder;
}

describe('the console', () => {
  const page = (path: string) =>
    call(server.address, 'GET', path, { headers: { accept: 'text/html' } });

  test.each(['/', '/tasks', '/cases/DK20261120000001'])('%s is the page', async (path) => {
    const answer = await page(path);
    expect(answer.status).toBe(200);
    const nonce = /nonce="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('two pages have two nonces', async () => {
    expect((await page('/')).text).not.toBe((await page('/')).text);
  });

  test('a hashed file is kept for a year, and sent compressed', async () => {
    const answer = await call(server.address, 'GET', '/assets/app-1a2b.js');
    // A shared worker of the console opens its stream under the policy of its own file.
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(answer.text).toContain('42');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/../package.json', '/assets/..%2f..%2fpackage.json', '/.vite/manifest.json'])(
    'nothing outside it is served: %s',
    async (path) => {
      const answer = await rawGet(path);
      expect(answer.text).not.toContain('"name"');
      expect(answer.status).toBeGreaterThanOrEqual(400);
    },
  );
});

/** fetch tidies a path before sending it; this does not. */
async function rawGet(path: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.address);
  return await new Promise((resolve, reject) => {
    const sent = httpRequest({ host: hostname, port, path }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('every answer', () => {
  test.each(['/health/live', '/api/session', '/', '/openapi.json', '/nowhere.txt'])(
    '%s carries the guards',
    async (path) => {
      const { headers } = await call(server.address, 'GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('server')).toBeNull();
    },
  );
});

describe('health and description', () => {
  test('live and ready', async () => {
    expect((await call(server.address, 'GET', '/health/live')).body).toEqual({ status: 'live' });
    const ready = await call(server.address, 'GET', '/health/ready');
    expect(ready.body).toMatchObject({ status: 'ready', version: '1.2.3' });
  });

  test('OpenAPI 3.1 names every route, every reference leads somewhere', async () => {
    const { body, text } = await call(server.address, 'GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/session', '/api/stream', '/health/live', '/health/ready']),
    );
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const named = new Set(references.map((match) => match[1]));
    expect(Object.keys(body.components.schemas).sort()).toEqual([...named].sort());
    expect(body.components.schemas.SignIn).toMatchObject({
      ...{ additionalProperties: false, required: ['login', 'password'] },
    });
  });

  test('OpenAPI operations are whole: answers, path parameters, key, session', async () => {
    const { body } = await call(server.address, 'GET', '/openapi.json');
    type Described = { parameters?: { name: string; in: string }[]; security: object[] };
    for (const [path, methods] of Object.entries<Record<string, Described>>(body.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const [method, operation] of Object.entries(methods)) {
        const of = (place: string) =>
          (operation.parameters ?? []).filter((one) => one.in === place).map((one) => one.name);
        expect([path, of('path')]).toEqual([path, inPath]);
        const isWrite = method !== 'get' && !path.startsWith('/api/session');
        expect([path, of('header')]).toEqual([path, isWrite ? ['Idempotency-Key'] : []]);
        expect(operation).toHaveProperty('summary');
        const statuses = Object.keys((operation as { responses?: object }).responses ?? {});
        expect(statuses).toContain('200');
        for (const status of statuses) expect(status).toMatch(/^([2-5]\d\d|[45]XX)$/);
        const isOpen = !path.startsWith('/api/') || (path === '/api/session' && method === 'post');
        expect([path, method, operation.security.length]).toEqual([path, method, isOpen ? 0 : 2]);
      }
    }
  });

  test('no route of the API answers without a session', async () => {
    const { body } = await call(server.address, 'GET', '/openapi.json');
    let asked = 0;
    for (const [path, methods] of Object.entries<Record<string, { security: object[] }>>(
      body.paths,
    )) {
      for (const [method, { security }] of Object.entries(methods)) {
        if (security.length === 0) continue;
        const place = path.replace(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
        const json = method === 'get' ? undefined : {};
        const answer = await call(server.address, method.toUpperCase(), place, { json });
        expect([path, method, answer.status]).toEqual([path, method, 401]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(25);
  });

  test('the readable page shows the routes and loads nothing', async () => {
    const answer = await call(server.address, 'GET', '/openapi');
    expect(answer.text).toContain('/api/session');
    expect(answer.text).not.toMatch(/<script|https?:\/\/(?!127)/);
    expect(answer.headers.get('content-security-policy')).toContain('nonce-');
  });
});

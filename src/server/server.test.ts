import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '../base/result.ts';
import { systemRandom } from '../runtime/clock.ts';
import { createRuntime, type Runtime } from '../runtime/runtime.ts';
import {
  defineRole,
  defineStaffPosition,
  employ,
  fillPosition,
} from '../store/people/employees.ts';
import { openLogin } from '../store/people/logins.ts';
import { hashPassword } from '../store/people/passwords.ts';
import { openUnit } from '../store/people/units.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { type RunningServer, startServer } from './start.ts';
import { call, must, newKey, signInAs, testPasswordCost } from './testing.ts';

let store: TestDatabase;
let runtime: Runtime;
let server: RunningServer;
const password = 'correct horse battery';
const today = '2026-11-20';
/** The clock of the server under test; a test may move it forward. */
let now = Date.UTC(2026, 10, 20, 2);
const cell = 1;
const failures: unknown[] = [];

beforeAll(async () => {
  store = await testDatabase();
  runtime = createRuntime({ database: store.database, clock: () => now, random: systemRandom });
  await makePeople();
  server = await startServer({
    ...{ database: store.database, runtime, consoleFolder: null, clock: () => now },
    settings: {
      ...{ port: 0, version: '1.2.3', passwordCost: testPasswordCost, bodyBytesMax: 2_000 },
      ...{ lockout: { failuresMax: 3, lockMs: 60_000 }, signInFailuresPerMinuteMax: 8 },
      ...{ streamsPerLoginMax: 2 },
    },
    failed: (error) => failures.push(error),
  });
});
afterAll(async () => {
  await server.close();
  await store.drop();
});

async function makePeople(): Promise<void> {
  const hash = await hashPassword(password, testPasswordCost);
  const passwordHash = hash.ok ? hash.value : '';
  await must(store.database, async (transaction) => {
    const unit = {
      name: '总行',
      nameEn: 'Head office',
      outOfTown: false,
      accountingUnitCode: null,
    };
    const head = { ...unit, unitCode: '000', kind: 'head_office' as const, parentCode: null };
    await openUnit(transaction, cell, { ...head, officeLayer: 'middle' }, today);
    const role = { roleCode: 'auditor', name: '稽核员', nameEn: 'Auditor', permissions: [] };
    await defineRole(transaction, cell, role);
    const seat = { positionCode: 'auditor', name: '稽核员', nameEn: 'Auditor', monthsMax: null };
    await defineStaffPosition(transaction, cell, { ...seat, roleCodes: ['auditor'] });
    const person = { employeeNumber: '100001', name: '周明', employedFrom: today };
    await employ(transaction, cell, person);
    const holding = { employeeNumber: '100001', positionCode: 'auditor', unitCode: '000' };
    const granted = { isMain: true, effectiveFrom: today, grantedLogin: 'system' };
    await fillPosition(transaction, cell, { id: newKey(now), ...holding, ...granted });
    for (const login of ['zhou.ming', 'zhou.locked', 'zhou.closed', 'zhou.streams']) {
      await openLogin(transaction, cell, {
        ...{ login, kind: 'employee', employeeNumber: '100001', customerNumber: null },
        ...{ tellerNumber: login === 'zhou.ming' ? '000001' : null, passwordHash },
        ...{ language: 'zh-CN', createdAt: now, createdLogin: 'system' },
      });
    }
    return ok(null);
  });
  await store.ownerDatabase.query(
    "update user_login set status = 'suspended' where login = 'zhou.closed'",
  );
}

const post = (path: string, json: unknown, headers = {}) =>
  call(server.address, 'POST', path, { json, headers });

describe('signing in', () => {
  test('gives a token, a strict cookie and who it is', async () => {
    const answer = await post('/api/session', { login: 'zhou.ming', password });
    expect(answer.status).toBe(200);
    expect(answer.body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(answer.body.user).toMatchObject({
      ...{ login: 'zhou.ming', kind: 'employee', name: '周明', employeeNumber: '100001' },
      ...{ tellerNumber: '000001', position: { 'zh-CN': '稽核员', en: 'Auditor' } },
      ...{ unit: { unitId: '000', kind: 'head_office' }, roles: [{ role: 'auditor' }] },
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain(`huiliu_session=${answer.body.token};`);
    expect(cookie).toContain('HttpOnly; SameSite=Strict');
  });

  test('the token is nowhere in the database', async () => {
    const token = await signInAs(server.address, 'zhou.ming', password);
    const rows = await store.database.query<{ found: bigint }>(
      `select count(*) as found from session
       where position(convert_to($1, 'UTF8') in token_hash) > 0`,
      [token],
    );
    expect(rows[0]?.found).toBe(0n);
  });

  test.each([
    ['a wrong password', 'zhou.ming', 'incorrect horse', 401, 'sign_in_refused'],
    ['no such login', 'nobody', 'incorrect horse', 401, 'sign_in_refused'],
    ['a suspended login', 'zhou.closed', password, 401, 'sign_in_refused'],
    ['SQL in the login', "' or 1=1 --", password, 401, 'sign_in_refused'],
  ])('is refused for %s, in the same words', async (_name, login, given, status, code) => {
    const answer = await post('/api/session', { login, password: given });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message['zh-CN']).toMatch(/用户名或密码不正确/);
    expect(answer.body.message.en).toMatch(/login or the password/);
    expect(answer.body.facts).toEqual({});
    expect(answer.body.reference).toMatch(/^[0-9a-f-]{36}$/);
    now += 60_000;
  });

  test('locks after so many failures, even for the right password, and opens again', async () => {
    const attempt = (given: string) =>
      post('/api/session', { login: 'zhou.locked', password: given });
    for (let failure = 0; failure < 3; failure += 1) {
      expect((await attempt('incorrect horse')).body.code).toBe('sign_in_refused');
    }
    const locked = await attempt(password);
    expect([locked.status, locked.body.code]).toEqual([423, 'login_locked']);
    expect(locked.body.facts).toEqual({ minutes: '1' });
    now += 60_000;
    expect((await attempt(password)).status).toBe(200);
  });

  test('locks a login that does not exist just the same', async () => {
    const attempt = () => post('/api/session', { login: 'no.one.here', password });
    for (let failure = 0; failure < 3; failure += 1) {
      expect((await attempt()).body.code).toBe('sign_in_refused');
    }
    const locked = await attempt();
    expect([locked.status, locked.body]).toMatchObject([423, { code: 'login_locked' }]);
    now += 60_000;
    expect((await attempt()).body.code).toBe('sign_in_refused');
    now += 60_000;
  });

  test('a terminal that guesses must wait, and is told for how long', async () => {
    now += 60_000;
    for (let failure = 0; failure < 8; failure += 1) {
      await post('/api/session', { login: `nobody${failure}`, password: 'incorrect horse' });
    }
    const waiting = await post('/api/session', { login: 'zhou.ming', password });
    expect([waiting.status, waiting.body.code]).toEqual([429, 'too_many_sign_ins']);
    expect(waiting.headers.get('retry-after')).toBe('60');
    now += 60_000;
    expect((await post('/api/session', { login: 'zhou.ming', password })).status).toBe(200);
  });

  test('every attempt is written down, without what was typed as an unknown login', async () => {
    const rows = await store.database.query<{ outcome: string; login: string | null }>(
      'select distinct outcome, login from sign_in_attempt order by outcome, login',
    );
    expect(rows.map((row) => row.outcome)).toContain('locked');
    expect(rows.filter((row) => row.outcome === 'unknown_login')).toEqual([
      { outcome: 'unknown_login', login: null },
    ]);
  });
});

describe('a session', () => {
  const who = (token: string) => call(server.address, 'GET', '/api/session', { token });

  test('is known by token or cookie and ends at sign-out', async () => {
    const token = await signInAs(server.address, 'zhou.ming', password);
    expect((await who(token)).body.user.login).toBe('zhou.ming');
    const cookie = { cookie: `other=1; huiliu_session=${token}` };
    const byCookie = await call(server.address, 'GET', '/api/session', { headers: cookie });
    expect(byCookie.status).toBe(200);
    const out = await call(server.address, 'DELETE', '/api/session', { token });
    expect([out.status, out.body]).toEqual([200, { signedOut: true }]);
    expect(out.headers.get('set-cookie')).toContain('huiliu_session=; Path=/; Max-Age=0');
    const after = await who(token);
    expect([after.status, after.body.code]).toEqual([401, 'not_signed_in']);
  });

  test('a second sign-in replaces the one the browser carried', async () => {
    const former = await signInAs(server.address, 'zhou.ming', password);
    const headers = { cookie: `huiliu_session=${former}`, origin: server.address };
    const answer = await post('/api/session', { login: 'zhou.ming', password }, headers);
    expect(answer.status).toBe(200);
    expect((await who(former)).status).toBe(401);
    expect((await who(answer.body.token)).status).toBe(200);
  });

  test('ends without use', async () => {
    const token = await signInAs(server.address, 'zhou.ming', password);
    now += 30 * 60_000;
    expect((await who(token)).status).toBe(401);
  });

  test('ends at once when its login is suspended', async () => {
    const token = await signInAs(server.address, 'zhou.streams', password);
    const set = (status: string) =>
      store.ownerDatabase.query('update user_login set status = $1 where login = $2', [
        status,
        'zhou.streams',
      ]);
    await set('suspended');
    expect((await who(token)).status).toBe(401);
    await set('active');
  });

  test.each([
    ['none', ''],
    ['garbage', 'x'],
    ['a token nobody has', 'A'.repeat(43)],
  ])('with %s is none', async (_name, token) => {
    const answer = await who(token);
    expect([answer.status, answer.body.code]).toEqual([401, 'not_signed_in']);
  });

  test('signs on for the day once, at a place where the person works', async () => {
    const token = await signInAs(server.address, 'zhou.ming', password);
    const path = '/api/session/sign-on';
    const put = (json: unknown) => call(server.address, 'PUT', path, { token, json });
    expect((await put({ unitId: '999' })).body.code).toBe('not_permitted');
    expect((await put({})).body.signOn).toMatchObject({ unitId: '000', signedOffAt: null });
    expect((await put({})).body.code).toBe('already_signed_on');
    expect((await who(token)).body.signOn).toMatchObject({ unitId: '000' });
    const off = await call(server.address, 'DELETE', path, { token });
    expect(off.body.signOn.signedOffAt).toBe(now);
    expect((await call(server.address, 'DELETE', path, { token })).body.code).toBe('not_signed_on');
  });
});

describe('a write that rides on a cookie', () => {
  test.each([
    ['own origin', () => ({ origin: server.address }), 200],
    ['same-origin by the browser', () => ({ 'sec-fetch-site': 'same-origin' }), 200],
    ['a foreign origin', () => ({ origin: 'https://evil.example' }), 403],
    ['the null origin', () => ({ origin: 'null' }), 403],
    ['a foreign site by the browser', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['no origin at all', () => ({}), 403],
  ] as const)('from %s', async (_name, headers, status) => {
    const token = await signInAs(server.address, 'zhou.ming', password);
    const answer = await call(server.address, 'DELETE', '/api/session', {
      headers: { cookie: `huiliu_session=${token}`, ...headers() },
    });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('origin_not_allowed');
  });

  test('signing in from a foreign page is refused too', async () => {
    const json = { login: 'zhou.ming', password };
    const answer = await post('/api/session', json, { origin: 'https://evil.example' });
    expect(answer.body.code).toBe('origin_not_allowed');
  });
});

describe('requests that are not as they should be', () => {
  const signIn = (text: string, type = 'application/json') =>
    call(server.address, 'POST', '/api/session', { text, headers: { 'content-type': type } });

  test.each([
    ['an unknown key', '{"login":"a","password":"b","role":"x"}', 400, 'request_not_valid'],
    ['a wrong type', '{"login":1,"password":"b"}', 400, 'request_not_valid'],
    ['a missing key', '{"login":"a"}', 400, 'request_not_valid'],
    ['not an object', '[]', 400, 'request_not_valid'],
    ['nothing', '', 400, 'request_not_valid'],
    ['broken JSON', '{"login":', 400, 'json_not_valid'],
    ['a key twice', '{"login":"a","login":"b","password":"c"}', 400, 'json_not_valid'],
    ['a key twice, escaped', '{"login":"a","lo\\u0067in":"b"}', 400, 'json_not_valid'],
    ['a poisoned key', '{"__proto__":{"x":1},"login":"a","password":"b"}', 400, 'json_not_valid'],
    ['too much', `{"login":"${'a'.repeat(2_000)}"}`, 413, 'body_too_large'],
  ])('%s', async (_name, text, status, code) => {
    const answer = await signIn(text);
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
    expect(answer.body.message.en).not.toContain('{');
  });

  test('an unknown key is named', async () => {
    const answer = await signIn('{"login":"a","password":"b","role":"x"}');
    expect(answer.body.facts).toEqual({ field: 'body', rule: 'unrecognized_keys: role' });
  });

  test('another media type', async () => {
    const answer = await signIn('{"login":"a","password":"b"}', 'text/plain');
    expect([answer.status, answer.body.code]).toEqual([415, 'media_type_not_supported']);
  });

  test.each([
    ['GET', '/api/nothing', 404, 'route_not_found'],
    ['PATCH', '/api/session', 404, 'route_not_found'],
    ['GET', '/api/%zz', 400, 'request_not_valid'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await call(server.address, method, path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('the live stream', () => {
  const open = async (token: string, stop: AbortController) =>
    await fetch(`${server.address}/api/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });

  test('says hello, is limited per login, and is forgotten when closed', async () => {
    const token = await signInAs(server.address, 'zhou.streams', password);
    const stop = new AbortController();
    const first = await open(token, stop);
    expect(first.headers.get('content-type')).toContain('text/event-stream');
    const chunk = await first.body?.getReader().read();
    expect(new TextDecoder().decode(chunk?.value)).toContain('event: hello');
    expect((await open(token, stop)).status).toBe(200);
    const third = await open(token, stop);
    expect(third.status).toBe(429);
    expect(await third.json()).toMatchObject({ code: 'too_many_streams' });
    stop.abort();
    await expect
      .poll(async () => {
        const again = new AbortController();
        const { status } = await open(token, again);
        again.abort();
        return status;
      })
      .toBe(200);
  });

  test('ends when its session is signed out', async () => {
    const token = await signInAs(server.address, 'zhou.streams', password);
    const stream = await open(token, new AbortController());
    expect(stream.status).toBe(200);
    await call(server.address, 'DELETE', '/api/session', { token });
    expect(await stream.text()).toContain('hello');
  });

  test('does not keep the server from stopping', async () => {
    const other = await startServer({
      ...{ database: store.database, runtime, consoleFolder: null, clock: () => now },
      settings: { port: 0, passwordCost: testPasswordCost },
    });
    const token = await signInAs(other.address, 'zhou.ming', password);
    const stream = await fetch(`${other.address}/api/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const begun = performance.now();
    await other.close();
    await other.close();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await stream.text()).toContain('hello');
  });
});

test('a taken port is the error of the system', async () => {
  const port = Number(new URL(server.address).port);
  const start = startServer({
    ...{ database: store.database, runtime, consoleFolder: null, clock: () => now },
    settings: { port },
  });
  await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('nothing of all this was an error of the program', () => {
  expect(failures).toEqual([]);
});

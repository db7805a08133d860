import { randomBytes } from 'node:crypto';
import { assert } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { UUID_RANDOM_BYTES, uuidV7 } from '../base/uuid.ts';
import type { SignInAnswer } from '../contract/session.ts';
import type { Database, Transaction } from '../store/database.ts';

/** Cheap enough for tests; a real server takes the settings' default. */
export const testPasswordCost = { memoryKib: 64, passes: 1, lanes: 1 };

/** What came back: status, headers, and the body read as JSON (undefined when it is none). */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // A test looks into the answer freely; its shape is what the test is about.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  readonly body: any;
};

export type CallOptions = {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
};

/** Calls a route of a running server, as a program with a bearer token would. */
export async function call(
  address: string,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { ...options.headers };
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  const text = options.json === undefined ? options.text : JSON.stringify(options.json);
  if (text !== undefined) headers['content-type'] ??= 'application/json';
  const body = text === undefined ? {} : { body: text };
  const response = await fetch(address + path, { method, headers, ...body, redirect: 'manual' });
  const answer = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
  const { status } = response;
  return {
    ...{ status, headers: response.headers, text: answer },
    body: isJson ? JSON.parse(answer) : undefined,
  };
}

/** Signs in and gives the token. */
export async function signInAs(address: string, login: string, password: string): Promise<string> {
  const answer = await call(address, 'POST', '/api/session', { json: { login, password } });
  assert(answer.status === 200, `${login} signs in: ${answer.text}`);
  return (answer.body as SignInAnswer).token;
}

/** A new idempotency key. */
export function newKey(at: number): string {
  return uuidV7(at, randomBytes(UUID_RANDOM_BYTES));
}

/** Does the work in one transaction, in which nothing may be refused. */
export async function must<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result<T>>,
): Promise<T> {
  const result = await database.transaction(work);
  assert(result.ok, `nothing is refused: ${JSON.stringify(result)}`);
  return result.value;
}

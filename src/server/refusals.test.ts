import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRefusalCode } from '../contract/refusals/index.ts';
import { serverRefusals } from '../contract/refusals/server.ts';
import { statusOf } from './shape/answers.ts';

/** The text of the program files of a folder, without tests. */
function textOf(folder: string): string {
  const root = join(import.meta.dirname, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}

/** The codes that a text refuses with. */
function codesIn(text: string): string[] {
  return [...text.matchAll(/\brefuse\(\s*'([a-z_]+)'/g)].map((match) => match[1] ?? '');
}

const refused = codesIn(`${textOf('.')}\n${textOf('../store/people')}`);

test('every code that sign-in, sessions, people and routes refuse with has its words', () => {
  expect(refused.length).toBeGreaterThan(30);
  expect(refused.filter((code) => !isRefusalCode(code))).toEqual([]);
});

test('no words without a refusal', () => {
  // Keys of writes are looked up by the runtime, on behalf of the server.
  const used = new Set([...refused, ...codesIn(textOf('../runtime'))]);
  expect(Object.keys(serverRefusals).filter((code) => !used.has(code))).toEqual([]);
});

test.each([
  ['not_signed_in', 401],
  ['not_found', 404],
  ['internal_error', 500],
  ['credit_line_expired', 422],
] as const)('%s is %d', (code, status) => {
  expect(statusOf(code)).toBe(status);
});

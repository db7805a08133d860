import { describe, expect, test } from 'vitest';
import { isRefusalCode, refusalCodes, refusalTables, refusalText } from './index.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('refusal tables', () => {
  test('every code stands once in the whole system', () => {
    const all = refusalTables.flatMap((table) => Object.keys(table));
    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
    expect(refusalCodes()).toHaveLength(all.length);
  });

  test.each(refusalTables.flatMap((table) => Object.entries(table)))(
    '%s speaks both languages and names the same facts in each',
    (code, text) => {
      expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
      expect(text.en).not.toMatch(/\p{Script=Han}/u);
      expect(places(text.en)).toEqual(places(text['zh-CN']));
    },
  );
});

test.each([
  ['en', 'login_locked', { minutes: '15' }, /^Too many failed sign-ins: .* in 15 minutes/],
  ['zh-CN', 'login_locked', { minutes: '15' }, /在15分钟后再试/],
  ['en', 'login_locked', {}, /\{minutes\}/],
  ['en', 'login_locked', { minutes: '{minutes}$&' }, /\{minutes\}\$&/],
  ['en', 'no_such_code', {}, /^no_such_code$/],
] as const)('text in %s of %s with %o', (language, code, facts, expected) => {
  expect(refusalText(code, language, facts)).toMatch(expected);
});

test('a code is known or not', () => {
  expect(isRefusalCode('not_found')).toBe(true);
  expect(isRefusalCode('constructor')).toBe(false);
});

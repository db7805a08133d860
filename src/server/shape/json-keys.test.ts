import { expect, test } from 'vitest';
import { repeatsKey } from './json-keys.ts';

test.each([
  ['{}', false],
  ['{"a":1,"b":{"a":2}}', false],
  ['{"a":1,"a":2}', true],
  ['{"a":{"x":1},"b":{"x":1,"y":2,"x":3}}', true],
  ['[{"a":1},{"a":2}]', false],
  ['{"a":["b","b"],"b":"a"}', false],
  ['{"a":"a:\\"a\\":1","b":1}', false],
  ['{"a":1,"\\u0061":2}', true],
  ['{"a":"}","b":"{","a":1}', true],
  ['"a":"a"', false],
] as const)('%s', (text, expected) => {
  expect(repeatsKey(text)).toBe(expected);
});

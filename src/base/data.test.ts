import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValues, encodeValues, equalValue, parseValues, type Value } from './data.ts';
import { parseNumeric } from './decimal.ts';

test.each([
  '{"amountMinor":3000000000}',
  '{"big":9007199254740993,"rate":0.1,"tiny":0.00000000000000000000000000000001}',
  '{"list":[1,[],{"a":null}],"ok":true,"text":"\\"{[\\n中文"}',
  '{"__proto__":{"x":1},"constructor":"a"}',
  '{}',
])('%s comes back as it was', (text) => {
  expect(encodeValues(decodeValues(text))).toBe(text);
});

test.each([
  ['', 'values_not_json'],
  ['{"a":1', 'values_not_json'],
  ['{"a":1e99999}', 'values_not_json'],
  ['[1]', 'values_not_an_object'],
  ['1', 'values_not_an_object'],
  [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'values_too_deep'],
])('refuses %.20s as %s', (text, code) => {
  expect(parseValues(text)).toMatchObject({ ok: false, code });
});

test.each([1, 0.5, undefined, Number.NaN])('the JavaScript value %s is no value', (value) => {
  expect(() => encodeValues({ a: [value as unknown as Value] })).toThrow('JavaScript number');
});

test('a number with a fraction of zeros is an integer', () => {
  expect(decodeValues('{"a":1.00,"b":1E2}')).toEqual({ a: 1n, b: 100n });
});

const anyValue = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }),
    fc
      .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 30 }))
      .map(([digits, scale]) => parseNumeric(`${digits}e-${scale}`) as Value),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('any value comes back exactly', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(equalValue(decodeValues(encodeValues({ value })).value ?? null, value)).toBe(true);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { Decimal } from '../../base/decimal.ts';
import { bodyValues, jsonValues } from './values.ts';

describe('values from a body', () => {
  test.each([
    ['money as digits', '{"values":{"amountMinor":"300000000"}}', { amountMinor: 300000000n }],
    ['money as a number', '{"values":{"amountMinor":300000000}}', { amountMinor: 300000000n }],
    ['a rate', '{"values":{"ratePpm":"36500"}}', { ratePpm: 36500n }],
    ['other digits stay text', '{"values":{"phone":"13800000000"}}', { phone: '13800000000' }],
    ['no money at all', '{"values":{"amountMinor":"3e8"}}', { amountMinor: '3e8' }],
    ['more digits than a float', '{"values":{"n":9007199254740993}}', { n: 9007199254740993n }],
    ['a list', '{"values":{"sharesMinor":["1","2"]}}', { sharesMinor: [1n, 2n] }],
    ['nested', '{"values":{"a":{"b":[{"cMinor":"7"}]}}}', { a: { b: [{ cMinor: 7n }] } }],
    ['none', '{}', {}],
    ['an empty body', '', {}],
  ])('%s', (_name, text, values) => {
    expect(bodyValues(text)).toEqual({ ok: true, value: values });
  });

  test('nested too deep is refused', () => {
    const text = `{"values":${'['.repeat(300)}${']'.repeat(300)}}`;
    expect(bodyValues(text)).toMatchObject({ ok: false, code: 'values_too_deep' });
  });
});

test('values in an answer keep every digit', () => {
  const rate = bodyValues('{"values":{"share":0.1234567890123456789}}');
  const share = rate.ok ? rate.value.share : null;
  expect(share).toBeInstanceOf(Decimal);
  const values = { amountMinor: 5n, count: 9007199254740993n, share: share ?? null, list: [1n] };
  expect(JSON.stringify(jsonValues(values))).toBe(
    '{"amountMinor":"5","count":9007199254740993,"share":0.1234567890123456789,"list":[1]}',
  );
});

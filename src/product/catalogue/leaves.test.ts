import { expect, test } from 'vitest';
import { differencesOf, leavesOf, withLeaves } from './leaves.ts';

const product = {
  name: { 'zh-CN': '流动资金贷款', en: 'Working capital loan' },
  retail: false,
  graceDays: 3n,
  accountClass: null,
  settlementMonths: [3n, 6n],
  prepayment: { allowed: true, feePpm: 0n, order: ['penalty', 'interest'] },
};

test('a definition is a list of parameters, each with its path and kind', () => {
  expect(leavesOf(product).map(({ path, kind, text }) => [path, kind, text])).toEqual([
    ['name.zh-CN', 'text', '流动资金贷款'],
    ['name.en', 'text', 'Working capital loan'],
    ['retail', 'truth', 'false'],
    ['graceDays', 'whole', '3'],
    ['accountClass', 'none', ''],
    ['settlementMonths', 'wholes', '3 6'],
    ['prepayment.allowed', 'truth', 'true'],
    ['prepayment.feePpm', 'whole', '0'],
    ['prepayment.order', 'texts', 'penalty interest'],
  ]);
});

test.each([
  ['prepayment.fee', '1', 'product_parameter_unknown'],
  ['prepayment', '1', 'product_parameter_unknown'],
  ['graceDays', '3.5', 'product_parameter_not_valid'],
  ['graceDays', '', 'product_parameter_not_valid'],
  ['graceDays', '9999999999999999999', 'product_parameter_not_valid'],
  ['retail', 'yes', 'product_parameter_not_valid'],
  ['name.en', ' ', 'product_parameter_not_valid'],
  ['settlementMonths', '3 x', 'product_parameter_not_valid'],
  ['accountClass', 'I', 'product_parameter_not_valid'],
  ['graceDays', '-1', null],
  ['prepayment.order', 'interest  penalty', null],
] as const)('%s becomes %s: %s', (path, text, code) => {
  const changed = withLeaves(product, [{ path, text }]);
  expect(changed.ok ? null : changed.code).toBe(code);
});

test('what is changed is what differs, and nothing else', () => {
  const changes = [
    { path: 'prepayment.feePpm', text: '5000' },
    { path: 'settlementMonths', text: '3 6 9 12' },
  ];
  const changed = withLeaves(product, changes);
  if (!changed.ok) throw new Error(changed.code);
  expect(differencesOf(product, changed.value)).toEqual([
    { path: 'settlementMonths', before: '3 6', after: '3 6 9 12' },
    { path: 'prepayment.feePpm', before: '0', after: '5000' },
  ]);
  expect(differencesOf(product, product)).toEqual([]);
  expect(differencesOf({}, { a: 1n })).toEqual([{ path: 'a', before: null, after: '1' }]);
});

import { expect, test } from 'vitest';
import { type CashOfDay, largeCash } from './large-cash.ts';

const rule = { CNY: 5_000_000n, USD: 1_000_000n };
const rates = { USD: 71_000n };
const cash = (
  customerNumber: string,
  currency: string,
  amountMinor: bigint,
  direction: 'in' | 'out' = 'in',
): CashOfDay => ({ customerNumber, direction, currency, amountMinor, times: 1n });

test('V21 30,000 CNY and 3,000 USD in cash at 7.10 are 51,300 CNY: reported on the CNY side', () => {
  const mixed = [cash('C1', 'CNY', 3_000_000n), cash('C1', 'USD', 300_000n)];
  expect(largeCash(mixed, rule, rates)).toEqual([
    {
      ...{ customerNumber: 'C1', direction: 'in', times: 2n, currencies: ['CNY', 'USD'] },
      ...{ yuanMinor: 5_130_000n, dollarMinor: 722_535n, reached: ['CNY'] },
    },
  ]);
});

test.each([
  // what moved, and who is reported by which side
  ['exactly 50,000', [cash('C1', 'CNY', 5_000_000n)], ['C1 in CNY']],
  ['a fen less', [cash('C1', 'CNY', 4_999_999n)], []],
  [
    'in and out do not add up',
    [cash('C1', 'CNY', 3_000_000n), cash('C1', 'CNY', 3_000_000n, 'out')],
    [],
  ],
  [
    'two customers do not add up',
    [cash('C1', 'CNY', 3_000_000n), cash('C2', 'CNY', 3_000_000n)],
    [],
  ],
  ['twice on a day', [cash('C1', 'CNY', 2_500_000n), cash('C1', 'CNY', 2_500_000n)], ['C1 in CNY']],
  ['10,000 USD, which are 71,000 CNY', [cash('C1', 'USD', 1_000_000n)], ['C1 in CNY USD']],
  ['7,042.26 USD, a cent above', [cash('C1', 'USD', 704_226n)], ['C1 in CNY']],
  ['7,042.25 USD, just below', [cash('C1', 'USD', 704_225n)], []],
  [
    'in the order of the customers',
    [cash('C2', 'CNY', 6_000_000n), cash('C1', 'CNY', 6_000_000n, 'out')],
    ['C1 out CNY', 'C2 in CNY'],
  ],
] as const)('%s', (_what, moved, wanted) => {
  const found = largeCash(moved, rule, rates);
  const said = found.map(
    (one) => `${one.customerNumber} ${one.direction} ${one.reached.join(' ')}`,
  );
  expect(said).toEqual(wanted);
});

import { expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import { logOf } from '../testing.ts';
import { amountsOf } from './amounts.ts';

const pay = (of: string, does: string, at: number, amountMinor?: bigint, currency = 'CNY') => ({
  of,
  does,
  at,
  ...(amountMinor === undefined ? {} : { amountMinor, currency }),
});

test('money is added by activity and currency, beyond what a number can hold', () => {
  const log = logOf([
    pay('1', 'Apply', 1),
    pay('1', 'Pay', 2, 999_999_999_999_999_999n),
    pay('1', 'Pay', 3, 2n),
    pay('2', 'Pay', 1, -1n),
    pay('2', 'Pay', 2, 5n, 'USD'),
    pay('3', 'Refund', 1, -7n),
  ]);
  expect(amountsOf(activityInstances(log, 'complete'))).toEqual([
    {
      activity: 'Pay',
      currency: 'CNY',
      instances: 3,
      cases: 2,
      totalMinor: '1000000000000000000',
      largestMinor: '999999999999999999',
    },
    {
      activity: 'Pay',
      currency: 'USD',
      instances: 1,
      cases: 1,
      totalMinor: '5',
      largestMinor: '5',
    },
    {
      activity: 'Refund',
      currency: 'CNY',
      instances: 1,
      cases: 1,
      totalMinor: '-7',
      largestMinor: '-7',
    },
  ]);
});

test('a log without money has none', () => {
  expect(amountsOf(activityInstances(logOf([pay('1', 'A', 1)]), 'all'))).toEqual([]);
});

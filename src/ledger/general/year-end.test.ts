import { expect, test } from 'vitest';
import { printedEntry } from './printed.ts';
import { yearEndTransfers } from './year-end.ts';

const target = { profitAccountId: '4103', distributionAccountId: '4104' };
const account = (accountId: string, debitsLessCreditsMinor: bigint) => ({
  ...{ accountId, currency: 'CNY', debitsLessCreditsMinor },
});

test.each([
  ['nothing', [], []],
  ['nothing earned or spent', [account('6011', 0n)], []],
  [
    'a profit',
    [account('6011', -900n), account('6411', 300n), account('6602', 100n)],
    ['6011 4103 900', '4103 6411 300', '4103 6602 100', '4103 4104 500'],
  ],
  [
    'a loss',
    [account('6011', -100n), account('6411', 300n)],
    ['6011 4103 100', '4103 6411 300', '4104 4103 200'],
  ],
  ['neither', [account('6011', -300n), account('6411', 300n)], ['6011 4103 300', '4103 6411 300']],
  ['an income turned round', [account('6061', 7n)], ['4103 6061 7', '4104 4103 7']],
] as const)('CORE-06 the year is carried over: %s', (_what, accounts, wanted) => {
  const transfers = yearEndTransfers(accounts, target);
  expect(
    transfers.map((one) => `${one.debitAccountId} ${one.creditAccountId} ${one.amountMinor}`),
  ).toEqual(wanted);
});

test.each([
  ['debit', false, false, 'debit', 100n, false],
  ['credit', true, false, 'credit', 100n, false],
  ['credit', true, true, 'debit', -100n, true],
  ['debit', true, true, 'credit', -100n, true],
] as const)(
  '%s, reversal %s, on the same date %s: printed %s %s, red %s',
  (side, isReversal, onTheSameDate, printedSide, amountMinor, red) => {
    expect(printedEntry({ side, amountMinor: 100n, isReversal, onTheSameDate })).toEqual({
      ...{ side: printedSide, amountMinor, red },
    });
  },
);

import { expect, test } from 'vitest';
import { changeRate, disburse, pauseInterest } from './changes.ts';
import { emptyPlan, figuresOf } from './plan.ts';
import type { ProgressiveTerms } from './terms.ts';

/** 100.00 for six months at 7 %, months of 30 days. */
const terms: ProgressiveTerms = {
  ...{ annualRatePpm: 70_000n, instalments: 6, every: 1, unit: 'months' },
  ...{ yearDays: 360, monthDays: 30, leapOnlyWithDay: false, interestBase: 'declining_balance' },
  ...{ interestBy: 'day', partialPeriods: true, interestFromFirstDay: false, multipleMinor: 0n },
  ...{ downPaymentPpm: 0n, downPaymentCollected: false, fullTermForEachTranche: false },
  ...{ interestGracePeriods: 0, principalGracePeriods: 0, fixedLength: 0, recalculates: null },
  allocation: { direction: 'horizontal', order: [], future: 'next' },
};

/**
 * Pauses and what Fineract's calculator publishes for them: interest and balance of each month, in
 * cents. rates: days from which the same rate was agreed anew, before the pause.
 */
const table: readonly {
  readonly title: string;
  readonly pauses: readonly (readonly [string, string])[];
  readonly rates: readonly string[];
  readonly rows: string;
}[] = [
  {
    title: 'within a month',
    pauses: [['2024-02-05', '2024-02-10']],
    rates: [],
    rows: '58/8357 39/6695 39/5033 29/3361 20/1680 10/0',
  },
  {
    title: 'over the end of a month',
    pauses: [['2024-02-10', '2024-03-10']],
    rates: [],
    rows: '58/8357 13/6669 28/4996 29/3324 19/1642 10/0',
  },
  {
    title: 'from a due date',
    pauses: [['2024-02-01', '2024-02-05']],
    rates: [],
    rows: '56/8355 42/6696 39/5034 29/3362 20/1681 10/0',
  },
  {
    title: 'to the end of a month',
    pauses: [['2024-01-10', '2024-01-31']],
    rates: [],
    rows: '17/8316 49/6664 39/5002 29/3330 19/1648 10/0',
  },
  {
    title: 'a whole month',
    pauses: [['2024-02-01', '2024-02-29']],
    rates: [],
    rows: '56/8355 2/6656 39/4994 29/3322 19/1640 10/0',
  },
  {
    title: 'two whole months',
    pauses: [['2024-02-01', '2024-03-31']],
    rates: [],
    rows: '56/8355 0/6654 1/4954 29/3282 19/1600 9/0',
  },
  {
    title: 'over a span that a rate began',
    pauses: [['2024-02-05', '2024-02-15']],
    rates: ['2024-02-11', '2024-02-21'],
    rows: '58/8357 30/6686 39/5024 29/3352 20/1671 10/0',
  },
  {
    title: 'over spans and a due date',
    pauses: [['2024-02-10', '2024-03-10']],
    rates: ['2024-02-06', '2024-02-21', '2024-03-06', '2024-03-21'],
    rows: '58/8357 13/6669 28/4996 29/3324 19/1642 10/0',
  },
  {
    title: 'from a due date where a rate begins',
    pauses: [['2024-02-01', '2024-02-05']],
    rates: ['2024-02-01', '2024-02-06'],
    rows: '56/8355 42/6696 39/5034 29/3362 20/1681 10/0',
  },
  {
    title: 'from due date to due date',
    pauses: [['2024-02-01', '2024-03-01']],
    rates: [],
    rows: '56/8355 0/6654 39/4992 29/3320 19/1638 10/0',
  },
  {
    title: 'in the first and the third month',
    pauses: [
      ['2024-01-02', '2024-02-01'],
      ['2024-03-02', '2024-04-01'],
    ],
    rates: [],
    rows: '0/8299 48/6646 0/4945 29/3273 19/1591 9/0',
  },
  {
    title: 'from the first day',
    pauses: [['2024-01-02', '2024-01-10']],
    rates: [],
    rows: '41/8340 49/6688 39/5026 29/3354 20/1673 10/0',
  },
];

test.each(table)('interest is paused $title', ({ pauses, rates, rows }) => {
  const plan = emptyPlan(terms, '2024-01-01');
  disburse(plan, '2024-01-01', 10_000n);
  for (const date of rates) changeRate(plan, date, 70_000n);
  for (const [from, to] of pauses) pauseInterest(plan, from, to);
  let balance = 10_000n;
  const came = figuresOf(plan).map(({ principalMinor, interestMinor }) => {
    balance -= principalMinor;
    return `${interestMinor}/${balance}`;
  });
  expect(came.join(' ')).toBe(rows);
});

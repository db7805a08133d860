import { expect, test } from 'vitest';
import { coverageOf } from './collateral.ts';
import { stageOf } from './expected-loss.ts';
import { type CreditFacts, classify, isBad, worseOf } from './five-levels.ts';

const rules = {
  technicalDaysMax: 7,
  substandardAfterDays: 90,
  doubtfulAfterDays: 270,
  lossAfterDays: 360,
  doubtfulFromLossPpm: 500_000n,
  lossFromLossPpm: 900_000n,
  badShareOfDebtorPpm: 100_000n,
  badShareAtOtherBanksPpm: 200_000n,
  restructuredMonths: 12,
};
const good: CreditFacts = {
  daysOverdue: 0,
  technical: false,
  creditImpaired: false,
  lossSharePpm: 0n,
  retail: false,
  debtorBadPpm: 0n,
  elsewhereOverduePpm: 0n,
  observed: null,
  confirmed: null,
};

test.each([
  // days, technical, class: both sides of every limit
  [0, false, 'normal'],
  [1, false, 'special_mention'],
  [1, true, 'normal'],
  [7, true, 'normal'],
  [8, true, 'special_mention'],
  [90, false, 'special_mention'],
  [91, false, 'substandard'],
  [270, false, 'substandard'],
  [271, false, 'doubtful'],
  [360, false, 'doubtful'],
  [361, false, 'loss'],
] as const)('%s days overdue, technical %s: %s', (daysOverdue, technical, level) => {
  expect(classify({ ...good, daysOverdue, technical }, rules).level).toBe(level);
});

test.each<[Partial<CreditFacts>, string, string[]]>([
  [{ creditImpaired: true }, 'substandard', ['credit_impaired']],
  [{ creditImpaired: true, lossSharePpm: 499_999n }, 'substandard', ['credit_impaired']],
  [{ creditImpaired: true, lossSharePpm: 500_000n }, 'doubtful', ['expected_loss']],
  [{ creditImpaired: true, lossSharePpm: 899_999n }, 'doubtful', ['expected_loss']],
  [{ creditImpaired: true, lossSharePpm: 900_000n }, 'loss', ['expected_loss']],
  [{ debtorBadPpm: 100_000n }, 'normal', []],
  [{ debtorBadPpm: 100_001n }, 'substandard', ['debtor_is_bad']],
  [{ debtorBadPpm: 100_001n, retail: true }, 'normal', []],
  [{ elsewhereOverduePpm: 200_000n }, 'normal', []],
  [{ elsewhereOverduePpm: 200_001n }, 'substandard', ['overdue_at_other_banks']],
  [{ observed: 'special_mention' }, 'special_mention', ['restructured']],
  [{ observed: 'substandard' }, 'substandard', ['restructured']],
  [
    { observed: 'special_mention', daysOverdue: 30 },
    'special_mention',
    ['overdue', 'restructured'],
  ],
  [{ confirmed: 'doubtful', daysOverdue: 1 }, 'doubtful', ['confirmed']],
  [{ confirmed: 'normal', daysOverdue: 91 }, 'substandard', ['overdue']],
])('%o: %s', (facts, level, reasons) => {
  expect(classify({ ...good, ...facts }, rules)).toEqual({ level, reasons });
});

test('the worse of two, and what is bad', () => {
  expect(worseOf('doubtful', 'special_mention')).toBe('doubtful');
  expect([isBad('special_mention'), isBad('substandard')]).toEqual([false, true]);
});

const days = { secondAfterDays: 30, thirdAfterDays: 90 };
test.each([
  [{}, 1],
  [{ daysOverdue: 30 }, 1],
  [{ daysOverdue: 31 }, 2],
  [{ daysOverdue: 31, rebutted: true }, 1],
  [{ riskIncreased: true }, 2],
  [{ level: 'special_mention' }, 2],
  [{ daysOverdue: 90 }, 2],
  [{ daysOverdue: 91, rebutted: true }, 3],
  [{ creditImpaired: true }, 3],
  [{ level: 'substandard' }, 3],
] as const)('stage of %o: %s', (facts, stage) => {
  const plain = { creditImpaired: false, riskIncreased: false, rebutted: false } as const;
  expect(stageOf({ daysOverdue: 0, level: 'normal', ...plain, ...facts }, days)).toBe(stage);
});

test('coverage: what each thing is lent on, less what comes before', () => {
  const house = { valueMinor: 100_000_000n, lendPpm: 700_000n, priorMinor: 20_000_000n };
  const car = { valueMinor: 10_000_000n, lendPpm: 500_000n, priorMinor: 8_000_000n };
  expect(coverageOf(80_000_000n, [house, car])).toEqual({
    valueMinor: 110_000_000n,
    lendableMinor: 50_000_000n,
    coveragePpm: 625_000n,
    loanToValuePpm: 727_273n,
    uncoveredMinor: 30_000_000n,
  });
  expect(coverageOf(0n, [])).toMatchObject({ coveragePpm: null, loanToValuePpm: null });
});

import { expect, test } from 'vitest';
import { type ClassMovement, checkClass, limitsOf } from './class-limits.ts';

const parameter = {
  II: { dayOutMinor: 1_000_000n, yearOutMinor: 20_000_000n },
  III: { dayOutMinor: 200_000n, yearOutMinor: 5_000_000n, balanceMaxMinor: 200_000n },
};
const still: ClassMovement = {
  ...{ accountNumber: '62', accountClass: 'II', direction: 'out', amountMinor: 1n },
  ...{ isBound: false, isFaceChecked: true, balanceMinor: 0n, dayOutMinor: 0n, yearOutMinor: 0n },
};
const day = (dayOutMinor: bigint) => ({ dayOutMinor, yearOutMinor: dayOutMinor });

test.each<[string, string, Partial<ClassMovement>]>([
  ['class_inflow_not_checked', 'money of others', { direction: 'in', isFaceChecked: false }],
  [
    'class_balance_exceeded',
    'III: 1,500 and 500.01',
    { accountClass: 'III', direction: 'in', balanceMinor: 150_000n, amountMinor: 50_001n },
  ],
  ['class_day_exceeded', 'II: 6,000, 4,000 and 0.01', day(1_000_000n)],
  [
    'class_year_exceeded',
    'II: 199,999.99 and 0.02',
    { yearOutMinor: 19_999_999n, amountMinor: 2n },
  ],
  ['class_day_exceeded', 'III: 2,000.01', { accountClass: 'III', amountMinor: 200_001n }],
  [
    'class_year_exceeded',
    'III: 50,000.00 and 0.01',
    { accountClass: 'III', yearOutMinor: 5_000_000n },
  ],
  ['counted', 'II: 6,000 and 4,000', { ...day(600_000n), amountMinor: 400_000n }],
  ['counted', 'II: 199,999.99 and 0.01', { yearOutMinor: 19_999_999n }],
  [
    'free',
    'III: 1,500 and 500',
    { accountClass: 'III', direction: 'in', balanceMinor: 150_000n, amountMinor: 50_000n },
  ],
  ['free', 'II: from the bound account', { direction: 'in', isBound: true, isFaceChecked: false }],
  ['free', 'II: to the bound account', { isBound: true, ...day(1_000_000n) }],
  ['free', 'I: any amount', { accountClass: 'I', amountMinor: 99_999_999_999n }],
])('%s: %s', (outcome, _what, change) => {
  const movement = { ...still, ...change };
  const checked = checkClass(movement, limitsOf(parameter, movement.accountClass));
  expect(checked.ok ? checked.value : checked.code).toBe(outcome);
});

test('a class without limits in the parameter has none', () => {
  expect(checkClass({ ...still, amountMinor: 10n ** 15n }, limitsOf(null, 'II')).ok).toBe(true);
});

import type {
  Allocation,
  AllocationStep,
  Component,
  ProgressiveTerms,
} from '../../../../product/loan/progressive/terms.ts';

/** The same order of components past due, due and in advance. */
export function orderOf(components: readonly Component[]): AllocationStep[] {
  return (['past_due', 'due', 'in_advance'] as const).flatMap((due) =>
    components.map((component) => ({ due, component })),
  );
}

/** What the published schedules call the default: penalties, fees, principal, interest. */
export const defaultAllocation: Allocation = {
  direction: 'horizontal',
  order: orderOf(['penalty', 'fee', 'principal', 'interest']),
  future: 'next',
};

type Given = Pick<
  ProgressiveTerms,
  'annualRatePpm' | 'instalments' | 'every' | 'unit' | 'yearDays' | 'monthDays'
>;

/** Terms of a loan of which nothing else is said: equal instalments on a declining balance. */
export function plainTerms(given: Given): ProgressiveTerms {
  return {
    leapOnlyWithDay: false,
    interestBase: 'declining_balance',
    interestBy: 'day',
    partialPeriods: false,
    interestFromFirstDay: false,
    multipleMinor: 0n,
    downPaymentPpm: 0n,
    downPaymentCollected: false,
    fullTermForEachTranche: false,
    interestGracePeriods: 0,
    principalGracePeriods: 0,
    fixedLength: 0,
    recalculates: null,
    allocation: defaultAllocation,
    ...given,
  };
}

import { assert } from '../../../base/assert.ts';
import { divideRounded } from '../../../base/rounding.ts';

/** Rates here have 18 places. */
const ONE = 10n ** 18n;
const stepsMax = 200;

/** paymentsMinor: one for each month after the release, in order. */
export type CashFlow = {
  readonly principalMinor: bigint;
  readonly paymentsMinor: readonly bigint[];
};

/**
 * What a borrower truly pays (年化利率). Millionths: of a month as the payments imply it, of a year as
 * twelve such months, and of a year compounded. Source: People's Bank announcement 2021 No. 3.
 */
export type TrueRate = {
  readonly monthlyPpm: bigint;
  readonly nominalPpm: bigint;
  readonly effectivePpm: bigint;
};

/** The rate at which the payments are worth exactly the principal; at most 100 % a month. */
export function trueRate({ principalMinor, paymentsMinor }: CashFlow): TrueRate {
  assert(principalMinor > 0n && paymentsMinor.length > 0, 'something was lent and is paid back');
  let low = 0n;
  let high = ONE;
  for (let step = 0; step < stepsMax && high - low > 1n; step += 1) {
    const middle = (low + high) / 2n;
    if (presentValue(paymentsMinor, middle) > principalMinor * ONE) low = middle;
    else high = middle;
  }
  const monthly = high;
  let grown = ONE;
  for (let month = 0; month < 12; month += 1) grown = (grown * (ONE + monthly)) / ONE;
  return {
    monthlyPpm: millionths(monthly),
    nominalPpm: millionths(monthly * 12n),
    effectivePpm: millionths(grown - ONE),
  };
}

function presentValue(payments: readonly bigint[], rate: bigint): bigint {
  let discount = ONE;
  let total = 0n;
  for (const payment of payments) {
    discount = (discount * ONE) / (ONE + rate);
    total += payment * discount;
  }
  return total;
}

function millionths(rate: bigint): bigint {
  return divideRounded(rate, ONE / 1_000_000n);
}

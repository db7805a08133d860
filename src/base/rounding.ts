import { assert } from './assert.ts';

/**
 * What becomes of a fraction. `half_up` is the rounding of Chinese banks (四舍五入,
 * a half goes away from zero); `half_even` is the banker's rounding of other products.
 */
export type Rounding = 'half_up' | 'half_even' | 'half_down' | 'up' | 'down' | 'floor' | 'ceiling';

/** numerator ÷ denominator as a whole number. `up` is away from zero, `down` towards it. */
export function divideRounded(
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding = 'half_up',
): bigint {
  assert(denominator !== 0n, 'the denominator is not zero');
  const negative = numerator < 0n !== denominator < 0n;
  const size = numerator < 0n ? -numerator : numerator;
  const part = denominator < 0n ? -denominator : denominator;
  const whole = size / part;
  const rest = size % part;
  const away = rest !== 0n && goesAway(whole, rest * 2n - part, rounding, negative);
  const result = away ? whole + 1n : whole;
  return negative ? -result : result;
}

/** overHalf: below, at or above zero as the fraction is below, at or above one half. */
function goesAway(whole: bigint, overHalf: bigint, rounding: Rounding, negative: boolean): boolean {
  switch (rounding) {
    case 'half_up':
      return overHalf >= 0n;
    case 'half_down':
      return overHalf > 0n;
    case 'half_even':
      return overHalf > 0n || (overHalf === 0n && whole % 2n === 1n);
    case 'up':
      return true;
    case 'down':
      return false;
    case 'floor':
      return negative;
    case 'ceiling':
      return !negative;
    default: {
      const never: never = rounding;
      return never;
    }
  }
}

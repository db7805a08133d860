import { assert } from '../../../base/assert.ts';
import { divideRounded } from '../../../base/rounding.ts';

/** Digits that rates and factors keep; a half goes to the even neighbour. */
const DIGITS = 19;

/** coefficient × 10^-scale: a rate factor or an interest before it is rounded to money. */
export type Precise = { readonly coefficient: bigint; readonly scale: number };

export const ZERO: Precise = { coefficient: 0n, scale: 0 };
export const ONE: Precise = { coefficient: 1n, scale: 0 };

/** A whole number as a precise one. */
export function whole(value: number | bigint): Precise {
  return { coefficient: BigInt(value), scale: 0 };
}

/** Minor units of a currency with two places as a precise amount. */
export function fromMinor(amountMinor: bigint): Precise {
  return { coefficient: amountMinor, scale: 2 };
}

/** The amount in minor units of a currency with two places; a half goes to the even neighbour. */
export function toMinor({ coefficient, scale }: Precise): bigint {
  return scale <= 2 ? coefficient * power(2 - scale) : atScale(coefficient, scale, 2);
}

/** a + b, exact. */
export function sum(a: Precise, b: Precise): Precise {
  const scale = Math.max(a.scale, b.scale);
  const coefficient =
    a.coefficient * power(scale - a.scale) + b.coefficient * power(scale - b.scale);
  return { coefficient, scale };
}

/** a + b, kept to 19 digits. */
export function add(a: Precise, b: Precise): Precise {
  return kept(sum(a, b));
}

/** a × b, kept to 19 digits. */
export function multiply(a: Precise, b: Precise): Precise {
  return kept({ coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale });
}

/** a ÷ b, kept to 19 digits. */
export function divide(a: Precise, b: Precise): Precise {
  assert(b.coefficient !== 0n, 'the divisor is not zero');
  const shift = Math.max(0, DIGITS + 2 + digitsOf(b.coefficient) - digitsOf(a.coefficient));
  const numerator = a.coefficient * power(shift);
  const quotient = numerator / b.coefficient;
  // One more digit says whether anything is left, so that a half is told from a little more.
  const rest = numerator % b.coefficient === 0n ? 0n : 1n;
  const sign = a.coefficient < 0n !== b.coefficient < 0n ? -1n : 1n;
  return kept({ coefficient: quotient * 10n + rest * sign, scale: a.scale - b.scale + shift + 1 });
}

/** At most 19 places after the point. */
export function inPlaces({ coefficient, scale }: Precise): Precise {
  if (scale <= DIGITS) return { coefficient, scale };
  return { coefficient: atScale(coefficient, scale, DIGITS), scale: DIGITS };
}

function kept(value: Precise): Precise {
  const over = digitsOf(value.coefficient) - DIGITS;
  if (over <= 0) return value;
  const coefficient = divideRounded(value.coefficient, power(over), 'half_even');
  return { coefficient, scale: value.scale - over };
}

function atScale(coefficient: bigint, from: number, to: number): bigint {
  return divideRounded(coefficient, power(from - to), 'half_even');
}

function digitsOf(coefficient: bigint): number {
  const text = coefficient.toString();
  return coefficient < 0n ? text.length - 1 : text.length;
}

const powers: bigint[] = [];

function power(exponent: number): bigint {
  assert(exponent >= 0, 'an exponent is not negative');
  powers[exponent] ??= 10n ** BigInt(exponent);
  return powers[exponent];
}

import { assert } from './assert.ts';
import { divideRounded, type Rounding } from './rounding.ts';

/** Digits a number keeps: those of IEEE 754 decimal128, as DMN asks of a FEEL number. */
export const PRECISION = 34;
/** Numbers of this many integer digits or more do not exist (largest exponent of decimal128). */
export const INTEGER_DIGITS_MAX = 6145;
/** Digits after the point beyond this are rounded away (smallest exponent of decimal128). */
export const SCALE_MAX = 6176;

const LIMIT = 10n ** BigInt(PRECISION);
const LARGEST = 10n ** BigInt(INTEGER_DIGITS_MAX);
const POWERS: readonly bigint[] = Array.from({ length: 80 }, (_, i) => 10n ** BigInt(i));

/** Any FEEL number: an integral value is always a bigint, any other is a Decimal. */
export type Numeric = bigint | Decimal;

/**
 * An exact number with a fraction: `coefficient` × 10^-`scale`, at most 34 significant digits.
 * It is normal by construction (the coefficient does not end in 0, the scale is 1 or more), so
 * two Decimals are equal exactly if both fields are. Made only by `numericOf` and what uses it.
 */
export class Decimal {
  readonly coefficient: bigint;
  readonly scale: number;

  constructor(coefficient: bigint, scale: number) {
    assert(scale >= 1 && scale <= SCALE_MAX, 'a decimal has digits after the point');
    assert(coefficient % 10n !== 0n, 'a decimal is normal');
    this.coefficient = coefficient;
    this.scale = scale;
  }

  toString(): string {
    return formatNumeric(this);
  }

  toJSON(): string {
    return formatNumeric(this);
  }
}

/** 10 to the power of `exponent`, an integer of 0 or more. */
export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/**
 * The number `coefficient` × 10^-`scale`, rounded half even to 34 significant digits.
 * null: its magnitude is beyond decimal128 (10^6145 or more).
 */
export function numericOf(coefficient: bigint, scale: number): Numeric | null {
  if (coefficient === 0n) return 0n;
  let digits = coefficient;
  let places = scale;
  if (digits >= LIMIT || digits <= -LIMIT) {
    const excess = absolute(digits).toString().length - PRECISION;
    digits = divideRounded(digits, powerOfTen(excess), 'half_even');
    places -= excess;
  }
  if (places > SCALE_MAX) {
    const excess = places - SCALE_MAX;
    if (excess > PRECISION + 1) return 0n;
    digits = divideRounded(digits, powerOfTen(excess), 'half_even');
    places = SCALE_MAX;
    if (digits === 0n) return 0n;
  }
  if (places <= 0) {
    if (places === 0) return digits;
    if (-places >= INTEGER_DIGITS_MAX) return null;
    const whole = digits * powerOfTen(-places);
    return whole >= LARGEST || whole <= -LARGEST ? null : whole;
  }
  while (places > 0 && digits % 10n === 0n) {
    if (places >= 8 && digits % 100_000_000n === 0n) {
      digits /= 100_000_000n;
      places -= 8;
    } else {
      digits /= 10n;
      places -= 1;
    }
  }
  return places === 0 ? digits : new Decimal(digits, places);
}

/** The digits of a number without its point. */
export function coefficientOf(value: Numeric): bigint {
  return typeof value === 'bigint' ? value : value.coefficient;
}

/** How many of its digits stand after the point; 0 for an integer. */
export function scaleOf(value: Numeric): number {
  return typeof value === 'bigint' ? 0 : value.scale;
}

/** True for a number of either form. */
export function isNumeric(value: unknown): value is Numeric {
  return typeof value === 'bigint' || value instanceof Decimal;
}

function roundedInteger(value: bigint): Numeric | null {
  return value < LIMIT && value > -LIMIT ? value : numericOf(value, 0);
}

/** a + b; null: too large. */
export function add(a: Numeric, b: Numeric): Numeric | null {
  if (typeof a === 'bigint' && typeof b === 'bigint') return roundedInteger(a + b);
  const left = scaleOf(a);
  const right = scaleOf(b);
  if (left === right) return numericOf(coefficientOf(a) + coefficientOf(b), left);
  if (left > right) {
    return numericOf(coefficientOf(a) + coefficientOf(b) * powerOfTen(left - right), left);
  }
  return numericOf(coefficientOf(a) * powerOfTen(right - left) + coefficientOf(b), right);
}

/** −a, which always exists. */
export function negate(a: Numeric): Numeric {
  return typeof a === 'bigint' ? -a : new Decimal(-a.coefficient, a.scale);
}

/** a − b; null: too large. */
export function subtract(a: Numeric, b: Numeric): Numeric | null {
  if (typeof a === 'bigint' && typeof b === 'bigint') return roundedInteger(a - b);
  return add(a, negate(b));
}

/** a × b; null: too large. */
export function multiply(a: Numeric, b: Numeric): Numeric | null {
  if (typeof a === 'bigint' && typeof b === 'bigint') return roundedInteger(a * b);
  return numericOf(coefficientOf(a) * coefficientOf(b), scaleOf(a) + scaleOf(b));
}

/** a ÷ b to 34 digits; null: b is 0, or the quotient is too large. */
export function divide(a: Numeric, b: Numeric): Numeric | null {
  const dividend = coefficientOf(a);
  const divisor = coefficientOf(b);
  if (divisor === 0n) return null;
  if (dividend === 0n) return 0n;
  if (typeof a === 'bigint' && typeof b === 'bigint' && a % b === 0n) return roundedInteger(a / b);
  const left = absolute(dividend);
  const right = absolute(divisor);
  const lengths = right.toString().length - left.toString().length;
  const shift = Math.max(0, PRECISION + 2 + lengths);
  const scaled = left * powerOfTen(shift);
  let quotient = scaled / right;
  let places = shift + scaleOf(a) - scaleOf(b);
  if (scaled % right !== 0n) {
    // The digits cut off are marked by one more digit, so that rounding sees they are not zero.
    quotient = quotient * 10n + 1n;
    places += 1;
  }
  return numericOf(dividend < 0n === divisor < 0n ? quotient : -quotient, places);
}

/** Less than 0 if a < b, 0 if equal, more than 0 if a > b. */
export function compareNumeric(a: Numeric, b: Numeric): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  const left = scaleOf(a);
  const right = scaleOf(b);
  let x = coefficientOf(a);
  let y = coefficientOf(b);
  if (left < right) x *= powerOfTen(right - left);
  else if (right < left) y *= powerOfTen(left - right);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Equal by value; 1.50 and 1.5 are one number. */
export function equalNumeric(a: Numeric, b: Numeric): boolean {
  if (typeof a === 'bigint') return typeof b === 'bigint' && a === b;
  return typeof b !== 'bigint' && a.scale === b.scale && a.coefficient === b.coefficient;
}

/**
 * a rounded to `places` digits after the point; negative places round before it (−2: hundreds).
 * null: too large.
 */
export function round(a: Numeric, places: number, rounding: Rounding): Numeric | null {
  const scale = scaleOf(a);
  if (places >= scale) return a;
  const excess = scale - places;
  if (excess > INTEGER_DIGITS_MAX + SCALE_MAX) return 0n;
  return numericOf(divideRounded(coefficientOf(a), powerOfTen(excess), rounding), places);
}

/** The integer part, cut towards 0. */
export function truncate(a: Numeric): bigint {
  return typeof a === 'bigint' ? a : a.coefficient / powerOfTen(a.scale);
}

/** a − b × floor(a ÷ b), so the result has b's sign; null: b is 0. */
export function modulo(a: Numeric, b: Numeric): Numeric | null {
  const places = Math.max(scaleOf(a), scaleOf(b));
  const x = coefficientOf(a) * powerOfTen(places - scaleOf(a));
  const y = coefficientOf(b) * powerOfTen(places - scaleOf(b));
  if (y === 0n) return null;
  const rest = x % y;
  const signed = rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest;
  return numericOf(signed, places);
}

const NUMBER = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The number a text writes: digits, a point, an exponent. Rounded half even to 34 digits.
 * null: not a number, or beyond decimal128.
 */
export function parseNumeric(text: string): Numeric | null {
  const parts = NUMBER.exec(text);
  if (parts === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return null;
  const digits = BigInt(`${whole}${fraction}`);
  const coefficient = sign === '-' ? -digits : digits;
  if (coefficient === 0n) return 0n;
  const power = Number(exponent);
  if (!Number.isSafeInteger(power)) return power < 0 ? 0n : null;
  const scale = fraction.length - power;
  if (scale > SCALE_MAX * 2 + text.length) return 0n;
  return numericOf(coefficient, scale);
}

/** The digits of a number, without exponent unless 1000 digits and more would be zeros. */
export function formatNumeric(value: Numeric): string {
  if (typeof value === 'bigint') return value.toString();
  const negative = value.coefficient < 0n;
  const digits = absolute(value.coefficient).toString();
  const sign = negative ? '-' : '';
  if (value.scale > 1000) return `${sign}${digits}E-${value.scale}`;
  const padded = digits.padStart(value.scale + 1, '0');
  const point = padded.length - value.scale;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}

/** Nearest binary number, for pictures and indexes only; never for an amount or a rate. */
export function approximate(value: Numeric): number {
  return Number(formatNumeric(value));
}

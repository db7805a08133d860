import {
  coefficientOf,
  compareNumeric,
  Decimal,
  type Numeric,
  numericOf,
  powerOfTen,
  scaleOf,
} from '../../base/decimal.ts';
import { divideRounded } from '../../base/rounding.ts';

/** Digits after the point in fixed-point work, well above the 34 that are kept. */
const PLACES = 60;
const ONE = powerOfTen(PLACES);
/** e^x leaves decimal128 beyond this many. */
const EXPONENT_MAX = 14_200n;

function fixed(value: Numeric): bigint {
  const shift = PLACES - scaleOf(value);
  if (shift >= 0) return coefficientOf(value) * powerOfTen(shift);
  return divideRounded(coefficientOf(value), powerOfTen(-shift), 'half_even');
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) / ONE;
}

/** ln of a fixed-point number between 0.5 and 2, by the series of atanh. */
function logSeries(x: bigint): bigint {
  const ratio = ((x - ONE) * ONE) / (x + ONE);
  const square = times(ratio, ratio);
  let term = ratio;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k += 2n) {
    sum += term / k;
    term = times(term, square);
  }
  return 2n * sum;
}

const LN2 = logSeries(2n * ONE);
const LN10 = 3n * LN2 + logSeries((ONE * 10n) / 8n);

/** ln of a positive number as fixed point. */
function logFixed(value: Numeric): bigint {
  const coefficient = coefficientOf(value);
  const digits = coefficient.toString().length;
  // value = m × 10^e with m between 1 and 10
  const exponent = digits - 1 - scaleOf(value);
  let m =
    digits - 1 <= PLACES
      ? coefficient * powerOfTen(PLACES - digits + 1)
      : coefficient / powerOfTen(digits - 1 - PLACES);
  let halvings = 0n;
  while (m > (ONE * 3n) / 2n) {
    m /= 2n;
    halvings += 1n;
  }
  return logSeries(m) + halvings * LN2 + BigInt(exponent) * LN10;
}

/** e to the power of a fixed-point number, rounded to 34 digits. */
function expFixed(x: bigint): Numeric | null {
  const exponent = divideRounded(x, LN10, 'floor');
  if (exponent > EXPONENT_MAX) return null;
  if (exponent < -EXPONENT_MAX) return 0n;
  const rest = x - exponent * LN10;
  // e^rest = (e^(rest/2^10))^(2^10), rest between 0 and ln 10
  const small = rest / 1024n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n; k += 1n) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0; i < 10; i += 1) sum = times(sum, sum);
  // Three digits fewer than the fixed point: what the squarings blurred is cut before rounding.
  const kept = divideRounded(sum, powerOfTen(8), 'half_even');
  return numericOf(kept, PLACES - 8 - Number(exponent));
}

/** e^x; null: too large. */
export function exponential(x: Numeric): Numeric | null {
  if (compareNumeric(x, EXPONENT_MAX * 3n) > 0) return null;
  if (compareNumeric(x, -EXPONENT_MAX * 3n) < 0) return 0n;
  return expFixed(fixed(x));
}

/** Natural logarithm; null: x is not positive. */
export function logarithm(x: Numeric): Numeric | null {
  if (compareNumeric(x, 0n) <= 0) return null;
  const digits = logFixed(x);
  return numericOf(divideRounded(digits, powerOfTen(8), 'half_even'), PLACES - 8);
}

function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Square root to 34 digits; null: x is negative. */
export function squareRoot(x: Numeric): Numeric | null {
  const coefficient = coefficientOf(x);
  if (coefficient < 0n) return null;
  let scale = scaleOf(x) + 80;
  let scaled = coefficient * powerOfTen(80);
  if (scale % 2 !== 0) {
    scale += 1;
    scaled *= 10n;
  }
  const root = integerRoot(scaled);
  return root * root === scaled
    ? numericOf(root, scale / 2)
    : numericOf(root * 10n + 1n, scale / 2 + 1);
}

/** Digits of a power that are kept while it is multiplied up. */
const WORKING = 60;

type Scaled = { readonly digits: bigint; readonly scale: number };

function trimmed(digits: bigint, scale: number): Scaled {
  const excess = digits.toString().length - WORKING - 1;
  if (excess <= 0) return { digits, scale };
  return { digits: divideRounded(digits, powerOfTen(excess), 'half_even'), scale: scale - excess };
}

/** b^e for an integer e, by squaring. */
function integerPower(base: Numeric, exponent: bigint): Numeric | null {
  const size = exponent < 0n ? -exponent : exponent;
  let square: Scaled = { digits: coefficientOf(base), scale: scaleOf(base) };
  let result: Scaled = { digits: 1n, scale: 0 };
  for (let rest = size; rest > 0n; rest >>= 1n) {
    if (rest % 2n === 1n) {
      result = trimmed(result.digits * square.digits, result.scale + square.scale);
    }
    square = trimmed(square.digits * square.digits, square.scale * 2);
    if (Math.abs(result.scale) > 1e7) break;
  }
  if (result.digits === 0n) return 0n;
  if (exponent >= 0n) return clamped(result.digits, result.scale);
  const length = result.digits.toString().length;
  const shift = WORKING + length;
  return clamped(powerOfTen(shift) / result.digits, shift - result.scale);
}

function clamped(digits: bigint, scale: number): Numeric | null {
  if (scale > 20_000) return 0n;
  if (scale < -20_000) return null;
  return numericOf(digits, scale);
}

/**
 * base to the power of exponent, to 34 digits. null: too large, 0 to a negative power, or a
 * negative base with a fraction as exponent.
 */
export function power(base: Numeric, exponent: Numeric): Numeric | null {
  if (exponent === 0n) return 1n;
  if (base === 0n) return compareNumeric(exponent, 0n) < 0 ? null : 0n;
  if (base === 1n) return 1n;
  if (typeof exponent === 'bigint') {
    if (exponent > 1_000_000_000_000n || exponent < -1_000_000_000_000n) {
      if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
      const growing = compareNumeric(base, 1n) > 0 || compareNumeric(base, -1n) < 0;
      return growing === exponent > 0n ? null : 0n;
    }
    return integerPower(base, exponent);
  }
  if (compareNumeric(base, 0n) < 0) return null;
  const product = (logFixed(base) * exponent.coefficient) / powerOfTen(exponent.scale);
  if (product > EXPONENT_MAX * 3n * ONE) return null;
  if (product < -EXPONENT_MAX * 3n * ONE) return 0n;
  return expFixed(product);
}

/** True for a number with a fraction. */
export function hasFraction(value: Numeric): boolean {
  return value instanceof Decimal;
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  add,
  compareNumeric,
  Decimal,
  divide,
  formatNumeric,
  modulo,
  multiply,
  type Numeric,
  parseNumeric,
  round,
  subtract,
} from './decimal.ts';
import type { Rounding } from './rounding.ts';

const n = (text: string): Numeric => {
  const value = parseNumeric(text);
  if (value === null) throw new Error(`not a number: ${text}`);
  return value;
};
const shown = (value: Numeric | null): string | null =>
  value === null ? null : formatNumeric(value);

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['-0.00', '0'],
  ['1.50', '1.5'],
  ['.25', '0.25'],
  ['1e3', '1000'],
  ['1.2e-3', '0.0012'],
  ['1e-7000', '0'],
  ['-1e-99999999999', '0'],
  ['9007199254740993', '9007199254740993'],
  ['1234567890123456789012345678901234567', '1234567890123456789012345678901235000'],
  ['0.12345678901234567890123456789012345', '0.1234567890123456789012345678901234'],
])('reads %s as %s', (text, expected) => {
  expect(shown(parseNumeric(text))).toBe(expected);
});

test.each(['', '-', '.', '1.', 'e1', '1e', '0x10', '1e6145', '1e999999999999', '١'])(
  'refuses %j as a number',
  (text) => {
    expect(parseNumeric(text)).toBeNull();
  },
);

test('an integral value is a bigint, any other a Decimal', () => {
  expect(n('2.50e1')).toBe(25n);
  expect(n('2.5')).toBeInstanceOf(Decimal);
  expect(add(n('0.5'), n('0.5'))).toBe(1n);
});

test.each([
  ['0.1', '+', '0.2', '0.3'],
  ['1.15', '*', '100', '115'],
  ['1', '/', '3', '0.3333333333333333333333333333333333'],
  ['2', '/', '3', '0.6666666666666666666666666666666667'],
  ['1', '/', '0', null],
  ['-7', '/', '2', '-3.5'],
  ['10', '/', '4', '2.5'],
  ['1e6144', '*', '10', null],
  ['9007199254740993', '-', '1', '9007199254740992'],
  ['1e33', '+', '0.5', '1000000000000000000000000000000000'],
  ['1e33', '+', '1.5', '1000000000000000000000000000000002'],
  ['10', '%', '-3', '-2'],
  ['-10', '%', '3', '2'],
  ['10.1', '%', '4.5', '1.1'],
  ['1', '%', '0', null],
] as const)('%s %s %s = %s', (a, operator, b, expected) => {
  const operation = { '+': add, '-': subtract, '*': multiply, '/': divide, '%': modulo }[operator];
  expect(shown(operation(n(a), n(b)))).toBe(expected);
});

test.each([
  ['2.5', 0, 'half_even', '2'],
  ['3.5', 0, 'half_even', '4'],
  ['2.5', 0, 'half_up', '3'],
  ['-2.5', 0, 'half_up', '-3'],
  ['-2.5', 0, 'half_down', '-2'],
  ['2.51', 0, 'half_down', '3'],
  ['1.01', 1, 'up', '1.1'],
  ['-1.01', 1, 'up', '-1.1'],
  ['-1.09', 1, 'down', '-1'],
  ['-1.5', 0, 'floor', '-2'],
  ['-1.5', 0, 'ceiling', '-1'],
  ['1250', -2, 'half_even', '1200'],
  ['1', 6000, 'half_even', '1'],
] as const)('%s to %s places %s is %s', (a, places, rounding: Rounding, expected) => {
  expect(shown(round(n(a), places, rounding))).toBe(expected);
});

const anyNumeric = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => n(`${digits}e-${scale}`));

test('sums and products of short numbers are exact, and comparison agrees with the difference', () => {
  fc.assert(
    fc.property(anyNumeric, anyNumeric, (a, b) => {
      const sum = add(a, b);
      expect(sum).not.toBeNull();
      expect(shown(subtract(sum as Numeric, b))).toBe(shown(a));
      const difference = subtract(a, b) as Numeric;
      expect(Math.sign(compareNumeric(a, b))).toBe(Math.sign(compareNumeric(difference, 0n)));
      expect(shown(multiply(a, b))).toBe(shown(multiply(b, a)));
      expect(shown(n(formatNumeric(a)))).toBe(shown(a));
    }),
  );
});

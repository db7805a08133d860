import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNumeric, formatNumeric, numericOf } from '../base/decimal.ts';
import { compileExpression, compileUnaryTests, evaluate, test as passes } from './index.ts';

const long = process.env.TEST_LENGTH === 'long';
const seed = Number(process.env.TEST_SEED ?? Math.floor(performance.now() * 1e6) % 2 ** 31);

/** Sound expressions that mutations start from; together they touch the whole language. */
const seeds = [
  'if amount > 3000000000 and tier != "branch" then "head office" else null',
  'for i in 1..9, j in [1, 2] return if i = 1 then partial else i * j ** -2',
  'some x in list satisfies x.a between 1 and 2 or every y in x.b satisfies y in (>= 3, [1..2))',
  '{a: 1, "b c": function(x: number, y) x + y, d: a instance of list<context<e: date>>}.d',
  'list[item.a = null][-1].b + 0.1 / 3 - -(2 ** 0.5)',
  'date("2026-11-21") + duration("P1M") > @"2026-11-21T10:00:00@Asia/Shanghai" - @"PT5H"',
  'string join(split(replace("a.b,c", "(\\w)\\.(\\w)", "$2$1"), ","), "、")',
  'matches("aaaaab", "(a*)*b|(a)\\1[^\\d\\p{Lu}a-z-[aeiou]]{2,3}?", "ix")',
  'sort(distinct values(flatten([[3, 1], [2, [1]]])), function(a, b) a < b)',
  'context put(context merge([{a: 1}, {b: {c: 2}}]), ["b", "c"], get entries({x: 1}))',
  'decimal(1.115, 2) = round half up(1.115, 2) and modulo(-10, 3) = 2 and exp(log(5)) > 4.99',
  'overlaps([1..5], (4..9]) and before(1, [2..3]) and [1..3] = range("[1..3]")',
  'number("1 234,5", " ", ",") * stddev([1, 2, 4]) + median(1, 2, 9) - mode([1, 1])[1]',
  'not(contains("汇流", "流")) or day of week(today()) = "Monday" and week of year(now()) < 54',
] as const;

const pieces = [
  ...seeds.flatMap((text) => text.split(/(?<=\W)|(?=\W)/)),
  '__proto__',
  'constructor',
  'prototype',
  '(',
  '[',
  '{',
  '"',
  '@"',
  '..',
  '->',
  '**',
  '?',
  ']',
  '[[',
  '1e6144',
  '1E-6176',
  '99999999999999999999',
  '\u0000',
  '\\',
  '\ud83d',
  '//',
  '/*',
  '*/',
  'external',
];

const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(
      fc.record({
        at: fc.nat(200),
        cut: fc.nat(12),
        put: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 3 })),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  )
  .map(([text, changes]) => {
    let result: string = text;
    for (const { at, cut, put } of changes) {
      const from = at % (result.length + 1);
      result = result.slice(0, from) + put + result.slice(from + cut);
    }
    return result;
  });

const values = {
  amount: 5_000_000_001n,
  tier: 'branch',
  list: [
    { a: 1n, b: [1n, 2n] },
    { a: null, b: 'x' },
  ],
};

test(`mutated expressions neither throw nor hang (seed ${seed})`, { timeout: 900_000 }, () => {
  let slowest = { tookMs: 0, text: '' };
  let count = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      count += 1;
      const before = process.cpuUsage();
      const expression = compileExpression(text);
      if (expression.ok) evaluate(expression.value, values, { now: '2026-11-21T09:00:00Z' });
      const tests = compileUnaryTests(text);
      if (tests.ok) passes(tests.value, 7n, values);
      const { user, system } = process.cpuUsage(before);
      const tookMs = (user + system) / 1000;
      if (tookMs > slowest.tookMs) slowest = { tookMs, text };
    }),
    { seed, numRuns: long ? 50_000 : 20_000, ...(long ? {} : { interruptAfterTimeLimit: 12_000 }) },
  );
  console.info(`${count} random expressions, the slowest ${slowest.tookMs.toFixed(0)} ms`);
  expect(count).toBeGreaterThanOrEqual(long ? 50_000 : 100);
  // A refusal comes within 100 ms; the rest is garbage collection and other programs.
  expect(slowest.tookMs, slowest.text).toBeLessThan(1_000);
});

type Exact = { readonly digits: bigint; readonly scale: number };
type Sum = { readonly text: string; readonly value: Exact };

const leaf: fc.Arbitrary<Sum> = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, scale]) => ({
    text: formatNumeric(numericOf(BigInt(digits), scale) ?? 0n),
    value: { digits: BigInt(digits), scale },
  }));

function combined(sign: '+' | '-' | '*', a: Sum, b: Sum): Sum {
  const text = `(${a.text} ${sign} ${b.text})`;
  if (sign === '*') {
    const digits = a.value.digits * b.value.digits;
    return { text, value: { digits, scale: a.value.scale + b.value.scale } };
  }
  const scale = Math.max(a.value.scale, b.value.scale);
  const at = (value: Exact): bigint => value.digits * 10n ** BigInt(scale - value.scale);
  const [x, y] = [at(a.value), at(b.value)];
  return { text, value: { digits: sign === '+' ? x + y : x - y, scale } };
}

const sums = fc.letrec<{ sum: Sum }>((tie) => ({
  sum: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc
      .tuple(fc.constantFrom('+', '-', '*'), tie('sum'), tie('sum'))
      .map(([sign, a, b]) => combined(sign as '+', a, b)),
  ),
})).sum;

test(`sums, differences and products are exact (seed ${seed})`, () => {
  fc.assert(
    fc.property(sums, ({ text, value }) => {
      const compiled = compileExpression(text);
      if (!compiled.ok) throw new Error(text);
      const result = evaluate(compiled.value, {}).value;
      const expected = numericOf(value.digits, value.scale) ?? 0n;
      if (typeof result !== 'bigint' && !(result instanceof Object)) throw new Error(text);
      expect(compareNumeric(result as bigint, expected)).toBe(0);
    }),
    { seed, numRuns: long ? 20_000 : 3_000 },
  );
});

import { expect, test } from 'vitest';
import { compileExpression, evaluate } from './index.ts';

/** A refusal comes within 100 ms of its own time. */
const promisedMs = 100;

/** The least CPU of three runs: what else the machine does then counts in none of them. */
function leastCpuMs(run: () => void): number {
  const spent = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...spent);
}

/** Texts that would hang, overflow or escape an evaluator that trusts its authors. */
const attacks: readonly (readonly [string, string])[] = [
  ['for i in 1..2000000 return i', 'feel_too_large'],
  ['for i in 1..5000, j in 1..5000 return 1', 'feel_too_large'],
  ['some i in 1..5000, j in 1..5000 satisfies i + j < 0', 'feel_fuel_exhausted'],
  ['count(for i in 1..100001 return i)', 'feel_too_large'],
  [
    'for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]',
    'feel_fuel_exhausted',
  ],
  [
    'string(for i in 1..60 return if i = 1 then "x" else partial[-1] + partial[-1])',
    'feel_too_large',
  ],
  [
    '{a: for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]],' +
      ' b: for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]], c: a = b}.c',
    'feel_fuel_exhausted',
  ],
  ['flatten(for i in 1..99 return if i = 1 then 1 else [partial, partial])', 'feel_too_large'],
  ['{f: function(f, n) f(f, n + 1), x: f(f, 0)}.x', 'feel_too_deep'],
  ['{f: function(f, n) [f(f, n + 1), f(f, n + 1)], x: f(f, 0)}.x', 'feel_too_deep'],
  ['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")', 'false'],
  ['matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|a)*(a*)*b")', 'false'],
  [
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a*)*(a*)*\\1b")',
    'feel_fuel_exhausted',
  ],
  ['matches("a", "((a{1000}){1000}){1000}")', 'feel_pattern_invalid'],
  ['10 ** 999999999999', 'feel_number_too_large'],
  ['2 ** 999999999999 - 1', 'feel_number_too_large'],
  ['exp(999999999)', 'feel_argument_out_of_range'],
  ['sort(for i in 1..90000 return i, function(a, b) true)', 'feel_fuel_exhausted'],
  ['distinct values(for i in 1..5000 return [i])', 'feel_fuel_exhausted'],
  ['duration("P999999999999999Y") * 999999999999999 + date("2026-01-01")', 'feel_number_too_large'],
];

test.each(attacks)('%.70s ends with %s within 100 ms of its own time', (text, expected) => {
  const compiled = compileExpression(text);
  if (!compiled.ok) throw new Error(compiled.code);
  const { value, reasons, refused } = evaluate(compiled.value, {});
  expect(refused?.code ?? (value === null ? reasons[0]?.code : String(value))).toBe(expected);
  expect(leastCpuMs(() => evaluate(compiled.value, {}))).toBeLessThan(promisedMs);
});

test('a list of 2,000,000 given from outside is refused when it is walked', () => {
  const list = new Array(2_000_000).fill(1n);
  const compiled = compileExpression('sum(list)');
  if (!compiled.ok) throw new Error(compiled.code);
  expect(evaluate(compiled.value, { list }).refused?.code).toBe('feel_fuel_exhausted');
});

test.each([
  ['(', 'feel_text_too_deep'],
  ['[', 'feel_text_too_deep'],
  ['{a:', 'feel_text_too_deep'],
  ['{a:1,', 'feel_syntax'],
  ['-', 'feel_text_too_deep'],
  ['1+', 'feel_text_too_deep'],
  ['a.', 'feel_text_too_deep'],
  ['f(', 'feel_text_too_deep'],
  ['x in (', 'feel_text_too_deep'],
  ['for x in ', 'feel_text_too_deep'],
  ['for x in 1, ', 'feel_text_too_deep'],
  ['function(a) ', 'feel_text_too_deep'],
  ['if true then ', 'feel_text_too_deep'],
  ['date and time ', 'feel_syntax'],
])('100,000 characters of %s are refused at once: %s', (piece, code) => {
  const text = piece.repeat(Math.floor(100_000 / piece.length));
  expect(compileExpression(text)).toMatchObject({ ok: false, code });
  expect(leastCpuMs(() => compileExpression(text))).toBeLessThan(promisedMs);
});

test.each(['1 instance of list<', '1 instance of function<>->', '1 instance of context<a: '])(
  'types within types are refused: %s',
  (begin) => {
    const piece = begin.slice('1 instance of '.length);
    const text = `1 instance of ${piece.repeat(5_000)}`;
    expect(compileExpression(text)).toMatchObject({ ok: false, code: 'feel_text_too_deep' });
  },
);

test('brackets within brackets are read once, however they go on', () => {
  const text = `${'x in ('.repeat(100)}1${') + 1'.repeat(100)}`;
  expect(compileExpression(text).ok).toBe(true);
  expect(leastCpuMs(() => compileExpression(text))).toBeLessThan(promisedMs);
});

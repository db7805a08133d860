import { describe, expect, test as spec } from 'vitest';
import { encodeValue, parseValues, type Values } from '../base/data.ts';
import { compileExpression, compileUnaryTests, evaluate, namesOf, test } from './index.ts';

function values(json: string): Values {
  const parsed = parseValues(json);
  if (!parsed.ok) throw new Error(`bad test data: ${json}`);
  return parsed.value;
}

function run(text: string, json = '{}', settings = {}) {
  const given = values(json);
  const compiled = compileExpression(text, namesOf(given));
  if (!compiled.ok) return compiled.code;
  const { value, reasons, refused } = evaluate(compiled.value, given, settings);
  if (refused !== null) return refused.code;
  return value === null && reasons[0] !== undefined ? reasons[0].code : encodeValue(value);
}

describe('numbers are exact', () => {
  spec.each([
    ['0.1 + 0.2 = 0.3', 'true'],
    ['1.15 * 100', '115'],
    ['9007199254740993 + 0', '9007199254740993'],
    ['decimal(1/3, 30)', '0.333333333333333333333333333333'],
    ['2 ** 0.5', '1.414213562373095048801688724209698'],
    ['exp(1)', '2.718281828459045235360287471352662'],
    ['log(10)', '2.302585092994045684017991454684364'],
    ['-3 ** 2', '9'],
    ['3 ** 4 ** 5', '3486784401'],
    ['10 / 0', 'feel_division_by_zero'],
    ['10 ** 9999', 'feel_number_too_large'],
    ['1000000000000 ** 1000000000000', 'feel_number_too_large'],
  ])('%s is %s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });
});

describe('names', () => {
  spec.each([
    ['first name', '{"first name":"Bo"}', '"Bo"'],
    ['a-b', '{"a-b":1,"a":5,"b":3}', '1'],
    ['a - b', '{"a-b":1,"a":5,"b":3}', '2'],
    ['terms and conditions', '{"terms and conditions":7}', '7'],
    ['客户.授信额度 + 1', '{"客户":{"授信额度":2}}', '3'],
    ['{a: 1, b: a + 1}.b', '{}', '2'],
    ['item', '{"item":4}', '4'],
    ['[{x: 1}, {x: 2}][x > 1].x', '{"x":9}', '[2]'],
    ['unknown', '{}', 'feel_name_unknown'],
    ['__proto__', '{}', 'feel_name_unknown'],
    ['constructor', '{}', 'feel_name_unknown'],
    ['a.constructor', '{"a":{}}', 'feel_member_unknown'],
    ['a.__proto__', '{"a":{}}', 'feel_member_unknown'],
    ['{}.toString', '{}', 'feel_member_unknown'],
    ['get value({}, "__proto__")', '{}', 'feel_member_unknown'],
  ])('%s over %s is %s', (text, json, expected) => {
    expect(run(text, json)).toBe(expected);
  });
});

describe('expressions', () => {
  spec.each([
    ['if 1 > 2 then "a" else "b"', '"b"'],
    ['for i in 1..3, j in [10] return i * j', '[10,20,30]'],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', '[1,1,2,6,24]'],
    ['some x in [1, 2] satisfies x > 1', 'true'],
    ['every x in [1, null] satisfies x > 0', 'feel_not_comparable'],
    ['5 in (<3, [5..9))', 'true'],
    ['5 in ]5..9[', 'false'],
    ['date("2026-02-28") + duration("P1M")', '"2026-03-28"'],
    ['date("2026-01-31") + duration("P1M")', '"2026-02-28"'],
    ['date("2026-11-21") - date("2026-11-01")', '"P20D"'],
    ['@"2026-11-21T10:00:00@Asia/Shanghai" = @"2026-11-21T02:00:00Z"', 'true'],
    ['(function(a, b) a + b)(b: 1, a: 2)', '3'],
    ['[1, 2] instance of list<number>', 'true'],
    ['"1" instance of number', 'false'],
    ['1 + "a"', 'feel_operand_type'],
    ['matches("aA", "(a)\\1", "i")', 'true'],
    ['replace("2026-11-21", "(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1")', '"21/11/2026"'],
    ['split("a;b;;c", ";")', '["a","b","","c"]'],
    ['now()', 'feel_clock_not_given'],
    ['function(x) x', 'feel_value_not_portable'],
  ])('%s is %s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });

  spec('the moment is given, never read', () => {
    expect(run('today()', '{}', { now: '2026-11-21T09:00:00+08:00' })).toBe('"2026-11-21"');
  });
});

spec.each([
  ['1 +', 'feel_syntax'],
  ['"open', 'feel_syntax'],
  ['a b) c', 'feel_syntax'],
  ['', 'feel_syntax'],
  ['if x then y', 'feel_syntax'],
  ['('.repeat(100_000), 'feel_text_too_deep'],
  ['-'.repeat(50_000), 'feel_text_too_deep'],
  [`1${'+1'.repeat(40_000)}`, 'feel_text_too_deep'],
  ['x'.repeat(100_001), 'feel_text_too_long'],
])('refuses to compile %.20s: %s', (text, code) => {
  expect(compileExpression(text)).toMatchObject({ ok: false, code });
});

spec.each([
  ['< 5', '3', true],
  ['< 5', '5', false],
  ['-', 'null', true],
  ['not(3, 4)', '3', false],
  ['not(3, 4)', '5', true],
  ['[1..5), 9', '9', true],
  ['"a", "b"', '"b"', true],
  ['? > 2 and ? < 9', '5', true],
  ['limit', '5', true],
  ['> limit', '5', false],
  ['< 5', '"x"', null],
  ['null', 'null', true],
] as const)('the cell %s tests %s as %s', (text, input, expected) => {
  const compiled = compileUnaryTests(text);
  if (!compiled.ok) throw new Error(compiled.code);
  const { input: value = null } = values(`{"input":${input}}`);
  expect(test(compiled.value, value, { limit: 5n }).value).toBe(expected);
});

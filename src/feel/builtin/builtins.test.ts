import { describe, expect, test } from 'vitest';
import { encodeValue } from '../../base/data.ts';
import { compileExpression, evaluate } from '../index.ts';
import { BUILTINS } from './index.ts';

/** What a text gives, as JSON, or the code of the reason why it is null. */
function run(text: string): string {
  const compiled = compileExpression(text);
  if (!compiled.ok) return compiled.code;
  const { value, reasons } = evaluate(compiled.value, {}, { now: '2026-11-21T09:30:00+08:00' });
  return value === null ? (reasons[0]?.code ?? 'null') : encodeValue(value);
}

const TYPE = 'feel_argument_type';
const RANGE = 'feel_argument_out_of_range';
const MISSING = 'feel_argument_missing';
const UNKNOWN = 'feel_argument_unknown';
const UNREADABLE = 'feel_text_not_a_value';
const ORDER = 'feel_not_comparable';

const table: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  conversions: [
    ['date("2024-02-29")', '"2024-02-29"'],
    ['date("2026-02-29")', UNREADABLE],
    ['date(2026, 11, 21)', '"2026-11-21"'],
    ['date(2026, 13, 1)', RANGE],
    ['date(year: 2026, month: 1, day: 31)', '"2026-01-31"'],
    ['date(date and time("2026-11-21T23:59:59Z"))', '"2026-11-21"'],
    ['date(5)', RANGE],
    ['time("09:30:00@Asia/Shanghai")', '"09:30:00@Asia/Shanghai"'],
    ['time(9, 30, 0.5, duration("PT8H"))', '"09:30:00.5+08:00"'],
    ['time("24:00:01")', UNREADABLE],
    ['date and time("2026-11-21T24:00:00")', '"2026-11-22T00:00:00"'],
    ['date and time(date("2026-11-21"), time("09:30:00Z"))', '"2026-11-21T09:30:00Z"'],
    ['duration("P1DT36H")', '"P2DT12H"'],
    ['duration("P14M")', '"P1Y2M"'],
    ['duration("P1M2D")', UNREADABLE],
    ['years and months duration(date("2024-02-29"), date("2026-02-28"))', '"P1Y11M"'],
    ['number("1 234,56", " ", ",")', '1234.56'],
    ['number("1,234.56", ",", ".")', '1234.56'],
    ['number("1,2", ",", ",")', RANGE],
    ['number("12a")', UNREADABLE],
    ['string(1.50)', '"1.5"'],
    ['string([1, "a", null, {b: true}])', '"[1, \\"a\\", null, {b: true}]"'],
    ['string(null)', 'null'],
    ['not(true)', 'false'],
    ['not(1)', RANGE],
  ],
  strings: [
    ['substring("汇流银行", 3)', '"银行"'],
    ['substring("foobar", -2, 1)', '"a"'],
    ['substring("foobar", 0)', RANGE],
    ['string length("🐎流")', '2'],
    ['upper case("aß")', '"ASS"'],
    ['lower case("ÄB")', '"äb"'],
    ['substring before("a=b=c", "=")', '"a"'],
    ['substring after("a=b=c", "=")', '"b=c"'],
    ['substring after("abc", "x")', '""'],
    ['contains("foobar", "ob")', 'true'],
    ['starts with("foobar", "foo")', 'true'],
    ['ends with("foobar", "foo")', 'false'],
    ['matches("Abc", "^a", "i")', 'true'],
    ['matches("a.c", "a.c", "q")', 'true'],
    ['matches("x", "[a-z-[x]]")', 'false'],
    ['matches("abc", "(")', 'feel_pattern_invalid'],
    ['matches("abc", "b", "g")', 'feel_pattern_invalid'],
    ['replace("abracadabra", "a(.)", "<$1>")', '"<b>r<c><d><b>ra"'],
    ['replace("a", "a", "$x")', 'feel_pattern_invalid'],
    ['split("John Doe", "\\s")', '["John","Doe"]'],
    ['string join(["a", null, "b"], "-")', '"a-b"'],
    ['string join([1])', RANGE],
    ['contains(null, "a")', TYPE],
    ['contains("a")', MISSING],
    ['contains(strin: "a", match: "b")', UNKNOWN],
  ],
  numbers: [
    ['decimal(2.5, 0)', '2'],
    ['decimal(1.115, 2)', '1.12'],
    ['floor(-1.5)', '-2'],
    ['ceiling(1.21, 1)', '1.3'],
    ['round up(-1.121, 2)', '-1.13'],
    ['round down(-1.129, 2)', '-1.12'],
    ['round half up(-2.5, 0)', '-3'],
    ['round half down(-2.5, 0)', '-2'],
    ['round up(1, 9999)', RANGE],
    ['abs(-3)', '3'],
    ['abs(duration("-P1D"))', '"P1D"'],
    ['modulo(-12, 5)', '3'],
    ['modulo(1, 0)', 'feel_division_by_zero'],
    ['sqrt(2)', '1.414213562373095048801688724209698'],
    ['sqrt(-1)', RANGE],
    ['log(0)', RANGE],
    ['exp(0)', '1'],
    ['odd(-3)', 'true'],
    ['even(2.5)', 'false'],
  ],
  lists: [
    ['list contains([1, null], null)', 'true'],
    ['count([1, [2, 3]])', '2'],
    ['count(null)', TYPE],
    ['min("b", "a")', '"a"'],
    ['max([1, 2.5, 2])', '2.5'],
    ['max(1, "a")', RANGE],
    ['min([])', 'null'],
    ['sum(0.1, 0.2)', '0.3'],
    ['sum([duration("P1D"), duration("PT1H")])', '"P1DT1H"'],
    ['sum([1, "a"])', RANGE],
    ['product([2, 3, 0.5])', '3'],
    ['mean([1, 2])', '1.5'],
    ['median([8, 2, 5, 7])', '6'],
    ['mode([6, 1, 9, 6, 1])', '[1,6]'],
    ['stddev(2, 4, 7, 5)', '2.081665999466132735282297706979931'],
    ['stddev([1])', RANGE],
    ['all([true, null])', RANGE],
    ['any([false, true, null])', 'true'],
    ['all([])', 'true'],
    ['sublist([1, 2, 3], -2)', '[2,3]'],
    ['sublist([1, 2, 3], 4)', '[]'],
    ['append([1], 2, 3)', '[1,2,3]'],
    ['concatenate([1], [2, [3]])', '[1,2,[3]]'],
    ['insert before([1, 3], 2, 2)', '[1,2,3]'],
    ['insert before([1], 3, 0)', RANGE],
    ['remove([1, 2, 3], -1)', '[1,2]'],
    ['list replace([1, 2, 3], 2, 9)', '[1,9,3]'],
    ['list replace([1, 2, 3], function(item, newItem) item < newItem, 2)', '[2,2,3]'],
    ['reverse([1, 2])', '[2,1]'],
    ['index of([1, 2, 1], 1)', '[1,3]'],
    ['union([1, 2], [2, 3])', '[1,2,3]'],
    ['distinct values([1, 1.0, [2], [2], null, null])', '[1,[2],null]'],
    ['flatten([[1, [2]], 3])', '[1,2,3]'],
    ['sort([3, 1, 2], function(x, y) x > y)', '[3,2,1]'],
  ],
  contexts: [
    ['get value({a: {b: 1}}, "a")', '{"b":1}'],
    ['get value({a: {b: 1}}, ["a", "b"])', '1'],
    ['get value({a: 1}, "c")', 'feel_member_unknown'],
    ['get entries({a: 1})', '[{"key":"a","value":1}]'],
    ['context([{key: "a", value: 1}])', '{"a":1}'],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', 'feel_context_key_duplicate'],
    ['context put({a: {b: 1}}, ["a", "c"], 2)', '{"a":{"b":1,"c":2}}'],
    ['context put({}, null, 1)', TYPE],
    ['context merge([{a: 1}, {a: 2, b: 3}])', '{"a":2,"b":3}'],
  ],
  temporals: [
    ['day of year(date("2026-12-31"))', '365'],
    ['day of week(date("2026-11-21"))', '"Saturday"'],
    ['month of year(date("2026-11-21"))', '"November"'],
    ['week of year(date("2027-01-01"))', '53'],
    ['day of week("2026-11-21")', RANGE],
    ['now()', '"2026-11-21T09:30:00+08:00"'],
    ['today()', '"2026-11-21"'],
    ['is(@"10:00:00Z", @"10:00:00+00:00")', 'true'],
    ['is(@"10:00:00Z", @"11:00:00+01:00")', 'false'],
  ],
  ranges: [
    ['before(1, [2..3])', 'true'],
    ['before([1..2], [2..3])', 'false'],
    ['after((1..2], 1)', 'true'],
    ['meets([1..5], [5..9])', 'true'],
    ['met by([5..9], [1..5))', 'false'],
    ['overlaps([1..5], [5..9])', 'true'],
    ['overlaps before([1..5], [3..9])', 'true'],
    ['overlaps after([3..9], [1..5])', 'true'],
    ['finishes(5, [1..5])', 'true'],
    ['finished by([1..5), 5)', 'false'],
    ['includes([1..9], (1..9))', 'true'],
    ['during(5, [1..9])', 'true'],
    ['starts(1, (1..9])', 'false'],
    ['started by([1..9], [1..5])', 'true'],
    ['coincides([1..2], [1..2])', 'true'],
    ['before("a", 1)', ORDER],
    ['meets(1, 2)', ORDER],
    ['range("[1..3)") = [1..3)', 'true'],
    ['range("[3..1]")', UNREADABLE],
    ['range("1..3")', UNREADABLE],
  ],
};

describe.each(Object.entries(table))('%s', (_, rows) => {
  test.each(rows)('%s is %s', (text, expected) => {
    expect(run(text)).toBe(expected);
  });
});

test('every function of the language stands in the table', () => {
  const texts = Object.values(table).flatMap((rows) => rows.map(([text]) => text));
  const untried = [...BUILTINS.keys()].filter((name) => {
    return !texts.some((text) => text.includes(`${name}(`));
  });
  expect(untried).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { parseNumeric } from '../../base/decimal.ts';
import { checkDecisions, compileDecisions, decide, readDecisions } from '../index.ts';

/** All values that tests over 0 to 4 and "a" to "c" can tell apart. */
const numbers = Array.from({ length: 13 }, (_, i) => parseNumeric(String((i - 2) / 2)) ?? 0n);
const texts = ['', 'a', 'a~', 'b', 'b~', 'c', 'c~'];
const grid: readonly Values[] = numbers.flatMap((n) => texts.map((t) => ({ n, t })));

const number = fc.integer({ min: 0, max: 4 }).map(String);
const numberTest = fc.oneof(
  number,
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([sign, n]) => `${sign} ${n}`),
  fc
    .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
    .map(([open, a, b, close]) => `${open}${a}..${b}${close}`),
);
const text = fc.constantFrom('"a"', '"b"', '"c"', '< "b"', '>= "b"');
const cellOf = (one: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.constant('-'),
    fc.array(one, { minLength: 1, maxLength: 2 }).map((tests) => tests.join(', ')),
    one.map((single) => `not(${single})`),
  );
const row = fc.tuple(cellOf(numberTest), cellOf(text), fc.integer({ min: 1, max: 3 }));

const escaped = (cell: string): string => cell.replaceAll('<', '&lt;');

async function tableOf(policy: string, rows: readonly (readonly [string, string, number])[]) {
  const rules = rows.map(
    ([n, t, output]) => `<rule><inputEntry><text>${escaped(n)}</text></inputEntry>
      <inputEntry><text>${escaped(t)}</text></inputEntry>
      <outputEntry><text>${output}</text></outputEntry></rule>`,
  );
  const model = await readDecisions(`<definitions namespace="urn:t"
    xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">
    <inputData id="n" name="n"><variable name="n"/></inputData>
    <inputData id="t" name="t"><variable name="t"/></inputData>
    <decision id="d" name="d"><variable name="d"/>
    <informationRequirement><requiredInput href="#n"/></informationRequirement>
    <informationRequirement><requiredInput href="#t"/></informationRequirement>
    <decisionTable hitPolicy="${policy}">
    <input><inputExpression typeRef="number"><text>n</text></inputExpression></input>
    <input><inputExpression typeRef="string"><text>t</text></inputExpression></input>
    <output/>${rules.join('')}</decisionTable></decision></definitions>`);
  if (!model.ok) throw new Error(model.code);
  const program = compileDecisions(model.value);
  if (!program.ok) throw new Error(program.code);
  const rowsAt = (inputs: Values): readonly number[] => {
    const decided = decide(program.value, 'd', inputs);
    if (!decided.ok) throw new Error(decided.code);
    return decided.value.matched[0]?.rows ?? [];
  };
  const found = checkDecisions(model.value);
  const of = (code: string) => found.filter((one) => one.code === code);
  return { rowsAt, of };
}

test('what is said about gaps and dead rows is true, and nothing is left out', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const { rowsAt, of } = await tableOf('FIRST', rows);
      const chosen = grid.map((inputs) => rowsAt(inputs));
      for (const { example } of of('decision_gap')) expect(rowsAt(example ?? {})).toEqual([]);
      expect(of('decision_gap').length > 0).toBe(chosen.some((own) => own.length === 0));
      const alive = new Set(chosen.flat());
      const dead = [...of('decision_row_masked'), ...of('decision_row_unreachable')];
      expect(dead.map((one) => one.rows[0]).sort()).toEqual(
        rows.flatMap((_, i) => (alive.has(i + 1) ? [] : [i + 1])),
      );
    }),
    { numRuns: 200 },
  );
});

test('what is said about overlaps is true, and nothing is left out', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 4 }), async (rows) => {
      const { rowsAt, of } = await tableOf('UNIQUE', rows);
      const overlapping = of('decision_overlap');
      for (const { example, rows: own } of overlapping) {
        expect(rowsAt(example ?? {})).toEqual(expect.arrayContaining([...own]));
      }
      expect(overlapping.length > 0).toBe(grid.some((inputs) => rowsAt(inputs).length > 1));
    }),
    { numRuns: 200 },
  );
});

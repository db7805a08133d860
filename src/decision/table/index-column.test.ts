import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileUnaryTests, test as passes } from '../../feel/index.ts';
import { compileDecisions, decide, readDecisions } from '../index.ts';

const number = fc.oneof(fc.integer({ min: 0, max: 12 }).map(String), fc.constant('2.5'));
const numberTest = fc.oneof(
  number,
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), number).map(([sign, n]) => `${sign} ${n}`),
  fc
    .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
    .map(([open, a, b, close]) => `${open}${a}..${b}${close}`),
);
const textTest = fc.oneof(
  fc.constantFrom('"a"', '"b"', '"c"'),
  fc.constantFrom('< "b"', '>= "b"', '["a".."b"]'),
);
const cellOf = (one: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.constant('-'),
    fc.array(one, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(', ')),
    fc.array(one, { minLength: 1, maxLength: 2 }).map((tests) => `not(${tests.join(', ')})`),
  );
const row = fc.tuple(
  cellOf(numberTest),
  cellOf(textTest),
  cellOf(fc.constantFrom('true', 'false')),
);
const inputs = fc.record({
  n: fc.oneof(fc.bigInt({ min: -1n, max: 13n }), fc.constant(null)),
  t: fc.constantFrom('a', 'b', 'c', 'd', null),
  b: fc.constantFrom(true, false, null),
});

const escaped = (text: string): string => text.replaceAll('<', '&lt;');
const names = ['n', 't', 'b'] as const;

async function programOf(rows: readonly (readonly string[])[]) {
  const given = names.map(
    (name) => `<inputData id="i${name}" name="${name}"><variable name="${name}"/></inputData>`,
  );
  const needs = names.map(
    (name) => `<informationRequirement><requiredInput href="#i${name}"/></informationRequirement>`,
  );
  const heads = names.map(
    (name) => `<input><inputExpression><text>${name}</text></inputExpression></input>`,
  );
  const rules = rows.map((cells, i) => {
    const tests = cells.map((cell) => `<inputEntry><text>${escaped(cell)}</text></inputEntry>`);
    return `<rule>${tests.join('')}<outputEntry><text>${i + 1}</text></outputEntry></rule>`;
  });
  const model =
    await readDecisions(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"
    namespace="urn:t">${given.join('')}<decision id="d" name="d"><variable name="d"/>${needs.join('')}
    <decisionTable hitPolicy="COLLECT">${heads.join('')}<output/>${rules.join('')}</decisionTable></decision>
    </definitions>`);
  if (!model.ok) throw new Error(model.code);
  const program = compileDecisions(model.value);
  if (!program.ok) throw new Error(program.code);
  return program.value;
}

test('the rows an index finds are those whose cells pass', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 40 }),
      fc.array(inputs, { minLength: 1, maxLength: 20 }),
      async (rows, cases) => {
        const program = await programOf(rows);
        for (const given of cases) {
          const expected = rows.flatMap((cells, i) => {
            const all = cells.every((cell, column) => {
              const compiled = compileUnaryTests(cell);
              if (!compiled.ok) throw new Error(cell);
              return passes(compiled.value, given[names[column] ?? 'n']).value === true;
            });
            return all ? [i + 1] : [];
          });
          const decided = decide(program, 'd', given);
          if (!decided.ok) throw new Error(decided.code);
          expect(decided.value.matched[0]?.rows).toEqual(expected);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a long table finds its row without asking all of them', { timeout: 60_000 }, async () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => [`[${i}..${i + 1})`, '-', '-']);
  const program = await programOf(rows);
  for (const n of [0n, 1_499n, 2_999n]) {
    const decided = decide(program, 'd', { n, t: null, b: null }, { fuel: 1_000 });
    if (!decided.ok) throw new Error(decided.code);
    expect(decided.value.matched[0]?.rows).toEqual([Number(n) + 1]);
  }
});

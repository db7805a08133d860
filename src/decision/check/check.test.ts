import { expect, test } from 'vitest';
import { encodeValues } from '../../base/data.ts';
import { isRefusalCode } from '../../contract/refusals/index.ts';
import { checkDecisions, compileDecisions, decide, readDecisions } from '../index.ts';

const escaped = (text: string): string => text.replaceAll('<', '&lt;');

/** A table over amount (number) and grade (text); rows are `amount | grade | output`. */
function fileOf(head: string, output: string, rows: readonly string[]): string {
  const rules = rows.map((row) => {
    const [amount = '', grade = '', result = ''] = row.split(' | ').map(escaped);
    return `<rule><inputEntry><text>${amount}</text></inputEntry><inputEntry><text>${grade}</text>
      </inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`;
  });
  const needs = ['amountMinor', 'grade'].map(
    (name) => `<informationRequirement><requiredInput href="#${name}"/></informationRequirement>`,
  );
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:t">
    <inputData id="amountMinor" name="amountMinor"><variable name="amountMinor"/></inputData>
    <inputData id="grade" name="grade"><variable name="grade"/></inputData>
    <decision id="d" name="d"><variable name="d"/>${needs.join('')}<decisionTable ${head}>
    <input><inputExpression typeRef="number"><text>amountMinor</text></inputExpression></input>
    <input><inputExpression typeRef="string"><text>grade</text></inputExpression>
      <inputValues><text>"A", "B", "C"</text></inputValues></input>
    <output ${output}</output>${rules.join('')}</decisionTable></decision></definitions>`;
}

async function modelOf(xml: string) {
  const model = await readDecisions(xml);
  if (!model.ok) throw new Error(model.code);
  return model.value;
}

const plain = 'typeRef="number">';
const listed = 'typeRef="string"><outputValues><text>"no", "yes"</text></outputValues>';

test.each([
  // hit policy, output, rows                                                  findings
  ['', plain, ['<= 5 | - | 1', '> 5 | - | 2'], []],
  ['', plain, ['<= 5 | - | 1', '>= 6 | - | 2'], []],
  [
    '',
    plain,
    ['< 5 | - | 1', '> 5 | - | 2'],
    ['decision_gap {"amountMinor":5,"grade":"A"}', 'decision_default_missing'],
  ],
  ['', plain, ['- | "A", "B" | 1', '- | "C" | 2'], []],
  ['', plain, ['- | not("C") | 1', '- | "C" | 2'], []],
  [
    '',
    plain,
    ['- | "A" | 1', '> 7 | "B" | 2'],
    [
      'decision_gap {"amountMinor":6,"grade":"B"}',
      'decision_gap {"amountMinor":8,"grade":"C"}',
      'decision_default_missing',
    ],
  ],
  ['', `${plain}<defaultOutputEntry><text>9</text></defaultOutputEntry>`, ['> 7 | "B" | 2'], []],
  ['hitPolicy="COLLECT"', plain, ['> 7 | "B" | 2'], []],
  [
    '',
    plain,
    ['<= 5 | - | 1', '>= 5 | - | 2'],
    ['decision_overlap 1,2 {"amountMinor":5,"grade":"A"}'],
  ],
  ['hitPolicy="ANY"', plain, ['<= 5 | - | 1', '>= 5 | - | 1.0'], []],
  [
    'hitPolicy="ANY"',
    plain,
    ['<= 5 | - | 1', '>= 5 | - | 2'],
    ['decision_conflict 1,2 {"amountMinor":5,"grade":"A"}'],
  ],
  [
    'hitPolicy="FIRST"',
    plain,
    ['<= 5 | - | 1', '> 3 | - | 2', '[1..9] | "B" | 3'],
    ['decision_row_masked 3,1 {"amountMinor":1,"grade":"B"}'],
  ],
  [
    'hitPolicy="FIRST"',
    plain,
    ['- | - | 1', '- | - | 2'],
    ['decision_row_masked 2,1 {"amountMinor":null,"grade":"A"}'],
  ],
  [
    'hitPolicy="FIRST"',
    plain,
    ['(5..5) | - | 1', '- | "D" | 2', '- | - | 3'],
    ['decision_row_unreachable 1', 'decision_row_unreachable 2'],
  ],
  ['hitPolicy="FIRST"', plain, ['"5" | - | 1', '- | - | 2'], ['decision_cell_type 1']],
  ['hitPolicy="FIRST"', plain, ['5 | - | "x"', '- | - | 2'], ['decision_output_type 1']],
  [
    'hitPolicy="FIRST"',
    listed,
    ['5 | - | "maybe"', '- | - | "yes"'],
    ['decision_output_not_listed 1'],
  ],
  [
    'hitPolicy="PRIORITY"',
    'typeRef="string">',
    ['5 | - | "no"', '- | - | "yes"'],
    ['decision_priority_missing'],
  ],
  [
    'hitPolicy="PRIORITY"',
    listed,
    ['5 | - | "yes"', '- | - | "no"'],
    ['decision_row_masked 1,2 {"amountMinor":5,"grade":"A"}'],
  ],
  [
    'hitPolicy="FIRST"',
    plain,
    ['? * 2 > 4 | - | 1', '<= 2 | - | 2'],
    ['decision_coverage_unproven {"amountMinor":3,"grade":"A"}'],
  ],
] as const)('table %s %s %j: %j', async (head, output, rows, expected) => {
  const findings = checkDecisions(await modelOf(fileOf(head, output, rows)));
  const shown = findings.map(({ code, rows: own, example }) =>
    [code, own.join(), example === null ? '' : encodeValues(example)]
      .filter((part) => part !== '')
      .join(' '),
  );
  expect(shown).toEqual(expected);
  for (const { code } of findings) expect(isRefusalCode(code)).toBe(true);
});

test('the example of a gap is an input the table has no answer for', async () => {
  const model = await modelOf(
    fileOf('', plain, ['[0..9] | "A", "B" | 1', '> 20 | - | 2', '15 | "C" | 3']),
  );
  const program = compileDecisions(model);
  if (!program.ok) throw new Error(program.code);
  const found = checkDecisions(model).filter((one) => one.code === 'decision_gap');
  expect(found.length).toBeGreaterThan(2);
  for (const { example } of found) {
    expect(decide(program.value, 'd', example ?? {})).toMatchObject({ value: { output: null } });
  }
});

test('a table of 400 rows is checked in little processor time', { timeout: 60_000 }, async () => {
  const rows = Array.from(
    { length: 400 },
    (_, i) => `[${i * 10}..${i * 10 + 10}) | ${i % 2 ? '-' : '"A", "B"'} | ${i}`,
  );
  const model = await modelOf(fileOf('', plain, rows));
  const before = process.cpuUsage();
  expect(checkDecisions(model).length).toBeGreaterThan(0);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2_000);
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { isRefusalCode } from '../../contract/refusals/index.ts';
import {
  checkDecisions,
  compileDecisions,
  readDecisionCases,
  readDecisions,
  runDecisionCases,
} from '../index.ts';

const processes = join(import.meta.dirname, '../../../processes');
const files = globSync(join(processes, '**/*.dmn')).sort();

async function compiled(xml: string) {
  const model = await readDecisions(xml);
  if (!model.ok) throw new Error(model.code);
  const program = compileDecisions(model.value);
  if (!program.ok) throw new Error(`${program.code} ${JSON.stringify(program.facts)}`);
  return program.value;
}

test.each(files.map((file) => [relative(processes, file), file]))(
  'the tables of %s have no faults, and their cases reach every row',
  async (_, file) => {
    const program = await compiled(readFileSync(file, 'utf8'));
    const errors = checkDecisions(program.model).filter((one) => one.severity === 'error');
    expect(errors).toEqual([]);
    const beside = file.replace(/\.dmn$/, '.cases.md');
    expect(existsSync(beside), `${beside} is missing`).toBe(true);
    const cases = readDecisionCases(readFileSync(beside, 'utf8'));
    if (!cases.ok) throw new Error(JSON.stringify(cases));
    const report = runDecisionCases(program, cases.value);
    if (!report.ok) throw new Error(JSON.stringify(report));
    expect(report.value.outcomes.length).toBeGreaterThan(0);
    expect(report.value.outcomes.filter((one) => one.why !== null)).toEqual([]);
    for (const { decision, rows } of report.value.coverage) {
      const never = rows.flatMap((count, i) => (count === 0 ? [i + 1] : []));
      expect(never, `rows of ${decision} no case reaches`).toEqual([]);
    }
  },
);

const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:t">
  <inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>
  <decision id="d" name="d"><variable name="d"/>
  <informationRequirement><requiredInput href="#n"/></informationRequirement>
  <decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression></input>
  <output/><rule><inputEntry><text>1</text></inputEntry><outputEntry><text>"one"</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"many"</text></outputEntry></rule>
  </decisionTable></decision></definitions>`;

const head = '# Cases\n\n## d\n\n| n | → | rows |\n| --- | --- | --- |\n';

test.each([
  ['| 1 | "one" | 1 |', [null], [1, 0]],
  ['| 1.0 | "one" | |\n| 2 | "many" | 2 |', [null, null], [1, 1]],
  ['| 2 | "one" | |', ['wanted "one", came "many"'], [0, 1]],
  ['| 2 | "many" | 1 |', ['rows: wanted 1, came 2'], [0, 1]],
  ['| | "many" | |', [null], [0, 1]],
] as const)('%s', async (rows, why, coverage) => {
  const cases = readDecisionCases(head + rows);
  if (!cases.ok) throw new Error(cases.code);
  const report = runDecisionCases(await compiled(xml), cases.value);
  if (!report.ok) throw new Error(report.code);
  expect(report.value.outcomes.map((one) => one.why)).toEqual(why);
  expect(report.value.coverage).toEqual([{ decision: 'd', rows: coverage }]);
});

test('a cell that is no FEEL, and a decision nobody made, are refused', async () => {
  const broken = readDecisionCases(`${head}| 1 + | "one" | |`);
  expect(broken).toMatchObject({ code: 'decision_case_cell_invalid', facts: { line: '7' } });
  expect(isRefusalCode('decision_case_cell_invalid')).toBe(true);
  const other = readDecisionCases(head.replace('## d', '## e').concat('| 1 | "one" | |'));
  if (!other.ok) throw new Error(other.code);
  expect(runDecisionCases(await compiled(xml), other.value)).toMatchObject({
    code: 'decision_unknown',
  });
});

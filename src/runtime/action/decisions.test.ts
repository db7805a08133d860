import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalText } from '../../contract/refusals/index.ts';
import { decisionsOfCase } from '../../store/process/cases.ts';
import { processXml, staff, type TestBank, testBank, value } from '../testing.ts';

const rule = (when: string, ...then: readonly string[]): string =>
  `<rule><inputEntry><text>${when}</text></inputEntry>${then
    .map((text) => `<outputEntry><text>${text}</text></outputEntry>`)
    .join('')}</rule>`;

/** Over n: 1 answers, 2 says null itself, 3 fails in one part, 4 leaves one part empty. */
const table = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:t">
  <inputData id="n" name="n"><variable name="n"/></inputData>
  <inputData id="m" name="m"><variable name="m"/></inputData>
  <decision id="rate" name="rate"><variable name="rate"/>
  <informationRequirement><requiredInput href="#n"/></informationRequirement>
  <informationRequirement><requiredInput href="#m"/></informationRequirement>
  <decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression></input>
  <output name="tier"/><output name="rate"/>
  ${rule('1', '"A"', '3')}${rule('2', 'null', 'null')}${rule('3', '"C"', 'm / 0')}
  ${rule('4', '"D"', '')}${rule('-', '"E"', 'm + 1')}</decisionTable></decision></definitions>`;

/** Nothing covers what is no 1; the check cannot prove it, for the cell asks another input. */
const single = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:t">
  <inputData id="n" name="n"><variable name="n"/></inputData>
  <decision id="rate" name="rate"><variable name="rate"/>
  <informationRequirement><requiredInput href="#n"/></informationRequirement>
  <decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>
  ${rule('if ? = 1 then true else false', '"A"')}</decisionTable></decision></definitions>`;

const model = (id: string, more = '') =>
  processXml({
    id,
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'start rule end' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
      <bpmn:businessRuleTask id="rule" huiliu:decision="rate" huiliu:result="rate" ${more}/>`,
    flows: ['start > rule > end'],
  });

let bank: TestBank;

beforeAll(async () => {
  bank = await testBank();
  await bank.deploy(model('priced'), { 'rate.dmn': table });
  await bank.deploy(model('open_priced', 'huiliu:mayBeNull="true"'), { 'rate.dmn': table });
  await bank.deploy(model('single'), { 'rate.dmn': single });
});
afterAll(async () => await bank.drop());

const start = async (processId: string, values: { readonly [name: string]: bigint }) =>
  await bank.runtime.startCase({ actor: staff('E1', 'clerk'), processId, values });

test.each([
  // process, n, m    answer kept                       or the refusal
  ['priced', 1n, 5n, '{"tier":"A","rate":3}'],
  ['priced', 9n, 5n, '{"tier":"E","rate":6}'],
  ['priced', 4n, 5n, '{"tier":"D","rate":null}'],
  ['priced', 3n, 5n, 'decision_without_answer rate feel_division_by_zero'],
  ['open_priced', 3n, 5n, '{"tier":"C","rate":null}'],
  ['single', 1n, 5n, '"A"'],
  ['single', 2n, 5n, 'decision_without_answer rate decision_no_row'],
] as const)('%s of n = %s, m = %s: %s', async (processId, n, m, expected) => {
  const started = await start(processId, { n, m });
  if (!started.ok) {
    expect(`${started.code} ${started.facts.parts} ${started.facts.why}`).toBe(expected);
    for (const language of ['zh-CN', 'en'] as const) {
      expect(refusalText(started.code, language, started.facts)).not.toMatch(/[{_}]/);
    }
    return;
  }
  const [decision] = await decisionsOfCase(bank.database, 1, started.value.caseNumber);
  expect(JSON.parse(decision?.output ?? '')).toEqual(JSON.parse(expected));
});

test('why something is null is kept with the decision and said in the log of the case', async () => {
  const { caseNumber } = value(await start('open_priced', { n: 3n, m: 5n }));
  const [decision] = await decisionsOfCase(bank.database, 1, caseNumber);
  expect(JSON.parse(decision?.reasons ?? '')).toMatchObject([{ code: 'feel_division_by_zero' }]);
  expect(JSON.parse(decision?.matched ?? '')).toEqual([{ decision: 'rate', rows: [3] }]);
  const events = await bank.runtime.caseEvents(caseNumber);
  const said = events.find((one) => one.kind === 'decision_taken')?.facts ?? '';
  expect(JSON.parse(said)).toMatchObject({ reasons: ['feel_division_by_zero'], modelVersion: 1 });
});

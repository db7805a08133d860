import { expect, test } from 'vitest';
import { encodeValue, parseValues, type Values } from '../base/data.ts';
import { isRefusalCode } from '../contract/refusals/index.ts';
import { compileDecisions, type DecisionProgram, decide, readDecisions } from './index.ts';

function values(json: string): Values {
  const parsed = parseValues(json);
  if (!parsed.ok) throw new Error(`bad test data: ${json}`);
  return parsed.value;
}

const definitions = (content: string): string =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="t" namespace="urn:t">
  <inputData id="i1" name="amount"><variable name="amount" typeRef="number"/></inputData>
  <inputData id="i2" name="grade"><variable name="grade" typeRef="string"/></inputData>
  <inputData id="i3" name="on"><variable name="on" typeRef="date"/></inputData>${content}</definitions>`;

const needs = `<informationRequirement><requiredInput href="#i1"/></informationRequirement>
  <informationRequirement><requiredInput href="#i2"/></informationRequirement>
  <informationRequirement><requiredInput href="#i3"/></informationRequirement>`;

const escaped = (text: string): string => text.replaceAll('<', '&lt;');

/** A decision `d` with one table over amount and grade; rows are `amount | grade | output`. */
function table(head: string, output: string, rows: readonly string[]): string {
  const rules = rows.map((row) => {
    const [amount = '', grade = '', result = ''] = row.split(' | ').map(escaped);
    return `<rule><inputEntry><text>${amount}</text></inputEntry><inputEntry><text>${grade}</text>
      </inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`;
  });
  return definitions(`<decision id="d" name="d"><variable name="d"/>${needs}<decisionTable ${head}>
    <input><inputExpression typeRef="number"><text>amount</text></inputExpression></input>
    <input><inputExpression typeRef="string"><text>grade</text></inputExpression></input>
    <output>${output}</output>${rules.join('')}</decisionTable></decision>`);
}

async function programOf(xml: string): Promise<DecisionProgram> {
  const model = await readDecisions(xml);
  if (!model.ok) throw new Error(model.code);
  const program = compileDecisions(model.value);
  if (!program.ok) throw new Error(`${program.code} ${JSON.stringify(program.facts)}`);
  return program.value;
}

const tiers = ['[0..100] | - | 1', '<= 200 | "A", "B" | 2', '> 200 | not("C") | 3', '- | - | 9'];

test.each([
  ['hitPolicy="FIRST"', tiers, '{"amount":100,"grade":"C"}', '1', [1]],
  ['hitPolicy="FIRST"', tiers, '{"amount":100.01,"grade":"B"}', '2', [2]],
  ['hitPolicy="FIRST"', tiers, '{"amount":200.01,"grade":"C"}', '9', [4]],
  ['hitPolicy="FIRST"', tiers, '{"amount":-1,"grade":"C"}', '9', [4]],
  ['hitPolicy="FIRST"', tiers, '{"grade":"A"}', '9', [4]],
  ['hitPolicy="FIRST"', tiers.slice(0, 3), '{"amount":300,"grade":"C"}', 'null', []],
  ['', ['< 5 | - | 1', '> 7 | - | 2'], '{"amount":8}', '2', [2]],
  ['', ['< 5 | - | 1', '> 3 | - | 2'], '{"amount":4}', 'decision_rows_conflict', [1, 2]],
  ['hitPolicy="ANY"', ['< 5 | - | 1', '> 3 | - | 1'], '{"amount":4}', '1', [1, 2]],
  [
    'hitPolicy="ANY"',
    ['< 5 | - | 1', '> 3 | - | 2'],
    '{"amount":4}',
    'decision_rows_conflict',
    [1, 2],
  ],
  [
    'hitPolicy="COLLECT"',
    ['< 5 | - | 1', '> 3 | - | 2', '- | - | 2'],
    '{"amount":4}',
    '[1,2,2]',
    [1, 2, 3],
  ],
  ['hitPolicy="COLLECT"', ['< 5 | - | 1'], '{"amount":9}', '[]', []],
  [
    'hitPolicy="COLLECT" aggregation="SUM"',
    ['< 5 | - | 0.1', '> 3 | - | 0.2'],
    '{"amount":4}',
    '0.3',
    [1, 2],
  ],
  [
    'hitPolicy="COLLECT" aggregation="MAX"',
    ['< 5 | - | 3', '> 3 | - | 2'],
    '{"amount":4}',
    '3',
    [1, 2],
  ],
  [
    'hitPolicy="COLLECT" aggregation="MIN"',
    ['< 5 | - | 3', '> 3 | - | 2'],
    '{"amount":4}',
    '2',
    [1, 2],
  ],
  [
    'hitPolicy="COLLECT" aggregation="COUNT"',
    ['< 5 | - | 3', '> 3 | - | 2'],
    '{"amount":9}',
    '1',
    [2],
  ],
  ['hitPolicy="COLLECT" aggregation="COUNT"', ['< 5 | - | 3'], '{"amount":9}', '0', []],
  ['hitPolicy="RULE ORDER"', ['< 5 | - | 3', '> 3 | - | 2'], '{"amount":4}', '[3,2]', [1, 2]],
  ['hitPolicy="FIRST"', ['amount * 2 | - | 1', '? > 3 | - | 2'], '{"amount":4}', '2', [2]],
] as const)(
  'table %s %j over %s gives %s from rows %j',
  async (head, rows, json, expected, matched) => {
    const program = await programOf(table(head, '', rows));
    const decided = decide(program, 'd', values(json));
    if (!decided.ok) throw new Error(decided.code);
    const { output, reasons } = decided.value;
    const code = reasons.find((reason) => reason.code.startsWith('decision_'))?.code;
    expect(code ?? encodeValue(output)).toBe(expected);
    expect(decided.value.matched).toEqual([{ decision: 'd', rows: matched }]);
  },
);

test.each([
  ['PRIORITY', '"refuse"', [2]],
  ['OUTPUT ORDER', '["refuse","refer","accept"]', [2, 3, 1]],
] as const)('%s follows the order of the output values', async (policy, expected, matched) => {
  const rows = ['- | - | "accept"', '> 3 | - | "refuse"', '> 2 | - | "refer"'];
  const values3 = '<outputValues><text>"refuse", "refer", "accept"</text></outputValues>';
  const program = await programOf(table(`hitPolicy="${policy}"`, values3, rows));
  const decided = decide(program, 'd', { amount: 4n });
  if (!decided.ok) throw new Error(decided.code);
  expect(encodeValue(decided.value.output)).toBe(expected);
  expect(decided.value.matched).toEqual([{ decision: 'd', rows: matched }]);
});

test('the default answers when no row matches', async () => {
  const byDefault = '<defaultOutputEntry><text>7</text></defaultOutputEntry>';
  const program = await programOf(table('', byDefault, ['< 3 | - | 1']));
  expect(decide(program, 'd', { amount: 9n })).toMatchObject({ ok: true, value: { output: 7n } });
});

const graph = definitions(`
  <itemDefinition name="tGrade"><typeRef>string</typeRef>
    <allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
  <businessKnowledgeModel id="fee" name="fee"><variable name="fee"/><encapsulatedLogic>
    <formalParameter name="base" typeRef="number"/>
    <decisionTable hitPolicy="FIRST"><input><inputExpression><text>base</text></inputExpression></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>base * 0.015</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
    </decisionTable></encapsulatedLogic></businessKnowledgeModel>
  <decision id="due" name="due"><variable name="due" typeRef="date"/>${needs}
    <literalExpression><text>on + duration("P1M")</text></literalExpression></decision>
  <decision id="all" name="all"><variable name="all"/>${needs}
    <informationRequirement><requiredDecision href="#due"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#fee"/></knowledgeRequirement>
    <context>
      <contextEntry><variable name="fee due"/><literalExpression><text>fee(amount)</text></literalExpression></contextEntry>
      <contextEntry><variable name="double"/><literalExpression><text>fee due * 2</text></literalExpression></contextEntry>
      <contextEntry><variable name="due"/><literalExpression><text>due</text></literalExpression></contextEntry>
    </context></decision>
  <decision id="graded" name="graded"><variable name="graded" typeRef="tGrade"/>${needs}
    <literalExpression><text>grade</text></literalExpression></decision>`);

test.each([
  [
    'all',
    '{"amount":10,"on":"2026-01-31"}',
    '{"fee due":0.15,"double":0.3,"due":"2026-02-28"}',
    [1],
  ],
  ['all', '{"amount":100,"on":"2026-01-31"}', '{"fee due":1,"double":2,"due":"2026-02-28"}', [2]],
  ['graded', '{"grade":"B"}', '"B"', null],
  ['graded', '{"grade":"C"}', 'null', null],
] as const)('%s over %s is %s', async (decision, json, expected, rows) => {
  const decided = decide(await programOf(graph), decision, values(json));
  if (!decided.ok) throw new Error(decided.code);
  expect(encodeValue(decided.value.output)).toBe(expected);
  expect(decided.value.matched).toEqual(rows === null ? [] : [{ decision: 'fee', rows }]);
});

test.each([
  ['<a/>', 'decision_file_unreadable'],
  ['no xml', 'decision_file_unreadable'],
  [`${definitions('')}${' '.repeat(10_000_000)}`, 'decision_file_too_large'],
  [
    definitions(
      `<decision id="d" name="d">${'<list>'.repeat(1_000)}${'</list>'.repeat(1_000)}</decision>`,
    ),
    'decision_file_too_deep',
  ],
  [
    definitions(
      `${'<itemDefinition name="a"><itemComponent name="b">'}${'<itemComponent name="b">'.repeat(1_000)}${'</itemComponent>'.repeat(1_001)}</itemDefinition>`,
    ),
    'decision_file_too_deep',
  ],
  [
    definitions(
      '<import name="x" namespace="urn:x" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
    ),
    'decision_import_missing',
  ],
])('refuses to read %.40s: %s', { timeout: 30_000 }, async (xml, code) => {
  expect(await readDecisions(xml)).toMatchObject({ ok: false, code });
  expect(isRefusalCode(code)).toBe(true);
});

const decisionOf = (content: string): string =>
  definitions(`<decision id="d" name="d"><variable name="d"/>${content}</decision>`);

test.each([
  [
    decisionOf('<literalExpression><text>1 +</text></literalExpression>'),
    'decision_expression_invalid',
  ],
  [table('', '', ['<< 3 | - | 1']), 'decision_expression_invalid'],
  [
    definitions(
      '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"a</text></allowedValues></itemDefinition>',
    ),
    'decision_type_invalid',
  ],
  [
    definitions(
      '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition><itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>',
    ),
    'decision_type_invalid',
  ],
  [
    decisionOf('<informationRequirement><requiredDecision href="#no"/></informationRequirement>'),
    'decision_requirement_missing',
  ],
  [
    decisionOf('<informationRequirement><requiredDecision href="#d"/></informationRequirement>'),
    'decision_requirement_circular',
  ],
])('refuses to compile %#: %s', async (xml, code) => {
  const model = await readDecisions(xml);
  if (!model.ok) throw new Error(model.code);
  expect(compileDecisions(model.value)).toMatchObject({ ok: false, code });
  expect(isRefusalCode(code)).toBe(true);
});

test('a decision nobody made is refused', async () => {
  expect(decide(await programOf(graph), 'other', {})).toMatchObject({ code: 'decision_unknown' });
});

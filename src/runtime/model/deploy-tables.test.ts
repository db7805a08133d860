import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../actor.ts';
import { processXml, staff, type TestBank, testBank } from '../testing.ts';
import type { DeployOrder } from './deploy.ts';

const xml = processXml({
  id: 'tabled',
  lanes: [{ role: 'clerk', unit: 'own', nodes: 'start rule end' }],
  nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:businessRuleTask id="rule" huiliu:decision="tier" huiliu:result="tier"/>`,
  flows: ['start > rule > end'],
});

/** `second`: the test of the last row. */
const tableOf = (limit: number, second: string, policy = 'FIRST'): string => `<definitions
  xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:test" name="权限">
  <inputData id="a" name="amountMinor"><variable name="amountMinor" typeRef="number"/></inputData>
  <decision id="tier" name="tier"><variable name="tier"/>
  <informationRequirement><requiredInput href="#a"/></informationRequirement>
  <decisionTable hitPolicy="${policy}"><input><inputExpression typeRef="number">
  <text>amountMinor</text></inputExpression></input><output typeRef="string"/>
  <rule><inputEntry><text>&lt;= ${limit}</text></inputEntry><outputEntry><text>"支行"</text></outputEntry></rule>
  <rule><inputEntry><text>${second}</text></inputEntry><outputEntry><text>"分行"</text></outputEntry></rule>
  </decisionTable></decision></definitions>`;

const casesOf = (limit: number): string =>
  `## tier\n\n| amountMinor | → |\n| --- | --- |\n| ${limit} | "支行" |\n| ${limit + 9} | "分行" |\n`;

const chief = staff('E7', 'process_owner');

let bank: TestBank;

beforeAll(async () => {
  bank = await testBank();
});
afterAll(async () => await bank.drop());

async function deploy(
  files: Readonly<Record<string, string | Uint8Array>>,
  waiver?: DeployOrder['waiver'],
) {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-tables-'));
  try {
    for (const [name, text] of Object.entries({ 'process.bpmn': xml, ...files })) {
      await writeFile(join(folder, name), text);
    }
    return await bank.runtime.deployProcess({ actor: chief, folder, waiver });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const codes = (answer: Awaited<ReturnType<typeof deploy>>) =>
  answer.ok ? answer.value.tableFindings.map((one) => one.code) : answer.code;

const gap = { 'tier.dmn': tableOf(500, '> 501'), 'tier.cases.md': casesOf(500) };
const because = (reason: string, actor = chief) => ({ actor, reason });

test.each([
  ['a gap', gap, undefined, 'decision_gap'],
  ['a gap waived without a word', gap, because(' '), 'decision_gap'],
  ['a gap waived at length', gap, because('长'.repeat(501)), 'decision_gap'],
  ['a gap waived by no person', gap, because('x', systemActor), 'decision_gap'],
  [
    'an overlap, whoever waives it',
    { 'tier.dmn': tableOf(500, '>= 400', 'UNIQUE') },
    because('x'),
    'decision_overlap',
  ],
  [
    'a case that fails',
    { ...gap, 'tier.dmn': tableOf(400, '-') },
    undefined,
    'decision_case_failed',
  ],
  [
    'bytes that are no UTF-8',
    { 'tier.dmn': new Uint8Array([0xff, 0x3c]) },
    undefined,
    'xml_encoding_wrong',
  ],
] as const)('%s is not deployed', async (_, files, waiver, code) => {
  expect(codes(await deploy(files, waiver))).toBe(code);
});

test('what is deployed says which rows nobody tests and which cases were left as they were', async () => {
  expect(codes(await deploy({ 'tier.dmn': tableOf(500, '-') }))).toEqual([
    'decision_cases_missing',
  ]);
  const whole = { 'tier.dmn': tableOf(500, '-'), 'tier.cases.md': casesOf(500) };
  expect(codes(await deploy(whole))).toEqual([]);
  const one = casesOf(505).split('\n').slice(0, 5).join('\n');
  const half = { 'tier.dmn': tableOf(505, '-'), 'tier.cases.md': one };
  expect(codes(await deploy(half))).toEqual(['decision_row_untested']);
  const changed = { 'tier.dmn': tableOf(506, '-'), 'tier.cases.md': one };
  expect(codes(await deploy(changed))).toEqual([
    'decision_row_untested',
    'decision_cases_unchanged',
  ]);
});

test('a gap that a person takes upon themselves is deployed, and kept with name and reason', async () => {
  const answer = await deploy(gap, because('由总行逐笔定'));
  expect(codes(answer)).toContain('decision_gap');
  const [row] = await bank.database.query<{ login: string; reason: string; findings: string }>(
    'select login, reason, findings from model_waiver where cell_id = 1 and model_id = $1',
    [answer.ok ? answer.value.modelId : ''],
  );
  expect(row).toMatchObject({ login: 'E7', reason: '由总行逐笔定' });
  expect(row?.findings).toContain('amountMinor = 501');
});

test('a file in another encoding says the same', async () => {
  const text = `<?xml version="1.0" encoding="UTF-16"?>${tableOf(500, '-')}`;
  const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
  const files = { 'tier.dmn': wide, 'tier.cases.md': casesOf(500) };
  expect(codes(await deploy(files))).toEqual(['decision_cases_unchanged']);
  const order = { actor: staff('E1', 'clerk'), processId: 'tabled', values: { amountMinor: 1n } };
  const started = await bank.runtime.startCase(order);
  const [taken] = started.ok ? await bank.runtime.caseDecisions(started.value.caseNumber) : [];
  expect(taken?.output).toBe('支行');
});

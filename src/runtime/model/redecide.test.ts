import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileDecisions, type DecisionProgram, readDecisions } from '../../decision/index.ts';
import { decisionsOfCase } from '../../store/process/cases.ts';
import { processXml, staff, type TestBank, testBank, testStart, value } from '../testing.ts';
import { compileDecisionFile } from './models.ts';
import { replayDecisions, whatIf } from './redecide.ts';

const authority = (limitMinor: number): string => `<definitions namespace="urn:test"
  xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">
  <inputData id="a" name="amountMinor"><variable name="amountMinor" typeRef="number"/></inputData>
  <decision id="tier" name="tier"><variable name="tier"/>
  <informationRequirement><requiredInput href="#a"/></informationRequirement>
  <decisionTable hitPolicy="FIRST"><input><inputExpression><text>amountMinor</text></inputExpression>
  </input><output typeRef="string"/>
  <rule><inputEntry><text>&lt;= ${limitMinor}</text></inputEntry><outputEntry><text>"own"</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"branch"</text></outputEntry></rule>
  </decisionTable></decision></definitions>`;

const xml = processXml({
  id: 'tiered',
  lanes: [{ role: 'clerk', unit: 'own', nodes: 'start rule end' }],
  nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:businessRuleTask id="rule" huiliu:decision="tier" huiliu:result="tier"/>`,
  flows: ['start > rule > end'],
});

async function programOf(limitMinor: number): Promise<DecisionProgram> {
  return value(compileDecisions(value(await readDecisions(authority(limitMinor)))));
}

let bank: TestBank;
const cases: string[] = [];
const period = { decisionId: 'tier', from: testStart - 1, to: testStart + 86_400_000 };

beforeAll(async () => {
  bank = await testBank();
  await bank.deploy(xml, { 'tier.dmn': authority(500) });
  for (const amountMinor of [100n, 500n, 501n, 700n, 900n]) {
    const order = { actor: staff('E1', 'clerk'), processId: 'tiered', values: { amountMinor } };
    cases.push(value(await bank.runtime.startCase(order)).caseNumber);
  }
});
afterAll(async () => await bank.drop());

test('every decision of a period comes out the same by the version that took it', async () => {
  expect(await replayDecisions(bank.database, period)).toEqual({ decided: 5, different: [] });
  const all = { ...period, decisionId: null };
  expect(await replayDecisions(bank.database, all)).toMatchObject({ decided: 5 });
  const before = { ...period, to: testStart - 1 };
  expect(await replayDecisions(bank.database, before)).toEqual({ decided: 0, different: [] });
});

test('a table may ask for the day, and gets the same one ever after', async () => {
  const asking = authority(500)
    .replace('<text>"own"</text>', '<text>string(today())</text>')
    .replace('<text>"branch"</text>', '<text>string(now())</text>');
  await bank.deploy(xml.replaceAll('tiered', 'asking'), { 'tier.dmn': asking });
  bank.clock.now = Date.UTC(2026, 10, 24, 20, 30, 15, 250);
  const outputs: string[] = [];
  for (const amountMinor of [1n, 900n]) {
    const order = { actor: staff('E1', 'clerk'), processId: 'asking', values: { amountMinor } };
    const { caseNumber } = value(await bank.runtime.startCase(order));
    const [decision] = await decisionsOfCase(bank.database, 1, caseNumber);
    outputs.push(String(decision?.output));
  }
  expect(outputs).toEqual(['"2026-11-25"', '"2026-11-25T04:30:15.25+08:00"']);
  const then = { decisionId: 'tier', from: bank.clock.now, to: bank.clock.now + 1 };
  bank.clock.now += 86_400_000;
  expect(await replayDecisions(bank.database, then)).toEqual({ decided: 2, different: [] });
  bank.clock.now = testStart;
});

test('from its effective day on, at the bank, another file decides', async () => {
  const dated = xml.replaceAll('tiered', 'dated');
  const from = 'xmlns:huiliu="urn:huiliu:dmn:1" huiliu:effectiveFrom="2026-12-01"';
  const later = authority(800).replace('<definitions', `<definitions ${from}`);
  const files = { 'tier.dmn': authority(500), 'tier-december.dmn': later };
  await bank.deploy(dated, files);
  const same = bank.deploy(dated, { ...files, 'tier-again.dmn': later });
  await expect(same).rejects.toThrow('decision_effective_date_twice');
  const decidedAt = async (now: number): Promise<string> => {
    bank.clock.now = now;
    const order = {
      actor: staff('E1', 'clerk'),
      processId: 'dated',
      values: { amountMinor: 700n },
    };
    const { caseNumber } = value(await bank.runtime.startCase(order));
    const [decision] = await decisionsOfCase(bank.database, 1, caseNumber);
    return `${decision?.file_name} ${decision?.output}`;
  };
  // Midnight at the bank is 16:00 UTC of the day before.
  const midnight = Date.UTC(2026, 10, 30, 16);
  expect(await decidedAt(midnight - 1)).toBe('tier.dmn "branch"');
  expect(await decidedAt(midnight)).toBe('tier-december.dmn "own"');
  const all = { decisionId: null, from: midnight - 1, to: midnight + 1 };
  expect(await replayDecisions(bank.database, all)).toEqual({ decided: 2, different: [] });
  bank.clock.now = testStart;
});

test('a decision that was bent afterwards is seen', async () => {
  const bent = `update decision_taken set output = '"own"' where output = '"branch"' and inputs @> '{"amountMinor": 900}'`;
  await bank.ownerDatabase.query(bent);
  expect(await replayDecisions(bank.database, period)).toEqual({
    decided: 5,
    different: [{ caseNumber: cases[4], decision: 'tier', before: 'own', after: 'branch' }],
  });
  await bank.ownerDatabase.query(
    `update decision_taken set output = '"branch"' where inputs @> '{"amountMinor": 900}'`,
  );
});

test('a higher threshold is tried on the decisions of a period before it is in force', async () => {
  const now = { at: bank.clock.now };
  const report = value(await whatIf(bank.database, await programOf(800), period, now));
  expect(report).toMatchObject({
    ...{ decided: 5, same: 3, lower: 0, higher: 0 },
    changes: [{ before: '"branch"', after: '"own"', direction: 'other' }],
  });
  // Decisions of one instant stand in no order.
  const found = report.changes[0]?.cases.map((one) => one.caseNumber) ?? [];
  expect([...found].sort()).toEqual([cases[2], cases[3]]);
  expect(report.changes[0]?.cases[0]).toMatchObject({ rowsBefore: [2], rowsAfter: [1] });
  expect(value(await whatIf(bank.database, await programOf(500), period, now))).toMatchObject({
    same: 5,
    changes: [],
  });
  const unknown = { ...period, decisionId: 'no_such' };
  expect(await whatIf(bank.database, await programOf(500), unknown, now)).toMatchObject({
    code: 'decision_unknown',
  });
});

test('RA-09 a threshold change shows requests saved and the risky ones it lets through', async () => {
  const listed = (limit: number) =>
    authority(limit).replace(
      '<output typeRef="string"/>',
      '<output typeRef="string"><outputValues><text>"own","branch"</text></outputValues></output>',
    );
  await bank.deploy(
    processXml({
      id: 'asked_above',
      lanes: [{ role: 'clerk', unit: 'own', nodes: 'start rule gate declined granted' }],
      nodes: `<bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="gate"/>
        <bpmn:endEvent id="declined" huiliu:outcome="declined"/>
        <bpmn:endEvent id="granted" huiliu:outcome="granted"/>
        <bpmn:businessRuleTask id="rule" huiliu:decision="tier" huiliu:result="tier"/>`,
      flows: ['start > rule > gate > declined : bad', 'gate > granted : default'],
    }),
    { 'tier.dmn': listed(500) },
  );
  bank.clock.now = testStart + 5 * 86_400_000;
  const numbers: string[] = [];
  // amount, refused by people in the end
  for (const [amountMinor, bad] of [
    [400n, false],
    [600n, false],
    [700n, true],
    [900n, true],
  ] as const) {
    const values = { amountMinor, bad };
    const order = { actor: staff('E1', 'clerk'), processId: 'asked_above', values };
    numbers.push(value(await bank.runtime.startCase(order)).caseNumber);
  }
  const wanted = { decisionId: 'tier', from: bank.clock.now, to: bank.clock.now + 1 };
  const now = { at: bank.clock.now };
  const program = value(await compileDecisionFile(listed(800)));
  const report = value(await whatIf(bank.database, program, wanted, now));
  expect(report).toMatchObject({ decided: 4, same: 2, lower: 2, higher: 0, risky: 1 });
  const [change] = report.changes;
  expect(change).toMatchObject({ before: '"branch"', after: '"own"', direction: 'lower' });
  const signs = Object.fromEntries(change?.cases.map((one) => [one.caseNumber, one.signs]) ?? []);
  expect(signs).toEqual({ [numbers[1] ?? '']: [], [numbers[2] ?? '']: ['refused'] });
  const asking = listed(800).replaceAll('amountMinor', 'grade');
  const other = value(await compileDecisionFile(asking));
  expect(value(await whatIf(bank.database, other, wanted, now)).missingInputs).toEqual(['grade']);
  expect(report.missingInputs).toEqual([]);
  const stricter = value(await compileDecisionFile(listed(300)));
  expect(value(await whatIf(bank.database, stricter, wanted, now))).toMatchObject({
    ...{ same: 3, lower: 0, higher: 1, risky: 0 },
  });
  bank.clock.now = testStart;
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisionsOfCase } from '../../store/process/cases.ts';
import { processXml, staff, type TestBank, testBank, testStart, value } from '../testing.ts';
import { decisionCatalogue, fileLine, viewFile } from './decision-catalogue.ts';
import { closeVersion, type DraftOrder, draftDecision } from './decision-changes.ts';
import { replayDecisions } from './redecide.ts';

/** `second`: the test of the last row, `-` for all other amounts. */
const tableOf = (limit: number, second = '-', output = '"branch"'): string => `<definitions
  xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:test" name="权限">
  <inputData id="a" name="amountMinor"><variable name="amountMinor" typeRef="number"/></inputData>
  <decision id="tier" name="tier"><variable name="tier"/>
  <informationRequirement><requiredInput href="#a"/></informationRequirement>
  <decisionTable id="t" hitPolicy="FIRST"><input><inputExpression typeRef="number">
  <text>amountMinor</text></inputExpression></input><output typeRef="string"/>
  <rule><inputEntry><text>&lt;= ${limit}</text></inputEntry><outputEntry><text>"own"</text></outputEntry></rule>
  <rule><inputEntry><text>${second}</text></inputEntry><outputEntry><text>${output}</text></outputEntry></rule>
  </decisionTable></decision></definitions>`;

const casesOf = (limit: number): string =>
  `## tier\n\n| amountMinor | → | rows |\n| --- | --- | --- |\n| ${limit} | "own" | 1 |
| ${limit + 1} | "branch" | 2 |\n`;

const xml = processXml({
  id: 'tiered',
  lanes: [{ role: 'clerk', unit: 'own', nodes: 'start rule end' }],
  nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:businessRuleTask id="rule" huiliu:decision="tier" huiliu:result="tier"/>`,
  flows: ['start > rule > end'],
});

const [owner, head] = [staff('E7', 'process_owner'), staff('E8', 'head_of_credit')];

let bank: TestBank;
let modelId: string;

beforeAll(async () => {
  bank = await testBank();
  const files = { 'tier.dmn': tableOf(500), 'tier.cases.md': casesOf(500) };
  modelId = await bank.deploy(xml, files);
});
afterAll(async () => await bank.drop());

function draft(order: Partial<DraftOrder> = {}) {
  return draftDecision(bank.runtime.parts, {
    actor: owner,
    ...{ processId: 'tiered', fileName: 'tier.dmn', xml: tableOf(800), cases: casesOf(800) },
    ...{ effectiveFrom: '2026-12-01', note: '提高支行权限' },
    ...order,
  });
}

const close = (versionId: string, kind: 'approved' | 'refused' | 'withdrawn', by = head) =>
  closeVersion(bank.runtime.parts, { actor: by, versionId, kind, reason: '已复核' });

/** Starts a case and says what the table made of it, and by which file. */
async function decidedFor(amountMinor: bigint): Promise<string> {
  const order = { actor: staff('E1', 'clerk'), processId: 'tiered', values: { amountMinor } };
  const { caseNumber } = value(await bank.runtime.startCase(order));
  const [decision] = await decisionsOfCase(bank.database, 1, caseNumber);
  return `${decision?.output} ${decision?.version_id === null ? 'deployed' : 'version'}`;
}

const conflicting = tableOf(800, '&lt;= 900').replace('FIRST', 'UNIQUE');

test.each([
  ['decision_note_missing', { note: '  ' }],
  ['decision_note_missing', { note: '长'.repeat(501) }],
  ['decision_effective_date_invalid', { effectiveFrom: '2026-02-30' }],
  ['decision_effective_date_past', { effectiveFrom: '2026-11-20' }],
  ['process_not_deployed', { processId: 'none' }],
  ['decision_file_unknown', { fileName: 'other.dmn' }],
  ['decision_file_unreadable', { xml: '<a/>' }],
  ['decision_file_too_large', { cases: ' '.repeat(2_000_001) }],
  ['decision_lost', { xml: tableOf(800).replaceAll('"tier"', '"other"') }],
  ['decision_output_lost', { xml: tableOf(800).replace('<output ', '<output name="x" ') }],
  ['decision_overlap', { xml: conflicting }],
  ['decision_row_masked', { xml: tableOf(800, '&lt;= 700') }],
  ['decision_cases_missing', { cases: '' }],
  ['decision_case_failed', { cases: casesOf(500) }],
] as const)('a draft is refused: %s', async (code, order) => {
  expect(await draft(order)).toMatchObject({ ok: false, code });
});

test('a draft repeated under its key is one draft; another under that key is refused', async () => {
  const key = '019aa4a2-0000-7000-8000-000000000001';
  const first = value(await draft({ key }));
  expect(value(await draft({ key }))).toMatchObject({ versionId: key, version: first.version });
  expect(await draft({ key, note: 'other' })).toMatchObject({
    code: 'idempotency_key_used_otherwise',
  });
  expect(await close(key, 'withdrawn')).toMatchObject({ code: 'decision_only_drafter_withdraws' });
  expect(value(await close(key, 'withdrawn', owner))).toMatchObject({ kind: 'withdrawn' });
  expect(await close(key, 'approved')).toMatchObject({ code: 'decision_version_closed' });
});

test('a change decides from its day on, once another person has approved it', async () => {
  const { versionId } = value(await draft());
  expect(await close(versionId, 'approved', owner)).toMatchObject({
    code: 'decision_drafter_may_not_approve',
  });
  const sameHuman = { ...owner, login: 'another.login' };
  expect(await close(versionId, 'approved', sameHuman)).toMatchObject({
    code: 'decision_drafter_may_not_approve',
  });
  // Midnight at the bank is 16:00 UTC of the day before.
  const midnight = Date.UTC(2026, 10, 30, 16);
  bank.clock.now = midnight;
  expect(await decidedFor(700n)).toBe('"branch" deployed');
  bank.clock.now = testStart;
  value(await close(versionId, 'approved'));
  expect(value(await close(versionId, 'approved'))).toMatchObject({ kind: 'approved' });
  bank.clock.now = midnight - 1;
  expect(await decidedFor(700n)).toBe('"branch" deployed');
  bank.clock.now = midnight;
  expect(await decidedFor(700n)).toBe('"own" version');
  const all = { decisionId: null, from: testStart, to: midnight + 1 };
  expect(await replayDecisions(bank.database, all)).toEqual({ decided: 3, different: [] });
  bank.clock.now = testStart;
});

test('of two persons who decide at once, one is right', async () => {
  const { versionId } = value(await draft({ effectiveFrom: '2027-01-01' }));
  const both = [close(versionId, 'approved'), close(versionId, 'refused', staff('E9', 'x'))];
  const answers = await Promise.all(both);
  expect(answers.filter((one) => one.ok)).toHaveLength(1);
  expect(answers.find((one) => !one.ok)).toMatchObject({ code: 'decision_version_closed' });
});

test('a gap goes live only in the name of who says why; a later day than drafted never', async () => {
  const xml = tableOf(800, '> 801');
  const cases = casesOf(800).replace('801', '802');
  const gap = { xml, cases, effectiveFrom: '2026-11-22' };
  const { versionId, findings } = value(await draft(gap));
  expect(findings.map((one) => one.code)).toContain('decision_gap');
  const order = { actor: head, versionId, kind: 'approved' as const };
  expect(await closeVersion(bank.runtime.parts, { ...order, reason: ' ' })).toMatchObject({
    code: 'decision_gap_not_waived',
    facts: { example: 'amountMinor = 801' },
  });
  const after = testStart + 3 * 86_400_000;
  bank.clock.now = after;
  expect(await close(versionId, 'approved')).toMatchObject({
    code: 'decision_effective_date_past',
  });
  bank.clock.now = testStart;
  value(await closeVersion(bank.runtime.parts, { ...order, reason: '由总行逐笔定' }));
  const line = value(await fileLine(bank.runtime.parts, asked, '2026-11-22'));
  const version = line.versions.find((one) => one.state === 'approved' && one.version === 4);
  expect(version?.events[1]).toMatchObject({
    login: 'E8',
    facts: { reason: '由总行逐笔定', waivedGap: 'amountMinor = 801' },
  });
  bank.clock.now = after;
  const answer = await bank.runtime.startCase({
    ...{ actor: staff('E1', 'clerk'), processId: 'tiered', values: { amountMinor: 801n } },
  });
  expect(answer).toMatchObject({
    code: 'decision_without_answer',
    facts: { decision: 'tier', parts: 'tier', why: 'decision_no_row' },
  });
  bank.clock.now = testStart;
});

const asked = { processId: 'tiered', fileName: 'tier.dmn' };

test('the catalogue shows what is in force on a day, its cases, and every version', async () => {
  const { parts } = bank.runtime;
  const inForceOn = async (day: string) => value(await fileLine(parts, asked, day)).inForce;
  expect(await inForceOn('2026-11-21')).toEqual({
    kind: 'deployed',
    modelId,
    fileName: 'tier.dmn',
  });
  expect(await inForceOn('2026-12-01')).toMatchObject({ kind: 'version' });
  const [line] = await decisionCatalogue(parts, '2026-11-21');
  expect(line?.view.judgement.report.coverage).toEqual([{ decision: 'tier', rows: [1, 1] }]);
  expect(line?.versions.map((one) => one.version)).toEqual([4, 3, 2, 1, 1]);
  const view = value(await viewFile(parts, line?.versions[0]?.ref ?? line?.inForce ?? never()));
  expect(view.effectiveFrom).toBe('2026-11-22');
  const unknown = { kind: 'version', versionId: modelId } as const;
  expect(await viewFile(parts, unknown)).toMatchObject({ code: 'decision_version_unknown' });
});

function never(): never {
  throw new Error('there is a version');
}

test('the life of a version cannot be bent unseen', async () => {
  const asks = async () => (await bank.runtime.askOracle()).faults;
  expect(await asks()).toEqual([]);
  const owner = bank.ownerDatabase;
  await owner.query(`update decision_version_event set login = 'E9' where kind = 'approved'`);
  expect((await asks()).length).toBeGreaterThan(0);
  await owner.query(`update decision_version_event set login = 'E8' where kind = 'approved'`);
  expect(await asks()).toEqual([]);
  await owner.query(`update decision_version set content = content || ' ' where version = 1`);
  expect((await asks()).map((one) => one.rule)).toContain(
    'a changed decision table, its draft and its approval have their hashes',
  );
  for (const table of ['decision_version', 'decision_version_event']) {
    await expect(bank.database.query(`update ${table} set cell_id = 2`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(bank.database.query(`delete from ${table}`)).rejects.toThrow(/permission denied/);
  }
});

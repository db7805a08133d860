import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { newKey } from './testing.ts';

const folder = join(import.meta.dirname, '../../processes/corporate/loan-sub-branch');
const authority = readFileSync(join(folder, 'authority.dmn'), 'utf8');
const authorityCases = readFileSync(join(folder, 'authority.cases.md'), 'utf8');

const xml = processXml({
  id: 'tiering',
  attributes: 'huiliu:nameEn="Tiering" huiliu:catalogue="P98" huiliu:casePrefix="FJ"',
  lanes: [{ role: 'customer', unit: 'customer', nodes: 'start rule gate declined end' }],
  nodes: `<bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="gate"/>
    <bpmn:businessRuleTask id="rule" name="审批权限" huiliu:decision="authority"
      huiliu:result="authority"/>
    <bpmn:endEvent id="declined" huiliu:outcome="declined"/>
    <bpmn:endEvent id="end" huiliu:outcome="granted"/>`,
  flows: ['start > rule > gate > end : default', 'gate > declined : termMonths = 99'],
});

/** The sub-branch may lend more; a case in the cases says so. */
const [higher, higherCases] = [authority, authorityCases].map((text) =>
  text.replaceAll('500000000', '800000000').replaceAll('500000001', '800000001'),
) as [string, string];

let bank: ServedBank;
const cases: string[] = [];
const file = { processId: 'tiering', fileName: 'authority.dmn' };
const [owner, head, manager] = ['luo.min', 'shen.yi', 'li.na'];

beforeAll(async () => {
  const files = { 'authority.dmn': authority, 'authority.cases.md': authorityCases };
  bank = await serveBank([{ xml, files }]);
  for (const [yuan, termMonths] of [
    [3_000_000, 12],
    [6_000_000, 12],
    [7_000_000, 99],
    [9_000_000, 12],
  ] as const) {
    const values = {
      ...{ productCode: 'working_capital', totalExposureMinor: `${yuan}00`, termMonths },
      ...{ creditRating: 'A', creditProtection: 'mortgage' },
    };
    const body = { processId: 'tiering', values };
    const started = await bank.as('qiheng.110101', 'POST', '/api/cases', body);
    expect(started.text).toContain('caseNumber');
    cases.push(started.body.caseNumber);
  }
});
afterAll(async () => await bank.close());

const as: ServedBank['as'] = (...values) => bank.as(...values);

test('the catalogue counts rows, findings and cases of what is in force', async () => {
  const { status, body } = await as(manager, 'GET', '/api/decisions');
  expect(status).toBe(200);
  expect(body.files).toMatchObject([
    {
      ...{
        ...file,
        processNameEn: 'Tiering',
        title: '审批权限 · Approval authority',
        state: 'deployed',
      },
      decisions: [{ id: 'authority', nameEn: 'Approval authority', hitPolicy: 'FIRST', rows: 5 }],
      ...{ errors: 0, cases: 14, casesFailed: 0, rows: 5, rowsReached: 5, waiting: 0 },
    },
  ]);
  expect((await as('zhao.ting', 'GET', '/api/decisions')).status).toBe(403);
});

test('a file shows its table, its cases with what came out, and its versions', async () => {
  const { body } = await as(owner, 'GET', '/api/decisions/tiering/authority.dmn');
  const { table } = body.file.decisions[0].box;
  expect(table).toMatchObject({ hitPolicy: 'FIRST', annotations: ['说明 · Note'] });
  expect(table.rules[1].tests).toEqual([
    ...['"working_capital"', '<= 500000000', '"AAA", "AA", "A"', '"mortgage", "pledge"'],
  ]);
  expect(body.file.inputs[0]).toMatchObject({
    name: 'productCode',
    type: 'string',
    label: '产品 · Product',
  });
  expect(body.file.inputs[2].choices).toEqual(['AAA', 'AA', 'A', 'BBB']);
  expect(body.file.cases[0]).toMatchObject({ holds: true, rows: [2] });
  expect(body.versions).toMatchObject([{ state: 'deployed', isInForce: true, events: [] }]);
  const ref = encodeURIComponent(body.versions[0].ref);
  const text = await as(owner, 'GET', `/api/decisions/text?ref=${ref}`);
  expect(text.body.file.hash).toBe(body.file.hash);
  for (const path of ['/api/decisions/tiering/none.dmn', '/api/decisions/none/authority.dmn']) {
    expect((await as(owner, 'GET', path)).body.code).toBe('not_found');
  }
});

const inputs = (totalExposureMinor: string) => ({
  ...{ productCode: 'working_capital', totalExposureMinor },
  ...{ creditRating: 'A', creditProtection: 'mortgage' },
});

test.each([
  ['500000000', '{"tier":"sub_branch","form":"committee"}', [2]],
  ['500000001', '{"tier":"branch","form":"committee"}', [4]],
] as const)('tried with %s it says %s by row %j', async (amount, output, rows) => {
  const body = { ...file, ref: null, decision: 'authority', day: '2026-11-20' };
  const tried = await as(manager, 'POST', '/api/decisions/try', {
    ...body,
    values: inputs(amount),
  });
  expect(tried.body).toMatchObject({ output, matched: [{ decision: 'authority', rows }] });
  const wrong = { ...body, values: { ...inputs(amount), totalExposureMinor: 'much' } };
  const answer = await as(manager, 'POST', '/api/decisions/try', wrong);
  expect(answer.body.reasons[0].message.en).toMatch(/number/i);
  const none = await as(manager, 'POST', '/api/decisions/try', {
    ...body,
    decision: 'x',
    values: {},
  });
  expect(none.body.code).toBe('decision_unknown');
});

test('a changed text is checked with its cases before it is drafted', async () => {
  const body = { ...file, xml: higher, cases: authorityCases };
  const checked = await as(owner, 'POST', '/api/decisions/check', body);
  expect(checked.body.file.ref).toBeNull();
  expect(checked.body.file.cases.filter((one: { holds: boolean }) => !one.holds)).toHaveLength(1);
  expect((await as(manager, 'POST', '/api/decisions/check', body)).status).toBe(403);
  const broken = { ...body, xml: authority.replace('&lt;= 500000000', '&lt;= 5 +') };
  expect((await as(owner, 'POST', '/api/decisions/check', broken)).body).toMatchObject({
    code: 'decision_expression_invalid',
    facts: { decision: 'authority' },
  });
});

const month = { from: '2026-10-21', to: '2026-11-20' };

test('RA-09 what a threshold change would have saved and let through, with its cases', async () => {
  const body = { ...file, decision: 'authority', ref: null, xml: higher, ...month };
  const { body: report } = await as(owner, 'POST', '/api/decisions/what-if', body);
  expect(report).toMatchObject({ decided: 4, same: 2, lower: 2, higher: 0, risky: 1 });
  const [change] = report.changes;
  expect(change).toMatchObject({ direction: 'lower' });
  const found = change.cases.map((one: { caseNumber: string; signs: string[] }) => [
    ...[one.caseNumber, one.signs.join()],
  ]);
  expect(found.sort()).toEqual([
    [cases[1], ''],
    [cases[2], 'refused'],
  ]);
  expect((await as(manager, 'POST', '/api/decisions/what-if', body)).status).toBe(403);
  const elsewhere = { ...body, processId: 'other' };
  expect((await as(owner, 'POST', '/api/decisions/what-if', elsewhere)).body.decided).toBe(0);
});

test('drafted by one, approved by another, it decides from its day, and the case says so', async () => {
  const draft = {
    ...{ ...file, xml: higher, cases: higherCases },
    ...{ effectiveFrom: '2026-11-20', note: '提高支行权限至 800 万元' },
  };
  const key = newKey(bank.clock.now);
  const drafted = await as(owner, 'POST', '/api/decisions/drafts', draft, key);
  expect(drafted.body).toMatchObject({ ref: key, version: 1 });
  expect((await as(owner, 'POST', '/api/decisions/drafts', draft, key)).body.ref).toBe(key);
  expect((await as(manager, 'POST', '/api/decisions/drafts', draft)).status).toBe(403);
  const close = (login: string, kind: string) =>
    as(login, 'POST', `/api/decisions/versions/${key}/close`, { kind, reason: '' });
  expect((await close(owner, 'approved')).status).toBe(403);
  expect((await close(manager, 'approved')).status).toBe(403);
  expect((await close(head, 'approved')).body).toMatchObject({ ref: key, state: 'approved' });
  expect((await close(head, 'refused')).body.code).toBe('decision_version_closed');
  const own = await as(head, 'POST', '/api/decisions/drafts', { ...draft, note: 'x' });
  const mine = `/api/decisions/versions/${own.body.ref}/close`;
  expect((await as(head, 'POST', mine, { kind: 'approved', reason: '' })).body).toMatchObject({
    code: 'decision_drafter_may_not_approve',
  });
  const { body } = await as(owner, 'GET', '/api/decisions/tiering/authority.dmn');
  expect(
    body.versions.map((one: { state: string; isInForce: boolean }) => [
      ...[one.state, one.isInForce],
    ]),
  ).toEqual([
    ['drafted', false],
    ['approved', true],
    ['deployed', false],
  ]);
  expect(body.versions[1].events[1]).toMatchObject({
    ...{ kind: 'approved', login: head, name: '沈毅' },
    whatIf: [{ decision: 'authority', decided: 4, lower: 2, risky: 1 }],
  });
  const from = encodeURIComponent(body.versions[2].ref);
  const differs = await as(owner, 'GET', `/api/decisions/differences?from=${from}&to=${key}`);
  expect(differs.body.changes[0].rows.map((one: { kind: string }) => one.kind)).toEqual([
    ...['same', 'changed', 'changed', 'same', 'same'],
  ]);
  const order = { processId: 'tiering', values: inputs('700000000') };
  const started = await as('qiheng.110101', 'POST', '/api/cases', order);
  const path = `/api/cases/${started.body.caseNumber}/decisions`;
  const { body: taken } = await as(manager, 'GET', path);
  expect(taken.decisions).toMatchObject([
    {
      ...{ tableRef: key, tableVersion: 1, effectiveFrom: '2026-11-20', reasons: [] },
      matchedRules: [{ decision: 'authority', rows: [2] }],
      output: { tier: 'sub_branch' },
    },
  ]);
  expect(bank.failures).toEqual([]);
});

test('what no text may hold is refused in every part of a draft', async () => {
  const draft = {
    ...{ ...file, xml: higher, cases: higherCases },
    ...{ effectiveFrom: '2026-12-20', note: 'x' },
  };
  for (const part of [{ xml: `${higher}\u0000` }, { cases: '\u0000' }, { note: 'a\u0000b' }]) {
    const answer = await as(owner, 'POST', '/api/decisions/drafts', { ...draft, ...part });
    expect(answer.status, JSON.stringify(Object.keys(part))).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
  const made = await as(owner, 'POST', '/api/decisions/drafts', draft);
  const path = `/api/decisions/versions/${made.body.ref}/close`;
  const refused = await as(head, 'POST', path, { kind: 'refused', reason: 'a\u0000b' });
  expect(refused.status).toBeLessThan(500);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(bank.failures).toEqual([]);
});

test('nothing but a reference is a reference, and files are of a size', async () => {
  for (const ref of ['x', '../..', `${'0'.repeat(8)}-0000-0000-0000-000000000000/../a.dmn`]) {
    const answer = await as(owner, 'GET', `/api/decisions/text?ref=${encodeURIComponent(ref)}`);
    expect(answer.status).toBe(400);
  }
  const absent = '00000000-0000-7000-8000-000000000000';
  expect((await as(owner, 'GET', `/api/decisions/text?ref=${absent}`)).status).toBe(404);
  const large = { ...file, xml: 'x'.repeat(900_001), cases: '' };
  expect((await as(owner, 'POST', '/api/decisions/check', large)).status).toBe(400);
  expect(bank.failures).toEqual([]);
});

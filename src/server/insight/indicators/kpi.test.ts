import { afterAll, beforeAll, expect, test } from 'vitest';
import { processXml } from '../../../runtime/testing.ts';
import { type ServedBank, serveBank } from '../../served-bank/testing.ts';
import { newKey } from '../../testing.ts';

const form = (name: string, components: object[]) =>
  JSON.stringify({ type: 'default', schemaVersion: 18, id: name, name, nameEn: name, components });
const phone = { type: 'textfield', key: 'phone', label: '电话', properties: { labelEn: 'Phone' } };

const xml = processXml({
  id: 'measured',
  attributes: 'huiliu:nameEn="Measured" huiliu:catalogue="P97" huiliu:casePrefix="ZB"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start' },
    { role: 'committee_member', unit: 'own', nodes: 'make check end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="make" name="经办" huiliu:nameEn="Make" huiliu:form="make.form.json"/>
    <bpmn:userTask id="check" name="复核" huiliu:nameEn="Check" huiliu:form="check.form.json"/>
    <bpmn:endEvent id="end" huiliu:outcome="made"/>`,
  flows: ['start > make > check > end'],
});
const files = {
  'make.form.json': form('make', [phone]),
  'check.form.json': form('check', [phone]),
};

const minuteMs = 60_000;
const [viewer, manager] = ['wang.lei', 'luo.min'];
let bank: ServedBank;
const cases: string[] = [];

/** Takes and completes the one open task of a case, six minutes later, in four minutes. */
async function work(caseNumber: string): Promise<void> {
  const { body } = await bank.as('deng.chao', 'GET', `/api/tasks?caseNumber=${caseNumber}`);
  const { id } = body.tasks[0];
  bank.clock.now += 6 * minuteMs;
  await bank.as('deng.chao', 'POST', `/api/tasks/${id}/claim`, {});
  bank.clock.now += 4 * minuteMs;
  const done = await bank.as('deng.chao', 'POST', `/api/tasks/${id}/complete`, { values: {} });
  expect(done.status).toBe(200);
}

beforeAll(async () => {
  bank = await serveBank([{ xml, files }]);
  for (const steps of [2, 2, 1]) {
    const started = await bank.as('qiheng.110101', 'POST', '/api/cases', { processId: 'measured' });
    cases.push(started.body.caseNumber);
    for (let i = 0; i < steps; i++) await work(started.body.caseNumber);
  }
}, 120_000);
afterAll(async () => await bank.close());

const kpi = async (login: string, query = '') =>
  await bank.as(login, 'GET', `/api/insight/kpi?process=measured&names=en${query}`);
const post = async (login: string, path: string, json: object, key?: string) =>
  await bank.as(login, 'POST', `/api/insight/kpi/${path}`, json, key);
const indicator = (body: { indicators: { code: string }[] }, code: string) =>
  body.indicators.find((each) => each.code === code);

test('KPI-12 the figures of ended cases, frozen as a baseline, and a target against it', async () => {
  const { status, body } = await kpi(viewer);
  expect(status).toBe(200);
  expect(body).toMatchObject({ cases: 2, unended: 1, calendar: 'CN-2026', mayManage: false });
  // From the first step taken to the last done: 4 + 6 + 4 minutes.
  expect(indicator(body, 'cycle_time')).toMatchObject({
    ...{ number: 'KPI-03', value: { value: '840' }, light: 'none', baseline: null },
  });
  expect(indicator(body, 'unit_cost')).toMatchObject({ currency: 'CNY', value: { value: '1950' } });
  expect(indicator(body, 'error_rate')).toMatchObject({
    value: null,
    missing: ['confirmed_errors'],
  });
  const order = { process: 'measured', names: 'en', code: 'cycle_time', note: '2026' };
  expect((await post(viewer, 'baselines', order)).status).toBe(403);
  const key = newKey(bank.clock.now);
  const frozen = await post(manager, 'baselines', order, key);
  expect(frozen.status).toBe(200);
  expect((await post(manager, 'baselines', order, key)).body).toEqual(frozen.body);
  const target = {
    ...{ process: 'measured', code: 'cycle_time', baselineId: frozen.body.id },
    ...{ target: { changePpm: -200_000 }, dueDate: '2027-06-30', weight: 2 },
  };
  expect((await post(manager, 'targets', target)).status).toBe(200);
  const late = await post(manager, 'targets', { ...target, dueDate: '2026-01-01' });
  expect(late.body.code).toBe('kpi_due_date_past');
  const held = indicator((await kpi(manager)).body, 'cycle_time');
  expect(held).toMatchObject({
    baseline: { value: { value: '840' }, counted: 2, sameDefinition: true, note: '2026' },
    target: {
      value: { value: '672' },
      gap: { value: '168' },
      promisedPpm: -200_000,
      reachedPpm: 0,
    },
    // The day it was frozen the line stands at the baseline, so it is on its way.
    light: 'amber',
  });
});

test('KPI-15 a unit has its score, sees the cases behind it, objects and is answered', async () => {
  const { body } = await kpi(manager);
  expect(body.units).toHaveLength(1);
  expect(body.units[0]).toMatchObject({ cases: 2, scoreHundredths: 8_000 });
  expect(body.months).toMatchObject([{ part: '2026-11', cases: 2, scoreHundredths: 8_000 }]);
  const path = '/api/insight/kpi/cases?process=measured&names=en&code=cycle_time';
  const behind = await bank.as(viewer, 'GET', path);
  const numbers = behind.body.cases.map((each: { caseNumber: string }) => each.caseNumber);
  expect(numbers.sort()).toEqual(cases.slice(0, 2).sort());
  const order = { process: 'measured', code: 'cycle_time', caseNumber: cases[0], reason: '停电' };
  const open = await post(viewer, 'objections', { ...order, caseNumber: cases[2] });
  expect(open.body.code).toBe('kpi_case_not_in_figure');
  const raised = await post(viewer, 'objections', order);
  expect(raised.status).toBe(200);
  const objectionId = raised.body.id;
  const answer = { process: 'measured', objectionId, accepted: true, words: '剔除' };
  const place = 'answers';
  expect((await post(viewer, place, answer)).status).toBe(403);
  expect((await post(manager, place, answer)).status).toBe(200);
  expect((await post(manager, place, answer)).body.code).toBe('kpi_objection_answered');
  expect((await kpi(viewer)).body.objections).toMatchObject([
    { caseNumber: cases[0], reason: '停电', answer: { accepted: true, words: '剔除' } },
  ]);
});

test('KPI-14 before and after over the same filters, refused where there is nothing before', async () => {
  const both = await kpi(viewer, '&beforeFrom=2026-11-01&beforeTo=2026-11-30&mix=variant');
  expect(both.body.comparison).toMatchObject({ beforeLeftOut: 0, afterLeftOut: 0 });
  const change = both.body.comparison.changes.find(
    (each: { code: string }) => each.code === 'cycle_time',
  );
  expect(change).toMatchObject({ difference: { value: '0' }, verdict: 'not_told' });
  const none = await kpi(viewer, '&beforeFrom=2026-01-01&beforeTo=2026-01-31');
  expect(none.body.code).toBe('filter_leaves_nothing');
  expect((await kpi(viewer, '&beforeFrom=2026-01-01')).status).toBe(400);
});

test('MOD-11 the views of the deployed process, with its cases', async () => {
  const { status, body } = await bank.as(viewer, 'GET', '/api/insight/views?process=measured');
  expect(status).toBe(200);
  expect(
    body.steps.map(({ id, executions }: { id: string; executions: number }) => [id, executions]),
  ).toEqual([
    ['make', 3],
    ['check', 2],
  ]);
  expect(body.repeatedEntries).toMatchObject([
    { by: 'key', entries: [{ stepId: 'make' }, { stepId: 'check' }] },
  ]);
  expect(body.roleNames.committee_member).toMatchObject({ en: 'Credit committee member' });
  const unknown = await bank.as(viewer, 'GET', '/api/insight/views?process=nothing');
  expect(unknown.status).toBeGreaterThanOrEqual(400);
});

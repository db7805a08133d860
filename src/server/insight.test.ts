import { afterAll, beforeAll, expect, test } from 'vitest';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';

const xml = processXml({
  id: 'checked',
  attributes: 'huiliu:nameEn="Checked" huiliu:catalogue="P98" huiliu:casePrefix="JC"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start' },
    { role: 'committee_member', unit: 'own', nodes: 'make check end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="make" name="经办" huiliu:nameEn="Make"/>
    <bpmn:userTask id="check" name="复核" huiliu:nameEn="Check"/>
    <bpmn:endEvent id="end" huiliu:outcome="made"/>`,
  flows: ['start > make > check > end'],
});

const minuteMs = 60_000;
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
  bank = await serveBank([{ xml }]);
  for (const steps of [2, 2, 1]) {
    const started = await bank.as('qiheng.110101', 'POST', '/api/cases', { processId: 'checked' });
    cases.push(started.body.caseNumber);
    for (let i = 0; i < steps; i++) await work(started.body.caseNumber);
  }
}, 60_000);
afterAll(async () => await bank.close());

const analysis = async (login: string, query = '') =>
  await bank.as(login, 'GET', `/api/insight/analysis?process=checked&names=en${query}`);

test('the own cases are told with their times, waits, variants, bottlenecks and a map', async () => {
  const { status, body } = await analysis('luo.min');
  expect(status).toBe(200);
  const { casesInScope, cases: counted, activityInstances, variants, caseDuration } = body;
  expect({ casesInScope, counted, activityInstances, variants }).toEqual({
    ...{ casesInScope: 3, counted: 3, activityInstances: 5, variants: 2 },
  });
  expect(caseDuration.maxSeconds).toBe(14 * 60);
  const check = body.activities.find((one: { activity: string }) => one.activity === 'Check');
  expect(check).toMatchObject({
    ...{ instances: 2, meanWaitingSeconds: 360, medianProcessingSeconds: 240, waitingShare: 1 },
  });
  expect(body.bottlenecks[0]).toMatchObject({ rank: 1, activity: 'Check', waitingCases: 2 });
  expect(body.bottlenecks[0].text.en).toContain('2 cases');
  const { waitSeconds, seconds, activities } = body.waiting;
  const sum = Object.values<number>(seconds).reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(waitSeconds, 6);
  expect(activities.map((one: { activity: string }) => one.activity)).toContain('Check');
  const map = body.maps.at(-1);
  expect(map.nodes.map((one: { activity: string }) => one.activity).sort()).toEqual([
    'Check',
    'Make',
  ]);
  expect(map.edges).toContainEqual(
    expect.objectContaining({ from: 'Make', to: 'Check', count: 2, medianSeconds: 360 }),
  );
});

test('every figure obeys the stack of filters, and its cases can be listed', async () => {
  const { body } = await analysis('luo.min', '&filter=with:Make&filter=with:Check');
  expect(body.steps.map((one: { casesAfter: number }) => one.casesAfter)).toEqual([3, 2]);
  expect([body.cases, body.casesInScope, body.variants]).toEqual([2, 3, 1]);
  const path = '/api/insight/cases?process=checked&names=en';
  const listed = await bank.as('luo.min', 'GET', `${path}&filter=without:Check`);
  expect(listed.body).toMatchObject({ total: 1, cases: [{ caseNumber: cases[2], steps: 1 }] });
  const common = await bank.as('luo.min', 'GET', `${path}&variant=1`);
  const numbers = common.body.cases.map((one: { caseNumber: string }) => one.caseNumber);
  expect(numbers.sort()).toEqual([cases[0], cases[1]].sort());
});

test.each([
  ['luo.min', 200, 3],
  ['fang.zhihua', 200, 3],
  ['wang.lei', 200, 3],
  ['zhang.guoqiang', 200, 3],
  ['zhou.jing', 422, undefined],
  ['li.na', 403, undefined],
  ['deng.chao', 403, undefined],
  ['qiheng.110101', 403, undefined],
])('ORG-01 %s is answered %d: only cases at units of the own scope count', async (...row) => {
  const [login, status, counted] = row;
  const { status: found, body } = await analysis(login);
  expect([found, body.casesInScope]).toEqual([status, counted]);
  if (status === 422) expect(body.code).toBe('insight_without_cases');
});

test.each([
  ['&filter=nonsense', 'insight_filter_not_read'],
  ['&filter=with:Nobody', 'filter_activity_unknown'],
  ['&from=2030-01-01', 'filter_leaves_nothing'],
])('%s is refused in words', async (query, code) => {
  const { status, body } = await analysis('luo.min', query);
  expect([status, body.code]).toEqual([422, code]);
  expect(body.message['zh-CN']).not.toContain('{');
});

test('nothing of all this was an error of the program', () => {
  expect(bank.failures).toEqual([]);
});

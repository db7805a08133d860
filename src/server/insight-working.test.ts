import { afterAll, beforeAll, expect, test } from 'vitest';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';

const xml = processXml({
  id: 'worked',
  attributes: 'huiliu:nameEn="Worked" huiliu:catalogue="P97" huiliu:casePrefix="JW"',
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

const tenMinutesMs = 600_000;
let bank: ServedBank;
const cases: string[] = [];

/** Takes the one open task of a case after ten minutes, and completes it after ten more. */
async function work(caseNumber: string): Promise<void> {
  const { body } = await bank.as('deng.chao', 'GET', `/api/tasks?caseNumber=${caseNumber}`);
  const { id } = body.tasks[0];
  bank.clock.now += tenMinutesMs;
  await bank.as('deng.chao', 'POST', `/api/tasks/${id}/claim`, {});
  bank.clock.now += tenMinutesMs;
  const done = await bank.as('deng.chao', 'POST', `/api/tasks/${id}/complete`, { values: {} });
  expect(done.status).toBe(200);
}

beforeAll(async () => {
  bank = await serveBank([{ xml }]);
  bank.clock.now = Date.UTC(2026, 10, 20, 8, 20); // Friday, 16:20 at the bank
  for (let k = 0; k < 3; k++) {
    const started = await bank.as('qiheng.110101', 'POST', '/api/cases', { processId: 'worked' });
    cases.push(started.body.caseNumber);
  }
  for (const k of [0, 0, 1, 1, 2]) await work(cases[k]!);
}, 60_000);
afterAll(async () => await bank.close());

const ask = async (part: string, query = '', login = 'luo.min') =>
  await bank.as(login, 'GET', `/api/insight/${part}?process=worked&names=en${query}`);

test('when cases come and go, by the clock and in working hours', async () => {
  const { status, body } = await ask('time');
  expect(status).toBe(200);
  expect(body.periods).toEqual([
    expect.objectContaining({ from: '2026-11-20', arrivals: 3, completions: 2, atEnd: 1 }),
  ]);
  expect(body.waitingFor).toMatchObject({
    waitSeconds: 1_200,
    timerSeconds: 0,
    bankSeconds: 1_200,
  });
  expect(body.waitingFor.customerSeconds).toBeNull();
  // From 16:40 to 16:50, and from 17:20 to 17:30: only the first is in office hours.
  expect(body.business).toMatchObject({ calendar: 'CN-2026', waitingSeconds: 600 });
});

test('who did what, and that nobody hands work to himself', async () => {
  const { body } = await ask('people');
  expect(body.people).toHaveLength(1);
  expect(body.people[0]).toMatchObject({ resource: 'deng.chao', instances: 5, cases: 3 });
  expect([body.handovers, body.keptByOne]).toEqual([[], 2]);
});

test('rules are held against the cases, in working hours where asked', async () => {
  const rules = [
    { id: 'eyes', kind: 'four_eyes', first: 'Make', second: 'Check' },
    { id: 'soon', kind: 'response', first: 'Make', second: 'Check', withinHours: 0.1 },
  ];
  const query = rules.map((rule) => `&rule=${encodeURIComponent(JSON.stringify(rule))}`).join('');
  const { body } = await ask('rules', query);
  const [eyes, soon] = body.rules;
  expect([eyes.counts.broken, eyes.broken[0].resource]).toEqual([2, 'deng.chao']);
  expect(eyes.broken.map((each: { caseNumber: string }) => each.caseNumber).sort()).toEqual(
    cases.slice(0, 2).sort(),
  );
  expect([soon.counts.broken, soon.counts.open]).toEqual([2, 1]);
  const worked = await ask('rules', `${query}&working=yes`);
  expect([worked.body.calendar, worked.body.rules[1].counts.broken]).toEqual(['CN-2026', 1]);
  const refused = await ask('rules', '&rule=%7B');
  expect([refused.status, refused.body.code]).toEqual([422, 'rules_not_read']);
});

test('the case under way has its forecast; what is not in scope is not told', async () => {
  const { body } = await ask('predict', '&limitHours=0.1');
  expect(body.running.map((each: { caseNumber: string }) => each.caseNumber)).toEqual([cases[2]]);
  expect(body.running[0]).toMatchObject({ last: 'Make', warning: 'broken', chanceLate: 1 });
  const far = await ask('predict', '', 'li.na');
  expect(far.status).toBe(403);
});

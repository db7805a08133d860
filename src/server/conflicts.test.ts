import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askOracle } from '../runtime/oracle.ts';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import type { Answer } from './testing.ts';

let bank: ServedBank;
const members = ['deng.chao', 'cao.fei', 'peng.tao', 'zeng.li', 'xiao.bin'];

/** Two tasks for one pool of five people; who did the first may not do the second. */
const pool = processXml({
  id: 'pool',
  attributes: 'huiliu:nameEn="Pool" huiliu:catalogue="P98" huiliu:casePrefix="CH"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start' },
    { role: 'committee_member', unit: 'own', nodes: 'make check end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="make" name="经办" huiliu:nameEn="Make"/>
    <bpmn:userTask id="check" name="复核" huiliu:nameEn="Check" huiliu:separateFrom="make"/>
    <bpmn:endEvent id="end" huiliu:outcome="checked"/>`,
  flows: ['start > make > check > end'],
});

beforeAll(async () => {
  bank = await serveBank([{ xml: pool }]);
});
afterAll(async () => await bank.close());

async function started(): Promise<string> {
  const answer = await bank.as('qiheng.110101', 'POST', '/api/cases', { processId: 'pool' });
  expect(answer.status).toBe(200);
  return answer.body.caseNumber;
}

async function taskOf(login: string, caseNumber: string): Promise<string> {
  const { body } = await bank.as(login, 'GET', `/api/tasks?caseNumber=${caseNumber}`);
  expect(body.total).toBe(1);
  return body.tasks[0].id;
}

/** A refusal in words of both languages, with what it is about. */
function expectRefusal(answer: Answer | undefined, status: number, code: string): void {
  expect([answer?.status, answer?.body.code]).toEqual([status, code]);
  expect(answer?.body.message['zh-CN']).toMatch(/\p{Script=Han}/u);
  expect(answer?.body.message.en).toMatch(/^[A-Z][^{}]+\.$/);
}

describe('several people at the same moment', () => {
  test('of five who claim one task one has it, the others are told so', async () => {
    const caseNumber = await started();
    const id = await taskOf('deng.chao', caseNumber);
    const answers = await Promise.all(
      members.map((login) => bank.as(login, 'POST', `/api/tasks/${id}/claim`)),
    );
    const held = answers.filter((answer) => answer.status === 200);
    expect(held).toHaveLength(1);
    for (const answer of answers.filter((one) => one.status !== 200)) {
      expectRefusal(answer, 409, 'task_held_by_another');
    }
  });

  test('a holder and another complete one task at once: the holder’s counts, once', async () => {
    const caseNumber = await started();
    const id = await taskOf('deng.chao', caseNumber);
    await bank.as('deng.chao', 'POST', `/api/tasks/${id}/claim`);
    const complete = (login: string) =>
      bank.as(login, 'POST', `/api/tasks/${id}/complete`, { values: {} });
    const [own, other] = await Promise.all([complete('deng.chao'), complete('cao.fei')]);
    expect(own.status).toBe(200);
    expect([403, 409, 422]).toContain(other.status);
    const whole = await bank.as('fang.zhihua', 'GET', `/api/cases/${caseNumber}`);
    expect(whole.body.tokens).toMatchObject([{ element: 'check', count: 1 }]);
    const { body } = await bank.as('fang.zhihua', 'GET', `/api/cases/${caseNumber}/history`);
    const completed = body.lines.filter(
      (line: { event: string }) => line.event === 'activity_completed',
    );
    expect(completed).toMatchObject([{ element: 'make', performer: 'deng.chao' }]);
  });

  test('two who start with one key start one case each, and the second is refused', async () => {
    const key = '019aa0ab-3a00-7000-8000-00000000c0de';
    const start = (login: string) =>
      bank.as(login, 'POST', '/api/cases', { processId: 'pool' }, key);
    const first = await start('qiheng.110101');
    const same = await start('qiheng.110101');
    expect(same.body).toEqual(first.body);
    expectRefusal(await start('jiahe.110101'), 409, 'idempotency_key_used_otherwise');
  });
});

describe('one person twice', () => {
  test('who did the first task may not do the second, by direct call or otherwise', async () => {
    const caseNumber = await started();
    const make = await taskOf('cao.fei', caseNumber);
    await bank.as('cao.fei', 'POST', `/api/tasks/${make}/claim`);
    await bank.as('cao.fei', 'POST', `/api/tasks/${make}/complete`, { values: {} });
    const check = await taskOf('peng.tao', caseNumber);
    const own = await bank.as('cao.fei', 'POST', `/api/tasks/${check}/claim`);
    expectRefusal(own, 403, 'must_be_another_person');
    const direct = await bank.as('cao.fei', 'POST', `/api/tasks/${check}/complete`, { values: {} });
    expect([403, 409, 422]).toContain(direct.status);
    await bank.as('peng.tao', 'POST', `/api/tasks/${check}/claim`);
    const done = await bank.as('peng.tao', 'POST', `/api/tasks/${check}/complete`, { values: {} });
    expect(done.body).toMatchObject({ caseStatus: 'completed', outcome: 'checked' });
  });

  test('a completed task is not completed, claimed or released again', async () => {
    const caseNumber = await started();
    const id = await taskOf('zeng.li', caseNumber);
    await bank.as('zeng.li', 'POST', `/api/tasks/${id}/claim`);
    await bank.as('zeng.li', 'POST', `/api/tasks/${id}/complete`, { values: {} });
    for (const order of ['complete', 'claim', 'release']) {
      const json = order === 'complete' ? { values: {} } : undefined;
      const answer = await bank.as('zeng.li', 'POST', `/api/tasks/${id}/${order}`, json);
      expectRefusal(answer, 409, 'task_not_open');
    }
  });
});

test('nothing is left half done', async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  expect(bank.failures).toEqual([]);
});

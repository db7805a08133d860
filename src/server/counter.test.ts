import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusalCode } from '../contract/refusals/index.ts';
import { mustBe, pageOf, processFolders } from '../runtime/journey/testing.ts';
import { testOfficer } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';

/** Staff fill in for a customer who is there; loans are shown to the customer and who serves it. */

let bank: ServedBank;
let caseNumber: string;
let taskId: string;
const customer = 'qiheng.110101';
const teller = 'zhao.ting';
const page = pageOf('loan-sub-branch');

beforeAll(async () => {
  bank = await serveBank([]);
  for (const folder of processFolders()) {
    mustBe(await bank.runtime.deployProcess({ actor: testOfficer, folder }));
  }
  const values = { customerNumber: '10000001' };
  const started = await bank.as(teller, 'POST', '/api/cases', {
    ...{ processId: 'corporate_loan_sub_branch', values },
  });
  expect(started.status).toBe(200);
  caseNumber = started.body.caseNumber;
  const { body } = await bank.as(
    teller,
    'GET',
    `/api/tasks?filter=counter&caseNumber=${caseNumber}`,
  );
  taskId = body.tasks[0].id;
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  await bank.close();
});

const claim = (login: string, body: unknown) =>
  bank.as(login, 'POST', `/api/tasks/${taskId}/claim`, body);

describe('at the counter, over HTTP', () => {
  test('a customer’s task is in the counter’s list, with applicant, and in no other', async () => {
    const list = async (login: string, filter: string) =>
      (await bank.as(login, 'GET', `/api/tasks?filter=${filter}&caseNumber=${caseNumber}`)).body;
    const counter = await list(teller, 'counter');
    expect(counter.tasks).toMatchObject([{ activity: 'apply', atCounter: true }]);
    expect(counter.tasks[0].customerName).toMatch(/\p{Script=Han}{4}/u);
    expect((await list(teller, 'all')).total).toBe(0);
    expect((await list('wang.lei', 'counter')).total).toBe(0);
    // The customer has the same task as ever, without what is meant for staff.
    const own = await list(customer, 'all');
    expect(own.tasks).toMatchObject([{ id: taskId, activity: 'apply' }]);
    expect(own.tasks[0]).not.toHaveProperty('atCounter');
    expect(own.tasks[0]).not.toHaveProperty('customerName');
    expect((await bank.as(teller, 'GET', '/api/tasks/next')).body.task).toBeNull();
  });

  test('without the customer it is refused in words, in both languages', async () => {
    for (const body of [undefined, {}, { customerPresent: false }]) {
      const refused = await claim(teller, body);
      expect([refused.status, refused.body.code]).toEqual([422, 'customer_presence_missing']);
      expect(isRefusalCode(refused.body.code)).toBe(true);
      expect(refused.body.message['zh-CN']).toContain('贷款申请');
      expect(refused.body.message.en).toContain('Loan application');
    }
    expect((await claim('feng.yuan', { customerPresent: true })).status).toBe(404);
  });

  test('with the customer it is claimed, completed and said in the history', async () => {
    expect((await claim(teller, { customerPresent: true })).status).toBe(200);
    const usual = page.usual.find((line) => line.activity === 'apply')?.values ?? '';
    const values = JSON.parse(usual.replace('{depositAccount}', '11010100000000011'));
    values.amountMinor = String(values.amountMinor);
    const path = `/api/tasks/${taskId}/complete`;
    const alone = await bank.as(teller, 'POST', path, { values });
    expect(alone.body.code).toBe('customer_presence_missing');
    const done = await bank.as(teller, 'POST', path, { values, customerPresent: true });
    expect([done.status, done.body.task?.assignee]).toEqual([200, teller]);
    const history = await bank.as(customer, 'GET', `/api/cases/${caseNumber}/history`);
    const said = history.body.lines.filter(
      (line: { event: string }) => line.event === 'acted_for_customer',
    );
    // The customer reads that it was done at the counter, not by whom.
    expect(said).toMatchObject([{ performer: null }, { performer: null }]);
  });
});

describe('loans', () => {
  test('are shown to the customer and to who serves it, and to nobody else', async () => {
    const asked = async (login: string, query: string) =>
      await bank.as(login, 'GET', `/api/loans${query}`);
    expect((await asked(customer, '')).body).toEqual({ contracts: [] });
    expect((await asked('li.na', '?customerNumber=10000001')).status).toBe(200);
    expect((await asked(customer, '?customerNumber=10000002')).status).toBe(404);
    expect((await asked('lin.xiaoyan', '?customerNumber=10000001')).status).toBe(404);
  });

  test('a drawdown on a contract of somebody else is refused in words', async () => {
    const order = { processId: 'loan_drawdown', values: { contractNumber: 'HT-none' } };
    const refused = await bank.as(customer, 'POST', '/api/cases', order);
    expect([refused.status, refused.body.code]).toEqual([422, 'contract_missing']);
    const more = { ...order, values: { ...order.values, drawdownAmountMinor: '1' } };
    const strange = await bank.as(customer, 'POST', '/api/cases', more);
    expect(strange.body.code).toBe('start_value_not_allowed');
  });
});

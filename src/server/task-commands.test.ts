import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { newKey } from './testing.ts';

let bank: ServedBank;

const form = JSON.stringify({
  type: 'default',
  components: [
    { type: 'number', key: 'amountMinor', label: '金额', validate: { required: true, min: 1 } },
    { type: 'textfield', key: 'purpose', label: '用途' },
  ],
});
const xml = processXml({
  id: 'advance',
  attributes: 'huiliu:nameEn="Advance" huiliu:casePrefix="YF"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start apply' },
    { role: 'customer_manager', unit: 'own', nodes: 'review' },
    { role: 'risk_manager', unit: 'own', nodes: 'assess end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="apply" name="申请" huiliu:nameEn="Apply" huiliu:form="apply.form.json"/>
    <bpmn:userTask id="review" name="审查" huiliu:nameEn="Review"
      huiliu:form="apply.form.json"/>
    <bpmn:userTask id="assess" name="评估" huiliu:nameEn="Assess" huiliu:separateFrom="review"/>
    <bpmn:endEvent id="end" huiliu:outcome="paid"/>`,
  flows: ['start > apply > review > assess > end'],
});

beforeAll(async () => {
  bank = await serveBank([{ xml, files: { 'apply.form.json': form } }]);
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  expect((await bank.runtime.askOracle()).faults).toEqual([]);
  await bank.close();
});

const applicant = 'qiheng.110101';
const as: ServedBank['as'] = (...values) => bank.as(...values);

async function taskOf(login: string, caseNumber: string, activity: string): Promise<string> {
  const path = `/api/tasks?filter=all&caseNumber=${caseNumber}&activity=${activity}`;
  const listed = await as(login, 'GET', path);
  expect(listed.body.total).toBe(1);
  return listed.body.tasks[0].id;
}

async function claimed(login: string, caseNumber: string, activity: string): Promise<string> {
  const id = await taskOf(login, caseNumber, activity);
  expect((await as(login, 'POST', `/api/tasks/${id}/claim`)).status).toBe(200);
  return id;
}

/** A case whose review li.na has claimed: its number, and the task's address. */
async function atReview(): Promise<{ caseNumber: string; path: string; id: string }> {
  const started = await as(applicant, 'POST', '/api/cases', { processId: 'advance' });
  const { caseNumber } = started.body;
  const apply = await claimed(applicant, caseNumber, 'apply');
  const values = { amountMinor: '500', purpose: '采购' };
  await as(applicant, 'POST', `/api/tasks/${apply}/complete`, { values });
  const id = await claimed('li.na', caseNumber, 'review');
  return { caseNumber, id, path: `/api/tasks/${id}` };
}

describe('orders about a task', () => {
  test.each([
    // order, body, status, code
    ['transfer', { to: 'qian.jun', reason: '休假' }, 200, null],
    ['transfer', { to: 'wang.lei' }, 422, 'person_not_candidate'],
    ['transfer', { to: 'li.na' }, 422, 'person_not_candidate'],
    ['transfer', {}, 400, 'request_not_valid'],
    ['delegate', { to: 'qian.jun' }, 200, null],
    ['resolve', { values: {} }, 409, 'task_not_delegated'],
    ['add-signer', { place: 'before', to: 'yan.bing' }, 200, null],
    ['add-signer', { place: 'after', to: 'wang.lei' }, 200, null],
    ['add-signer', { place: 'beside', to: 'qian.jun' }, 422, 'signers_fixed'],
    ['remove-signer', { signer: 'qian.jun', reason: 'x' }, 422, 'signer_unknown'],
    ['remove-signer', { signer: 'qian.jun' }, 400, 'request_not_valid'],
    ['copy', { to: ['wang.lei', 'zhang.guoqiang'], note: '知悉' }, 200, null],
    ['copy', { to: ['sun.peng'] }, 422, 'person_not_candidate'],
    ['urge', {}, 422, 'urge_own_task'],
    ['recall', {}, 422, 'task_not_submitted'],
    ['draft', { values: { purpose: '半' } }, 200, null],
    ['return', { to: { activity: 'apply' }, reason: '补章' }, 200, null],
  ] as const)('%s %o: %s', async (order, body, status, code) => {
    const { path } = await atReview();
    const key = newKey(bank.clock.now);
    const first = await as('li.na', 'POST', `${path}/${order}`, body, key);
    expect([first.status, first.body.code ?? null]).toEqual([status, code]);
    const stranger = await as('sun.peng', 'POST', `${path}/${order}`, body);
    expect([stranger.status, stranger.body.code]).toEqual(
      code === 'request_not_valid' ? [400, code] : [404, 'not_found'],
    );
    if (code !== null) {
      expect(first.body.message['zh-CN']).toMatch(/\p{Script=Han}/u);
      expect(first.body.message.en).toMatch(/[a-z]/);
      return;
    }
    const again = await as('li.na', 'POST', `${path}/${order}`, body, key);
    expect(again.status).toBe(200);
    expect(again.body.task.id).toBe(first.body.task.id);
  });

  test('people to choose from are those who may', async () => {
    const { path } = await atReview();
    const people = async (purpose: string, login = 'li.na') => {
      const found = await as(login, 'GET', `${path}/people?purpose=${purpose}`);
      return (found.body.people ?? []).map((one: { login: string }) => one.login);
    };
    expect(await people('forward')).toEqual(['qian.jun']);
    expect(await people('add_signer')).toEqual(['qian.jun', 'wang.lei', 'yan.bing']);
    expect(await people('copy')).toEqual(expect.arrayContaining(['xu.lin', 'fang.zhihua']));
    expect(await people('forward', 'sun.peng')).toEqual([]);
  });

  test('marks say what others have made of a task, the history says why', async () => {
    const { caseNumber, path } = await atReview();
    await as('li.na', 'POST', `${path}/delegate`, { to: 'qian.jun', reason: '代拟意见' });
    const lent = await as('qian.jun', 'GET', path);
    expect(lent.body.task).toMatchObject({
      status: 'delegated',
      marks: { delegatedBy: { login: 'li.na', name: '李娜' } },
    });
    await as(applicant, 'POST', `${path}/urge`, { reason: '急用款' });
    const urged = await as('qian.jun', 'GET', path);
    expect(urged.body.task.marks.urged).toMatchObject({ count: 1, reason: '急用款' });
    const done = await as('li.na', 'GET', '/api/tasks/done');
    expect(done.body.tasks.map((task: { status: string }) => task.status)).toContain('delegated');
    const values = { purpose: '拟好' };
    const back = await as('qian.jun', 'POST', `${path}/resolve`, { values, reason: '已拟' });
    expect(back.body.task).toMatchObject({ status: 'in_progress', assignee: 'li.na' });
    expect((await as('li.na', 'GET', path)).body.draft).toEqual(values);
    const history = await as('li.na', 'GET', `/api/cases/${caseNumber}/history`);
    expect(history.body.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ event: 'task_delegated', toName: '钱军', reason: '代拟意见' },
        }),
      ]),
    );
    const customers = await as(applicant, 'GET', `/api/cases/${caseNumber}/history`);
    expect(customers.text).not.toMatch(/task_delegated|代拟意见|钱军/);
  });

  test('what was returned says why, to whoever does it again', async () => {
    const { caseNumber, path } = await atReview();
    const parts = await as('li.na', 'GET', `${path}/parts`);
    expect(parts.body.returnSteps).toMatchObject([{ activity: 'apply', nameEn: 'Apply' }]);
    await as('li.na', 'POST', `${path}/return`, { reason: '请补营业执照', straightBack: true });
    const again = await taskOf(applicant, caseNumber, 'apply');
    const seen = await as(applicant, 'GET', `/api/tasks/${again}`);
    expect(seen.body.task.marks.returned).toMatchObject({
      ...{ reason: '请补营业执照', straightBack: true, byName: null },
    });
    await as(applicant, 'POST', `/api/tasks/${again}/claim`);
    const values = { amountMinor: '500' };
    await as(applicant, 'POST', `/api/tasks/${again}/complete`, { values });
    const mine = await as('li.na', 'GET', `/api/tasks?filter=mine&caseNumber=${caseNumber}`);
    expect(mine.body.tasks).toMatchObject([{ activity: 'review', status: 'reserved' }]);
  });

  test('a notice is read once and lets its reader look, no more', async () => {
    const { caseNumber, path } = await atReview();
    expect((await as('tang.jie', 'GET', `/api/cases/${caseNumber}`)).status).toBe(404);
    await as('li.na', 'POST', `${path}/copy`, { to: ['luo.min'], note: '请知悉' });
    const listed = await as('luo.min', 'GET', '/api/copies');
    const copy = listed.body.copies.find(
      (one: { caseNumber: string }) => one.caseNumber === caseNumber,
    );
    expect(copy).toMatchObject({ fromName: '李娜', note: '请知悉', readAt: null });
    expect((await as('luo.min', 'GET', `/api/cases/${caseNumber}`)).status).toBe(200);
    expect((await as('wang.lei', 'POST', `/api/copies/${copy.id}/read`)).status).toBe(404);
    expect((await as('luo.min', 'POST', `/api/copies/${copy.id}/read`)).status).toBe(200);
    const after = await as('luo.min', 'GET', '/api/copies');
    expect(after.body.unread).toBe(listed.body.unread - 1);
    expect((await as('luo.min', 'POST', `${path}/release`)).status).toBe(422);
    const parts = await as('li.na', 'GET', `${path}/parts`);
    expect(parts.body.copies).toMatchObject([{ name: '罗敏' }]);
  });

  test('what was submitted is recalled until somebody opens the next task', async () => {
    const { caseNumber, path, id } = await atReview();
    const values = { amountMinor: '500' };
    await as('li.na', 'POST', `${path}/complete`, { values });
    const recalled = await as('li.na', 'POST', `${path}/recall`, { reason: '填错' });
    expect(recalled.body.task).toMatchObject({ activity: 'review', assignee: 'li.na' });
    expect(recalled.body.task.id).not.toBe(id);
    const second = `/api/tasks/${recalled.body.task.id}`;
    await as('li.na', 'POST', `${second}/complete`, { values });
    const next = await taskOf('wang.lei', caseNumber, 'assess');
    await as('wang.lei', 'GET', `/api/tasks/${next}`);
    const late = await as('li.na', 'POST', `${second}/recall`, {});
    expect([late.status, late.body.code]).toEqual([409, 'recall_opened']);
  });

  test('the owner of the process terminates a case, with a reason', async () => {
    const { caseNumber } = await atReview();
    const path = `/api/cases/${caseNumber}/terminate`;
    const orders = `/api/cases/${caseNumber}/orders`;
    expect((await as('li.na', 'GET', orders)).body).toMatchObject({ mayTerminate: false });
    expect((await as('luo.min', 'GET', orders)).body).toMatchObject({ mayTerminate: true });
    const customers = await as(applicant, 'GET', orders);
    expect(customers.body).toMatchObject({ urge: [{ activity: 'review', assigneeName: null }] });
    const refused = await as('li.na', 'POST', path, { reason: 'x' });
    expect([refused.status, refused.body.code]).toEqual([403, 'not_a_terminator']);
    const ended = await as('luo.min', 'POST', path, { reason: '客户注销' });
    expect(ended.body).toEqual({ caseNumber, status: 'terminated', outcome: null });
  });
});

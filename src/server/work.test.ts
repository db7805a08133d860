import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../runtime/demo/people.ts';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { call, newKey, signInAs } from './testing.ts';

let bank: ServedBank;

const form = {
  type: 'default',
  components: [
    { type: 'number', key: 'amountMinor', label: '金额', validate: { required: true, min: 1 } },
    { type: 'textfield', key: 'purpose', label: '用途' },
  ],
};

const xml = processXml({
  id: 'advance',
  attributes: 'huiliu:nameEn="Advance" huiliu:catalogue="P99" huiliu:casePrefix="YF"',
  lanes: [
    { role: 'customer', unit: 'customer', nodes: 'start apply' },
    { role: 'customer_manager', unit: 'own', nodes: 'review' },
    { role: 'disbursement_officer', unit: 'centre', nodes: 'pay end' },
  ],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="apply" name="申请" huiliu:nameEn="Apply" huiliu:form="apply.form.json"/>
    <bpmn:userTask id="review" name="审查" huiliu:nameEn="Review"
      huiliu:form="review.form.json"/>
    <bpmn:userTask id="pay" name="付款" huiliu:nameEn="Pay" huiliu:separateFrom="review"/>
    <bpmn:endEvent id="end" huiliu:outcome="paid"/>`,
  flows: ['start > apply > review > pay > end'],
});

beforeAll(async () => {
  const files = {
    'apply.form.json': JSON.stringify(form),
    'review.form.json': JSON.stringify({
      type: 'default',
      components: [{ type: 'textfield', key: 'creditRating', label: '评级' }],
    }),
  };
  bank = await serveBank([{ xml, files }]);
});
afterAll(async () => await bank.close());

const as: ServedBank['as'] = (...values) => bank.as(...values);

/** Starts a case as a customer and gives its number. */
async function started(login = 'qiheng.110101'): Promise<string> {
  const answer = await as(login, 'POST', '/api/cases', { processId: 'advance' });
  expect(answer.text).toContain('caseNumber');
  return answer.body.caseNumber;
}

/** The open task of an activity, found in the list of who may do it. */
async function taskOf(login: string, caseNumber: string, activity: string): Promise<string> {
  const path = `/api/tasks?filter=all&caseNumber=${caseNumber}&activity=${activity}`;
  const listed = await as(login, 'GET', path);
  expect(listed.body.total).toBe(1);
  return listed.body.tasks[0].id;
}

/** Claims and completes a task. */
async function done(login: string, caseNumber: string, activity: string, values = {}) {
  const id = await taskOf(login, caseNumber, activity);
  expect((await as(login, 'POST', `/api/tasks/${id}/claim`)).status).toBe(200);
  return await as(login, 'POST', `/api/tasks/${id}/complete`, { values });
}

describe('a case from its start to its end', () => {
  test('goes through the people of the bank', async () => {
    const caseNumber = await started();
    expect(caseNumber).toMatch(/^YF20261120\d+$/);
    const id = await taskOf('qiheng.110101', caseNumber, 'apply');
    const claimed = await as('qiheng.110101', 'POST', `/api/tasks/${id}/claim`);
    expect(claimed.body.task).toMatchObject({ id, status: 'reserved', assignee: 'qiheng.110101' });
    const values = { amountMinor: '30000000', purpose: '采购' };
    const draft = await as('qiheng.110101', 'PUT', `/api/tasks/${id}/draft`, { values });
    expect(draft.body.task.status).toBe('in_progress');
    const detail = await as('qiheng.110101', 'GET', `/api/tasks/${id}`);
    expect(detail.body).toMatchObject({ draft: values, form, reason: { role: 'customer' } });
    const completed = await as('qiheng.110101', 'POST', `/api/tasks/${id}/complete`, { values });
    expect(completed.body).toMatchObject({
      ...{ task: { status: 'completed' }, caseNumber, caseStatus: 'active', outcome: null },
    });
    const next = await as('li.na', 'GET', '/api/tasks/next');
    expect(next.body.task).toMatchObject({ caseNumber, activity: 'review', nameEn: 'Review' });
    expect((await done('li.na', caseNumber, 'review')).status).toBe(200);
    const paid = await done('tang.jie', caseNumber, 'pay');
    expect(paid.body).toMatchObject({ caseStatus: 'completed', outcome: 'paid' });
    const whole = await as('li.na', 'GET', `/api/cases/${caseNumber}`);
    expect(whole.body).toMatchObject({
      ...{ status: 'completed', outcome: 'paid', unitId: '110100', tokens: [] },
      values: { amountMinor: '30000000', purpose: '采购', customerNumber: '10000001' },
    });
    expect(whole.body.path.map((taken: { flow: string }) => taken.flow)).toEqual([
      'start_to_apply',
      'apply_to_review',
      'review_to_pay',
      'pay_to_end',
    ]);
  });

  test('a completed task is not completed twice, unless it is the same command again', async () => {
    const caseNumber = await started();
    const id = await taskOf('qiheng.110101', caseNumber, 'apply');
    await as('qiheng.110101', 'POST', `/api/tasks/${id}/claim`);
    const body = { values: { amountMinor: 5 } };
    const path = `/api/tasks/${id}/complete`;
    const key = newKey(bank.clock.now);
    const attempts = await Promise.all(
      [1, 2, 3, 4, 5].map(() => as('qiheng.110101', 'POST', path, body, key)),
    );
    expect(attempts.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    const again = await as('qiheng.110101', 'POST', path, body, newKey(bank.clock.now));
    expect([again.status, again.body.code]).toEqual([409, 'task_not_open']);
    const other = { values: { amountMinor: 6 } };
    const otherwise = await as('qiheng.110101', 'POST', path, other, key);
    expect([otherwise.status, otherwise.body.code]).toEqual([
      409,
      'idempotency_key_used_otherwise',
    ]);
    const wrong = await as('qiheng.110101', 'POST', path, body, 'not-a-key');
    expect([wrong.status, wrong.body.code]).toEqual([400, 'idempotency_key_not_valid']);
    const history = await as('li.na', 'GET', `/api/cases/${caseNumber}/history`);
    const completed = history.body.lines.filter(
      (line: { event: string; element: string }) =>
        line.event === 'activity_completed' && line.element === 'apply',
    );
    expect(completed).toHaveLength(1);
  });

  test('values that do not fit the form are refused, nothing is done', async () => {
    const caseNumber = await started();
    const id = await taskOf('qiheng.110101', caseNumber, 'apply');
    await as('qiheng.110101', 'POST', `/api/tasks/${id}/claim`);
    for (const values of [{}, { amountMinor: 0 }, { amountMinor: 1, colour: 'red' }]) {
      const answer = await as('qiheng.110101', 'POST', `/api/tasks/${id}/complete`, { values });
      expect(answer.status).toBe(422);
      expect(answer.body.message['zh-CN']).toMatch(/\p{Script=Han}/u);
    }
    const back = await as('qiheng.110101', 'POST', `/api/tasks/${id}/release`);
    expect(back.body.task).toMatchObject({ status: 'ready', assignee: null });
  });
});

test('a task is returned with its reason, and comes straight back', async () => {
  const caseNumber = await started();
  await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 7 });
  const id = await taskOf('li.na', caseNumber, 'review');
  await as('li.na', 'POST', `/api/tasks/${id}/claim`);
  const path = `/api/tasks/${id}/return`;
  expect((await as('li.na', 'POST', path, { reason: '' })).body.code).toBe('request_not_valid');
  const returned = await as('li.na', 'POST', path, { reason: '金额与合同不符' });
  expect(returned.body.task).toMatchObject({ id, status: 'cancelled' });
  const again = await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 8 });
  expect(again.body.caseStatus).toBe('active');
  expect(await taskOf('li.na', caseNumber, 'review')).not.toBe(id);
});

describe('who may see and do what', () => {
  test.each([
    ['a customer manager of another sub-branch', 'sun.peng'],
    ['another customer', 'jiahe.110101'],
    ['staff of another branch', 'dong.meihua'],
    ['a committee member without a task', 'deng.chao'],
  ])('for %s the task and the case do not exist', async (_name, login) => {
    const caseNumber = await started();
    const id = await taskOf('qiheng.110101', caseNumber, 'apply');
    const cases = ['', '/history', '/entries', '/documents', '/diagram'];
    const isMember = login === 'deng.chao';
    for (const part of isMember ? [] : cases) {
      const answer = await as(login, 'GET', `/api/cases/${caseNumber}${part}`);
      expect([part, answer.status, answer.body.code]).toEqual([part, 404, 'not_found']);
    }
    for (const order of ['claim', 'release']) {
      const answer = await as(login, 'POST', `/api/tasks/${id}/${order}`);
      expect(answer.status).toBeGreaterThanOrEqual(403);
      if (!isMember) expect(answer.body.code).toBe('not_found');
    }
    const listed = await as(login, 'GET', `/api/tasks?caseNumber=${caseNumber}`);
    expect(listed.body).toEqual({ tasks: [], total: 0 });
    expect((await as(login, 'GET', `/api/tasks/${id}`)).status).toBeGreaterThanOrEqual(400);
  });

  test('staff in whose scope the case lies are told that they are no candidate', async () => {
    const caseNumber = await started();
    const id = await taskOf('qiheng.110101', caseNumber, 'apply');
    const answer = await as('li.na', 'POST', `/api/tasks/${id}/claim`);
    expect([answer.status, answer.body.code]).toEqual([403, 'not_a_candidate']);
    expect(answer.body.message.en).toMatch(/[a-z]/);
  });

  test('a task held by one is not claimed by another', async () => {
    const caseNumber = await started();
    await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 7 });
    const id = await taskOf('li.na', caseNumber, 'review');
    await as('li.na', 'POST', `/api/tasks/${id}/claim`);
    const completed = await as('wang.lei', 'POST', `/api/tasks/${id}/complete`, { values: {} });
    expect(completed.status).toBeGreaterThanOrEqual(400);
    const mine = await as('li.na', 'GET', `/api/tasks?filter=mine&caseNumber=${caseNumber}`);
    expect(mine.body.total).toBe(1);
  });

  test('the customer sees the progress, without staff, foreign data or decisions', async () => {
    const caseNumber = await started();
    await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 9, purpose: '进货' });
    await done('li.na', caseNumber, 'review', { creditRating: 'BB' });
    const whole = await as('qiheng.110101', 'GET', `/api/cases/${caseNumber}`);
    expect(whole.body.values).toEqual({ amountMinor: '9', purpose: '进货' });
    expect(whole.body.tokens).toMatchObject([{ element: 'pay', name: '付款', count: 1 }]);
    const history = await as('qiheng.110101', 'GET', `/api/cases/${caseNumber}/history`);
    expect(history.text).not.toContain('li.na');
    expect(history.text).not.toContain('李娜');
    const forStaff = await as('li.na', 'GET', `/api/cases/${caseNumber}/history`);
    expect(forStaff.text).toContain('李娜');
    const decisions = await as('qiheng.110101', 'GET', `/api/cases/${caseNumber}/decisions`);
    expect([decisions.status, decisions.body.code]).toEqual([403, 'not_permitted']);
  });

  test('the centre finds the case it has a task of, by the task', async () => {
    const caseNumber = await started();
    await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 9 });
    expect((await as('tang.jie', 'GET', `/api/cases/${caseNumber}`)).status).toBe(404);
    await done('li.na', caseNumber, 'review');
    expect((await as('tang.jie', 'GET', `/api/cases/${caseNumber}`)).status).toBe(200);
  });

  test.each([
    ['a customer', 'jiahe.110101', {}, 200, null],
    ['a customer for another', 'jiahe.110101', { customerNumber: '10000001' }, 200, '10000002'],
    ['the customer manager', 'li.na', { customerNumber: '10000001' }, 200, '10000001'],
    ['of a foreign customer', 'li.na', { customerNumber: '10000060' }, 422, null],
    ['a risk manager', 'wang.lei', { customerNumber: '10000001' }, 403, null],
  ] as const)('a case is started by %s', async (_name, login, values, status, owner) => {
    const answer = await as(login, 'POST', '/api/cases', { processId: 'advance', values });
    expect(answer.status).toBe(status);
    if (owner === null) return;
    const whole = await as('fang.zhihua', 'GET', `/api/cases/${answer.body.caseNumber}`);
    expect(whole.body.customerNumber).toBe(owner);
  });

  test('the process catalogue says what I may start', async () => {
    const mine = await as('li.na', 'GET', '/api/processes');
    expect(mine.body.processes).toMatchObject([{ processId: 'advance', mayStart: true }]);
    const forRisk = await as('wang.lei', 'GET', '/api/processes');
    expect(forRisk.body.processes[0].mayStart).toBe(false);
    const whole = await as('wang.lei', 'GET', '/api/processes/advance');
    expect(whole.body.xml).toContain('<bpmn:userTask id="review"');
    expect(whole.body.versions).toMatchObject([{ version: 1, waiver: null }]);
    const changes = await as('wang.lei', 'GET', '/api/processes/advance/changes');
    expect(changes.body).toEqual({ before: 1, after: 1, changes: [] });
    const none = await as('wang.lei', 'GET', '/api/processes/advance/changes?after=9');
    expect(none.status).toBe(404);
    expect((await as('qiheng.110101', 'GET', '/api/processes/advance')).status).toBe(403);
  });

  test('the diagram shows where the case stands', async () => {
    const caseNumber = await started();
    const diagram = await as('li.na', 'GET', `/api/cases/${caseNumber}/diagram`);
    expect(diagram.body).toMatchObject({
      ...{ processId: 'advance', processIds: ['advance'], flowsTaken: ['start_to_apply'] },
      tokens: [{ element: 'apply', count: 1 }],
    });
    const other = await as('li.na', 'GET', `/api/cases/${caseNumber}/diagram?processId=other`);
    expect(other.status).toBe(404);
  });
});

describe('papers of a case', () => {
  const pdf = Buffer.from('%PDF-1.7 一份购销合同').toString('base64');
  const paper = { kind: 'applicationDocuments', title: '购销合同 (1).pdf', content: pdf };

  test('the customer adds one, its file comes back as it was, to be kept', async () => {
    const caseNumber = await started();
    const path = `/api/cases/${caseNumber}/documents`;
    const key = newKey(bank.clock.now);
    const added = await as('qiheng.110101', 'POST', path, paper, key);
    expect(added.body.document).toMatchObject({
      ...{ kind: paper.kind, title: paper.title, mediaType: 'application/pdf', version: 1 },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const again = await as('qiheng.110101', 'POST', path, paper, key);
    expect(again.body).toEqual(added.body);
    const listed = await as('li.na', 'GET', path);
    expect(listed.body.documents).toEqual([added.body.document]);
    const file = await as('li.na', 'GET', `${path}/${added.body.document.documentId}`);
    expect(Buffer.from(file.text)).toEqual(Buffer.from(pdf, 'base64'));
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''%E8%B4%AD%E9%94%80%E5%90%88%E5%90%8C%20_1_.pdf",
    );
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    for (const login of ['jiahe.110101', 'sun.peng']) {
      const hidden = await as(login, 'GET', `${path}/${added.body.document.documentId}`);
      expect(hidden.body.code).toBe('not_found');
    }
    const history = await as('li.na', 'GET', `/api/cases/${caseNumber}/history`);
    expect(history.body.lines.map((line: { event: string }) => line.event)).toContain(
      'document_added',
    );
  });

  test.each([
    [
      'a page that calls itself a picture',
      { content: btoa('<html>') },
      'document_type_not_allowed',
    ],
    ['what is no Base64', { content: 'JVBERi0=x' }, 'document_content_not_valid'],
    ['nothing', { content: '' }, 'request_not_valid'],
    ['a kind that is no name', { kind: '../etc' }, 'request_not_valid'],
  ])('%s is refused', async (_name, change, code) => {
    const caseNumber = await started();
    const path = `/api/cases/${caseNumber}/documents`;
    const answer = await as('qiheng.110101', 'POST', path, { ...paper, ...change });
    expect(answer.body.code).toBe(code);
    expect((await as('li.na', 'GET', path)).body.documents).toEqual([]);
  });

  test('staff add papers to a case they have a task of', async () => {
    const caseNumber = await started();
    const path = `/api/cases/${caseNumber}/documents`;
    const without = await as('li.na', 'POST', path, paper);
    expect(without.body.code).toBe('document_without_task');
    await done('qiheng.110101', caseNumber, 'apply', { amountMinor: 9 });
    const id = await taskOf('li.na', caseNumber, 'review');
    await as('li.na', 'POST', `/api/tasks/${id}/claim`);
    expect((await as('li.na', 'POST', path, paper)).status).toBe(200);
    expect((await as('qiheng.110101', 'GET', path)).body.documents).toEqual([]);
  });
});

describe('books and customers', () => {
  test('the trial balance is zero in every book and between the books', async () => {
    const answer = await as('chen.yan', 'GET', '/api/ledger/trial-balance');
    expect(answer.body.accountingDate).toBe('2026-11-20');
    expect(answer.body.totals.length).toBeGreaterThanOrEqual(5);
    for (const total of answer.body.totals) expect(total.differenceMinor).toBe('0');
    expect(answer.body.interBranch).toEqual([{ currency: 'CNY', sumMinor: '0' }]);
    const deposits = answer.body.rows.find(
      (row: { glCode: string; bookId: string }) => row.glCode === '2011' && row.bookId === '110101',
    );
    expect(deposits).toMatchObject({ glName: '吸收存款', bookName: '云泽城东支行营业部' });
    expect(BigInt(deposits.balanceMinor)).toBeLessThan(0n);
  });

  test('a past day has its own', async () => {
    const path = '/api/ledger/trial-balance?date=2026-11-02';
    const answer = await as('chen.yan', 'GET', path);
    expect(answer.body.accountingDate).toBe('2026-11-02');
    expect(answer.body.interBranch).toEqual([{ currency: 'CNY', sumMinor: '0' }]);
  });

  test('every figure goes down to accounts and entries that make it, page by page', async () => {
    const { body } = await as('chen.yan', 'GET', '/api/ledger/trial-balance');
    type Row = { bookId: string; glCode: string; currency: string; balanceMinor: string };
    const own = (body.rows as Row[]).filter((row) => row.bookId === '110101');
    expect(own.length).toBeGreaterThan(1);
    for (const row of own) {
      const figure = `bookId=${row.bookId}&glCode=${row.glCode}&currency=${row.currency}`;
      const under = await as('chen.yan', 'GET', `/api/ledger/accounts?${figure}&limit=200`);
      const sum = under.body.accounts.reduce(
        (all: bigint, account: { closingMinor: string }) => all + BigInt(account.closingMinor),
        0n,
      );
      expect([row.glCode, sum.toString()]).toEqual([row.glCode, row.balanceMinor]);
      const dates = 'from=2026-10-01&to=2026-11-20';
      const path = `/api/ledger/entries?${figure}&${dates}`;
      const entries = await as('chen.yan', 'GET', `${path}&limit=2`);
      expect([entries.status, entries.body.entries.length <= 2]).toEqual([200, true]);
      const [first] = under.body.accounts;
      const proof = `/api/ledger/proof?accountNumber=${first.accountNumber}`;
      const proved = await as('chen.yan', 'GET', proof);
      if (proved.status === 200) expect(proved.body.proved).toBe(true);
    }
    const ageing = await as('chen.yan', 'GET', '/api/ledger/ageing');
    expect([ageing.status, ageing.body.accountingDate]).toEqual([200, '2026-11-20']);
    const elsewhere = 'bookId=nowhere&glCode=2011&currency=CNY';
    const none = await as('chen.yan', 'GET', `/api/ledger/entries?${elsewhere}`);
    expect([none.status, none.body.code]).toEqual([404, 'not_found']);
  });

  test('customers see no ledger', async () => {
    const answer = await as('qiheng.110101', 'GET', '/api/ledger/trial-balance');
    expect([answer.status, answer.body.code]).toEqual([403, 'not_permitted']);
  });

  test('a statement adds up, and is the customer’s and the outlet’s alone', async () => {
    const own = await as('qiheng.110101', 'GET', '/api/accounts');
    const { accountNumber, ledgerBalanceMinor } = own.body.accounts[0];
    const path = `/api/accounts/${accountNumber}/statement?from=2026-10-20&to=2026-11-20&limit=200`;
    const statement = await as('qiheng.110101', 'GET', path);
    const { lines, openingBalanceMinor, closingBalanceMinor, total } = statement.body;
    expect(total).toBe(lines.length);
    expect(total).toBeGreaterThan(5);
    expect(closingBalanceMinor).toBe(ledgerBalanceMinor);
    let balance = BigInt(openingBalanceMinor);
    for (const line of lines) {
      balance += line.side === 'credit' ? BigInt(line.amountMinor) : -BigInt(line.amountMinor);
      expect(line.balanceMinor).toBe(balance.toString());
    }
    expect(balance.toString()).toBe(closingBalanceMinor);
    const inBank = lines.filter(
      (line: { narrative: string }) => line.narrative === 'payment_in_bank',
    );
    for (const line of inBank) expect(line.counterpartyName).toMatch(/有限公司$/);
    const others = new Set(
      inBank.map((line: { counterpartyNumber: string }) => line.counterpartyNumber),
    );
    expect(others.has(accountNumber)).toBe(false);
    expect((await as('li.na', 'GET', path)).status).toBe(200);
    for (const login of ['jiahe.110101', 'sun.peng', 'dong.meihua']) {
      expect((await as(login, 'GET', path)).status).toBe(404);
    }
  });

  test('a retail customer’s identity number is masked, unless the role may see it', async () => {
    const search = '/api/customers?kind=retail&limit=1';
    const masked = await as('li.na', 'GET', search);
    expect(masked.body.customers[0].identityNumber).toMatch(/^9999\*{12}[\dX]{2}$/);
    const whole = await as('fang.zhihua', 'GET', search);
    expect(whole.body.customers[0].identityNumber).toMatch(/^\d{17}[\dX]$/);
    expect(masked.body.total).toBe(22);
    expect(whole.body.total).toBe(88);
  });

  test('a customer is found by name, with the accounts', async () => {
    const search = `/api/customers?search=${encodeURIComponent('启恒')}`;
    const found = await as('li.na', 'GET', search);
    expect(found.body.customers).toMatchObject([{ customerNumber: '10000001', unitId: '110101' }]);
    const whole = await as('li.na', 'GET', '/api/customers/10000001');
    expect(whole.body.accounts).toMatchObject([{ currency: 'CNY', status: 'open' }]);
    expect((await as('sun.peng', 'GET', '/api/customers/10000001')).status).toBe(404);
    const self = await as('qiheng.110101', 'GET', '/api/customers/10000001');
    expect(self.body.customer).toMatchObject({ creditRating: null, customerManager: null });
  });

  test('the people of the demo bank are listed for whoever tries it out', async () => {
    const answer = await call(bank.address, 'GET', '/api/demo/people');
    expect(answer.body.people.length).toBeGreaterThan(40);
    const first = answer.body.people.slice(0, 3).map((person: { login: string }) => person.login);
    expect(first).toEqual(['qiheng.110101', 'li.na', 'wang.lei']);
  });
});

test('a stream hears of the cases its reader may see, and of no others', async () => {
  const heard = async (login: string, stop: AbortController) => {
    const token = await signInAs(bank.address, login, demoPassword);
    const response = await fetch(`${bank.address}/api/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    const lines = { text: '' };
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = async (): Promise<void> => {
      for (;;) {
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) return;
        lines.text += chunk.value;
      }
    };
    read().catch(() => undefined);
    return lines;
  };
  const stop = new AbortController();
  const own = await heard('li.na', stop);
  const foreign = await heard('sun.peng', stop);
  const caseNumber = await started();
  await expect.poll(() => own.text, { timeout: 5_000 }).toContain(caseNumber);
  expect(foreign.text).not.toContain(caseNumber);
  stop.abort();
});

test('nothing of all this was an error of the program', () => {
  expect(bank.failures).toEqual([]);
});

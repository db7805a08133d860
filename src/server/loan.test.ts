import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { systemActor } from '../runtime/actor.ts';
import { demoPassword } from '../runtime/demo/people.ts';
import {
  type DemoTestBank,
  demoNow,
  mustBe,
  openOn,
  paperKinds,
  picture,
  readPage,
} from '../runtime/journey/testing.ts';
import { askOracle } from '../runtime/oracle.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { type RunningServer, startServer } from './start.ts';
import { type Answer, call, newKey, signInAs, testPasswordCost } from './testing.ts';

let store: TestDatabase;
let bank: DemoTestBank;
let server: RunningServer;
const failures: unknown[] = [];
const tokens = new Map<string, string>();
const borrower = 'qiheng.110101';
const auditor = 'fang.zhihua';
const processes = new URL('../../processes/corporate/', import.meta.url);
const page = readPage(readFileSync(new URL('loan-sub-branch/cases.md', processes), 'utf8'));

/** Whoever may have a task of a loan of the first outlet. */
const people = [
  ...[borrower, 'li.na', 'wang.lei', 'xu.lin', 'he.jianping', 'deng.chao', 'cao.fei'],
  ...['peng.tao', 'zeng.li', 'xiao.bin', 'han.xue', 'zhang.guoqiang', 'liu.fang', 'song.yu'],
  ...['gao.wei', 'tang.jie'],
];

beforeAll(async () => {
  store = await testDatabase({ connectionsMax: 20 });
  bank = await openOn(store.database, 'loan over http');
  server = await startServer({
    ...{ database: store.database, runtime: bank.runtime, consoleFolder: null },
    clock: () => bank.clock.now,
    settings: { port: 0, passwordCost: testPasswordCost },
    failed: (error) => failures.push(error),
  });
});
afterAll(async () => {
  await server.close();
  await store.drop();
});

async function as(
  login: string,
  method: string,
  path: string,
  json?: unknown,
  key = newKey(demoNow),
): Promise<Answer> {
  const token = tokens.get(login) ?? (await signInAs(server.address, login, demoPassword));
  tokens.set(login, token);
  const headers = { 'idempotency-key': key };
  return await call(server.address, method, path, { token, json, headers });
}

async function accountOf(customerNumber: string): Promise<{ number: string; name: string }> {
  const { body } = await as(auditor, 'GET', `/api/customers/${customerNumber}`);
  return { number: body.accounts[0].accountNumber, name: body.customer.name };
}

type Found = { readonly login: string; readonly id: string; readonly activity: string };

/** The first task of the case that one of the people has or may claim. */
async function nextTask(caseNumber: string): Promise<Found | null> {
  for (const login of people) {
    const { body } = await as(login, 'GET', `/api/tasks?filter=all&caseNumber=${caseNumber}`);
    for (const { id, activity } of body.tasks) {
      const claimed = await as(login, 'POST', `/api/tasks/${id}/claim`);
      if (claimed.status === 200) return { login, id, activity };
    }
  }
  return null;
}

/** Takes a loan as far as the task of an activity, or to where nobody has a task. */
async function goOn(caseNumber: string, until: string | null): Promise<Found | null> {
  const payee = await accountOf('10000057');
  const own = await accountOf('10000001');
  const places: { readonly [name: string]: string } = {
    ...{ customerNumber: '10000001', depositAccount: own.number },
    ...{ payeeName: payee.name, payeeAccount: payee.number },
  };
  for (let turn = 0; turn < 60; turn += 1) {
    const task = await nextTask(caseNumber);
    if (task === null || task.activity === until) return task;
    const usual = present(
      page.usual.find((line) => line.activity === task.activity),
      `the usual answer of ${task.activity}`,
    );
    const text = usual.values.replace(/\{(\w+)\}/g, (_all, name: string) => places[name] ?? '');
    for (const kind of paperKinds(page, task.activity)) {
      const paper = {
        kind,
        title: `${kind}.png`,
        content: Buffer.from(picture).toString('base64'),
      };
      const added = await as(task.login, 'POST', `/api/cases/${caseNumber}/documents`, paper);
      expect(added.status).toBe(200);
    }
    const path = `/api/tasks/${task.id}/complete`;
    const done = await as(task.login, 'POST', path, { values: JSON.parse(text) });
    expect([task.activity, done.status, done.body.code]).toEqual([task.activity, 200, undefined]);
  }
  throw new Error('the loan goes round in circles');
}

async function started(): Promise<string> {
  const json = { processId: 'corporate_loan_sub_branch' };
  const answer = await as(borrower, 'POST', '/api/cases', json);
  expect(answer.status).toBe(200);
  return answer.body.caseNumber;
}

/** The page of the note: plan, history, and what a prepayment would come to. */
async function seeNote(): Promise<void> {
  const { contracts } = (await as(borrower, 'GET', '/api/loans')).body;
  const { noteNumber } = contracts[0].notes[0];
  const path = `/api/loans/${noteNumber}`;
  const { body } = await as(borrower, 'GET', path);
  expect(body.note).toMatchObject({ status: 'open', outstandingMinor: '300000000', dueMinor: '0' });
  expect(body.plan.length).toBeGreaterThan(1);
  expect(body.plan.at(-1)).toMatchObject({ balanceMinor: '0', status: 'to_come' });
  expect([body.history, body.nights]).toEqual([[], []]);
  const quoted = await as(borrower, 'GET', `${path}/prepayment?principalMinor=100000000`);
  const [shorter, smaller] = quoted.body.quotes;
  for (const quote of [shorter, smaller]) {
    expect(quote).toMatchObject({ principalMinor: '100000000', outstandingMinor: '200000000' });
    expect(BigInt(quote.savedInterestMinor) > 0n).toBe(true);
  }
  const tooSmall = await as(borrower, 'GET', `${path}/prepayment?principalMinor=1`);
  expect([tooSmall.status, tooSmall.body.code]).toEqual([422, 'prepayment_too_small']);
  expect((await as('zhao.ting', 'GET', path)).status).toBe(404);
}

async function booksBalance(): Promise<void> {
  const { body } = await as('chen.yan', 'GET', '/api/ledger/trial-balance');
  for (const total of body.totals) expect(total.differenceMinor).toBe('0');
  expect(body.interBranch).toEqual([{ currency: 'CNY', sumMinor: '0' }]);
}

describe('a corporate loan over HTTP', () => {
  test('T1 all yes: from the application to the money, through sixteen people', async () => {
    const before = await as(borrower, 'GET', '/api/accounts');
    const caseNumber = await started();
    expect(await goOn(caseNumber, null)).toBeNull();
    const waiting = await as(borrower, 'GET', `/api/cases/${caseNumber}`);
    expect(waiting.body.awaits).toMatchObject([{ messageName: 'funds_received' }]);
    const message = `/api/cases/${caseNumber}/messages`;
    const key = newKey(demoNow);
    const told = { messageName: 'funds_received' };
    const forged = { ...told, values: { amountMinor: 1, postLoanResult: 'settled' } };
    const refused = await as(borrower, 'POST', message, forged);
    expect([refused.status, refused.body.code]).toEqual([422, 'message_value_not_allowed']);
    for (const attempt of [1, 2]) {
      const taken = await as(borrower, 'POST', message, told, key);
      expect([attempt, taken.status]).toEqual([attempt, 200]);
    }
    const foreign = await as(borrower, 'POST', message, { messageName: 'loan_settled' });
    expect(foreign.body.code).toBe('message_not_awaited');

    const posted = (await as(auditor, 'GET', `/api/cases/${caseNumber}/entries`)).body;
    const { entries, memoranda } = posted;
    expect(memoranda).toMatchObject([
      { direction: 'in', glCode: '7101', amountMinor: '520000000', subject: caseNumber },
    ]);
    const disbursed = entries.filter((entry: { glCode: string }) => entry.glCode === '1303');
    expect(disbursed).toMatchObject([
      { side: 'debit', amountMinor: '300000000', maker: 'tang.jie', authoriser: 'gao.wei' },
    ]);
    // 操作机构 the centre, 账务机构 the outlet's book, 开户机构 where the account was opened.
    expect(disbursed[0]).toMatchObject({
      ...{ operatingUnitId: '100900', bookId: '110101', openingUnitId: '110100' },
    });
    const own = await as(borrower, 'GET', `/api/cases/${caseNumber}/entries`);
    expect(own.body.entries.length).toBeGreaterThan(0);
    expect(own.body.memoranda).toEqual([]);
    expect(own.text).not.toMatch(/tang\.jie|gao\.wei/);
    const after = await as(borrower, 'GET', '/api/accounts');
    const balance = ({ body }: Answer) => BigInt(body.accounts[0].ledgerBalanceMinor);
    expect(balance(after) - balance(before)).toBeGreaterThanOrEqual(0n);
    await booksBalance();

    await seeNote();
    await repay(caseNumber);
    const ended = await as('li.na', 'GET', `/api/cases/${caseNumber}`);
    expect(ended.body).toMatchObject({ status: 'completed', outcome: 'settled', tokens: [] });
    const decisions = await as('li.na', 'GET', `/api/cases/${caseNumber}/decisions`);
    const names = decisions.body.decisions.map((line: { decision: string }) => line.decision);
    expect(names).toEqual(expect.arrayContaining(['authority', 'vote_result']));
    for (const line of decisions.body.decisions) {
      expect(line.matchedRules.length).toBeGreaterThan(0);
      expect(line.element).not.toBe(line.decision);
    }
    await booksBalance();
  });

  test('CUST-14 the customer sees steps, the present one and the day, no staff, no risk data', async () => {
    const caseNumber = await started();
    const at = present(await goOn(caseNumber, 'vote'), 'a vote');
    const path = `/api/cases/${caseNumber}`;
    const own = await as(borrower, 'GET', path);
    expect(own.body.tokens).toMatchObject([{ element: 'vote', name: '会审', count: 5 }]);
    expect(own.body.dueAt).toBe(own.body.startedAt + 30 * 86_400_000);
    const { lines } = (await as(borrower, 'GET', `${path}/history`)).body;
    const steps = lines.filter((line: { event: string }) => line.event === 'activity_completed');
    const names = steps.map((line: { element: string }) => line.element);
    expect(names).toEqual(expect.arrayContaining(['apply', 'first_review', 'write_report']));
    expect(names).not.toContain('decide_authority');
    const held = `/api/tasks/${at.id}/claim`;
    const refused = await as(borrower, 'POST', held);
    expect(refused.body.message).toMatchObject({ 'zh-CN': expect.stringContaining('“会审”') });
    const routes = ['', '/history', '/entries', '/documents', '/diagram', '/decisions'];
    const texts = await Promise.all(routes.map((route) => as(borrower, 'GET', path + route)));
    const tasks = await as(borrower, 'GET', `/api/tasks?filter=all&caseNumber=${caseNumber}`);
    const read = [...texts, tasks, refused].map(({ body }) => JSON.stringify({ ...body, xml: '' }));
    const staff = people.slice(1).map((login) => login.replace('.', '\\.'));
    const hidden = [
      'creditRating',
      'Opinion',
      'nvestigationReport',
      'totalExposure',
      '"authority"',
    ];
    for (const text of read) expect(text).not.toMatch(new RegExp([...staff, ...hidden].join('|')));
    expect(read.join()).not.toMatch(/李娜|王磊|徐琳|何建平|邓朝|材料齐全|decide_authority/);
  });

  test('CTRL-07 nobody approves, checks or pays out a case of their own, by no direct call', async () => {
    const caseNumber = await started();
    const sign = present(await goOn(caseNumber, 'sign_risk'), 'the signature of the risk manager');
    for (const order of ['claim', 'complete']) {
      const json = order === 'claim' ? undefined : { values: { riskSignature: 'sign' } };
      const own = await as('li.na', 'POST', `/api/tasks/${sign.id}/${order}`, json);
      expect([403, 409, 422]).toContain(own.status);
      expect(own.body.message['zh-CN']).toContain('“风险经理签字”');
      expect(own.body.message.en).toMatch(/Signature of the risk manager/);
    }
    const before = await as('wang.lei', 'GET', `/api/cases/${caseNumber}/history`);
    const both = ['first', 'second'].map((_which, nth) =>
      as(nth === 0 ? 'wang.lei' : 'li.na', 'POST', `/api/tasks/${sign.id}/complete`, {
        values: { riskSignature: 'sign' },
      }),
    );
    expect((await Promise.all(both)).map((one) => one.status).filter((one) => one === 200)).toEqual(
      [200],
    );
    expect(before.status).toBe(200);
    const { body } = await as('wang.lei', 'GET', `/api/cases/${caseNumber}/history`);
    const signed = body.lines.filter(
      (line: { element: string; event: string }) =>
        line.element === 'sign_risk' && line.event === 'activity_completed',
    );
    expect(signed).toMatchObject([{ performer: 'wang.lei' }]);
  });

  test('CRED-09 a paper that comes between the two signatures voids the first', async () => {
    const caseNumber = await started();
    const path = `/api/cases/${caseNumber}`;
    const addPaper = async (name: string) => {
      const content = btoa(`%PDF-1.7 ${name}`);
      const paper = { kind: 'applicationDocuments', title: `${name}.pdf`, content };
      expect((await as(borrower, 'POST', `${path}/documents`, paper)).status).toBe(200);
    };
    await addPaper('before');
    // The customer manager has signed by then.
    const { id } = present(await goOn(caseNumber, 'sign_risk'), 'the second signature');
    await addPaper('between');
    const sign = { values: { riskSignature: 'sign' } };
    const refused = await as('wang.lei', 'POST', `/api/tasks/${id}/complete`, sign);
    expect([refused.status, refused.body.code]).toEqual([422, 'signed_facts_changed']);
    const back = { to: { activity: 'first_review' }, reason: '新增材料，须重新锁定后再签' };
    const returned = await as('wang.lei', 'POST', `/api/tasks/${id}/return`, back);
    expect([returned.status, returned.body.code]).toEqual([200, undefined]);
    expect(await goOn(caseNumber, 'vote')).not.toBeNull();
    const again = await as('li.na', 'GET', `${path}/history`);
    const done = again.body.lines.filter(
      (line: { element: string; event: string }) =>
        line.element === 'sign_manager' && line.event === 'activity_completed',
    );
    expect(done).toHaveLength(2);
  });

  test('T10 disbursement completed twice: posted once', async () => {
    const caseNumber = await started();
    const task = present(await goOn(caseNumber, 'disburse'), 'the task of the disbursing officer');
    const path = `/api/tasks/${task.id}/complete`;
    const json = { values: { disbursementConfirmed: true } };
    const key = newKey(demoNow);
    const same = await Promise.all(
      [1, 2, 3, 4, 5].map(() => as(task.login, 'POST', path, json, key)),
    );
    expect(same.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(same.map((answer) => answer.body.postings.join()))).toHaveLength(1);
    const again = await as(task.login, 'POST', path, json);
    expect([again.status, again.body.code]).toEqual([409, 'task_not_open']);
    expect(again.body.message['zh-CN']).toMatch(/\p{Script=Han}/u);
    const { body } = await as(auditor, 'GET', `/api/cases/${caseNumber}/entries`);
    const loans = body.entries.filter((entry: { glCode: string }) => entry.glCode === '1303');
    expect(loans).toHaveLength(1);
    await booksBalance();
  });

  test('nothing is left half done', async () => {
    const answer = await askOracle(bank.database);
    expect(answer.faults).toEqual([]);
    expect(failures).toEqual([]);
  });
});

/** The last repayment, which a daily job of the bank starts. */
async function repay(caseNumber: string): Promise<void> {
  const [note] = await bank.database.query<{ principal: bigint }>(
    'select principal_minor as principal from loan_note where case_number = $1',
    [caseNumber],
  );
  const principalMinor = present(note, 'the note of the loan').principal;
  mustBe(
    await bank.runtime.startCase({
      ...{ actor: systemActor, processId: 'loan_repayment', unitCode: '110101' },
      values: { noteNumber: `JJ-${caseNumber}`, principalMinor, interestMinor: 0n },
      customerNumber: '10000001',
    }),
  );
  await bank.runtime.tick(bank.clock.now);
}

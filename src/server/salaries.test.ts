import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { startServer } from './start.ts';
import { newKey, testPasswordCost } from './testing.ts';

const payer = '11010100000000011';

let bank: ServedBank;
let people: { number: string; name: string }[];
beforeAll(async () => {
  bank = await serveBank([]);
  people = await bank.database.query(
    `select account_number as number, name from account where product = 'retail_current'
     order by account_number limit 20`,
  );
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  await bank.close();
});

const listOf = (amount: string) => people.map((one) => `${one.number},${one.name},${amount}`);
const take = async (text: string, key?: string, login = 'zhao.ting') =>
  await bank.as(login, 'POST', '/api/salaries', { payerAccountNumber: payer, text }, key);

test('taken by one person, authorised by another, paid with a result for each line', async () => {
  const key = newKey(bank.clock.now);
  const text = [...listOf('10.00'), 'nobody,某人,1.00'].join('\n');
  const taken = await take(text, key);
  expect(taken.body).toMatchObject({
    ...{ order: { orderId: key, status: 'waiting', lines: 21, totalMinor: '20100' } },
    ...{ paid: 0, refused: 0, waiting: 21 },
  });
  expect((await take(text, key)).body).toEqual(taken.body);
  expect((await take(`${text}\n`, key)).status).toBe(200);
  expect((await take(listOf('9.00').join('\n'), key)).body.code).toBe('salary_order_differs');
  const decide = async (login: string, decision: string) =>
    await bank.as(login, 'POST', `/api/salaries/${key}/decide`, { decision });
  expect((await decide('zhao.ting', 'authorised')).body.code).toBe('not_permitted');
  expect((await decide('liu.fang', 'perhaps')).body.code).toBe('request_not_valid');
  expect((await decide('liu.fang', 'authorised')).status).toBe(200);
  expect((await decide('liu.fang', 'declined')).body.code).toBe('salary_order_decided');
  await expect
    .poll(async () => (await bank.as('zhao.ting', 'GET', `/api/salaries/${key}`)).body.waiting)
    .toBe(0);
  const { body } = await bank.as('liu.fang', 'GET', `/api/salaries/${key}`);
  expect(body).toMatchObject({ paid: 20, refused: 1, paidMinor: '20000' });
  expect(body.order).toMatchObject({ maker: 'zhao.ting', authoriser: 'liu.fang' });
  const lines = `/api/salaries/${key}/lines?status=refused`;
  expect((await bank.as('zhao.ting', 'GET', lines)).body.lines).toMatchObject([
    { lineNumber: 21, accountNumber: 'nobody', status: 'refused', code: 'account_unknown' },
  ]);
  const page = `/api/salaries/${key}/lines?after=18&limit=2`;
  const shown = (await bank.as('zhao.ting', 'GET', page)).body.lines;
  expect(shown.map((one: { lineNumber: number }) => one.lineNumber)).toEqual([19, 20]);
  expect(shown[0].postingNumber).toMatch(/^\d+$/);
});

test.each([
  ['zhao.ting', 'not,a,line,at all', 'salary_line_not_readable'],
  ['zhao.ting', '', 'salary_lines_not_fitting'],
  ['zhao.ting', 'nobody,某人,0.00', 'salary_total_not_fitting'],
  ['li.na', 'nobody,某人,1.00', 'not_permitted'],
  ['qin.lu', 'nobody,某人,1.00', 'not_found'],
  ['qiheng.110101', 'nobody,某人,1.00', 'not_permitted'],
])('%s takes %j: %s', async (login, text, code) => {
  const { body } = await take(text, undefined, login);
  expect(body.code).toBe(code);
  expect(body.message['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
});

test('an order of another unit does not exist; a declined one is never paid', async () => {
  const { body } = await take(listOf('1.00').join('\n'));
  const { orderId } = body.order;
  expect((await bank.as('qin.lu', 'GET', `/api/salaries/${orderId}`)).status).toBe(404);
  expect((await bank.as('qin.lu', 'GET', `/api/salaries/${orderId}/lines`)).status).toBe(404);
  expect((await bank.as('qin.lu', 'GET', '/api/salaries')).body.total).toBe(0);
  const path = `/api/salaries/${orderId}/decide`;
  const declined = await bank.as('liu.fang', 'POST', path, { decision: 'declined' });
  expect(declined.body).toMatchObject({ order: { status: 'declined' }, waiting: 20, paid: 0 });
  const listed = (await bank.as('liu.fang', 'GET', '/api/salaries')).body;
  expect(listed.orders.map((one: { orderId: string }) => one.orderId)).toContain(orderId);
});

test('the payer’s statement names the person of each line, also in another book', async () => {
  const others = await bank.database.query<{ number: string; name: string }>(
    `select account_number as number, name from account
     where product = 'retail_current' and book_id = '120101' order by account_number limit 3`,
  );
  const text = others.map((one) => `${one.number},${one.name},3.21`).join('\n');
  const { orderId } = (await take(text)).body.order;
  const path = `/api/salaries/${orderId}/decide`;
  await bank.as('liu.fang', 'POST', path, { decision: 'authorised' });
  await expect
    .poll(async () => (await bank.as('zhao.ting', 'GET', `/api/salaries/${orderId}`)).body.paid)
    .toBe(3);
  const page = `/api/accounts/${payer}/statement?limit=200`;
  const { lines } = (await bank.as('zhao.ting', 'GET', page)).body;
  const named = lines
    .filter((one: { amountMinor: string }) => one.amountMinor === '321')
    .map((one: { counterpartyName: string }) => one.counterpartyName);
  expect(named.sort()).toEqual(others.map(({ name }) => name).sort());
});

test('what a server that ended had not paid, the next one pays when it comes up', async () => {
  const { body } = await take(listOf('1.00').join('\n'));
  const { orderId } = body.order;
  // Authorised, and the program died before it paid a line.
  const decision = { batchId: orderId, login: 'liu.fang', status: 'authorised' } as const;
  expect((await bank.runtime.decideAboutSalaries(decision)).ok).toBe(true);
  const next = await startServer({
    ...{ database: bank.database, runtime: bank.runtime, consoleFolder: null },
    ...{ clock: () => bank.clock.now, failed: (error: unknown) => expect(error).toBeNull() },
    settings: { port: 0, passwordCost: testPasswordCost, demo: true },
  });
  await expect
    .poll(async () => (await bank.as('zhao.ting', 'GET', `/api/salaries/${orderId}`)).body.paid)
    .toBe(20);
  await next.close();
});

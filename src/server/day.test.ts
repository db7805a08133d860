import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOracle } from '../runtime/oracle.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';

let bank: ServedBank;
beforeAll(async () => {
  bank = await serveBank([]);
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.close();
});

const report = async (date?: string) =>
  (await bank.as('chen.yan', 'GET', `/api/day${date === undefined ? '' : `?date=${date}`}`)).body;

test('a day that has not begun to close shows its twelve steps waiting, and the days before', async () => {
  const day = await report();
  expect(day).toMatchObject({ accountingDate: '2026-11-20', nextDate: '2026-11-23' });
  expect([day.status, day.proof]).toEqual(['not_begun', []]);
  expect(day.steps.map((step: { status: string }) => step.status)).toEqual(
    Array.from({ length: 12 }, () => 'waiting'),
  );
  expect(day.closings[0]).toMatchObject({ accountingDate: '2026-11-19', status: 'closed' });
  expect(day.closings.length).toBeGreaterThan(15);
});

test('only operations may order it, and only for a date that is open', async () => {
  const close = (login: string, date: string) => bank.as(login, 'POST', '/api/day/close', { date });
  expect((await close('li.na', '2026-11-20')).status).toBe(403);
  const wrong = await close('chen.yan', '2026-12-24');
  expect([wrong.status, wrong.body.code]).toEqual([422, 'accounting_date_not_open']);
});

test('it closes beside the other work; a second order gives the same', async () => {
  const order = () => bank.as('chen.yan', 'POST', '/api/day/close', { date: '2026-11-20' });
  const answers = await Promise.all([order(), order()]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await expect.poll(async () => (await report('2026-11-20')).status).toBe('closed');
  const day = await report('2026-11-20');
  expect(day).toMatchObject({ begunLogin: 'chen.yan', differences: 0 });
  expect(day.proof.length).toBeGreaterThan(10);
  expect((await report()).accountingDate).toBe('2026-11-23');
  expect((await order()).body.status).toBe('closed');
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { ok } from '../base/result.ts';
import { findAccount } from '../store/ledger/accounts.ts';
import { placeJudicialFreeze } from '../store/ledger/control/judicial.ts';
import { placePending } from '../store/ledger/control/pending.ts';
import { placeHold, placeRestriction } from '../store/ledger/controls.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { must, newKey } from './testing.ts';

const accountNumber = '11010100000000011';
const payerNumber = '11010100000000029';
const figure = 'bookId=110101&glCode=2011&currency=CNY';

let bank: ServedBank;
beforeAll(async () => {
  bank = await serveBank([]);
  await placeControls();
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  await bank.close();
});

/** A hold, a stop of payments, and two freezes of courts of which the second waits in line. */
async function placeControls(): Promise<void> {
  const cellId = 1;
  const found = await findAccount(bank.database, cellId, accountNumber);
  const { accountId } = present(found, 'the first account of the demo bank');
  const order = () => ({
    ...{ cellId, accountId, at: bank.clock.now, login: 'zhao.ting' },
    ...{ accountingDate: '2026-11-20', processInstanceId: null, newId: newKey(bank.clock.now) },
  });
  const court = { orderedBy: '云泽市人民法院', amountMinor: null, frozenUntil: '2027-05-20' };
  await must(bank.database, async (transaction) => {
    const hold = { amountMinor: 12_345n, purpose: '保证金', expiresAt: null };
    const held = await placeHold(transaction, { ...order(), ...hold });
    if (!held.ok) return held;
    const stop = { kind: 'stop_payment', effect: 'debits_blocked', reason: '挂失' } as const;
    const by = { orderedBy: '客户', documentNumber: null };
    const stopped = await placeRestriction(transaction, { ...order(), ...stop, ...by });
    if (!stopped.ok) return stopped;
    for (const documentNumber of ['(2026)1号', '(2026)2号']) {
      const freeze = { ...order(), ...court, documentNumber };
      const frozen = await placeJudicialFreeze(transaction, freeze);
      if (!frozen.ok) return frozen;
    }
    const payer = present(await findAccount(transaction, cellId, payerNumber), payerNumber);
    const payment = { debitAccountId: payer.accountId, creditAccountId: accountId };
    const pending = await placePending(transaction, {
      ...{ cellId, holdId: newKey(bank.clock.now), bookId: payer.bookId, at: bank.clock.now },
      transfer: { ...payment, amountMinor: 5_000n, currency: 'CNY' },
      ...{ expiresAt: bank.clock.now + 3_600_000, purpose: '预授权', processInstanceId: null },
      ...{ accountingDate: '2026-11-20', login: 'zhao.ting' },
    });
    if (!pending.ok) return pending;
    return ok(true);
  });
}

test('everything that stands on an account is listed, and under its customer', async () => {
  const { body } = await bank.as('li.na', 'GET', `/api/controls?accountNumber=${accountNumber}`);
  expect(
    body.controls.map((one: { kind: string; amountMinor: string | null }) => [
      one.kind,
      one.amountMinor,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['hold', '12345'],
      ['stop_payment', null],
      ['waiting_freeze', null],
      ['judicial_freeze', null],
    ]),
  );
  expect(body.controls).toHaveLength(4);
  const { controls } = (await bank.as('li.na', 'GET', '/api/controls?customerNumber=10000001'))
    .body;
  expect(controls).toEqual(body.controls);
});

test('what waits: the place in the line of a freeze, and a transfer with its other account', async () => {
  const { body } = await bank.as('li.na', 'GET', `/api/controls?accountNumber=${accountNumber}`);
  const waiting = body.controls.filter((one: { kind: string }) => one.kind === 'waiting_freeze');
  expect(waiting).toMatchObject([{ ahead: 1, documentNumber: '(2026)2号', endsOn: '2027-05-20' }]);
  const standing = (await bank.as('li.na', 'GET', '/api/controls/standing')).body;
  expect(standing.total).toBe(5);
  // The soonest end comes first; what has none comes last.
  expect(standing.controls[0]).toMatchObject({
    ...{ kind: 'pending_transfer', accountNumber: payerNumber, amountMinor: '5000' },
    ...{ otherAccountNumber: accountNumber, expiresAt: bank.clock.now + 3_600_000 },
  });
  const kinds = standing.controls.map((one: { kind: string }) => one.kind);
  expect(new Set(kinds.slice(1, 3))).toEqual(new Set(['judicial_freeze', 'waiting_freeze']));
  const page = '/api/controls/standing?kind=waiting_freeze&limit=1';
  expect((await bank.as('li.na', 'GET', page)).body).toMatchObject({ total: 1 });
  expect((await bank.as('yang.fan', 'GET', '/api/controls/standing')).body.total).toBe(0);
  expect((await bank.as('qiheng.110101', 'GET', '/api/controls/standing')).status).toBe(403);
});

test.each([
  ['qiheng.110101', `accountNumber=${accountNumber}`, 403],
  ['yang.fan', `accountNumber=${accountNumber}`, 404],
  ['yang.fan', 'customerNumber=10000001', 404],
  ['li.na', '', 404],
])('%s asks for the controls of %s: %i', async (login, search, status) => {
  expect((await bank.as(login, 'GET', `/api/controls?${search}`)).status).toBe(status);
});

test('entries of one side and of one account add up to what the accounts show', async () => {
  const read = async (path: string) => (await bank.as('li.na', 'GET', path)).body;
  const { accounts } = await read(`/api/ledger/accounts?${figure}&limit=200`);
  const moved = accounts.filter((one: { debitMinor: string }) => one.debitMinor !== '0');
  expect(moved.length).toBeGreaterThan(0);
  for (const account of moved) {
    const of = `${figure}&side=debit&accountNumber=${account.accountNumber}&limit=200`;
    const { entries } = await read(`/api/ledger/entries?${of}`);
    const sum = entries.reduce(
      (all: bigint, one: { amountMinor: string }) => all + BigInt(one.amountMinor),
      0n,
    );
    expect([account.accountNumber, sum.toString()]).toEqual([
      account.accountNumber,
      account.debitMinor,
    ]);
  }
});

test('the cases of one customer only', async () => {
  const all = (await bank.as('li.na', 'GET', '/api/cases?customerNumber=10000001')).body;
  expect(all).toEqual({ cases: [], total: 0 });
});

/** The lines of a CSV without quotes in it that hide a comma or a line end. */
const linesOf = (text: string) => text.trimEnd().split('\r\n');

describe('exports are whole, counted and only for who may', () => {
  test('the trial balance: one line for each of its rows, figures as numbers', async () => {
    const { body } = await bank.as('chen.yan', 'GET', '/api/ledger/trial-balance');
    const csv = await bank.as('chen.yan', 'GET', '/api/exports/trial-balance.csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('x-row-count')).toBe(String(body.rows.length));
    const lines = linesOf(csv.text);
    expect(lines[0]).toContain('科目名称');
    expect(lines).toHaveLength(body.rows.length + 2);
    expect(lines.at(-1)).toBe(`行数,${body.rows.length},会计日期,"2026-11-20"`);
    const sum = lines
      .slice(1, -1)
      .map((line) => BigInt((line.split(',').at(-1) ?? '').replace('.', '')))
      .reduce((all, one) => all + one, 0n);
    expect(sum).toBe(0n);
    const path = '/api/exports/trial-balance.csv?bookId=110101&language=en';
    const one = linesOf((await bank.as('chen.yan', 'GET', path)).text);
    expect(one[0]).toContain('GL name');
    expect(one.slice(1, -1).every((line) => line.startsWith('"110101",'))).toBe(true);
  });

  test('entries and statement: every row that the pages count', async () => {
    const dates = 'from=2026-10-01&to=2026-11-20';
    const page = await bank.as('li.na', 'GET', `/api/ledger/entries?${figure}&${dates}&limit=1`);
    const entries = await bank.as('li.na', 'GET', `/api/exports/entries.csv?${figure}&${dates}`);
    expect(linesOf(entries.text)).toHaveLength(page.body.total + 2);
    expect(page.body.total).toBeGreaterThan(200);
    const of = `/api/accounts/${accountNumber}/statement?${dates}&limit=1`;
    const { total, closingBalanceMinor } = (await bank.as('li.na', 'GET', of)).body;
    const statement = await bank.as(
      'li.na',
      'GET',
      `/api/exports/statement.csv?accountNumber=${accountNumber}&${dates}`,
    );
    const lines = linesOf(statement.text);
    expect(lines).toHaveLength(total + 2);
    const closing = `${closingBalanceMinor.slice(0, -2)}.${closingBalanceMinor.slice(-2)}`;
    expect(lines.at(-1)).toBe(
      `行数,${total},期初余额,0.00,期末余额,${closing},"${accountNumber}",CNY`,
    );
  });

  test.each([
    ['qiheng.110101', 'trial-balance.csv', 403],
    ['qiheng.110101', `entries.csv?${figure}`, 403],
    ['qiheng.110101', `statement.csv?accountNumber=${accountNumber}`, 200],
    ['jiahe.110101', `statement.csv?accountNumber=${accountNumber}`, 404],
    ['yang.fan', `statement.csv?accountNumber=${accountNumber}`, 404],
    ['yang.fan', `entries.csv?${figure}`, 404],
    ['li.na', 'entries.csv', 400],
  ])('%s exports %s: %i, a refusal in words', async (login, path, status) => {
    const answer = await bank.as(login, 'GET', `/api/exports/${path}`);
    expect([answer.status, answer.headers.has('content-disposition')]).toEqual([
      status,
      status === 200,
    ]);
    if (status !== 200) expect(answer.body.message['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { Result } from '../../base/result.ts';
import { largeCash } from '../../operation/report/large-cash.ts';
import {
  proveCash,
  readBoxes,
  readCashOfDay,
  readOpenDifferences,
} from '../../store/cash/pages.ts';
import { askOracle } from '../oracle.ts';
import { actorBy, borrower, type DemoTestBank, demoTestBank, mustBe } from './testing.ts';

/** Tellers and supervisors of the demo bank at work with cash, all on one bank and one day. */
let bank: DemoTestBank & { drop(): Promise<void> };
let accountNumber = '';
let customerNumber = '';

beforeAll(async () => {
  bank = await demoTestBank();
  const { places } = await borrower(bank, 0);
  accountNumber = places.depositAccount ?? '';
  customerNumber = places.customerNumber ?? '';
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const units = ['100000', '110101'];
const [teller, supervisor] = ['zhao.ting', 'liu.fang'];

/** Starts a case and does its tasks in turn: who, and with which values. Gives its number. */
async function did(processId: string, login: string, tasks: [string, Values][]): Promise<string> {
  const actor = await actorBy(bank, login);
  const { caseNumber } = mustBe(await bank.runtime.startCase({ actor, processId, values: {} }));
  for (const [who, values] of tasks) mustBe(await next(caseNumber, who, values));
  return caseNumber;
}

/** Completes the open task of a case. */
async function next(caseNumber: string, login: string, values: Values): Promise<Result<object>> {
  const actor = await actorBy(bank, login);
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.find(({ status }) => status !== 'completed' && status !== 'cancelled');
  const taskId = present(open, `an open task of ${caseNumber}`).id;
  const claimed = await bank.runtime.claimTask({ actor, taskId });
  if (!claimed.ok) return claimed;
  return await bank.runtime.completeTask({ actor, taskId, values });
}

const ended = async (caseNumber: string) => mustBe(await bank.runtime.viewCase(caseNumber)).outcome;

async function proved(): Promise<void> {
  const proofs = await proveCash(bank.database, 1, { units, glCode: '1001' });
  expect(proofs.map(({ unitCode }) => unitCode)).toEqual(units);
  for (const { boxesMinor, ledgerMinor } of proofs) expect(boxesMinor).toBe(ledgerMinor);
}

/** The teller's till, note by note, as a form writes it. */
async function tillNotes(): Promise<string> {
  const boxes = await readBoxes(bank.database, 1, ['110101']);
  const till = present(
    boxes.find(({ kind }) => kind === 'till'),
    'the till',
  );
  return till.notes.map(({ faceMinor, count }) => `${faceMinor}*${count}`).join(' ');
}

test('CTR-06 tills, vaults and what is on its way are the cash of the ledger, at every step', async () => {
  await proved();
  const paidIn = { accountNumber, amountMinor: 4_000_000n, notes: '10000*400' };
  const deposit = await did('cash_deposit', teller, [[teller, paidIn]]);
  expect(await ended(deposit)).toBe('posted');
  await proved();
  const order = { direction: 'order', currency: 'CNY', notes: '10000*100 1000*50' };
  await did('till_order', teller, [
    [teller, order],
    [supervisor, { handOver: 'approve' }],
  ]);
  await proved();
  const back = { direction: 'return', currency: 'CNY', notes: '10000*500' };
  const transfer = await did('vault_transfer', supervisor, [
    [supervisor, back],
    [teller, { sealedForTransport: true }],
  ]);
  await proved();
  const boxes = await readBoxes(bank.database, 1, ['110101']);
  const away = boxes.find(({ kind }) => kind === 'transit')?.notes;
  expect(away).toEqual([{ currency: 'CNY', faceMinor: 10_000n, count: 500n }]);
  mustBe(await next(transfer, 'chen.yan', { countedIn: true }));
  await proved();
  const [moved] = await bank.database.query(
    `select count(*)::int as both from cash_movement
     where kind in ('order', 'dispatch', 'receipt') and login <> checker_login`,
  );
  expect(moved).toEqual({ both: 6 });
});

test('DEP-03 notes and ledger move in one commit: what the ledger refuses leaves the till alone', async () => {
  const before = await tillNotes();
  const asked = { accountNumber, amountMinor: 3_000_000n };
  const withdrawal = await did('cash_withdrawal', teller, [[teller, asked]]);
  const restricted = await bank.database.query(
    `update account_balance b set restriction_effect = 'debits_blocked' from account a
     where a.account_id = b.account_id and a.account_number = $1 returning 1`,
    [accountNumber],
  );
  expect(restricted.length).toBe(1);
  const refused = await next(withdrawal, teller, { notes: '10000*300' });
  expect(refused).toMatchObject({ ok: false, code: 'account_debits_blocked' });
  expect(await tillNotes()).toBe(before);
  await bank.database.query(
    `update account_balance b set restriction_effect = 'none' from account a
     where a.account_id = b.account_id and a.account_number = $1`,
    [accountNumber],
  );
  mustBe(await next(withdrawal, teller, { notes: '10000*300' }));
  expect(await tillNotes()).not.toBe(before);
  await proved();
});

test('the last notes of a till are paid out once, to whoever comes first', async () => {
  const held = (await tillNotes()).split(' ').map((part) => part.split('*'));
  const fifties = present(held.find(([face]) => face === '5000')?.[1], 'notes of 50');
  const amountMinor = 5_000n * BigInt(fifties);
  const asked = { accountNumber, amountMinor };
  const cases = [
    await did('cash_withdrawal', teller, [[teller, asked]]),
    await did('cash_withdrawal', teller, [[teller, asked]]),
  ];
  const notes = `5000*${fifties}`;
  const answers = await Promise.all(cases.map((one) => next(one, teller, { notes })));
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const refused = present(
    answers.find(({ ok }) => !ok),
    'the refusal',
  );
  expect(refused).toMatchObject({ code: 'cash_notes_missing' });
  await proved();
});

test('CTR-07 who has no till handles no cash', async () => {
  const actor = await actorBy(bank, 'li.na');
  const processId = 'cash_deposit';
  const { caseNumber } = mustBe(await bank.runtime.startCase({ actor, processId, values: {} }));
  const colleague = { ...(await actorBy(bank, teller)), login: 'low.counter', person: 'E-low' };
  const [task] = await bank.runtime.caseTasks(caseNumber);
  const taskId = present(task, 'the task').id;
  mustBe(await bank.runtime.claimTask({ actor: colleague, taskId }));
  const values = { accountNumber, amountMinor: 10_000n, notes: '10000*1' };
  const refused = await bank.runtime.completeTask({ actor: colleague, taskId, values });
  expect(refused).toMatchObject({ ok: false, code: 'till_unknown' });
});

test('V21 the large cash of a day is found at once, over all of a customer’s deposits', async () => {
  const date = '2026-11-20';
  const rule = { CNY: 5_000_000n, USD: 1_000_000n };
  const found = async () => {
    const all = largeCash(await readCashOfDay(bank.database, 1, date), rule, { USD: 71_000n });
    return all.map((one) => [one.customerNumber, one.direction, one.yuanMinor]);
  };
  expect(await found()).toEqual([]);
  const paidIn = { accountNumber, amountMinor: 1_000_000n, notes: '10000*100' };
  await did('cash_deposit', teller, [[teller, paidIn]]);
  expect(await found()).toEqual([[customerNumber, 'in', 5_000_000n]]);
});

test('I-12 counterfeits are taken by two people and are no money', async () => {
  const note = { currency: 'CNY', faceMinor: 10_000n, pieces: 2n, noteNumbers: 'HD1 HD2' };
  const seizure = await did('counterfeit_seizure', teller, [
    [teller, note],
    [supervisor, { stampedBeforeHolder: true }],
  ]);
  const rows = await bank.database.query(
    'select pieces, login, witness_login as witness from cash_counterfeit where seizure_number = $1',
    [seizure],
  );
  expect(rows).toEqual([{ pieces: 2n, login: teller, witness: supervisor }]);
  await proved();
});

test('DEP-04 a short till is confirmed by the supervisor, kept in suspense, resolved once', async () => {
  const notes = (await tillNotes()).replace(/^10000\*(\d+)/, (_all, n) => `10000*${Number(n) - 1}`);
  const currency = 'CNY';
  const counted = { moment: 'end', currency, notes, signOffTill: true };
  const count = await did('till_count', teller, [[teller, counted]]);
  const book = { differenceOpinion: '监控未发现原因', differenceDecision: 'book' };
  mustBe(await next(count, supervisor, book));
  // The till moves once more before the difference is booked: the count no longer says anything.
  const paidIn = { accountNumber, amountMinor: 10_000n, notes: '10000*1' };
  await did('cash_deposit', teller, [[teller, paidIn]]);
  const late = await next(count, teller, { differenceConfirmed: true });
  expect(late).toMatchObject({ ok: false, code: 'till_moved_since_count' });

  const again = { ...counted, notes };
  const recount = await did('till_count', teller, [[teller, { ...again, notes: plusOne(notes) }]]);
  mustBe(await next(recount, supervisor, book));
  mustBe(await next(recount, teller, { differenceConfirmed: true }));
  expect(await ended(recount)).toBe('signed_off');
  await proved();
  const open = await readOpenDifferences(bank.database, 1, ['110101']);
  expect(open).toMatchObject([{ differenceNumber: recount, kind: 'short', amountMinor: 10_000n }]);

  const proposal = { differenceNumber: recount, outcome: 'bank', reason: '无法查明' };
  const resolve = async () => {
    const caseNumber = await did('cash_difference', supervisor, [
      [supervisor, proposal],
      ['chen.yan', { resolutionDecision: 'approve' }],
    ]);
    return await next(caseNumber, supervisor, { resolutionConfirmed: true });
  };
  expect(await resolve()).toMatchObject({ ok: true });
  expect(await resolve()).toMatchObject({ ok: false, code: 'cash_difference_unknown' });
  expect(await readOpenDifferences(bank.database, 1, ['110101'])).toEqual([]);
  await proved();
});

const plusOne = (notes: string) =>
  notes.replace(/^10000\*(\d+)/, (_all, n) => `10000*${Number(n) + 1}`);

test('a till that was signed off is over for the day', async () => {
  const actor = await actorBy(bank, teller);
  const processId = 'cash_deposit';
  const { caseNumber } = mustBe(await bank.runtime.startCase({ actor, processId, values: {} }));
  const values = { accountNumber, amountMinor: 10_000n, notes: '10000*1' };
  const refused = await next(caseNumber, teller, values);
  expect(refused).toMatchObject({ ok: false, code: 'till_signed_off' });
});

test('a till is not signed off with a currency that was not counted', async () => {
  const other = 'feng.yuan';
  const actor = await actorBy(bank, other);
  await bank.database.query(
    `insert into cash_note (cell_id, box_number, currency, face_minor, note_count)
     values (1, '110201-W1', 'USD', 10000, 3)`,
  );
  const order = { actor, processId: 'till_count', values: {} };
  const { caseNumber } = mustBe(await bank.runtime.startCase(order));
  const boxes = await readBoxes(bank.database, 1, ['110201']);
  const till = present(
    boxes.find(({ kind }) => kind === 'till'),
    'the till',
  );
  const notes = till.notes
    .filter(({ currency }) => currency === 'CNY')
    .map(({ faceMinor, count }) => `${faceMinor}*${count}`)
    .join(' ');
  const counted = { moment: 'end', currency: 'CNY', notes, signOffTill: true };
  const refused = await next(caseNumber, other, counted);
  expect(refused).toMatchObject({ ok: false, code: 'till_not_counted' });
  const dollars = { moment: 'end', currency: 'USD', notes: '10000*3', signOffTill: false };
  await did('till_count', other, [[other, dollars]]);
  expect(await next(caseNumber, other, counted)).toMatchObject({ ok: true });
  expect(await ended(caseNumber)).toBe('signed_off');
});

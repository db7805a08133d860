import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTables } from '../process/checks.ts';
import { closePreviousDate, rollAccountingDate } from './books.ts';
import { bookRules } from './checks.ts';
import { placeHold } from './controls.ts';
import {
  cellId,
  codeOf,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newEvent,
  newId,
  now,
} from './testing.ts';

const secondDay = '2026-11-21';
let bank: LedgerTestBank;

beforeAll(async () => {
  bank = await ledgerTestBank();
  const { move, send } = bank;
  const memorandum = { accountId: bank.id('A-vault'), amountMinor: 9n, subject: '权证1' };
  const transfers = [move('A-cash', 'A-a1', 100n)];
  const postings = [
    { bookId: 'A', transfers, memoranda: [{ ...memorandum, direction: 'in' as const }] },
  ];
  expect(codeOf(await send(newEvent([], { postings })))).toBe('posted');
  await bank.done((transaction) => rollAccountingDate(transaction, cellId, secondDay));
  const next = newEvent([move('A-a1', 'A-a2', 30n)], { accountingDate: secondDay });
  expect(codeOf(await send(next))).toBe('posted');
  expect(codeOf(await send(newEvent([move('A-cash', 'A-a1', 1n)])))).toBe('posted');
  await bank.done((transaction) => closePreviousDate(transaction, cellId));
  const hold = {
    ...{ cellId, accountId: bank.id('A-a1'), at: now, login: 'x', accountingDate: firstDay },
    ...{ processInstanceId: null, newId: newId(), amountMinor: 5n, purpose: 'p', expiresAt: null },
  };
  await bank.done((transaction) => placeHold(transaction, hold));
});
afterAll(async () => {
  await bank.drop();
});

test('the books are whole', async () => {
  await bank.expectWhole();
});

/** A fault for each rule in their order, planted as the owner and taken back. */
const faults = [
  ['update posting set transfer_count = transfer_count + 1', 'transfer_count - 1'],
  ['update transfer set accounting_date = accounting_date + 1', 'accounting_date - 1'],
  ['update transfer set reverses_transfer_id = gen_random_uuid()', 'null'],
  ['update account_day set debit_minor = debit_minor + 1', 'debit_minor - 1'],
  ['update account_day set closing_minor = closing_minor + 1', 'closing_minor - 1'],
  ['update account_balance set held_minor = held_minor + 1', 'held_minor - 1'],
  ['update memorandum set amount_minor = amount_minor + 1', 'amount_minor - 1'],
] as const;
test.each(faults.map(([fault, back], at) => [fault, back, bookRules[at]?.rule] as const))(
  '%s is found',
  async (fault, back, rule) => {
    await bank.ownerDatabase.query(fault);
    const found = (await checkTables(bank.database, cellId)).map((one) => one.rule);
    await bank.ownerDatabase.query(fault.replace(/= .*$/, `= ${back}`));
    expect(found).toContain(rule);
    expect(await checkTables(bank.database, cellId)).toEqual([]);
  },
);

test('a loan note whose account owes something else is found', async () => {
  await bank.ownerDatabase.query(
    `insert into loan_note (cell_id, note_number, case_number, contract_number, customer_number,
       deposit_account_number, unit_code, gl_code, currency, principal_minor, rate_ppm,
       repayment_method, start_date, maturity_date, disbursed_at)
     values (1, 'A-a2', 'c', 'c', 'C1', 'A-a1', 'A', '1303', 'CNY', 31, 1, 'at_maturity',
       '2026-11-20', '2027-11-20', 0)`,
  );
  expect(await checkTables(bank.database, cellId)).toEqual([
    { rule: bookRules.at(-1)?.rule, where: 'A-a2' },
  ]);
});

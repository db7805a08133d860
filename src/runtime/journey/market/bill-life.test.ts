import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import { findAccount } from '../../../store/ledger/accounts.ts';
import { readCustomer } from '../../../store/people/customers.ts';
import { askOracle } from '../../oracle.ts';
import { type Borrower, borrower, demoTestBank, mustBe, payIn } from '../testing.ts';
import { act, balanceOf, begin, type Doer, glBalance, passThrough } from './testing.ts';

/**
 * Bills from their drawing to their end, on the accounting dates of Friday 20 and Monday 23
 * November
 * 2026. All are of 1,000,000.00.
 */

type Party = Borrower & { readonly name: string; readonly account: string };

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let drawer: Party;
let payee: Party;
let third: Party;
const faceMinor = 100_000_000n;
const unitCode = '110101';
const manager: Doer = ['customer_manager', '110100'];
const president: Doer = ['authorised_approver', '110100'];
const officer: Doer = ['disbursement_officer', '100900'];
const checker: Doer = ['disbursement_checker', '100900'];
const supervisor: Doer = ['supervisor', '110100'];

async function party(nth: number): Promise<Party> {
  const given = await borrower(bank, nth);
  const account = given.places.depositAccount ?? '';
  const customer = await readCustomer(bank.database, 1, given.actor.customerNumber ?? '');
  return { ...given, account, name: present(customer, 'a customer').name };
}

beforeAll(async () => {
  bank = await demoTestBank('bills');
  [drawer, payee, third] = [await party(0), await party(1), await party(2)];
}, 60_000);
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** Sets what stands on a deposit. */
async function onDeposit({ account, actor }: Party, amountMinor: bigint): Promise<void> {
  const change = amountMinor - (await balanceOf(bank, account));
  if (change !== 0n) await payIn(bank, actor.unitCode, account, change);
}

async function start(doer: Doer, processId: string, values: Values = {}): Promise<string> {
  return mustBe(await begin(bank, doer, { processId, unitCode, values })).caseNumber;
}

async function statuses(billNumber: string): Promise<string[]> {
  const rows = await bank.database.query<{ status: string }>(
    'select status from bill_event where cell_id = 1 and bill_number = $1 order by number',
    [billNumber],
  );
  return rows.map(({ status }) => status);
}

/** Closes the open date; the clock goes on to Monday morning and so on. */
async function closeDay(): Promise<string> {
  const closed = mustBe(await bank.runtime.endOfDay({ login: 'chen.yan' }));
  bank.clock.now = Date.parse(`${closed.nextDate}T09:00:00+08:00`);
  return closed.nextDate;
}

const due = { issuedOn: '2026-11-02', maturesOn: '2026-11-22' };
const long = { issuedOn: '2026-11-02', maturesOn: '2026-12-19' };

function acceptanceOf(billNumber: string): Values {
  return {
    ...{ billNumber, medium: 'electronic', payeeName: payee.name, faceMinor, ...due },
    accountNumber: drawer.account,
  };
}

const reviewed: Values = {
  ...{ tradeContract: 'HT-1', tradeInvoice: 'FP-1', creditRating: 'AA', guarantee: 'none' },
  tradeGenuine: true,
};

test('CRED-16 an acceptance keeps margin and fee, and stands off the balance sheet', async () => {
  await onDeposit(drawer, 40_050_000n);
  const [margins, memoranda] = [await glBalance(bank, '2002'), await glBalance(bank, '7201')];
  const caseNumber = await start(drawer.actor, 'bill_acceptance');
  const { outcome, values } = await passThrough(bank, caseNumber, [
    ['apply', drawer.actor, acceptanceOf('YC20260001')],
    ['review', manager, reviewed],
    ['approve', president, { acceptanceDecision: 'approve' }],
    ['accept', officer, { acceptanceConfirmed: true }],
  ]);
  expect([outcome, values.marginMinor, values.feeMinor]).toEqual([
    'accepted',
    30_000_000n,
    50_000n,
  ]);
  expect(await balanceOf(bank, drawer.account)).toBe(10_000_000n);
  expect((await glBalance(bank, '2002')) - margins).toBe(-30_000_000n);
  expect((await glBalance(bank, '7201')) - memoranda).toBe(faceMinor);
  const [kept] = await bank.database.query(
    `select margin_minor as margin, fee_minor as fee, guarantee from bill_acceptance
     where bill_number = 'YC20260001'`,
  );
  expect(kept).toEqual({ margin: 30_000_000n, fee: 50_000n, guarantee: 'none' });
});

test('the same number is not registered twice, and a declined bill is taken out', async () => {
  const again = await start(drawer.actor, 'bill_acceptance');
  const twice = await act(bank, again, 'apply', drawer.actor, acceptanceOf('YC20260001'));
  expect(twice).toMatchObject({ ok: false, code: 'bill_registered_already' });
  const { outcome } = await passThrough(bank, again, [
    ['apply', drawer.actor, acceptanceOf('YC20260002')],
    ['review', manager, reviewed],
    ['approve', president, { acceptanceDecision: 'decline' }],
  ]);
  expect(outcome).toBe('declined');
  expect(await statuses('YC20260002')).toEqual(['registered', 'cancelled']);
});

test('only who holds a bill endorses it', async () => {
  const to = async (from: Party, endorseeName: string) => {
    const caseNumber = await start(from.actor, 'bill_endorsement');
    const values = { billNumber: 'YC20260001', accountNumber: from.account, endorseeName };
    return await act(bank, caseNumber, 'endorse', from.actor, values);
  };
  expect(await to(drawer, third.name)).toMatchObject({ ok: false, code: 'bill_not_held' });
  mustBe(await to(payee, third.name));
  expect(await to(payee, third.name)).toMatchObject({ ok: false, code: 'bill_not_held' });
});

/** The payee discounts a bill that another bank or a company has accepted. */
async function discounted(billNumber: string, dates: typeof due): Promise<Values> {
  const caseNumber = await start(payee.actor, 'bill_discount');
  const face = {
    ...{ billNumber, billKind: 'bank_acceptance', medium: 'electronic', faceMinor, ...dates },
    ...{ drawerName: '江城机电', acceptorName: '江城银行', payeeName: payee.name },
  };
  const { outcome, values } = await passThrough(bank, caseNumber, [
    ['apply', payee.actor, { ...face, elsewhere: false, accountNumber: payee.account }],
    ['review', manager, { billGenuine: true, acceptorClass: 'state_bank' }],
    ['approve', president, { discountDecision: 'approve' }],
    ['discount', officer, { discountConfirmed: true }],
  ]);
  expect(outcome).toBe('discounted');
  return values;
}

test('TRES-01 a discount counts to the working day after maturity', async () => {
  const before = await balanceOf(bank, payee.account);
  const first = await discounted('TX20260001', long);
  expect([first.days, first.interestMinor, first.payableOn]).toEqual([31n, 155_000n, '2026-12-21']);
  expect(await balanceOf(bank, payee.account)).toBe(before + faceMinor - 155_000n);
  for (const number of ['TX20260002', 'TX20260003']) {
    const { days, interestMinor } = await discounted(number, due);
    expect([days, interestMinor]).toEqual([3n, 15_000n]);
  }
  const again = await start(payee.actor, 'bill_discount');
  const face = {
    ...{ billNumber: 'TX20260001', billKind: 'bank_acceptance', medium: 'electronic', faceMinor },
    ...{ ...long, drawerName: '江城机电', acceptorName: '江城银行', payeeName: payee.name },
    ...{ elsewhere: false, accountNumber: payee.account },
  };
  const twice = await act(bank, again, 'apply', payee.actor, face);
  expect(twice).toMatchObject({ ok: false, code: 'bill_not_held' });
});

test('the night books what the weekend has earned: one posting, a row for each bill', async () => {
  const income = await glBalance(bank, '6011');
  expect(await closeDay()).toBe('2026-11-23');
  expect((await glBalance(bank, '6011')) - income).toBe(-45_000n);
  const rows = await bank.database.query<{ amount: bigint }>(
    `select amount_minor as amount from bill_interest_day where accounting_date = '2026-11-20'`,
  );
  expect(rows.map(({ amount }) => amount)).toEqual([15_000n, 15_000n, 15_000n]);
  const [postings] = await bank.database.query<{ count: bigint }>(
    `select count(*)::int8 as count from posting where transaction_code = 'eod.bill_interest'`,
  );
  expect(postings?.count).toBe(1n);
  expect(await glBalance(bank, '130102')).toBe(-(155_000n + 30_000n - 45_000n));
});

test('TRES-01 a bill that is discounted is sold on, and owed until it is due', async () => {
  const caseNumber = await start(officer, 'bill_rediscount');
  const terms = {
    ...{ billNumber: 'TX20260001', maturesOn: '2026-12-19', counterparty: '中央银行' },
    ...{ rediscountKind: 'central_bank', ratePpm: 16_000n },
  };
  const { outcome, values } = await passThrough(bank, caseNumber, [
    ['propose', officer, terms],
    ['sell', checker, { saleConfirmed: true }],
  ]);
  // 28 days at 1.6 %.
  expect([outcome, values.days, values.interestMinor]).toEqual(['rediscounted', 28n, 124_444n]);
  expect(await glBalance(bank, '2021')).toBe(-faceMinor);
  expect(await glBalance(bank, '202102')).toBe(124_444n);
  expect(await statuses('TX20260001')).toEqual(['accepted', 'discounted', 'rediscounted']);
});

test('TRES-01 a bill is collected from its acceptor', async () => {
  const [assets, clearing] = [await glBalance(bank, '1301'), await glBalance(bank, '3001')];
  const caseNumber = await start(manager, 'bill_collection');
  const { outcome } = await passThrough(bank, caseNumber, [
    ['present', manager, { billNumber: 'TX20260002', collectionReference: 'TS-1' }],
    ['answer', supervisor, { collectionAnswer: 'paid' }],
  ]);
  expect(outcome).toBe('collected');
  expect((await glBalance(bank, '1301')) - assets).toBe(-faceMinor);
  expect((await glBalance(bank, '3001')) - clearing).toBe(faceMinor);
  expect(await statuses('TX20260002')).toEqual(['accepted', 'discounted', 'in_collection', 'paid']);
});

test('a dishonoured bill comes back to who discounted it, as far as there is money', async () => {
  await onDeposit(payee, 40_000_000n);
  const caseNumber = await start(manager, 'bill_collection');
  const unpaid = { collectionAnswer: 'dishonoured', dishonourReason: '存款不足' };
  const { outcome, values } = await passThrough(bank, caseNumber, [
    ['present', manager, { billNumber: 'TX20260003', collectionReference: 'TS-2' }],
    ['answer', supervisor, unpaid],
    ['recourse', manager, { recourseConfirmed: true }],
  ]);
  expect([outcome, values.recourseDebtMinor]).toEqual(['recourse_taken', 60_000_000n]);
  await onDeposit(payee, 60_000_000n);
  const repayment = await start(payee.actor, 'bill_debt_repayment');
  const pay = { billNumber: 'TX20260003', accountNumber: payee.account };
  const much = await act(bank, repayment, 'repay', payee.actor, {
    ...{ ...pay, repaidMinor: 60_000_001n },
  });
  expect(much).toMatchObject({ ok: false, code: 'bill_more_than_owed' });
  await passThrough(bank, repayment, [
    ['repay', payee.actor, { ...pay, repaidMinor: 60_000_000n }],
  ]);
  const states = ['accepted', 'discounted', 'in_collection', 'dishonoured', 'in_recourse'];
  expect(await statuses('TX20260003')).toEqual([...states, 'in_recourse', 'settled']);
});

test('CRED-16 at maturity the bank pays, and what is short becomes an advance', async () => {
  const loans = await glBalance(bank, '1303');
  expect(await closeDay()).toBe('2026-11-24');
  const [row] = await bank.database.query<{ number: string }>(
    `select case_number as number from bill_event
     where bill_number = 'YC20260001' and kind = 'honoured'`,
  );
  const { outcome, values } = mustBe(await bank.runtime.viewCase(row?.number ?? ''));
  expect([outcome, values.advanceMinor]).toEqual(['paid_with_advance', 60_000_000n]);
  expect(await balanceOf(bank, drawer.account)).toBe(0n);
  expect((await glBalance(bank, '1303')) - loans).toBe(60_000_000n);
  expect(await glBalance(bank, '7201')).toBe(0n);
  expect(await statuses('YC20260001')).toEqual(['registered', 'accepted', 'accepted', 'paid']);
  // Of the interest that was kept, what is not earned yet is what is left on the account.
  const [left] = await bank.database.query<{ earned: bigint; owed: bigint }>(
    `select sum(case when i.side = 'earned' then i.interest_minor - d.booked end)::int8 as earned,
       sum(case when i.side = 'paid' then i.interest_minor - d.booked end)::int8 as owed
     from bill_interest i cross join lateral (select coalesce(sum(amount_minor), 0) as booked
       from bill_interest_day d where d.bill_number = i.bill_number and d.side = i.side) d`,
  );
  expect(await glBalance(bank, '130102')).toBe(-(left?.earned ?? -1n));
  expect(await glBalance(bank, '202102')).toBe(left?.owed ?? -1n);
  expect(left).toEqual({ earned: 135_000n, owed: 120_000n });
});

test('the advance is an account of loans that its drawer pays back', async () => {
  await onDeposit(drawer, 60_000_000n);
  const caseNumber = await start(drawer.actor, 'bill_debt_repayment');
  const pay = { billNumber: 'YC20260001', accountNumber: drawer.account };
  const { values } = await passThrough(bank, caseNumber, [
    ['repay', drawer.actor, { ...pay, repaidMinor: 60_000_000n }],
  ]);
  expect(values.debtLeftMinor).toBe(0n);
  const account = present(await findAccount(bank.database, 1, drawer.account), 'the deposit');
  expect(account.balanceMinor).toBe(0n);
});

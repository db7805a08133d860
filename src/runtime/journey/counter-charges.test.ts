import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { Result } from '../../base/result.ts';
import { readWaivers } from '../../store/fee/charges.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { askOracle } from '../oracle.ts';
import {
  actorBy,
  type Borrower,
  borrower,
  type DemoTestBank,
  demoTestBank,
  mustBe,
  passDays,
} from './testing.ts';

/** Fees and wealth products of the demo bank, all on one bank. */
let bank: DemoTestBank & { drop(): Promise<void> };
let customer: Borrower;

beforeAll(async () => {
  bank = await demoTestBank();
  customer = await borrower(bank, 1);
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const [teller, supervisor, accountant] = ['zhao.ting', 'liu.fang', 'chen.yan'];
const me = 'the customer';

async function actor(who: string) {
  return who === me ? customer.actor : await actorBy(bank, who);
}

/** Starts a case and does its tasks in turn: who, and with which values. Gives its number. */
async function did(
  processId: string,
  starter: string,
  tasks: readonly (readonly [string, Values])[],
): Promise<string> {
  const started = { actor: await actor(starter), processId, values: {} };
  const { customerNumber = '' } = customer.places;
  const values = starter === me ? { customerNumber } : {};
  const { caseNumber } = mustBe(await bank.runtime.startCase({ ...started, values }));
  for (const [who, filled] of tasks) mustBe(await next(caseNumber, who, filled));
  return caseNumber;
}

/** Completes the open task of a case. */
async function next(caseNumber: string, who: string, values: Values): Promise<Result<object>> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.find(({ status }) => status !== 'completed' && status !== 'cancelled');
  const taskId = present(open, `an open task of ${caseNumber}`).id;
  const order = { actor: await actor(who), taskId };
  const claimed = await bank.runtime.claimTask(order);
  if (!claimed.ok) return claimed;
  return await bank.runtime.completeTask({ ...order, values });
}

const outcomeOf = async (caseNumber: string) =>
  mustBe(await bank.runtime.viewCase(caseNumber)).outcome;

async function standing(): Promise<{ balanceMinor: bigint; heldMinor: bigint }> {
  const { depositAccount = '' } = customer.places;
  const account = present(await findAccount(bank.database, 1, depositAccount), 'the account');
  return { balanceMinor: account.balanceMinor, heldMinor: account.heldMinor };
}

async function gl(glCode: string): Promise<bigint> {
  const [row] = await bank.database.query<{ minor: bigint }>(
    `select coalesce(sum(b.balance_minor), 0)::int8 as minor from account a
       join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
     where a.gl_code = $1 and a.book_id = '110101'`,
    [glCode],
  );
  return present(row, 'a sum').minor;
}

test('PAY-13 the fee is charged with its service, what is waived is listed with its reason', async () => {
  const { depositAccount = '', payeeAccount = '', payeeName = '' } = customer.places;
  const payment = {
    ...{ payerAccountNumber: depositAccount, payeeAccountNumber: payeeAccount, payeeName },
    amountMinor: 9_000_000n,
  };
  const before = [await gl('6021'), (await standing()).balanceMinor] as const;
  const plain = await did('counter_payment', teller, [
    [teller, payment],
    [teller, { feeTold: true }],
  ]);
  expect(await outcomeOf(plain)).toBe('paid');
  expect([await gl('6021'), (await standing()).balanceMinor]).toEqual([
    before[0] + 1_000n,
    before[1] - 9_001_000n,
  ]);
  const waived = await did('counter_payment', teller, [
    [teller, payment],
    [teller, { feeTold: true, waivedMinor: 400n, waiverReason: 'key_customer' }],
    [supervisor, { waiverDecision: 'approve' }],
    [teller, { waivedConfirmed: true }],
  ]);
  expect(await outcomeOf(waived)).toBe('paid');
  expect(await gl('6021')).toBe(before[0] + 1_600n);
  const of = { units: ['110101'], from: '2026-11-01', to: '2026-11-30', max: 10 };
  expect(await readWaivers(bank.database, 1, of)).toMatchObject([
    {
      ...{ caseNumber: waived, service: 'transfer', customerClass: 'corporate' },
      ...{ standardMinor: 1_000n, waivedMinor: 400n, reason: 'key_customer' },
      ...{ login: teller, approvedLogin: supervisor },
    },
  ]);
  expect(await readWaivers(bank.database, 1, { ...of, units: ['110201'] })).toEqual([]);
});

test('PAY-13 a fee that the payer cannot cover takes the transfer back with it', async () => {
  const { depositAccount = '', payeeAccount = '', payeeName = '' } = customer.places;
  const { balanceMinor } = await standing();
  const payment = {
    ...{ payerAccountNumber: depositAccount, payeeAccountNumber: payeeAccount, payeeName },
    amountMinor: balanceMinor,
  };
  const caseNumber = await did('counter_payment', teller, [[teller, payment]]);
  const refused = await next(caseNumber, teller, { feeTold: true });
  expect(refused).toMatchObject({ ok: false, code: 'available_exceeded' });
  expect(await standing()).toMatchObject({ balanceMinor });
});

const assessment = (points: string): Values => ({
  ...{ riskAge: points, riskIncome: points, riskExperience: points },
  ...{ riskHorizon: points, riskLoss: points },
});

function wanted(productCode: string): Values {
  const { depositAccount = '' } = customer.places;
  return { productCode, accountNumber: depositAccount, amountMinor: 10_000_000n };
}

async function chosen(productCode: string): Promise<[string, Result<object>]> {
  const caseNumber = await did('wealth_subscription', me, []);
  return [caseNumber, await next(caseNumber, me, wanted(productCode))];
}

test('DEP-06 nothing is sold without an assessment, nor above the grade it gives', async () => {
  const [, unknown] = await chosen('LC2602');
  expect(unknown).toMatchObject({ ok: false, code: 'wealth_assessment_missing' });
  const assessed = await did('risk_assessment', me, [[me, assessment('2')]]);
  const { values } = mustBe(await bank.runtime.viewCase(assessed));
  expect(values).toMatchObject({ riskScore: 10n, suitabilityGrade: 'C2', validTo: '2027-11-20' });
  const [above, answer] = await chosen('LC2603');
  expect(answer).toMatchObject({ ok: true });
  expect(await outcomeOf(above)).toBe('not_suitable');
  expect(await standing()).toMatchObject({ heldMinor: 0n });
});

test('DEP-06 a subscription is held, confirmed and redeemed; the disclosure’s time is kept', async () => {
  const before = await standing();
  const [caseNumber] = await chosen('LC2602');
  const disclosure = { recordingNumber: 'SL20261120001', disclosureAccepted: true };
  mustBe(await next(caseNumber, me, disclosure));
  expect(await standing()).toEqual({ ...before, heldMinor: 10_000_000n });
  const kept = await bank.database.query(
    `select disclosure_accepted_at as at, product_risk as risk, customer_grade as grade
     from wealth_order where order_number = $1`,
    [caseNumber],
  );
  expect(kept).toEqual([{ at: BigInt(bank.clock.now), risk: 'R2', grade: 'C2' }]);
  mustBe(await next(caseNumber, accountant, { orderDecision: 'confirm' }));
  expect(await outcomeOf(caseNumber)).toBe('subscribed');
  const paid = { balanceMinor: before.balanceMinor - 10_000_000n, heldMinor: 0n };
  expect(await standing()).toEqual(paid);
  expect(await gl('2314')).toBe(10_000_000n);

  const orderNumber = caseNumber;
  const redemption = await did('wealth_redemption', me, [
    [me, { orderNumber }],
    [accountant, { paidMinor: 10_050_000n }],
  ]);
  expect(await outcomeOf(redemption)).toBe('redeemed');
  expect((await standing()).balanceMinor).toBe(before.balanceMinor + 50_000n);
  expect([await gl('2314'), await gl('1321')]).toEqual([0n, 50_000n]);
  const again = await did('wealth_redemption', me, []);
  expect(await next(again, me, { orderNumber })).toMatchObject({
    code: 'wealth_order_in_other_state',
  });
});

test('a loss is the customer’s, and an order that is not confirmed gives the money back', async () => {
  const before = await standing();
  const disclosure = { recordingNumber: 'SL20261120002', disclosureAccepted: true };
  const [first] = await chosen('LC2602');
  mustBe(await next(first, me, disclosure));
  mustBe(await next(first, accountant, { orderDecision: 'release' }));
  expect([await outcomeOf(first), await standing()]).toEqual(['released', before]);
  const [second] = await chosen('LC2601');
  mustBe(await next(second, me, disclosure));
  mustBe(await next(second, accountant, { orderDecision: 'confirm' }));
  await did('wealth_redemption', me, [
    [me, { orderNumber: second }],
    [accountant, { paidMinor: 9_900_000n }],
  ]);
  expect((await standing()).balanceMinor).toBe(before.balanceMinor - 100_000n);
  expect(await gl('2314')).toBe(0n);
});

test('DEP-06 an assessment is good for a year and not on the day after', async () => {
  await passDays(bank, 364);
  const [good] = await chosen('LC2602');
  expect(await outcomeOf(good)).not.toBe('not_suitable');
  await passDays(bank, 1);
  const [, late] = await chosen('LC2602');
  expect(late).toMatchObject({ ok: false, code: 'wealth_assessment_expired' });
});

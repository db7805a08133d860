import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { askOracle } from '../oracle.ts';
import {
  type Borrower,
  borrower,
  demoTestBank,
  line,
  mustBe,
  pageOf,
  payIn,
  travel,
} from './testing.ts';

let bank: Awaited<ReturnType<typeof demoTestBank>>;

beforeAll(async () => {
  bank = await demoTestBank('prepayment');
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** A borrower with a note of 3,000,000.00 and money to prepay from. */
async function released(index: number): Promise<Borrower & { readonly noteNumber: string }> {
  const given = await borrower(bank, index);
  const lines = [line('request_drawdown', '{"drawdownAmountMinor": 300000000}')];
  const run = { title: 'released', ends: 'released', done: [], postings: null, lines };
  const processId = 'corporate_loan_sub_branch';
  const page = pageOf('loan-sub-branch');
  const { caseNumber } = await travel({ bank, page, run, processId, borrower: given });
  await payIn(bank, given.actor.unitCode, given.places.depositAccount ?? '', 301_000_000n);
  return { ...given, noteNumber: `JJ-${caseNumber}` };
}

async function start({ actor }: Borrower, noteNumber: string) {
  return await bank.runtime.startCase({
    ...{ actor, processId: 'loan_prepayment', values: { noteNumber } },
    ...{ unitCode: actor.unitCode, customerNumber: actor.customerNumber ?? '' },
  });
}

/** Claims the open task of a case; says how to complete it. */
async function claim({ actor }: Borrower, caseNumber: string) {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.find((one) => one.endedAt === null);
  const { id: taskId, activity } = present(open, 'an open task');
  mustBe(await bank.runtime.claimTask({ actor, taskId }));
  const complete = (values: Values) => bank.runtime.completeTask({ actor, taskId, values });
  return { activity, complete };
}

test('a part is prepaid at the figure of the day, and the plan changes as chosen', async () => {
  const loan = await released(0);
  const { caseNumber } = mustBe(await start(loan, loan.noteNumber));
  const asked = await claim(loan, caseNumber);
  expect(asked.activity).toBe('ask_prepayment');
  const part = { prepayPrincipalMinor: 100_000_000n, prepaymentMode: 'smaller_instalment' };
  const all = { ...part, prepayPrincipalMinor: 300_000_000n };
  expect(await asked.complete(all)).toMatchObject({ code: 'prepayment_settles' });
  mustBe(await asked.complete(part));
  const { values } = mustBe(await bank.runtime.viewCase(caseNumber));
  expect(values).toMatchObject({ prepaidInterestMinor: 0n, prepaymentFeeMinor: 0n });
  const confirm = await claim(loan, caseNumber);
  const wrong = { prepaymentTotalMinor: 1n, prepaymentConfirmed: true };
  expect(await confirm.complete(wrong)).toMatchObject({ code: 'prepayment_has_changed' });
  mustBe(await confirm.complete({ ...wrong, prepaymentTotalMinor: 100_000_000n }));
  const note = await findAccount(bank.database, 1, loan.noteNumber);
  expect(note?.balanceMinor).toBe(200_000_000n);
  expect(mustBe(await bank.runtime.viewCase(caseNumber)).outcome).toBe('prepaid');
});

test('nobody prepays the note of somebody else, at whose cost it would be', async () => {
  const loan = await released(1);
  const other = await borrower(bank, 2);
  const { caseNumber } = mustBe(await start(other, loan.noteNumber));
  const asked = await claim(other, caseNumber);
  const part = { prepayPrincipalMinor: 100_000_000n, prepaymentMode: 'shorter_term' };
  expect(await asked.complete(part)).toMatchObject({ code: 'loan_note_missing' });
});

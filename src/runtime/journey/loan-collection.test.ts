import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { dateInChina, daysBetween } from '../../base/dates.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { askOracle } from '../oracle.ts';
import {
  type Borrower,
  borrower,
  demoTestBank,
  line,
  mustBe,
  pageOf,
  passDays,
  payIn,
  travel,
} from './testing.ts';

/** What is due of a note is collected as far as the money goes, with what being late has cost. */

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let loan: Borrower & { readonly noteNumber: string };

beforeAll(async () => {
  bank = await demoTestBank('collection');
  const given = await borrower(bank, 0);
  const amount = '"amountMinor": 12000000';
  const lines = [
    line('apply', `{${amount}, "repaymentMethod": "equal_instalments"}`),
    line('write_report', '{"proposedAmountMinor": 12000000, "ratePpm": 43500}'),
    line('assess_credit_line', `{${amount}}`),
    line('request_drawdown', '{"drawdownAmountMinor": 12000000}'),
  ];
  const run = { title: 'collected', ends: 'released', done: [], postings: null, lines };
  const processId = 'corporate_loan_sub_branch';
  const page = pageOf('loan-sub-branch');
  const { caseNumber } = await travel({ bank, page, run, processId, borrower: given });
  loan = { ...given, noteNumber: `JJ-${caseNumber}` };
}, 180_000);
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const balanceOf = async (number: string): Promise<bigint> =>
  (await findAccount(bank.database, 1, number))?.balanceMinor ?? -1n;

/** Sets what stands on the borrower's deposit. */
async function onDeposit(amountMinor: bigint): Promise<void> {
  const { depositAccount = '' } = loan.places;
  const change = amountMinor - (await balanceOf(depositAccount));
  if (change !== 0n) await payIn(bank, loan.actor.unitCode, depositAccount, change);
}

async function passTo(date: string): Promise<void> {
  await passDays(bank, daysBetween(dateInChina(bank.clock.now), date));
  await bank.runtime.prepareMonths(bank.clock.now);
}

/** What the daily work collects of the note: the case's end and what it says, null for no case. */
async function collected(): Promise<{ outcome: string | null; values: Values } | null> {
  const { instalmentsPaid } = mustBe(await bank.runtime.runDaily());
  if (instalmentsPaid === 0) return null;
  const [row] = await bank.database.query<{ number: string }>(
    `select case_number as number from loan_repayment where note_number = $1
     order by paid_at desc limit 1`,
    [loan.noteNumber],
  );
  const { outcome, values } = mustBe(await bank.runtime.viewCase(row?.number ?? ''));
  return { outcome, values };
}

test('CRED-01 what is late is collected in parts, penalty and compound interest first', async () => {
  // The first instalment of 10,237.19 fell due on 20 December, and nothing stood on the account.
  await onDeposit(0n);
  await passTo('2027-01-08');
  expect(await collected()).toBeNull();
  await onDeposit(500_000n);
  const first = await collected();
  // 19 days at 6.525 % on 9,802.19 and on 435.00.
  expect(first).toMatchObject({
    outcome: 'part_paid',
    values: {
      ...{ collectedMinor: 500_000n, penaltyMinor: 3_376n, compoundMinor: 150n },
      ...{ interestMinor: 43_500n, principalMinor: 452_974n, owedMinor: 527_245n },
    },
  });
  expect(await balanceOf(loan.places.depositAccount ?? '')).toBe(0n);
  expect(await balanceOf(loan.noteNumber)).toBe(12_000_000n - 452_974n);
  expect(await collected()).toBeNull();
});

test('the rest is collected when money has come in, and the instalment is cleared once', async () => {
  await passTo('2027-01-18');
  await onDeposit(10_000_000n);
  // Ten more days on the 5,272.45 that were left: 9.56, of which 33.757 and 9.556 make 43.31.
  expect(await collected()).toMatchObject({
    outcome: 'paid',
    values: { penaltyMinor: 955n, compoundMinor: 0n, interestMinor: 0n, principalMinor: 527_245n },
  });
  const parts = await bank.database.query<{ clears: boolean; principal: bigint }>(
    `select clears, principal_minor as principal from loan_repayment
     where note_number = $1 and instalment_number = 1 order by paid_at`,
    [loan.noteNumber],
  );
  expect(parts).toEqual([
    { clears: false, principal: 452_974n },
    { clears: true, principal: 527_245n },
  ]);
  expect(await collected()).toBeNull();
});

test('the next instalment is collected on its day as the plan has it', async () => {
  await passTo('2027-01-20');
  expect(await collected()).toMatchObject({
    outcome: 'paid',
    values: { collectedMinor: 1_023_719n, penaltyMinor: 0n, compoundMinor: 0n, owedMinor: 0n },
  });
});

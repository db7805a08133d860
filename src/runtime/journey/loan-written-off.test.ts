import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAccount } from '../../store/ledger/accounts.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { askOracle } from '../oracle.ts';
import { borrower, check, demoTestBank, type Journey, pageOf, travel } from './testing.ts';

/** A loan that is lost leaves the books; the claim is kept, and what comes back is booked. */

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let recovery: Journey;
beforeAll(async () => {
  bank = await demoTestBank('written off');
  const page = pageOf('loan-recovery');
  const [run] = page.runs;
  if (run === undefined) throw new Error('the page of recoveries has a run');
  const given = { bank, page, run, processId: 'loan_recovery', borrower: await borrower(bank, 0) };
  recovery = await travel(given);
}, 180_000);
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** What was posted under a narrative: debit and credit GL code, or the memorandum, and amounts. */
const posted = async (narrative: string) =>
  await bank.database.query<{ debit: string; credit: string; minor: bigint }>(
    `select d.gl_code as debit, c.gl_code as credit, t.amount_minor as minor
     from posting p join transfer t on t.cell_id = p.cell_id and t.posting_id = p.posting_id
       join account d on d.cell_id = t.cell_id and d.account_id = t.debit_account_id
       join account c on c.cell_id = t.cell_id and c.account_id = t.credit_account_id
     where p.narrative = $1 order by t.transfer_id`,
    [narrative],
  );

test('CRED-23 a lost loan is written off against its allowance, and recoveries are booked', async () => {
  await check(recovery);
  const { noteNumber = '' } = recovery.borrower.places;
  expect((await findAccount(bank.database, 1, noteNumber))?.balanceMinor).toBe(0n);
  expect(await posted('loan_write_off')).toEqual([
    { debit: '1304', credit: '1303', minor: 9_500_000n },
  ]);
  expect(await posted('loan_recovery')).toEqual([
    { debit: '2011', credit: '6702', minor: 2_000_000n },
  ]);
});

test('the claim stands off the balance sheet with what has not come back', async () => {
  const claims = await bank.database.query<{ direction: string; minor: bigint }>(
    `select m.direction, m.amount_minor as minor from memorandum m
       join account a on a.cell_id = m.cell_id and a.account_id = m.account_id
     where a.gl_code = '7301' order by m.direction`,
  );
  expect(claims).toEqual([
    { direction: 'in', minor: 9_500_000n },
    { direction: 'out', minor: 2_000_000n },
  ]);
  const { rows, totals } = await readTrialBalance(bank.database, 1, '2027-12-31');
  expect(totals.filter((total) => total.differenceMinor !== 0n)).toEqual([]);
  const allowance = rows.filter(({ glCode }) => glCode === '1304');
  expect(allowance.reduce((sum, row) => sum + row.closingMinor, 0n)).toBeLessThanOrEqual(0n);
});

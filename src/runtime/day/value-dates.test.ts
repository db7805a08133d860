import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { addDays } from '../../base/dates.ts';
import { beginClosing } from '../../store/day/closing.ts';
import { readProof } from '../../store/day/proof.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { askOracle } from '../oracle.ts';
import { value } from '../testing.ts';
import { dayTestBank, firstDay } from './testing.ts';

/** A ten-thousandth of the balance each day. */
const ratePpm = 36_000n;
let bank: Awaited<ReturnType<typeof dayTestBank>>;

beforeAll(async () => {
  bank = await dayTestBank({ ratePpm });
  await bank.done(async (transaction) => {
    await transaction.query(
      `insert into parameter (cell_id, name, effective_from, value, made_login, checked_login, made_at)
       values (1, 'loan.first_inspection_days', '2026-01-01', '15', 'a', 'b', 0)`,
    );
  });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function passTo(nextDate: string): Promise<void> {
  const dates = present(await accountingDates(bank.database, 1), 'dates');
  const { accountingDate } = dates;
  const closing = { accountingDate, nextDate, begunAt: bank.clock.now, begunLogin: 'system' };
  await bank.done((transaction) => beginClosing(transaction, 1, closing));
  value(await bank.runtime.endOfDay({ login: 'system' }));
  const proof = await readProof(bank.database, 1, accountingDate);
  expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
}

const rowOn = async (accountId: string, date: string) => {
  const [row] = await bank.database.query<{
    balance: bigint;
    product: bigint;
    accrued: bigint;
    adjustment: bigint;
  }>(
    `select balance_minor as balance, product_minor as product, accrued_minor as accrued,
       adjustment_minor as adjustment
     from deposit_accrual where account_id = $1 and accrual_date = $2`,
    [accountId, date],
  );
  return present(row, `the row of ${date}`);
};

test('a back-valued posting adds its days to the 积数, and re-runs nothing', async () => {
  const accountId = await bank.open('open-period');
  value(await bank.post({ accountId, amountMinor: 1_000_000n }));
  await passTo(addDays(firstDay, 4));
  const before = await rowOn(accountId, addDays(firstDay, 3));
  value(await bank.post({ accountId, amountMinor: 500_000n, valueDate: addDays(firstDay, 1) }));
  await passTo(addDays(firstDay, 5));
  expect(await rowOn(accountId, addDays(firstDay, 3))).toEqual(before);
  // Four days of 10,000.00, one of 15,000.00, and three days of 5,000.00 for what came too late.
  expect(await rowOn(accountId, addDays(firstDay, 4))).toEqual({
    ...{ balance: 1_500_000n, product: 7_000_000n, accrued: 700n, adjustment: 0n },
  });
});

test('days of a settled period give an interest adjustment, paid with the next settlement', async () => {
  const accountId = await bank.open('settled-period');
  value(await bank.post({ accountId, amountMinor: 1_000_000n }));
  await passTo('2026-12-22');
  value(await bank.post({ accountId, amountMinor: 360_000n, valueDate: '2026-12-18' }));
  await passTo('2026-12-23');
  const row = await rowOn(accountId, '2026-12-22');
  const before = await rowOn(accountId, '2026-12-21');
  // Of four days late three were settled on the 20th: 3 × 3,600.00 × 0.01 %; one is still open.
  expect(row.adjustment).toBe(108n);
  // The interest of the 20th, too, was posted a day after it was due.
  const paid = row.balance - before.balance - 360_000n;
  expect(paid).toBeGreaterThan(2_000n);
  expect(row.product).toBe(before.product + row.balance + 360_000n + paid);
  expect(row.accrued).toBe(108n + (row.product + 5_000n) / 10_000n);
  value(await bank.post({ accountId, amountMinor: -360_000n, valueDate: '2026-12-18' }));
  await passTo('2026-12-24');
  expect((await rowOn(accountId, '2026-12-23')).adjustment).toBe(0n);
});

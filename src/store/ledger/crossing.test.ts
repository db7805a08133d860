import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { LedgerTransfer } from '../../ledger/posting.ts';
import { openAccounts } from './accounts.ts';
import { type PostAnswer, postAtOnce, postEvents } from './post.ts';
import {
  cellId,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newAccount,
  newEvent,
  now,
} from './testing.ts';

const isLong = process.env.TEST_LENGTH === 'long';
const clients = 32;
const accountCount = 1_000;
const eachHasMinor = 500n;
const timeMs = isLong ? 60_000 : 5_000;
const seed = Math.floor(Date.now() / 1_000) % 1_000_000;

let bank: LedgerTestBank;
let accountIds: readonly string[];
beforeAll(async () => {
  bank = await ledgerTestBank();
  const accounts = Array.from({ length: accountCount }, (_, n) => newAccount(`A-x${n}`));
  await bank.done((transaction) =>
    openAccounts(transaction, { cellId, openedOn: firstDay, openedLogin: 'opener', accounts }),
  );
  accountIds = accounts.map(({ accountId }) => accountId);
  const funds = accountIds.map((creditAccountId) => ({
    ...{ debitAccountId: bank.id('A-cash'), creditAccountId },
    ...{ amountMinor: eachHasMinor, currency: 'CNY' },
  }));
  const sent = await bank.send(newEvent(funds));
  expect(sent.ok).toBe(true);
});
afterAll(async () => {
  await bank.drop();
});

/** A client's own row of chance (Park and Miller). */
function chance(from: number): (below: number) => number {
  let state = from;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test(`32 clients crossing transfers on 1,000 accounts: no deadlock, none below 0 (${seed})`, async () => {
  const counts = new Map<string, number>();
  const count = (answer: PostAnswer | { readonly ok: false; readonly code: string }) => {
    const code = answer.ok ? 'posted' : answer.code;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  const endsAt = performance.now() + timeMs;
  const client = async (nth: number) => {
    const random = chance(seed + 7_919 * (nth + 1));
    const transfer = (): LedgerTransfer => {
      // Half of the traffic meets on ten accounts.
      const among = random(2) === 0 ? 10 : accountCount;
      const from = random(among);
      const to = (from + 1 + random(among - 1)) % among;
      const [debitAccountId, creditAccountId] = [from, to].map((n) =>
        present(accountIds[n], 'an account'),
      ) as [string, string];
      const some = random(10) === 0 ? { upToAvailable: true as const } : {};
      const amountMinor = BigInt(1 + random(400));
      return { debitAccountId, creditAccountId, amountMinor, currency: 'CNY', ...some };
    };
    while (performance.now() < endsAt) {
      const events = Array.from({ length: 1 + (random(4) === 0 ? random(20) : 0) }, () =>
        newEvent(Array.from({ length: 1 + random(3) }, transfer)),
      );
      const order = { cellId, now, events };
      const answered =
        random(2) === 0
          ? await postAtOnce(bank.database, order)
          : await bank.database.transaction((transaction) => postEvents(transaction, order));
      if (answered.ok) for (const answer of answered.value) count(answer);
      else count(answered);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, nth) => client(nth)));
  console.log(`seed ${seed}: ${JSON.stringify(Object.fromEntries(counts))}`);
  const allowed = ['available_exceeded', 'nothing_available', 'posted'];
  expect([...counts.keys()].filter((code) => !allowed.includes(code))).toEqual([]);
  expect(counts.get('posted')).toBeGreaterThan(clients);
  const [state] = await bank.database.query<{ lowest: bigint; sum: bigint; known: bigint }>(
    `select min(balance_minor) as lowest, sum(balance_minor)::int8 as sum, count(*) as known
     from account_balance where cell_id = $1 and account_id = any($2::uuid[])`,
    [cellId, accountIds],
  );
  expect(state?.lowest).toBeGreaterThanOrEqual(0n);
  expect(state?.sum).toBe(eachHasMinor * BigInt(accountCount));
  await bank.expectWhole();
}, 240_000);

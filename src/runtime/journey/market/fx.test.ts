import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import { askOracle } from '../../oracle.ts';
import { borrower, demoTestBank, mustBe } from '../testing.ts';
import { act, balanceOf, begin, type Doer, glBalance, passThrough } from './testing.ts';

/** Prices and deals on 20 November 2026, by the figures of the handbook's section 18. */

let bank: Awaited<ReturnType<typeof demoTestBank>>;
let accounts: Readonly<Record<string, string>>;
const teller: Doer = ['teller', '110101'];
const supervisor: Doer = ['supervisor', '110101'];

beforeAll(async () => {
  bank = await demoTestBank('fx');
  const { actor } = await borrower(bank, 7);
  const rows = await bank.database.query<{ currency: string; number: string }>(
    `select currency, account_number as number from account
     where cell_id = 1 and customer_number = $1 and kind = 'customer'`,
    [actor.customerNumber],
  );
  accounts = Object.fromEntries(rows.map(({ currency, number }) => [currency, number]));
}, 60_000);
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const account = (currency: string): string => present(accounts[currency], currency);

async function asked(from: string, to: string, dealAmount: string): Promise<string> {
  const order = { processId: 'fx_deal', unitCode: '110101' };
  const { caseNumber } = mustBe(await begin(bank, teller, order));
  const accountsOf = { fromAccountNumber: account(from), toAccountNumber: account(to) };
  mustBe(await act(bank, caseNumber, 'ask', teller, { ...accountsOf, dealAmount, cash: false }));
  return caseNumber;
}

const deal: readonly [string, Doer, Values] = ['deal', teller, { dealAnswer: 'deal' }];

async function quotes(currency: string): Promise<string[]> {
  const rows = await bank.database.query<{ id: string }>(
    'select quote_id as id from fx_quote where cell_id = 1 and currency = $1 order by version',
    [currency],
  );
  return rows.map(({ id }) => id);
}

/** The position of each currency with what stands on the position account of the ledger. */
async function positions(): Promise<Record<string, [bigint, bigint]>> {
  const rows = await bank.database.query<{ currency: string; held: bigint; booked: bigint }>(
    `select currency, sum(position_minor)::int8 as held, sum(booked_minor)::int8 as booked
     from fx_position where cell_id = 1 group by currency order by currency`,
  );
  for (const { currency, held } of rows) {
    expect(await glBalance(bank, '3002', currency)).toBe(-held);
  }
  const booked = rows.reduce((sum, row) => sum + row.booked, 0n);
  expect(await glBalance(bank, '3002')).toBe(booked);
  return Object.fromEntries(rows.map((row) => [row.currency, [row.held, row.booked]]));
}

test('FX-01 a customer sells at the bid and buys at the ask, posted in both currencies', async () => {
  const [usd, cny] = [await balanceOf(bank, account('USD')), await balanceOf(bank, account('CNY'))];
  const sold = await passThrough(bank, await asked('USD', 'CNY', '12345.67'), [deal]);
  expect([sold.outcome, sold.values.toMinor]).toEqual(['dealt', 8_845_673n]);
  expect(await balanceOf(bank, account('USD'))).toBe(usd - 1_234_567n);
  expect(await balanceOf(bank, account('CNY'))).toBe(cny + 8_845_673n);
  const bought = await passThrough(bank, await asked('CNY', 'USD', '5000'), [deal]);
  expect(bought.values.fromMinor).toBe(3_597_600n);
  expect(await positions()).toEqual({ USD: [734_567n, 5_248_073n] });
});

test('FX-01 foreign to foreign goes through yuan, both legs shown', async () => {
  const { values } = await passThrough(bank, await asked('EUR', 'USD', '1000'), [deal]);
  expect([values.yuanMinor, values.toMinor]).toEqual([828_100n, 115_091n]);
  expect(await positions()).toEqual({
    EUR: [100_000n, 828_100n],
    USD: [619_476n, 4_419_973n],
  });
});

test('FX-02 a price that is over is refused in words, and asked again', async () => {
  const caseNumber = await asked('USD', 'CNY', '100');
  const line = {
    ...{ currency: 'USD', per: 100n, cashBid: '712.00', bid: '717.00', middle: '719.00' },
    ...{ ask: '721.00', validMinutes: 10n },
  };
  const dealers = ['fx_dealer', '100000'] as const;
  const order = { processId: 'fx_board', unitCode: '100000' };
  const board = mustBe(await begin(bank, dealers, order)).caseNumber;
  bank.clock.now += 60_000;
  const published = await passThrough(bank, board, [
    ['write', dealers, line],
    ['publish', dealers, { quoteDecision: 'publish' }],
  ]);
  expect(published.outcome).toBe('published');
  expect(await quotes('USD')).toEqual(['USD-1', 'USD-2']);
  const late = await act(bank, caseNumber, ...deal);
  expect(late).toMatchObject({ ok: false, code: 'fx_quote_expired' });
  mustBe(await act(bank, caseNumber, 'deal', teller, { dealAnswer: 'ask_again' }));
  const again = { fromAccountNumber: account('USD'), toAccountNumber: account('CNY') };
  const { values, outcome } = await passThrough(bank, caseNumber, [
    ['ask', teller, { ...again, dealAmount: '100', cash: false }],
    deal,
  ]);
  expect([outcome, values.quoteId, values.toMinor]).toEqual(['dealt', 'USD-2', 71_700n]);
  bank.clock.now += 11 * 60_000;
  const stale = mustBe(await begin(bank, teller, { processId: 'fx_deal', unitCode: '110101' }));
  const ask = { ...again, dealAmount: '100', cash: false };
  expect(await act(bank, stale.caseNumber, 'ask', teller, ask)).toMatchObject({
    code: 'fx_no_quote_now',
  });
});

test('FX-03 over the bank’s bound or a limit somebody else approves', async () => {
  const large = await asked('EUR', 'CNY', '70000');
  expect(mustBe(await bank.runtime.viewCase(large)).values.fxAuthority).toBe('supervisor');
  const { outcome } = await passThrough(bank, large, [
    ['approve', supervisor, { fxDecision: 'approve' }],
    deal,
  ]);
  expect(outcome).toBe('dealt');
  const declined = await asked('EUR', 'CNY', '70000');
  const ended = await passThrough(bank, declined, [
    ['approve', supervisor, { fxDecision: 'decline' }],
  ]);
  expect(ended.outcome).toBe('declined');
});

test('the night values each position: one posting for each book', async () => {
  const before = await positions();
  const gains = await glBalance(bank, '6061');
  mustBe(await bank.runtime.endOfDay({ login: 'chen.yan' }));
  const after = await positions();
  // USD 7,194.76 at 719.00 and EUR 71,000.00 at 832.00.
  expect(after.USD).toEqual([629_476n, 4_525_932n]);
  expect(after.EUR).toEqual([7_100_000n, 59_072_000n]);
  const gained = 4_525_932n + 59_072_000n - (before.USD?.[1] ?? 0n) - (before.EUR?.[1] ?? 0n);
  expect(gained).not.toBe(0n);
  expect((await glBalance(bank, '6061')) - gains).toBe(-gained);
  const [postings] = await bank.database.query<{ count: bigint }>(
    `select count(*)::int8 as count from posting where transaction_code = 'eod.fx_revaluation'`,
  );
  expect(postings?.count).toBe(1n);
});

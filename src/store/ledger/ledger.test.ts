import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { derivedUuid } from '../../base/uuid.ts';
import {
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from '../../ledger/inter-branch.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import { reversalOf } from '../../ledger/reversal.ts';
import type { AccountReference } from '../../ledger/service-operation.ts';
import { sqlFailure } from '../database.ts';
import { interBranchAccountOf, internalAccountOf } from './accounts.ts';
import { readOffBalance, readTrialBalance } from './balances.ts';
import { readEvent } from './journal.ts';
import { postEvent, postEvents } from './post.ts';
import {
  cellId,
  codeOf,
  context,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newEvent,
  newId,
  now,
} from './testing.ts';

const numberOf = (reference: AccountReference) =>
  'accountNumber' in reference ? reference.accountNumber : reference.glCode;

let bank: LedgerTestBank;
beforeAll(async () => {
  bank = await ledgerTestBank();
});
afterAll(async () => {
  await bank.drop();
});

describe('posting', () => {
  test('CORE-02 a deposit posts once, moves both balances, answers the same again', async () => {
    const deposit = newEvent([bank.move('A-cash', 'A-a1', 100_000n)]);
    const first = await bank.send(deposit);
    expect(first.ok && first.value).toMatchObject([{ bookId: 'A', accountingDate: firstDay }]);
    expect([await bank.balance('A-a1'), await bank.balance('A-cash')]).toEqual([
      100_000n,
      100_000n,
    ]);
    expect(await bank.send(deposit)).toEqual(first);
    expect(await bank.balance('A-a1')).toBe(100_000n);
    const other = { ...deposit, postings: newEvent([bank.move('A-cash', 'A-a1', 1n)]).postings };
    expect(codeOf(await bank.send(other))).toBe('posting_key_used');
    expect(
      codeOf(await bank.send({ ...deposit, context: { ...context, makerLogin: 'teller2' } })),
    ).toBe('posting_key_used');
  });

  test('one key sent 50 times at once has one effect and equal answers', async () => {
    const payment = newEvent([bank.move('A-a1', 'A-a2', 700n)]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => bank.send(payment)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(codeOf(present(answers[0], 'an answer'))).toBe('posted');
    expect(await bank.balance('A-a2')).toBe(700n);
  });

  test('one key with 20 contents at once: one is posted, the others are refused', async () => {
    const eventId = newId();
    const numbers = ['a3', 'a4', 'a5', 'a6'];
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const wanted = {
          ...newEvent([bank.move('A-cash', `A-${numbers[n % 4]}`, BigInt(n + 1))]),
          eventId,
        };
        const result = await bank.database.transaction(
          async (transaction) => await postEvent(transaction, { cellId, now, event: wanted }),
        );
        return result.ok ? 'posted' : result.code;
      }),
    );
    expect(answers.filter((answer) => answer === 'posted')).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(['posted', 'posting_key_used']));
  });

  test('CORE-03 a refused event leaves no line, also among accepted ones', async () => {
    const before = await bank.balance('A-a1');
    const wanted = [
      newEvent([bank.move('A-a1', 'A-a2', 10n)]),
      newEvent([bank.move('A-a1', 'A-a2', 5n), bank.move('A-a2', 'A-a3', 10n ** 12n)]),
      newEvent([bank.move('A-a1', 'A-a2', 20n)]),
    ];
    const answers = await bank.done((transaction) =>
      postEvents(transaction, { cellId, now, events: wanted }),
    );
    expect(answers.ok && answers.value.map(codeOf)).toEqual([
      'posted',
      'available_exceeded',
      'posted',
    ]);
    expect(await bank.balance('A-a1')).toBe(before - 30n);
  });

  test('10,000 transfers in one statement', async () => {
    const events = Array.from({ length: 10 }, () =>
      newEvent(
        Array.from({ length: 1_000 }, (_, n) =>
          bank.move(n % 2 === 0 ? 'A-cash' : 'A-a4', n % 2 === 0 ? 'A-a4' : 'A-a5', 1n),
        ),
      ),
    );
    const before = [await bank.balance('A-a4'), await bank.balance('A-a5')];
    const answers = await bank.done((transaction) =>
      postEvents(transaction, { cellId, now, events }),
    );
    expect(answers.ok && answers.value.every((answer) => answer.ok)).toBe(true);
    expect([await bank.balance('A-a4'), await bank.balance('A-a5')]).toEqual([
      before[0],
      present(before[1], 'a balance') + 5_000n,
    ]);
  });

  test('crossing transfers of 24 clients: no deadlock, no balance below zero', async () => {
    const numbers = ['A-a1', 'A-a2', 'A-a3', 'A-a4', 'A-a5', 'A-a6'];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const outcomes = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const seen: string[] = [];
        for (let turn = 0; turn < 12; turn += 1) {
          const from = random(6);
          const to = (from + 1 + random(5)) % 6;
          seen.push(
            codeOf(
              await bank.send(
                newEvent([
                  bank.move(numbers[from] ?? '', numbers[to] ?? '', BigInt(1 + random(900))),
                ]),
              ),
            ),
          );
        }
        return seen;
      }),
    );
    expect(new Set(outcomes.flat()).difference(new Set(['posted', 'available_exceeded']))).toEqual(
      new Set(),
    );
    await bank.expectWhole();
  });

  test('between two books each balances, and the inter-branch accounts sum to zero', async () => {
    const before = await bank.balance('A-a1');
    const wanted = await bank.done(async (transaction) => {
      const own = { cellId, openedOn: firstDay, openedLogin: 'x' };
      const fees = { bookId: 'B', glCode: '6021', currency: 'CNY' };
      const fee = await internalAccountOf(transaction, { ...own, ...fees, accountId: newId() });
      const debit = { accountId: bank.id('A-a1'), bookId: 'A' };
      const credit = { accountId: bank.id('B-b1'), bookId: 'B' };
      const vault = { accountId: bank.id('A-vault'), bookId: 'A' };
      const payment: WantedPostings = {
        transfers: [
          { debit, credit, amountMinor: 300n, currency: 'CNY' },
          { debit, credit: fee.ok ? fee.value : credit, amountMinor: 2n, currency: 'CNY' },
        ],
        memoranda: [{ account: vault, direction: 'in', amountMinor: 100n, subject: '权证1' }],
      };
      const between = new Map<string, string>();
      for (const key of interBranchAccountsNeeded(payment)) {
        const order = { ...own, ...key, accountId: newId() };
        const opened = await interBranchAccountOf(transaction, order);
        between.set(interBranchText(key), opened.ok ? opened.value.accountId : '');
      }
      const postings = routePostings(payment, (key) => between.get(interBranchText(key)) ?? '');
      return newEvent([], { postings });
    });
    const first = await bank.send(wanted);
    expect(first.ok && first.value.map(({ bookId }) => bookId)).toEqual(['A', 'B']);
    const second = first.ok ? (first.value[1]?.postingId ?? '') : '';
    const event = await readEvent(bank.database, cellId, second);
    expect(event.map(({ bookId, transfers }) => [bookId, transfers.length])).toEqual([
      ['A', 2],
      ['B', 2],
    ]);
    expect(event[0]?.memoranda).toMatchObject([{ direction: 'in', amountMinor: 100n }]);
    expect(await bank.send(wanted)).toEqual(first);
    expect([await bank.balance('A-a1'), await bank.balance('B-b1')]).toEqual([before - 302n, 300n]);
    const between = ['A-3003-B-CNY', 'B-3003-A-CNY', 'B-6021-CNY'];
    expect(await Promise.all(between.map(bank.balance))).toEqual([-302n, 302n, 2n]);
    const trial = await readTrialBalance(bank.database, cellId, firstDay);
    expect(trial.interBranch).toEqual([{ currency: 'CNY', sumMinor: 0n }]);
    const proof = trial.totals.map(({ bookId, differenceMinor }) => [bookId, differenceMinor]);
    expect(proof).toEqual([
      ['A', 0n],
      ['B', 0n],
    ]);
    expect(await readOffBalance(bank.database, cellId, firstDay)).toEqual([
      { bookId: 'A', glCode: '7101', currency: 'CNY', balanceMinor: 100n },
    ]);
    await bank.expectWhole();
  });

  test('a reversal brings all of an event back, once, and both stay', async () => {
    const paid = await bank.send(
      newEvent([bank.move('A-a1', 'A-a2', 40n), bank.move('A-a2', 'A-a3', 40n)]),
    );
    const postingId = paid.ok ? (paid.value[0]?.postingId ?? '') : '';
    const posted = await readEvent(bank.database, cellId, postingId);
    const before = await bank.balance('A-a3');
    const { transfers } = reversalOf({ transfers: posted[0]?.transfers ?? [], memoranda: [] });
    const back = newEvent(
      transfers.map(({ debit, credit, amountMinor, reversesTransferId }) => ({
        ...bank.move(numberOf(debit), numberOf(credit), amountMinor),
        reversesTransferId: reversesTransferId ?? '',
      })),
    );
    expect(codeOf(await bank.send(back))).toBe('posted');
    expect(await bank.balance('A-a3')).toBe(before - 40n);
    expect(codeOf(await bank.send({ ...back, eventId: newId() }))).toBe(
      'transfer_already_reversed',
    );
    const [reversed] = await readEvent(bank.database, cellId, postingId);
    expect(reversed?.transfers.every((transfer) => transfer.reversedByTransferId !== null)).toBe(
      true,
    );
    await bank.expectWhole();
  });
});

const zeros = '0'.repeat(64);

/** One transfer through the function that posts a plain one, as the application may call it. */
const plainOne = (amountMinor: string, debit: string, credit: string) =>
  `select post_one(1::smallint, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'A', 'CNY',
     '${firstDay}', ${amountMinor}, ${debit}, ${credit}, null, 0, 'r', 'c', 'n', 'A', 'm', null, null,
     null, null, '\\x${zeros}') as number`;

const accountId = (number: string) =>
  `(select account_id from account where account_number = '${number}')`;

/** What `write_postings` would write: a1 gives to a2, and `balance` is what a1 has then. */
const forged = (change: { amount?: string; balance?: string; maker?: string; credit?: string }) => {
  const { amount = '1', balance = 'b.balance_minor - 1', maker = 'm', credit = 'c.id' } = change;
  const nothing =
    "'{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'";
  return `select write_postings(1::smallint, array[p.id], array[p.id], array[1]::int2[], array['A'],
      array[date '${firstDay}'], array[0]::int8[], array['r'], array['c'], array['n'], array['A'],
      array['${maker}'], array['n'], array[null]::uuid[], array[null], array[null]::uuid[],
      array[1], array[0], array['\\x${zeros}'::bytea],
      array[p.id], array[p.id], array['A'], array['CNY'], array[date '${firstDay}'],
      array[date '${firstDay}'], array[${amount}]::int8[], array[b.account_id],
      array[b.entry_count + 1], array[b.balance_minor - 1], array[${credit}],
      array[c.entry_count + 1], array[c.balance_minor + 1], array[null]::uuid[],
      array[null]::uuid[], array[null],
      array[b.account_id, c.id], array[${balance}, c.balance_minor + 1], array[0, 0]::int8[],
      array[b.entry_count + 1, c.entry_count + 1], array[date '${firstDay}', date '${firstDay}'],
      array[1, 0]::int8[], array[0, 1]::int8[], ${nothing})
    from (select gen_random_uuid() as id) p,
      (select * from account_balance where account_id = ${accountId('A-a1')}) b,
      (select account_id as id, entry_count, balance_minor from account_balance
       where account_id = ${accountId('A-a2')}) c`;
};

describe('what the application may not do', () => {
  test.each([
    ['update transfer set amount_minor = 1', '42501'],
    ['delete from transfer', '42501'],
    ['truncate transfer', '42501'],
    ['insert into transfer select * from transfer limit 1', '42501'],
    ['insert into posting select * from posting limit 1', '42501'],
    ['insert into memorandum select * from memorandum limit 1', '42501'],
    ['update posting set maker_login = $$x$$', '42501'],
    ['delete from posting', '42501'],
    ['update memorandum set amount_minor = 1', '42501'],
    ['delete from account', '42501'],
    ['update account set book_id = $$B$$', '42501'],
    ['delete from account_balance', '42501'],
    ['update account_balance set balance_minor = balance_minor + 1', '42501'],
    ['update account_balance set entry_count = entry_count + 1', '42501'],
    ['alter table transfer add column x int', '42501'],
    ['drop view entry', '42501'],
    ['drop function post_one', '42501'],
    ["select nextval('posting_number')", '42501'],
    [forged({ balance: 'b.balance_minor + 1' }), '23514'],
    [forged({ balance: 'b.balance_minor' }), '23514'],
    [forged({ amount: '2' }), '23514'],
    [forged({ amount: '0' }), '23514'],
    [forged({ amount: '-1' }), '23514'],
    [forged({ credit: 'b.account_id' }), '23514'],
    [forged({ maker: 'n' }), '23514'],
  ])('%s', async (sql, state) => {
    const failure = await bank.database.query(sql).then(() => null, sqlFailure);
    expect(failure?.state).toBe(state);
  });

  test.each([
    ['nothing', plainOne('0', accountId('A-a1'), accountId('A-a2'))],
    ['less than nothing', plainOne('-5', accountId('A-a1'), accountId('A-a2'))],
    ['from an account to itself', plainOne('1', accountId('A-a1'), accountId('A-a1'))],
    ['more than there is', plainOne('99999999999999', accountId('A-a1'), accountId('A-a2'))],
    ['into another book', plainOne('1', accountId('A-a1'), accountId('B-b1'))],
    ['off the balance sheet', plainOne('1', accountId('A-a1'), accountId('A-vault'))],
  ])('a plain transfer of %s is not posted', async (_what, sql) => {
    const before = await bank.balance('A-a1');
    const [row] = await bank.database.query<{ number: bigint | null }>(sql).catch((error) => {
      expect(sqlFailure(error)?.state).toBe('HL001');
      return [];
    });
    expect(row?.number ?? null).toBeNull();
    expect(await bank.balance('A-a1')).toBe(before);
    await bank.expectWhole();
  });

  test('the same written rightly is taken, so the refusals above are about what they say', async () => {
    const before = await bank.balance('A-a1');
    await bank.database.query(plainOne('1', accountId('A-a1'), accountId('A-a2')));
    expect(await bank.balance('A-a1')).toBe(before - 1n);
    const tried = await bank.database.transaction(async (transaction) => {
      const rows = await transaction.query(forged({}));
      return refuse('rolled_back', { rows: String(rows.length) });
    });
    expect(tried).toMatchObject({ code: 'rolled_back', facts: { rows: '1' } });
  });
});

test('any random sequence keeps books balanced and chains of balances unbroken', async () => {
  const seed = randomBytes(4).readUInt32LE();
  console.info(`random postings, seed ${seed}`);
  let state = BigInt(seed) | 1n;
  const random = (below: number) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number((state >> 33n) % BigInt(below));
  };
  const numbers = ['A-cash', 'A-a1', 'A-a2', 'A-a3', 'A-a4', 'A-a5', 'A-a6', 'B-b1'];
  const pick = () => present(numbers[random(numbers.length)], 'a number');
  await bank.learnIds();
  const wanted = (): PostingEvent => {
    const amountMinor = BigInt(random(2_000) - 20);
    const eventId = derivedUuid(newId(), random(100));
    const inside = Array.from({ length: 1 + random(3) }, () => ({
      ...bank.move(pick(), pick(), BigInt(random(2_000) - 20)),
      ...(random(8) === 0 ? { upToAvailable: true as const } : {}),
      ...(random(8) === 0 ? { valueDate: random(2) === 0 ? '2026-11-03' : '2026-11-21' } : {}),
    }));
    if (random(4) > 0) return newEvent(inside, { eventId });
    const sent = bank.move('A-a1', 'A-3003-B-CNY', amountMinor);
    const received = bank.move('B-3003-A-CNY', 'B-b1', amountMinor + (random(5) === 0 ? 1n : 0n));
    const postings = [
      { bookId: 'A', transfers: [sent] },
      { bookId: 'B', transfers: [received] },
    ];
    return newEvent([], { eventId, postings });
  };
  const counts = new Map<string, number>();
  // All 100,000 in the long run, else as many as 20 s take.
  const isLong = process.env.TEST_LENGTH === 'long';
  const until = performance.now() + (isLong ? Number.POSITIVE_INFINITY : 20_000);
  const sent: PostingEvent[] = [];
  while (performance.now() < until && sent.length < 100_000) {
    const events = Array.from({ length: 1 + random(20) }, () =>
      random(10) === 0 ? (sent[random(sent.length + 1)] ?? wanted()) : wanted(),
    );
    sent.push(...events);
    const answers = await bank.done((transaction) =>
      postEvents(transaction, { cellId, now, events }),
    );
    for (const answer of answers.ok ? answers.value : [])
      counts.set(codeOf(answer), (counts.get(codeOf(answer)) ?? 0) + 1);
  }
  expect(counts.get('inter_branch_not_mirrored')).toBeGreaterThan(5);
  expect(counts.get('posted')).toBeGreaterThan(50);
  console.info(
    `${sent.length} events, seed ${seed}: ${JSON.stringify(Object.fromEntries(counts))}`,
  );
  await bank.expectWhole();
}, 1_200_000);

import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePreviousDate, rollAccountingDate } from './books.ts';
import { postPlain } from './plain.ts';
import { defaultKeyWindow, postAtOnce } from './post.ts';
import {
  cellId,
  codeOf,
  type LedgerTestBank,
  ledgerTestBank,
  newEvent,
  newId,
  now,
} from './testing.ts';

let bank: LedgerTestBank;
beforeAll(async () => {
  bank = await ledgerTestBank();
});
afterAll(async () => {
  await bank.drop();
});

const many = (count: number, date?: string) =>
  Array.from({ length: count }, (_, n) =>
    newEvent(
      n % 3 === 0
        ? [bank.move('A-cash', 'A-a1', 5n), bank.move('A-a1', 'A-a2', 5n)]
        : [bank.move('A-cash', n % 3 === 1 ? 'A-a3' : 'A-a4', 2n)],
      date === undefined ? {} : { accountingDate: date },
    ),
  );
const send = async (events: ReturnType<typeof many>) => {
  const answer = await postAtOnce(bank.database, { cellId, now, events });
  return answer.ok ? answer.value.map(codeOf) : [answer.code];
};

test('a large batch is posted whole, repeated whole, and numbered in its order', async () => {
  const events = many(300);
  const order = { cellId, now, events };
  const first = await postAtOnce(bank.database, order);
  expect(first.ok && first.value.every((one) => one.ok)).toBe(true);
  const numbers = (first.ok ? first.value : []).map((one) => (one.ok ? one.value[0] : undefined));
  const sorted = numbers.toSorted((a, b) =>
    Number((a?.postingNumber ?? 0n) - (b?.postingNumber ?? 0n)),
  );
  expect(numbers).toEqual(sorted);
  expect(await postAtOnce(bank.database, order)).toEqual(first);
  const balances = await Promise.all(['A-a1', 'A-a2', 'A-a3', 'A-a4'].map(bank.balance));
  expect(balances).toEqual([0n, 500n, 200n, 200n]);
  await bank.expectWhole();
});

test('one that does not fit sends the batch the long way, and alone is refused', async () => {
  const events = many(200);
  const tooMuch = newEvent([bank.move('A-a3', 'A-a4', 10n ** 9n)]);
  const codes = await send([...events, tooMuch]);
  expect(codes.slice(0, 200).every((code) => code === 'posted')).toBe(true);
  expect(codes[200]).toBe('available_exceeded');
  const elsewhere = newEvent([bank.move('A-a3', 'B-b1', 1n)]);
  expect((await send([...many(200), elsewhere])).at(-1)).toBe('account_in_other_book');
  await bank.expectWhole();
});

test('the first batch of a new date closes the day before on every account', async () => {
  await bank.done((transaction) => rollAccountingDate(transaction, cellId, '2026-11-21'));
  expect(new Set(await send(many(160, '2026-11-21')))).toEqual(new Set(['posted']));
  expect(new Set(await send(many(160)))).toEqual(new Set(['posted']));
  await bank.expectWhole();
});

test('what the application says is held against the locked rows', async () => {
  const events = many(3, '2026-11-21').map((event) => ({ event, contentHash: '0'.repeat(64) }));
  const order = { cellId, now, keyWindow: defaultKeyWindow, events };
  const before = await bank.balance('A-a2');
  for (const [from, to] of [
    ['$6::uuid[]', '$6::uuid[]'], // nothing changed: it is posted
    ['$6::uuid[]', '($6::uuid[])[1:1]'], // an account is not named
    ['$6::uuid[]', 'array(select gen_random_uuid() from unnest($6::uuid[]))'], // nobody's
    ['$4::text[]', "array_replace($4::text[], 'A', 'B')"],
    ['$7::int4[]', 'array(select g + 1 from unnest($7::int4[]) g)'],
    ['$26::int8[]', 'array_replace($26::int8[], 5, 0)'],
    ['$26::int8[]', 'array_replace($26::int8[], 2, null)'],
    ['$27::int4[]', 'coalesce($30::int4[], $27::int4[])'], // paid to itself
    ['$14::bytea', "$14::bytea || '\\x00'"],
  ] as const) {
    const posted = await bank.done((transaction) =>
      postPlain(
        {
          query: (sql, values, name) => {
            expect([name, sql.includes(from)]).toEqual(['post_plain', true]);
            return transaction.query(
              sql.replace(from, () => to),
              values,
            );
          },
        },
        {
          ...order,
          events: events.map((one) => ({ ...one, event: { ...one.event, eventId: newId() } })),
        },
      ),
    );
    expect([to, posted !== null]).toEqual([to, to === from]);
  }
  // Only the one that was written as it is.
  expect(await bank.balance('A-a2')).toBe(before + 5n);
  await bank.expectWhole();
});

test('batches that cross on the first postings of a date wait for each other, and all post', async () => {
  await bank.done(async (transaction) => {
    await closePreviousDate(transaction, cellId);
    return await rollAccountingDate(transaction, cellId, '2026-11-22');
  });
  const before = await bank.balance('A-a1');
  const names = ['A-a1', 'A-a2', 'A-a3', 'A-a4', 'A-a5', 'A-a6'];
  const round = (turn: number) =>
    names.flatMap((_, n) => {
      const name = (step: number) => names[(n * turn + step) % names.length] ?? 'A-a1';
      const transfers = [bank.move('A-cash', name(0), 3n), bank.move(name(0), 'A-cash', 3n)];
      return [newEvent(transfers, { accountingDate: '2026-11-22' })];
    });
  const batches = Array.from({ length: 24 }, (_, n) => round(1 + (n % 5)));
  const codes = await Promise.all(batches.map(send));
  expect(new Set(codes.flat())).toEqual(new Set(['posted']));
  expect(await bank.balance('A-a1')).toBe(before);
  await bank.expectWhole();
});

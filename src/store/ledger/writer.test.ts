import { afterAll, beforeAll, expect, test } from 'vitest';
import { readJournal } from './journal.ts';
import { postAtOnce } from './post.ts';
import { cellId, codeOf, type LedgerTestBank, ledgerTestBank, newEvent, now } from './testing.ts';
import { openLedgerWriter, type WriterAnswer } from './writer.ts';

let bank: LedgerTestBank;
beforeAll(async () => {
  bank = await ledgerTestBank();
});
afterAll(async () => {
  await bank.drop();
});

const writer = () => openLedgerWriter(bank.database, { cellId, now: () => now });
const codesOf = (answers: readonly WriterAnswer[]) =>
  answers.map((answer) => (answer.ok ? 'posted' : answer.code));

test('one event in one round trip: posted, repeated, refused, with another content', async () => {
  const send = async (event: ReturnType<typeof newEvent>) => {
    const posted = await postAtOnce(bank.database, { cellId, now, events: [event] });
    return posted.ok ? posted.value[0] : posted;
  };
  const deposit = newEvent([bank.move('A-cash', 'A-a1', 5_000n)]);
  const first = await send(deposit);
  expect(first).toMatchObject({ ok: true, value: [{ bookId: 'A' }] });
  expect(await send(deposit)).toEqual(first);
  const other = newEvent([bank.move('A-cash', 'A-a1', 5n)], { eventId: deposit.eventId });
  expect(await send(other)).toMatchObject({ code: 'posting_key_used' });
  for (const [from, to] of [
    ['A-a1', 'A-a2'],
    ['A-a2', 'A-a1'],
  ] as const) {
    const tooMuch = newEvent([bank.move(from, to, 10n ** 9n)]);
    expect(await send(tooMuch)).toMatchObject({ code: 'available_exceeded' });
  }
  expect([await bank.balance('A-a1'), await bank.balance('A-a2')]).toEqual([5_000n, 0n]);
  await bank.expectWhole();
});

test('what queues goes into one commit; a member that fails does not disturb the others', async () => {
  const { post } = writer();
  const good = Array.from({ length: 20 }, () => newEvent([bank.move('A-cash', 'A-a3', 10n)]));
  const bad = newEvent([bank.move('A-a4', 'A-a3', 10n ** 9n)]);
  const twice = newEvent([bank.move('A-cash', 'A-a3', 1n)]);
  const events = [...good.slice(0, 10), twice, bad, ...good.slice(10), twice];
  const answers = await Promise.all(events.map(post));
  expect(codesOf(answers)).toEqual(
    events.map((event) => (event === bad ? 'available_exceeded' : 'posted')),
  );
  expect(answers[10]).toEqual(answers.at(-1));
  expect(await bank.balance('A-a3')).toBe(201n);
  await bank.expectWhole();
});

test('one key 50 times at once through the writer: one effect, equal answers', async () => {
  const { post } = writer();
  const payment = newEvent([bank.move('A-a1', 'A-a2', 70n)]);
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(payment)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(codesOf(answers.slice(0, 1))).toEqual(['posted']);
  expect(await bank.balance('A-a2')).toBe(70n);
});

test('one key 50 times at once, each in a transaction of its own: one effect', async () => {
  const payment = newEvent([bank.move('A-a1', 'A-a5', 30n)]);
  const order = { cellId, now, events: [payment] };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => postAtOnce(bank.database, order)),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await bank.balance('A-a5')).toBe(30n);
});

test('the plain way and the long way write the same', async () => {
  const moves = [
    ['A-cash', 'A-a6', 900n],
    ['A-a6', 'A-a5', 300n],
    ['A-a5', 'A-a6', 20n],
  ] as const;
  const transfers = moves.map(([from, to, amount]) => bank.move(from, to, amount));
  const plain = newEvent(transfers);
  // A value date of another day takes the long way.
  const long = newEvent(transfers.map((one) => ({ ...one, valueDate: '2026-11-19' })));
  const before = await bank.balance('A-a6');
  for (const event of [plain, long]) expect(codeOf(await bank.send(event))).toBe('posted');
  expect(await bank.balance('A-a6')).toBe(before + 2n * 620n);
  const shown = await Promise.all(
    [plain, long].map((event) =>
      readJournal(bank.database, cellId, { businessReference: 'R1' }).then((all) =>
        all
          .filter((posting) => posting.eventId === event.eventId)
          .flatMap((posting) =>
            posting.transfers.map((one) => [
              ...[one.debitAccountNumber, one.creditAccountNumber, one.amountMinor, one.narrative],
            ]),
          ),
      ),
    ),
  );
  expect(shown[0]).toEqual(shown[1]);
  await bank.expectWhole();
});

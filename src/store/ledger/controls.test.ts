import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { ok } from '../../base/result.ts';
import { availableMinor } from '../../ledger/account.ts';
import { findAccount } from './accounts.ts';
import { releaseExpired } from './control/expiry.ts';
import { liftJudicialFreeze, placeJudicialFreeze, readJudicialLine } from './control/judicial.ts';
import { placePending, postingOfPending } from './control/pending.ts';
import { endHold, placeHold, placeRestriction, restrictionKinds } from './controls.ts';
import {
  cellId,
  codeOf,
  firstDay,
  type LedgerTestBank,
  ledgerTestBank,
  newEvent,
  newId,
  now,
} from './testing.ts';
import { readAdjustments } from './value-dates.ts';

let bank: LedgerTestBank;
beforeAll(async () => {
  bank = await ledgerTestBank();
  const funds = ['A-a1', 'A-a2', 'A-a3', 'A-a4', 'A-a5', 'A-a6'].map((number) =>
    bank.move('A-cash', number, 1_000n),
  );
  await bank.send(newEvent(funds));
});
afterAll(async () => {
  await bank.drop();
});

const orderOn = (number: string) => ({
  ...{ cellId, accountId: bank.id(number), at: now, login: 'clerk', accountingDate: firstDay },
  ...{ processInstanceId: null, newId: newId() },
});
const available = async (number: string) =>
  availableMinor(present(await findAccount(bank.database, cellId, number), number));
const pendingOrder = (amountMinor: bigint, change: { expiresAt?: number } = {}) => ({
  ...{ cellId, holdId: newId(), bookId: 'A', transfer: bank.move('A-a1', 'A-a2', amountMinor) },
  ...{ expiresAt: null, purpose: 'card', at: now, accountingDate: firstDay, login: 'clerk' },
  ...{ processInstanceId: null, ...change },
});
const place = async (order: ReturnType<typeof pendingOrder>) =>
  await bank.done((transaction) => placePending(transaction, order));

describe('a pending transfer', () => {
  test('keeps its amount, is posted in part once, and what is left is free again', async () => {
    const order = pendingOrder(600n);
    const placed = await place(order);
    expect(placed).toMatchObject({ ok: true, value: { remainingMinor: 600n } });
    expect(await place(order)).toEqual(placed);
    expect(await place({ ...order, transfer: bank.move('A-a1', 'A-a2', 1n) })).toMatchObject({
      code: 'posting_key_used',
    });
    expect(await available('A-a1')).toBe(400n);
    expect(codeOf(await bank.send(newEvent([bank.move('A-a1', 'A-a2', 401n)])))).toBe(
      'available_exceeded',
    );
    const hold = present(placed.ok ? placed.value : null, 'the pending transfer');
    const elsewhere = { ...postingOfPending(hold, 'CNY', 10n), creditAccountId: bank.id('A-a3') };
    expect(codeOf(await bank.send(newEvent([elsewhere])))).toBe('pending_accounts_differ');
    expect(codeOf(await bank.send(newEvent([postingOfPending(hold, 'CNY', 601n)])))).toBe(
      'hold_exceeded',
    );
    expect(codeOf(await bank.send(newEvent([postingOfPending(hold, 'CNY', 450n)])))).toBe('posted');
    expect([await bank.balance('A-a1'), await available('A-a1')]).toEqual([550n, 550n]);
    expect(codeOf(await bank.send(newEvent([postingOfPending(hold, 'CNY', 1n)])))).toBe(
      'hold_not_active',
    );
    await bank.expectWhole();
  });

  test('is refused as the transfer would be, and needs an account that it lowers', async () => {
    expect(await place(pendingOrder(551n))).toMatchObject({ code: 'available_exceeded' });
    expect(await place(pendingOrder(0n))).toMatchObject({ code: 'amount_not_positive' });
    const receipt = { ...pendingOrder(5n), transfer: bank.move('A-cash', 'A-a1', 5n) };
    expect(await place(receipt)).toMatchObject({ code: 'pending_without_payer' });
    expect(await place(pendingOrder(5n, { expiresAt: now }))).toMatchObject({
      code: 'hold_not_active',
    });
  });

  test('voided or expired it moves nothing; the daily job releases by its instant', async () => {
    const voided = pendingOrder(100n);
    const dying = pendingOrder(200n, { expiresAt: now + 1_000 });
    for (const order of [voided, dying]) expect((await place(order)).ok).toBe(true);
    const account = { cellId, accountId: bank.id('A-a1'), at: now };
    await bank.done((transaction) =>
      endHold(transaction, { ...account, holdId: voided.holdId, as: 'released' }),
    );
    expect(await available('A-a1')).toBe(350n);
    const daily = { cellId, accountingDate: firstDay, login: 'system' };
    const none = ok({ holds: 0, restrictions: 0, accountsMoved: 0 });
    expect(await releaseExpired(bank.database, { ...daily, at: now + 999 })).toEqual(none);
    expect(await releaseExpired(bank.database, { ...daily, at: now + 1_000 })).toEqual(
      ok({ holds: 1, restrictions: 0, accountsMoved: 1 }),
    );
    expect(await releaseExpired(bank.database, { ...daily, at: now + 1_000 })).toEqual(none);
    expect(await available('A-a1')).toBe(550n);
    await bank.expectWhole();
  });
});

test('whatever is available: the amount that is posted is what may leave', async () => {
  const before = await bank.balance('A-a2');
  const held = orderOn('A-a2');
  await bank.done((transaction) =>
    placeHold(transaction, { ...held, amountMinor: 100n, purpose: 'x', expiresAt: null }),
  );
  const sweep = newEvent([{ ...bank.move('A-a2', 'A-a3', 10n ** 12n), upToAvailable: true }]);
  expect(codeOf(await bank.send(sweep))).toBe('posted');
  expect([await bank.balance('A-a2'), await bank.balance('A-a3')]).toEqual([
    100n,
    1_000n + before - 100n,
  ]);
  expect(codeOf(await bank.send({ ...sweep, eventId: newId() }))).toBe('nothing_available');
  expect(codeOf(await bank.send(sweep))).toBe('posted');
  await bank.expectWhole();
});

describe('judicial freezes stand in line (轮候冻结)', () => {
  const freeze = async (number: string, change: { amount?: bigint; until?: string } = {}) => {
    const order = {
      ...orderOn(number),
      ...{ orderedBy: '某某市人民法院', documentNumber: '(2026)执1号' },
      ...{ amountMinor: change.amount ?? null, frozenUntil: change.until ?? '2027-11-20' },
    };
    const placed = await bank.done((transaction) => placeJudicialFreeze(transaction, order));
    return [order.newId, placed.ok ? placed.value : placed.code] as const;
  };
  const lift = async (number: string, freezeId: string) =>
    await bank.done((transaction) =>
      liftJudicialFreeze(transaction, { ...orderOn(number), freezeId }),
    );
  const line = async (number: string) =>
    (await readJudicialLine(bank.database, cellId, bank.id(number))).map(({ status }) => status);

  test('the second waits, takes effect when the first is lifted, and the third after it', async () => {
    const [first, one] = await freeze('A-a4');
    const [second, two] = await freeze('A-a4', { amount: 1_500n });
    const [third, three] = await freeze('A-a4');
    expect([one, two, three]).toEqual(['in_effect', 'waiting', 'waiting']);
    expect(codeOf(await bank.send(newEvent([bank.move('A-a4', 'A-a5', 1n)])))).toBe(
      'account_debits_blocked',
    );
    expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-a4', 600n)])))).toBe('posted');
    await lift('A-a4', first);
    expect(await line('A-a4')).toEqual(['lifted', 'in_effect', 'waiting']);
    expect(await available('A-a4')).toBe(100n);
    expect(codeOf(await bank.send(newEvent([bank.move('A-a4', 'A-a5', 101n)])))).toBe(
      'available_exceeded',
    );
    await lift('A-a4', third);
    await lift('A-a4', second);
    expect(await line('A-a4')).toEqual(['lifted', 'lifted', 'lifted']);
    expect(await available('A-a4')).toBe(1_600n);
    expect(await lift('A-a4', second)).toMatchObject({ code: 'freeze_unknown' });
    await bank.expectWhole();
  });

  test('one that only waited may expire; the next in line takes effect by date', async () => {
    await freeze('A-a5', { until: '2026-12-01' });
    await freeze('A-a5', { until: '2026-11-25' });
    await freeze('A-a5', { until: '2027-01-01', amount: 5_000n });
    const daily = { cellId, at: now, login: 'system' };
    await releaseExpired(bank.database, { ...daily, accountingDate: '2026-11-30' });
    expect(await line('A-a5')).toEqual(['in_effect', 'expired', 'waiting']);
    await releaseExpired(bank.database, { ...daily, accountingDate: '2026-12-01' });
    expect(await line('A-a5')).toEqual(['expired', 'expired', 'in_effect']);
    expect(await available('A-a5')).toBe(0n);
    await releaseExpired(bank.database, { ...daily, accountingDate: '2027-01-01' });
    expect(await available('A-a5')).toBe(1_000n);
    expect(await freeze('A-a5', { until: firstDay })).toEqual([
      expect.anything(),
      'freeze_date_not_valid',
    ]);
    await bank.expectWhole();
  });
});

test('every kind of control stands beside the others; one with a last day ends by itself', async () => {
  for (const [kind, effect] of Object.entries(restrictionKinds)) {
    const restriction = { kind: kind as keyof typeof restrictionKinds, effect, reason: 'x' };
    const order = { ...restriction, orderedBy: 'y', documentNumber: null };
    const until = effect === 'all_blocked' ? { effectiveTo: '2026-11-21' } : {};
    const placed = await bank.done((transaction) =>
      placeRestriction(transaction, { ...orderOn('A-a6'), ...order, ...until }),
    );
    expect(placed.ok).toBe(true);
  }
  expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-a6', 1n)])))).toBe(
    'account_credits_blocked',
  );
  const order = { cellId, at: now, accountingDate: '2026-11-21', login: 'system' };
  expect(await releaseExpired(bank.database, order)).toMatchObject({ value: { restrictions: 2 } });
  expect(codeOf(await bank.send(newEvent([bank.move('A-cash', 'A-a6', 1n)])))).toBe('posted');
  expect(codeOf(await bank.send(newEvent([bank.move('A-a6', 'A-a5', 1n)])))).toBe(
    'account_debits_blocked',
  );
});

test('a back-valued posting writes one adjustment for each customer account, and only once', async () => {
  const dated = { ...bank.move('A-a3', 'A-a1', 40n), valueDate: '2026-11-10' };
  const event = newEvent([dated, { ...bank.move('A-cash', 'A-a1', 7n), valueDate: '2026-11-21' }]);
  for (let turn = 0; turn < 2; turn += 1) expect(codeOf(await bank.send(event))).toBe('posted');
  const adjustments = await readAdjustments(bank.database, {
    ...{ cellId, accountingDate: firstDay },
    ...{ fromAccountId: '00000000-0000-0000-0000-000000000000' },
    ...{ beforeAccountId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' },
  });
  const shown = adjustments.map((one) => [one.accountId, one.changeMinor, one.days]);
  expect(shown.toSorted()).toEqual(
    [
      [bank.id('A-a1'), 40n, 10],
      [bank.id('A-a1'), 7n, -1],
      [bank.id('A-a3'), -40n, 10],
    ].toSorted(),
  );
  await bank.expectWhole();
});

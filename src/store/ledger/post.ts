import { hash } from 'node:crypto';
import { assert, present } from '../../base/assert.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import {
  decidePostings,
  type HashedEvent,
  type KeyWindow,
  type LedgerDecision,
} from '../../ledger/decide.ts';
import { eventContent, type PostingEvent, postingIdOf } from '../../ledger/posting.ts';
import type { PostingRefusal } from '../../ledger/refusals.ts';
import type { Hold } from '../../ledger/rows.ts';
import {
  type Database,
  type DatabaseRefusalCode,
  DatabaseUnavailable,
  sqlFailure,
  type Transaction,
} from '../database.ts';
import {
  lockAccounts,
  lockHolds,
  type PostingReceipt,
  readKnown,
  readReversible,
} from './locked.ts';
import { postOnePlain, postPlain } from './plain.ts';
import { readValueDateRule, writeAdjustments } from './value-dates.ts';
import { writePostings } from './write.ts';

/** now: ms UTC. keyWindow: how long a key is surely found again; see `defaultKeyWindow`. */
export type PostOrder = {
  readonly cellId: number;
  readonly now: number;
  readonly events: readonly PostingEvent[];
  readonly keyWindow?: KeyWindow;
};

/** The answer for one event, the same when the event is sent again. */
export type PostAnswer = Result<readonly PostingReceipt[], PostingRefusal>;

/** 400 days back, five minutes ahead: keys are kept for ever, but older ones are not trusted. */
export const defaultKeyWindow: KeyWindow = { keptMs: 400 * 86_400_000, aheadMs: 300_000 };

/**
 * Posts one event or ten thousand. When all are plain and nothing is in the way, one statement does
 * it (`postPlain`). Else: locks their accounts in the order of their ids, reads balances once,
 * decides in the order given, writes what was accepted in one statement. Each event has its own
 * answer; a refused one leaves no trace and does not disturb the others. The refusal of the whole,
 * posting_key_used, means that another transaction used a key with another content in this moment:
 * roll back, and send the events again one by one.
 */
export async function postEvents(
  transaction: Transaction,
  order: PostOrder,
): Promise<Result<readonly PostAnswer[], 'posting_key_used'>> {
  const hashed = order.events.map(withHash);
  const plain = await postPlain(transaction, plainOrder(order, hashed));
  if (plain !== null) return ok(plain.map((receipt) => ok([receipt])));
  return await postLocked(transaction, order, hashed);
}

function plainOrder(order: PostOrder, hashed: readonly HashedEvent[]) {
  const { cellId, now, keyWindow = defaultKeyWindow } = order;
  return { cellId, now, keyWindow, events: hashed };
}

/**
 * Posts events in a transaction of their own, durable when this answers: in one round trip when all
 * are plain. After database_unavailable send the same events again; what was posted is repeated.
 */
export async function postAtOnce(
  database: Database,
  order: PostOrder,
): Promise<Result<readonly PostAnswer[], 'posting_key_used' | DatabaseRefusalCode>> {
  const hashed = order.events.map(withHash);
  try {
    const plain = await postPlainAtOnce(database, plainOrder(order, hashed));
    if (plain !== null) return ok(plain.map((receipt) => ok([receipt])));
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return refuse('database_unavailable', { committed: 'unknown' });
  }
  return await database.transaction((transaction) => postLocked(transaction, order, hashed));
}

async function postPlainAtOnce(
  database: Database,
  order: ReturnType<typeof plainOrder>,
): Promise<readonly PostingReceipt[] | null> {
  try {
    const one = order.events.length === 1 ? await postOnePlain(database, order) : null;
    // An account's first posting of a day closes the day before, which only the larger one does.
    return one === null ? await postPlain(database, order) : [one];
  } catch (error) {
    // Key used, deadlock, lock limit: the long way says which.
    if (longWayStates.has(sqlFailure(error)?.state ?? '')) return null;
    throw error;
  }
}

const longWayStates = new Set(['23505', '40P01', '40001', '55P03']);

async function postLocked(
  transaction: Transaction,
  order: PostOrder,
  hashed: readonly HashedEvent[],
): Promise<Result<readonly PostAnswer[], 'posting_key_used'>> {
  const { cellId, events } = order;
  const reversedIds = transferFacts(events, (transfer) => transfer.reversesTransferId);
  const holdIds = transferFacts(events, (transfer) => transfer.holdId);
  const accounts = await lockAccounts(transaction, cellId, accountIdsOf(events));
  // After the locks: a repeated event waits for the first one there, and finds its posting here.
  const { known, receipts, openDates } = await readKnown(transaction, cellId, postingIdsOf(events));
  const holds: ReadonlyMap<string, Hold> =
    holdIds.length === 0 ? new Map() : await lockHolds(transaction, cellId, holdIds);
  const reversible =
    reversedIds.length === 0 ? new Map() : await readReversible(transaction, cellId, reversedIds);
  const valueDates = await readValueDateRule(transaction, cellId, events);
  const decision = decidePostings(
    {
      valueDates,
      now: order.now,
      keyWindow: order.keyWindow ?? defaultKeyWindow,
      openDates,
      accounts,
      known,
      holds,
      reversible,
    },
    hashed,
  );
  const written = await write(transaction, cellId, decision, accounts, order.now);
  if (!written.ok) return written;
  const all = new Map([...receipts, ...written.value]);
  return ok(events.map((event, index) => answerOf(event, decision, index, all)));
}

/** Posts one event; a refusal of the ledger is the answer. */
export async function postEvent(
  transaction: Transaction,
  order: Omit<PostOrder, 'events'> & { readonly event: PostingEvent },
): Promise<PostAnswer> {
  const { event, ...rest } = order;
  const answers = await postEvents(transaction, { ...rest, events: [event] });
  return answers.ok ? present(answers.value[0], 'the answer of the event') : answers;
}

function withHash(event: PostingEvent): HashedEvent {
  return { event, contentHash: hash('sha256', eventContent(event)) };
}

function answerOf(
  event: PostingEvent,
  decision: LedgerDecision,
  index: number,
  receipts: ReadonlyMap<string, PostingReceipt>,
): PostAnswer {
  const verdict = present(decision.verdicts[index], 'the verdict of the event');
  if (verdict.outcome === 'refused') return verdict.refusal;
  return ok(
    event.postings.map((_posting, posting) =>
      present(receipts.get(postingIdOf(event.eventId, posting)), 'the receipt of the posting'),
    ),
  );
}

async function write(
  transaction: Transaction,
  cellId: number,
  decision: LedgerDecision,
  before: Awaited<ReturnType<typeof lockAccounts>>,
  now: number,
): Promise<Result<ReadonlyMap<string, PostingReceipt>, 'posting_key_used'>> {
  if (decision.rows.postings.length === 0) return ok(new Map());
  try {
    const written = await writePostings(transaction, { cellId, decision, before, now });
    await writeAdjustments(transaction, cellId, decision, before);
    return ok(written);
  } catch (error) {
    const taken = keyTaken(error);
    if (taken === null) throw error;
    return taken;
  }
}

/** Two transactions with one key but other accounts do not wait for each other; the index does. */
function keyTaken(error: unknown): Refusal<'posting_key_used'> | null {
  const failure = sqlFailure(error);
  const ours = failure?.state === '23505' && /^(posting|transfer)_pkey$/.test(failure.constraint);
  return ours ? refuse('posting_key_used', {}) : null;
}

function accountIdsOf(events: readonly PostingEvent[]): string[] {
  const ids = events.flatMap(({ postings }) =>
    postings.flatMap(({ transfers, memoranda }) => [
      ...transfers.flatMap((transfer) => [transfer.debitAccountId, transfer.creditAccountId]),
      ...(memoranda ?? []).map((memorandum) => memorandum.accountId),
    ]),
  );
  return [...new Set(ids)];
}

function postingIdsOf(events: readonly PostingEvent[]): string[] {
  return events.flatMap(({ eventId, postings }) =>
    postings.map((_posting, index) => postingIdOf(eventId, index)),
  );
}

function transferFacts(
  events: readonly PostingEvent[],
  fact: (transfer: PostingEvent['postings'][number]['transfers'][number]) => string | undefined,
): string[] {
  const found = events.flatMap(({ postings }) =>
    postings.flatMap(({ transfers }) => transfers.map(fact)),
  );
  assert(
    found.every((id) => id === undefined || id !== ''),
    'an id is not empty',
  );
  return [...new Set(found.filter((id) => id !== undefined))];
}

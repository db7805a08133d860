import { assert } from '../../base/assert.ts';
import { uuidInstant } from '../../base/uuid.ts';
import type { HashedEvent, KeyWindow } from '../../ledger/decide.ts';
import {
  type BookPosting,
  type LedgerTransfer,
  postingIdOf,
  TRANSFERS_PER_POSTING_MAX,
  transferIdOf,
} from '../../ledger/posting.ts';
import { type Queries, sqlFailure } from '../database.ts';
import { arrayText, type Element, sharedArrayText } from './arrays.ts';
import type { PostingReceipt } from './locked.ts';

/** An event of one posting whose transfers name nothing but accounts and amounts. */
export type PlainEvent = HashedEvent & {
  readonly posting: BookPosting;
  readonly postingId: string;
};

export type PlainOrder = {
  readonly cellId: number;
  readonly now: number;
  readonly keyWindow: KeyWindow;
  readonly events: readonly HashedEvent[];
};

/** A plain transfer is at most this; the function refuses to decide above it. */
const amountMinorMax = 100_000_000_000_000_000n;

/**
 * Posts events in one statement that locks, checks and writes, when all of them are plain and
 * nothing stands against any of them; the receipts in their order. Null: nothing is posted, and the
 * rules in src/ledger must say what is in the way. The statement knows no reason, only "all well".
 */
export async function postPlain(
  queries: Queries,
  order: PlainOrder,
): Promise<readonly PostingReceipt[] | null> {
  const events = plainEvents(order);
  const date = events?.[0]?.event.accountingDate;
  if (!events || date === undefined) return null;
  const transfers = events.flatMap(({ posting, postingId }, index) =>
    posting.transfers.map((transfer, nth) => ({
      transfer,
      postingId,
      nth,
      of: index + 1,
      posting,
    })),
  );
  const ofEvents = eventArrays(events);
  const ofTransfers = transferColumns.map(([type, value]) => arrayText(type, transfers.map(value)));
  const [row] = await queries.query<{ numbers: bigint[] | null }>(
    manySql,
    [order.cellId, date, order.now, ...ofEvents, ...ofTransfers],
    'post_plain',
  );
  const numbers = row?.numbers ?? null;
  if (numbers === null) return null;
  return events.map((event, index) => receiptOf(event, numbers[index] ?? 0n));
}

/**
 * Posts one event of one plain transfer in a transaction of its own: one round trip, one commit.
 * Null as with `postPlain`.
 */
export async function postOnePlain(
  queries: Queries,
  order: PlainOrder,
): Promise<PostingReceipt | null> {
  const [one] = plainEvents(order) ?? [];
  const [transfer, second] = one?.posting.transfers ?? [];
  if (one === undefined || transfer === undefined || second !== undefined) return null;
  const { event, posting, postingId } = one;
  const { context } = event;
  try {
    const [row] = await queries.query<{ number: bigint | null }>(
      oneSql,
      [
        ...[order.cellId, postingId, transferIdOf(postingId, 0), event.eventId, posting.bookId],
        ...[transfer.currency, event.accountingDate, transfer.amountMinor],
        ...[transfer.debitAccountId, transfer.creditAccountId, transfer.narrative ?? null],
        ...[order.now, context.businessReference, context.transactionCode, context.narrative],
        ...[context.operatingUnitCode, context.makerLogin, context.authoriserLogin],
        ...[context.processInstanceId, context.activity, context.taskId],
        Buffer.from(one.contentHash, 'hex'),
      ],
      'post_one',
    );
    const number = row?.number ?? null;
    return number === null ? null : receiptOf(one, number);
  } catch (error) {
    // Not plain after all, key used, deadlock, lock limit: the long way says which.
    if (longWayStates.has(sqlFailure(error)?.state ?? '')) return null;
    throw error;
  }
}

const longWayStates = new Set(['HL001', '23505', '40P01', '40001', '55P03']);

/** What the maker of a plain event is told. */
export function receiptOf(
  { event, posting, postingId }: PlainEvent,
  number: bigint,
): PostingReceipt {
  const { accountingDate } = event;
  return { postingId, postingNumber: number, bookId: posting.bookId, accountingDate };
}

/** The events when all are plain and of one date, else null. */
export function plainEvents({ events, now, keyWindow }: PlainOrder): readonly PlainEvent[] | null {
  const plain: PlainEvent[] = [];
  const date = events[0]?.event.accountingDate;
  for (const hashed of events) {
    const { event } = hashed;
    const [posting, second] = event.postings;
    const madeAt = uuidInstant(event.eventId);
    const { makerLogin, authoriserLogin } = event.context;
    assert(authoriserLogin !== makerLogin, 'the maker of a posting is not its authoriser');
    if (posting === undefined || second !== undefined || madeAt === null) return null;
    if (madeAt < now - keyWindow.keptMs || madeAt > now + keyWindow.aheadMs) return null;
    if (event.accountingDate !== date || !isPlain(posting, date)) return null;
    plain.push({ ...hashed, posting, postingId: postingIdOf(event.eventId, 0) });
  }
  return plain;
}

function isPlain({ transfers, memoranda }: BookPosting, date: string): boolean {
  if (transfers.length === 0 || transfers.length > TRANSFERS_PER_POSTING_MAX) return false;
  if (memoranda !== undefined && memoranda.length > 0) return false;
  return transfers.every((one) => isPlainTransfer(one, date));
}

function isPlainTransfer(transfer: LedgerTransfer, date: string): boolean {
  const { amountMinor, reversesTransferId, holdId, valueDate, upToAvailable } = transfer;
  if (amountMinor <= 0n || amountMinor > amountMinorMax) return false;
  if (reversesTransferId !== undefined || holdId !== undefined || upToAvailable) return false;
  return valueDate === undefined || valueDate === date;
}

type Column<Row> = readonly [type: string, value: (row: Row) => Element];

/** One array for each column of the postings, in the order in which the functions take them. */
export function eventArrays(events: readonly PlainEvent[]): string[] {
  return eventColumns.map(([type, value], n) => {
    const column = events.map(value);
    return n < firstShared ? arrayText(type, column) : sharedArrayText(type, column);
  });
}

/** Types of `eventArrays`. */
export const eventTypes = (): string[] => eventColumns.map(([type]) => `${type}[]`);

const eventColumns: readonly Column<PlainEvent>[] = [
  ['uuid', ({ postingId }) => postingId],
  ['uuid', ({ event }) => event.eventId],
  ['int4', ({ posting }) => posting.transfers.length],
  ['bytea', ({ contentHash }) => `\\x${contentHash}`],
  ['text', ({ posting }) => posting.bookId],
  ['text', ({ event }) => event.context.businessReference],
  ['text', ({ event }) => event.context.transactionCode],
  ['text', ({ event }) => event.context.narrative],
  ['text', ({ event }) => event.context.operatingUnitCode],
  ['text', ({ event }) => event.context.makerLogin],
  ['text', ({ event }) => event.context.authoriserLogin],
  ['uuid', ({ event }) => event.context.processInstanceId],
  ['text', ({ event }) => event.context.activity],
  ['uuid', ({ event }) => event.context.taskId],
];

/** From here on a column that is the same for all events is sent once. */
const firstShared = 4;

type PlainTransfer = {
  readonly transfer: LedgerTransfer;
  readonly posting: BookPosting;
  readonly postingId: string;
  readonly nth: number;
  readonly of: number;
};

const transferColumns: readonly Column<PlainTransfer>[] = [
  ['uuid', ({ postingId, nth }) => transferIdOf(postingId, nth)],
  ['int4', ({ of }) => of],
  ['text', ({ posting, transfer }) => `${posting.bookId} ${transfer.currency}`],
  ['int8', ({ transfer }) => transfer.amountMinor],
  ['uuid', ({ transfer }) => transfer.debitAccountId],
  ['uuid', ({ transfer }) => transfer.creditAccountId],
  ['text', ({ transfer }) => transfer.narrative ?? null],
];

const arrays = [...eventColumns, ...transferColumns].map(
  ([type], index) => `$${index + 4}::${type}[]`,
);
const manySql = `select post_plain($1::smallint, $2::date, $3::int8, ${arrays.join(', ')}) as numbers`;

const oneSql = `select post_one($1::smallint, ${[
  ...['uuid', 'uuid', 'uuid', 'text', 'text', 'date', 'int8', 'uuid', 'uuid', 'text', 'int8'],
  ...['text', 'text', 'text', 'text', 'text', 'text', 'uuid', 'text', 'uuid', 'bytea'],
]
  .map((type, index) => `$${index + 2}::${type}`)
  .join(', ')}) as number`;

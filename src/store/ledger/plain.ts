import { assert } from '../../base/assert.ts';
import { uuidInstant } from '../../base/uuid.ts';
import type { HashedEvent, KeyWindow } from '../../ledger/decide.ts';
import {
  type BookPosting,
  type LedgerTransfer,
  type PostingContext,
  postingIdOf,
  TRANSFERS_PER_POSTING_MAX,
  transferIdOf,
} from '../../ledger/posting.ts';
import { type Parameter, type Queries, sqlFailure } from '../database.ts';
import {
  arrayText,
  type Element,
  int4Array,
  int8Array,
  sharedArrayText,
  uuidArray,
} from './arrays.ts';
import type { PostingReceipt } from './locked.ts';
import { addUp, type Sums } from './sums.ts';

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
  const sums = addUp(events);
  if (sums === null) return null;
  const [row] = await queries.query<{ numbers: bigint[] | null }>(
    manySql,
    [
      ...[order.cellId, date, order.now, ...accountArrays(sums)],
      ...[...postingArrays(events, sums), ...transferArrays(sums)],
    ],
    'post_plain',
  );
  const numbers = row?.numbers ?? null;
  if (numbers === null) return null;
  return events.map((event, index) => receiptOf(event, numbers[index] ?? 0n));
}

/**
 * Posts one event of one plain transfer in a transaction of its own: one round trip, one commit.
 * Null as with `postPlain`; a key that was used is thrown as the database says it.
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
    if (sqlFailure(error)?.state === 'HL001') return null; // Not plain after all.
    throw error;
  }
}

/** What the maker of a plain event is told. */
function receiptOf({ event, posting, postingId }: PlainEvent, number: bigint): PostingReceipt {
  const { accountingDate } = event;
  return { postingId, postingNumber: number, bookId: posting.bookId, accountingDate };
}

/** The events when all are plain and of one date, else null. */
function plainEvents({ events, now, keyWindow }: PlainOrder): readonly PlainEvent[] | null {
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

/** What the function takes of the accounts, in the order of their ids. */
function accountArrays({ groups, tallies }: Sums): Parameter[] {
  return [
    arrayText(
      'text',
      groups.map(({ bookId }) => bookId),
    ),
    arrayText(
      'text',
      groups.map(({ currency }) => currency),
    ),
    uuidArray(tallies.map(({ accountId }) => accountId)),
    int4Array(tallies.map(({ group }) => group)),
    int8Array(tallies.map(({ creditLowMinor }) => creditLowMinor)),
    int8Array(tallies.map(({ debitLowMinor }) => debitLowMinor)),
  ];
}

function postingArrays(events: readonly PlainEvent[], { postingGroups }: Sums): Parameter[] {
  const hashes = events.map(({ contentHash }) => contentHash).join('');
  return [
    uuidArray(events.map(({ postingId }) => postingId)),
    uuidArray(events.map(({ event }) => event.eventId)),
    int4Array(postingGroups),
    int4Array(events.map(({ posting }) => posting.transfers.length)),
    Buffer.from(hashes, 'hex'),
    ...contextColumns.map(([type, value]) =>
      sharedArrayText(
        type,
        events.map(({ event }) => value(event.context)),
      ),
    ),
  ];
}

const contextColumns: readonly (readonly [string, (context: PostingContext) => Element])[] = [
  ['text', (context) => context.businessReference],
  ['text', (context) => context.transactionCode],
  ['text', (context) => context.narrative],
  ['text', (context) => context.operatingUnitCode],
  ['text', (context) => context.makerLogin],
  ['text', (context) => context.authoriserLogin],
  ['uuid', (context) => context.processInstanceId],
  ['text', (context) => context.activity],
  ['uuid', (context) => context.taskId],
];

function transferArrays({ lines }: Sums): Parameter[] {
  return [
    uuidArray(lines.map(({ transferId }) => transferId)),
    int4Array(lines.map(({ of }) => of)),
    int8Array(lines.map(({ amountMinor }) => amountMinor)),
    int4Array(lines.map(({ debit }) => debit.place)),
    int4Array(lines.map(({ debitNth }) => debitNth)),
    int8Array(lines.map(({ debitChangeMinor }) => debitChangeMinor)),
    int4Array(lines.map(({ credit }) => credit.place)),
    int4Array(lines.map(({ creditNth }) => creditNth)),
    int8Array(lines.map(({ creditChangeMinor }) => creditChangeMinor)),
    sharedArrayText(
      'text',
      lines.map(({ narrative }) => narrative),
    ),
  ];
}

const manyTypes = [
  ...['smallint', 'date', 'int8', 'text[]', 'text[]', 'uuid[]', 'int4[]', 'int8[]', 'int8[]'],
  ...['uuid[]', 'uuid[]', 'int4[]', 'int4[]', 'bytea', ...contextColumns.map(([t]) => `${t}[]`)],
  ...['uuid[]', 'int4[]', 'int8[]', 'int4[]', 'int4[]', 'int8[]', 'int4[]', 'int4[]', 'int8[]'],
  'text[]',
];
const manySql = `select post_plain(${manyTypes
  .map((type, index) => `$${index + 1}::${type}`)
  .join(', ')}) as numbers`;

const oneSql = `select post_one($1::smallint, ${[
  ...['uuid', 'uuid', 'uuid', 'text', 'text', 'date', 'int8', 'uuid', 'uuid', 'text', 'int8'],
  ...['text', 'text', 'text', 'text', 'text', 'text', 'uuid', 'text', 'uuid', 'bytea'],
]
  .map((type, index) => `$${index + 2}::${type}`)
  .join(', ')}) as number`;

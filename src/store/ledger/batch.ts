import { assert } from '../../base/assert.ts';
import { transferIdOf } from '../../ledger/posting.ts';
import type { Transaction } from '../database.ts';
import { arrayText, type Element, sharedArrayText } from './arrays.ts';
import type { PostingReceipt } from './locked.ts';
import {
  eventArrays,
  eventTypes,
  type PlainEvent,
  type PlainOrder,
  plainEvents,
  receiptOf,
} from './plain.ts';

/**
 * Posts a large batch of plain events: one statement locks and reads their accounts, in the
 * order of their ids; the balances are added up here; one statement writes, and holds every
 * balance against its entries. Null, with nothing posted, as with `postPlain`.
 */
export async function postBatch(
  transaction: Transaction,
  order: PlainOrder,
): Promise<readonly PostingReceipt[] | null> {
  const events = plainEvents(order);
  const [first] = events ?? [];
  const [transfer] = first?.posting.transfers ?? [];
  if (!events || first === undefined || transfer === undefined) return null;
  const key = `${first.posting.bookId} ${transfer.currency}`;
  const accounts = await lockPlain(transaction, order.cellId, accountIdsOf(events));
  const lines = addUp(events, accounts, key, first.event.accountingDate);
  if (lines === null) return null;
  const numbers = await write(transaction, order, { events, lines, accounts, key });
  if (numbers === null) return null;
  return events.map((event, index) => receiptOf(event, numbers[index] ?? 0n));
}

/** A locked account while the batch is added up; place: where its row stands. */
type Tally = {
  readonly place: string;
  readonly key: string;
  readonly creditNormal: boolean;
  /** Null: no limit. Else what the balance may not fall below. */
  readonly floorMinor: bigint | null;
  readonly balanceDate: string;
  balanceMinor: bigint;
  entryCount: bigint;
};

function accountIdsOf(events: readonly PlainEvent[]): string[] {
  const ids = new Set<string>();
  for (const { posting } of events) {
    for (const { debitAccountId, creditAccountId } of posting.transfers) {
      ids.add(debitAccountId);
      ids.add(creditAccountId);
    }
  }
  return [...ids].sort();
}

/** All columns of a row in one text: to read thousands of values one by one costs more. */
const lockSql = `select string_agg(concat_ws('|', l.account_id, l.place, l.key,
    case when l.credit_normal then 't' else 'f' end, l.floor_minor, coalesce(l.balance_date::text, ''),
    l.balance_minor, l.entry_count), e'\\n') as lines
from (
  select b.* from unnest($2::uuid[]) with ordinality as u(account_id, nth)
    cross join lateral (
      select account_id, ctid::text as place, credit_normal, balance_date, balance_minor, entry_count,
        case when status = 'open' and restriction_effect = 'none' then coalesce(plain_key, '')
          else '' end as key, coalesce((held_minor - overdraft_limit_minor)::text, '-') as floor_minor
      from account_balance
      where cell_id = $1 and account_id = u.account_id
      for no key update) b
) l`;

/** Locks accounts in the order given and reads them; the key of one that is not free is blank. */
async function lockPlain(
  transaction: Transaction,
  cellId: number,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Tally>> {
  const [row] = await transaction.query<{ lines: string | null }>(
    lockSql,
    [cellId, arrayText('uuid', accountIds)],
    'lock_plain',
  );
  const accounts = new Map<string, Tally>();
  for (const line of (row?.lines ?? '').split('\n')) {
    const [id = '', place = '', key = '', side, floor = '-', date = '', balance = '', count = ''] =
      line.split('|');
    if (id === '') continue;
    accounts.set(id, {
      ...{ place, key, creditNormal: side === 't', balanceDate: date },
      floorMinor: floor === '-' ? null : BigInt(floor),
      balanceMinor: BigInt(balance),
      entryCount: BigInt(count),
    });
  }
  return accounts;
}

/** A transfer of the batch with the numbers and balances of its two entries. */
type Line = {
  readonly transferId: string;
  readonly of: number;
  readonly amountMinor: bigint;
  readonly debitAccountId: string;
  readonly debitNumber: bigint;
  readonly debitBalanceMinor: bigint;
  readonly creditAccountId: string;
  readonly creditNumber: bigint;
  readonly creditBalanceMinor: bigint;
  readonly narrative: string | null;
};

/** Adds the batch up on its accounts, one transfer after the other; null when one does not fit. */
function addUp(
  events: readonly PlainEvent[],
  accounts: ReadonlyMap<string, Tally>,
  key: string,
  date: string,
): readonly Line[] | null {
  for (const { key: own, balanceDate } of accounts.values()) {
    if (own !== key || balanceDate > date) return null;
  }
  const lines: Line[] = [];
  for (const [index, { posting, postingId }] of events.entries()) {
    for (const [nth, transfer] of posting.transfers.entries()) {
      const { debitAccountId, creditAccountId, amountMinor } = transfer;
      const debit = accounts.get(debitAccountId);
      const credit = accounts.get(creditAccountId);
      if (debit === undefined || credit === undefined || debit === credit) return null;
      if (`${posting.bookId} ${transfer.currency}` !== key) return null;
      const fits =
        move(debit, debit.creditNormal ? -amountMinor : amountMinor) &&
        move(credit, credit.creditNormal ? amountMinor : -amountMinor);
      if (!fits) return null;
      lines.push({
        ...{ transferId: transferIdOf(postingId, nth), of: index + 1, amountMinor },
        ...{ debitAccountId, debitNumber: debit.entryCount },
        ...{ debitBalanceMinor: debit.balanceMinor },
        ...{ creditAccountId, creditNumber: credit.entryCount },
        ...{ creditBalanceMinor: credit.balanceMinor, narrative: transfer.narrative ?? null },
      });
    }
  }
  return lines;
}

/** Moves a balance, unless it would fall below its floor. */
function move(account: Tally, changeMinor: bigint): boolean {
  account.balanceMinor += changeMinor;
  account.entryCount += 1n;
  return (
    changeMinor > 0n || account.floorMinor === null || account.balanceMinor >= account.floorMinor
  );
}

type Column = readonly [type: string, value: (line: Line) => Element];

/** In the order in which the function write_plain takes them, after the key. */
const lineColumns: readonly Column[] = [
  ['int8', (line) => line.amountMinor],
  ['uuid', (line) => line.debitAccountId],
  ['int8', (line) => line.debitNumber],
  ['int8', (line) => line.debitBalanceMinor],
  ['uuid', (line) => line.creditAccountId],
  ['int8', (line) => line.creditNumber],
  ['int8', (line) => line.creditBalanceMinor],
];

const types = [
  ...['smallint', 'date', 'int8'],
  ...eventTypes(),
  ...['uuid[]', 'int4[]', 'text', ...lineColumns.map(([type]) => `${type}[]`), 'text[]'],
  ...['uuid[]', 'tid[]', 'int8[]'],
];
const writeSql = `select write_plain(${types
  .map((type, index) => `$${index + 1}::${type}`)
  .join(', ')}) as numbers`;

async function write(
  transaction: Transaction,
  order: PlainOrder,
  batch: {
    readonly events: readonly PlainEvent[];
    readonly lines: readonly Line[];
    readonly accounts: ReadonlyMap<string, Tally>;
    readonly key: string;
  },
): Promise<readonly bigint[] | null> {
  const { events, lines, accounts, key } = batch;
  const tallies = [...accounts.values()];
  const date = events[0]?.event.accountingDate;
  assert(date !== undefined, 'a batch has an event');
  const ofLines = (type: string, value: (line: Line) => Element) =>
    arrayText(type, lines.map(value));
  const [row] = await transaction.query<{ numbers: bigint[] | null }>(
    writeSql,
    [
      ...[order.cellId, date, order.now, ...eventArrays(events)],
      ...[ofLines('uuid', (line) => line.transferId), ofLines('int4', (line) => line.of), key],
      ...lineColumns.map(([type, value]) => ofLines(type, value)),
      sharedArrayText(
        'text',
        lines.map((line) => line.narrative),
      ),
      arrayText('uuid', [...accounts.keys()]),
      `{${tallies.map(({ place }) => `"${place}"`).join(',')}}`,
      arrayText(
        'int8',
        tallies.map(({ balanceMinor }) => balanceMinor),
      ),
    ],
    'write_plain',
  );
  return row?.numbers ?? null;
}

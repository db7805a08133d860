import { assert, present } from '../../base/assert.ts';
import type { LedgerDecision } from '../../ledger/decide.ts';
import type { MemorandumRow, PostingRow, TransferRow } from '../../ledger/rows.ts';
import type { Parameter, Transaction } from '../database.ts';
import { arrayText, type Element } from './arrays.ts';
import { daysOf, type FinishedDay, type LateDay, type NewestDay } from './days.ts';
import type { LockedAccount, PostingReceipt } from './locked.ts';

type WriteOrder = {
  readonly cellId: number;
  readonly decision: LedgerDecision;
  readonly before: ReadonlyMap<string, LockedAccount>;
  readonly now: number;
};

/**
 * Writes what was decided on locked accounts: postings, transfers, memoranda, balances and finished
 * days in one statement, which holds them against the locked rows. Days before an account's newest
 * one, and holds, are rare and stand apart.
 */
export async function writePostings(
  transaction: Transaction,
  { cellId, decision, before, now }: WriteOrder,
): Promise<ReadonlyMap<string, PostingReceipt>> {
  const { rows, accounts } = decision;
  const days = daysOf(decision, before);
  for (const late of days.late) await writeLateDay(transaction, cellId, late);
  const balances = [...accounts.values()].map((account) => ({
    account,
    day: present(days.newest.get(account.accountId), 'the newest day of a moved account'),
  }));
  const receipts = await transaction.query<PostingReceipt>(
    writeSql,
    [
      cellId,
      ...columnsOf(rows.postings, postingColumns),
      ...columnsOf(rows.transfers, transferColumns),
      ...columnsOf(balances, balanceColumns),
      ...columnsOf(rows.memoranda, memorandumColumns),
      ...columnsOf(days.finished, dayColumns),
    ],
    'write_postings',
  );
  assert(receipts.length === rows.postings.length, 'every posting was written');
  await writeHolds(transaction, cellId, decision, now);
  return new Map(receipts.map((receipt) => [receipt.postingId, receipt]));
}

/** In the order in which the function write_postings takes them; the names say what each is. */
type Columns<Row> = readonly (readonly [
  name: string,
  type: string,
  value: (row: Row) => Element,
])[];

const postingColumns: Columns<PostingRow> = [
  ['posting_id', 'uuid', (row) => row.postingId],
  ['event_id', 'uuid', (row) => row.eventId],
  ['posting_count', 'int2', (row) => row.postingCount],
  ['book_id', 'text', (row) => row.bookId],
  ['accounting_date', 'date', (row) => row.accountingDate],
  ['occurred_at', 'int8', (row) => row.occurredAt],
  ['business_reference', 'text', (row) => row.context.businessReference],
  ['transaction_code', 'text', (row) => row.context.transactionCode],
  ['narrative', 'text', (row) => row.context.narrative],
  ['operating_unit_code', 'text', (row) => row.context.operatingUnitCode],
  ['maker_login', 'text', (row) => row.context.makerLogin],
  ['authoriser_login', 'text', (row) => row.context.authoriserLogin],
  ['process_instance_id', 'uuid', (row) => row.context.processInstanceId],
  ['activity', 'text', (row) => row.context.activity],
  ['task_id', 'uuid', (row) => row.context.taskId],
  ['transfer_count', 'int4', (row) => row.transferCount],
  ['memorandum_count', 'int4', (row) => row.memorandumCount],
  ['content_hash', 'bytea', (row) => `\\x${row.contentHash}`],
];

const transferColumns: Columns<TransferRow> = [
  ['transfer_id', 'uuid', (row) => row.transferId],
  ['posting_id', 'uuid', (row) => row.postingId],
  ['book_id', 'text', (row) => row.bookId],
  ['currency', 'text', (row) => row.currency],
  ['accounting_date', 'date', (row) => row.accountingDate],
  ['value_date', 'date', (row) => row.valueDate],
  ['amount_minor', 'int8', (row) => row.amountMinor],
  ['debit_account_id', 'uuid', (row) => row.debitAccountId],
  ['debit_entry_number', 'int8', (row) => row.debitEntryNumber],
  ['debit_balance_minor', 'int8', (row) => row.debitBalanceMinor],
  ['credit_account_id', 'uuid', (row) => row.creditAccountId],
  ['credit_entry_number', 'int8', (row) => row.creditEntryNumber],
  ['credit_balance_minor', 'int8', (row) => row.creditBalanceMinor],
  ['reverses_transfer_id', 'uuid', (row) => row.reversesTransferId],
  ['hold_id', 'uuid', (row) => row.holdId],
  ['narrative', 'text', (row) => row.narrative],
];

const memorandumColumns: Columns<MemorandumRow> = [
  ['memorandum_id', 'uuid', (row) => row.memorandumId],
  ['posting_id', 'uuid', (row) => row.postingId],
  ['account_id', 'uuid', (row) => row.accountId],
  ['entry_number', 'int8', (row) => row.entryNumber],
  ['direction', 'text', (row) => row.direction],
  ['amount_minor', 'int8', (row) => row.amountMinor],
  ['balance_minor', 'int8', (row) => row.balanceMinor],
  ['accounting_date', 'date', (row) => row.accountingDate],
  ['subject', 'text', (row) => row.subject],
];

type Balance = {
  readonly account: LedgerDecision['accounts'] extends ReadonlyMap<string, infer A> ? A : never;
  readonly day: NewestDay;
};

const balanceColumns: Columns<Balance> = [
  ['account_id', 'uuid', ({ account }) => account.accountId],
  ['balance_minor', 'int8', ({ account }) => account.balanceMinor],
  ['held_minor', 'int8', ({ account }) => account.heldMinor],
  ['entry_count', 'int8', ({ account }) => account.entryCount],
  ['balance_date', 'date', ({ day }) => day.balanceDate],
  ['day_debit_minor', 'int8', ({ day }) => day.dayDebitMinor],
  ['day_credit_minor', 'int8', ({ day }) => day.dayCreditMinor],
];

const dayColumns: Columns<FinishedDay> = [
  ['account_id', 'uuid', (row) => row.accountId],
  ['accounting_date', 'date', (row) => row.accountingDate],
  ['closing_minor', 'int8', (row) => row.closingMinor],
  ['debit_minor', 'int8', (row) => row.debitMinor],
  ['credit_minor', 'int8', (row) => row.creditMinor],
];

/** One array for each column. */
function columnsOf<Row>(rows: readonly Row[], columns: Columns<Row>): Parameter[] {
  return columns.map(([, type, value]) => arrayText(type, rows.map(value)));
}

const parameters = [
  ...postingColumns,
  ...transferColumns,
  ...balanceColumns,
  ...memorandumColumns,
  ...dayColumns,
].map(([, type], index) => `$${index + 2}::${type}[]`);

const writeSql = `select posting_id as "postingId", posting_number as "postingNumber",
  book_id as "bookId", accounting_date as "accountingDate"
from write_postings($1::smallint, ${parameters.join(', ')})`;

/** A posting on the day before the open one: it moves that day and all after it. */
async function writeLateDay(
  transaction: Transaction,
  cellId: number,
  late: LateDay,
): Promise<void> {
  const { accountId, accountingDate, changeMinor, debitMinor, creditMinor } = late;
  await transaction.query(
    `update account_day set closing_minor = closing_minor + $4
     where cell_id = $1 and account_id = $2 and accounting_date >= $3`,
    [cellId, accountId, accountingDate, changeMinor],
  );
  await transaction.query(
    `insert into account_day
       (cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor)
     values ($1, $2, $3, $4 + coalesce((select d.closing_minor from account_day d
         where d.cell_id = $1 and d.account_id = $2 and d.accounting_date < $3
         order by d.accounting_date desc limit 1), 0), $5, $6)
     on conflict (cell_id, account_id, accounting_date) do update
       set debit_minor = account_day.debit_minor + excluded.debit_minor,
         credit_minor = account_day.credit_minor + excluded.credit_minor`,
    [cellId, accountId, accountingDate, changeMinor, debitMinor, creditMinor],
  );
}

async function writeHolds(
  transaction: Transaction,
  cellId: number,
  { holds }: LedgerDecision,
  now: number,
): Promise<void> {
  if (holds.size === 0) return;
  const changed = [...holds.values()];
  const rows = await transaction.query(
    `update hold h set remaining_minor = r.remaining_minor, status = r.status,
       ended_at = case when r.status = 'active' then null else $5::int8 end
     from unnest($2::uuid[], $3::int8[], $4::text[]) as r(hold_id, remaining_minor, status)
     where h.cell_id = $1 and h.hold_id = r.hold_id returning 1`,
    [
      cellId,
      changed.map(({ holdId }) => holdId),
      changed.map(({ remainingMinor }) => remainingMinor),
      changed.map(({ status }) => status),
      now,
    ],
  );
  assert(rows.length === changed.length, 'every hold that was used is written');
}

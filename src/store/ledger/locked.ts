import { present } from '../../base/assert.ts';
import type { Account } from '../../ledger/account.ts';
import type { KnownPosting } from '../../ledger/decide.ts';
import type { Hold, PostedTransfer } from '../../ledger/rows.ts';
import type { Queries, Transaction } from '../database.ts';

/** An account under its lock, with the turnover of its newest day. */
export type LockedAccount = Account & {
  readonly dayDebitMinor: bigint;
  readonly dayCreditMinor: bigint;
};

/** A posting as its maker is told of it. postingNumber: 记账流水号. */
export type PostingReceipt = {
  readonly postingId: string;
  readonly postingNumber: bigint;
  readonly bookId: string;
  readonly accountingDate: string;
};

/** Columns of account (a) and account_balance (b) under the names of `LockedAccount`. */
export const accountColumns = `a.account_id as "accountId", a.account_number as "accountNumber",
  a.book_id as "bookId", a.gl_code as "glCode", a.currency, a.normal_side as "normalSide", a.kind,
  a.counter_book_id as "counterBookId", a.opening_unit_code as "openingUnitCode",
  a.customer_number as "customerNumber", b.status, b.restriction_effect as "restrictionEffect",
  b.overdraft_limit_minor as "overdraftLimitMinor", b.held_minor as "heldMinor",
  b.balance_minor as "balanceMinor", b.entry_count as "entryCount",
  b.balance_date as "balanceDate", b.day_debit_minor as "dayDebitMinor",
  b.day_credit_minor as "dayCreditMinor"`;

/**
 * Locks the balances of accounts in the order of their ids and reads them. What may change is read
 * from the locked row, which PostgreSQL reads anew after waiting; the joined row never changes. The
 * sub-select hides the number of accounts from the planner, so that one plan by key serves all.
 */
export async function lockAccounts(
  transaction: Transaction,
  cellId: number,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, LockedAccount>> {
  const rows = await transaction.query<LockedAccount>(
    `select ${accountColumns}
     from account_balance b
       join account a on a.cell_id = b.cell_id and a.account_id = b.account_id
     where b.cell_id = $1 and b.account_id = any((select $2::uuid[])::uuid[])
     order by b.account_id
     for no key update of b`,
    [cellId, accountIds],
    'lock_accounts',
  );
  return new Map(rows.map((row) => [row.accountId, row]));
}

/**
 * Postings that bear one of the ids, their receipts, and the accounting dates that are open. It is
 * planned anew each time: a plan made while the journal was small would read all of a large one.
 */
export async function readKnown(
  queries: Queries,
  cellId: number,
  postingIds: readonly string[],
): Promise<{
  readonly known: ReadonlyMap<string, KnownPosting>;
  readonly receipts: ReadonlyMap<string, PostingReceipt>;
  readonly openDates: readonly string[];
}> {
  const rows = await queries.query<
    Partial<KnownPosting & PostingReceipt> & { openDate: string; previousDate: string | null }
  >(
    `select e.accounting_date as "openDate", e.previous_date as "previousDate",
       p.posting_id as "postingId", p.posting_number as "postingNumber", p.book_id as "bookId",
       p.accounting_date as "accountingDate", p.maker_login as "makerLogin",
       encode(p.content_hash, 'hex') as "contentHash"
     from legal_entity e
       left join unnest((select $2::uuid[])) as w(posting_id) on true
       left join lateral (select * from posting p
         where p.cell_id = $1 and p.posting_id = w.posting_id limit 1) p on true
     where e.cell_id = $1`,
    [cellId, postingIds],
  );
  const known = new Map<string, KnownPosting>();
  const receipts = new Map<string, PostingReceipt>();
  const openDates = new Set<string>();
  for (const { openDate, previousDate, postingId, ...posting } of rows) {
    openDates.add(openDate);
    if (previousDate !== null) openDates.add(previousDate);
    if (!postingId) continue;
    const { makerLogin, contentHash, ...receipt } = posting as KnownPosting & PostingReceipt;
    known.set(postingId, { makerLogin, contentHash });
    receipts.set(postingId, { ...receipt, postingId });
  }
  return { known, receipts, openDates: [...openDates] };
}

/** Locks holds; their accounts are locked already. */
export async function lockHolds(
  transaction: Transaction,
  cellId: number,
  holdIds: readonly string[],
): Promise<ReadonlyMap<string, Hold>> {
  type Row = Omit<Hold, 'expiresAt' | 'pending'> & {
    readonly expiresAt: bigint | null;
    readonly debitAccountId: string | null;
    readonly creditAccountId: string | null;
  };
  const rows = await transaction.query<Row>(
    `select hold_id as "holdId", account_id as "accountId", amount_minor as "amountMinor",
       remaining_minor as "remainingMinor", status, expires_at as "expiresAt",
       debit_account_id as "debitAccountId", credit_account_id as "creditAccountId"
     from hold where cell_id = $1 and hold_id::text = any($2::text[])
     order by hold_id for no key update`,
    [cellId, holdIds],
  );
  return new Map(
    rows.map(({ debitAccountId, creditAccountId, expiresAt, ...row }) => [
      row.holdId,
      {
        ...row,
        expiresAt: expiresAt === null ? null : Number(expiresAt),
        pending:
          debitAccountId === null || creditAccountId === null
            ? null
            : { debitAccountId, creditAccountId },
      },
    ]),
  );
}

/** Transfers that somebody wants to reverse, and whether that was done already. */
export async function readReversible(
  queries: Queries,
  cellId: number,
  transferIds: readonly string[],
): Promise<ReadonlyMap<string, PostedTransfer>> {
  const rows = await queries.query<PostedTransfer>(
    `select t.transfer_id as "transferId", t.debit_account_id as "debitAccountId",
       t.credit_account_id as "creditAccountId", t.amount_minor as "amountMinor", t.currency,
       exists (select 1 from transfer r where r.cell_id = t.cell_id
         and r.reverses_transfer_id = t.transfer_id) as reversed
     from transfer t where t.cell_id = $1 and t.transfer_id = any($2::uuid[])`,
    [cellId, transferIds],
  );
  return new Map(rows.map((row) => [present(row.transferId, 'a transfer has an id'), row]));
}

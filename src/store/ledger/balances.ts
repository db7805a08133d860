import type { Side } from '../../ledger/account.ts';
import { proveTrialBalance, type TrialBalance } from '../../ledger/trial-balance.ts';
import type { Queries } from '../database.ts';
import { accountColumns, type LockedAccount } from './locked.ts';

/** An account as people read it. */
export type AccountView = LockedAccount & {
  readonly name: string;
  readonly product: string | null;
  readonly openedOn: string;
};

/** Accounts by their numbers, a customer or a book; in the order of their numbers. */
export async function readAccounts(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly customerNumber?: string;
    readonly bookId?: string;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly accounts: readonly AccountView[]; readonly total: number }> {
  const rows = await queries.query<AccountView & { total: bigint }>(
    `select ${accountColumns}, a.name, a.product, a.opened_on as "openedOn",
       count(*) over () as total
     from account a join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
     where a.cell_id = $1 and ($2::text is null or a.customer_number = $2)
       and ($3::text is null or a.book_id = $3)
     order by a.account_number limit $4 offset $5`,
    [of.cellId, of.customerNumber ?? null, of.bookId ?? null, of.limit, of.offset],
  );
  const accounts = rows.map(({ total: _, ...account }) => account);
  return { accounts, total: Number(rows[0]?.total ?? 0n) };
}

/** An account at the end of an accounting date: `closing` for the expression of its balance. */
const endOfDate = `
  account a
  join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
  left join lateral (
    select d.accounting_date, d.closing_minor, d.debit_minor, d.credit_minor from account_day d
    where d.cell_id = a.cell_id and d.account_id = a.account_id and d.accounting_date <= $2
      and b.balance_date > $2
    order by d.accounting_date desc limit 1) d on true`;

const closing = `case when b.balance_date <= $2 then b.balance_minor
  else coalesce(d.closing_minor, 0) end`;

/** The balance of an account, in its normal side, at the end of a date; null: no such account. */
export async function balanceAt(
  queries: Queries,
  of: { readonly cellId: number; readonly accountNumber: string; readonly date: string },
): Promise<bigint | null> {
  const [row] = await queries.query<{ balanceMinor: bigint }>(
    `select ${closing} as "balanceMinor" from ${endOfDate}
     where a.cell_id = $1 and a.account_number = $3`,
    [of.cellId, of.date, of.accountNumber],
  );
  return row?.balanceMinor ?? null;
}

/** One line of a statement. balanceMinor: after the line, in the account's normal side. */
export type StatementLine = {
  readonly entryNumber: bigint;
  readonly accountingDate: string;
  readonly valueDate: string;
  readonly occurredAt: number;
  readonly postingId: string;
  readonly postingNumber: bigint;
  /** The event that was posted, and in how many books. */
  readonly eventId: string;
  readonly postingCount: number;
  readonly businessReference: string;
  readonly transactionCode: string;
  readonly narrative: string;
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly isReversal: boolean;
  readonly counterAccountNumber: string;
  readonly counterAccountName: string;
};

/**
 * The entries of an account with accounting dates from..to, both included, in the order in which
 * they were posted, each with the balance after it.
 */
export async function readStatement(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly accountId: string;
    readonly from: string;
    readonly to: string;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly lines: readonly StatementLine[]; readonly total: number }> {
  const rows = await queries.query<
    Omit<StatementLine, 'occurredAt'> & { occurredAt: bigint; total: bigint }
  >(
    `select e.entry_number as "entryNumber", e.accounting_date as "accountingDate",
       e.value_date as "valueDate", p.occurred_at as "occurredAt", e.posting_id as "postingId",
       p.posting_number as "postingNumber", p.event_id as "eventId",
       p.posting_count::int as "postingCount", p.business_reference as "businessReference",
       p.transaction_code as "transactionCode", coalesce(e.narrative, p.narrative) as narrative,
       e.side, e.amount_minor as "amountMinor", e.balance_minor as "balanceMinor",
       e.reverses_transfer_id is not null as "isReversal",
       c.account_number as "counterAccountNumber", c.name as "counterAccountName", e.total
     from (
       select *, count(*) over () as total from entry
       where cell_id = $1 and account_id = $2 and accounting_date between $3 and $4
       order by entry_number limit $5 offset $6
     ) e
       join posting p on p.cell_id = e.cell_id and p.posting_id = e.posting_id
       join account c on c.cell_id = e.cell_id and c.account_id = e.counter_account_id
     order by e.entry_number`,
    [of.cellId, of.accountId, of.from, of.to, of.limit, of.offset],
  );
  const lines = rows.map(({ total: _, occurredAt, ...line }) => ({
    ...line,
    occurredAt: Number(occurredAt),
  }));
  return { lines, total: Number(rows[0]?.total ?? 0n) };
}

/** The trial balance (试算平衡) of all books at the end of an accounting date, with its proof. */
export async function readTrialBalance(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<TrialBalance> {
  const rows = await queries.query<TrialBalance['rows'][number]>(
    `select "bookId", currency, "glCode", (closing - debit + credit)::int8 as "openingMinor",
       debit::int8 as "debitMinor", credit::int8 as "creditMinor", closing::int8 as "closingMinor"
     from (
       select a.book_id as "bookId", a.currency, a.gl_code as "glCode",
         sum(case a.normal_side when 'debit' then 1 else -1 end * ${closing}) as closing,
         sum(case when b.balance_date = $2 then b.day_debit_minor
           when d.accounting_date = $2 then d.debit_minor else 0 end) as debit,
         sum(case when b.balance_date = $2 then b.day_credit_minor
           when d.accounting_date = $2 then d.credit_minor else 0 end) as credit
       from ${endOfDate}
       where a.cell_id = $1 and a.kind <> 'off_balance'
       group by a.book_id, a.currency, a.gl_code
     ) g order by "bookId", currency, "glCode"`,
    [cellId, date],
  );
  return proveTrialBalance(date, rows);
}

/** Off-balance accounts (表外) with what they hold at the end of an accounting date. */
export async function readOffBalance(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly OffBalanceRow[]> {
  return await queries.query<OffBalanceRow>(
    `select a.book_id as "bookId", a.gl_code as "glCode", a.currency,
       sum(${closing})::int8 as "balanceMinor"
     from ${endOfDate}
     where a.cell_id = $1 and a.kind = 'off_balance'
     group by a.book_id, a.gl_code, a.currency order by 1, 2, 3`,
    [cellId, date],
  );
}

export type OffBalanceRow = {
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: string;
  readonly balanceMinor: bigint;
};

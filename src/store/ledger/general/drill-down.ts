import type { Side } from '../../../ledger/account.ts';
import type { Queries } from '../../database.ts';

/** One figure of the trial balance: a GL account in a book and a currency. */
export type GlPlace = {
  readonly cellId: number;
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: string;
};

export type Page = { readonly limit: number; readonly offset: number };

/** An account under a figure, at the end of a date; amounts are debits less credits. */
export type GlAccountRow = {
  readonly accountNumber: string;
  readonly kind: string;
  readonly name: string;
  readonly openingMinor: bigint;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly closingMinor: bigint;
};

/** The accounts whose balances make a figure of the trial balance of a date, by number. */
export async function readGlAccounts(
  queries: Queries,
  of: GlPlace & Page & { readonly date: string },
): Promise<{ readonly accounts: readonly GlAccountRow[]; readonly total: number }> {
  const rows = await queries.query<GlAccountRow & { readonly total: bigint }>(
    `select g.number as "accountNumber", g.kind, g.name,
       (g.closing - g.debit + g.credit)::int8 as "openingMinor", g.debit as "debitMinor",
       g.credit as "creditMinor", g.closing::int8 as "closingMinor", g.total
     from (
       select a.account_number as number, a.kind, a.name, count(*) over () as total,
         case a.normal_side when 'debit' then 1 else -1 end
           * case when b.balance_date <= $5 then b.balance_minor
               else coalesce(d.closing_minor, 0) end as closing,
         case when b.balance_date = $5 then b.day_debit_minor
           when d.accounting_date = $5 then d.debit_minor else 0 end as debit,
         case when b.balance_date = $5 then b.day_credit_minor
           when d.accounting_date = $5 then d.credit_minor else 0 end as credit
       from account a
         join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
         left join lateral (
           select d.accounting_date, d.closing_minor, d.debit_minor, d.credit_minor
           from account_day d
           where d.cell_id = a.cell_id and d.account_id = a.account_id
             and d.accounting_date <= $5 and b.balance_date > $5
           order by d.accounting_date desc limit 1) d on true
       where a.cell_id = $1 and a.book_id = $2 and a.gl_code = $3 and a.currency = $4
       order by a.account_number limit $6 offset $7
     ) g order by g.number`,
    [of.cellId, of.bookId, of.glCode, of.currency, of.date, of.limit, of.offset],
  );
  const accounts = rows.map(({ total: _, ...row }) => row);
  return { accounts, total: Number(rows[0]?.total ?? 0n) };
}

/** An entry under a figure. reversedDate: the accounting date of what it reverses, else null. */
export type GlEntry = {
  readonly accountingDate: string;
  readonly valueDate: string;
  readonly occurredAt: number;
  readonly postingId: string;
  readonly postingNumber: bigint;
  readonly accountNumber: string;
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly counterAccountNumber: string;
  readonly counterGlCode: string;
  readonly businessReference: string;
  /** The case that posted it; null: none did. */
  readonly caseNumber: string | null;
  readonly transactionCode: string;
  readonly narrative: string;
  readonly maker: string;
  readonly authoriser: string | null;
  readonly isReversal: boolean;
  readonly reversedDate: string | null;
};

/** Which entries of a figure: accounting dates from..to; of one side or account when given. */
export type GlEntriesWanted = GlPlace & {
  readonly from: string;
  readonly to: string;
  readonly side?: Side | undefined;
  readonly accountNumber?: string | undefined;
};

/** Entries on a GL account of a book with accounting dates from..to, in the order of posting. */
export async function readGlEntries(
  queries: Queries,
  of: GlEntriesWanted & Page,
): Promise<{ readonly entries: readonly GlEntry[]; readonly total: number }> {
  const rows = await queries.query<
    Omit<GlEntry, 'occurredAt'> & { readonly occurredAt: bigint; readonly total: bigint }
  >(
    `select e.accounting_date as "accountingDate", e.value_date as "valueDate",
       p.occurred_at as "occurredAt", e.posting_id as "postingId",
       p.posting_number as "postingNumber", a.account_number as "accountNumber", e.side,
       e.amount_minor as "amountMinor", e.balance_minor as "balanceMinor",
       c.account_number as "counterAccountNumber", c.gl_code as "counterGlCode",
       p.business_reference as "businessReference",
       case when p.process_instance_id is not null then p.business_reference end as "caseNumber",
       p.transaction_code as "transactionCode",
       coalesce(e.narrative, p.narrative) as narrative, p.maker_login as maker,
       p.authoriser_login as authoriser, e.reverses_transfer_id is not null as "isReversal",
       o.accounting_date as "reversedDate", count(*) over () as total
     from account a
       join entry e on e.cell_id = a.cell_id and e.account_id = a.account_id
         and e.accounting_date between $5 and $6
       join posting p on p.cell_id = e.cell_id and p.posting_id = e.posting_id
       join account c on c.cell_id = e.cell_id and c.account_id = e.counter_account_id
       left join transfer o on o.cell_id = e.cell_id and o.transfer_id = e.reverses_transfer_id
     where a.cell_id = $1 and a.book_id = $2 and a.gl_code = $3 and a.currency = $4
       and ($9::text is null or e.side = $9) and ($10::text is null or a.account_number = $10)
     order by p.posting_number, e.transfer_id, e.side desc limit $7 offset $8`,
    [
      ...[of.cellId, of.bookId, of.glCode, of.currency, of.from, of.to, of.limit, of.offset],
      ...[of.side ?? null, of.accountNumber ?? null],
    ],
  );
  const entries = rows.map(({ total: _, occurredAt, ...row }) => ({
    ...row,
    occurredAt: Number(occurredAt),
  }));
  return { entries, total: Number(rows[0]?.total ?? 0n) };
}

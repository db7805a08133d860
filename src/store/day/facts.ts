import type { Queries } from '../database.ts';

/** What stands where outlets have not signed off, and their cash (网点轧账签退). */
export type SignOffState = {
  readonly signedOn: bigint;
  readonly cashBooks: bigint;
  readonly cashMinor: bigint;
};

/** People still signed on for a date, and the cash of all books in the base currency. */
export async function signOffState(
  queries: Queries,
  of: { readonly cellId: number; readonly date: string; readonly cashGlCode: string },
): Promise<SignOffState> {
  const [row] = await queries.query<SignOffState>(
    `select (select count(*) from sign_on s where s.cell_id = $1 and s.accounting_date = $2
         and s.signed_off_at is null) as "signedOn",
       count(*) as "cashBooks", coalesce(sum(b.balance_minor), 0)::int8 as "cashMinor"
     from account a
       join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
       join legal_entity e on e.cell_id = a.cell_id and e.base_currency = a.currency
     where a.cell_id = $1 and a.kind = 'internal' and a.gl_code = $3`,
    [of.cellId, of.date, of.cashGlCode],
  );
  return row ?? { signedOn: 0n, cashBooks: 0n, cashMinor: 0n };
}

/** What a date's postings moved, by the code of their transaction (交易码) and currency. */
export type ChannelTotal = {
  readonly transactionCode: string;
  readonly currency: string;
  readonly transfers: bigint;
  readonly amountMinor: bigint;
};

/** Totals of a date, over all books. */
export async function channelTotals(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly ChannelTotal[]> {
  return await queries.query<ChannelTotal>(
    `select p.transaction_code as "transactionCode", t.currency, count(*) as transfers,
       sum(t.amount_minor)::int8 as "amountMinor"
     from transfer t join posting p on p.cell_id = t.cell_id and p.posting_id = t.posting_id
     where t.cell_id = $1 and t.accounting_date = $2
     group by p.transaction_code, t.currency order by 1, 2`,
    [cellId, date],
  );
}

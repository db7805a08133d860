import type { Queries } from '../database.ts';

/** A line of the day's report (日计表): a class of the chart in a currency, over all books. */
export type ClassTotal = {
  readonly glClass: string;
  readonly currency: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  /** Debits less credits. */
  readonly closingMinor: bigint;
};

/** Turnover and balance of each class of the chart, from the general ledger as it closed. */
export async function classTotals(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly ClassTotal[]> {
  return await queries.query<ClassTotal>(
    `select g.gl_class as "glClass", d.currency, sum(d.debit_minor)::int8 as "debitMinor",
       sum(d.credit_minor)::int8 as "creditMinor", sum(d.closing_minor)::int8 as "closingMinor"
     from day_gl_balance d join gl_account g on g.cell_id = d.cell_id and g.gl_code = d.gl_code
       and g.effective_from <= d.accounting_date
       and (g.effective_to is null or g.effective_to > d.accounting_date)
     where d.cell_id = $1 and d.accounting_date = $2
     group by 1, 2 order by 1, 2`,
    [cellId, date],
  );
}

/** Products of customers' accounts with money that no version of a product covers on a date. */
export async function productsUnknown(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly string[]> {
  const rows = await queries.query<{ product: string }>(
    `select product from (select distinct a.product from account a
       where a.cell_id = $1 and a.kind = 'customer' and a.product is not null) a
     where not exists (select 1 from deposit_product p where p.cell_id = $1
         and p.product_code = a.product and p.effective_from <= $2)
       and a.product <> 'loan'
     order by 1`,
    [cellId, date],
  );
  return rows.map(({ product }) => product);
}

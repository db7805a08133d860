import { addDays } from '../../base/dates.ts';
import { settlesOn } from '../../product/deposit/product.ts';
import type { Queries, Transaction } from '../database.ts';
import { depositProductsOn, depositRatesOn } from './deposit-products.ts';

/** Accounts from one id to before another; '' at an end: no bound there. */
export type Slice = { readonly from: string; readonly to: string };

/** A slice as the name of a part of the work. */
export function sliceName({ from, to }: Slice): string {
  return `${from}~${to}`;
}

/** The slice of a part's name. */
export function sliceOf(part: string): Slice {
  const [from = '', to = ''] = part.split('~');
  return { from, to };
}

const firstId = '00000000-0000-0000-0000-000000000000';
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Bounds of a slice as ids; the last one takes what is opened later too. */
export function boundsOf({ from, to }: Slice): [from: string, to: string] {
  return [from === '' ? firstId : from, to === '' ? lastId : to];
}

/**
 * Ids that begin slices as slices: from the first to before the second, and so on, without a gap.
 */
export function slicesFrom(ids: readonly string[]): Slice[] {
  return ids.map((id, index) => ({ from: index === 0 ? '' : id, to: ids[index + 1] ?? '' }));
}

/** Customers' accounts on the balance sheet in slices of at most so many. */
export async function accountSlices(
  queries: Queries,
  cellId: number,
  accountsMax: number,
): Promise<readonly Slice[]> {
  const rows = await queries.query<{ id: string }>(
    `select account_id as id from (
       select account_id, row_number() over (order by account_id) as n from account
       where cell_id = $1 and kind = 'customer') a
     where n % $2 = 1 or $2 = 1 order by account_id`,
    [cellId, accountsMax],
  );
  return slicesFrom(rows.map(({ id }) => id));
}

/**
 * A demand product's terms on a day, for each currency that has its rate; currency '' stands for
 * the product alone: where no rate is posted it bears none.
 */
type Terms = {
  readonly productCode: string;
  readonly currency: string;
  readonly ratePpm: bigint;
  readonly yearDays: bigint;
  readonly settles: boolean;
  /** The day before was a settlement day: counting begins anew. */
  readonly begins: boolean;
};

async function demandTerms(queries: Queries, cellId: number, date: string): Promise<Terms[]> {
  const products = await depositProductsOn(queries, cellId, date);
  const rates = await depositRatesOn(queries, cellId, date);
  const terms: Terms[] = [];
  for (const [productCode, product] of products) {
    if (product.kind !== 'demand') continue;
    const settles = settlesOn(product, date);
    const begins = settlesOn(product, addDays(date, -1));
    const rules = { productCode, yearDays: product.yearDays, settles, begins };
    terms.push({ ...rules, currency: '', ratePpm: 0n });
    for (const [key, ratePpm] of rates) {
      const [code, currency = ''] = key.split(' ');
      if (code === product.rateCode) terms.push({ ...rules, currency, ratePpm });
    }
  }
  return terms;
}

export type DemandAccrual = {
  readonly cellId: number;
  /** The date that is closed; its closing balance stands on each of `days`. */
  readonly accountingDate: string;
  readonly days: readonly string[];
  readonly slice: Slice;
};

/**
 * Accrues demand deposits of a slice (计提): one row for each account and day, from the balance at
 * the end of the accounting date, in one statement for each day. 积数 grows by the balance; interest
 * by balance × rate ÷ year, kept in millionths; what is owed by then is rounded from the sum, half
 * up, and `change` is what the day adds. On a settlement day the whole 积数 bears the rate of that
 * day, and the interest is due on the next. Gives the number of rows.
 */
export async function accrueDemand(
  transaction: Transaction,
  order: DemandAccrual,
): Promise<number> {
  let accounts = 0;
  // Without fresh statistics the planner takes a slice for one row and joins it row by row.
  await transaction.query('set local enable_nestloop = off');
  for (const day of order.days) {
    const terms = await demandTerms(transaction, order.cellId, day);
    if (terms.length === 0) continue;
    const [row] = await transaction.query<{ accounts: bigint }>(accrueSql, [
      order.cellId,
      order.accountingDate,
      day,
      ...boundsOf(order.slice),
      terms.map(({ productCode }) => productCode),
      terms.map(({ currency }) => currency),
      terms.map(({ ratePpm }) => ratePpm),
      terms.map(({ yearDays }) => yearDays),
      terms.map(({ settles }) => settles),
      terms.map(({ begins }) => begins),
      sliceName(order.slice),
      day === order.days[0],
    ]);
    accounts += Number(row?.accounts ?? 0n);
    if (terms.some(({ settles }) => settles)) await settle(transaction, order, day, terms);
  }
  await transaction.query('set local enable_nestloop = on');
  return accounts;
}

/**
 * $1 cell, $2 accounting date, $3 day, $4 $5 slice, $6… terms, $12 part, $13 the first day. A
 * back-valued posting of the date adds its days to the 积数, those of periods already settled as
 * interest. An agreement lets what lies above its base bear its own rate; what is overdrawn bears
 * none here. The end of a period parts the row from that of the day before.
 */
const accrueSql = `
with terms as materialized (
  select * from unnest($6::text[], $7::text[], $8::int8[], $9::int8[], $10::bool[], $11::bool[])
    as t(product, currency, rate_ppm, year_days, settles, begins)
), held as materialized (
  select a.account_id, a.book_id, a.currency, a.product, coalesce(r.rate_ppm, 0) as rate_ppm,
    t.year_days, t.settles, t.begins, case when b.balance_date <= $2 then b.balance_minor
      else coalesce((select d.closing_minor from account_day d
        where d.cell_id = $1 and d.account_id = a.account_id and d.accounting_date <= $2
        order by d.accounting_date desc limit 1), 0) end as balance_minor
  from account a
    join terms t on t.product = a.product and t.currency = ''
    left join terms r on r.product = a.product and r.currency = a.currency
    join account_balance b on b.cell_id = $1 and b.account_id = a.account_id
      and b.account_id >= $4 and b.account_id < $5
  where a.cell_id = $1 and a.kind = 'customer' and a.opened_on <= $2
    and a.account_id >= $4 and a.account_id < $5
), ended as materialized (
  select distinct account_id from deposit_interest
  where cell_id = $1 and counted_to = $3::date - 1 and kind = 'closing'
), agreed as materialized (
  select g.account_id, g.base_minor, a.currency,
    coalesce((select r.rate_ppm from deposit_rate r where r.cell_id = $1
      and r.rate_code = g.rate_code and r.currency = a.currency and r.effective_from <= $3
      order by r.effective_from desc limit 1), 0) as rate_ppm
  from deposit_agreement g join account a on a.cell_id = $1 and a.account_id = g.account_id
  where g.cell_id = $1 and g.effective_from <= $3
    and (g.effective_to is null or g.effective_to > $3)
), adjusted as materialized (
  select v.account_id, sum(v.change_minor * (v.days - s.settled_days))::int8 as open_minor,
    sum(v.change_minor::numeric * s.settled_days * s.rate_ppm) as settled_numerator
  from value_adjustment v
    cross join lateral (select coalesce(max(p.rate_ppm), 0) as rate_ppm, coalesce(max(case
        when p.counted_to + 1 > v.value_date
        then least(p.counted_to + 1, v.accounting_date) - v.value_date else 0 end), 0)
        as settled_days
      from (select i.counted_to, i.rate_ppm from deposit_interest i
        where i.cell_id = $1 and i.account_id = v.account_id and i.counted_to < $3
          and i.kind in ('settlement', 'closing')
        order by i.counted_to desc limit 1) p) s
  where v.cell_id = $1 and v.accounting_date = $2 and $13
    and v.account_id >= $4 and v.account_id < $5
  group by v.account_id
), counted as materialized (
  select h.*, g.rate_ppm as upper_rate_ppm, p.account_id is not null as goes_on,
    coalesce(p.product_minor, 0) as product_before,
    coalesce(p.upper_product_minor, 0) as upper_before,
    coalesce(p.interest_millionths, 0) as interest_before,
    coalesce(p.accrued_minor, 0) as accrued_before,
    greatest(least(h.balance_minor, coalesce(g.base_minor, h.balance_minor)), 0)
      + case when h.balance_minor > g.base_minor then 0 else coalesce(j.open_minor, 0) end
      as lower_minor,
    greatest(h.balance_minor - coalesce(g.base_minor, h.balance_minor), 0)
      + case when h.balance_minor > g.base_minor then coalesce(j.open_minor, 0) else 0 end
      as upper_minor,
    coalesce(p.adjustment_minor, 0) + round(coalesce(j.settled_numerator, 0)
      / h.year_days / 1000000)::int8 as adjustment_minor,
    j.account_id is not null as is_adjusted
  from held h
    left join adjusted j on j.account_id = h.account_id
    left join ended e on e.account_id = h.account_id
    left join agreed g on g.account_id = h.account_id
    left join deposit_accrual p on p.cell_id = $1 and p.accrual_date = $3::date - 1
      and p.account_id = h.account_id and p.account_id >= $4 and p.account_id < $5
      and not h.begins and e.account_id is null
), summed as (
  select *, product_before + lower_minor as product_minor,
    upper_before + upper_minor as upper_product_minor,
    interest_before + round((lower_minor::numeric * rate_ppm
      + upper_minor::numeric * coalesce(upper_rate_ppm, 0)) / year_days)::int8
      as interest_millionths
  from counted where balance_minor <> 0 or goes_on or is_adjusted
), owed as (
  select *, (case when settles
    then greatest(adjustment_minor + round((product_minor::numeric * rate_ppm
      + upper_product_minor::numeric * coalesce(upper_rate_ppm, 0)) / year_days / 1000000), 0)
    else adjustment_minor + round(interest_millionths::numeric / 1000000) end)::int8
      as accrued_minor
  from summed
), added as (
  insert into deposit_accrual (cell_id, accrual_date, account_id, balance_minor, product_minor,
    upper_product_minor, rate_ppm, interest_millionths, accrued_minor, change_minor,
    adjustment_minor)
  select $1::smallint, $3::date, account_id, balance_minor, product_minor, upper_product_minor,
    rate_ppm, interest_millionths, accrued_minor, accrued_minor - accrued_before, adjustment_minor
  from owed
), totals as (
  insert into deposit_accrual_total (cell_id, accounting_date, part, book_id, currency,
    product_code, accounts, change_minor)
  select $1::smallint, $2::date, $12 || '@' || $3::date, book_id, currency, product, count(*),
    sum(accrued_minor - accrued_before)
  from owed group by book_id, currency, product
)
select count(*) as accounts from owed`;

/** Interest of a settlement day, due on the day after (结息日次日付息). */
async function settle(
  transaction: Transaction,
  { cellId, accountingDate, slice }: DemandAccrual,
  day: string,
  terms: readonly Terms[],
): Promise<void> {
  const settling = terms.filter(({ settles }) => settles);
  await transaction.query(
    `insert into deposit_interest (cell_id, account_id, counted_to, number, kind, rate_ppm,
       product_minor, interest_minor, released_minor, accounting_date, due_date)
     select c.cell_id, c.account_id, c.accrual_date, 1, 'settlement', c.rate_ppm, c.product_minor,
       c.accrued_minor, c.accrued_minor, $3::date, $2::date + 1
     from deposit_accrual c join account a on a.cell_id = c.cell_id and a.account_id = c.account_id
     where c.cell_id = $1 and c.accrual_date = $2 and c.account_id >= $4 and c.account_id < $5
       and c.accrued_minor > 0 and a.product = any($6::text[])`,
    [
      cellId,
      day,
      accountingDate,
      ...boundsOf(slice),
      settling.map(({ productCode }) => productCode),
    ],
  );
}

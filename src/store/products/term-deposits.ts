import type { Queries, Transaction } from '../database.ts';
import { boundsOf, type Slice, slicesFrom } from './demand-accrual.ts';

/** A term as the end of day finds it; principalMinor: at the end of the accounting date. */
export type TermRow = {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly bookId: string;
  readonly unitId: string;
  readonly currency: string;
  readonly productCode: string;
  readonly termsFrom: string;
  readonly termNumber: number;
  readonly principalMinor: bigint;
  readonly ratePpm: bigint;
  readonly startDate: string;
  readonly maturityDate: string | null;
  readonly renewal: string;
  readonly settlementAccountNumber: string;
  readonly endedOn: string | null;
  /** Of the row of the day before the first, and what was released since. */
  readonly accruedMinor: bigint;
  readonly releasedMinor: bigint;
  readonly productMinor: bigint;
};

type At = {
  readonly cellId: number;
  readonly accountingDate: string;
  /** The first calendar day that is accrued. */
  readonly firstDay: string;
  readonly slice: Slice;
};

const columns = `a.account_id as "accountId", a.account_number as "accountNumber",
  a.book_id as "bookId", a.opening_unit_code as "unitId", a.currency,
  t.product_code as "productCode", t.terms_from as "termsFrom",
  t.term_number::int as "termNumber", t.rate_ppm as "ratePpm", t.start_date as "startDate",
  t.maturity_date as "maturityDate", t.renewal,
  t.settlement_account_number as "settlementAccountNumber", t.ended_on as "endedOn",
  (case when b.balance_date <= $2 then b.balance_minor
    else coalesce((select d.closing_minor from account_day d where d.cell_id = $1
      and d.account_id = a.account_id and d.accounting_date <= $2
      order by d.accounting_date desc limit 1), 0) end) as "principalMinor",
  coalesce(c.accrued_minor, 0)::int8 as "accruedMinor",
  coalesce(c.product_minor, 0)::int8 as "productMinor",
  coalesce((select sum(i.released_minor) from deposit_interest i where i.cell_id = $1
    and i.account_id = a.account_id and i.accounting_date = $2::date
    and i.kind in ('withdrawal', 'maturity', 'closing')), 0)::int8 as "releasedMinor"`;

/** The newest term of each account of a slice that began, on accounts opened by the date. */
export async function termRows(queries: Queries, at: At): Promise<readonly TermRow[]> {
  return await queries.query<TermRow>(
    `select ${columns}
     from (select distinct on (account_id) * from term_deposit
         where cell_id = $1 and account_id >= $4 and account_id < $5
           and (ended_on is null or ended_on >= $2::date)
         order by account_id, term_number desc) t
       join account a on a.cell_id = $1 and a.account_id = t.account_id and a.opened_on <= $2
       join account_balance b on b.cell_id = $1 and b.account_id = t.account_id
       left join deposit_accrual c on c.cell_id = $1 and c.accrual_date = $3::date - 1
         and c.account_id = t.account_id and c.account_id >= $4 and c.account_id < $5
     order by a.account_id`,
    [at.cellId, at.accountingDate, at.firstDay, ...boundsOf(at.slice)],
  );
}

/**
 * Terms that ended by a date and are to be renewed, of a slice; locked, so that no one else ends
 * them.
 */
export async function termsToRenew(queries: Queries, at: At): Promise<readonly TermRow[]> {
  return await queries.query<TermRow>(
    `select ${columns}
     from term_deposit t
       join account a on a.cell_id = $1 and a.account_id = t.account_id
       join account_balance b on b.cell_id = $1 and b.account_id = t.account_id
       left join deposit_accrual c on c.cell_id = $1 and c.accrual_date = $3::date - 1
         and c.account_id = t.account_id
     where t.cell_id = $1 and t.ended_on is null and t.maturity_date <= $2::date
       and t.renewal <> 'none' and t.account_id >= $4 and t.account_id < $5
     order by t.account_id for update of t`,
    [at.cellId, at.accountingDate, at.firstDay, ...boundsOf(at.slice)],
  );
}

/** Slices of accounts with a term that is running, or that is due to be renewed by a date. */
export async function termSlices(
  queries: Queries,
  of: { readonly cellId: number; readonly accountsMax: number; readonly dueBy?: string },
): Promise<readonly Slice[]> {
  const rows = await queries.query<{ id: string }>(
    `select account_id as id from (
       select account_id, row_number() over (order by account_id) as n
       from (select distinct account_id from term_deposit where cell_id = $1
         and ($3::date is null or (ended_on is null and maturity_date <= $3::date
           and renewal <> 'none'))) t) t
     where n % $2 = 1 or $2 = 1 order by account_id`,
    [of.cellId, of.accountsMax, of.dueBy ?? null],
  );
  return slicesFrom(rows.map(({ id }) => id));
}

/** One day's row of an account's interest. */
export type AccrualRow = Pick<TermRow, 'accountId' | 'ratePpm'> & {
  readonly balanceMinor: bigint;
  readonly productMinor: bigint;
  readonly accruedMinor: bigint;
  readonly changeMinor: bigint;
};

/** Writes a day's rows, and what they add per book, currency and product. */
export async function writeAccruals(
  transaction: Transaction,
  at: { readonly cellId: number; readonly accountingDate: string; readonly day: string },
  part: string,
  rows: readonly AccrualRow[],
): Promise<void> {
  await transaction.query(
    `with r as materialized (
       select * from unnest($5::uuid[], $6::int8[], $7::int8[], $8::int8[], $9::int8[], $10::int8[])
         as r(account_id, balance_minor, product_minor, rate_ppm, accrued_minor, change_minor)
     ), added as (
       insert into deposit_accrual (cell_id, accrual_date, account_id, balance_minor,
         product_minor, upper_product_minor, rate_ppm, interest_millionths, accrued_minor,
         change_minor)
       select $1::smallint, $2::date, account_id, balance_minor, product_minor, 0, rate_ppm,
         accrued_minor * 1000000, accrued_minor, change_minor from r
     )
     insert into deposit_accrual_total (cell_id, accounting_date, part, book_id, currency,
       product_code, accounts, change_minor)
     select $1::smallint, $3::date, $4, a.book_id, a.currency, a.product, count(*),
       sum(r.change_minor)
     from r join account a on a.cell_id = $1 and a.account_id = r.account_id
     group by a.book_id, a.currency, a.product`,
    [
      at.cellId,
      at.day,
      at.accountingDate,
      `terms ${part}@${at.day}`,
      rows.map(({ accountId }) => accountId),
      rows.map(({ balanceMinor }) => balanceMinor),
      rows.map(({ productMinor }) => productMinor),
      rows.map(({ ratePpm }) => ratePpm),
      rows.map(({ accruedMinor }) => accruedMinor),
      rows.map(({ changeMinor }) => changeMinor),
    ],
  );
}

/** A term that was renewed: the interest of the one that ended, and the next. */
export type RenewedTerm = {
  readonly row: TermRow;
  readonly ratePpm: bigint;
  readonly interestMinor: bigint;
  readonly releasedMinor: bigint;
  readonly countedTo: string;
  readonly principalMinor: bigint;
  readonly startDate: string;
  readonly maturityDate: string;
};

/** Ends terms and writes their interest and the terms that follow. */
export async function writeRenewals(
  transaction: Transaction,
  at: { readonly cellId: number; readonly accountingDate: string; readonly at: number },
  renewed: readonly RenewedTerm[],
): Promise<void> {
  const rows = renewed.map((one) => ({ ...one, ...one.row, ratePpm: one.ratePpm, one }));
  const values = [
    at.cellId,
    at.accountingDate,
    at.at,
    rows.map(({ accountId }) => accountId),
    rows.map(({ termNumber }) => termNumber),
    rows.map(({ ratePpm }) => ratePpm),
    rows.map(({ one }) => one.principalMinor),
    rows.map(({ one }) => one.startDate),
    rows.map(({ one }) => one.maturityDate),
    rows.map(({ one }) => one.interestMinor),
    rows.map(({ one }) => one.releasedMinor),
    rows.map(({ one }) => one.countedTo),
  ];
  await transaction.query(
    `with r as materialized (
       select * from unnest($4::uuid[], $5::int2[], $6::int8[], $7::int8[], $8::date[], $9::date[],
         $10::int8[], $11::int8[], $12::date[]) as r(account_id, term_number, rate_ppm,
         principal_minor, start_date, maturity_date, interest_minor, released_minor, counted_to)
     ), interest as (
       insert into deposit_interest (cell_id, account_id, counted_to, number, kind, rate_ppm,
         product_minor, interest_minor, released_minor, accounting_date, due_date, paid_on)
       select $1::smallint, r.account_id, r.counted_to, (select count(*) + 1 from deposit_interest i
           where i.cell_id = $1 and i.account_id = r.account_id and i.counted_to = r.counted_to),
         'maturity', t.rate_ppm, 0, r.interest_minor, r.released_minor, $2::date, r.start_date,
         $2::date
       from r join term_deposit t on t.cell_id = $1 and t.account_id = r.account_id
         and t.term_number = r.term_number
     )
     update term_deposit t set ended_on = $2::date from r
     where t.cell_id = $1 and t.account_id = r.account_id and t.term_number = r.term_number
       and $3::int8 is not null`,
    values,
  );
  await transaction.query(
    `insert into term_deposit (cell_id, account_id, term_number, product_code, terms_from,
       principal_minor, rate_ppm, start_date, maturity_date, monthly_minor,
       settlement_account_number, renewal, case_number, agreed_at)
     select $1::smallint, r.account_id, r.term_number + 1, t.product_code, r.start_date,
       r.principal_minor, r.rate_ppm, r.start_date, r.maturity_date, null,
       t.settlement_account_number, t.renewal, t.case_number, $3
     from unnest($4::uuid[], $5::int2[], $6::int8[], $7::int8[], $8::date[], $9::date[])
         as r(account_id, term_number, rate_ppm, principal_minor, start_date, maturity_date)
       join term_deposit t on t.cell_id = $1 and t.account_id = r.account_id
         and t.term_number = r.term_number
     where $2::date is not null`,
    values.slice(0, 9),
  );
}

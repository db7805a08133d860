import { present } from '../../base/assert.ts';
import type { Value, Values } from '../../base/data.ts';
import type { DepositFactRequest } from '../../ledger/deposit-requests.ts';
import type { DepositProduct } from '../../product/deposit/product.ts';
import type { Queries } from '../database.ts';
import { findAccount } from '../ledger/accounts.ts';
import { depositProductOn, depositRatesOn } from './deposit-products.ts';

/** Shapes of the facts are those of DepositFactRequest in ledger/deposit-requests.ts. */

type On = { readonly cellId: number; readonly date: string };

/** Looks up a fact of deposits, as of the accounting date. */
export async function depositFactOf(
  queries: Queries,
  on: On,
  request: DepositFactRequest,
): Promise<Value> {
  switch (request.kind) {
    case 'deposit_product':
      return await offerOf(queries, on, request);
    case 'term_deposit':
      return await termOf(queries, on, request.accountNumber);
    case 'demand_interest':
      return await demandInterestOf(queries, on, request.accountNumber);
    case 'account_usage':
      return await usageOf(queries, on, request.accountNumber);
    case 'account_holder':
      return await holderOf(queries, on, request.customerNumber);
    default: {
      const never: never = request;
      return never;
    }
  }
}

function valuesOf(product: DepositProduct): Values {
  return { ...product };
}

async function offerOf(
  queries: Queries,
  on: On,
  of: { readonly productCode: string; readonly currency: string },
): Promise<Value> {
  const product = await depositProductOn(queries, { ...on, productCode: of.productCode });
  if (product === null) return null;
  const rates = await depositRatesOn(queries, on.cellId, on.date);
  return {
    product: valuesOf(product),
    ratePpm: rates.get(`${product.rateCode} ${of.currency}`) ?? null,
    demandRatePpm: rates.get(`${product.demandRateCode} ${of.currency}`) ?? null,
  };
}

type TermRow = {
  readonly accountId: string;
  readonly termNumber: number;
  readonly productCode: string;
  readonly termsFrom: string;
  readonly ratePpm: bigint;
  readonly startDate: string;
  readonly maturityDate: string | null;
  readonly monthlyMinor: bigint | null;
  readonly settlementAccountNumber: string;
  readonly renewal: string;
  readonly countedTo: string | null;
  readonly accruedMinor: bigint;
  readonly partialWithdrawals: bigint;
  readonly noticeMinor: bigint | null;
  readonly noticeDueOn: string | null;
};

/** $1 cell, $2 account: its running term, what accrued, its parts that left, its newest notice. */
const termSql = `
  select t.account_id as "accountId", t.term_number::int as "termNumber",
    t.product_code as "productCode", t.terms_from as "termsFrom", t.rate_ppm as "ratePpm",
    t.start_date as "startDate", t.maturity_date as "maturityDate",
    t.monthly_minor as "monthlyMinor", t.settlement_account_number as "settlementAccountNumber",
    t.renewal, c.accrual_date as "countedTo",
    (coalesce(c.accrued_minor, 0) - coalesce((select sum(i.released_minor) from deposit_interest i
      where i.cell_id = t.cell_id and i.account_id = t.account_id
        and i.counted_to >= c.accrual_date), 0))::int8 as "accruedMinor",
    (select count(*) from deposit_interest i where i.cell_id = t.cell_id
      and i.account_id = t.account_id and i.kind = 'withdrawal'
      and i.accounting_date >= t.start_date) as "partialWithdrawals",
    n.amount_minor as "noticeMinor", n.due_on as "noticeDueOn"
  from term_deposit t
    left join lateral (select a.accrual_date, a.accrued_minor from generate_series(0, 7) as back,
        lateral (select * from deposit_accrual a where a.cell_id = t.cell_id
          and a.accrual_date = $3::date - back and a.account_id = t.account_id) a
      order by a.accrual_date desc limit 1) c on true
    left join lateral (select n.amount_minor, n.due_on from deposit_notice n
      where n.cell_id = t.cell_id and n.account_id = t.account_id
      order by n.given_on desc limit 1) n on true
  where t.cell_id = $1 and t.account_id = $2 and t.ended_on is null`;

async function termOf(queries: Queries, on: On, accountNumber: string): Promise<Values | null> {
  const account = await findAccount(queries, on.cellId, accountNumber);
  if (account === null) return null;
  const [row] = await queries.query<TermRow>(termSql, [on.cellId, account.accountId, on.date]);
  if (row === undefined) return null;
  const { productCode, termsFrom, noticeMinor, noticeDueOn, accountId: _, ...term } = row;
  const found = await depositProductOn(queries, { ...on, productCode, date: termsFrom });
  const product = present(found, 'the product of a term');
  const rates = await depositRatesOn(queries, on.cellId, on.date);
  return {
    ...{ ...term, productCode, termNumber: BigInt(term.termNumber) },
    ...{ accountNumber, name: account.name, customerNumber: account.customerNumber },
    ...{ openingUnitId: account.openingUnitCode, currency: account.currency },
    ...{ principalMinor: account.balanceMinor, product: valuesOf(product) },
    demandRatePpm: rates.get(`${product.demandRateCode} ${account.currency}`) ?? null,
    notice: noticeMinor === null ? null : { amountMinor: noticeMinor, dueOn: noticeDueOn },
    payments: term.monthlyMinor === null ? [] : await paymentsOf(queries, on, row),
  };
}

/** What was paid into instalment savings, by accounting date. */
async function paymentsOf(queries: Queries, on: On, term: TermRow): Promise<Value[]> {
  const rows = await queries.query<{ paidOn: string; amountMinor: bigint }>(
    `select accounting_date as "paidOn", amount_minor as "amountMinor" from entry
     where cell_id = $1 and account_id = $2 and side = 'credit' and accounting_date >= $3
     order by entry_number`,
    [on.cellId, term.accountId, term.startDate],
  );
  return rows.map(({ paidOn, amountMinor }) => ({ paidOn, amountMinor }));
}

async function demandInterestOf(
  queries: Queries,
  on: On,
  accountNumber: string,
): Promise<Values | null> {
  const account = await findAccount(queries, on.cellId, accountNumber);
  if (account?.product == null) return null;
  const product = await depositProductOn(queries, { ...on, productCode: account.product });
  if (product === null) return null;
  const [row] = await queries.query<{
    countedTo: string;
    productMinor: bigint;
    upperProductMinor: bigint;
    accruedMinor: bigint;
    adjustmentMinor: bigint;
    isSettled: boolean;
  }>(
    `select c.accrual_date as "countedTo", c.product_minor as "productMinor",
       c.upper_product_minor as "upperProductMinor", c.accrued_minor as "accruedMinor",
       c.adjustment_minor as "adjustmentMinor", exists (select 1 from deposit_interest i where i.cell_id = c.cell_id
         and i.account_id = c.account_id and i.counted_to >= c.accrual_date) as "isSettled"
     from generate_series(0, 7) as back, lateral (select * from deposit_accrual c
       where c.cell_id = $1 and c.accrual_date = $3::date - back and c.account_id = $2) c
     order by c.accrual_date desc limit 1`,
    [on.cellId, account.accountId, on.date],
  );
  const rates = await depositRatesOn(queries, on.cellId, on.date);
  const [agreed] = await queries.query<{ rateCode: string }>(
    `select rate_code as "rateCode" from deposit_agreement
     where cell_id = $1 and account_id = $2 and effective_from <= $3
       and (effective_to is null or effective_to > $3)`,
    [on.cellId, account.accountId, on.date],
  );
  const nothing = {
    ...{ productMinor: 0n, upperProductMinor: 0n, accruedMinor: 0n, adjustmentMinor: 0n },
  };
  const none = { ...nothing, countedTo: null, isSettled: false };
  const { countedTo, isSettled, ...counted } = row ?? none;
  return {
    ...{ productCode: account.product, product: valuesOf(product), currency: account.currency },
    ...{ openingUnitId: account.openingUnitCode, countedTo },
    ...(isSettled ? nothing : counted),
    ratePpm: rates.get(`${product.rateCode} ${account.currency}`) ?? null,
    upperRatePpm:
      agreed === undefined ? 0n : (rates.get(`${agreed.rateCode} ${account.currency}`) ?? 0n),
  };
}

async function usageOf(queries: Queries, on: On, accountNumber: string): Promise<Values | null> {
  const [row] = await queries.query<{
    accountClass: string;
    boundAccountNumber: string | null;
    faceCheckedOn: string | null;
    balanceMinor: bigint;
    dayOutMinor: bigint;
    yearOutMinor: bigint;
  }>(
    `select p.account_class as "accountClass", p.bound_account_number as "boundAccountNumber",
       p.face_checked_on as "faceCheckedOn", b.balance_minor as "balanceMinor",
       coalesce(u.day_minor, 0)::int8 as "dayOutMinor",
       coalesce(u.year_minor, 0)::int8 as "yearOutMinor"
     from account a
       join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
       join personal_account p on p.cell_id = a.cell_id and p.account_id = a.account_id
       left join lateral (select sum(out_minor) as year_minor,
           sum(out_minor) filter (where usage_date = $3::date) as day_minor
         from account_usage u where u.cell_id = a.cell_id and u.account_id = a.account_id
           and u.usage_date >= date_trunc('year', $3::date)::date) u on true
     where a.cell_id = $1 and a.account_number = $2`,
    [on.cellId, accountNumber, on.date],
  );
  return row === undefined ? null : { ...row };
}

async function holderOf(queries: Queries, on: On, customerNumber: string): Promise<Values | null> {
  const lock = `account holder ${on.cellId} ${customerNumber}`;
  await queries.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
  const [row] = await queries.query<{
    kind: string;
    classOneAccount: string | null;
    basicAccount: string | null;
    otherAccounts: bigint;
  }>(
    `with own as (
       select a.account_number, p.definition ->> 'companyUse' as company_use, o.account_class
       from account a
         join account_balance b on b.cell_id = $1 and b.account_id = a.account_id
         left join personal_account o on o.cell_id = $1 and o.account_id = a.account_id
         left join lateral (select p.definition from deposit_product p where p.cell_id = $1
           and p.product_code = a.product and p.effective_from <= $3
           order by p.effective_from desc limit 1) p on true
       where a.cell_id = $1 and a.customer_number = $2 and b.status <> 'closed')
     select c.kind,
       (select min(account_number) from own where account_class = 'I') as "classOneAccount",
       (select min(account_number) from own where company_use = 'basic') as "basicAccount",
       (select count(*) from own where company_use <> 'basic') as "otherAccounts"
     from customer c where c.cell_id = $1 and c.customer_number = $2`,
    [on.cellId, customerNumber, on.date],
  );
  return row === undefined ? null : { ...row };
}

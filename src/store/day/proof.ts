import type { Queries, Transaction } from '../database.ts';
import { depositProductsOn } from '../products/deposit-products.ts';

/** The same amount from two places; they must be equal. */
export type ProofLine = {
  readonly rule: string;
  /** The book, or the book and what in it. */
  readonly place: string;
  readonly currency: string;
  readonly leftMinor: bigint;
  readonly rightMinor: bigint;
};

/** Which date is proved. days: the calendar days it stands for; the last one ends it. */
export type ProofDay = {
  readonly cellId: number;
  readonly accountingDate: string;
  readonly days: readonly string[];
};

/** An account's balance at the end of the date $2, in its normal side. */
const closing = `case when b.balance_date <= $2 then b.balance_minor else coalesce(
  (select d.closing_minor from account_day d where d.cell_id = a.cell_id
    and d.account_id = a.account_id and d.accounting_date <= $2
   order by d.accounting_date desc limit 1), 0) end`;

/** $1 cell, $2 date: what the journal moved, and what the accounts say was moved (debits). */
const journalSql = `
  select coalesce(j.book_id, m.book_id) as place, coalesce(j.currency, m.currency) as currency,
    coalesce(j.amount, 0)::int8 as "leftMinor", coalesce(m.amount, 0)::int8 as "rightMinor"
  from (select book_id, currency, sum(amount_minor) as amount from transfer
      where cell_id = $1 and accounting_date = $2 group by 1, 2) j
    full join (select a.book_id, a.currency, sum(s.debit_minor) as amount from (
        select account_id, debit_minor from account_day
        where cell_id = $1 and accounting_date = $2
        union all
        select account_id, day_debit_minor from account_balance
        where cell_id = $1 and balance_date = $2) s
      join account a on a.cell_id = $1 and a.account_id = s.account_id
      where a.kind <> 'off_balance' group by 1, 2 having sum(s.debit_minor) > 0) m
    on m.book_id = j.book_id and m.currency = j.currency`;

/** What the interest rows say, by book, currency and product; one reading of them all. */
type Accrued = {
  readonly bookId: string;
  readonly currency: string;
  readonly productCode: string;
  readonly glCode: string;
  readonly balanceMinor: bigint;
  readonly accruedMinor: bigint;
  readonly changeMinor: bigint;
};

/** $1 cell, $2 the first calendar day, $3 the last. */
const accruedSql = `
  select a.book_id as "bookId", a.currency, a.product as "productCode", a.gl_code as "glCode",
    coalesce(sum(c.balance_minor) filter (where c.accrual_date = $3), 0)::int8 as "balanceMinor",
    coalesce(sum(c.accrued_minor) filter (where c.accrual_date = $3), 0)::int8 as "accruedMinor",
    sum(c.change_minor)::int8 as "changeMinor"
  from deposit_accrual c join account a on a.cell_id = c.cell_id and a.account_id = c.account_id
  where c.cell_id = $1 and c.accrual_date between $2 and $3
  group by 1, 2, 3, 4`;

/** $1 cell, $2 date, $3 the last calendar day: settled, and not paid by the end of the date. */
const settledSql = `
  select a.book_id as "bookId", a.currency, a.product as "productCode",
    sum(i.released_minor)::int8 as "settledMinor"
  from deposit_interest i join account a on a.cell_id = i.cell_id and a.account_id = i.account_id
  where i.cell_id = $1 and i.kind = 'settlement' and i.counted_to < $3
    and (i.paid_on is null or i.paid_on > $2)
  group by 1, 2, 3`;

/** $1 cell, $2 date: deposits as the accounts stand; those of a product alone. */
const depositsSql = `
  select a.book_id as "bookId", a.currency, a.gl_code as "glCode",
    sum(${closing})::int8 as "balanceMinor"
  from account a join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
  where a.cell_id = $1 and a.kind = 'customer' and a.opened_on <= $2
    and a.product = any(select product_code from deposit_product
      where cell_id = $1 and effective_from <= $2)
  group by 1, 2, 3`;

/** $1 cell, $2 date, $3 GL codes: the bank's own accounts of interest payable. */
const payableSql = `
  select a.book_id as "bookId", a.currency, a.gl_code as "glCode",
    sum(${closing})::int8 as "balanceMinor"
  from account a join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
  where a.cell_id = $1 and a.kind = 'internal' and a.gl_code = any($3::text[])
  group by 1, 2, 3`;

/** $1 cell, $2 date, $3 GL codes of interest payable: what the accrual posted, credits above 0. */
const postedSql = `
  select t.book_id as "bookId", t.currency, '' as "glCode", sum(case
    when d.gl_code = any($3::text[]) then -t.amount_minor else t.amount_minor end)::int8
      as "balanceMinor"
  from posting p
    join transfer t on t.cell_id = p.cell_id and t.posting_id = p.posting_id
    join account d on d.cell_id = t.cell_id and d.account_id = t.debit_account_id
  where p.cell_id = $1 and p.business_reference = 'EOD-' || $2::date
    and p.transaction_code = 'eod.deposit_accrual'
  group by 1, 2`;

type Sum = Pick<Accrued, 'bookId' | 'currency' | 'glCode' | 'balanceMinor'>;

/** Puts sums beside each other by place and currency; a side without a sum stands at 0. */
function tie(rule: string, left: readonly Sum[], right: readonly Sum[]): ProofLine[] {
  const lines = new Map<string, ProofLine>();
  const add = (sums: readonly Sum[], of: (sum: Sum) => [left: bigint, right: bigint]) => {
    for (const sum of sums) {
      const place = `${sum.bookId} ${sum.glCode}`.trim();
      const { currency } = sum;
      const [leftMinor, rightMinor] = of(sum);
      const known = lines.get(`${place} ${currency}`);
      lines.set(`${place} ${currency}`, {
        ...{ rule, place, currency },
        leftMinor: (known?.leftMinor ?? 0n) + leftMinor,
        rightMinor: (known?.rightMinor ?? 0n) + rightMinor,
      });
    }
  };
  add(left, ({ balanceMinor }) => [balanceMinor, 0n]);
  add(right, ({ balanceMinor }) => [0n, balanceMinor]);
  return [...lines.values()];
}

/**
 * The lines of every tie of a date that stands in the tables: the journal and the accounts,
 * deposits and their balance days, interest payable and the accounts' shares of it, the accrual
 * and its postings. Reads all accounts, so the planner must not go from account to account.
 */
export async function tieTotals(queries: Queries, day: ProofDay): Promise<readonly ProofLine[]> {
  const { cellId, accountingDate: date, days } = day;
  const first = days[0] ?? date;
  const last = days.at(-1) ?? date;
  await queries.query('set local enable_nestloop = off');
  const journal = await queries.query<Omit<ProofLine, 'rule'>>(journalSql, [cellId, date]);
  const accrued = await queries.query<Accrued>(accruedSql, [cellId, first, last]);
  const settled = await queries.query<Settled>(settledSql, [cellId, date, last]);
  const deposits = await queries.query<Sum>(depositsSql, [cellId, date]);
  const products = await depositProductsOn(queries, cellId, date);
  const payableOf = (code: string) => products.get(code)?.payableGlCode ?? '';
  const codes = [...new Set([...products.values()].map(({ payableGlCode }) => payableGlCode))];
  const payable = await queries.query<Sum>(payableSql, [cellId, date, codes]);
  const posted = await queries.query<Sum>(postedSql, [cellId, date, codes]);
  await queries.query('set local enable_nestloop = on');
  const shares: Sum[] = [
    ...accrued.map(({ accruedMinor: balanceMinor, ...of }) => ({ ...of, balanceMinor })),
    ...settled.map(({ settledMinor: balanceMinor, ...of }) => ({ ...of, balanceMinor })),
  ].map((share) => ({ ...share, glCode: payableOf(share.productCode) }));
  const changes = accrued.map(({ changeMinor, ...of }) => ({
    ...{ ...of, glCode: '', balanceMinor: changeMinor },
  }));
  return [
    ...journal.map((line) => ({ rule: 'journal_equals_accounts', ...line })),
    ...tie('deposits_equal_ledger', accrued, deposits),
    ...tie('accrual_equals_posting', changes, posted),
    ...tie('interest_payable_equals_ledger', shares, payable),
  ];
}

type Settled = Pick<Accrued, 'bookId' | 'currency' | 'productCode'> & {
  readonly settledMinor: bigint;
};

/** Keeps the lines of a date's report; proving it again writes them anew. */
export async function writeProof(
  transaction: Transaction,
  of: { readonly cellId: number; readonly date: string; readonly at: number },
  lines: readonly ProofLine[],
): Promise<void> {
  await transaction.query(
    `insert into day_proof (cell_id, accounting_date, rule, place, currency, left_minor,
       right_minor, proved_at)
     select $1, $2, r.*, $3
     from unnest($4::text[], $5::text[], $6::text[], $7::int8[], $8::int8[]) as r
     on conflict (cell_id, accounting_date, rule, place, currency) do update
       set left_minor = excluded.left_minor, right_minor = excluded.right_minor,
         proved_at = excluded.proved_at`,
    [
      of.cellId,
      of.date,
      of.at,
      lines.map(({ rule }) => rule),
      lines.map(({ place }) => place),
      lines.map(({ currency }) => currency),
      lines.map(({ leftMinor }) => leftMinor),
      lines.map(({ rightMinor }) => rightMinor),
    ],
  );
}

/** The report of a date: every total that was tied, those that differ first. */
export async function readProof(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly ProofLine[]> {
  return await queries.query<ProofLine>(
    `select rule, place, currency, left_minor as "leftMinor", right_minor as "rightMinor"
     from day_proof where cell_id = $1 and accounting_date = $2
     order by left_minor = right_minor, rule, place, currency`,
    [cellId, date],
  );
}

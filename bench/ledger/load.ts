import { type BenchBank, cellId, date } from './bank.ts';

/**
 * Loads transfers in one statement, indexes built afterwards: rounds in which each account
 * pays 1 to another and is paid 1 by another, so that every entry's number and balance
 * follow from the round. Balances end where they were; entry numbers go on from those there
 * are. Answers the time in ms.
 */
export async function loadTransfers({ owner }: BenchBank, count: number): Promise<number> {
  const beganAt = performance.now();
  const loaded = await owner.query<{ n: bigint }>('select count(*) as n from account_balance');
  const rounds = Math.ceil(count / Number(loaded[0]?.n ?? 1n));
  const indexes = await owner.query<{ definition: string; name: string }>(
    `select indexdef as definition, indexname as name from pg_indexes
     where tablename in ('transfer', 'posting') and indexname not like '%pkey'`,
  );
  for (const { name } of indexes) await owner.query(`drop index ${name}`);
  await owner.query(loadSql, [cellId, date, rounds]);
  for (const { definition } of indexes) await owner.query(definition);
  await owner.query('vacuum analyze');
  return performance.now() - beganAt;
}

/**
 * In round r account j pays account j + step: that payment is j-th of its round. An account that is
 * paid before it pays in the round has the lower number for the receipt.
 */
const loadSql = `
with start as materialized (
  select account_id, entry_count, balance_minor,
    row_number() over (order by account_id) - 1 as j, count(*) over () as n
  from account_balance where cell_id = $1
), payments as not materialized (
  select d.account_id as debit, c.account_id as credit, d.entry_count as debit_count,
    c.entry_count as credit_count, d.balance_minor as debit_balance,
    c.balance_minor as credit_balance, r, d.j, d.j >= (r * 7919 + 1) % d.n as paid_before,
    c.j >= (r * 7919 + 1) % d.n as payee_paid_before,
    (lpad(to_hex(1763596800000 + r), 12, '0') || '7' || lpad(to_hex(r % 4096), 3, '0')
      || '8' || lpad(to_hex(d.j), 15, '0'))::uuid as id
  from generate_series(0, $3::int - 1) r cross join start d
    join start c on c.j = (d.j + (r * 7919 + 1) % d.n) % d.n
), moved as (
  update account_balance b set entry_count = entry_count + 2 * $3::int, balance_date = $2::date,
    day_debit_minor = day_debit_minor + $3::int, day_credit_minor = day_credit_minor + $3::int
  where b.cell_id = $1
), posted as (
  insert into posting
  select $1, id, nextval('posting_number'), id, 1, 'A', $2::date, 1763596800000, 'bench', 'PM0101',
    'payment', 'A', 'teller', null, null, null, null, 1, 0, sha256(uuid_send(id))
  from payments
)
insert into transfer
select $1, id, id, 'A', 'CNY', $2::date, $2::date, 1,
  debit, debit_count + 2 * r + case when paid_before then 2 else 1 end,
  debit_balance + case when paid_before then 0 else -1 end,
  credit, credit_count + 2 * r + case when payee_paid_before then 1 else 2 end,
  credit_balance + case when payee_paid_before then 1 else 0 end, null, null, null
from payments`;

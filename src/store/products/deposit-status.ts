import type { Transaction } from '../database.ts';
import { boundsOf, type Slice } from './demand-accrual.ts';

type On = { readonly cellId: number; readonly date: string; readonly at: number };

/**
 * Passes to dormant (不动户) what has lain without a movement of its holder's for the months of its
 * product; what the end of day posts, such as interest, is none. Of the last entries six are looked
 * at: interest comes four times a year. Gives the number of accounts.
 */
export async function markDormant(
  transaction: Transaction,
  on: On & { readonly slice: Slice },
  products: readonly { readonly productCode: string; readonly movedAfter: string }[],
): Promise<number> {
  const [row] = await transaction.query<{ marked: bigint }>(
    `with p as (select * from unnest($6::text[], $7::date[]) as p(product, moved_after)),
     still as (
       select a.account_id from account a
         join p on p.product = a.product
         join account_balance b on b.cell_id = $1 and b.account_id = a.account_id
       where a.cell_id = $1 and a.kind = 'customer' and a.opened_on <= p.moved_after
         and a.account_id >= $4 and a.account_id < $5 and b.status = 'open'
         and not exists (select 1 from entry e
           join posting o on o.cell_id = e.cell_id and o.posting_id = e.posting_id
           where e.cell_id = $1 and e.account_id = a.account_id
             and e.entry_number > b.entry_count - 6 and e.accounting_date > p.moved_after
             and o.transaction_code not like 'eod.%')
     ), marked as (
       update account_balance b set status = 'dormant' from still s
       where b.cell_id = $1 and b.account_id = s.account_id and b.status = 'open'
       returning b.account_id
     ), noted as (
       insert into account_change (cell_id, change_id, account_id, field, value_before, value_after,
         at, login)
       select $1::smallint, gen_random_uuid(), account_id, 'status', 'open', 'dormant', $3, 'system'
       from marked
     )
     select count(*) as marked from marked where $2::date is not null`,
    [
      on.cellId,
      on.date,
      on.at,
      ...boundsOf(on.slice),
      products.map(({ productCode }) => productCode),
      products.map(({ movedAfter }) => movedAfter),
    ],
  );
  return Number(row?.marked ?? 0n);
}

/** Closes the empty accounts of terms that were paid out by a date. Gives their number. */
export async function closeEndedTerms(transaction: Transaction, on: On): Promise<number> {
  const [row] = await transaction.query<{ closed: bigint }>(
    `with closed as (
       update account_balance b set status = 'closed', closed_on = $2::date
       from (select account_id from term_deposit where cell_id = $1 group by account_id
         having bool_and(ended_on <= $2::date)) t
       where b.cell_id = $1 and b.account_id = t.account_id and b.status = 'open'
         and b.balance_minor = 0 and b.held_minor = 0
       returning b.account_id
     ), noted as (
       insert into account_change (cell_id, change_id, account_id, field, value_before, value_after,
         at, login)
       select $1::smallint, gen_random_uuid(), account_id, 'status', 'open', 'closed', $3, 'system'
       from closed
     )
     select count(*) as closed from closed`,
    [on.cellId, on.date, on.at],
  );
  return Number(row?.closed ?? 0n);
}

-- not breaking
-- Posting moves into functions of the owner: the application may no longer write transfers,
-- postings, memoranda or balances itself: no transfer exists without its two balances having moved.
-- What the functions check, the tables need not check again: PostgreSQL parses each CHECK anew for
-- every statement, which cost more than the statement (docs/decisions/0010-ledger-row-layout.md).

alter table account_balance
  drop constraint account_balance_balance_minor_check,
  drop constraint account_balance_check,
  drop constraint account_balance_check1,
  drop constraint account_balance_check2,
  drop constraint account_balance_check3,
  drop constraint account_balance_day_credit_minor_check,
  drop constraint account_balance_day_debit_minor_check,
  drop constraint account_balance_entry_count_check,
  drop constraint account_balance_held_minor_check,
  drop constraint account_balance_overdraft_limit_minor_check,
  drop constraint account_balance_restriction_effect_check,
  drop constraint account_balance_status_check;
alter table posting
  drop constraint posting_check,
  drop constraint posting_check1,
  drop constraint posting_content_hash_check,
  drop constraint posting_memorandum_count_check,
  drop constraint posting_posting_count_check,
  drop constraint posting_transfer_count_check;
alter table transfer
  drop constraint transfer_amount_minor_check,
  drop constraint transfer_check,
  drop constraint transfer_check1,
  drop constraint transfer_credit_entry_number_check,
  drop constraint transfer_debit_entry_number_check;

-- plain_key: book and currency of an account that a plain transfer may name, else null (between two
-- books, off the balance sheet). credit_normal: its normal side. Both never change; they stand here
-- so that a plain transfer reads one row for each account.
alter table account_balance
  add column plain_key text,
  add column credit_normal boolean;
update account_balance b
set plain_key =
    case when a.kind in ('customer', 'internal') then a.book_id || ' ' || a.currency end,
  credit_normal = a.normal_side = 'credit'
from account a where a.cell_id = b.cell_id and a.account_id = b.account_id;

-- One plain transfer in a transaction of its own: both accounts open and without restriction, of
-- one book and currency, on the open date, within the limits. Anything else is not decided here:
-- null, or SQLSTATE HL001 when a balance has moved already; nothing is posted then. A key that was
-- used fails by the primary key. The rules in their order stand in src/ledger.
create function post_one(p_cell smallint, p_posting uuid, p_transfer uuid, p_event uuid,
  p_book text, p_currency text, p_date date, p_amount bigint, p_debit uuid, p_credit uuid,
  p_transfer_narrative text, p_at bigint, p_reference text, p_code text, p_narrative text,
  p_unit text, p_maker text, p_authoriser text, p_process uuid, p_activity text, p_task uuid,
  p_hash bytea) returns bigint
language plpgsql security definer as $$
#variable_conflict use_column
declare
  v_key constant text := p_book || ' ' || p_currency;
  v_debit_number bigint;
  v_debit_balance bigint;
  v_credit_number bigint;
  v_credit_balance bigint;
  v_number bigint;
begin
  if p_amount <= 0 or p_amount > 100000000000000000 or p_debit = p_credit then
    return null;
  end if;
  -- In the order of the accounts' ids, so that no two callers wait for each other.
  for v_turn in 1..2 loop
    if (v_turn = 1) = (p_debit < p_credit) then
      update public.account_balance
      set balance_minor = balance_minor + case when credit_normal then -p_amount else p_amount end,
        entry_count = entry_count + 1,
        day_debit_minor =
          case when balance_date = p_date then day_debit_minor else 0 end + p_amount,
        day_credit_minor = case when balance_date = p_date then day_credit_minor else 0 end,
        balance_date = p_date
      where cell_id = p_cell and account_id = p_debit and plain_key = v_key and status = 'open'
        and restriction_effect = 'none' and (balance_date = p_date or balance_date is null)
        and (overdraft_limit_minor is null or not credit_normal
          or balance_minor - p_amount + overdraft_limit_minor >= held_minor)
        and balance_minor between -800000000000000000 and 800000000000000000
      returning entry_count, balance_minor into v_debit_number, v_debit_balance;
    else
      update public.account_balance
      set balance_minor = balance_minor + case when credit_normal then p_amount else -p_amount end,
        entry_count = entry_count + 1,
        day_debit_minor = case when balance_date = p_date then day_debit_minor else 0 end,
        day_credit_minor =
          case when balance_date = p_date then day_credit_minor else 0 end + p_amount,
        balance_date = p_date
      where cell_id = p_cell and account_id = p_credit and plain_key = v_key and status = 'open'
        and restriction_effect = 'none' and (balance_date = p_date or balance_date is null)
        and (overdraft_limit_minor is null or credit_normal
          or balance_minor - p_amount + overdraft_limit_minor >= held_minor)
        and balance_minor between -800000000000000000 and 800000000000000000
      returning entry_count, balance_minor into v_credit_number, v_credit_balance;
    end if;
    if not found then
      if v_turn = 1 then
        return null;
      end if;
      raise exception 'not a plain transfer' using errcode = 'HL001';
    end if;
  end loop;
  insert into public.transfer values (p_cell, p_transfer, p_posting, p_book, p_currency, p_date,
    p_date, p_amount, p_debit, v_debit_number, v_debit_balance, p_credit, v_credit_number,
    v_credit_balance, null, null, p_transfer_narrative);
  insert into public.posting
  select p_cell, p_posting, nextval('public.posting_number'), p_event, 1, p_book, p_date, p_at,
    p_reference, p_code, p_narrative, p_unit, p_maker, p_authoriser, p_process, p_activity, p_task,
    1, 0, p_hash
  from public.legal_entity where cell_id = p_cell and accounting_date = p_date
  returning posting_number into v_number;
  if not found then
    raise exception 'not a plain transfer' using errcode = 'HL001';
  end if;
  return v_number;
end $$;

-- Plain transfers of many postings, one posting for each event, in their order; all or none. The
-- answer numbers the postings in their order; null when one of them is not plain or its key was
-- used: then nothing is posted. p_of: which posting, from 1, a transfer belongs to.
create function post_plain(p_cell smallint, p_date date, p_at bigint, p_postings uuid[],
  p_events uuid[], p_books text[], p_counts integer[], p_references text[], p_codes text[],
  p_narratives text[], p_units text[], p_makers text[], p_authorisers text[], p_processes uuid[],
  p_activities text[], p_tasks uuid[], p_hashes bytea[], p_transfers uuid[], p_of integer[],
  p_keys text[], p_amounts bigint[], p_debits uuid[], p_credits uuid[],
  p_transfer_narratives text[]) returns bigint[]
language plpgsql security definer as $$
#variable_conflict use_column
declare
  v_numbers bigint[];
begin
  with wanted as materialized (
    select * from unnest((select p_transfers), p_of, p_keys, p_amounts, p_debits, p_credits,
      p_transfer_narratives) with ordinality
      as w(transfer_id, of, key, amount, debit, credit, narrative, nth)
  ), locked as materialized (
    select b.account_id, b.plain_key, b.credit_normal, b.balance_minor, b.entry_count,
      b.overdraft_limit_minor, b.held_minor, b.balance_date, b.day_debit_minor, b.day_credit_minor,
      b.status = 'open' and b.restriction_effect = 'none'
        and (b.balance_date is null or b.balance_date <= p_date) as free
    from public.account_balance b
    where b.cell_id = p_cell and b.account_id = any((select p_debits || p_credits)::uuid[])
    order by b.account_id
    for no key update
  ), lines as (
    select account_id, 0::bigint as nth, false as debits, plain_key as key, 0::bigint as amount,
      free, credit_normal, balance_minor, entry_count, overdraft_limit_minor, held_minor,
      null::uuid as transfer_id, null::integer as of, null::uuid as other, null::text as narrative
    from locked
    union all
    select debit, nth, true, key, amount, null, null, null, null, null, null, transfer_id, of,
      credit, narrative from wanted
    union all
    select credit, nth, false, key, amount, null, null, null, null, null, null, null, null, null,
      null from wanted
  ), run as (
    select account_id, nth, debits, amount, transfer_id, of, other, narrative, key,
      first_value(free) over line and first_value(key) over line = key as fits,
      first_value(credit_normal) over line as credit_normal,
      first_value(balance_minor) over line as opening,
      first_value(overdraft_limit_minor) over line as limit_minor,
      first_value(held_minor) over line as held,
      first_value(entry_count) over line + row_number() over line - 1 as entry_number,
      sum(case when debits then -amount else amount end) over line::bigint as credited
    from lines
    window line as (partition by account_id order by nth rows unbounded preceding)
  ), moved as materialized (
    select *, opening + case when credit_normal then credited else -credited end as balance,
      credit_normal = debits as lowers
    from run where nth > 0
  ), verdict as materialized (
    select coalesce(bool_and(fits and amount between 1 and 100000000000000000
        and (other is null or other <> account_id)
        and balance between -900000000000000000 and 900000000000000000
        and (not lowers or limit_minor is null or balance + limit_minor >= held)), false)
      and count(*) = 2 * cardinality(p_transfers)
      and exists (select 1 from public.legal_entity e
        where e.cell_id = p_cell and e.accounting_date = p_date) as plain
    from moved
  ), finished as (
    insert into public.account_day
      (cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor)
    select p_cell, account_id, balance_date, balance_minor, day_debit_minor, day_credit_minor
    from locked where balance_date < p_date and (select plain from verdict)
  ), changed as (
    update public.account_balance b set
      balance_minor = b.balance_minor + case when b.credit_normal then -1 else 1 end
        * (s.debited - s.credited),
      entry_count = b.entry_count + s.lines,
      day_debit_minor = s.debited
        + case when b.balance_date = p_date then b.day_debit_minor else 0 end,
      day_credit_minor = s.credited
        + case when b.balance_date = p_date then b.day_credit_minor else 0 end,
      balance_date = p_date
    from (select account_id, count(*) as lines,
        coalesce(sum(amount) filter (where debits), 0)::bigint as debited,
        coalesce(sum(amount) filter (where not debits), 0)::bigint as credited
      from moved where (select plain from verdict) group by account_id) s
    where b.cell_id = p_cell and b.account_id = s.account_id
  ), pairs as (
    select *, lead(entry_number) over pair as credit_number,
      lead(balance) over pair as credit_balance
    from moved where (select plain from verdict)
    window pair as (order by nth, not debits)
  ), added as (
    insert into public.transfer
    select p_cell, transfer_id, p_postings[of], split_part(key, ' ', 1), split_part(key, ' ', 2),
      p_date, p_date, amount, account_id, entry_number, balance, other,
      credit_number, credit_balance, null, null, narrative
    from pairs where debits
  ), posted as (
    insert into public.posting
    select p_cell, w.posting_id, nextval('public.posting_number'), w.event_id, 1, w.book_id, p_date,
      p_at, w.reference, w.code, w.narrative, w.unit, w.maker, w.authoriser, w.process, w.activity,
      w.task, w.transfers, 0, w.hash
    from unnest((select p_postings), p_events, p_books, p_counts, p_references, p_codes,
      p_narratives, p_units, p_makers, p_authorisers, p_processes, p_activities, p_tasks, p_hashes)
      as w(posting_id, event_id, book_id, transfers, reference, code, narrative, unit, maker,
        authoriser, process, activity, task, hash)
    where (select plain from verdict)
    returning posting_number
  )
  select array_agg(posting_number order by posting_number) into v_numbers from posted;
  return v_numbers;
exception when unique_violation then
  return null;
end $$;

-- Writes what src/ledger decided on locked accounts. The balances after are the application's sums;
-- here they are held against the locked rows, so that none can be written that its entries do not
-- explain: SQLSTATE 23514 then.
create function write_postings(p_cell smallint, p_postings uuid[], p_events uuid[],
  p_posting_counts smallint[], p_books text[], p_dates date[], p_occurred bigint[],
  p_references text[], p_codes text[], p_narratives text[], p_units text[], p_makers text[],
  p_authorisers text[], p_processes uuid[], p_activities text[], p_tasks uuid[],
  p_transfer_counts integer[], p_memorandum_counts integer[], p_hashes bytea[],
  p_transfers uuid[], p_transfer_postings uuid[], p_transfer_books text[], p_currencies text[],
  p_transfer_dates date[], p_value_dates date[], p_amounts bigint[], p_debits uuid[],
  p_debit_numbers bigint[], p_debit_balances bigint[], p_credits uuid[], p_credit_numbers bigint[],
  p_credit_balances bigint[], p_reversed uuid[], p_holds uuid[], p_transfer_narratives text[],
  p_accounts uuid[], p_balances bigint[], p_held bigint[], p_counts bigint[],
  p_balance_dates date[], p_day_debits bigint[], p_day_credits bigint[],
  p_memoranda uuid[], p_memorandum_postings uuid[], p_memorandum_accounts uuid[],
  p_memorandum_numbers bigint[], p_directions text[], p_memorandum_amounts bigint[],
  p_memorandum_balances bigint[], p_memorandum_dates date[], p_subjects text[],
  p_day_accounts uuid[], p_days date[], p_closings bigint[], p_closed_debits bigint[],
  p_closed_credits bigint[])
returns table (posting_id uuid, posting_number bigint, book_id text, accounting_date date)
language plpgsql security definer as $$
#variable_conflict use_column
begin
  if exists (
    with entries as (
      select d.account_id, d.amount, true as debits
      from unnest((select p_debits), p_amounts) as d(account_id, amount)
      union all
      select c.account_id, c.amount, false
      from unnest((select p_credits), p_amounts) as c(account_id, amount)
      union all
      select m.account_id, case m.direction when 'in' then m.amount else -m.amount end, null
      from unnest((select p_memorandum_accounts), p_directions, p_memorandum_amounts)
        as m(account_id, direction, amount)
    )
    select 1 from unnest((select p_accounts), p_balances, p_held, p_counts)
        as g(account_id, balance, held, entries)
      full join (
        select e.account_id, count(*) as lines, bool_or(e.debits is null) as memoranda,
          sum(case when e.debits = b.credit_normal then -e.amount else e.amount end) as change
        from entries e join public.account_balance b
          on b.cell_id = p_cell and b.account_id = e.account_id
        group by e.account_id) s on s.account_id = g.account_id
      left join public.account_balance b on b.cell_id = p_cell and b.account_id = g.account_id
    where (b.balance_minor + s.change = g.balance and b.entry_count + s.lines = g.entries
      and g.held >= 0 and s.memoranda = (b.plain_key is null and not exists (
        select 1 from public.account a where a.cell_id = p_cell and a.account_id = g.account_id
          and a.kind <> 'off_balance'))
      and abs(g.balance) <= 999999999999999999
      and (b.overdraft_limit_minor is null or g.balance + b.overdraft_limit_minor >= 0)) is not true
  ) or exists (
    select 1 from unnest((select p_amounts), p_debits, p_credits)
      as t(amount, debit, credit)
    where (t.amount between 1 and 999999999999999999 and t.debit <> t.credit) is not true
  ) or exists (
    select 1 from unnest((select p_makers), p_authorisers) as p(maker, authoriser)
    where p.maker = p.authoriser
  ) then
    raise exception 'balances that the entries do not explain' using errcode = '23514';
  end if;
  return query
  with added as (
    insert into public.transfer
    select p_cell, r.* from unnest((select p_transfers), p_transfer_postings, p_transfer_books,
      p_currencies, p_transfer_dates, p_value_dates, p_amounts, p_debits, p_debit_numbers,
      p_debit_balances, p_credits, p_credit_numbers, p_credit_balances, p_reversed, p_holds,
      p_transfer_narratives) as r
  ), noted as (
    insert into public.memorandum
    select p_cell, r.* from unnest((select p_memoranda), p_memorandum_postings,
      p_memorandum_accounts, p_memorandum_numbers, p_directions, p_memorandum_amounts,
      p_memorandum_balances, p_memorandum_dates, p_subjects) as r
  ), finished as (
    insert into public.account_day
      (cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor)
    select p_cell, r.* from unnest((select p_day_accounts), p_days, p_closings, p_closed_debits,
      p_closed_credits) as r
  ), moved as (
    update public.account_balance b set balance_minor = r.balance, held_minor = r.held,
      entry_count = r.entries, balance_date = r.balance_date, day_debit_minor = r.debits,
      day_credit_minor = r.credits
    from unnest((select p_accounts), p_balances, p_held, p_counts, p_balance_dates, p_day_debits,
      p_day_credits) as r(account_id, balance, held, entries, balance_date, debits, credits)
    where b.cell_id = p_cell and b.account_id = r.account_id
  )
  insert into public.posting
  select p_cell, r.posting_id, nextval('public.posting_number'), r.event_id, r.posting_count,
    r.book_id, r.accounting_date, r.occurred_at, r.reference, r.code, r.narrative, r.unit, r.maker,
    r.authoriser, r.process, r.activity, r.task, r.transfers, r.memoranda, r.hash
  from unnest((select p_postings), p_events, p_posting_counts, p_books, p_dates, p_occurred,
    p_references, p_codes, p_narratives, p_units, p_makers, p_authorisers, p_processes,
    p_activities, p_tasks, p_transfer_counts, p_memorandum_counts, p_hashes)
    as r(posting_id, event_id, posting_count, book_id, accounting_date, occurred_at, reference,
      code, narrative, unit, maker, authoriser, process, activity, task, transfers, memoranda, hash)
  returning posting_id, posting_number, book_id, accounting_date;
end $$;

revoke execute on function post_one, post_plain, write_postings from public;
grant execute on function post_one, post_plain, write_postings to huiliu_app;
revoke insert on posting, transfer, memorandum from huiliu_app;
revoke update on account_balance from huiliu_app;
grant update (status, restriction_effect, overdraft_limit_minor, held_minor, closed_on)
  on account_balance to huiliu_app;
revoke usage on sequence posting_number from huiliu_app;

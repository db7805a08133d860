-- not breaking
-- A column of a batch that is the same for all its postings is sent once: one element stands for
-- all, none for null in all.

drop function post_plain;

-- Plain transfers of many postings, one posting for each event, in their order; all or none. The
-- answer numbers the postings in their order; null when one of them is not plain or its key was
-- used: then nothing is posted. p_of: which posting, from 1, a transfer belongs to.
create function post_plain(p_cell smallint, p_date date, p_at bigint, p_postings uuid[],
  p_events uuid[], p_counts integer[], p_hashes bytea[], p_books text[], p_references text[],
  p_codes text[], p_narratives text[], p_units text[], p_makers text[], p_authorisers text[],
  p_processes uuid[], p_activities text[], p_tasks uuid[], p_transfers uuid[], p_of integer[],
  p_keys text[], p_amounts bigint[], p_debits uuid[], p_credits uuid[],
  p_transfer_narratives text[]) returns bigint[]
language plpgsql security definer as $$
#variable_conflict use_column
declare
  v_numbers bigint[];
  -- Of the columns that may be null: whether one element stands for all.
  v_shared constant boolean[] := array[cardinality(p_authorisers) = 1,
    cardinality(p_processes) = 1, cardinality(p_activities) = 1, cardinality(p_tasks) = 1];
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
    select p_cell, w.posting_id, nextval('public.posting_number'), w.event_id, 1,
      coalesce(w.book_id, p_books[1]), p_date, p_at, coalesce(w.reference, p_references[1]),
      coalesce(w.code, p_codes[1]), coalesce(w.narrative, p_narratives[1]),
      coalesce(w.unit, p_units[1]), coalesce(w.maker, p_makers[1]),
      case when v_shared[1] then p_authorisers[1] else w.authoriser end,
      case when v_shared[2] then p_processes[1] else w.process end,
      case when v_shared[3] then p_activities[1] else w.activity end,
      case when v_shared[4] then p_tasks[1] else w.task end, w.transfers, 0, w.hash
    from unnest((select p_postings), p_events, p_counts, p_hashes, p_books, p_references, p_codes,
      p_narratives, p_units, p_makers, p_authorisers, p_processes, p_activities, p_tasks)
      as w(posting_id, event_id, transfers, hash, book_id, reference, code, narrative, unit, maker,
        authoriser, process, activity, task)
    where (select plain from verdict)
    returning posting_number
  )
  select array_agg(posting_number order by posting_number) into v_numbers from posted;
  return v_numbers;
exception when unique_violation then
  return null;
end $$;

revoke execute on function post_plain from public;
grant execute on function post_plain to huiliu_app;

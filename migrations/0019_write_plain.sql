-- not breaking
-- The second half of a large batch of plain transfers: the application has locked the accounts and
-- added up, this writes. Window functions over thousands of rows cost more than two round trips, so
-- post_plain stays for the small ones. What the application says is held against the locked rows:
-- the entries of each account must explain its balance. p_places: where the locked rows stand.
-- p_accounts in the order of their ids, each once. p_key: book and currency of all of them. Null, and
-- nothing is written, when anything does not fit or a key was used.
create function write_plain(p_cell smallint, p_date date, p_at bigint, p_postings uuid[],
  p_events uuid[], p_counts integer[], p_hashes bytea[], p_books text[], p_references text[],
  p_codes text[], p_narratives text[], p_units text[], p_makers text[], p_authorisers text[],
  p_processes uuid[], p_activities text[], p_tasks uuid[], p_transfers uuid[], p_of integer[],
  p_key text, p_amounts bigint[], p_debits uuid[], p_debit_numbers bigint[],
  p_debit_balances bigint[], p_credits uuid[], p_credit_numbers bigint[],
  p_credit_balances bigint[], p_transfer_narratives text[], p_accounts uuid[], p_places tid[],
  p_balances bigint[]) returns bigint[]
language plpgsql security definer as $$
#variable_conflict use_column
declare
  v_numbers bigint[];
  v_accounts uuid[];
  v_debited bigint[];
  v_credited bigint[];
  v_lines bigint[];
  v_moved bigint;
  -- Of the columns that may be null: whether one element stands for all.
  v_shared constant boolean[] := array[cardinality(p_authorisers) = 1,
    cardinality(p_processes) = 1, cardinality(p_activities) = 1, cardinality(p_tasks) = 1];
begin
  select array_agg(account_id order by account_id), array_agg(debited order by account_id),
    array_agg(credited order by account_id), array_agg(lines order by account_id)
  into v_accounts, v_debited, v_credited, v_lines
  from (
    select account_id, sum(debit)::bigint as debited, sum(credit)::bigint as credited,
      count(*) as lines
    from (
      select * from unnest((select p_debits), p_amounts, array_fill(0::bigint,
        array[cardinality(p_amounts)])) as d(account_id, debit, credit)
      union all
      select c.account_id, 0, c.credit
      from unnest((select p_credits), p_amounts) as c(account_id, credit)) e
    group by account_id) s;
  if v_accounts is distinct from p_accounts or exists (
    select 1 from unnest((select p_amounts), p_debits, p_credits) as t(amount, debit, credit)
    where (t.amount between 1 and 100000000000000000 and t.debit <> t.credit) is not true
  ) then
    raise exception 'not plain transfers' using errcode = 'HL001';
  end if;
  insert into public.account_day
    (cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor)
  select p_cell, b.account_id, b.balance_date, b.balance_minor, b.day_debit_minor,
    b.day_credit_minor
  from unnest((select p_places)) as p(place) join public.account_balance b on b.ctid = p.place
  where b.balance_date < p_date;
  update public.account_balance b set
    balance_minor = s.balance,
    entry_count = b.entry_count + s.lines,
    day_debit_minor = s.debited
      + case when b.balance_date = p_date then b.day_debit_minor else 0 end,
    day_credit_minor = s.credited
      + case when b.balance_date = p_date then b.day_credit_minor else 0 end,
    balance_date = p_date
  from unnest((select p_places), v_accounts, p_balances, v_debited, v_credited, v_lines)
    as s(place, account_id, balance, debited, credited, lines)
  where b.ctid = s.place and b.cell_id = p_cell and b.account_id = s.account_id
    and b.plain_key = p_key and b.status = 'open' and b.restriction_effect = 'none'
    and (b.balance_date is null or b.balance_date <= p_date)
    and s.balance = b.balance_minor
      + case when b.credit_normal then s.credited - s.debited else s.debited - s.credited end
    and s.balance between -900000000000000000 and 900000000000000000
    and (b.overdraft_limit_minor is null or s.balance >= b.balance_minor
      or s.balance + b.overdraft_limit_minor >= b.held_minor);
  get diagnostics v_moved = row_count;
  if v_moved <> cardinality(p_accounts) then
    raise exception 'not plain transfers' using errcode = 'HL001';
  end if;
  insert into public.transfer
  select p_cell, w.transfer_id, p_postings[w.of], split_part(p_key, ' ', 1),
    split_part(p_key, ' ', 2), p_date, p_date, w.amount, w.debit, w.debit_number,
    w.debit_balance, w.credit, w.credit_number, w.credit_balance, null, null,
    case when cardinality(p_transfer_narratives) = 1 then p_transfer_narratives[1]
      else w.narrative end
  from unnest((select p_transfers), p_of, p_amounts, p_debits, p_debit_numbers,
    p_debit_balances, p_credits, p_credit_numbers, p_credit_balances, p_transfer_narratives)
    as w(transfer_id, of, amount, debit, debit_number, debit_balance, credit, credit_number,
      credit_balance, narrative);
  with posted as (
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
    cross join public.legal_entity e
    where e.cell_id = p_cell and e.accounting_date = p_date
    returning posting_number
  )
  select array_agg(posting_number order by posting_number) into v_numbers from posted;
  if v_numbers is null then
    raise exception 'not plain transfers' using errcode = 'HL001';
  end if;
  return v_numbers;
exception when unique_violation or sqlstate 'HL001' then
  return null;
end $$;

revoke execute on function write_plain from public;
grant execute on function write_plain to huiliu_app;

-- not breaking
-- Posting moves into functions of the owner: the application may no longer write transfers,
-- postings, memoranda or balances itself: no transfer exists without its two balances having moved.
-- What the functions check, the tables need not check again: PostgreSQL parses each CHECK anew for
-- every statement, which cost more than the statement itself (docs/decisions/0011-…).

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
-- one book and currency, moved on the open date already or never, within the limits. Anything else
-- is not decided here: null, or SQLSTATE HL001 when a balance has moved already; nothing is posted
-- then. A key that was used fails by the primary key. The rules in their order stand in src/ledger.
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
        entry_count = entry_count + 1, day_debit_minor = day_debit_minor + p_amount,
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
        entry_count = entry_count + 1, day_credit_minor = day_credit_minor + p_amount,
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
  with added as (
    insert into public.transfer values (p_cell, p_transfer, p_posting, p_book, p_currency, p_date,
      p_date, p_amount, p_debit, v_debit_number, v_debit_balance, p_credit, v_credit_number,
      v_credit_balance, null, null, p_transfer_narrative)
  )
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
-- used: then nothing is posted.
--
-- The application adds up what does not depend on the balances, here it meets them. p_books and
-- p_currencies: the groups of accounts between which money may move. p_accounts: in the order of
-- their ids, each once; p_groups: the group of each. p_credit_lows, p_debit_lows: how far below its
-- opening balance an account comes by an entry that lowers it, when its normal side is credit, or
-- debit. p_debits, p_credits: places in p_accounts; …_nths: which entry of its account in this
-- batch it is, from 1; …_changes: what the account was credited less debited by then. p_of: which
-- posting a transfer belongs to. p_hashes: 32 bytes for each posting. A text that is the same for
-- all postings is sent once, one that is null for all not at all.
--
-- Accounts are locked by the update itself, in the order of their ids: the joins that could bring
-- them in another order are switched off. A day that ends is closed by the second turn, which locks
-- before it reads.
create function post_plain(p_cell smallint, p_date date, p_at bigint, p_books text[],
  p_currencies text[], p_accounts uuid[], p_groups integer[], p_credit_lows bigint[],
  p_debit_lows bigint[], p_postings uuid[], p_events uuid[], p_posting_groups integer[],
  p_counts integer[], p_hashes bytea, p_references text[], p_codes text[], p_narratives text[],
  p_units text[], p_makers text[], p_authorisers text[], p_processes uuid[], p_activities text[],
  p_tasks uuid[], p_transfers uuid[], p_of integer[], p_amounts bigint[], p_debits integer[],
  p_debit_nths integer[], p_debit_changes bigint[], p_credits integer[], p_credit_nths integer[],
  p_credit_changes bigint[], p_transfer_narratives text[]) returns bigint[]
language plpgsql security definer
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
set enable_bitmapscan = off set enable_material = off as $$
#variable_conflict use_column
declare
  v_count constant integer := cardinality(p_accounts);
  v_places integer[];
  v_debited bigint[];
  v_credited bigint[];
  v_lines bigint[];
  v_signs integer[];
  v_openings bigint[];
  v_first_numbers bigint[];
  v_numbers bigint[];
  v_from integer := 1;
  -- Of the columns that may be null: whether one element stands for all.
  v_shared constant boolean[] := array[cardinality(p_authorisers) = 1,
    cardinality(p_processes) = 1, cardinality(p_activities) = 1, cardinality(p_tasks) = 1];
begin
  select array_agg(place), array_agg(debited), array_agg(credited), array_agg(lines)
  into v_places, v_debited, v_credited, v_lines
  from (
    select place, sum(debit)::bigint as debited, sum(credit)::bigint as credited,
      count(*) as lines
    from (
      select d.place, d.amount as debit, 0::bigint as credit
      from unnest((select p_debits), p_amounts) as d(place, amount)
      union all
      select c.place, 0, c.amount from unnest((select p_credits), p_amounts) as c(place, amount)) e
    group by place order by place) s;
  if cardinality(v_places) <> v_count or v_places[1] <> 1 or v_places[v_count] <> v_count
    or length(p_hashes) <> 32 * cardinality(p_postings)
    or exists (
      select 1 from unnest((select p_amounts), p_debits, p_credits, p_of)
        as t(amount, debit, credit, of)
      where (t.amount between 1 and 100000000000000000 and t.debit <> t.credit
        and p_groups[t.debit] = p_groups[t.credit]
        and p_groups[t.debit] = p_posting_groups[t.of]) is not true)
  then
    return null;
  end if;
  if exists (
    select 1 from public.account_balance b
    where b.cell_id = p_cell and b.balance_date < p_date and b.account_id =
      any(array[p_accounts[1], p_accounts[(v_count + 1) / 2], p_accounts[v_count]])
  ) then
    v_from := 2;
  end if;
  for v_turn in v_from..2 loop
    begin
      if v_turn = 2 then
        insert into public.account_day
          (cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor)
        select p_cell, l.account_id, l.balance_date, l.balance_minor, l.day_debit_minor,
          l.day_credit_minor
        from (
          select * from public.account_balance b
          where b.cell_id = p_cell and b.account_id = any(p_accounts)
          order by b.account_id
          for no key update) l
        where l.balance_date < p_date;
        if not found and v_from = 1 then
          return null;
        end if;
      end if;
      with moved as (
        update public.account_balance b set
          balance_minor = b.balance_minor
            + case when b.credit_normal then s.credited - s.debited else s.debited - s.credited end,
          entry_count = b.entry_count + s.lines,
          day_debit_minor = s.debited
            + case when b.balance_date = p_date then b.day_debit_minor else 0 end,
          day_credit_minor = s.credited
            + case when b.balance_date = p_date then b.day_credit_minor else 0 end,
          balance_date = p_date
        from unnest((select p_accounts), p_groups, p_credit_lows, p_debit_lows, v_debited,
          v_credited, v_lines, v_places)
          as s(account_id, of, credit_low, debit_low, debited, credited, lines, place)
        where b.cell_id = p_cell and b.account_id = s.account_id
          and b.plain_key = p_books[s.of] || ' ' || p_currencies[s.of]
          and b.status = 'open' and b.restriction_effect = 'none'
          and (b.balance_date = p_date or b.balance_date is null
            or v_turn = 2 and b.balance_date < p_date)
          and b.balance_minor between -400000000000000000 and 400000000000000000
          and s.debited <= 400000000000000000 and s.credited <= 400000000000000000
          and (b.overdraft_limit_minor is null
            or case when b.credit_normal then s.debited else s.credited end = 0
            or b.balance_minor + case when b.credit_normal then s.credit_low else s.debit_low end
              + b.overdraft_limit_minor >= b.held_minor
            and b.balance_minor
              + case when b.credit_normal then s.credited - s.debited
                else s.debited - s.credited end + b.overdraft_limit_minor >= b.held_minor)
        returning s.place, b.balance_minor, b.entry_count - s.lines as first_number,
          s.credited - s.debited as change, case when b.credit_normal then 1 else -1 end as sign
      )
      select array_agg(m.sign), array_agg(m.balance_minor - m.sign * m.change),
        array_agg(m.first_number)
      into v_signs, v_openings, v_first_numbers
      from (select * from moved order by place) m;
      if (cardinality(v_signs) = v_count) is not true then
        raise exception 'not plain transfers' using errcode = 'HL001';
      end if;
      insert into public.transfer
      select p_cell, w.transfer_id, p_postings[w.of], p_books[p_groups[w.debit]],
        p_currencies[p_groups[w.debit]], p_date, p_date, w.amount,
        p_accounts[w.debit], v_first_numbers[w.debit] + w.debit_nth,
        v_openings[w.debit] + v_signs[w.debit] * w.debit_change,
        p_accounts[w.credit], v_first_numbers[w.credit] + w.credit_nth,
        v_openings[w.credit] + v_signs[w.credit] * w.credit_change, null, null,
        case when cardinality(p_transfer_narratives) = 1 then p_transfer_narratives[1]
          else w.narrative end
      from unnest((select p_transfers), p_of, p_amounts, p_debits, p_debit_nths, p_debit_changes,
        p_credits, p_credit_nths, p_credit_changes, p_transfer_narratives)
        as w(transfer_id, of, amount, debit, debit_nth, debit_change, credit, credit_nth,
          credit_change, narrative);
      with posted as (
        insert into public.posting
        select p_cell, w.posting_id, nextval('public.posting_number'), w.event_id, 1,
          p_books[w.of], p_date, p_at, coalesce(w.reference, p_references[1]),
          coalesce(w.code, p_codes[1]), coalesce(w.narrative, p_narratives[1]),
          coalesce(w.unit, p_units[1]), coalesce(w.maker, p_makers[1]),
          case when v_shared[1] then p_authorisers[1] else w.authoriser end,
          case when v_shared[2] then p_processes[1] else w.process end,
          case when v_shared[3] then p_activities[1] else w.activity end,
          case when v_shared[4] then p_tasks[1] else w.task end, w.transfers, 0,
          substring(p_hashes from w.nth::integer * 32 - 31 for 32)
        from unnest((select p_postings), p_events, p_posting_groups, p_counts, p_references,
          p_codes, p_narratives, p_units, p_makers, p_authorisers, p_processes, p_activities,
          p_tasks) with ordinality
          as w(posting_id, event_id, of, transfers, reference, code, narrative, unit, maker,
            authoriser, process, activity, task, nth)
        where exists (select 1 from public.legal_entity e
          where e.cell_id = p_cell and e.accounting_date = p_date)
        returning posting_number
      )
      select array_agg(posting_number order by posting_number) into v_numbers from posted;
      if v_numbers is null then
        raise exception 'not plain transfers' using errcode = 'HL001';
      end if;
      return v_numbers;
    exception
      when unique_violation then return null;
      when sqlstate 'HL001' then null; -- The second turn closes the days before, if that was it.
    end;
  end loop;
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

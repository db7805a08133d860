/** What must hold inside the books at every commit; the statement gives the rows that break it. */
export type BookRule = { readonly rule: string; readonly sql: string };

/** Rules of the books beyond "debits equal credits"; `$1` is the cell. */
export const bookRules: readonly BookRule[] = [
  {
    rule: 'a posting has the transfers and memoranda it counts',
    sql: `select p.posting_id::text as place from posting p
        left join (select cell_id, posting_id, count(*) as n from transfer group by 1, 2) t
          on t.cell_id = p.cell_id and t.posting_id = p.posting_id
        left join (select cell_id, posting_id, count(*) as n from memorandum group by 1, 2) m
          on m.cell_id = p.cell_id and m.posting_id = p.posting_id
      where p.cell_id = $1 and (coalesce(t.n, 0) <> p.transfer_count
        or coalesce(m.n, 0) <> p.memorandum_count)`,
  },
  {
    rule: 'a transfer and a memorandum have their posting, with its book and date',
    sql: `select t.transfer_id::text as place from transfer t
        left join posting p on p.cell_id = t.cell_id and p.posting_id = t.posting_id
      where t.cell_id = $1 and (p.posting_id is null or p.book_id <> t.book_id
        or p.accounting_date <> t.accounting_date)
      union all
      select m.memorandum_id::text from memorandum m
        left join posting p on p.cell_id = m.cell_id and p.posting_id = m.posting_id
      where m.cell_id = $1 and (p.posting_id is null or p.accounting_date <> m.accounting_date)`,
  },
  {
    rule: 'a reversal brings the same amount back between the same accounts',
    sql: `select r.transfer_id::text as place from transfer r
        left join transfer t on t.cell_id = r.cell_id and t.transfer_id = r.reverses_transfer_id
      where r.cell_id = $1 and r.reverses_transfer_id is not null and (t.transfer_id is null
        or t.amount_minor <> r.amount_minor or t.currency <> r.currency
        or t.debit_account_id <> r.credit_account_id
        or t.credit_account_id <> r.debit_account_id)`,
  },
  {
    rule: 'the days of an account add up to its entries',
    sql: `select a.account_number || ' ' || s.accounting_date as place from (
        select cell_id, account_id, accounting_date, debit_minor, credit_minor from account_day
        union all
        select cell_id, account_id, balance_date, day_debit_minor, day_credit_minor
        from account_balance where balance_date is not null) s
        join account a on a.cell_id = s.cell_id and a.account_id = s.account_id
        left join lateral (
          select coalesce(sum(e.amount_minor) filter (where e.side = 'debit'), 0) as debit_minor,
            coalesce(sum(e.amount_minor) filter (where e.side = 'credit'), 0) as credit_minor
          from entry e where e.cell_id = s.cell_id and e.account_id = s.account_id
            and e.accounting_date = s.accounting_date) e on true
      where s.cell_id = $1 and a.kind <> 'off_balance'
        and (e.debit_minor <> s.debit_minor or e.credit_minor <> s.credit_minor)`,
  },
  {
    rule: 'a day closes with the balance of the day before and its own turnover',
    sql: `select a.account_number || ' ' || d.accounting_date as place from (
        select cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor,
          coalesce(lag(closing_minor) over (partition by cell_id, account_id
            order by accounting_date), 0) as opening_minor
        from (
          select cell_id, account_id, accounting_date, closing_minor, debit_minor, credit_minor
          from account_day
          union all
          select cell_id, account_id, balance_date, balance_minor, day_debit_minor,
            day_credit_minor
          from account_balance where balance_date is not null) s) d
        join account a on a.cell_id = d.cell_id and a.account_id = d.account_id
      where d.cell_id = $1 and d.closing_minor <> d.opening_minor
        + (case a.normal_side when 'debit' then 1 else -1 end) * (d.debit_minor - d.credit_minor)`,
  },
  {
    rule: 'what is held on an account is the sum of its active holds',
    sql: `select a.account_number as place from account a
        join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
      where a.cell_id = $1 and b.held_minor <> (select coalesce(sum(h.remaining_minor), 0)
        from hold h where h.cell_id = a.cell_id and h.account_id = a.account_id
          and h.status = 'active')`,
  },
  {
    rule: 'an off-balance account has the balance of its memoranda, counted without a gap',
    sql: `select a.account_number as place from account a
        join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
        left join lateral (
          select count(*) as n, coalesce(max(m.entry_number), 0) as last,
            coalesce(sum(case m.direction when 'in' then m.amount_minor
              else -m.amount_minor end), 0) as balance_minor
          from memorandum m where m.cell_id = a.cell_id and m.account_id = a.account_id) m on true
      where a.cell_id = $1 and a.kind = 'off_balance' and (m.balance_minor <> b.balance_minor
        or m.n <> b.entry_count or m.last <> b.entry_count)`,
  },
  {
    rule: 'a loan note owes what was disbursed less what was repaid or written off',
    sql: `select n.note_number as place from loan_note n
        left join account a on a.cell_id = n.cell_id and a.account_number = n.note_number
        left join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
      where n.cell_id = $1 and coalesce(b.balance_minor, -1) <> n.principal_minor
        - (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
          where r.cell_id = n.cell_id and r.note_number = n.note_number)
        - (select coalesce(sum((e.details ->> 'principalMinor')::int8), 0) from loan_event e
          where e.cell_id = n.cell_id and e.note_number = n.note_number
            and e.kind = 'written_off')`,
  },
];

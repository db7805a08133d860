-- not breaking
-- What happens to a loan note after its release: prepayments, new rates, extensions, restructurings,
-- write-offs and recoveries as events, each with the plan it leaves; and what every night found.
-- Rows are added and never changed. Dates are the legal entity's; instants (…_at) are milliseconds
-- since 1970 UTC.

-- One event of a note, in its order. details: what it says, by its kind.
create table loan_event (
  cell_id smallint not null,
  note_number text not null,
  sequence integer not null check (sequence > 0),
  kind text not null check (kind in
    ('prepaid', 'repriced', 'extended', 'restructured', 'written_off', 'recovered')),
  case_number text not null,
  performer text,
  accounting_date date not null,
  details jsonb not null,
  -- The event made a new plan: rows that were due after its date hold no more; all rows, when it
  -- replaced the overdue ones too.
  replaces text not null check (replaces in ('nothing', 'rows_to_come', 'all_rows')),
  happened_at bigint not null,
  primary key (cell_id, note_number, sequence)
);

-- A row of a plan that an event made. days of interest: from from_date to before to_date.
create table loan_plan_row (
  cell_id smallint not null,
  note_number text not null,
  sequence integer not null,
  number integer not null check (number > 0),
  from_date date not null,
  to_date date not null,
  due_date date not null,
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  carried_minor bigint not null check (carried_minor >= 0),
  balance_minor bigint not null check (balance_minor >= 0),
  primary key (cell_id, note_number, sequence, number),
  check (to_date > from_date)
);
create index loan_plan_row_due on loan_plan_row (cell_id, due_date);

-- The plan of each note as its events left it; nothing is asked for of a note written off.
create view loan_plan_now as
  select i.cell_id, i.note_number, i.number, i.due_date, i.days, i.principal_minor,
    i.interest_minor, i.balance_minor
  from loan_instalment i
  where not exists (
    select from loan_event e where e.cell_id = i.cell_id and e.note_number = i.note_number
      and (e.replaces = 'all_rows' or e.kind = 'written_off'
        or (e.replaces = 'rows_to_come' and e.accounting_date < i.due_date)))
  union all
  select r.cell_id, r.note_number, r.number, r.due_date, r.to_date - r.from_date, r.principal_minor,
    r.interest_minor, r.balance_minor
  from loan_plan_row r
  where not exists (
    select from loan_event e where e.cell_id = r.cell_id and e.note_number = r.note_number
      and e.sequence > r.sequence
      and (e.replaces = 'all_rows' or e.kind = 'written_off'
        or (e.replaces = 'rows_to_come' and e.accounting_date < r.due_date)));

-- What the end of a date found of a note: one row for each note and date. Amounts in minor units.
create table loan_night (
  cell_id smallint not null,
  accounting_date date not null,
  note_number text not null,
  book_id text not null,
  currency char(3) not null,
  outstanding_minor bigint not null,
  days_overdue integer not null check (days_overdue >= 0),
  five_level_class text not null check (five_level_class in
    ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  reasons text not null,
  stage smallint not null check (stage between 1 and 3),
  accrual_minor bigint not null,
  receivable_minor bigint not null check (receivable_minor >= 0),
  expected_loss_minor bigint not null check (expected_loss_minor >= 0),
  provision_minor bigint not null,
  primary key (cell_id, accounting_date, note_number)
);
create index loan_night_note on loan_night (cell_id, note_number, accounting_date);

grant select, insert on loan_event, loan_plan_row, loan_night to huiliu_app;
grant select on loan_plan_now to huiliu_app;

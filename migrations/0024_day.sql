-- not breaking
-- The end of day (日终): how far the closing of each accounting date has come, what it proved and
-- what the general ledger held when it closed. Dates are the legal entity's; instants (…_at) are
-- milliseconds since 1970 UTC.

-- The closing of one accounting date. next_date: the date that is opened by it. runner: the program
-- that works at it until runner_until; another takes over when that has passed.
create table day_close (
  cell_id smallint not null,
  accounting_date date not null,
  next_date date not null,
  status text not null check (status in ('running', 'stopped', 'closed')),
  begun_at bigint not null,
  begun_login text not null,
  cut_off_at bigint,
  closed_at bigint,
  runner text,
  runner_until bigint,
  primary key (cell_id, accounting_date),
  check (next_date > accounting_date),
  check ((status = 'closed') = (closed_at is not null)),
  check ((runner is null) = (runner_until is null))
);

-- One part of one piece of work of one of the twelve steps: the checkpoint. Its work commits with
-- status 'done', so a part is done once however often the closing is begun again. code: why it
-- stopped; facts: what it found. items: what it worked on.
create table day_part (
  cell_id smallint not null,
  accounting_date date not null,
  work text not null,
  part text not null,
  step smallint not null check (step between 1 and 12),
  position smallint not null,
  status text not null check (status in ('waiting', 'running', 'done', 'stopped')),
  attempts integer not null check (attempts >= 0),
  items bigint not null check (items >= 0),
  begun_at bigint,
  ended_at bigint,
  code text,
  facts jsonb not null,
  primary key (cell_id, accounting_date, work, part),
  check (status <> 'done' or ended_at is not null),
  check ((status = 'stopped') = (code is not null))
);

-- One line of the report that ties every total: the same amount from two places.
create table day_proof (
  cell_id smallint not null,
  accounting_date date not null,
  rule text not null,
  place text not null,
  currency text not null,
  left_minor bigint not null,
  right_minor bigint not null,
  proved_at bigint not null,
  primary key (cell_id, accounting_date, rule, place, currency)
);

-- The general ledger of a closed date: per book, GL account and currency, debits less credits.
create table day_gl_balance (
  cell_id smallint not null,
  accounting_date date not null,
  book_id text not null,
  currency char(3) not null,
  gl_code text not null,
  opening_minor bigint not null,
  debit_minor bigint not null check (debit_minor >= 0),
  credit_minor bigint not null check (credit_minor >= 0),
  closing_minor bigint not null,
  primary key (cell_id, accounting_date, book_id, currency, gl_code),
  check (closing_minor = opening_minor + debit_minor - credit_minor)
);

grant select, insert on day_close, day_part, day_proof, day_gl_balance to huiliu_app;
grant update (status, cut_off_at, closed_at, runner, runner_until) on day_close to huiliu_app;
grant update (status, attempts, items, begun_at, ended_at, code, facts) on day_part to huiliu_app;
grant update (left_minor, right_minor, proved_at) on day_proof to huiliu_app;

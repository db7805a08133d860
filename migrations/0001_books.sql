-- not breaking
-- The books: legal entities, chart of accounts, accounts with their balances, postings, transfers.
-- Every primary key begins with cell_id, where the row lives. Amounts (…_minor) are minor units of
-- the currency beside them. Instants (…_at) are milliseconds since 1970-01-01 UTC; a login and a
-- unit are codes of tables of their own, kept as text because they may live in another cell.

-- A bank that is its own legal person. accounting_date: the one open day; a posting takes it once.
-- previous_date: the day before it while that day is being closed, else null.
create table legal_entity (
  cell_id smallint not null,
  legal_entity_id text not null,
  name text not null,
  name_en text not null,
  base_currency char(3) not null,
  accounting_date date not null,
  previous_date date,
  primary key (cell_id, legal_entity_id),
  check (previous_date is null or previous_date < accounting_date)
);

-- All accounts of one accounting unit (账务机构); balances by itself per currency at every commit.
create table book (
  cell_id smallint not null,
  book_id text not null check (book_id ~ '^[0-9A-Za-z_-]{1,24}$'),
  legal_entity_id text not null,
  unit_code text not null,
  name text not null,
  name_en text not null,
  opened_on date not null,
  closed_on date,
  primary key (cell_id, book_id),
  unique (cell_id, legal_entity_id, unit_code)
);

-- The chart of accounts with effective dates; effective_to is the first day it no longer holds.
-- never_negative: the bank's own accounts of it, such as cash, cannot go below zero.
create table gl_account (
  cell_id smallint not null,
  gl_code text not null check (gl_code ~ '^[0-9]{4,12}$'),
  effective_from date not null,
  effective_to date,
  name text not null,
  name_en text not null,
  gl_class text not null check (gl_class in
    ('asset', 'liability', 'common', 'equity', 'profit_and_loss', 'off_balance')),
  normal_side text not null check (normal_side in ('debit', 'credit')),
  never_negative boolean not null,
  primary key (cell_id, gl_code, effective_from),
  check (effective_to is null or effective_to > effective_from)
);

-- What an account is; it never changes. Who touches it locks its row in account_balance first.
create table account (
  cell_id smallint not null,
  account_id uuid not null,
  account_number text not null check (account_number ~ '^[0-9A-Za-z-]{3,40}$'),
  book_id text not null,
  gl_code text not null,
  currency char(3) not null,
  normal_side text not null check (normal_side in ('debit', 'credit')),
  kind text not null check (kind in ('customer', 'internal', 'inter_branch', 'off_balance')),
  counter_book_id text,
  opening_unit_code text not null,
  customer_number text,
  name text not null,
  product text,
  opened_on date not null,
  opened_login text not null,
  primary key (cell_id, account_id),
  unique (cell_id, account_number),
  check ((kind = 'inter_branch') = (counter_book_id is not null)),
  check (counter_book_id is null or counter_book_id <> book_id),
  check ((kind = 'customer') = (customer_number is not null))
);
create index account_customer on account (cell_id, customer_number)
  where customer_number is not null;
create index account_book on account (cell_id, book_id, gl_code, currency);
-- One inter-branch account for each pair of books and currency.
create unique index account_inter_branch on account (cell_id, book_id, counter_book_id, currency)
  where counter_book_id is not null;

-- What an account has and may do now: the row that a posting locks. balance_minor is signed in the
-- account's normal side. day_*: turnover of balance_date; earlier days stand in account_day.
-- overdraft_limit_minor: null is no limit, 0 is no overdraft.
create table account_balance (
  cell_id smallint not null,
  account_id uuid not null,
  status text not null check (status in ('pending', 'open', 'dormant', 'closed')),
  restriction_effect text not null check (restriction_effect in
    ('none', 'debits_blocked', 'credits_blocked', 'all_blocked')),
  overdraft_limit_minor bigint check (overdraft_limit_minor >= 0),
  held_minor bigint not null check (held_minor >= 0),
  balance_minor bigint not null,
  entry_count bigint not null check (entry_count >= 0),
  balance_date date,
  day_debit_minor bigint not null check (day_debit_minor >= 0),
  day_credit_minor bigint not null check (day_credit_minor >= 0),
  closed_on date,
  primary key (cell_id, account_id),
  check (overdraft_limit_minor is null or balance_minor + overdraft_limit_minor >= 0),
  check (balance_minor between -999999999999999999 and 999999999999999999),
  check ((status = 'closed') = (closed_on is not null)),
  check (status <> 'closed' or (balance_minor = 0 and held_minor = 0)),
  check ((entry_count = 0) = (balance_date is null))
) with (fillfactor = 70);

-- An account's closing balance and turnover of each day on which it moved, but the newest.
create table account_day (
  cell_id smallint not null,
  account_id uuid not null,
  accounting_date date not null,
  closing_minor bigint not null,
  debit_minor bigint not null check (debit_minor >= 0),
  credit_minor bigint not null check (credit_minor >= 0),
  primary key (cell_id, account_id, accounting_date)
);

create sequence posting_number;
create sequence account_serial;

-- The balanced set of transfers of one business event in one book. event_id is the client's key or
-- comes from it, the ids of the event's posting_count postings come from event_id; content_hash is
-- of the whole event. Three units: operating_unit_code did it, book_id is
-- whose books, and each account has its own opening unit.
create table posting (
  cell_id smallint not null,
  posting_id uuid not null,
  posting_number bigint not null default nextval('posting_number'),
  event_id uuid not null,
  posting_count smallint not null check (posting_count > 0),
  book_id text not null,
  accounting_date date not null,
  occurred_at bigint not null,
  business_reference text not null,
  transaction_code text not null,
  narrative text not null,
  operating_unit_code text not null,
  maker_login text not null,
  authoriser_login text,
  process_instance_id uuid,
  activity text,
  task_id uuid,
  transfer_count integer not null check (transfer_count >= 0),
  memorandum_count integer not null check (memorandum_count >= 0),
  content_hash bytea not null check (length(content_hash) = 32),
  primary key (cell_id, posting_id),
  check (transfer_count + memorandum_count > 0),
  check (authoriser_login is null or authoriser_login <> maker_login)
);
create index posting_process on posting (cell_id, process_instance_id)
  where process_instance_id is not null;
create index posting_reference on posting (cell_id, business_reference);

-- The atom: one amount from one debit account to one credit account, one book, one currency. The
-- two entries are a view of it (docs/decisions/0010-ledger-row-layout.md): …_number counts the
-- account's entries from 1, …_balance_minor is its balance after, in the account's normal side.
create table transfer (
  cell_id smallint not null,
  transfer_id uuid not null,
  posting_id uuid not null,
  book_id text not null,
  currency char(3) not null,
  accounting_date date not null,
  value_date date not null,
  amount_minor bigint not null check (amount_minor > 0 and amount_minor <= 999999999999999999),
  debit_account_id uuid not null,
  debit_entry_number bigint not null check (debit_entry_number > 0),
  debit_balance_minor bigint not null,
  credit_account_id uuid not null,
  credit_entry_number bigint not null check (credit_entry_number > 0),
  credit_balance_minor bigint not null,
  reverses_transfer_id uuid,
  hold_id uuid,
  narrative text,
  primary key (cell_id, transfer_id),
  check (debit_account_id <> credit_account_id),
  check (reverses_transfer_id <> transfer_id)
);
create unique index transfer_debit on transfer (cell_id, debit_account_id, debit_entry_number);
create unique index transfer_credit on transfer (cell_id, credit_account_id, credit_entry_number);
-- A transfer is reversed once.
create unique index transfer_reversal on transfer (cell_id, reverses_transfer_id)
  where reverses_transfer_id is not null;

create view entry as
  select cell_id, debit_account_id as account_id, debit_entry_number as entry_number,
      'debit' as side, amount_minor, debit_balance_minor as balance_minor, currency, book_id,
      accounting_date, value_date, transfer_id, posting_id,
      credit_account_id as counter_account_id, reverses_transfer_id, narrative
    from transfer
  union all
  select cell_id, credit_account_id, credit_entry_number, 'credit', amount_minor,
      credit_balance_minor, currency, book_id, accounting_date, value_date, transfer_id,
      posting_id, debit_account_id, reverses_transfer_id, narrative
    from transfer;

-- Single-sided record of what is not on the balance sheet (表外): pledged certificates, blank
-- vouchers, acceptances. direction: in adds, out takes away.
create table memorandum (
  cell_id smallint not null,
  memorandum_id uuid not null,
  posting_id uuid not null,
  account_id uuid not null,
  entry_number bigint not null check (entry_number > 0),
  direction text not null check (direction in ('in', 'out')),
  amount_minor bigint not null check (amount_minor > 0),
  balance_minor bigint not null check (balance_minor >= 0),
  accounting_date date not null,
  subject text not null,
  primary key (cell_id, memorandum_id),
  unique (cell_id, account_id, entry_number)
);

-- An amount the bank sets aside on an account (圈存); account_balance.held_minor is the sum of the
-- active ones. A transfer that names the hold uses it up.
create table hold (
  cell_id smallint not null,
  hold_id uuid not null,
  account_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  remaining_minor bigint not null check (remaining_minor between 0 and amount_minor),
  status text not null check (status in ('active', 'used', 'released', 'expired')),
  purpose text not null,
  placed_at bigint not null,
  placed_login text not null,
  expires_at bigint,
  ended_at bigint,
  process_instance_id uuid,
  primary key (cell_id, hold_id),
  check ((status = 'active') = (ended_at is null)),
  check (status <> 'active' or remaining_minor > 0),
  check (status <> 'used' or remaining_minor = 0)
);
create index hold_account on hold (cell_id, account_id) where status = 'active';
create index hold_expiry on hold (cell_id, expires_at) where status = 'active';

-- What narrows an account (账户控制); several stand at once, their joint effect is on
-- account_balance. A row is ended, never deleted.
create table restriction (
  cell_id smallint not null,
  restriction_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in
    ('freeze', 'stop_payment', 'loss_report', 'pledged', 'unverified')),
  effect text not null check (effect in ('debits_blocked', 'credits_blocked', 'all_blocked')),
  reason text not null,
  ordered_by text not null,
  document_number text,
  effective_from date not null,
  effective_to date,
  placed_at bigint not null,
  placed_login text not null,
  ended_at bigint,
  ended_login text,
  primary key (cell_id, restriction_id),
  check ((ended_at is null) = (ended_login is null))
);
create index restriction_account on restriction (cell_id, account_id) where ended_at is null;

-- Every change of an account's status or limit: who, when, old, new.
create table account_change (
  cell_id smallint not null,
  change_id uuid not null,
  account_id uuid not null,
  field text not null,
  value_before text,
  value_after text,
  at bigint not null,
  login text not null,
  process_instance_id uuid,
  primary key (cell_id, change_id)
);
create index account_change_account on account_change (cell_id, account_id, at);

-- What is unique in the whole bank. cell_id follows from kind and value, so that one cell decides.
create table identity (
  cell_id smallint not null,
  kind text not null,
  value text not null,
  owner_id text not null,
  taken_at bigint not null,
  primary key (cell_id, kind, value)
);

-- Working days from a notice; outside known_from and known_until nobody knows.
create table working_calendar (
  cell_id smallint not null,
  calendar_code text not null,
  name text not null,
  name_en text not null,
  known_from date not null,
  known_until date not null,
  weekend smallint[] not null,
  primary key (cell_id, calendar_code),
  check (known_until >= known_from)
);

create table calendar_day (
  cell_id smallint not null,
  calendar_code text not null,
  day date not null,
  kind text not null check (kind in ('holiday', 'make_up_day')),
  primary key (cell_id, calendar_code, day)
);

-- The application may add to the books and may not change or delete what is posted.
grant select, insert on legal_entity, book, gl_account, account, account_balance, account_day,
  posting, transfer, memorandum, hold, restriction, account_change, identity, working_calendar,
  calendar_day to huiliu_app;
grant select on entry to huiliu_app;
grant update (accounting_date, previous_date) on legal_entity to huiliu_app;
grant update (closed_on) on book to huiliu_app;
grant update (effective_to) on gl_account to huiliu_app;
grant update on account_balance, account_day to huiliu_app;
grant update (remaining_minor, status, ended_at) on hold to huiliu_app;
grant update (ended_at, ended_login) on restriction to huiliu_app;
grant update (known_until) on working_calendar to huiliu_app;
grant usage on sequence posting_number, account_serial to huiliu_app;

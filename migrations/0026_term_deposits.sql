-- not breaking
-- Deposits with a term or a notice, and what is counted on personal accounts. A row is a fact that is
-- added; only its end is written later. What lies on an account now is its balance in the ledger.

-- One term of a deposit; a renewal is the next term on the same account. maturity_date: null for a
-- notice deposit. monthly_minor: the amount of instalment savings. terms_from: the day whose version
-- of the product holds. ended_on: the accounting date on which it was paid out or renewed.
create table term_deposit (
  cell_id smallint not null,
  account_id uuid not null,
  term_number smallint not null check (term_number > 0),
  product_code text not null,
  terms_from date not null,
  principal_minor bigint not null check (principal_minor > 0),
  rate_ppm bigint not null check (rate_ppm >= 0),
  start_date date not null,
  maturity_date date,
  monthly_minor bigint check (monthly_minor > 0),
  settlement_account_number text not null,
  renewal text not null check (renewal in ('none', 'principal', 'principal_and_interest')),
  case_number text not null,
  agreed_at bigint not null,
  ended_on date,
  primary key (cell_id, account_id, term_number),
  check (maturity_date is null or maturity_date > start_date)
);
create index term_deposit_due on term_deposit (cell_id, maturity_date) where ended_on is null;
create unique index term_deposit_running on term_deposit (cell_id, account_id)
  where ended_on is null;

-- A notice of withdrawal (通知): told on a day, for a day. One at a time on an account.
create table deposit_notice (
  cell_id smallint not null,
  account_id uuid not null,
  given_on date not null,
  due_on date not null,
  amount_minor bigint not null check (amount_minor > 0),
  case_number text not null,
  given_at bigint not null,
  primary key (cell_id, account_id, given_on),
  check (due_on > given_on)
);

-- A person's account: its class, the own account of class I it is bound to, and the day of the check
-- face to face, which lets cash and money of others in.
create table personal_account (
  cell_id smallint not null,
  account_id uuid not null,
  account_class text not null check (account_class in ('I', 'II', 'III')),
  bound_account_number text,
  face_checked_on date,
  opened_at bigint not null,
  primary key (cell_id, account_id)
);

-- What went out of an account of class II or III on a day, within its limits.
create table account_usage (
  cell_id smallint not null,
  account_id uuid not null,
  usage_date date not null,
  out_minor bigint not null check (out_minor >= 0),
  primary key (cell_id, account_id, usage_date)
);

-- A salary order (代发工资) and its lines, each with its result.
create table salary_batch (
  cell_id smallint not null,
  batch_id uuid not null,
  payer_account_number text not null,
  currency char(3) not null,
  lines integer not null check (lines > 0),
  total_minor bigint not null check (total_minor > 0),
  maker_login text not null,
  authoriser_login text not null,
  taken_at bigint not null,
  primary key (cell_id, batch_id),
  check (maker_login <> authoriser_login)
);
create table salary_line (
  cell_id smallint not null,
  batch_id uuid not null,
  line_number integer not null check (line_number > 0),
  account_number text not null,
  name text not null,
  amount_minor bigint not null,
  status text not null check (status in ('waiting', 'paid', 'refused')),
  code text,
  posting_number bigint,
  primary key (cell_id, batch_id, line_number),
  check ((status = 'refused') = (code is not null)),
  check ((status = 'paid') = (posting_number is not null))
);

grant select, insert on term_deposit, deposit_notice, personal_account, account_usage, salary_batch,
  salary_line to huiliu_app;
grant update (ended_on) on term_deposit to huiliu_app;
grant update (face_checked_on) on personal_account to huiliu_app;
grant update (out_minor) on account_usage to huiliu_app;
grant update (status, code, posting_number) on salary_line to huiliu_app;

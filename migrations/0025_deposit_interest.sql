-- not breaking
-- What deposits are (by product, versioned by the date from which it holds), the rates the bank
-- posts, and the interest of each account and day. Interest is counted in millionths of a minor
-- unit (…_millionths), so that no day is rounded to a cent.

-- A deposit product (存款产品): its rules as data; see src/product/deposit/product.ts for the shape.
create table deposit_product (
  cell_id smallint not null,
  product_code text not null check (product_code ~ '^[0-9a-z_]{2,40}$'),
  effective_from date not null,
  definition jsonb not null,
  made_login text not null,
  checked_login text not null,
  made_at bigint not null,
  primary key (cell_id, product_code, effective_from),
  check (made_login <> checked_login)
);

-- A posted rate (挂牌利率), yearly; a change is a new row.
create table deposit_rate (
  cell_id smallint not null,
  rate_code text not null check (rate_code ~ '^[0-9a-z_]{2,40}$'),
  currency char(3) not null,
  effective_from date not null,
  rate_ppm bigint not null check (rate_ppm >= 0),
  made_login text not null,
  checked_login text not null,
  made_at bigint not null,
  primary key (cell_id, rate_code, currency, effective_from),
  check (made_login <> checked_login)
);

-- Agreed deposit (协定存款): what lies above base_minor bears the agreed rate. Ended by a later
-- effective_to on the same row only.
create table deposit_agreement (
  cell_id smallint not null,
  account_id uuid not null,
  effective_from date not null,
  effective_to date,
  base_minor bigint not null check (base_minor >= 0),
  rate_code text not null,
  case_number text not null,
  agreed_at bigint not null,
  primary key (cell_id, account_id, effective_from),
  check (effective_to is null or effective_to > effective_from)
);

-- One row for each account and day. product_minor: 积数 of the interest period so far, minor units
-- times days; upper_product_minor: of the part above an agreed base. accrued_minor: the account's
-- share of interest payable at the end of the day; change_minor: what the day adds to it.
create table deposit_accrual (
  cell_id smallint not null,
  accrual_date date not null,
  account_id uuid not null,
  balance_minor bigint not null,
  product_minor bigint not null,
  upper_product_minor bigint not null,
  rate_ppm bigint not null,
  interest_millionths bigint not null,
  accrued_minor bigint not null,
  change_minor bigint not null,
  primary key (cell_id, accrual_date, account_id)
);

-- What one part of the accrual adds per book, currency and product: summed up and posted once.
create table deposit_accrual_total (
  cell_id smallint not null,
  accounting_date date not null,
  part text not null,
  book_id text not null,
  currency char(3) not null,
  product_code text not null,
  accounts bigint not null,
  change_minor bigint not null,
  primary key (cell_id, accounting_date, part, book_id, currency, product_code)
);

-- Interest that became due: at a settlement day, a withdrawal, a maturity, a closing. counted_to:
-- the last day it counts. released_minor: what it takes out of interest payable. due_date: when it
-- is paid; paid_on: the accounting date on which it was.
create table deposit_interest (
  cell_id smallint not null,
  account_id uuid not null,
  counted_to date not null,
  number smallint not null check (number > 0),
  kind text not null check (kind in ('settlement', 'withdrawal', 'maturity', 'closing')),
  rate_ppm bigint not null,
  product_minor bigint not null,
  interest_minor bigint not null check (interest_minor >= 0),
  released_minor bigint not null,
  accounting_date date not null,
  due_date date not null,
  paid_on date,
  primary key (cell_id, account_id, counted_to, number)
);
create index deposit_interest_due on deposit_interest (cell_id, due_date, account_id)
  where paid_on is null;
create index deposit_interest_counted on deposit_interest (cell_id, counted_to, account_id);
create index deposit_interest_paid on deposit_interest (cell_id, paid_on, account_id)
  where paid_on is not null;

grant select, insert on deposit_product, deposit_rate, deposit_agreement, deposit_accrual,
  deposit_accrual_total, deposit_interest to huiliu_app;
grant update (effective_to) on deposit_agreement to huiliu_app;
grant update (paid_on) on deposit_interest to huiliu_app;

-- not breaking
-- What the bank sells. Rows are facts that are added and never changed: what is drawn, used or
-- outstanding is computed from them. Numbers are codes that people read; a case number is a root
-- instance of 0002. Dates are the legal entity's; instants (…_at) are milliseconds since 1970 UTC.

-- A threshold, month, day, rate or code with the day from which it holds; a change is a new row.
create table parameter (
  cell_id smallint not null,
  name text not null,
  effective_from date not null,
  value jsonb not null,
  made_login text not null,
  checked_login text not null,
  made_at bigint not null,
  primary key (cell_id, name, effective_from),
  check (made_login <> checked_login)
);

-- An approved envelope (授信额度).
create table credit_line (
  cell_id smallint not null,
  line_number text not null,
  case_number text not null,
  customer_number text not null,
  product_code text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  revolving boolean not null,
  valid_from date not null,
  valid_to date not null,
  granted_at bigint not null,
  primary key (cell_id, line_number),
  check (valid_to >= valid_from)
);
create index credit_line_customer on credit_line (cell_id, customer_number, product_code);

-- The approval notice (批复).
create table loan_approval (
  cell_id smallint not null,
  approval_number text not null,
  case_number text not null,
  customer_number text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  term_months integer not null check (term_months > 0),
  rate_ppm bigint not null check (rate_ppm >= 0),
  conditions text not null,
  valid_from date not null,
  valid_to date not null,
  issued_at bigint not null,
  primary key (cell_id, approval_number),
  unique (cell_id, case_number)
);

-- The signed loan contract (借款合同).
create table loan_contract (
  cell_id smallint not null,
  contract_number text not null,
  case_number text not null,
  approval_number text not null,
  customer_number text not null,
  product_code text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  term_months integer not null check (term_months > 0),
  rate_ppm bigint not null check (rate_ppm >= 0),
  repayment_method text not null check (repayment_method in
    ('equal_instalments', 'equal_principal', 'interest_first', 'at_maturity')),
  credit_protection text not null check (credit_protection in
    ('mortgage', 'pledge', 'guarantee', 'margin', 'unsecured')),
  payment_method text not null check (payment_method in ('entrusted', 'self_directed')),
  payee_name text,
  payee_account_number text,
  contract_date date not null,
  signed_at bigint not null,
  primary key (cell_id, contract_number),
  unique (cell_id, case_number)
);
create index loan_contract_customer on loan_contract (cell_id, customer_number);

-- A thing mortgaged or pledged, with its certificate (他项权证).
create table collateral (
  cell_id smallint not null,
  case_number text not null,
  registration_number text not null,
  contract_number text not null,
  description text not null,
  currency text not null,
  value_minor bigint not null check (value_minor > 0),
  registered_at bigint not null,
  primary key (cell_id, case_number, registration_number)
);

-- One drawdown, one disbursement, one note (借据). note_number is the number of its account.
create table loan_note (
  cell_id smallint not null,
  note_number text not null,
  case_number text not null,
  contract_number text not null,
  customer_number text not null,
  deposit_account_number text not null,
  unit_code text not null,
  gl_code text not null,
  currency text not null,
  principal_minor bigint not null check (principal_minor > 0),
  rate_ppm bigint not null check (rate_ppm >= 0),
  repayment_method text not null,
  start_date date not null,
  maturity_date date not null,
  disbursed_at bigint not null,
  primary key (cell_id, note_number),
  check (maturity_date > start_date)
);
create index loan_note_case on loan_note (cell_id, case_number);
create index loan_note_customer on loan_note (cell_id, customer_number);

-- The repayment schedule of a note (还款计划).
create table loan_instalment (
  cell_id smallint not null,
  note_number text not null,
  number integer not null check (number > 0),
  due_date date not null,
  days integer not null check (days > 0),
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  balance_minor bigint not null check (balance_minor >= 0),
  primary key (cell_id, note_number, number)
);
create index loan_instalment_due on loan_instalment (cell_id, due_date);

-- What was paid back.
create table loan_repayment (
  cell_id smallint not null,
  id uuid not null,
  note_number text not null,
  instalment_number integer,
  case_number text not null,
  principal_minor bigint not null check (principal_minor >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  accounting_date date not null,
  paid_at bigint not null,
  primary key (cell_id, id),
  unique (cell_id, note_number, instalment_number),
  check (principal_minor + interest_minor > 0)
);

-- A post-loan inspection that was begun, and what it found; the day of the next stands with it.
create table loan_inspection (
  cell_id smallint not null,
  note_number text not null,
  due_date date not null,
  case_number text not null,
  begun_at bigint not null,
  primary key (cell_id, note_number, due_date)
);
create table loan_classification (
  cell_id smallint not null,
  note_number text not null,
  case_number text not null,
  five_level_class text not null check (five_level_class in
    ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  next_inspection_date date not null,
  classified_at bigint not null,
  primary key (cell_id, note_number, case_number)
);

grant select, insert on parameter, credit_line, loan_approval, loan_contract, collateral,
  loan_note, loan_instalment, loan_repayment, loan_inspection, loan_classification to huiliu_app;

-- not breaking
-- Wealth products (理财): how much risk a customer may bear, and what was subscribed. Rows are added; what
-- state an order is in is its newest step.

-- A customer's risk assessment (风险测评), good until valid_to.
create table wealth_assessment (
  cell_id smallint not null,
  customer_number text not null,
  case_number text not null,
  grade text not null check (grade in ('C1', 'C2', 'C3', 'C4', 'C5')),
  score bigint not null,
  assessed_on date not null,
  valid_to date not null,
  assessed_at bigint not null,
  login text not null,
  primary key (cell_id, customer_number, case_number),
  check (valid_to > assessed_on)
);

-- A subscription (认购): what was told to the customer, recorded and accepted before it.
create table wealth_order (
  cell_id smallint not null,
  order_number text not null,
  product_code text not null,
  product_risk text not null check (product_risk in ('R1', 'R2', 'R3', 'R4', 'R5')),
  customer_grade text not null check (customer_grade in ('C1', 'C2', 'C3', 'C4', 'C5')),
  customer_number text not null,
  account_number text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  recording_number text not null,
  disclosure_accepted_at bigint not null,
  ordered_on date not null,
  login text not null,
  primary key (cell_id, order_number)
);
create table wealth_order_step (
  cell_id smallint not null,
  order_number text not null,
  step integer not null check (step > 0),
  state text not null check (state in ('held', 'confirmed', 'released', 'redeemed')),
  paid_minor bigint check (paid_minor >= 0),
  case_number text not null,
  accounting_date date not null,
  at bigint not null,
  login text not null,
  primary key (cell_id, order_number, step),
  unique (cell_id, order_number, state)
);
grant select, insert on wealth_assessment, wealth_order, wealth_order_step to huiliu_app;

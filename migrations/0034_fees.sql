-- not breaking
-- What was charged for a service at the counter: what the rule asked, what was waived, why and by whom.
create table fee_charge (
  cell_id smallint not null,
  charge_id uuid not null,
  service text not null,
  channel text not null,
  customer_class text not null,
  unit_code text not null,
  account_number text not null,
  customer_number text,
  currency char(3) not null,
  basis_minor bigint not null check (basis_minor >= 0),
  standard_minor bigint not null check (standard_minor >= 0),
  waived_minor bigint not null check (waived_minor between 0 and standard_minor),
  waiver_reason text,
  waiver_note text,
  approved_login text,
  case_number text not null,
  accounting_date date not null,
  charged_at bigint not null,
  login text not null,
  primary key (cell_id, charge_id),
  check ((waived_minor > 0) = (waiver_reason is not null and approved_login is not null)),
  check (approved_login <> login)
);
create index fee_charge_waived on fee_charge (cell_id, accounting_date, unit_code)
  where waived_minor > 0;
grant select, insert on fee_charge to huiliu_app;

-- not breaking
-- Drawing several times under one contract (借款合同): how long it may be drawn on, whether what is
-- paid back may be drawn again, where the money goes by default, and how it ended.

alter table loan_contract
  -- 循环: what is paid back may be drawn again.
  add column revolving boolean not null default false,
  -- 提款有效期: null for a contract older than this column, which may be drawn on as long as its
  -- approval is valid.
  add column available_to date,
  add column deposit_account_number text;

-- A contract that nothing is owed on and nothing can be drawn on any more (合同结清): all paid and
-- all drawn, all paid and too late to draw, or the rest given up by the borrower.
create table loan_contract_closing (
  cell_id smallint not null,
  contract_number text not null,
  case_number text not null,
  reason text not null check (reason in ('settled', 'expired', 'given_up')),
  undrawn_minor bigint not null check (undrawn_minor >= 0),
  accounting_date date not null,
  closed_at bigint not null,
  primary key (cell_id, contract_number)
);

create index loan_note_contract on loan_note (cell_id, contract_number);
create index collateral_contract on collateral (cell_id, contract_number);
-- What is set aside for a contract (保证金圈存) is found by its purpose.
create index hold_purpose on hold (cell_id, purpose) where status = 'active';

grant select, insert on loan_contract_closing to huiliu_app;

-- not breaking
-- Pending transfers, every control of an account, judicial freezes that wait in line, open items of
-- suspense and in-transit accounts, and what a back-valued posting adds to accumulated balances.

-- A pending transfer is a hold that names both accounts: only a transfer between them uses it, once,
-- whole or in part, and what is left is released.
alter table hold
  add column debit_account_id uuid,
  add column credit_account_id uuid,
  add check ((debit_account_id is null) = (credit_account_id is null)),
  add check (debit_account_id <> credit_account_id);

alter table restriction drop constraint restriction_kind_check;
alter table restriction add constraint restriction_kind_check check (kind in
  ('freeze', 'judicial_freeze', 'stop_payment', 'fraud_stop', 'capital_verification', 'guarantee',
    'certificate', 'pledged', 'loss_report', 'receive_only', 'sealed', 'unverified',
    'dormant_seal'));
create index restriction_expiry on restriction (cell_id, effective_to) where ended_at is null;

-- Judicial freezes of an account in the order in which they arrived (轮候冻结): the first in line is
-- in effect, each other takes effect when the ones before it ended. amount_minor: null freezes the
-- account, else so much of it, also what comes in later. frozen_until: the first day without it.
create table judicial_freeze (
  cell_id smallint not null,
  freeze_id uuid not null,
  account_id uuid not null,
  place_in_line integer not null check (place_in_line > 0),
  status text not null check (status in ('waiting', 'in_effect', 'lifted', 'expired')),
  ordered_by text not null,
  document_number text not null,
  amount_minor bigint check (amount_minor > 0),
  frozen_from date not null,
  frozen_until date not null,
  placed_at bigint not null,
  placed_login text not null,
  effective_at bigint,
  ended_at bigint,
  ended_login text,
  primary key (cell_id, freeze_id),
  unique (cell_id, account_id, place_in_line),
  check (frozen_until > frozen_from),
  check ((status in ('waiting', 'in_effect')) = (ended_at is null))
);
create unique index judicial_freeze_in_effect on judicial_freeze (cell_id, account_id)
  where status = 'in_effect';
create index judicial_freeze_expiry on judicial_freeze (cell_id, frozen_until)
  where ended_at is null;

-- Whether entries on accounts of it are items that somebody must clear, and so grow old.
alter table gl_account
  add column open_items text check (open_items in ('suspense', 'in_transit'));
update gl_account set open_items = case gl_code when '3001' then 'in_transit' else 'suspense' end
where gl_code in ('1221', '1901', '2241', '3001');

-- What a posting with another value date adds to the accumulated balance (积数) of an account, on the
-- accounting date of the posting. days: from the value date to the accounting date, below 0 when the
-- value date is later. accumulated_minor: the change in normal side times the days.
create table value_adjustment (
  cell_id smallint not null,
  transfer_id uuid not null,
  account_id uuid not null,
  accounting_date date not null,
  value_date date not null,
  change_minor bigint not null,
  days integer not null check (days <> 0),
  accumulated_minor bigint not null,
  primary key (cell_id, transfer_id, account_id),
  check (accumulated_minor = change_minor * days)
);
create index value_adjustment_account on value_adjustment (cell_id, account_id, accounting_date);
create index value_adjustment_date on value_adjustment (cell_id, accounting_date);

grant select, insert on judicial_freeze, value_adjustment to huiliu_app;
grant update (status, effective_at, ended_at, ended_login) on judicial_freeze to huiliu_app;

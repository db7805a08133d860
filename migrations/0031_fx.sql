-- not breaking
-- Prices of foreign currencies (外汇牌价) and the bank's position in them. Rows are added and never
-- changed; a newer line of a currency ends the one before.

create table fx_quote (
  cell_id smallint not null,
  quote_id text not null,
  currency char(3) not null,
  version integer not null check (version > 0),
  -- Prices are for this many units, in the ten thousandth part of a yuan.
  per bigint not null check (per > 0),
  bid bigint not null,
  cash_bid bigint not null,
  ask bigint not null,
  middle bigint not null,
  valid_from bigint not null,
  valid_until bigint not null,
  made_login text not null,
  checked_login text not null,
  case_number text not null,
  primary key (cell_id, quote_id),
  unique (cell_id, currency, version),
  check (valid_until > valid_from),
  check (0 < cash_bid and cash_bid <= bid and bid <= middle and middle <= ask),
  check (made_login <> checked_login)
);

-- What a deal or a revaluation changed: position above zero is long. booked_minor is what it stands
-- at in fen: what a deal cost, and what revaluations have added.
create table fx_position (
  cell_id smallint not null,
  entry_id uuid not null,
  kind text not null check (kind in ('deal', 'revaluation')),
  book_id text not null,
  currency char(3) not null,
  position_minor bigint not null,
  booked_minor bigint not null,
  quote_id text,
  case_number text not null,
  accounting_date date not null,
  booked_at bigint not null,
  login text not null,
  primary key (cell_id, entry_id),
  check (kind = 'deal' or position_minor = 0)
);
create index fx_position_currency on fx_position (cell_id, currency, book_id);

grant select, insert on fx_quote, fx_position to huiliu_app;

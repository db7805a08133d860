-- not breaking
-- The register of bills (票据). Rows are facts that are added and never changed: a bill's status,
-- its holder and what is owed on it are read from what happened to it.

create table bill (
  cell_id smallint not null,
  bill_number text not null,
  kind text not null check (kind in ('bank_acceptance', 'trade_acceptance')),
  medium text not null check (medium in ('electronic', 'paper')),
  drawer_name text not null,
  drawer_account_number text,
  acceptor_name text not null,
  -- The bank itself is the acceptor.
  accepted_here boolean not null,
  payee_name text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  issued_on date not null,
  matures_on date not null,
  -- A paper bill whose acceptor is in another place.
  elsewhere boolean not null,
  unit_code text not null,
  case_number text not null,
  registered_on date not null,
  registered_at bigint not null,
  primary key (cell_id, bill_number),
  check (matures_on > issued_on)
);
create index bill_unit on bill (cell_id, unit_code, matures_on);
create index bill_maturity on bill (cell_id, matures_on);

-- What happened to a bill, numbered from 1; status and holder are those after it. from_name and
-- to_name are a link of the chain of endorsements (背书), null where it does not change hands.
create table bill_event (
  cell_id smallint not null,
  bill_number text not null,
  number integer not null check (number > 0),
  kind text not null check (kind in
    ('registered', 'accepted', 'cancelled', 'endorsed', 'pledged', 'released', 'discounted',
     'rediscounted', 'presented', 'collected', 'dishonoured', 'recourse', 'settled', 'honoured',
     'matured', 'repaid')),
  status text not null check (status in
    ('registered', 'accepted', 'cancelled', 'pledged', 'discounted', 'rediscounted',
     'in_collection', 'paid', 'dishonoured', 'in_recourse', 'settled')),
  holder_name text not null,
  from_name text,
  to_name text,
  amount_minor bigint,
  note text not null,
  case_number text not null,
  accounting_date date not null,
  happened_at bigint not null,
  login text not null,
  primary key (cell_id, bill_number, number)
);

-- The bank's promise to pay (承兑): what secures it, and for which fee it was given.
create table bill_acceptance (
  cell_id smallint not null,
  bill_number text not null,
  account_number text not null,
  customer_number text,
  margin_account_number text,
  margin_minor bigint not null check (margin_minor >= 0),
  fee_minor bigint not null check (fee_minor >= 0),
  guarantee text not null,
  unit_code text not null,
  case_number text not null,
  accepted_on date not null,
  primary key (cell_id, bill_number)
);

-- Interest taken in advance: earned on a bill that was discounted, or paid on one that was
-- rediscounted. It is spread over the days from begun_on until before counted_to.
create table bill_interest (
  cell_id smallint not null,
  bill_number text not null,
  side text not null check (side in ('earned', 'paid')),
  book_id text not null,
  unit_code text not null,
  -- Where the price was paid to; null when another bank paid it.
  account_number text,
  counterparty text,
  currency char(3) not null,
  rate_ppm bigint not null check (rate_ppm >= 0),
  interest_minor bigint not null check (interest_minor >= 0),
  begun_on date not null,
  counted_to date not null,
  case_number text not null,
  primary key (cell_id, bill_number, side),
  check (counted_to > begun_on)
);

-- One row for each bill, side and accounting date on which a part of the interest was booked.
create table bill_interest_day (
  cell_id smallint not null,
  bill_number text not null,
  side text not null,
  accounting_date date not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (cell_id, bill_number, side, accounting_date)
);
create index bill_interest_day_date on bill_interest_day (cell_id, accounting_date);

-- What the bank has lent on a bill: an advance at maturity (垫款), or what the previous holder could
-- not pay back (追索). Payments are below zero.
create table bill_debt (
  cell_id smallint not null,
  bill_number text not null,
  number integer not null check (number > 0),
  kind text not null check (kind in ('advance', 'recourse')),
  account_number text not null,
  unit_code text not null,
  change_minor bigint not null check (change_minor <> 0),
  case_number text not null,
  accounting_date date not null,
  primary key (cell_id, bill_number, number)
);

grant select, insert on bill, bill_event, bill_acceptance, bill_interest, bill_interest_day,
  bill_debt to huiliu_app;

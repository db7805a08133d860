-- not breaking
-- Cash by denomination: tills of tellers, vaults of units, what is on its way between vaults. Every
-- movement is a row that is added; how many notes lie in a box is kept beside and is their sum.

-- A place where cash lies: a teller's till (尾箱), a unit's vault (金库), or what a unit has sent and
-- nobody has received yet (在途). serial: how many movements and counts the box has seen.
create table cash_box (
  cell_id smallint not null,
  box_number text not null,
  kind text not null check (kind in ('till', 'vault', 'transit')),
  unit_code text not null,
  holder_login text,
  opened_on date not null,
  signed_off_on date,
  serial bigint not null default 0,
  primary key (cell_id, box_number),
  check ((kind = 'till') = (holder_login is not null))
);
create unique index cash_box_holder on cash_box (cell_id, holder_login) where kind = 'till';
create unique index cash_box_unit on cash_box (cell_id, unit_code, kind) where kind <> 'till';

-- Notes and coins of one face value (券别) in a box.
create table cash_note (
  cell_id smallint not null,
  box_number text not null,
  currency char(3) not null,
  face_minor bigint not null check (face_minor > 0),
  note_count bigint not null check (note_count >= 0),
  primary key (cell_id, box_number, currency, face_minor)
);

-- Cash into a box (above 0) or out of it; an exchange changes only the denominations. counter_box: the box it came from or went to; login: who
-- moved it, checker_login: the second person of a movement between boxes.
create table cash_movement (
  cell_id smallint not null,
  movement_id uuid not null,
  box_number text not null,
  serial bigint not null,
  kind text not null check (kind in
    ('opening', 'deposit', 'withdrawal', 'order', 'return', 'dispatch', 'receipt', 'over', 'short',
      'exchange')),
  currency char(3) not null,
  amount_minor bigint not null,
  counter_box text,
  account_number text,
  customer_number text,
  case_number text,
  accounting_date date not null,
  moved_at bigint not null,
  login text not null,
  checker_login text,
  primary key (cell_id, movement_id),
  unique (cell_id, box_number, serial),
  check (login <> checker_login),
  check ((kind = 'exchange') = (amount_minor = 0)),
  check (kind not in ('order', 'return', 'dispatch', 'receipt') or checker_login is not null)
);
create index cash_movement_customer on cash_movement (cell_id, accounting_date, customer_number)
  where customer_number is not null;
create table cash_movement_note (
  cell_id smallint not null,
  movement_id uuid not null,
  face_minor bigint not null,
  note_change bigint not null check (note_change <> 0),
  primary key (cell_id, movement_id, face_minor)
);

-- A count of a box against the book (碰库).
create table cash_count (
  cell_id smallint not null,
  box_number text not null,
  serial bigint not null,
  currency char(3) not null,
  moment text not null check (moment in ('start', 'noon', 'end')),
  book_minor bigint not null,
  counted_minor bigint not null check (counted_minor >= 0),
  case_number text not null,
  accounting_date date not null,
  counted_at bigint not null,
  login text not null,
  primary key (cell_id, box_number, serial)
);

-- Counted more or less than the book (长短款): in suspense until somebody resolves it, once. Its number
-- is that of the case that found it.
create table cash_difference (
  cell_id smallint not null,
  difference_number text not null,
  kind text not null check (kind in ('over', 'short')),
  box_number text not null,
  unit_code text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  found_on date not null,
  login text not null,
  primary key (cell_id, difference_number)
);
create table cash_difference_end (
  cell_id smallint not null,
  difference_number text not null,
  outcome text not null check (outcome in ('customer', 'bank')),
  account_number text,
  reason text not null,
  case_number text not null,
  resolved_on date not null,
  login text not null,
  primary key (cell_id, difference_number),
  check ((outcome = 'customer') = (account_number is not null))
);

-- Counterfeit notes taken from a customer by two people (假币收缴); they are worth nothing and not money.
create table cash_counterfeit (
  cell_id smallint not null,
  seizure_number text not null,
  unit_code text not null,
  currency char(3) not null,
  face_minor bigint not null check (face_minor > 0),
  pieces bigint not null check (pieces > 0),
  note_numbers text not null,
  customer_number text,
  seized_on date not null,
  login text not null,
  witness_login text not null,
  primary key (cell_id, seizure_number),
  check (login <> witness_login)
);

grant select, insert on cash_box, cash_note, cash_movement, cash_movement_note, cash_count,
  cash_difference, cash_difference_end, cash_counterfeit to huiliu_app;
grant update (signed_off_on, serial) on cash_box to huiliu_app;
grant update (note_count) on cash_note to huiliu_app;

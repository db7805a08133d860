-- not breaking
-- Changes of a product's parameters under four eyes. A change says which parameters become what,
-- from a day on, and on which version it stands; it never changes. What happens to it is a line of
-- its own. Once a second person has approved it, the version it makes stands among the product's
-- versions (parameter, deposit_product). Instants are milliseconds since 1970 UTC.

create table product_change (
  cell_id smallint not null,
  id uuid not null,
  family text not null check (family in ('loan', 'deposit')),
  product_code text not null check (product_code ~ '^[0-9a-z_]{2,40}$'),
  effective_from date not null,
  -- The version that was in force on that day when the change was drafted.
  stands_on date not null,
  -- [{ path, value }]: parameters and what they become.
  parameters jsonb not null,
  note text not null check (length(note) between 1 and 500),
  primary key (cell_id, id)
);
create index product_change_product on product_change (cell_id, family, product_code);

-- The life of a change: line 0 its draft, line 1 its approval, refusal or withdrawal; never a second
-- line 1, so two persons who decide at once cannot both be right.
create table product_change_event (
  cell_id smallint not null,
  change_id uuid not null,
  n integer not null check (n in (0, 1)),
  kind text not null check (kind in ('drafted', 'approved', 'refused', 'withdrawn')),
  at bigint not null,
  login text not null,
  person text not null,
  reason text not null,
  primary key (cell_id, change_id, n),
  check ((n = 0) = (kind = 'drafted'))
);

grant select, insert on product_change, product_change_event to huiliu_app;

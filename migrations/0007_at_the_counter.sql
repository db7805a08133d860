-- not breaking
-- A customer's task may be filled in by staff while the customer stands before them (柜面代办): the
-- roles that may, and the units where. Empty: only the customer.

alter table task
  add column counter_roles text[] not null default '{}',
  add column counter_units text[] not null default '{}';

-- not breaking
-- Event logs that people brought from other systems (导入日志), as the bytes of their columns, packed
-- with gzip and cut in parts. A log belongs to who brought it, at a unit; whoever may look into that
-- unit's cases may look into it. It can be deleted, because it is no record of this bank. Instants
-- are ms since 1970 UTC.
create table imported_log (
  cell_id smallint not null,
  id uuid not null,
  name text not null check (length(btrim(name)) > 0),
  file_hash text not null check (length(file_hash) = 64),
  file_bytes bigint not null,
  cases integer not null check (cases > 0),
  events integer not null check (events > 0),
  activities integer not null,
  from_at bigint not null,
  to_at bigint not null,
  -- How the file was read: format, columns, time format, rows left out.
  source jsonb not null,
  unit_code text not null,
  login text not null,
  imported_at bigint not null,
  primary key (cell_id, id)
);
create index imported_log_of on imported_log (cell_id, unit_code, id);

create table imported_log_part (
  cell_id smallint not null,
  log_id uuid not null,
  n integer not null,
  bytes bytea not null,
  primary key (cell_id, log_id, n)
);

grant select, insert, delete on imported_log, imported_log_part to huiliu_app;

-- not breaking
-- Decision tables that their owners change without deploying a process anew. A version is a DMN
-- file with its cases, in force from a day on once a second person has approved it; it never
-- changes. What happens to it is a line of its own, so nothing is ever updated. A decision taken
-- says why something in it is null, and which version took it.

alter table decision_taken add column reasons jsonb not null default '[]';
-- The decision_version that decided; null: the file deployed with the version of the process.
alter table decision_taken add column version_id uuid;
create index decision_taken_kind on decision_taken (cell_id, decision_id, id);

create table decision_version (
  cell_id smallint not null,
  id uuid not null,
  process_id text not null,
  file_name text not null,
  version integer not null check (version > 0),
  content text not null,
  content_hash text not null,
  cases text not null,
  effective_from date not null,
  note text not null,
  primary key (cell_id, id),
  unique (cell_id, process_id, file_name, version)
);

-- The life of a version: line 0 its draft, line 1 its approval, refusal or withdrawal. There is never
-- a second line 1, so two persons who decide at once cannot both be right. hash is the line's own.
create table decision_version_event (
  cell_id smallint not null,
  version_id uuid not null,
  n integer not null check (n in (0, 1)),
  kind text not null check (kind in ('drafted', 'approved', 'refused', 'withdrawn')),
  at bigint not null,
  login text not null,
  person text not null,
  facts jsonb not null,
  hash text not null check (length(hash) = 64),
  primary key (cell_id, version_id, n),
  check ((n = 0) = (kind = 'drafted'))
);

grant select, insert on decision_version, decision_version_event to huiliu_app;

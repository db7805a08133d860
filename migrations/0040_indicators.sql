-- not breaking
-- What indicators (指标) are held against. Nothing here is ever updated: a baseline is frozen with
-- its sample, filter and the digest of its definition; a later target or objection is a line of its
-- own. Values are millionths of the indicator's unit. Instants are ms since 1970 UTC.

-- 基线. sample: filters, period, what the log did not hold. cases_hash: SHA-256 over the numbers of
-- the cases counted, so that the sample can be proven later.
create table kpi_baseline (
  cell_id smallint not null,
  id uuid not null,
  process_id text not null,
  indicator text not null,
  definition_hash text not null check (length(definition_hash) = 64),
  value_millionths bigint not null,
  currency text check (currency ~ '^[A-Z]{3}$'),
  counted bigint not null check (counted > 0),
  sample jsonb not null,
  cases_hash text not null check (length(cases_hash) = 64),
  note text not null,
  frozen_at bigint not null,
  login text not null,
  person text not null,
  primary key (cell_id, id)
);
create index kpi_baseline_of on kpi_baseline (cell_id, process_id, indicator, id);

-- 目标值: what is to be reached by when, from which baseline, and its weight in the score.
create table kpi_target (
  cell_id smallint not null,
  id uuid not null,
  process_id text not null,
  indicator text not null,
  baseline_id uuid,
  target_millionths bigint not null,
  due_date date not null,
  weight integer not null check (weight between 1 and 10000),
  note text not null,
  set_at bigint not null,
  login text not null,
  person text not null,
  primary key (cell_id, id)
);
create index kpi_target_of on kpi_target (cell_id, process_id, indicator, id);

-- 异议: a unit objects to a case behind its figure; the answer is a line of its own.
create table kpi_objection (
  cell_id smallint not null,
  id uuid not null,
  process_id text not null,
  indicator text not null,
  unit_code text not null,
  case_number text not null,
  reason text not null check (length(btrim(reason)) > 0),
  raised_at bigint not null,
  login text not null,
  person text not null,
  primary key (cell_id, id)
);
create index kpi_objection_of on kpi_objection (cell_id, process_id, id);

create table kpi_objection_answer (
  cell_id smallint not null,
  objection_id uuid not null,
  accepted boolean not null,
  words text not null check (length(btrim(words)) > 0),
  answered_at bigint not null,
  login text not null,
  person text not null,
  primary key (cell_id, objection_id)
);

grant select, insert on kpi_baseline, kpi_target, kpi_objection, kpi_objection_answer to huiliu_app;

-- not breaking
-- A version that can go wrong was deployed because a named person takes it upon themselves. findings:
-- what the verifier said, with a way to each fault.
create table model_waiver (
  cell_id smallint not null,
  model_id uuid not null,
  login text not null,
  person text not null,
  reason text not null check (length(btrim(reason)) > 0),
  findings jsonb not null,
  at bigint not null,
  primary key (cell_id, model_id)
);

grant select, insert on model_waiver to huiliu_app;

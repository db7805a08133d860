-- not breaking
-- Children of a multi-instance activity that its body has handed out: each is an instance of its
-- own with the number it has among them, and the body is one row that counts.

alter table process_instance add column loop_counter integer check (loop_counter > 0);

-- body: the activity instance in the parent. scopes: items of the parent whose data the children
-- see, outermost first. news: what has yet to be told to the parent. elements: one for each child.
create table child_body (
  cell_id smallint not null,
  instance_id uuid not null,
  body bigint not null,
  element integer not null,
  scopes bigint[] not null,
  planned integer not null check (planned > 0),
  completed integer not null check (completed between 0 and planned),
  news jsonb not null,
  status text not null check (status in ('running', 'ended')),
  elements jsonb not null,
  primary key (cell_id, instance_id, body)
);

-- What the n-th completed child gave.
create table child_output (
  cell_id smallint not null,
  instance_id uuid not null,
  body bigint not null,
  n integer not null check (n > 0),
  output jsonb not null,
  primary key (cell_id, instance_id, body, n)
);

-- Who has done which user task inside handed-out children, once for each person: what separation of
-- duties asks for, without reading a hundred thousand tasks.
create table child_performer (
  cell_id smallint not null,
  root_id uuid not null,
  element_id text not null,
  person text not null,
  login text not null,
  task_id uuid not null,
  separate_from text[] not null,
  primary key (cell_id, root_id, element_id, person)
);

grant select, insert, update on child_body to huiliu_app;
grant select, insert on child_output to huiliu_app;
grant select, insert, update on child_performer to huiliu_app;

-- not breaking
-- What people do with a task besides claiming and completing it: hand it over, ask others to sign,
-- copy, urge, keep a draft. Instants (…_at) are milliseconds since 1970-01-01 UTC.

-- What such orders have made of a task. owner: who delegated it (委派) and gets it back. signs_for and
-- place: an added signer's task (加签) and the task it signs for. signers_after: logins who sign after
-- its holder has submitted, before the case goes on.
create table task_handling (
  cell_id smallint not null,
  task_id uuid not null,
  owner_login text,
  owner_person text,
  signs_for uuid,
  place text check (place in ('before', 'after', 'beside')),
  added_login text,
  signers_after text[] not null default '{}',
  primary key (cell_id, task_id),
  check ((owner_login is null) = (owner_person is null)),
  check ((place is null) = (added_login is null)),
  check (place is not null or signs_for is null)
);
create index task_handling_signs_for on task_handling (cell_id, signs_for)
  where signs_for is not null;

-- One line for each such order: who, with which task, to whom, why. id is the id of its line in the
-- business log, which holds no free text; the reason stands only here. to_task_id: the task that
-- came of it, such as that of the step returned to; task_id null: an order about the whole case.
create table task_act (
  cell_id smallint not null,
  id uuid not null,
  root_id uuid not null,
  task_id uuid,
  kind text not null,
  login text not null,
  person text not null,
  to_login text,
  to_person text,
  to_task_id uuid,
  straight_back boolean not null,
  reason text not null check (length(reason) <= 2000),
  at bigint not null,
  primary key (cell_id, id)
);
create index task_act_root on task_act (cell_id, root_id);
create index task_act_task on task_act (cell_id, task_id);
create index task_act_to_task on task_act (cell_id, to_task_id) where to_task_id is not null;
-- A delegate has worked on a task that another submits: it counts for segregation of duties.
create index task_act_resolved on task_act (cell_id, root_id) where kind = 'task_resolved';

-- A notice of a case (抄送): it asks nothing; read_at is the reader's mark.
create table task_copy (
  cell_id smallint not null,
  id uuid not null,
  root_id uuid not null,
  task_id uuid not null,
  case_number text not null,
  name text not null,
  name_en text not null,
  from_login text not null,
  to_login text not null,
  to_person text not null,
  note text not null check (length(note) <= 2000),
  at bigint not null,
  read_at bigint,
  primary key (cell_id, id)
);
create index task_copy_reader on task_copy (cell_id, to_person, at);
create index task_copy_root on task_copy (cell_id, root_id);

-- What one person has filled in so far (暂存): it is nobody else's. Emptied when the task is over.
create table task_draft (
  cell_id smallint not null,
  task_id uuid not null,
  person text not null,
  draft jsonb,
  at bigint not null,
  primary key (cell_id, task_id, person)
);
insert into task_draft (cell_id, task_id, person, draft, at)
  select cell_id, id, assignee_person, draft, coalesce(claimed_at, created_at) from task
  where draft is not null and assignee_person is not null
    and status not in ('completed', 'cancelled');

-- Who has opened a task before it was claimed: what was seen is no longer recalled (取回).
create table task_opening (
  cell_id smallint not null,
  task_id uuid not null,
  person text not null,
  at bigint not null,
  primary key (cell_id, task_id, person)
);

grant select, insert on task_act, task_opening to huiliu_app;
grant select, insert, update on task_handling to huiliu_app;
grant select, insert, update on task_draft to huiliu_app;
grant select, insert on task_copy to huiliu_app;
grant update (read_at) on task_copy to huiliu_app;

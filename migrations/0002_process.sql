-- not breaking
-- Processes and the work people do in them. Every primary key begins with cell_id, where the row
-- lives; it is chosen when the case is started and never changed. Instants (…_at) are milliseconds
-- since 1970-01-01 UTC, as everywhere in the code. A login, a person and a unit are codes of their
-- own tables (0003), kept here as text because they may live in another cell.

-- A deployed version of a process: the text it was compiled from and the program it became.
create table process_model (
  cell_id smallint not null,
  id uuid not null,
  process_id text not null,
  version integer not null check (version > 0),
  program_hash text not null,
  program text not null,
  xml text not null,
  files_hash text not null,
  name text not null,
  name_en text not null,
  case_prefix text not null,
  catalogue text,
  line text,
  folder text not null,
  deployed_at bigint not null,
  deployed_login text not null,
  primary key (cell_id, id),
  unique (cell_id, process_id, version)
);

-- The decision tables and forms deployed with a version: instances use those of their own version.
create table process_model_file (
  cell_id smallint not null,
  model_id uuid not null,
  name text not null,
  hash text not null,
  content text not null,
  primary key (cell_id, model_id, name)
);

-- One run of one model version. path: the instances above it and itself, root first; rows are
-- locked in that order. state: the kernel's text; data: the variables of the root and each scope.
-- version counts the steps; event_count, on a root, the business events of the whole case.
create table process_instance (
  cell_id smallint not null,
  id uuid not null,
  root_id uuid not null,
  parent_id uuid,
  parent_activity bigint,
  path uuid[] not null,
  model_id uuid not null,
  process_id text not null,
  case_number text not null,
  unit_code text not null,
  line text,
  customer_id text,
  status text not null check (status in ('active', 'suspended', 'completed', 'terminated')),
  outcome text,
  state text not null,
  data jsonb not null,
  version bigint not null check (version > 0),
  started_at bigint not null,
  started_login text not null,
  started_person text not null,
  event_count bigint not null,
  due_at bigint,
  ended_at bigint,
  primary key (cell_id, id),
  check ((parent_id is null) = (root_id = id)),
  check ((parent_id is null) = (parent_activity is null)),
  check ((status in ('completed', 'terminated')) = (ended_at is not null))
);
create unique index process_instance_case on process_instance (cell_id, case_number)
  where parent_id is null;
create index process_instance_root on process_instance (cell_id, root_id);
create index process_instance_parent on process_instance (cell_id, parent_id, parent_activity)
  where parent_id is not null;
create index process_instance_customer on process_instance (cell_id, customer_id)
  where parent_id is null and customer_id is not null;

-- One piece of human work. What a list filters and authorises by stands on the row itself.
-- unit_code is null for a task of the customer. separate_from: the user tasks whose performers
-- may not do this one, anywhere in the case.
create table task (
  cell_id smallint not null,
  id uuid not null,
  instance_id uuid not null,
  root_id uuid not null,
  path uuid[] not null,
  model_id uuid not null,
  process_id text not null,
  case_number text not null,
  activity_instance bigint not null,
  element_id text not null,
  name text not null,
  name_en text not null,
  role text not null,
  unit_code text,
  customer_id text,
  line text,
  form text,
  operation text,
  separate_from text[] not null,
  status text not null check (status in
    ('ready', 'reserved', 'in_progress', 'delegated', 'suspended', 'completed', 'cancelled')),
  assignee_login text,
  assignee_person text,
  draft jsonb,
  outcome text,
  created_at bigint not null,
  due_at bigint,
  claimed_at bigint,
  ended_at bigint,
  primary key (cell_id, id),
  unique (cell_id, instance_id, activity_instance),
  check (status <> 'ready' or assignee_login is null),
  check (status not in ('reserved', 'in_progress', 'delegated', 'completed')
    or (assignee_login is not null and assignee_person is not null)),
  check ((status in ('completed', 'cancelled')) = (ended_at is not null))
);
create index task_group on task (cell_id, role, unit_code, created_at) where status = 'ready';
create index task_mine on task (cell_id, assignee_login, created_at)
  where status in ('reserved', 'in_progress', 'delegated');
create index task_root on task (cell_id, root_id);
create index task_customer on task (cell_id, customer_id)
  where customer_id is not null and status not in ('completed', 'cancelled');

-- A deadline an instance waits for. It is deleted when it has fired or is no longer wanted.
create table timer (
  cell_id smallint not null,
  id uuid not null,
  instance_id uuid not null,
  path uuid[] not null,
  timer bigint not null,
  element_id text not null,
  due_at bigint not null,
  primary key (cell_id, id),
  unique (cell_id, instance_id, timer)
);
create index timer_due on timer (cell_id, due_at);

-- Work a machine claims by lease. fence grows with every claim: who lost the lease cannot save.
create table job (
  cell_id smallint not null,
  id uuid not null,
  kind text not null,
  facts jsonb not null,
  status text not null check (status in ('waiting', 'done', 'failed')),
  run_at bigint not null,
  attempts integer not null check (attempts >= 0),
  lease_owner text,
  lease_until bigint,
  fence bigint not null,
  last_code text,
  created_at bigint not null,
  ended_at bigint,
  primary key (cell_id, id),
  check ((lease_owner is null) = (lease_until is null))
);
create index job_waiting on job (cell_id, run_at) where status = 'waiting';

-- A message or a signal an instance waits for. Deleted when it came or is no longer wanted.
create table message_subscription (
  cell_id smallint not null,
  id uuid not null,
  instance_id uuid not null,
  path uuid[] not null,
  case_number text not null,
  kind text not null check (kind in ('message', 'signal')),
  subscription bigint not null,
  element_id text not null,
  message_name text not null,
  correlation text not null,
  created_at bigint not null,
  primary key (cell_id, id),
  unique (cell_id, instance_id, subscription)
);
create index message_subscription_key
  on message_subscription (cell_id, message_name, correlation);

-- The kernel's events of one step, packed: replaying them in the order of n gives the state.
create table step_log (
  cell_id smallint not null,
  instance_id uuid not null,
  n bigint not null check (n > 0),
  at bigint not null,
  command text not null,
  events text not null,
  primary key (cell_id, instance_id, n)
);

-- What a decision answered, on which inputs, by which rows of which version.
create table decision_taken (
  cell_id smallint not null,
  id uuid not null,
  root_id uuid not null,
  instance_id uuid not null,
  activity_instance bigint not null,
  decision_id text not null,
  model_id uuid not null,
  file_name text not null,
  file_hash text not null,
  inputs jsonb not null,
  matched jsonb not null,
  output jsonb not null,
  at bigint not null,
  primary key (cell_id, id)
);
create index decision_taken_root on decision_taken (cell_id, root_id);

-- A paper of a case; a new version is a new row, so what was signed can always be shown.
create table document (
  cell_id smallint not null,
  id uuid not null,
  version integer not null check (version > 0),
  root_id uuid not null,
  kind text not null,
  hash text not null,
  media_type text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  created_at bigint not null,
  created_login text not null,
  primary key (cell_id, id, version)
);
create index document_root on document (cell_id, root_id);

-- What leaves the system. position is only an order of sending, never an identity.
create table outbox (
  cell_id smallint not null,
  id uuid not null,
  topic text not null,
  message_key text not null,
  body jsonb not null,
  created_at bigint not null,
  sent_at bigint,
  primary key (cell_id, id)
);
create index outbox_unsent on outbox (cell_id, id) where sent_at is null;

-- Case numbers count per cell and day; the number itself is unique in the bank.
create sequence case_serial;

-- The lowest UUIDv7 of an instant: tables whose key is such an id are partitioned by month.
create function uuid_floor(instant timestamptz) returns uuid
  language sql immutable strict parallel safe
  as $$
    select (lpad(to_hex(floor(extract(epoch from instant) * 1000)::bigint), 12, '0')
      || '00000000000000000000')::uuid
  $$;

-- The business log: append-only. n counts within the case, step is the version of the instance
-- that made it; hash is the event's own, and a sealer links them later.
create table business_event (
  cell_id smallint not null,
  id uuid not null,
  root_id uuid not null,
  instance_id uuid not null,
  n bigint not null check (n > 0),
  step bigint not null,
  case_number text not null,
  kind text not null,
  element_id text,
  activity_instance bigint,
  model_id uuid not null,
  at bigint not null,
  login text not null,
  person text not null,
  role text,
  unit_code text,
  facts jsonb not null,
  hash bytea not null check (length(hash) = 32),
  primary key (cell_id, id)
) partition by range (id);
create index business_event_root on business_event (cell_id, root_id, id);

-- One command of one client, known for ever by the client's own key, and what it was answered.
create table command_key (
  cell_id smallint not null,
  id uuid not null,
  login text not null,
  content_hash bytea not null check (length(content_hash) = 32),
  answer text not null,
  at bigint not null,
  primary key (cell_id, id)
) partition by range (id);

create table business_event_default partition of business_event default;
create table command_key_default partition of command_key default;

-- Makes the monthly partitions from one month to another, both included; those that stand stay.
-- The application calls it ahead of time; it runs as the owner because only the owner may create.
create function ensure_month_partitions(first_month date, last_month date) returns integer
  language plpgsql security definer set search_path = public, pg_temp
  as $$
  declare
    month date := date_trunc('month', first_month);
    parent text;
    made integer := 0;
  begin
    perform pg_advisory_xact_lock(hashtext('ensure_month_partitions'));
    if last_month > first_month + interval '24 months' then
      raise exception 'at most 24 months at once';
    end if;
    while month <= last_month loop
      foreach parent in array array['business_event', 'command_key'] loop
        if to_regclass(parent || '_' || to_char(month, 'YYYYMM')) is null then
          execute format(
            'create table %I partition of %I for values from (%L) to (%L)',
            parent || '_' || to_char(month, 'YYYYMM'), parent,
            uuid_floor(month::timestamp at time zone 'UTC'),
            uuid_floor((month + interval '1 month')::timestamp at time zone 'UTC'));
          made := made + 1;
        end if;
      end loop;
      month := month + interval '1 month';
    end loop;
    return made;
  end
  $$;
revoke all on function ensure_month_partitions(date, date) from public;
select ensure_month_partitions('2026-10-01', '2027-03-01');

grant select, insert on process_model, process_model_file, step_log, decision_taken, document,
  business_event, command_key to huiliu_app;
grant select, insert, update on process_instance, task, job, outbox to huiliu_app;
grant select, insert, delete on timer, message_subscription to huiliu_app;
grant update (due_at) on timer to huiliu_app;
grant usage on sequence case_serial to huiliu_app;
grant execute on function ensure_month_partitions(date, date) to huiliu_app;

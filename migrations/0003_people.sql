-- not breaking
-- The bank's units, its people and their logins, sessions, and its customers. Instants (…_at) are
-- milliseconds since 1970-01-01 UTC; …_from is the first day something holds, …_to the first day it
-- no longer does. A person is an employee or a customer; a login belongs to one person.

-- A node of the tree; a change is a new row with dates. accounting_unit_code: the unit whose book
-- keeps this unit's postings (账务机构), null where nothing is posted.
create table org_unit (
  cell_id smallint not null,
  unit_code text not null,
  effective_from date not null,
  effective_to date,
  kind text not null check (kind in ('head_office', 'provincial_branch', 'city_branch',
    'sub_branch', 'outlet', 'representative_office', 'business_unit', 'department', 'centre',
    'sub_centre')),
  name text not null,
  name_en text not null,
  parent_code text,
  office_layer text not null check (office_layer in ('front', 'middle', 'back')),
  out_of_town boolean not null,
  accounting_unit_code text,
  primary key (cell_id, unit_code, effective_from),
  check (effective_to is null or effective_to > effective_from),
  check ((kind = 'head_office') = (parent_code is null))
);
create index org_unit_parent on org_unit (cell_id, parent_code);

-- What a role may do in the software. Its name is what lanes and task lists name.
create table role (
  cell_id smallint not null,
  role_code text not null,
  name text not null,
  name_en text not null,
  permissions text[] not null,
  primary key (cell_id, role_code)
);

-- Two roles no person may hold at once (不相容岗位). role_code < other_code, so each pair stands once.
create table role_conflict (
  cell_id smallint not null,
  role_code text not null,
  other_code text not null,
  primary key (cell_id, role_code, other_code),
  check (role_code < other_code)
);

-- A seat with duties; it brings roles to whoever fills it.
create table staff_position (
  cell_id smallint not null,
  position_code text not null,
  name text not null,
  name_en text not null,
  role_codes text[] not null,
  months_max integer check (months_max > 0),
  primary key (cell_id, position_code)
);

-- One identity for life, whatever the units and logins.
create table employee (
  cell_id smallint not null,
  employee_number text not null,
  name text not null,
  employed_from date not null,
  employed_to date,
  primary key (cell_id, employee_number),
  check (employed_to is null or employed_to > employed_from)
);

-- Who fills which position at which unit, over time.
create table position_holding (
  cell_id smallint not null,
  id uuid not null,
  employee_number text not null,
  position_code text not null,
  unit_code text not null,
  is_main boolean not null,
  effective_from date not null,
  effective_to date,
  granted_login text not null,
  primary key (cell_id, id),
  check (effective_to is null or effective_to > effective_from)
);
create index position_holding_employee on position_holding (cell_id, employee_number);
create index position_holding_unit on position_holding (cell_id, unit_code, position_code);

-- A party with at least one product or application. The identity number is personal data.
create table customer (
  cell_id smallint not null,
  customer_number text not null,
  kind text not null check (kind in ('corporate', 'retail')),
  name text not null,
  identity_kind text not null check (identity_kind in ('credit_code', 'resident_id')),
  identity_number text not null,
  legal_representative text,
  group_code text,
  credit_rating text,
  unit_code text not null,
  manager_employee_number text,
  opened_at bigint not null,
  opened_login text not null,
  primary key (cell_id, customer_number),
  unique (cell_id, identity_kind, identity_number),
  check ((kind = 'corporate') = (identity_kind = 'credit_code'))
);
create index customer_unit on customer (cell_id, unit_code, customer_number);
create index customer_group on customer (cell_id, group_code) where group_code is not null;

-- A login of one person. password_hash is a PHC string of argon2id, or null until one is set.
create table user_login (
  cell_id smallint not null,
  login text not null check (login ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
  kind text not null check (kind in ('employee', 'customer', 'robot')),
  employee_number text,
  customer_number text,
  teller_number text,
  password_hash text,
  password_changed_at bigint,
  status text not null check (status in ('active', 'suspended', 'closed')),
  language text not null check (language in ('zh-CN', 'en')),
  failed_attempts integer not null check (failed_attempts >= 0),
  locked_until_at bigint,
  created_at bigint not null,
  created_login text not null,
  primary key (cell_id, login),
  check ((kind = 'employee') = (employee_number is not null)),
  check ((kind = 'customer') = (customer_number is not null))
);
create index user_login_employee on user_login (cell_id, employee_number)
  where employee_number is not null;
create unique index user_login_teller on user_login (cell_id, teller_number)
  where teller_number is not null;

-- An opaque token, known to the server only by its SHA-256.
create table session (
  cell_id smallint not null,
  token_hash bytea not null check (length(token_hash) = 32),
  login text not null,
  started_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  ended_at bigint,
  end_reason text check (end_reason in ('signed_out', 'replaced', 'administrator')),
  primary key (cell_id, token_hash),
  check ((ended_at is null) = (end_reason is null)),
  check (expires_at > started_at)
);
create index session_login on session (cell_id, login) where ended_at is null;

-- Every attempt to sign in. login is null when no such login exists: people type passwords there.
create table sign_in_attempt (
  cell_id smallint not null,
  id uuid not null,
  login text,
  outcome text not null check (outcome in ('signed_in', 'wrong_password', 'unknown_login',
    'locked', 'not_active')),
  terminal text not null,
  at bigint not null,
  primary key (cell_id, id)
);
create index sign_in_attempt_login on sign_in_attempt (cell_id, login, at);

-- The working day of a login at a unit: 签到 … 签退.
create table sign_on (
  cell_id smallint not null,
  id uuid not null,
  login text not null,
  unit_code text not null,
  accounting_date date not null,
  signed_on_at bigint not null,
  signed_off_at bigint,
  primary key (cell_id, id),
  check (signed_off_at is null or signed_off_at >= signed_on_at)
);
create unique index sign_on_open on sign_on (cell_id, login) where signed_off_at is null;

grant select, insert on org_unit, role, role_conflict, staff_position, employee, position_holding,
  customer, user_login, session, sign_in_attempt, sign_on to huiliu_app;
grant update (effective_to) on org_unit, position_holding to huiliu_app;
grant update (employed_to) on employee to huiliu_app;
grant update (name, legal_representative, group_code, credit_rating, unit_code,
  manager_employee_number) on customer to huiliu_app;
grant update (teller_number, password_hash, password_changed_at, status, language,
  failed_attempts, locked_until_at) on user_login to huiliu_app;
grant update (last_seen_at, ended_at, end_reason) on session to huiliu_app;
grant update (signed_off_at) on sign_on to huiliu_app;

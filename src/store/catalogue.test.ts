import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';

let bank: TestDatabase;
beforeAll(async () => {
  bank = await testDatabase();
});
afterAll(async () => {
  await bank.drop();
});

const names = async (sql: string): Promise<string[]> => {
  const rows = await bank.ownerDatabase.query<{ name: string }>(sql);
  return rows.map(({ name }) => name).sort();
};

/** The migrations' own list is of the database, not of a cell. */
const ofTheDatabase = ['schema_migrations'];

test('every table has a primary key that begins with cell_id', async () => {
  const keyed = await names(
    `select c.relname as name from pg_index i
       join pg_class c on c.oid = i.indrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where i.indisprimary and a.attname = 'cell_id' and c.relnamespace = 'public'::regnamespace
       and c.relkind in ('r', 'p')`,
  );
  const tables = await names(
    `select relname as name from pg_class
     where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  );
  expect(tables.filter((name) => !keyed.includes(name))).toEqual(ofTheDatabase);
  expect(tables.length).toBeGreaterThan(30);
});

test('every unique index begins with cell_id, or rows of two cells would meet', async () => {
  const elsewhere = await names(
    `select c.relname as name from pg_index i
       join pg_class c on c.oid = i.indexrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indisunique and a.attname <> 'cell_id' and c.relnamespace = 'public'::regnamespace`,
  );
  expect(elsewhere).toEqual(['schema_migrations_pkey']);
});

test('there are no triggers, foreign keys or rules: a database over many machines has none', async () => {
  const triggers = await names(
    `select tgname as name from pg_trigger where not tgisinternal
     union all select conname from pg_constraint where contype = 'f'
       and connamespace = 'public'::regnamespace
     union all select rulename from pg_rules where schemaname = 'public'`,
  );
  expect(triggers).toEqual([]);
});

test('no column holds a fraction: money is whole, and rates are millionths', async () => {
  const fractions = await names(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type in ('numeric', 'real', 'double precision', 'money')`,
  );
  expect(fractions).toEqual([]);
});

test('every amount is a bigint', async () => {
  const amounts = await names(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and column_name ~ '_(minor|ppm)$' and data_type <> 'bigint'`,
  );
  expect(amounts).toEqual([]);
});

test('the application owns nothing and empties nothing', async () => {
  const owned = await names(
    `select relname as name from pg_class where relowner = 'huiliu_app'::regrole
     union all select proname from pg_proc where proowner = 'huiliu_app'::regrole`,
  );
  expect(owned).toEqual([]);
  const emptied = await names(
    `select distinct table_name as name from information_schema.role_table_grants
     where grantee = 'huiliu_app' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')`,
  );
  expect(emptied).toEqual([]);
});

test('the application only deletes what waits, and logs of other systems', async () => {
  const deleted = await names(
    `select distinct table_name as name from information_schema.role_table_grants
     where grantee = 'huiliu_app' and privilege_type = 'DELETE'`,
  );
  expect(deleted).toEqual([
    ...['imported_log', 'imported_log_part', 'message_subscription', 'timer'],
  ]);
});

test.each([
  // The postings are written by functions of the owner, the logs by the application.
  ['transfer', ['SELECT']],
  ['posting', ['SELECT']],
  ['memorandum', ['SELECT']],
  ['business_event', ['INSERT', 'SELECT']],
  ['step_log', ['INSERT', 'SELECT']],
  ['command_key', ['INSERT', 'SELECT']],
])('what is written to %s stays as it is', async (table, wanted) => {
  const privileges = await names(
    `select distinct privilege_type as name from information_schema.column_privileges
     where grantee = 'huiliu_app' and table_name = '${table}'`,
  );
  expect(privileges).toEqual(wanted);
});

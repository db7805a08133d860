import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '../base/result.ts';
import type { Database, DatabaseRefusalCode, Transaction } from './database.ts';

/** `text` is the whole script; its first line says `-- breaking` or `-- not breaking`. */
export type Migration = { readonly number: number; readonly name: string; readonly text: string };

/**
 * migration_malformed: a file name, the first line or the numbering is wrong · migration_changed:
 * a migration that already ran has another text now · database_is_newer: the database was migrated
 * by a later version with a breaking migration · application_role_missing: the role huiliu_app,
 * which the migrations grant to, does not exist.
 */
export type MigrationRefusalCode =
  | 'migration_malformed'
  | 'migration_changed'
  | 'database_is_newer'
  | 'application_role_missing'
  | DatabaseRefusalCode;

/** Reads NNNN_name.sql in order; no number stands twice. */
export async function readMigrations(
  folder: string,
): Promise<Result<Migration[], 'migration_malformed'>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Migration[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const parts = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
    const number = Number(parts?.[1]);
    const firstLine = text.split('\n', 1)[0]?.trim() ?? '';
    const wellFormed =
      number > (migrations.at(-1)?.number ?? 0) && /^-- (not )?breaking\b/.test(firstLine);
    if (!wellFormed) return refuse('migration_malformed', { file });
    migrations.push({ number, name: parts?.[2] ?? '', text });
  }
  return ok(migrations);
}

/** The advisory lock that lets one of several starting processes migrate; the others wait. */
const migrationLock = 4_846_215;

/**
 * Brings the database up to date, each migration in a transaction of its own. `owner` is a
 * connection of the role that owns the tables. Gives the numbers that ran now.
 */
export async function migrate(
  owner: Database,
  migrations: readonly Migration[],
): Promise<Result<number[], MigrationRefusalCode>> {
  const ran: number[] = [];
  for (const migration of [null, ...migrations]) {
    const result = await owner.transaction<boolean, MigrationRefusalCode>(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock($1)', [migrationLock]);
      return migration === null
        ? await prepare(transaction, migrations)
        : await apply(transaction, migration);
    });
    if (!result.ok) return result;
    if (migration !== null && result.value) ran.push(migration.number);
  }
  return ok(ran);
}

/** The file name of the first migration the database lacks, or null; the application may ask. */
export async function missingMigration(
  database: Database,
  migrations: readonly Migration[],
): Promise<string | null> {
  const [table] = await database.query<{ found: boolean }>(
    `select to_regclass('schema_migrations') is not null as found`,
  );
  const applied =
    table?.found === true
      ? await database.query<{ number: number }>('select number from schema_migrations')
      : [];
  const done = new Set(applied.map(({ number }) => number));
  const missing = migrations.find(({ number }) => !done.has(number));
  return missing === undefined ? null : fileName(missing);
}

type Applied = { number: number; checksum: string; breaking: boolean };

async function prepare(
  transaction: Transaction,
  migrations: readonly Migration[],
): Promise<Result<boolean, MigrationRefusalCode>> {
  const roles = await transaction.query(`select 1 from pg_roles where rolname = 'huiliu_app'`);
  if (roles.length === 0) return refuse('application_role_missing', { role: 'huiliu_app' });
  await transaction.query(`
    create table if not exists schema_migrations (
      number int primary key,
      name text not null,
      checksum text not null,
      breaking boolean not null,
      applied_at timestamptz not null default now()
    );
    grant select on schema_migrations to huiliu_app`);
  const applied = await transaction.query<Applied>(
    'select number, checksum, breaking from schema_migrations order by number',
  );
  for (const row of applied) {
    const file = migrations.find((migration) => migration.number === row.number);
    if (file === undefined && row.breaking) {
      return refuse('database_is_newer', { number: String(row.number) });
    }
    if (file !== undefined && checksum(file.text) !== row.checksum) {
      return refuse('migration_changed', { file: fileName(file) });
    }
  }
  return ok(true);
}

async function apply(
  transaction: Transaction,
  migration: Migration,
): Promise<Result<boolean, never>> {
  const [known] = await transaction.query('select 1 from schema_migrations where number = $1', [
    migration.number,
  ]);
  if (known !== undefined) return ok(false);
  await transaction.query(migration.text);
  await transaction.query(
    `insert into schema_migrations (number, name, checksum, breaking) values ($1, $2, $3, $4)`,
    [
      migration.number,
      migration.name,
      checksum(migration.text),
      migration.text.startsWith('-- breaking'),
    ],
  );
  return ok(true);
}

/** The same text under another line ending is the same migration. */
function checksum(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

function fileName(migration: Migration): string {
  return `${String(migration.number).padStart(4, '0')}_${migration.name}.sql`;
}

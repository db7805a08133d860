import { assert } from '../base/assert.ts';
import { type Database, sqlFailure } from './database.ts';

/**
 * Makes the role of the application (it owns nothing; migrations grant what it needs) and an empty
 * database of this name, where they are missing. `owner` is a superuser's connection to the
 * database `postgres` of a database server of our own; in production a DBA does this.
 */
export async function prepareServer(owner: Database, name: string): Promise<void> {
  assert(/^[a-z_][a-z0-9_]*$/.test(name), 'a database is named in small letters');
  const [role] = await owner.query(`select 1 from pg_roles where rolname = 'huiliu_app'`);
  if (role === undefined) {
    await unlessThere('42710', () => owner.query('create role huiliu_app login'));
  }
  const [database] = await owner.query('select 1 from pg_database where datname = $1', [name]);
  if (database === undefined) {
    await unlessThere('42P04', () => owner.query(`create database ${name}`));
  }
}

/** Another process may have been quicker; that is as good. */
async function unlessThere(state: string, make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (sqlFailure(error)?.state !== state) throw error;
  }
}

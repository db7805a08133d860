import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ok, refuse } from '../base/result.ts';
import { openDatabase } from './database.ts';
import { type Migration, migrate, missingMigration, readMigrations } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

describe('a database', () => {
  /** A database as CREATE DATABASE leaves it: what the template brought is taken away. */
  let fresh: TestDatabase;

  beforeEach(async () => {
    fresh = await testDatabase();
    await fresh.ownerDatabase.query('drop schema public cascade; create schema public');
    await fresh.ownerDatabase.query('grant usage on schema public to huiliu_app');
  });

  afterEach(async () => {
    await fresh.drop();
  });

  const migration = (number: number, text: string): Migration => ({
    number,
    name: `part_${number}`,
    text: `-- not breaking\n${text}`,
  });
  const first = migration(1, 'create table one (id int); grant select on one to huiliu_app;');
  const second = migration(2, 'create table two (id int);');

  test('each runs once, in order, and the application may ask which', async () => {
    expect(await missingMigration(fresh.database, [first])).toBe('0001_part_1.sql');
    expect(await migrate(fresh.ownerDatabase, [first])).toEqual(ok([1]));
    expect(await migrate(fresh.ownerDatabase, [first, second])).toEqual(ok([2]));
    expect(await migrate(fresh.ownerDatabase, [first, second])).toEqual(ok([]));
    expect(await fresh.database.query('select * from one')).toEqual([]);
    expect(await missingMigration(fresh.database, [first, second])).toBeNull();
    expect(await missingMigration(fresh.database, [first, second, migration(3, '')])).toBe(
      '0003_part_3.sql',
    );
  });

  test('of two starts at once each migration runs in one of them', async () => {
    const other = openDatabase({ url: fresh.ownerUrl });
    const results = await Promise.all([
      migrate(fresh.ownerDatabase, [first, second]),
      migrate(other, [first, second]),
    ]);
    await other.close();
    const ran = results.flatMap((result) => (result.ok ? result.value : [-1]));
    expect(ran.sort()).toEqual([1, 2]);
  });

  test('one that fails leaves nothing of itself, and what ran before stays', async () => {
    const broken = migration(2, 'create table two (id int); create table one (id int);');
    await expect(migrate(fresh.ownerDatabase, [first, broken])).rejects.toThrow('already exists');
    const tables = await fresh.ownerDatabase.query(
      `select relname from pg_class where relname in ('one', 'two')`,
    );
    expect(tables).toEqual([{ relname: 'one' }]);
    expect(await migrate(fresh.ownerDatabase, [first, second])).toEqual(ok([2]));
  });

  test.each([
    [
      'a changed one is refused',
      [migration(1, 'create table one (id bigint);')],
      refuse('migration_changed', { file: '0001_part_1.sql' }),
    ],
    [
      'another line ending is no change',
      [{ ...first, text: first.text.replaceAll('\n', '\r\n') }],
      ok([]),
    ],
    ['a database that is ahead by what does not break serves', [], ok([])],
  ])('%s', async (_what, migrations, wanted) => {
    await migrate(fresh.ownerDatabase, [first]);
    expect(await migrate(fresh.ownerDatabase, migrations)).toEqual(wanted);
  });

  test('a database that is ahead by a breaking one is refused', async () => {
    const breaking = { ...second, text: second.text.replace('-- not breaking', '-- breaking') };
    await migrate(fresh.ownerDatabase, [first, breaking]);
    const result = await migrate(fresh.ownerDatabase, [first]);
    expect(result).toEqual(refuse('database_is_newer', { number: '2' }));
  });
});

test.each([
  ['in order', { '0001_a.sql': '-- breaking', '0002_b.sql': '-- not breaking' }, null],
  ['other files beside them', { '0001_a.sql': '-- not breaking', 'README.md': '' }, null],
  ['no number', { 'books.sql': '-- breaking' }, 'books.sql'],
  ['a number twice', { '0001_a.sql': '-- breaking', '0001_b.sql': '-- breaking' }, '0001_b.sql'],
  ['no first line', { '0001_a.sql': 'create table a ();' }, '0001_a.sql'],
  ['number nought', { '0000_a.sql': '-- breaking' }, '0000_a.sql'],
])('files: %s', async (_what, files, refused) => {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-migrations-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const result = await readMigrations(folder);
  await rm(folder, { recursive: true });
  expect(result.ok ? null : result).toEqual(
    refused === null ? null : refuse('migration_malformed', { file: refused }),
  );
});

import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { type Database, openDatabase } from '../database.ts';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { isRunning } from './postmaster-file.ts';

let folder: string;
let running: EmbeddedDatabase[] = [];
let open: Database[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-embedded-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  for (const database of open) await database.close();
  for (const embedded of running) await embedded.stop();
  [running, open] = [[], []];
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const binaries = process.env.POSTGRES_BIN ?? null;
const root = process.getuid?.() === 0;

async function begin(place = folder, durable = false): Promise<EmbeddedDatabase> {
  const started = await startEmbedded({ folder: place, binaries, durable });
  if (!started.ok) throw new Error(JSON.stringify(started));
  running.push(started.value);
  return started.value;
}

function connect(embedded: EmbeddedDatabase): Database {
  const database = openDatabase(embedded.address('huiliu_owner', 'postgres'));
  open.push(database);
  return database;
}

/** In this order on one folder: making a database is what takes long. */
describe('one folder', () => {
  test('only looking: none is made where there is none', async () => {
    const refused = await startEmbedded({ folder, binaries, durable: false, create: false });
    const place = join(folder, 'postgres');
    expect(refused).toEqual(refuse('database_missing', { folder: place }));
  });

  test('it is made, whatever a killed first start left behind', async () => {
    const left = join(folder, 'postgres.unfinished');
    await mkdir(left);
    await writeFile(join(left, 'PG_VERSION'), 'half');
    expect((await begin()).adopted).toBe(false);
  });

  test('starts, stops in order, and goes on with the data', async () => {
    const first = await begin();
    expect([first.adopted, first.movedTo]).toEqual([false, null]);
    await connect(first).query('create table kept as select 1 as one');
    await first.stop();
    expect(await isRunning(first.pid)).toBe(false);
    const second = await begin();
    expect(await connect(second).query('select one from kept')).toEqual([{ one: 1 }]);
  });

  test('an orphan that still runs is adopted, and stops as any other', async () => {
    const orphan = await begin();
    const adopted = await begin();
    expect([adopted.adopted, adopted.pid]).toEqual([true, orphan.pid]);
    expect(await connect(adopted).query('select 1 as one')).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(await isRunning(adopted.pid)).toBe(false);
  });

  test('after kill -9 it recovers what was committed, and says that it died', async () => {
    const first = await begin(folder, true);
    await connect(first).query('create table recovered as select 1 as one');
    process.kill(first.pid, 'SIGKILL');
    expect(await first.died).toContain('ready to accept connections');
    const second = await begin();
    expect([second.adopted, second.pid === first.pid]).toEqual([false, false]);
    expect(await connect(second).query('select one from recovered')).toEqual([{ one: 1 }]);
  });

  test("a lock file with a stranger's number does not stop a start", async () => {
    await (await begin()).stop();
    const place = join(folder, 'postgres');
    const lines = [process.pid, place, 1, 5432, place, '', '1 1', 'ready'];
    await writeFile(join(place, 'postmaster.pid'), lines.join('\n'));
    expect((await begin()).adopted).toBe(false);
  });

  test('data of another PostgreSQL is refused', async () => {
    const place = join(folder, 'postgres');
    await (await begin()).stop();
    const version = (await readFile(join(place, 'PG_VERSION'), 'utf8')).trim();
    await writeFile(join(place, 'PG_VERSION'), '9.6\n');
    const refused = await startEmbedded({ folder, binaries, durable: false });
    const facts = { ours: version, theirs: '9.6', folder: place };
    expect(refused).toEqual(refuse('database_version_differs', facts));
  });
});

test('a path with blanks, and one too long for a socket', async () => {
  const long = join(folder, 'a folder', 'x'.repeat(90));
  await mkdir(long, { recursive: true });
  const embedded = await begin(long);
  expect(embedded.dataFolder).toBe(join(long, 'postgres'));
  expect(await connect(embedded).query('select 1 as one')).toEqual([{ one: 1 }]);
  await embedded.stop();
  const address = embedded.address('huiliu_owner', 'postgres');
  const socketFolder = 'socketFolder' in address ? address.socketFolder : '';
  expect(socketFolder).toMatch(/huiliu-[0-9a-f]{16}$/);
  expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
  await rm(socketFolder, { recursive: true });
});

test('no binaries: refused by name', async () => {
  const refused = await startEmbedded({ folder, binaries: '/no/such/bin', durable: false });
  expect(refused).toEqual(refuse('database_binaries_missing', { folder: '/no/such/bin' }));
});

test.skipIf(!root)('root: what PostgreSQL’s user cannot reach is moved, and said', async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const embedded = await begin(closed);
  const moved = present(embedded.movedTo, 'the data lies elsewhere');
  expect(moved).toMatch(/^\/var\/lib\/huiliu\/[0-9a-f]{16}\/postgres$/);
  expect(await connect(embedded).query('select 1 as one')).toEqual([{ one: 1 }]);
  await embedded.stop();
  expect((await begin(closed)).movedTo).toBe(moved);
  await running.at(-1)?.stop();
  await rm(dirname(moved), { recursive: true });
});

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { type Database, openDatabase } from '../database.ts';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { isRunning } from './postmaster-file.ts';

let folder: string;
let running: EmbeddedDatabase[];
let open: Database[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-embedded-'));
  await chmod(folder, 0o755);
  [running, open] = [[], []];
});

afterEach(async () => {
  for (const database of open) await database.close();
  for (const embedded of running) await embedded.stop();
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
  await connect(first).query('create table kept as select 1 as one');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.died).toContain('ready to accept connections');
  const second = await begin();
  expect([second.adopted, second.pid === first.pid]).toEqual([false, false]);
  expect(await connect(second).query('select one from kept')).toEqual([{ one: 1 }]);
});

test("a lock file with a stranger's number does not stop a start", async () => {
  await (await begin()).stop();
  const place = join(folder, 'postgres');
  const lines = [process.pid, place, 1, 5432, place, '', '1 1', 'ready'];
  await writeFile(join(place, 'postmaster.pid'), lines.join('\n'));
  expect((await begin()).adopted).toBe(false);
});

test('what a killed first start left behind is in nobody’s way', async () => {
  await mkdir(join(folder, 'postgres.unfinished'));
  await writeFile(join(folder, 'postgres.unfinished/PG_VERSION'), 'half');
  await begin();
});

test('a path with blanks, and one too long for a socket', async () => {
  const long = join(folder, 'a folder', 'x'.repeat(90));
  await mkdir(long, { recursive: true });
  const embedded = await begin(long);
  expect(embedded.dataFolder).toBe(join(long, 'postgres'));
  expect(await connect(embedded).query('select 1 as one')).toEqual([{ one: 1 }]);
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

test('no binaries: refused by name', async () => {
  const refused = await startEmbedded({ folder, binaries: '/no/such/bin', durable: false });
  expect(refused).toEqual(refuse('database_binaries_missing', { folder: '/no/such/bin' }));
});

test('only looking: none is made where there is none', async () => {
  const refused = await startEmbedded({ folder, binaries, durable: false, create: false });
  const place = join(folder, 'postgres');
  expect(refused).toEqual(refuse('database_missing', { folder: place }));
});

test.skipIf(!root)('root: what PostgreSQL’s user cannot reach is moved, and said', async () => {
  await chmod(folder, 0o700);
  const embedded = await begin();
  const moved = present(embedded.movedTo, 'the data lies elsewhere');
  expect(moved).toMatch(/^\/var\/lib\/huiliu\/[0-9a-f]{16}\/postgres$/);
  expect(await connect(embedded).query('select 1 as one')).toEqual([{ one: 1 }]);
  await embedded.stop();
  expect((await begin()).movedTo).toBe(moved);
  await running.at(-1)?.stop();
  await rm(dirname(moved), { recursive: true });
});

import { chmod, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { assert } from '../src/base/assert.ts';
import { openDatabase } from '../src/store/database.ts';
import { startEmbedded } from '../src/store/embedded/embedded.ts';
import {
  isPostmasterOf,
  isRunning,
  readPostmaster,
} from '../src/store/embedded/postmaster-file.ts';
import { migrate, readMigrations } from '../src/store/migrate.ts';
import { prepareServer } from '../src/store/roles.ts';
import '../src/store/testing.ts';

/**
 * One PostgreSQL for a test run: started before the first file, with a migrated template, from
 * which testDatabase() copies a database for each file. POSTGRES_BIN names another PostgreSQL's
 * folder of programs, such as Debian's.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearKilledRuns();
  const folder = await mkdtemp(join(tmpdir(), `huiliu-test-${process.pid}-`));
  await chmod(folder, 0o755);
  const started = await startEmbedded({
    folder,
    binaries: process.env.POSTGRES_BIN ?? null,
    durable: false,
    connectionsMax: 200,
  });
  assert(started.ok, `the test database starts: ${JSON.stringify(started)}`);
  const embedded = started.value;
  const stop = async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const template = 'huiliu_template';
    const server = openDatabase(embedded.address('huiliu_owner', 'postgres'));
    await prepareServer(server, template);
    await server.close();
    const owner = openDatabase(embedded.address('huiliu_owner', template));
    const migrations = await readMigrations(join(import.meta.dirname, '../migrations'));
    assert(migrations.ok, `the migrations are well formed: ${JSON.stringify(migrations)}`);
    const migrated = await migrate(owner, migrations.value);
    assert(migrated.ok, `the migrations run: ${JSON.stringify(migrated)}`);
    await owner.close();
    const address = embedded.address('huiliu_owner', template);
    assert('socketFolder' in address, 'the test database answers on a socket');
    const { socketFolder, port } = address;
    project.provide('testServer', { socketFolder, port, template });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** A test run that was killed could not stop its PostgreSQL: the next one does. */
async function clearKilledRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(/^huiliu-test-(\d+)-/.exec(name)?.[1]);
    if (!Number.isSafeInteger(owner) || (await isRunning(owner))) continue;
    const folder = join(tmpdir(), name);
    const found = await lstat(folder).catch(() => null); // Another run may be clearing it too.
    if (found?.uid !== process.getuid?.()) continue;
    const dataFolder = join(folder, 'postgres');
    const master = await readPostmaster(dataFolder).catch(() => null);
    const runs = master !== null && (await isRunning(master.pid));
    if (runs && (await isPostmasterOf(master.pid, dataFolder))) process.kill(master.pid, 'SIGQUIT');
    while (runs && (await isRunning(master.pid))) await new Promise((go) => setTimeout(go, 20));
    await rm(folder, { recursive: true, force: true });
  }
}

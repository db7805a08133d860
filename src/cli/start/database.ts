import { join } from 'node:path';
import { assert } from '../../base/assert.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import type { Settings } from '../../runtime/settings.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../../store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../store/embedded/embedded.ts';
import { migrate, missingMigration, readMigrations } from '../../store/migrate.ts';
import { prepareServer } from '../../store/roles.ts';
import { readHolder } from '../holder.ts';
import { projectFolder } from '../project.ts';

/** The database of a running server. */
export type RunningDatabase = {
  readonly database: Database;
  /** Closes the connections; stops the embedded PostgreSQL too, unless it is to be kept. */
  stop(options: { readonly keepEmbedded: boolean }): Promise<void>;
};

const name = 'huiliu';

/** Opens the database of the settings, migrated: the embedded one, or that of DATABASE_URL. */
export async function startDatabase(
  settings: Settings,
  tell: (line: string) => void,
): Promise<Result<RunningDatabase>> {
  return settings.databaseUrl === null
    ? await startOwn(settings, tell)
    : await openGiven(settings, settings.databaseUrl, tell);
}

/**
 * Opens the database of the settings to look at it, beside a running server or without one. `close`
 * leaves a running server's database running.
 */
export async function openToLook(
  settings: Settings,
  wanted: Pick<DatabaseOptions, 'connectionsMax'> = {},
): Promise<Result<{ database: Database; close(): Promise<void> }>> {
  const options = { ...lookOptions, ...wanted };
  if (settings.databaseUrl !== null) {
    const database = openDatabase({ url: settings.databaseUrl }, options);
    return ok({ database, close: () => database.close() });
  }
  const holder = await readHolder(settings.dataFolder);
  const started = await startEmbedded({ ...embeddedOptions(settings), create: false });
  if (!started.ok) return started;
  const database = openDatabase(started.value.address('huiliu_app', name), options);
  return ok({
    database,
    close: async () => {
      await database.close();
      if (holder === null) await started.value.stop();
    },
  });
}

/** Reading all of a bank takes longer than a clerk's question. */
const lookOptions: DatabaseOptions = { connectionsMax: 2, statementLimitMs: 600_000 };

async function startOwn(
  settings: Settings,
  tell: (line: string) => void,
): Promise<Result<RunningDatabase>> {
  const started = await startEmbedded(embeddedOptions(settings));
  if (!started.ok) return started;
  let embedded = started.value;
  if (embedded.movedTo !== null) {
    tell(`PostgreSQL's user cannot reach ${settings.dataFolder}; its data lies in`);
    tell(`  ${embedded.movedTo}`);
  }
  if (embedded.adopted)
    tell(`Took over the database (process ${embedded.pid}) of a killed server.`);
  const migrated = await prepareOwn(embedded, tell);
  if (!migrated.ok) {
    await embedded.stop();
    return migrated;
  }
  const database = openDatabase(embedded.address('huiliu_app', name), databaseOptions);
  let stopping = false;
  const deathsAt: number[] = [];
  const supervise = async (): Promise<void> => {
    const last = await embedded.died;
    if (stopping) return;
    tell(`PostgreSQL ended by itself. Its last words:\n${last}`);
    deathsAt.push(Date.now());
    const recent = deathsAt.filter((at) => at > Date.now() - restartWindowMs);
    if (recent.length > restartsMax) return tell('It ends again and again; it stays down.');
    tell('Starting it again …');
    const again = await startEmbedded(embeddedOptions(settings));
    if (!again.ok) return tell(`It did not start again: ${again.code} ${factsText(again)}`);
    embedded = again.value;
    if (stopping) await embedded.stop();
    else void supervise();
  };
  void supervise();
  return ok({
    database,
    stop: async ({ keepEmbedded }) => {
      stopping = true;
      await database.close();
      if (!keepEmbedded) await embedded.stop();
    },
  });
}

/** A PostgreSQL that ends oftener than this is not started again: somebody must look at it. */
const restartsMax = 5;
const restartWindowMs = 600_000;

const databaseOptions: DatabaseOptions = { connectionsMax: 20 };

function embeddedOptions(settings: Settings) {
  return { folder: settings.dataFolder, binaries: null, durable: true };
}

async function prepareOwn(
  embedded: EmbeddedDatabase,
  tell: (line: string) => void,
): Promise<Result<null>> {
  const server = openDatabase(embedded.address('huiliu_owner', 'postgres'), { connectionsMax: 1 });
  try {
    await prepareServer(server, name);
  } finally {
    await server.close();
  }
  const owner = openDatabase(embedded.address('huiliu_owner', name), migrationOptions);
  return await migrateAndClose(owner, tell);
}

async function openGiven(
  settings: Settings,
  url: string,
  tell: (line: string) => void,
): Promise<Result<RunningDatabase>> {
  if (settings.databaseOwnerUrl !== null) {
    const owner = openDatabase({ url: settings.databaseOwnerUrl }, migrationOptions);
    const migrated = await migrateAndClose(owner, tell);
    if (!migrated.ok) return migrated;
  }
  const database = openDatabase({ url }, databaseOptions);
  const missing = await missingMigration(database, await shippedMigrations());
  if (missing !== null) {
    await database.close();
    return refuse('database_not_migrated', { file: missing });
  }
  return ok({ database, stop: async () => await database.close() });
}

/** A migration may take its time. */
const migrationOptions: DatabaseOptions = {
  connectionsMax: 1,
  statementLimitMs: 0,
  lockLimitMs: 60_000,
};

async function migrateAndClose(
  owner: Database,
  tell: (line: string) => void,
): Promise<Result<null>> {
  try {
    const migrated = await migrate(owner, await shippedMigrations());
    if (!migrated.ok) return migrated;
    if (migrated.value.length > 0) tell(`Migrations run: ${migrated.value.join(', ')}.`);
    return ok(null);
  } finally {
    await owner.close();
  }
}

async function shippedMigrations() {
  const migrations = await readMigrations(join(projectFolder, 'migrations'));
  assert(migrations.ok, 'the migrations that ship are well formed');
  return migrations.value;
}

function factsText(refusal: Refusal): string {
  return Object.values(refusal.facts).join(' ');
}

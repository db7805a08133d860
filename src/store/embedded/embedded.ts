import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type DatabaseAddress, openDatabase } from '../database.ts';
import { findPlace, type Place, type PlaceRefusalCode } from './place.ts';
import { isPostmasterOf, isRunning, type Postmaster, readPostmaster } from './postmaster-file.ts';
import type { SystemUser } from './system-user.ts';

/** A PostgreSQL of our own that answers on a unix socket only. */
export type EmbeddedDatabase = {
  readonly dataFolder: string;
  readonly movedTo: string | null;
  /** True when a server that was killed had left it running and it was taken over. */
  readonly adopted: boolean;
  readonly pid: number;
  address(role: 'huiliu_owner' | 'huiliu_app', name: string): DatabaseAddress;
  /** Resolves when PostgreSQL ended without `stop`, with the last lines of its log. */
  readonly died: Promise<string>;
  /** Fast shutdown: running statements are broken off, all that was committed stays. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Absolute; `postgres/` and `postgres.log` appear in it. */
  readonly folder: string;
  /** The folder of `initdb` and `postgres`; null takes the packaged ones. */
  readonly binaries: string | null;
  /** false: no fsync, for tests only. */
  readonly durable: boolean;
  readonly connectionsMax?: number;
  /** false: refuse `database_missing` where there is none yet. */
  readonly create?: boolean;
};

export type EmbeddedRefusalCode =
  | PlaceRefusalCode
  | 'database_missing'
  | 'database_version_differs'
  | 'database_did_not_start';

/** Starts (first making it, when new) or adopts the database of a folder. */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Result<EmbeddedDatabase, EmbeddedRefusalCode>> {
  const found = await findPlace(options.folder, options.binaries);
  if (!found.ok) return found;
  const place = found.value;
  const orphan = await findOrphan(place);
  if (orphan !== null) return ok(handle(place, orphan, null));
  const made = await makeCluster(place, options);
  if (!made.ok) return made;
  return await startWhenFree(place, options);
}

/** How long a start waits for what a killed one left behind, and for recovery, in ms. */
const leftoverWaitMs = 5_000;
const readyWaitMs = 120_000;

/** A running postmaster of this folder that answers; one that is stopping is waited for. */
async function findOrphan(place: Place): Promise<Postmaster | null> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const master = await readPostmaster(place.dataFolder);
    if (master === null || !(await isRunning(master.pid))) return null;
    if (!(await isPostmasterOf(master.pid, place.dataFolder))) {
      // Its number now belongs to a stranger; PostgreSQL itself could not tell the two apart.
      await rm(join(place.dataFolder, 'postmaster.pid'));
      return null;
    }
    if (master.status === 'ready' && (await answers(master, place.dataFolder))) return master;
    if (waitedMs >= readyWaitMs) return null;
    await pause(50);
  }
}

async function answers(master: Postmaster, dataFolder: string): Promise<boolean> {
  const database = openDatabase(
    {
      socketFolder: master.socketFolder,
      port: master.port,
      name: 'postgres',
      role: 'huiliu_owner',
    },
    { connectionsMax: 1 },
  );
  try {
    const rows = await database.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === dataFolder;
  } finally {
    await database.close();
  }
}

/** initdb into a folder beside it, then a rename: a start that is killed leaves nothing half. */
async function makeCluster(
  place: Place,
  { durable, create = true }: EmbeddedOptions,
): Promise<Result<null, EmbeddedRefusalCode>> {
  const ours = /\(PostgreSQL\) (\d+)/.exec(await output(place, 'postgres', ['-V']))?.[1];
  const version = present(ours, 'postgres -V names its version');
  const kept = await textOrNull(join(place.dataFolder, 'PG_VERSION'));
  if (kept !== null) {
    const theirs = kept.trim();
    return theirs === version
      ? ok(null)
      : refuse('database_version_differs', { ours: version, theirs, folder: place.dataFolder });
  }
  if (!create) return refuse('database_missing', { folder: place.dataFolder });
  const unfinished = `${place.dataFolder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await chmod(unfinished, 0o700);
  if (place.user !== null) await chown(unfinished, place.user.uid, place.user.gid);
  // The builtin provider (17 and newer) does not depend on the machine's locales.
  const locale =
    Number(version) >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale-provider=libc', '--locale=C.UTF-8'];
  const values = ['-D', unfinished, '-U', 'huiliu_owner', '--auth=trust', '-E', 'UTF8', ...locale];
  if (!durable) values.push('--no-sync');
  try {
    await output(place, 'initdb', values);
  } catch (error) {
    return refuse('database_did_not_start', { problem: lastLines(String(error)) });
  }
  await rename(unfinished, place.dataFolder);
  return ok(null);
}

/**
 * Starts it, and again for a while when the lock file still names a process that is gone: after
 * kill -9 its number stays in use until its parent collects it.
 */
async function startWhenFree(
  place: Place,
  options: EmbeddedOptions,
): Promise<Result<EmbeddedDatabase, 'database_did_not_start'>> {
  await limitLog(place.logFile);
  for (let waitedMs = 0; ; waitedMs += 200) {
    const child = spawnPostgres(place, options);
    const problem = await becomesReady(child, place);
    if (problem === null) {
      const master = present(await readPostmaster(place.dataFolder), 'a ready one has its file');
      return ok(handle(place, master, child));
    }
    const leftover = /lock file .* already exists|pre-existing shared memory/.test(problem);
    if (!leftover || waitedMs >= leftoverWaitMs) {
      return refuse('database_did_not_start', { problem });
    }
    await pause(200);
  }
}

function spawnPostgres(place: Place, options: EmbeddedOptions): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: place.socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: String(options.connectionsMax ?? 100),
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // What is written at random must find its pages in memory, and a checkpoint, after which each
    // page is logged whole once more, should come by the clock and not by the amount written.
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    ...(options.durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const values = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(place.logFile, 'a', 0o600); // A failed statement is written there.
  // A session of its own: Ctrl-C reaches the server, which then stops PostgreSQL in order. No
  // pipes: it must be able to outlive us.
  const child = spawn(join(place.binaries, 'postgres'), ['-D', place.dataFolder, ...values], {
    ...running(place.user),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return child;
}

/** null when it takes connections, else the end of its log. */
async function becomesReady(child: ChildProcess, place: Place): Promise<string | null> {
  let ended = false;
  let problem = '';
  child.on('error', (error) => {
    ended = true;
    problem = error.message;
  });
  child.on('exit', () => {
    ended = true;
  });
  for (let waitedMs = 0; waitedMs < readyWaitMs; waitedMs += 15) {
    await pause(15);
    if (ended) return `${problem}${await logEnd(place.logFile)}`;
    const master = await readPostmaster(place.dataFolder);
    if (master?.pid === child.pid && master?.status === 'ready') return null;
  }
  child.kill('SIGINT');
  return await logEnd(place.logFile);
}

function handle(place: Place, master: Postmaster, child: ChildProcess | null): EmbeddedDatabase {
  let stopping: Promise<void> | null = null;
  const died = new Promise<string>((resolve) => {
    const tell = async () => {
      if (stopping === null) resolve(await logEnd(place.logFile));
    };
    if (child !== null) child.on('exit', () => void tell());
    else
      watch(
        master.pid,
        () => stopping !== null,
        () => void tell(),
      );
  });
  return {
    dataFolder: place.dataFolder,
    movedTo: place.movedTo,
    adopted: child === null,
    pid: master.pid,
    address: (role, name) => ({
      socketFolder: master.socketFolder,
      port: master.port,
      name,
      role,
    }),
    died,
    stop: () => {
      stopping ??= stopPostmaster(master.pid);
      return stopping;
    },
  };
}

/** An adopted postmaster is nobody's child of ours, so it is looked at once a second. */
function watch(pid: number, isStopping: () => boolean, gone: () => void): void {
  const timer = setInterval(async () => {
    if (isStopping()) clearInterval(timer);
    else if (!(await isRunning(pid))) {
      clearInterval(timer);
      gone();
    }
  }, 1_000);
  timer.unref();
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT, after 20 s, its immediate one (it recovers). */
async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!(await isRunning(pid))) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 10) {
      await pause(10);
      if (!(await isRunning(pid))) return;
    }
  }
}

/** Our environment stays ours: PG* variables would redirect it. */
function running(user: SystemUser | null) {
  const who = user === null ? {} : { uid: user.uid, gid: user.gid };
  return { ...who, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } };
}

async function output(place: Place, program: string, values: string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(
      join(place.binaries, program),
      values,
      running(place.user),
      (error, out, complaint) => {
        if (error === null) resolve(out);
        else reject(new Error(complaint || error.message, { cause: error }));
      },
    );
  });
}

/** The log of one run is kept beside that of the run before once it is over 10 MB. */
async function limitLog(path: string): Promise<void> {
  const text = await stat(path).catch(() => null);
  if (text !== null && text.size > 10_000_000) await rename(path, `${path}.1`);
}

async function logEnd(path: string): Promise<string> {
  return lastLines((await textOrNull(path)) ?? '');
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-3).join('\n');
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}

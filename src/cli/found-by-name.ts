import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The names of the programs in a folder: each file but tests, without its ending. */
export async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Loads `export const <what>` of the program of this name, or null when there is none. */
export async function loadByName<T>(folder: string, name: string, what: string): Promise<T | null> {
  if (!(await namesIn(folder)).includes(name)) return null;
  const module = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  return (module[what] as T | undefined) ?? null;
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ok, type Result, refuse } from '../../base/result.ts';
import { projectFolder } from '../project.ts';

/** What the built console is made of. */
const parts = ['web', 'src/base', 'src/contract', 'vite.config.ts', 'package-lock.json'];

/**
 * The folder of the built console; built when its sources have changed since the last time. It lies
 * in dist/console, or in the data folder when the installation cannot be written to.
 */
export async function builtConsole(
  dataFolder: string,
  tell: (line: string) => void,
): Promise<Result<string, 'console_did_not_build'>> {
  const hash = await sourceHash();
  const places = [join(projectFolder, 'dist/console'), join(dataFolder, 'console')];
  for (const place of places) {
    if (await exists(join(place, hash, 'index.html'))) return ok(join(place, hash));
  }
  const place = await firstWritable(places);
  const beganAt = Date.now();
  tell('Building the console, once for this version …');
  const unfinished = join(place, `.unfinished-${process.pid}`);
  const problem = await build(unfinished);
  if (problem !== null) {
    await rm(unfinished, { recursive: true, force: true });
    return refuse('console_did_not_build', { problem });
  }
  await compress(unfinished);
  await keep(unfinished, join(place, hash));
  await removeOld(place, hash);
  tell(`Console built in ${Math.round((Date.now() - beganAt) / 1000)} s.`);
  return ok(join(place, hash));
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(parts.map(filesOf))).flat()) {
    hash.update(`${relative(projectFolder, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** In a fixed order; tests are no part of the console. */
async function filesOf(part: string): Promise<string[]> {
  const path = join(projectFolder, part);
  if (/\.[a-z]+$/.test(part)) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** null when it went well, else the beginning of what Vite said. */
async function build(folder: string): Promise<string | null> {
  const vite = join(projectFolder, 'node_modules/vite/bin/vite.js');
  const values = [vite, 'build', '--outDir', folder, '--logLevel', 'warn'];
  const env = { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' };
  const options = { cwd: projectFolder, env, maxBuffer: 10_000_000 };
  return await new Promise((resolve) => {
    execFile(process.execPath, values, options, (error, out, complaint) => {
      const said = `${out}${complaint}`.trim() || (error?.message ?? '');
      resolve(error === null ? null : said.split('\n').slice(0, 15).join('\n'));
    });
  });
}

/** The server sends the .gz beside a file to whoever accepts it. */
async function compress(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (!entry.isFile() || !/\.(js|css|svg|json)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file);
    if (text.length > 1_000) await writeFile(`${file}.gz`, await promisify(gzip)(text));
  }
}

/** Another start may have built the same at the same time; either is as good. */
async function keep(unfinished: string, folder: string): Promise<void> {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await rm(unfinished, { recursive: true });
  }
}

/** A running server may still serve the build before this one, so only older ones go. */
async function removeOld(place: string, hash: string): Promise<void> {
  const names = (await readdir(place)).filter((name) => name !== hash && !name.startsWith('.'));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(place, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(2);
  for (const { name } of old) await rm(join(place, name), { recursive: true, force: true });
}

async function firstWritable(places: readonly string[]): Promise<string> {
  for (const place of places.slice(0, -1)) {
    try {
      await mkdir(place, { recursive: true });
      await access(place, 2);
      return place;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!['EACCES', 'EROFS', 'EPERM'].includes(code)) throw error;
    }
  }
  const last = places.at(-1) ?? '';
  await mkdir(last, { recursive: true });
  return last;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

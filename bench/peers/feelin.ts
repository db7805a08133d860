import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** The version the figures in papers were taken beside. */
export const FEELIN = 'feelin@8.2.0';

/** What is used of feelin: an expression, or a cell's tests with the value under `?`. */
export type Feelin = {
  evaluate(text: string, context: object): { readonly value: unknown };
  unaryTest(text: string, context: object): { readonly value: unknown };
};

/**
 * Installs feelin into a temporary folder, without its scripts, runs `work` with it and removes
 * the folder. null: npm or the registry could not be reached.
 */
export async function withFeelin<T>(work: (feelin: Feelin) => Promise<T>): Promise<T | null> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-feelin-'));
  try {
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
    try {
      await promisify(execFile)('npm', [...words, FEELIN], { cwd: folder, timeout: 120_000 });
    } catch (error) {
      process.stderr.write(`feelin could not be installed: ${String(error).slice(0, 200)}\n`);
      return null;
    }
    const main = join(folder, 'node_modules/feelin/dist/index.js');
    return await work((await import(pathToFileURL(main).href)) as Feelin);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

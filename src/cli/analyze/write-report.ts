import { lstat, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, type Result, refuse } from '../../base/result.ts';

/** The files of a report folder; a folder with other files is not ours to replace. */
export const reportFiles = ['report.html', 'report.json'] as const;
export type ReportFiles = Readonly<Record<(typeof reportFiles)[number], string>>;

/**
 * Puts a report into a folder: written beside it first, then moved into place in one step, so that
 * the folder holds the whole new report or what it held before. An earlier report is replaced;
 * anything else that stands there is refused.
 */
export async function writeReport(folder: string, files: ReportFiles): Promise<Result<string>> {
  const there = await whatStandsAt(folder);
  if (there === 'other') return refuse('report_folder_taken', { folder });
  const parent = dirname(folder);
  let draft: string | null = null;
  try {
    await mkdir(parent, { recursive: true });
    draft = await mkdtemp(join(parent, `.${basename(folder)}-`));
    const fresh = join(draft, 'new');
    await mkdir(fresh);
    for (const name of reportFiles) await writeFile(join(fresh, name), files[name]);
    if (there === 'report') await rename(folder, join(draft, 'old'));
    await rename(fresh, folder);
    return ok(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    return refuse('report_folder_not_writable', { folder, reason });
  } finally {
    if (draft) await rm(draft, { recursive: true, force: true });
  }
}

async function whatStandsAt(folder: string): Promise<'nothing' | 'report' | 'other'> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (found === null) return 'nothing';
  if (!found.isDirectory()) return 'other';
  const names: readonly string[] = reportFiles;
  const entries = await readdir(folder);
  return entries.every((entry) => names.includes(entry)) ? 'report' : 'other';
}

/** Writes one file whole or not at all; what stood there before is replaced. */
export async function writeWhole(file: string, text: string | Uint8Array): Promise<Result<string>> {
  let draft: string | null = null;
  try {
    draft = await mkdtemp(join(dirname(file), `.${basename(file)}-`));
    await writeFile(join(draft, 'new'), text);
    await rename(join(draft, 'new'), file);
    return ok(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    return refuse('file_not_writable', { file, reason });
  } finally {
    if (draft) await rm(draft, { recursive: true, force: true });
  }
}

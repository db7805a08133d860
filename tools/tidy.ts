/**
 * The rules of the house, as a check that names each fault and where the thing belongs. The table
 * of floors, and the packages each may import, stand in tidy/floors.ts. `tidy.test.ts` runs it over
 * the project, and plants one fault of each kind to see it caught.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeFaults } from './tidy/code.ts';
import { folderFaults } from './tidy/folders.ts';
import { importFaults, orphanFaults } from './tidy/imports.ts';
import { paperFaults } from './tidy/papers.ts';
import { type Fault, isSource, type ProjectFile, readSource } from './tidy/source.ts';

export type { Fault, ProjectFile } from './tidy/source.ts';

/** All faults of a project's files, ordered by path and line. Pure. */
export function findFaults(files: readonly ProjectFile[]): Fault[] {
  const sources = files.filter(({ path }) => isSource(path)).map(readSource);
  const faults = [
    ...sources.flatMap(importFaults),
    ...orphanFaults(sources),
    ...sources.flatMap(codeFaults),
    ...folderFaults(files),
    ...paperFaults(files),
  ];
  return faults.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}

/** 'src/base/money.ts:12 clock in a pure floor: …' */
export function faultLine({ path, line, rule, sentence }: Fault): string {
  return `${path}${line > 0 ? `:${line}` : ''} ${rule}: ${sentence}`;
}

const readFolders = ['src', 'web', 'bench', 'tools', 'migrations', 'processes', 'docs'];
const textFile = /\.(tsx?|mts|cts|jsx?|mjs|cjs|md|sql|json)$|^\.npmrc$/;

/** The files of the project that the rules look at. */
export function readProject(root: string): ProjectFile[] {
  const paths = readdirSync(root).filter((name) => statSync(join(root, name)).isFile());
  for (const folder of readFolders) {
    if (!readdirSync(root).includes(folder)) continue;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const inside = join(entry.parentPath, entry.name).slice(root.length + 1);
      paths.push(inside.replaceAll('\\', '/'));
    }
  }
  return paths
    .filter((path) => textFile.test(path.split('/').at(-1) ?? ''))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

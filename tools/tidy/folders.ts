import { posix } from 'node:path';
import { type Fault, isSource, type ProjectFile } from './source.ts';

const readmeLinesMax = 60;
/** Past about 15 a folder wants sub-folders; past this it must have them. */
const filesMax = 20;
const forbiddenFolders = ['types', 'utils', 'util', 'helpers', 'common', 'misc', 'lib', 'shared'];

/** Names, READMEs and sizes of folders. */
export function folderFaults(files: readonly ProjectFile[]): Fault[] {
  const sources = files.filter(({ path }) => isSource(path));
  return [
    ...sources.flatMap(nameFaults),
    ...readmeFaults(files),
    ...crowdedFolders(sources),
    ...strayFaults(files),
  ];
}

function nameFaults({ path }: ProjectFile): Fault[] {
  const name = posix.basename(path);
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config))?\.tsx?$/;
  const component = /^[A-Z][A-Za-z0-9]*(\.test)?\.tsx$/;
  const good = kebab.test(name) || (path.startsWith('web/') && component.test(name));
  const faults: Fault[] = [];
  if (!good) {
    const sentence = `${name}: files are named in kebab-case, such as amount-in-words.ts`;
    faults.push({ path, line: 0, rule: 'file name', sentence });
  }
  const folder = posix
    .dirname(path)
    .split('/')
    .find((part) => forbiddenFolders.includes(part));
  if (folder !== undefined) {
    const sentence = `the folder ${folder}/ says nothing: name it by meaning, not by kind`;
    faults.push({ path, line: 0, rule: 'folder by kind', sentence });
  }
  return faults;
}

function readmeFaults(files: readonly ProjectFile[]): Fault[] {
  const folders = new Set(
    files
      .filter(({ path }) => path.startsWith('src/') && isSource(path))
      .map(({ path }) => posix.dirname(path)),
  );
  folders.delete('src');
  return [...folders].flatMap((folder): Fault[] => {
    const path = `${folder}/README.md`;
    const readme = files.find((file) => file.path === path);
    if (readme === undefined) {
      const sentence = `${folder} opens with no README.md: what lives here, what may not, where to start reading`;
      return [{ path, line: 0, rule: 'folder without README', sentence }];
    }
    const lines = readme.text.trimEnd().split('\n').length;
    const sentence = `${lines} lines, at most ${readmeLinesMax}: details belong beside the code`;
    return lines > readmeLinesMax ? [{ path, line: 0, rule: 'README too long', sentence }] : [];
  });
}

function crowdedFolders(sources: readonly ProjectFile[]): Fault[] {
  const counts = new Map<string, number>();
  for (const { path } of sources) {
    if (/\.test\.tsx?$/.test(path)) continue;
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > filesMax)
    .map(([path, count]) => {
      const sentence = `${count} files, at most ${filesMax}: make sub-folders by meaning`;
      return { path, line: 0, rule: 'crowded folder', sentence };
    });
}

/** Programs live in src, web, bench and tools; processes and migrations are data. */
function strayFaults(files: readonly ProjectFile[]): Fault[] {
  const places = /^(src|web|bench|tools)\/|^[^/]+\.config\.ts$/;
  return files.flatMap(({ path }): Fault[] => {
    const program = /\.([cm]?[jt]sx?)$/.test(path);
    if (program && !places.test(path)) {
      const sentence = `${path}: programs live in src/, web/, bench/ and tools/; what lies here is data`;
      return [{ path, line: 0, rule: 'stray program', sentence }];
    }
    if (/\.[cm]?jsx?$/.test(path) && path !== 'tools/boot.mjs') {
      const sentence = `${path}: everything is TypeScript but tools/boot.mjs`;
      return [{ path, line: 0, rule: 'JavaScript', sentence }];
    }
    return [];
  });
}

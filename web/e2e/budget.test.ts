import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const projectFolder = join(import.meta.dirname, '../..');

/** kB are 1,000 bytes in gzip, which is what a plain-http intranet gets. */
const firstLoadMaxKb = 300;
const routeMaxKb = 150;

type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
};

let folder: string;
let manifest: Record<string, Chunk>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-budget-'));
  const vite = join(projectFolder, 'node_modules/vite/bin/vite.js');
  const words = [vite, 'build', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, words, { cwd: projectFolder });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files that are loaded together with these chunks: what they import, and style sheets. */
function filesOf(keys: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  const walk = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) walk(next);
  };
  for (const key of keys) walk(key);
  return files;
}

async function kilobytes(files: Iterable<string>): Promise<number> {
  const sizes = await Promise.all(
    [...files].map(
      async (file) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

const first = ['index.html', 'i18n/zh-CN.json', 'screens/desk/Screen.tsx'];

test(`the first load of the desk is at most ${firstLoadMaxKb} kB in gzip`, async () => {
  const size = await kilobytes(filesOf(first));
  expect(size).toBeGreaterThan(100);
  expect(size).toBeLessThanOrEqual(firstLoadMaxKb);
});

test(`what a route adds is at most ${routeMaxKb} kB in gzip`, async () => {
  const known = filesOf(first);
  const routes = Object.keys(manifest).filter((key) => key.startsWith('screens/'));
  expect(routes.length).toBeGreaterThan(10);
  for (const route of routes) {
    const added = [...filesOf([route])].filter((file) => !known.has(file));
    expect(await kilobytes(added), route).toBeLessThanOrEqual(routeMaxKb);
  }
});

test('the diagram viewer is no part of any route: it loads when a diagram is opened', async () => {
  const viewer = manifest['parts/diagram/viewer.ts']?.file ?? 'no viewer';
  const routes = Object.keys(manifest).filter((key) => key.startsWith('screens/'));
  expect(filesOf([...first, ...routes])).not.toContain(viewer);
  expect(await kilobytes(filesOf(['parts/diagram/viewer.ts']))).toBeLessThanOrEqual(routeMaxKb);
});

test('the table editor is a chunk of its own, loaded when a table is changed', () => {
  const editor = manifest['parts/dmn/editor/editor.ts']?.file ?? 'no editor';
  const routes = Object.keys(manifest).filter((key) => key.startsWith('screens/'));
  expect(manifest['parts/dmn/editor/editor.ts']).toBeDefined();
  expect(filesOf([...first, ...routes])).not.toContain(editor);
});

test('a page carries the place of the nonce and no script of its own', async () => {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  expect(page).toContain('nonce="__NONCE__"');
  expect(page).not.toMatch(/<script(?![^>]*src=)/);
});

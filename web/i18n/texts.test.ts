import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const web = fileURLToPath(new URL('..', import.meta.url));

/** The texts of the first load, and those that come with the pages that show them. */
const files = ['', 'indicators/'];

function readFile(folder: string, language: string): Record<string, string> {
  return JSON.parse(readFileSync(join(web, 'i18n', folder, `${language}.json`), 'utf8'));
}

function read(language: string): Record<string, string> {
  return Object.assign({}, ...files.map((folder) => readFile(folder, language)));
}

const chinese = read('zh-CN');
const english = read('en');

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^e2e/.test(path))
  .map((path) => ({ path, code: readFileSync(join(web, path), 'utf8') }));

test('both languages have the same texts, sorted, none of them empty', () => {
  for (const folder of files) {
    const keys = Object.keys(readFile(folder, 'zh-CN'));
    expect(Object.keys(readFile(folder, 'en'))).toEqual(keys);
    expect(keys).toEqual(keys.toSorted());
  }
  const all = files.flatMap((folder) => Object.keys(readFile(folder, 'en')));
  expect(new Set(all).size).toBe(all.length);
  expect([...Object.values(chinese), ...Object.values(english)]).not.toContain('');
});

test('a text has the same places in both languages', () => {
  const places = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
  for (const [key, text] of Object.entries(chinese)) {
    expect(places(english[key] ?? ''), key).toEqual(places(text));
  }
});

test('no text exclaims or says successfully; the Chinese has no half-width commas', () => {
  for (const text of Object.values(english)) expect(text).not.toMatch(/!|successful/i);
  for (const text of Object.values(chinese)) expect(text).not.toMatch(/！|成功|[一-鿿],/);
});

test('the English has no Chinese but the name of the language', () => {
  const mixed = Object.entries(english).filter(([, text]) => /[一-鿿]/.test(text));
  expect(mixed.map(([key]) => key)).toEqual(['command.language']);
});

test('every key that the code names has a text', () => {
  const missing = sources.flatMap(({ path, code }) =>
    [...code.matchAll(/\b(?:t|text|i18next\.t)\(\s*'([^']+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => chinese[key] === undefined)
      .map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});

test('every text is used: named whole, or by its beginning', () => {
  const code = sources.map((source) => source.code).join('\n');
  const beginnings = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = Object.keys(chinese).filter(
    (key) => !code.includes(`'${key}'`) && !beginnings.some((begin) => key.startsWith(begin)),
  );
  expect(unused).toEqual([]);
});

test('every narrative that the bank posts has words', () => {
  const home = join(web, '../src');
  const codes = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(product|runtime\/demo)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...readFileSync(join(home, path), 'utf8').matchAll(/(?:narrative: |\bposted\()'(\w+)'/g),
    ])
    .map((match) => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => chinese[`narrative.${code}`] === undefined)).toEqual([]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw } from '../../kernel/testing.ts';
import type { Command } from '../command.ts';
import { diff } from './diff.ts';
import { outline } from './outline.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-outline-'));
  const first = 'startEvent s\nuserTask a name="Apply"\nendEvent e\ns -> a -> e';
  const second = `${first.replace('Apply', 'Ask')}\nuserTask b\nb -> e`;
  await writeFile(join(folder, 'first.bpmn'), draw(first));
  await writeFile(join(folder, 'second.bpmn'), draw(second));
  await writeFile(join(folder, 'wide.bpmn'), Buffer.from(`\ufeff${draw(first)}`, 'utf16le'));
  await writeFile(join(folder, 'other.bpmn'), 'no model at all');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function call(command: Command, words: readonly string[], json = false) {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const given = { words, options: {}, json, environment: {}, folder, print, tell: print };
  return { code: await command.run(given), said: said.join('\n') };
}

test('a process is told in the order of its flow', async () => {
  const { code, said } = await call(outline, ['first.bpmn']);
  expect([code, said]).toEqual([0, 's [startEvent]\nApply [userTask]\ne [endEvent]']);
  const { said: json } = await call(outline, ['first.bpmn'], true);
  expect(JSON.parse(json).lines[1]).toMatchObject({ element: 'a', name: 'Apply', depth: 0 });
});

test('a file in UTF-16 is read as any other', async () => {
  expect((await call(outline, ['wide.bpmn'])).said).toContain('Apply');
});

test('what changed between two versions', async () => {
  const { code, said } = await call(diff, ['first.bpmn', 'second.bpmn']);
  expect(code).toBe(1);
  expect(said.split('\n')).toEqual(
    expect.arrayContaining(['+ b', '+ b_e', '~ a name: Apply -> Ask']),
  );
  expect(await call(diff, ['first.bpmn', 'first.bpmn'])).toEqual({
    code: 0,
    said: 'No difference.',
  });
});

test.each([
  ['what is no model is refused', ['other.bpmn'], 1],
  ['what is no file is wrong usage', ['nowhere.bpmn'], 2],
])('%s', async (_name, words, code) => {
  expect((await call(outline, words)).code).toBe(code);
  expect((await call(diff, ['first.bpmn', ...words])).code).toBe(code);
});

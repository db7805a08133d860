import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw } from '../../kernel/testing.ts';
import { verify } from './verify.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-verify-'));
  const sound = 'startEvent s\nuserTask a\nendEvent e\ns -> a -> e';
  const stuck = `startEvent s\nexclusiveGateway f\nuserTask a\nuserTask b\nparallelGateway j\nendEvent e
    s -> f -> a -> j -> e\nf -> b : x = 1\nb -> j`;
  await writeFile(join(folder, 'sound.bpmn'), draw(sound));
  await writeFile(join(folder, 'stuck.bpmn'), draw(stuck));
  await writeFile(join(folder, 'broken.bpmn'), draw(`${sound}\ne -> a`));
  await writeFile(join(folder, 'other.bpmn'), 'no model at all');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function call(file: string, json: boolean) {
  const said: string[] = [];
  const code = await verify.run({
    words: [file],
    options: {},
    json,
    environment: {},
    folder,
    print: (line) => said.push(line),
    tell: (line) => said.push(line),
  });
  return { code, said };
}

test.each([
  ['sound.bpmn', 0, 'accepted', true],
  ['stuck.bpmn', 1, 'accepted', false],
  ['broken.bpmn', 1, 'rejected', null],
] as const)('%s', async (file, code, status, sound) => {
  const { code: came, said } = await call(file, true);
  const answer = JSON.parse(said[0] ?? '');
  expect([came, answer.status]).toEqual([code, status]);
  if (sound !== null) expect(answer.sound).toBe(sound);
  expect(Object.keys(answer)).toEqual(
    expect.arrayContaining(['status', 'findings', 'sound', 'properties', 'states']),
  );
});

test('what is no model is refused in words, what is no file is wrong usage', async () => {
  expect((await call('other.bpmn', false)).code).toBe(1);
  expect((await call('nowhere.bpmn', false)).code).toBe(2);
});

test('the way to a fault is told in words', async () => {
  const { said } = await call('stuck.bpmn', false);
  expect(said[0]).toMatch(/^accepted, not sound/);
  expect(said.at(-1)).toMatch(/^no_option_to_complete: .* > From here no end can be reached\.$/);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../command.ts';
import { decide } from './decide.ts';

const file = (second: string): string => `<definitions namespace="urn:test"
  xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">
  <inputData id="a" name="n"><variable name="n" typeRef="number"/></inputData>
  <decision id="size" name="size"><variable name="size"/>
  <informationRequirement><requiredInput href="#a"/></informationRequirement>
  <decisionTable><input><inputExpression typeRef="number"><text>n</text></inputExpression></input>
  <output typeRef="string"/>
  <rule><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>"small"</text></outputEntry></rule>
  <rule><inputEntry><text>${second}</text></inputEntry><outputEntry><text>"large"</text></outputEntry></rule>
  </decisionTable></decision></definitions>`;

const cases = '## size\n\n| n | → | rows |\n| --- | --- | --- |\n| 4.99 | "small" | 1 |\n';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-decide-'));
  await writeFile(join(folder, 'good.dmn'), file('>= 5'));
  await writeFile(join(folder, 'good.cases.md'), `${cases}| 5 | "large" | 2 |\n`);
  await writeFile(join(folder, 'half.dmn'), file('>= 5'));
  await writeFile(join(folder, 'half.cases.md'), `${cases}| 5 | "small" | |\n`);
  await writeFile(join(folder, 'gap.dmn'), file('> 5'));
  await writeFile(join(folder, 'broken.dmn'), file('> 5 +'));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function called(words: readonly string[], options: Call['options'] = {}, json = false) {
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const call: Call = { words, options, json, environment: {}, folder, print: say, tell: say };
  return { code: await decide.run(call), out: lines.join('\n') };
}

test.each([
  [['good.dmn'], {}, 0, /^size: 2 rows\n0 findings, 2 cases hold, 0 fail$/],
  [
    ['half.dmn'],
    {},
    1,
    /case of line 6: size: wanted "small", came "large"[\s\S]*1 cases hold, 1 fail$/,
  ],
  [['gap.dmn'], {}, 1, /^error: size: No row covers these inputs: n = 5\./],
  [['gap.dmn'], {}, 1, /2 findings, 0 cases hold, 0 fail$/],
  [['broken.dmn'], {}, 1, /In the decision size, the expression > 5 \+ .*cannot be read/],
  [['none.dmn'], {}, 2, /There is no file/],
  [[], {}, 2, /Name a DMN file/],
  [['good.dmn', 'size'], { inputs: '{"n":5}' }, 0, /^"large"\nsize: rows 2$/],
  [['gap.dmn', 'size'], { inputs: '{"n":5.0}' }, 0, /^null\nsize: no row$/],
  [['good.dmn', 'size'], { inputs: '{"n":"x"}' }, 0, /why: A number is wanted/],
  [['good.dmn', 'size'], { inputs: '{n:5}' }, 1, /JSON/],
  [['good.dmn', 'other'], {}, 1, /There is no decision other/],
] as const)('decide %j %j ends with %i', async (words, options, code, out) => {
  const answer = await called(words, options);
  expect(answer.out).toMatch(out);
  expect(answer.code).toBe(code);
});

test('as JSON', async () => {
  const { out } = await called(['good.dmn', 'size'], { inputs: '{"n":4}' }, true);
  expect(JSON.parse(out)).toEqual({
    output: 'small',
    matched: [{ decision: 'size', rows: [1] }],
    reasons: [],
  });
  const judged = await called(['gap.dmn'], {}, true);
  expect(JSON.parse(judged.out)).toMatchObject({ findings: [{ code: 'decision_gap' }, {}] });
});

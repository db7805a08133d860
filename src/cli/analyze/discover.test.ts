import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHuiliu, sampleXes } from './testing.ts';

const material = process.env.HUILIU_DATA;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-discover-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(material === undefined)('real logs (HUILIU_DATA)', () => {
  test.each([
    ['receipt', 27],
    ['sepsis', 16],
    ['road-traffic-fines', 11],
    ['bpi2012', 23],
  ])('%s: a sound model', { timeout: 120_000 }, async (name, activities) => {
    const log = join(material!, 'logs', `${name}.xes.gz`);
    const out = join(folder, `${name}.bpmn`);
    const ended = await runHuiliu(['discover', log, '--out', out, '--json']);
    expect(ended.complaint).toBe('');
    expect(JSON.parse(ended.out)).toMatchObject({ ok: true, activities, sound: true });
  });

  test.each([
    ['receipt.xes.gz', 47],
    ['sepsis.xes.gz', 31],
    ['road-traffic-fines.xes.gz', 22],
    ['bpi2012.xes.gz', 51],
    ['bpi2012-w.csv.gz', 22],
    ['synthetic-loan-application.csv.gz', 26],
  ])(
    '%s: split miner and process map, small and sound',
    { timeout: 120_000 },
    async (name, size) => {
      const log = join(material!, 'logs', name);
      for (const algorithm of ['split', 'dfg', 'im', 'imf']) {
        const out = join(folder, `${name}.${algorithm}.bpmn`);
        const words = ['discover', log, '--algorithm', algorithm, '--out', out, '--json'];
        const found = JSON.parse((await runHuiliu(words)).out);
        expect(found).toMatchObject({ ok: true, algorithm, sound: true });
        if (algorithm === 'split') expect(found.size).toBe(size);
      }
    },
  );

  test('the same model on three runs', { timeout: 120_000 }, async () => {
    const log = join(material!, 'logs/receipt.xes.gz');
    const models = new Set<string>();
    for (const run of ['1', '2', '3']) {
      const out = join(folder, `again-${run}.bpmn`);
      expect((await runHuiliu(['discover', log, '--out', out])).code).toBe(0);
      models.add(await readFile(out, 'utf8'));
    }
    expect(models.size).toBe(1);
  });
});

test('a model of a small log can be verified by its own command', { timeout: 30_000 }, async () => {
  const log = join(folder, 'small.xes');
  await writeFile(log, sampleXes(5));
  const out = join(folder, 'small.bpmn');
  const ended = await runHuiliu(['discover', log, '--out', out, '--algorithm', 'im', '--json']);
  expect(JSON.parse(ended.out)).toMatchObject({
    noise: 0,
    tree: "->( '受理 & check', 'Decide', '放款' )",
  });
  const verified = await runHuiliu(['verify', out, '--json']);
  expect(verified.code).toBe(0);
});

test.each([
  [['discover', 'a.xes'], '--out'],
  [['discover', 'a.xes', '--out', 'a.bpmn', '--algorithm', 'alpha'], '--algorithm'],
  [['discover', 'a.xes', '--out', 'a.bpmn', '--noise', '2'], '--noise'],
  [['discover', 'a.xes', '--out', 'a.bpmn', '--lifecycle', 'x'], '--lifecycle'],
])('%o is wrong usage', async (words, said) => {
  const ended = await runHuiliu(words);
  expect([ended.code, ended.complaint]).toEqual([2, expect.stringContaining(said)]);
});

test('too many activities are no model, and nothing is written', async () => {
  const rows = Array.from({ length: 301 }, (_, i) => `c,a${i},2026-01-01T00:00:00Z`);
  const log = join(folder, 'many.csv');
  await writeFile(log, `case_id,activity,timestamp\n${rows.join('\n')}\n`);
  const out = join(folder, 'many.bpmn');
  const ended = await runHuiliu(['discover', log, '--out', out, '--json']);
  expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'discovery_too_many_activities']);
  expect((await readdir(folder)).filter((name) => name.includes('many.bpmn'))).toEqual([]);
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileDecisions, decide, readDecisions } from '../../decision/index.ts';
import type { Call } from '../command.ts';
import { causes } from './causes.ts';

let folder = '';

/** 300 applications; large ones go to the head office and take 9 days, the others take one. */
const rows = Array.from({ length: 300 }, (_, k) => {
  const amount = (k * 37) % 1000;
  const [does, day] = amount >= 500 ? ['Head office', '10'] : ['Branch', '02'];
  const month = String((k % 12) + 1).padStart(2, '0');
  return `${k},Apply,2026-${month}-01T09:00:00Z,${amount}\n${k},${does},2026-${month}-${day}T09:00:00Z,${amount}`;
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-causes-'));
  await writeFile(
    join(folder, 'log.csv'),
    `case_id,activity,timestamp,amount\n${rows.join('\n')}\n`,
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function called(options: Call['options']) {
  const lines: string[] = [];
  const call: Call = {
    words: ['log.csv'],
    options: { lifecycle: 'complete', budget: '60', ...options },
    json: false,
    folder,
    environment: { LANG: 'en_US.UTF-8' },
    print: (line) => void lines.push(line),
    tell: (line) => void lines.push(line),
  };
  return { code: await causes.run(call), lines };
}

describe('huiliu causes', () => {
  test('says what goes with slow cases, and the rule that divides them as a table that runs', async () => {
    const { code, lines } = await called({ outcome: 'slow:5', out: 'told' });
    expect(code).toBe(0);
    expect(lines[0]).toBe('slow:5: 154 / 300 (51.3%)');
    expect(lines.join('\n')).toContain('attribute amount = ');
    expect((await readdir(join(folder, 'told'))).sort()).toEqual(['causes.json', 'decision-1.dmn']);
    const model = await readDecisions(await readFile(join(folder, 'told/decision-1.dmn'), 'utf8'));
    const program = model.ok ? compileDecisions(model.value) : model;
    if (!program.ok) throw new Error(program.code);
    const way = (amount: bigint) => decide(program.value, 'next', { input_1: amount });
    expect(way(900n)).toMatchObject({ ok: true, value: { output: 'Head office' } });
    expect(way(100n)).toMatchObject({ ok: true, value: { output: 'Branch' } });
  });

  test.each([
    ['nonsense', 2, '--outcome is slow'],
    ['slow:x', 2, 'slow:DAYS takes a number'],
    ['deviating', 2, '--model goes with'],
    ['with:Nobody', 1, 'The log has no activity named Nobody.'],
    ['colour=red', 1, 'The log has no attribute named colour.'],
    ['rework', 1, 'Of 300 cases 0 have this outcome'],
  ])('%s ends with %d', async (outcome, code, text) => {
    const told = await called({ outcome });
    expect(told.code).toBe(code);
    expect(told.lines.join('\n')).toContain(text);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLog } from '../../runtime/log/files/read-log.ts';
import { runHuiliu } from '../analyze/testing.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-report-'));
  await writeFile(join(folder, 'loans.csv'), loans());
});
afterAll(async () => await rm(folder, { recursive: true }));

/**
 * Sixty cases: checked, reviewed a day later, decided. One in three is large and waits ten days for
 * its review (later ones more); one in six is checked twice, two days apart.
 */
function loans(): string {
  const hourMs = 3_600_000;
  const rows = ['case,activity,start,end,resource,size'];
  for (let i = 0; i < 60; i++) {
    const size = i % 3 === 0 ? 'large' : 'small';
    let at = Date.UTC(2026, 2, 2) + i * 24 * hourMs;
    const step = (name: string, waitHours: number, who: string) => {
      const start = at + waitHours * hourMs;
      at = start + hourMs;
      const times = `${new Date(start).toISOString()},${new Date(at).toISOString()}`;
      rows.push(`L${i},${name},${times},${who},${size}`);
    };
    step('Check', 0, 'a');
    if (i % 6 === 1) step('Check', 48, 'a');
    step('Review', size === 'large' ? 240 + i : 24, `r${i % 2}`);
    step('Decide', 2, `d${i % 3}`);
  }
  return rows.join('\n');
}

/** Names of files and folders lie in the folder of this test. */
const lying = (word: string) =>
  /^[a-z.]+$/.test(word) && word !== 'en' ? join(folder, word) : word;
const run = (...words: readonly string[]) => runHuiliu(['report', ...words.map(lying)]);

test('MOD-05 MOD-06 the report names the bottleneck, its cause and what it would save', async () => {
  const { code } = await run('loans.csv', '--lang', 'en', '--out', 'out');
  expect(code).toBe(0);
  const page = await readFile(join(folder, 'out/report.html'), 'utf8');
  const chapters = [...page.matchAll(/<h2 id="k\d">(.*?)<\/h2>/g)].map((found) => found[1]);
  expect(chapters).toEqual([
    ...['1. Goal and scope', '2. As it is', '3. Bottlenecks', '4. Root causes', '5. Risk points'],
    ...['6. Options', '7. Expected effect', '8. Plan', '9. What was not measured'],
  ]);
  const text = page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  // 20 cases wait 240 h and more, 40 wait 24 h before the review: 6,330 of 6,930 hours of waiting.
  expect(text).toContain('1 Review 91.3% 264 d 60');
  expect(text).toContain('attribute size = large 20 75.0% 0.0% +75.0');
  // The second check, two days later, took 49 hours in each of 10 cases.
  expect(text).toContain('Right first time: no step done again 8 h 10 min 20 d 10 h');
  expect(text).toContain('No model was given');
  expect(text).toContain('(to be named)');
});

test('every figure that is a door opens a list of just so many cases', async () => {
  await run('loans.csv', '--lang', 'zh-CN', '--out', 'doors');
  const page = await readFile(join(folder, 'doors/report.html'), 'utf8');
  const doors = [...page.matchAll(/<a href="#c(\d+)">([\d,]+)<\/a>/g)];
  expect(doors.length).toBeGreaterThan(10);
  for (const [, list, figure] of doors) {
    const titled = new RegExp(`<h3 id="c${list}">[^<]*（${figure}）</h3>`);
    expect(page).toMatch(titled);
  }
  expect(page).toContain('重复的“Check”');
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});

test('the workbook can be read again; a model that is given is held against the cases', async () => {
  await runHuiliu(['discover', lying('loans.csv'), '--out', lying('m.bpmn')]);
  const words = ['loans.csv', '--lang', 'en', '--model', 'm.bpmn', '--out', 'held', '--json'];
  const { out } = await run(...words);
  expect(JSON.parse(out)).toMatchObject({ ok: true });
  const page = await readFile(join(folder, 'held/report.html'), 'utf8');
  expect(page).toMatch(/Against the model m\.bpmn: \d+ of 60 cases fit/);
  const options = { columns: { case: 'Chapter', activity: 'Text', time: 'Text' } };
  const read = await readLog(join(folder, 'held/report.xlsx'), 'utf-8', options);
  // It is a workbook of words: only its times cannot be read as those of a log.
  expect(read).toMatchObject({ ok: false, code: 'log_csv_column_twice' });
});

test.each([
  ['no folder', ['loans.csv'], 2],
  ['an unknown language', ['loans.csv', '--out', 'x', '--lang', 'Fr'], 2],
  ['no such file', ['none.csv', '--out', 'x'], 1],
])('%s is told', async (_what, words, code) => {
  expect((await run(...words)).code).toBe(code);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHuiliu, sampleCsv } from '../../analyze/testing.ts';

const material = process.env.HUILIU_DATA;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-insight-'));
  await writeFile(join(folder, 'log.csv'), sampleCsv(40));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = async (...words: string[]) => await runHuiliu(words, { LANG: 'C' });

describe('a log and a file of rules', () => {
  const rules = [
    { id: 'soon', kind: 'response', first: '受理', second: 'Check, twice', withinHours: 4 },
    { kind: 'four_eyes', first: '受理', second: 'Pay "now"' },
    { kind: 'exactly', activity: '受理', times: 1 },
  ];

  test('verdicts with evidence, by the clock and in working hours', {
    timeout: 180_000,
  }, async () => {
    const file = join(folder, 'rules.json');
    await writeFile(file, JSON.stringify({ rules }));
    const log = join(folder, 'log.csv');
    const plain = JSON.parse((await run('rules', log, file, '--json')).out);
    const [soon, eyes, once] = plain.rules;
    // From 10:00 to 09:00 the next day: 23 hours, but 6 and a half of them are working hours.
    expect([soon.counts.broken, soon.counts.kept]).toEqual([40, 0]);
    expect(soon.broken[0]).toMatchObject({ case: 'c0', found: 22.99, resource: null });
    expect([eyes.counts.broken, eyes.broken[0].resource]).toEqual([40, 'u0']);
    expect([once.counts.kept, once.counts.broken]).toEqual([40, 0]);
    const week = { thu: '09:00-17:00', fri: '09:00-11:00' };
    await writeFile(join(folder, 'hours.json'), JSON.stringify({ utcOffset: '+00:00', week }));
    const calendar = join(folder, 'hours.json');
    const worked = await run('rules', log, file, '--calendar', calendar, '--json');
    expect(JSON.parse(worked.out).rules[0].broken[0].found).toBe(6.99);
  });

  test('what cannot be read is refused by name', { timeout: 120_000 }, async () => {
    await writeFile(join(folder, 'no.json'), '{"rules": [{"kind": "sometimes"}]}');
    const log = join(folder, 'log.csv');
    const refused = await run('rules', log, join(folder, 'no.json'), '--json');
    expect([refused.code, JSON.parse(refused.out)]).toEqual([
      1,
      { ok: false, code: 'rules_not_read', facts: { place: 'rules[0].kind' } },
    ]);
    expect((await run('rules', log)).code).toBe(2);
  });
});

test('people and flow of a small log', { timeout: 120_000 }, async () => {
  const people = JSON.parse((await run('people', join(folder, 'log.csv'), '--json')).out);
  expect(people.people.map((each: { resource: string }) => each.resource)).toEqual([
    ...['u0', 'u1', 'u2'],
  ]);
  expect([people.handovers, people.keptByOne, people.unnamed]).toEqual([[], 80, 0]);
  const told = await run('flow', join(folder, 'log.csv'), '--dots', '60', '--json');
  const flow = JSON.parse(told.out);
  expect(flow.rates.periods[0]).toMatchObject({ arrivals: 40, completions: 0, atEnd: 40 });
  expect(flow.dotted).toMatchObject({ casesInAll: 40, instancesInAll: 120 });
  expect(flow.dotted.dots).toHaveLength(60);
});

test('a forecast of a small log, and what is not understood', { timeout: 120_000 }, async () => {
  const log = join(folder, 'daily.csv');
  const two = (value: number) => String(value).padStart(2, '0');
  const at = (k: number, step: number) =>
    `2026-01-${two(1 + Math.floor(k / 4) + step)} ${two((k % 4) * 6)}:00:00`;
  const rows = Array.from({ length: 112 }, (_, k) =>
    ['A', 'B', 'C'].map((activity, step) => `c${k},${activity},${at(k, step)}`),
  );
  await writeFile(log, `case_id,activity,timestamp\n${rows.flat().join('\n')}\n`);
  const told = await run('predict', log, '--sla', '30h', '--running', '--json');
  const { time, late, running } = JSON.parse(told.out);
  // Every case takes two days: what the earlier ones took, the later ones take.
  expect([time.cases, time.moments, time.errorSeconds, time.coverage]).toEqual([34, 68, 0, 1]);
  expect([late.hits, late.auc, late.moments]).toEqual([68, null, 68]);
  expect(running).toEqual([]);
  for (const wrong of [
    ['--sla', 'soon'],
    ['--outcome', 'paid'],
    ['--held-out', '1'],
  ]) {
    expect((await run('predict', log, ...wrong)).code).toBe(2);
  }
});

describe.skipIf(material === undefined)('real logs (HUILIU_DATA)', () => {
  test('the expiry of offers after 30 days in bpi2012, and the penalty after 60 days of the fines', {
    timeout: 180_000,
  }, async () => {
    const timersOf = async (name: string) => {
      const { out } = await run('flow', join(material!, 'logs', name), '--json');
      const days = (seconds: number) => Math.round(seconds / 8_640) / 10;
      type Timer = { anchor: string; activity: string; medianSeconds: number; by: string | null };
      return JSON.parse(out).timers.map((timer: Timer) => [
        ...[timer.anchor, timer.activity],
        ...[days(timer.medianSeconds), timer.by],
      ]);
    };
    expect(await timersOf('bpi2012.xes.gz')).toEqual([
      ['O_SENT', 'O_CANCELLED', 30.7, '112'],
      ['O_SENT', 'A_CANCELLED', 30.7, '112'],
      ['A_PARTLYSUBMITTED', 'A_CANCELLED', 30.7, '112'],
    ]);
    expect(await timersOf('road-traffic-fines.xes.gz')).toEqual([
      ['Insert Fine Notification', 'Add penalty', 60, null],
    ]);
    expect(await timersOf('synthetic-loan-application.csv.gz')).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../command.ts';
import { kpi } from './kpi.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-kpi-'));
  const row = (of: string, does: string, by: string, from: string, to: string, unit: string) =>
    `${of},${does},${by},2026-${from}:00Z,2026-${to}:00Z,${unit}`;
  const log = [
    'case,activity,resource,start,end,unit',
    row('1', 'accept', 'an', '01-05T01:00', '01-05T02:00', 'A'),
    row('1', 'check', 'bo', '01-05T05:00', '01-05T06:00', 'A'),
    row('2', 'accept', 'an', '02-02T01:00', '02-02T02:00', 'A'),
    row('2', 'check', 'bo', '02-02T03:00', '02-02T04:00', 'A'),
    row('3', 'accept', 'an', '02-03T01:00', '02-03T02:00', 'B'),
    row('3', 'check', 'bo', '02-03T02:00', '02-03T03:00', 'B'),
  ];
  await writeFile(join(folder, 'log.csv'), `${log.join('\n')}\n`);
  const targets = {
    cycle_time: { target: '9000', weight: 1, due: '2026-12-31' },
    first_pass_yield: { target: '0.9', weight: 3 },
  };
  await writeFile(join(folder, 'targets.json'), JSON.stringify(targets));
  const inputs = { currency: 'CNY', staffRateMinorPerHour: '9000', systemCostMinorPerItem: '100' };
  await writeFile(join(folder, 'inputs.json'), JSON.stringify(inputs));
  await writeFile(join(folder, 'wrong.json'), '{"cycle_time":{"target":9000}}');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** The command as called with these words; what it printed as JSON, null for nothing. */
async function run(...args: string[]) {
  const { values, positionals } = parseArgs({
    ...{ args, options: kpi.options, allowPositionals: true },
  });
  const lines: string[] = [];
  const call: Call = {
    ...{ words: positionals, options: values, json: true, folder },
    environment: { LANG: 'en_US.UTF-8' },
    print: (line) => void lines.push(line),
    tell: () => undefined,
  };
  const code = await kpi.run(call);
  return { code, json: lines.length === 0 ? null : JSON.parse(lines.join('')) };
}

test('KPI-13 the figures of a file, with lights and a score by weight', async () => {
  const files = ['--inputs', 'inputs.json', '--targets', 'targets.json', '--today', '2026-06-30'];
  const { code, json } = await run('log.csv', '--from', '2026-02-01', ...files);
  expect(code).toBe(0);
  const of = (wanted: string) =>
    json.indicators.find((each: { code: string }) => each.code === wanted);
  expect(of('cycle_time')).toMatchObject({ number: 'KPI-03', value: '9000', n: 2 });
  expect(of('cycle_time').standing).toMatchObject({ light: 'green', gap: '0' });
  // Two hours of staff at 90.00 and 1.00 for the systems.
  expect(of('unit_cost')).toMatchObject({ value: '18100', currency: 'CNY' });
  expect(of('error_rate')).toMatchObject({ value: null, missing: ['confirmed_errors'] });
  expect(json.score).toMatchObject({ scoreHundredths: 10_000, weighedPpm: 1_000_000 });
});

test('KPI-03 working hours of a calendar, and KPI-14 before and after', async () => {
  const calendar = ['--calendar', 'cn', '--hours', '09:00-12:00'];
  const { json } = await run(
    'log.csv',
    ...calendar,
    '--from',
    '2026-02-01',
    '--before',
    '2026-01-01..2026-01-31',
  );
  const of = (wanted: string) =>
    json.indicators.find((each: { code: string }) => each.code === wanted);
  // In China from 9 to 12, and from 9 to 11.
  expect(of('cycle_time_worked').value).toBe('9000');
  const change = json.comparison.changes.find(
    (each: { code: string }) => each.code === 'cycle_time',
  );
  expect(change).toMatchObject({ before: '18000', after: '9000', difference: '-9000' });
  const parts = await run('log.csv', '--parts', 'unit');
  expect(
    parts.json.parts.map((each: { part: string; cases: number }) => [each.part, each.cases]),
  ).toEqual([
    ['A', 2],
    ['B', 1],
  ]);
});

test.each([
  [['log.csv', '--targets', 'wrong.json'], 1, 'kpi_targets_not_read'],
  [['log.csv', '--inputs', 'none.json'], 1, 'file_not_readable'],
  [['log.csv', '--inputs', 'log.csv'], 1, 'kpi_inputs_not_read'],
  [
    ['log.csv', '--from', '2026-02-01', '--before', '2026-02-01..2026-02-28', '--mix', 'case'],
    0,
    undefined,
  ],
  [['log.csv', '--before', 'yesterday'], 2, undefined],
  [['log.csv', '--today', '2026-13-01'], 2, undefined],
  [['none.csv'], 1, 'file_not_readable'],
])('%j gives %i %s', async (words, code, refusal) => {
  const told = await run(...words);
  expect([told.code, told.json?.code]).toEqual([code, refusal]);
});

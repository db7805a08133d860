import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../command.ts';
import { projectFolder } from '../../project.ts';
import { views } from './views.ts';

const loan = join(projectFolder, 'processes/corporate/loan-sub-branch');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-views-'));
  const rows = ['case,activity,start,end'];
  for (let c = 0; c < 25; c++) {
    rows.push(`${c},初审,2026-01-05T01:00:00Z,2026-01-05T02:00:00Z`);
    rows.push(`${c},牵头调查,2026-01-06T01:00:00Z,2026-01-06T02:00:00Z`);
  }
  await writeFile(join(folder, 'log.csv'), `${rows.join('\n')}\n`);
  const money = { currency: 'CNY', costMinor: '50000', incomeMinor: '125000', errorLossMinor: '0' };
  await writeFile(join(folder, 'money.json'), JSON.stringify(money));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const { values, positionals } = parseArgs({
    ...{ args, options: views.options, allowPositionals: true },
  });
  const lines: string[] = [];
  const call: Call = {
    ...{ words: positionals, options: values, json: true, folder },
    environment: { LANG: 'en_US.UTF-8' },
    print: (line) => void lines.push(line),
    tell: () => undefined,
  };
  const code = await views.run(call);
  return { code, json: lines.length === 0 ? null : JSON.parse(lines.join('')) };
}

test('MOD-01 the views of the loan process: steps, roles, systems, forms and times out of the model', async () => {
  const { code, json } = await run(loan, '--log', 'log.csv');
  expect(code).toBe(0);
  const step = json.steps.find(({ id }: { id: string }) => id === 'first_review');
  expect(step).toMatchObject({
    ...{ kind: 'person', role: 'risk_manager', tool: 'first-review.form.json', dueIn: 'P2D' },
    ...{ executions: 25, handlingMean: 3600, waitMean: 0, form: { en: 'First review' } },
  });
  // Every person's step of the loan names a role, a form and what is entered in it.
  const people = json.steps.filter(({ kind }: { kind: string }) => kind === 'person');
  expect(
    people.filter(({ role, form }: { role: unknown; form: unknown }) => !role || !form),
  ).toEqual([]);
  const lanes = new Set(json.blueprint.steps.map(({ lane }: { lane: string }) => lane));
  expect([...lanes].sort()).toEqual(['back', 'customer', 'front', 'support']);
  expect(json.raci.rows.every(({ gap }: { gap: unknown }) => gap === null)).toBe(true);
  const authority = json.crud.rows.find(({ name }: { name: string }) => name === 'authority');
  expect(authority).toMatchObject({ origins: ['decide_authority'] });
  const approval = json.approvals.find(
    ({ stepId }: { stepId: string }) => stepId === 'authorised_approval',
  );
  expect(approval.tables).toContain('authority');
  expect(approval).toMatchObject({ executions: null, neverRefuses: false });
});

test('MOD-12 what a process is worth goes with the cases of its log', async () => {
  const { json } = await run(loan, '--log', 'log.csv', '--money', 'money.json');
  expect(json.capital).toMatchObject({ cases: 25, valueMinor: '75000', valuePerCaseMinor: '3000' });
});

test.each([
  [['none.bpmn'], 2, undefined],
  [[loan, '--log', 'none.csv'], 1, 'file_not_readable'],
  [[loan, '--money', 'money.json'], 2, undefined],
  [[loan, '--log', 'log.csv', '--money', 'log.csv'], 1, 'process_money_not_read'],
  [[loan, '--lifecycle', 'some'], 2, undefined],
])('%j gives %i %s', async (words, code, refusal) => {
  const told = await run(...words);
  expect([told.code, told.json?.code]).toEqual([code, refusal]);
});

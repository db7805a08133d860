import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Analysis } from '../insight/analysis.ts';
import { activityInstances, type LifecycleView } from '../insight/instances.ts';
import { LogReader } from '../insight/log/log-reader.ts';
import { analyse } from '../insight/perform/analyse.ts';
import { eventLog, type WantedLog } from './event-log.ts';
import {
  borrower,
  type DemoTestBank,
  demoTestBank,
  mustBe,
  processFolders,
  readPage,
  travel,
} from './journey/testing.ts';

let bank: DemoTestBank & { drop(): Promise<void> };

/** Runs of the sub-branch loan that end differently and move no clock. */
const runsTaken = 5;

beforeAll(async () => {
  bank = await demoTestBank('event log');
  const folder = processFolders().find((each) => basename(each) === 'loan-sub-branch');
  const page = readPage(readFileSync(join(present(folder, 'the process'), 'cases.md'), 'utf8'));
  const runs = page.runs.filter(
    (run) => !run.lines.some((line) => line.activity.startsWith('wait ')),
  );
  const xml = readFileSync(join(present(folder, 'the process'), 'process.bpmn'), 'utf8');
  const processId = present(/<bpmn:process id="([^"]+)"/.exec(xml)?.[1], 'its id');
  for (const [nth, run] of runs.slice(0, runsTaken).entries()) {
    await travel({ bank, page, run, processId, borrower: await borrower(bank, nth) });
    bank.clock.now += 3_600_000;
  }
}, 240_000);
afterAll(async () => await bank.drop());

async function written(wanted: Partial<WantedLog> = {}): Promise<string> {
  const all = { cellId: 1, processId: null, language: 'zh-CN', ...wanted } as const;
  return (await Array.fromAsync(eventLog(bank.database, all))).join('');
}

function analysisOf(xes: string, view: LifecycleView): Analysis {
  const reader = new LogReader();
  expect(reader.push(new TextEncoder().encode(xes))).toBeNull();
  return analyse(activityInstances(mustBe(reader.end()).log, view));
}

describe("the bank's own event log", () => {
  test('its disbursements are those of the ledger, in number and amount', async () => {
    const analysis = analysisOf(await written(), 'instances');
    const [ledger] = await bank.database.query<{ number: bigint; total: bigint }>(
      `select count(*) as number, sum(t.amount_minor)::bigint as total
       from transfer t
       join posting p on p.cell_id = t.cell_id and p.posting_id = t.posting_id
       join account a on a.cell_id = t.cell_id and a.account_id = t.debit_account_id
       join loan_note n on n.cell_id = a.cell_id and n.note_number = a.account_number
       where t.cell_id = 1 and p.transaction_code = 'loan.disburse'`,
    );
    const money = analysis.amounts.filter((each) => each.currency === 'CNY');
    const paid = present(
      money.find((each) => each.activity === '办理放款'),
      'disbursements',
    );
    expect(ledger?.number).toBeGreaterThan(0n);
    expect(BigInt(paid.instances)).toBe(ledger?.number);
    expect(BigInt(paid.totalMinor)).toBe(ledger?.total);
  });

  test('its cases are the cases, its completions the completed tasks', async () => {
    const analysis = analysisOf(await written(), 'instances');
    const [counted] = await bank.database.query<{ cases: bigint; tasks: bigint }>(
      `select (select count(*) from process_instance where parent_id is null) as cases,
         (select count(*) from task where status = 'completed') as tasks`,
    );
    expect(BigInt(analysis.cases)).toBe(counted?.cases);
    const measured = analysis.activityStats.reduce((sum, stat) => sum + stat.measuredInstances, 0);
    expect(BigInt(measured)).toBeGreaterThanOrEqual(present(counted, 'counts').tasks);
  });

  test('English names, one process alone, the same bytes twice', async () => {
    const english = await written({ language: 'en' });
    expect(english).toContain('Disburse');
    expect(await written({ language: 'en' })).toBe(english);
    const other = await written({ processId: 'none_such' });
    expect(other).not.toContain('<trace>');
  });

  test('it names logins, no person and no customer', async () => {
    const xes = await written();
    const people = await bank.database.query<{ name: string }>(
      'select name from employee union select name from customer',
    );
    expect(people.length).toBeGreaterThan(200);
    for (const { name } of people) expect(xes).not.toContain(`"${name}"`);
  });
});

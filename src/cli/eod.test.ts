import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDemoBank } from '../runtime/demo/open-demo-bank.ts';
import { askOracle } from '../runtime/oracle.ts';
import { readProof } from '../store/day/proof.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { projectFolder } from './project.ts';

const isLong = process.env.TEST_LENGTH === 'long';
/** After how many parts that are done the program is killed, each time. */
const killsAfter = isLong ? [1, 2, 3, 4, 6, 8, 10, 12, 14, 16] : [3, 9];

let store: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-eod-'));
  store = await testDatabase({ connectionsMax: 10 });
  const passwordCost = { memoryKib: 64, passes: 1, lanes: 1 };
  const now = Date.UTC(2026, 10, 20, 9);
  const opened = await openDemoBank({ database: store.database, now, passwordCost });
  expect(opened).toEqual({ ok: true, value: 'opened' });
});
afterAll(async () => {
  expect((await askOracle(store.database)).faults).toEqual([]);
  await store.drop();
  await rm(folder, { recursive: true });
});

/** The command as a program of its own; killed when it has told of so many parts. */
const eod = async (words: readonly string[], killAfter?: number) =>
  await huiliu('eod', words, killAfter);

async function huiliu(
  command: string,
  words: readonly string[],
  killAfter = Number.POSITIVE_INFINITY,
) {
  const env = { ...process.env, DATABASE_URL: store.url, DATA_DIR: folder, LANG: 'C' };
  const child = spawn(process.execPath, ['src/cli/main.ts', command, ...words], {
    ...{ cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let out = '';
  let told = 0;
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    told += text.toString().split('\n').length - 1;
    if (told >= killAfter) child.kill('SIGKILL');
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, told };
}

/** The first accounts of a product, with the names they bear. */
async function accountsOf(product: string) {
  return await store.database.query<{ number: string; name: string }>(
    `select account_number as number, name from account where product = $1
     order by account_number limit 40`,
    [product],
  );
}

test('huiliu salaries: each line has its result, and broken off it goes on', async () => {
  const [payer] = await accountsOf('corporate_current');
  const people = await accountsOf('retail_current');
  const file = join(folder, 'salaries.csv');
  const lines = people.map(({ number, name }) => `${number},${name},10.00`);
  await writeFile(file, [...lines, 'nobody,某人,1.00'].join('\n'));
  const order = '019aa000-0000-7000-8000-000000000001';
  const words = [file, '--payer', payer?.number ?? '', '--maker', 'zhao.ting', '--order', order];
  const pay = async () =>
    await huiliu('salaries', [...words, '--authoriser', 'liu.fang', '--json']);
  for (const done of [await pay(), await pay()]) {
    expect(done.code).toBe(1);
    const results = done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.filter(({ status }) => status === 'paid')).toHaveLength(people.length);
    expect(results.at(-1)).toMatchObject({ status: 'refused', code: 'account_unknown' });
  }
  expect((await huiliu('salaries', [...words, '--authoriser', 'zhao.ting'])).code).toBe(1);
  expect((await huiliu('salaries', [file])).code).toBe(2);
});

test('huiliu eod: killed again and again, it goes on, and its report ties', async () => {
  const status = JSON.parse((await eod(['--status', '--json'])).out);
  expect(status).toMatchObject({ ok: true, accountingDate: '2026-11-20', status: 'not_begun' });
  expect((await eod(['--date', 'tomorrow'])).code).toBe(2);
  expect((await eod(['--date', '2026-12-24'])).code).toBe(1);
  let killed = 0;
  for (const killAfter of killsAfter) {
    if ((await eod([], killAfter)).code === null) killed += 1;
    // The lease of the dead one runs out.
    await store.ownerDatabase.query(
      'update day_close set runner_until = 0 where runner is not null',
    );
  }
  const done = await eod(['--date', '2026-11-20', '--json']);
  expect(done.code).toBe(0);
  const report = JSON.parse(done.out);
  expect(report).toMatchObject({ ok: true, status: 'closed', nextDate: '2026-11-23' });
  expect([report.differences, report.steps.length]).toEqual([0, 12]);
  const proof = await readProof(store.database, 1, '2026-11-20');
  expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
  const rows = await store.database.query<{ n: bigint }>(
    `select count(*) as n from deposit_accrual where accrual_date >= '2026-11-20'
     group by account_id`,
  );
  expect(new Set(rows.map(({ n }) => n))).toEqual(new Set([3n]));
  expect(killed).toBeGreaterThan(0);
  process.stdout.write(`huiliu eod: killed ${killed} times, every total ties\n`);
  const plain = await eod(['--date', '2026-11-20']);
  expect(plain.out).toMatch(/^2026-11-20 → 2026-11-23: closed\n[\s\S]*totals tied, 0 differ\n$/);
}, 240_000);

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert, present } from '../../base/assert.ts';
import { ok } from '../../base/result.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { openDemoBank } from '../../runtime/demo/open-demo-bank.ts';
import { askOracle } from '../../runtime/oracle.ts';
import { createRuntime } from '../../runtime/runtime.ts';
import { must } from '../../server/testing.ts';
import { openAccounts } from '../../store/ledger/accounts.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import { projectFolder } from '../project.ts';
import { brokenChains, pause } from './testing.ts';

const isLong = process.env.TEST_LENGTH === 'long';
/** Lines of the order, each to an account of its own. */
const lineCount = isLong ? 100_000 : 3_000;
/** The program is killed while it waits for one of these lines, in the middle of its thousand. */
const cuts = isLong ? [500, 30_500, 50_500, 99_500] : [1_500, 2_500];
const orderId = '019aa000-0000-7000-8000-00000000000a';
const payer = '11010100000000011';
const date = '2026-11-20';
const amountMinor = 100n;

let store: TestDatabase;
let folder: string;
let lines: readonly { accountNumber: string; name: string; amountMinor: bigint }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-salaries-'));
  store = await testDatabase({ connectionsMax: 6, statementLimitMs: 600_000 });
  const passwordCost = { memoryKib: 64, passes: 1, lanes: 1 };
  const now = Date.UTC(2026, 10, 20, 9);
  const opened = await openDemoBank({ database: store.database, now, passwordCost });
  expect(opened).toEqual({ ok: true, value: 'opened' });
  lines = Array.from({ length: lineCount }, (_, nth) => {
    return { accountNumber: `S${100_000 + nth}`, name: `员工${nth}`, amountMinor };
  });
  for (let from = 0; from < lineCount; from += 10_000) await openFor(from, from + 10_000);
}, 600_000);
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true });
});

/** An account for each line, in the books of two outlets. */
async function openFor(from: number, to: number): Promise<void> {
  const accounts = lines.slice(from, to).map(({ accountNumber, name }, n) => ({
    ...{ accountId: `01900000-0000-7000-8000-${String(from + n).padStart(12, '0')}` },
    ...{ accountNumber, name, glCode: '2011', currency: 'CNY', kind: 'customer' as const },
    ...{ bookId: n % 5 === 0 ? '120101' : '110101', counterBookId: null, product: null },
    ...{ openingUnitCode: '110101', customerNumber: 'S', overdraftLimitMinor: 0n },
  }));
  await must(store.database, async (transaction) => {
    const order = { cellId: 1, openedOn: date, openedLogin: 'zhao.ting', accounts };
    const result = await openAccounts(transaction, order);
    return result.ok ? ok(null) : result;
  });
}

/** The program that pays; peakKib: the most memory it held, as its system tells. */
function startPaying(file: string) {
  const env = { ...process.env, DATABASE_URL: store.url, DATA_DIR: folder, LANG: 'C' };
  const people = ['--maker', 'zhao.ting', '--authoriser', 'liu.fang'];
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', 'salaries', file, '--payer', payer, ...people, '--order', orderId],
    { cwd: projectFolder, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const told = { complaint: '', peakKib: 0 };
  child.stderr.on('data', (text: Buffer) => {
    told.complaint += text.toString();
  });
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    told.peakKib = Math.max(told.peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 50);
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      clearInterval(look);
      resolve(code);
    }),
  );
  return { child, ended, told };
}

async function countPaid(): Promise<number> {
  const [row] = await store.database.query<{ n: bigint }>(
    `select count(*) as n from salary_line where batch_id = $1 and status = 'paid'`,
    [orderId],
  );
  return Number(present(row, 'a count').n);
}

/** Holds a line so that the program waits for it, and kills it there. */
async function killAt(cut: number, file: string): Promise<void> {
  const held = await store.database.transaction<null, never>(async (transaction) => {
    await transaction.query(
      'select from salary_line where batch_id = $1 and line_number = $2 for update',
      [orderId, cut],
    );
    const { child, ended, told } = startPaying(file);
    const before = Math.floor(cut / 1_000) * 1_000;
    for (let turn = 0; (await countPaid()) < before; turn += 1) {
      assert(turn < 12_000 && child.exitCode === null, `it pays up to ${cut}: ${told.complaint}`);
      await transaction.query('select 1'); // A transaction that idles is ended.
      await pause(50);
    }
    await pause(100);
    child.kill('SIGKILL');
    expect(await ended).toBe(null);
    return ok(null);
  });
  expect(held.ok).toBe(true);
}

test(
  'salaries killed in the middle and begun again, no line is paid twice, each has its result',
  async () => {
    const file = join(folder, 'salaries.csv');
    await writeFile(file, lines.map((one) => `${one.accountNumber},${one.name},1.00`).join('\n'));
    const { database } = store;
    const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
    const batch = {
      ...{ batchId: orderId, payerAccountNumber: payer, currency: 'CNY' },
      ...{ makerLogin: 'zhao.ting', authoriserLogin: 'liu.fang' },
    };
    expect((await runtime.takeSalaries(batch, lines)).ok).toBe(true);
    const begun = performance.now();
    for (const cut of cuts) await killAt(cut, file);
    const killedAt = await countPaid();
    const last = startPaying(file);
    expect([await last.ended, last.told.complaint]).toEqual([0, expect.anything()]);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    const found = await database.query<{ postings: bigint; paid: bigint; wrong: bigint }>(
      `select (select count(distinct event_id) from posting
           where business_reference = $1) as postings,
         (select count(*) from salary_line where batch_id::text = $1 and status = 'paid'
           and posting_number is not null) as paid,
         (select count(*) from account a join account_balance b using (cell_id, account_id)
           where a.customer_number = 'S' and b.balance_minor <> $2) as wrong`,
      [orderId, amountMinor],
    );
    const count = BigInt(lineCount);
    expect(found).toEqual([{ postings: count, paid: count, wrong: 0n }]);
    expect(await brokenChains(database, 1)).toEqual([]);
    console.log(
      `${lineCount} salaries, killed ${cuts.length} times, the last time after ${killedAt} lines: ` +
        `all paid once in ${seconds} s with the kills; ` +
        `the last run held at most ${Math.round(last.told.peakKib / 1_024)} MiB`,
    );
    // So many rows in a few minutes are not yet in the statistics that plans are made from.
    await store.ownerDatabase.query('analyze');
    expect((await askOracle(database)).faults).toEqual([]);
  },
  isLong ? 1_800_000 : 120_000,
);

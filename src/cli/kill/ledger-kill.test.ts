import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { ok } from '../../base/result.ts';
import { standardChart } from '../../ledger/chart-of-accounts.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../store/embedded/embedded.ts';
import { openAccounts } from '../../store/ledger/accounts.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../../store/ledger/books.ts';
import { migrate, readMigrations } from '../../store/migrate.ts';
import { checkTables } from '../../store/process/checks.ts';
import { prepareServer } from '../../store/roles.ts';
import { projectFolder } from '../project.ts';
import { isGoneSoon } from '../testing.ts';
import { brokenChains, pause } from './testing.ts';

const isLong = process.env.TEST_LENGTH === 'long';
/** Kills of the process that posts, and of PostgreSQL with everything it runs. */
const serverKills = isLong ? 200 : 5;
const databaseKills = isLong ? 50 : 2;
const accountCount = 1_000;
/** Payments without an answer that the next one sends again; the others stay as they are. */
const againMax = 100;
const cellId = 1;
const date = '2026-11-20';

let folder: string;
let embedded: EmbeddedDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-kill-'));
  await chmod(folder, 0o755);
  embedded = await startDatabase();
  await openBank();
}, 300_000);
afterAll(async () => {
  await embedded.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Durable, as a bank runs it: fsync and synchronous_commit on. */
async function startDatabase(): Promise<EmbeddedDatabase> {
  for (let attempt = 1; ; attempt += 1) {
    // On a busy machine what the killed one left behind takes its time to go.
    const started = await startEmbedded({ folder, binaries: null, durable: true }).catch(
      (error: unknown) => ({ ok: false as const, error }),
    );
    if (started.ok) return started.value;
    if (attempt === 20) expect(started).toMatchObject({ ok: true });
    await pause(500);
  }
}

const opened = (role: 'huiliu_app' | 'huiliu_owner', name = 'ledger'): Database =>
  openDatabase(embedded.address(role, name), { connectionsMax: 2, statementLimitMs: 0 });

async function openBank(): Promise<void> {
  const server = opened('huiliu_owner', 'postgres');
  await prepareServer(server, 'ledger');
  await server.close();
  const owner = opened('huiliu_owner');
  const migrations = await readMigrations(join(projectFolder, 'migrations'));
  expect((await migrate(owner, migrations.ok ? migrations.value : [])).ok).toBe(true);
  await owner.close();
  const database = opened('huiliu_app');
  const done = await database.transaction(async (transaction) => {
    const names = { name: '测试银行', nameEn: 'Test Bank' };
    const entity = { legalEntityId: 'T', baseCurrency: 'CNY', accountingDate: date };
    await openLegalEntity(transaction, cellId, { ...names, ...entity });
    await addGlAccounts(transaction, cellId, '2020-01-01', standardChart);
    const book = { bookId: 'A', legalEntityId: 'T', unitCode: 'A', openedOn: date };
    await openBooks(transaction, cellId, [{ ...book, ...names }]);
    const accounts = Array.from({ length: accountCount }, (_, n) => ({
      ...{ accountId: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}` },
      ...{ accountNumber: `A-${n}`, bookId: 'A', glCode: '2011', currency: 'CNY' },
      ...{ kind: 'customer' as const, counterBookId: null, openingUnitCode: 'A' },
      ...{ customerNumber: 'C', name: 'n', product: null, overdraftLimitMinor: 1_000_000_000n },
    }));
    const order = { cellId, openedOn: date, openedLogin: 'opener', accounts };
    const result = await openAccounts(transaction, order);
    return result.ok ? ok(null) : result;
  });
  expect(done.ok).toBe(true);
  await database.close();
}

type Tried = { readonly from: number; readonly to: number; readonly amount: bigint };

/** What all posters told, over all kills. */
const tried = new Map<string, Tried>();
const acknowledged = new Set<string>();
const refused = new Map<string, string>();
let sentAgain = 0;
let lost = 0;

function startPoster(): { child: ChildProcess; ended: Promise<void>; firstAck: Promise<void> } {
  const open = [...tried]
    .filter(([key]) => !acknowledged.has(key) && !refused.has(key))
    .slice(-againMax)
    .map(([key, { from, to, amount }]) => `${key}:${from}:${to}:${amount}`);
  sentAgain += open.length;
  const address = embedded.address('huiliu_app', 'ledger');
  const socket = 'socketFolder' in address ? address.socketFolder : '';
  const program = join(projectFolder, 'src/cli/kill/poster/testing.ts');
  const child = spawn(process.execPath, [program, socket, String(accountCount), date, ...open], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heardAck = () => {};
  const firstAck = new Promise<void>((resolve) => {
    heardAck = resolve;
  });
  const lines = createInterface({ input: present(child.stdout, 'its output') });
  lines.on('line', (line) => {
    const [what, key = '', ...words] = line.split(' ');
    if (what === 'try' && words.length === 3) {
      const [from = '', to = '', amount = ''] = words;
      tried.set(key, { from: Number(from), to: Number(to), amount: BigInt(amount) });
    }
    if (what === 'ack' && tried.has(key)) acknowledged.add(key);
    if (what === 'ack') heardAck();
    if (what === 'refused') refused.set(key, words.join(' '));
    if (what === 'lost') lost += 1;
  });
  const ended = new Promise<void>((resolve) => lines.on('close', resolve));
  return { child, ended, firstAck };
}

async function killPostgres(): Promise<void> {
  const database = opened('huiliu_owner', 'postgres');
  const [row] = await database.query<{ pid: number }>(
    `select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid`,
  );
  const { pid } = present(row, 'its number');
  process.kill(pid, 'SIGKILL');
  await database.close().catch(() => undefined); // Its connection is gone; that was the wish.
  expect(await isGoneSoon(pid)).toBe(true);
}

/** Faults found in the end; each list must be empty. */
async function findFaults(database: Database) {
  const rows = await database.query<{ key: string; n: bigint }>(
    `select event_id as key, count(*) as n from posting where cell_id = $1 group by 1`,
    [cellId],
  );
  const posted = new Map(rows.map(({ key, n }) => [key, n]));
  const expected = new Map<number, bigint>();
  for (const key of posted.keys()) {
    const one = tried.get(key);
    if (one === undefined) continue;
    expected.set(one.from, (expected.get(one.from) ?? 0n) - one.amount);
    expected.set(one.to, (expected.get(one.to) ?? 0n) + one.amount);
  }
  const balances = await database.query<{ number: string; balance: bigint }>(
    `select a.account_number as number, b.balance_minor as balance
     from account a join account_balance b using (cell_id, account_id) where a.cell_id = $1`,
    [cellId],
  );
  const trial = await readTrialBalance(database, cellId, date);
  return {
    lost: [...acknowledged].filter((key) => !posted.has(key)),
    doubled: rows.filter(({ n }) => n !== 1n).map(({ key }) => key),
    unknown: [...posted.keys()].filter((key) => !tried.has(key)),
    refused: [...refused],
    unbalanced: trial.totals.filter(({ differenceMinor }) => differenceMinor !== 0n),
    wrongBalances: balances.filter(
      ({ number, balance }) => (expected.get(Number(number.slice(2))) ?? 0n) !== balance,
    ),
    chainBroken: await brokenChains(database, cellId),
    rulesBroken: await checkTables(database, cellId),
  };
}

/** What a killed one had asked for still runs to its end, and only then is there one picture. */
async function untilNobodyPosts(database: Database): Promise<void> {
  for (let looks = 0; looks < 600; looks += 1) {
    const [row] = await database.query<{ n: bigint }>(
      `select count(*) as n from pg_stat_activity where usename = 'huiliu_app'`,
    );
    if (row?.n === 0n) return;
    await pause(50);
  }
  expect.fail('connections of a killed process have not ended within 30 s');
}

/** Whoever posts now; killed in the end, also when a test fails. */
let poster: ReturnType<typeof startPoster> | null = null;
afterAll(() => {
  poster?.child.kill('SIGKILL');
});

async function restartPoster(): Promise<void> {
  poster?.child.kill('SIGKILL');
  await poster?.ended;
  poster = startPoster();
  await poster.firstAck;
}

const moment = async () => await pause(20 + Math.random() * 230);

/** Ends the load and counts: every list of faults must be empty. */
async function expectWhole(what: string): Promise<void> {
  await restartPoster();
  await pause(500);
  poster?.child.kill('SIGKILL');
  await poster?.ended;
  poster = null;
  const database = opened('huiliu_owner');
  await untilNobodyPosts(database);
  const faults = await findFaults(database);
  await database.close();
  const counts = Object.entries(faults).map(([name, list]) => `${name} ${list.length}`);
  console.log(
    `${what}; ${tried.size} payments tried, ${acknowledged.size} acknowledged, ` +
      `${sentAgain} sent again, ${lost} answers lost: ${counts.join(', ')}`,
  );
  expect(acknowledged.size).toBeGreaterThan(databaseKills);
  for (const [name, list] of Object.entries(faults)) expect([name, list]).toEqual([name, []]);
}

test('what posts is killed with -9 under load: nothing lost, doubled or broken', async () => {
  await restartPoster();
  for (let kill = 0; kill < serverKills; kill += 1) {
    await moment();
    await restartPoster();
  }
  await expectWhole(`${serverKills} kills of what posts`);
}, 3_600_000);

test('PostgreSQL is killed with -9 under load: nothing lost, doubled or broken', async () => {
  await restartPoster();
  for (let kill = 0; kill < databaseKills; kill += 1) {
    await moment();
    await killPostgres();
    await pause(50);
    embedded = await startDatabase();
    // Every other time what posts goes on by itself, else it dies with the database.
    if (kill % 2 === 1) await restartPoster();
    else await pause(300);
  }
  await expectWhole(`${databaseKills} kills of PostgreSQL after those`);
}, 3_600_000);

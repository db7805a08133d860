import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assert, present } from '../src/base/assert.ts';
import { ok } from '../src/base/result.ts';
import { uuidV7 } from '../src/base/uuid.ts';
import type { Benchmark, BenchReport, BenchRow } from '../src/cli/bench-report.ts';
import { standardChart } from '../src/ledger/chart-of-accounts.ts';
import type { PostingEvent } from '../src/ledger/posting.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../src/store/embedded/embedded.ts';
import { openAccounts } from '../src/store/ledger/accounts.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../src/store/ledger/books.ts';
import { postEvents } from '../src/store/ledger/post.ts';
import { migrate, readMigrations } from '../src/store/migrate.ts';
import { checkTables } from '../src/store/process/checks.ts';
import { prepareServer } from '../src/store/roles.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const cellId = 1;
const date = '2026-11-20';
const accountCount = 100_000;
const clients = 8;
const secondsPerRun = 4;
/** TPC-B and each of ours in turn, several times, so that a slow minute hits both. */
const rounds = 3;

/** The ledger beside pgbench's TPC-B, on one database, with fsync and synchronous_commit on. */
export const bench: Benchmark = {
  summary: 'transfers per second, one by one, batched and on a hot account, beside pgbench TPC-B',
  run: async (): Promise<BenchReport> => {
    const folder = await mkdtemp(join(tmpdir(), 'huiliu-bench-'));
    await chmod(folder, 0o755);
    const started = await startEmbedded({ folder, binaries: null, durable: true });
    assert(started.ok, `the database starts: ${JSON.stringify(started)}`);
    try {
      return await measure(started.value);
    } finally {
      await started.value.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(embedded: EmbeddedDatabase): Promise<BenchReport> {
  const name = 'bench';
  const server = openDatabase(embedded.address('huiliu_owner', 'postgres'));
  await prepareServer(server, name);
  const [version] = await server.query<{ server_version: string }>('show server_version');
  await server.close();
  const owner = openDatabase(embedded.address('huiliu_owner', name));
  const migrations = await readMigrations(join(import.meta.dirname, '../migrations'));
  assert(migrations.ok, 'the migrations are well formed');
  const migrated = await migrate(owner, migrations.value);
  assert(migrated.ok, 'the migrations run');
  const database = openDatabase(embedded.address('huiliu_app', name), { connectionsMax: clients });
  const accountIds = await openBank(database);
  await owner.query('analyze');
  const rows = await compare(embedded, owner, database, accountIds);
  assert((await checkTables(owner, cellId)).length === 0, 'the books are whole after the run');
  await database.close();
  await owner.close();
  const machine = machineInWords({ PostgreSQL: version?.server_version ?? 'unknown' });
  return { name: 'ledger', machine, rows };
}

async function openBank(database: Database): Promise<string[]> {
  const accountIds: string[] = [];
  const opened = await database.transaction(async (transaction) => {
    const entity = { legalEntityId: 'B', name: '测', nameEn: 'Bench', baseCurrency: 'CNY' };
    await openLegalEntity(transaction, cellId, { ...entity, accountingDate: date });
    await addGlAccounts(transaction, cellId, '2020-01-01', standardChart);
    const book = { bookId: 'A', legalEntityId: 'B', unitCode: 'A', name: '测', nameEn: 'Bench' };
    await openBooks(transaction, cellId, [{ ...book, openedOn: date }]);
    while (accountIds.length < accountCount) {
      const accounts = Array.from({ length: 5_000 }, (_, n) => ({
        ...{ accountId: uuidV7(Date.now(), randomBytes(10)), bookId: 'A', glCode: '2011' },
        ...{ accountNumber: `A-${accountIds.length + n}`, currency: 'CNY', counterBookId: null },
        ...{ kind: 'customer' as const, openingUnitCode: 'A', customerNumber: 'C', name: 'n' },
        ...{ product: null, overdraftLimitMinor: 1_000_000_000n },
      }));
      const order = { cellId, openedOn: date, openedLogin: 'bench', accounts };
      const result = await openAccounts(transaction, order);
      if (!result.ok) return result;
      accountIds.push(...accounts.map(({ accountId }) => accountId));
    }
    return ok(null);
  });
  assert(opened.ok, 'the bank opens');
  return accountIds;
}

type Way = {
  readonly what: string;
  readonly batch: number;
  readonly callers: number;
  readonly hot: boolean;
  readonly wantedRatio: number;
};

const ways: readonly Way[] = [
  { what: 'one transfer per commit', batch: 1, callers: clients, hot: false, wantedRatio: 1.5 },
  { what: 'batches of 1,000', batch: 1_000, callers: 2, hot: false, wantedRatio: 8 },
  {
    what: 'batches of 1,000, 90 % to one account',
    batch: 1_000,
    callers: 2,
    hot: true,
    wantedRatio: 4,
  },
];

async function compare(
  embedded: EmbeddedDatabase,
  owner: Database,
  database: Database,
  accountIds: readonly string[],
): Promise<BenchRow[]> {
  const pgbench = await findPgbench();
  if (pgbench !== null) await prepareTpcB(pgbench, embedded);
  const tps: number[] = [];
  const rates = new Map<Way, number[]>(ways.map((way) => [way, []]));
  const waits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (pgbench !== null) tps.push(await tpcB(pgbench, embedded));
    for (const way of ways) {
      const run = await postFor(database, accountIds, way);
      rates.get(way)?.push(run.perSecond);
      if (way.batch === 1) waits.push(...run.waitsMs);
    }
  }
  const peer = pgbench === null ? null : median(tps);
  const speeds = ways.map((way) =>
    benchRow({
      what: way.what,
      ours: Math.round(median(present(rates.get(way), 'rates of the way'))),
      peer: peer === null ? null : Math.round(peer),
      unit: 'transfers/s beside TPC-B transactions/s',
      wanted: { atLeast: way.wantedRatio },
    }),
  );
  return [...speeds, latencyRow(waits, peer), await sizeRow(owner)];
}

function latencyRow(waitsMs: number[], tps: number | null): BenchRow {
  const sorted = waitsMs.sort((a, b) => a - b);
  return benchRow({
    what: `p99 of one transfer per commit, ${clients} callers, beside the mean of TPC-B`,
    ours: Number((sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(2)),
    peer: tps === null ? null : Number(((clients * 1_000) / tps).toFixed(2)),
    unit: 'ms',
    wanted: { atMost: 10 },
  });
}

/** TigerBeetle states 16 TiB for 40 billion transfers, 440 bytes each. */
async function sizeRow(owner: Database): Promise<BenchRow> {
  const [size] = await owner.query<{ bytes: bigint; transfers: bigint }>(
    `select (pg_total_relation_size('transfer') + pg_total_relation_size('posting'))::int8 as bytes,
       (select count(*) from transfer) as transfers`,
  );
  const { bytes, transfers } = present(size, 'the size of the tables');
  return benchRow({
    what: 'bytes per transfer with its posting and indexes, beside what TigerBeetle states',
    ours: Math.round(Number(bytes) / Number(transfers)),
    peer: 440,
    unit: 'bytes',
    wanted: { atMost: 2 },
  });
}

async function postFor(
  database: Database,
  accountIds: readonly string[],
  { batch, callers, hot }: Way,
): Promise<{ readonly perSecond: number; readonly waitsMs: readonly number[] }> {
  const waitsMs: number[] = [];
  let posted = 0;
  const beganAt = performance.now();
  const endsAt = beganAt + secondsPerRun * 1_000;
  const call = async () => {
    while (performance.now() < endsAt) {
      const events = Array.from({ length: batch }, () => payment(accountIds, hot));
      const calledAt = performance.now();
      const order = { cellId, now: Date.now(), events };
      const answer = await database.transaction((transaction) => postEvents(transaction, order));
      waitsMs.push(performance.now() - calledAt);
      assert(answer.ok && answer.value.every((one) => one.ok), 'every transfer is posted');
      posted += batch;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { perSecond: (posted * 1_000) / (performance.now() - beganAt), waitsMs };
}

function payment(accountIds: readonly string[], hot: boolean): PostingEvent {
  const at = (index: number) => present(accountIds[index % accountCount], 'an account');
  const from = 1 + Math.floor(Math.random() * (accountCount - 1));
  const step = 1 + Math.floor(Math.random() * (accountCount - 1));
  const to = hot && Math.random() < 0.9 ? 0 : from + step;
  const transfer = { debitAccountId: at(from), creditAccountId: at(to), amountMinor: 1n };
  return {
    eventId: uuidV7(Date.now(), randomBytes(10)),
    accountingDate: date,
    context: {
      ...{ businessReference: 'bench', transactionCode: 'PM0101', narrative: 'payment' },
      ...{ operatingUnitCode: 'A', makerLogin: 'teller', authoriserLogin: null },
      ...{ processInstanceId: null, activity: null, taskId: null },
    },
    postings: [{ bookId: 'A', transfers: [{ ...transfer, currency: 'CNY' }] }],
  };
}

/** The newest pgbench of this machine; null when there is none. */
async function findPgbench(): Promise<string | null> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => [] as string[]); // no such folder: no pgbench
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const file = join(root, version, 'bin/pgbench');
    const found = await access(file).then(
      () => true,
      () => false, // this version came without it
    );
    if (found) return file;
  }
  return null;
}

function pgbenchArguments(embedded: EmbeddedDatabase): string[] {
  const address = embedded.address('huiliu_owner', 'bench');
  assert('socketFolder' in address, 'the bench database answers on a socket');
  return ['-h', address.socketFolder, '-p', String(address.port), '-U', 'huiliu_owner'];
}

async function prepareTpcB(pgbench: string, embedded: EmbeddedDatabase): Promise<void> {
  const sized = ['-i', '-q', '-s', '10', 'bench'];
  await promisify(execFile)(pgbench, [...pgbenchArguments(embedded), ...sized]);
}

/** Transactions per second of pgbench's TPC-B-like script, prepared statements. */
async function tpcB(pgbench: string, embedded: EmbeddedDatabase): Promise<number> {
  const how = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2'];
  const { stdout } = await promisify(execFile)(pgbench, [
    ...pgbenchArguments(embedded),
    ...how,
    ...['-T', String(secondsPerRun), 'bench'],
  ]);
  return Number(present(/tps = ([\d.]+)/.exec(stdout)?.[1], 'the tps of pgbench'));
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

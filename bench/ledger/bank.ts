import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, present } from '../../src/base/assert.ts';
import { ok } from '../../src/base/result.ts';
import { uuidV7 } from '../../src/base/uuid.ts';
import type { BenchReport, BenchRow } from '../../src/cli/bench-report.ts';
import { standardChart } from '../../src/ledger/chart-of-accounts.ts';
import type { PostingEvent } from '../../src/ledger/posting.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../src/store/embedded/embedded.ts';
import { openAccounts } from '../../src/store/ledger/accounts.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../../src/store/ledger/books.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { checkTables } from '../../src/store/process/checks.ts';
import { prepareServer } from '../../src/store/roles.ts';
import { machineInWords } from '../run/machine.ts';

export const cellId = 1;
export const date = '2026-11-20';
export const accountCount = 100_000;
/** Of pgbench and of the callers that post one by one: each side counts with its best. */
export const clientCounts = [8, 16, 32] as const;

/** A bank of a benchmark: a database of its own, with fsync and synchronous_commit on. */
export type BenchBank = {
  readonly embedded: EmbeddedDatabase;
  readonly owner: Database;
  readonly database: Database;
  readonly accountIds: readonly string[];
};

/** Runs a measurement on a new bank of 100,000 accounts; the books must be whole afterwards. */
export async function onNewBank(
  name: string,
  measure: (bank: BenchBank) => Promise<BenchRow[]>,
): Promise<BenchReport> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-bench-'));
  await chmod(folder, 0o755);
  const started = await startEmbedded({ folder, binaries: null, durable: true });
  assert(started.ok, `the database starts: ${JSON.stringify(started)}`);
  try {
    return await runOn(started.value, name, measure);
  } finally {
    await started.value.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOn(
  embedded: EmbeddedDatabase,
  reportName: string,
  measure: (bank: BenchBank) => Promise<BenchRow[]>,
): Promise<BenchReport> {
  const name = 'bench';
  const server = openDatabase(embedded.address('huiliu_owner', 'postgres'));
  await prepareServer(server, name);
  const [version] = await server.query<{ server_version: string }>('show server_version');
  await server.close();
  const owner = openDatabase(embedded.address('huiliu_owner', name), { statementLimitMs: 0 });
  const migrations = await readMigrations(join(import.meta.dirname, '../../migrations'));
  assert(migrations.ok, 'the migrations are well formed');
  const migrated = await migrate(owner, migrations.value);
  assert(migrated.ok, 'the migrations run');
  const application = embedded.address('huiliu_app', name);
  const database = openDatabase(application, { connectionsMax: Math.max(...clientCounts) });
  try {
    const accountIds = await openBank(database);
    await owner.query('vacuum analyze');
    const rows = await measure({ embedded, owner, database, accountIds });
    const faults = await checkTables(owner, cellId);
    assert(faults.length === 0, `the books are whole after the run: ${JSON.stringify(faults)}`);
    const machine = machineInWords({ PostgreSQL: version?.server_version ?? 'unknown' });
    return { name: reportName, machine, rows };
  } finally {
    await database.close();
    await owner.close();
  }
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

/** One payment between two accounts drawn by lot; hot: 90 % of them go to one account. */
export function payment(accountIds: readonly string[], hot: boolean): PostingEvent {
  const at = (index: number) => present(accountIds[index % accountCount], 'an account');
  const from = 1 + Math.floor(Math.random() * (accountCount - 1));
  const step = 1 + Math.floor(Math.random() * (accountCount - 1));
  const to = hot && Math.random() < 0.9 ? 0 : from + step;
  const transfer = { debitAccountId: at(from), creditAccountId: at(to), amountMinor: 1n };
  return {
    eventId: randomUUIDv7(),
    accountingDate: date,
    context: {
      ...{ businessReference: 'bench', transactionCode: 'PM0101', narrative: 'payment' },
      ...{ operatingUnitCode: 'A', makerLogin: 'teller', authoriserLogin: null },
      ...{ processInstanceId: null, activity: null, taskId: null },
    },
    postings: [{ bookId: 'A', transfers: [{ ...transfer, currency: 'CNY' }] }],
  };
}

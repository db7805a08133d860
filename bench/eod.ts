import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, present } from '../src/base/assert.ts';
import { ok } from '../src/base/result.ts';
import type { Benchmark, BenchReport, BenchSize } from '../src/cli/bench-report.ts';
import { standardChart } from '../src/ledger/chart-of-accounts.ts';
import { systemClock, systemRandom } from '../src/runtime/clock.ts';
import { demoDepositProducts, demoDepositRates } from '../src/runtime/demo/deposits.ts';
import { createRuntime } from '../src/runtime/runtime.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../src/store/embedded/embedded.ts';
import { addGlAccounts, openBooks, openLegalEntity } from '../src/store/ledger/books.ts';
import { migrate, readMigrations } from '../src/store/migrate.ts';
import { addDepositProduct, addDepositRate } from '../src/store/products/deposit-products.ts';
import { addParameter } from '../src/store/products/parameters.ts';
import { prepareServer } from '../src/store/roles.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const cellId = 1;
const accountsDefault = 1_000_000;
const books = ['A', 'B', 'C', 'D'];
const firstDate = '2026-11-18';
const made = { madeLogin: 'maker', checkedLogin: 'checker', madeAt: 0 };

/** A bank of so many deposit accounts closes two days; the second, with a day before it, counts. */
export const bench: Benchmark = {
  summary: 'deposit accounts through the whole end of day; --size N, 1,000,000 when left out',
  run: async ({ size = accountsDefault }: BenchSize = {}): Promise<BenchReport> => {
    const folder = await mkdtemp(join(tmpdir(), 'huiliu-bench-'));
    await chmod(folder, 0o755);
    const started = await startEmbedded({ folder, binaries: null, durable: true });
    assert(started.ok, `the database starts: ${JSON.stringify(started)}`);
    try {
      return await measure(started.value, size);
    } finally {
      await started.value.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(embedded: EmbeddedDatabase, accounts: number): Promise<BenchReport> {
  const name = 'bench';
  const server = openDatabase(embedded.address('huiliu_owner', 'postgres'));
  await prepareServer(server, name);
  const [version] = await server.query<{ server_version: string }>('show server_version');
  await server.close();
  const owner = openDatabase(embedded.address('huiliu_owner', name), { statementLimitMs: 0 });
  const migrations = await readMigrations(join(import.meta.dirname, '../migrations'));
  assert(migrations.ok, 'the migrations are well formed');
  assert((await migrate(owner, migrations.value)).ok, 'the migrations run');
  const database = openDatabase(embedded.address('huiliu_app', name), {
    ...{ connectionsMax: 8, statementLimitMs: 600_000 },
  });
  await openBank(database);
  await fillAccounts(owner, accounts);
  await closeDay(database);
  const { totalMs, accrualMs } = await closeDay(database);
  const oneByOne = await oneAtATime(owner);
  const bare = await bareRows(owner, accounts);
  await database.close();
  await owner.close();
  const accrued = Math.round((accounts * 1_000) / accrualMs);
  return {
    name: 'eod',
    machine: machineInWords({ PostgreSQL: version?.server_version ?? 'unknown' }),
    rows: [
      benchRow({
        what: 'accounts accrued and posted a second, beside an account at a time, each a commit',
        ...{ ours: accrued, peer: Math.round(oneByOne), unit: '/s', wanted: { atLeast: 10 } },
      }),
      benchRow({
        what: 'accounts accrued and posted a second, beside rows of that width written bare',
        ...{ ours: accrued, peer: Math.round(bare), unit: '/s', wanted: { atLeast: 0.1 } },
      }),
      benchRow({
        what: `${accounts} deposit accounts through all twelve steps, beside one at a time`,
        ...{ ours: Math.round(totalMs) / 1_000, peer: Math.round(accounts / oneByOne), unit: 's' },
        wanted: { atMost: 0.2 },
      }),
    ],
  };
}

async function openBank(database: Database): Promise<void> {
  const opened = await database.transaction(async (transaction) => {
    const entity = { legalEntityId: 'B', name: '测', nameEn: 'Bench', baseCurrency: 'CNY' };
    await openLegalEntity(transaction, cellId, { ...entity, accountingDate: firstDate });
    await addGlAccounts(transaction, cellId, '2020-01-01', standardChart);
    const book = { legalEntityId: 'B', name: '测', nameEn: 'Bench', openedOn: '2026-01-01' };
    await openBooks(
      transaction,
      cellId,
      books.map((bookId) => ({ ...book, bookId, unitCode: bookId })),
    );
    const from = { ...made, cellId, effectiveFrom: '2026-01-01' };
    for (const [productCode, definition] of demoDepositProducts) {
      await addDepositProduct(transaction, { ...from, productCode, definition });
    }
    for (const [rateCode, ratePpm] of Object.entries(demoDepositRates)) {
      await addDepositRate(transaction, { ...from, rateCode, currency: 'CNY', ratePpm });
    }
    await addParameter(transaction, { ...from, name: 'loan.first_inspection_days', value: 15n });
    await addParameter(transaction, { ...from, name: 'deposit.cash_gl_code', value: '1001' });
    return ok(null);
  });
  assert(opened.ok, 'the bank opens');
}

/**
 * Accounts and balances in one statement each, as a bank's books are taken over: each account moved
 * last the day before, and each book's money at the central bank stands against its deposits.
 */
async function fillAccounts(owner: Database, accounts: number): Promise<void> {
  await owner.query(
    `insert into account (cell_id, account_id, account_number, book_id, gl_code, currency,
       normal_side, kind, opening_unit_code, customer_number, name, product, opened_on, opened_login)
     select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'N-' || i, k.book,
       '2011', 'CNY', 'credit', 'customer', k.book, 'C' || i, 'n', 'retail_current', '2026-01-05',
       'bench'
     from generate_series(1, $1::int) i, lateral (select ($2::text[])[1 + i % 4] as book) k`,
    [accounts, books],
  );
  await owner.query(
    `insert into account (cell_id, account_id, account_number, book_id, gl_code, currency,
       normal_side, kind, opening_unit_code, name, opened_on, opened_login)
     select 1, ('01900000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, book || '-1003-CNY',
       book, '1003', 'CNY', 'debit', 'internal', book, 'n', '2026-01-05', 'bench'
     from unnest($1::text[]) with ordinality as b(book, n)`,
    [books],
  );
  const balance = `insert into account_balance (cell_id, account_id, status, restriction_effect,
    overdraft_limit_minor, held_minor, balance_minor, entry_count, balance_date, day_debit_minor,
    day_credit_minor)`;
  await owner.query(
    `${balance} select 1, account_id, 'open', 'none', 0, 0,
       (abs(hashtext(account_number)) % 100000000)::int8, 1, date '2026-11-17', 0, 0
     from account where kind = 'customer'`,
  );
  await owner.query(
    `${balance} select 1, o.account_id, 'open', 'none', null, 0, sum(b.balance_minor)::int8, 1,
       date '2026-11-17', 0, 0
     from account o join account a on a.book_id = o.book_id and a.kind = 'customer'
       join account_balance b on b.cell_id = 1 and b.account_id = a.account_id
     where o.kind = 'internal' group by o.account_id`,
  );
  await owner.query('vacuum analyze');
}

/** Closes the open date; how long all of it took, and its fifth step alone. */
async function closeDay(database: Database): Promise<{ totalMs: number; accrualMs: number }> {
  const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
  const beganAt = performance.now();
  const lines: string[] = [];
  const closed = await runtime.endOfDay({
    login: 'bench',
    progress: ({ work, tookMs }) => lines.push(`${work} ${tookMs}`),
  });
  const totalMs = performance.now() - beganAt;
  assert(closed.ok, `the day is closed: ${JSON.stringify(closed)}`);
  const report = await runtime.dayReport(closed.value.accountingDate);
  assert(report.ok && report.value.differences === 0, 'every total ties');
  for (const { step, items, begunAt, endedAt } of report.value.steps) {
    const tookMs = begunAt === null || endedAt === null ? 0 : endedAt - begunAt;
    process.stderr.write(`  ${step.padEnd(16)} ${String(items).padStart(9)} ${tookMs} ms\n`);
  }
  const accrual = present(report.value.steps[4], 'the fifth step');
  const accrualMs = (accrual.endedAt ?? 0) - (accrual.begunAt ?? 0);
  process.stderr.write(`${closed.value.accountingDate} closed in ${Math.round(totalMs)} ms\n`);
  return { totalMs, accrualMs };
}

const oneByOneCount = 3_000;

/**
 * The peer: an account at a time, its balance read, its row written, and a commit. Accounts a s.
 */
async function oneAtATime(owner: Database): Promise<number> {
  await owner.query(
    'create table peer (account_id uuid primary key, balance_minor bigint, a bigint)',
  );
  const ids = await owner.query<{ id: string }>(
    `select account_id as id from account where kind = 'customer' limit ${oneByOneCount}`,
  );
  const beganAt = performance.now();
  for (const { id } of ids) {
    const [row] = await owner.query<{ balance: bigint }>(
      'select balance_minor as balance from account_balance where cell_id = 1 and account_id = $1',
      [id],
    );
    const balance = row?.balance ?? 0n;
    await owner.query('insert into peer values ($1, $2, $3)', [
      id,
      balance,
      (balance * 500n) / 360n,
    ]);
  }
  return (ids.length * 1_000) / (performance.now() - beganAt);
}

/** The floor: as many rows of the same width, written with nothing to work out. Rows a second. */
async function bareRows(owner: Database, accounts: number): Promise<number> {
  await owner.query('create table bare (like deposit_accrual including indexes)');
  const beganAt = performance.now();
  await owner.query(
    `insert into bare select * from deposit_accrual
     where accrual_date = (select max(accrual_date) from deposit_accrual)`,
  );
  return (accounts * 1_000) / (performance.now() - beganAt);
}

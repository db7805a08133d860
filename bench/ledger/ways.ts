import { assert, present } from '../../src/base/assert.ts';
import type { BenchRow } from '../../src/cli/bench-report.ts';
import type { Database } from '../../src/store/database.ts';
import { postAtOnce } from '../../src/store/ledger/post.ts';
import { openLedgerWriter } from '../../src/store/ledger/writer.ts';
import { benchRow } from '../run/row.ts';
import { type BenchBank, cellId, clients, payment } from './bank.ts';
import { findPgbench, prepareTpcB, tpcB } from './pgbench.ts';

/** How transfers come: each event its own key, posting and answer, however many share a commit. */
export type Way = {
  readonly name: 'one' | 'writer' | 'batch' | 'hot';
  readonly what: string;
  readonly batch: number;
  readonly callers: number;
  readonly wantedRatio: number;
};

export const ways: readonly Way[] = [
  {
    name: 'one',
    what: `one transfer per commit, ${clients} callers`,
    ...{ batch: 1, callers: clients, wantedRatio: 1.5 },
  },
  {
    name: 'writer',
    what: 'group commit: 64 callers of one transfer each, one writer takes what has queued',
    ...{ batch: 1, callers: 64, wantedRatio: 1.5 },
  },
  {
    name: 'batch',
    what: 'batches of 1,000 transfers per commit, 2 callers',
    ...{ batch: 1_000, callers: 2, wantedRatio: 8 },
  },
  {
    name: 'hot',
    what: 'batches of 1,000, 90 % to one account, 2 callers',
    ...{ batch: 1_000, callers: 2, wantedRatio: 4 },
  },
];

export type Run = { readonly perSecond: number; readonly waitsMs: readonly number[] };

/** What came out, way by way: transfers a second, sorted waits; and TPC-B beside them. */
export type Comparison = {
  readonly tps: number | null;
  readonly perSecond: ReadonlyMap<Way['name'], number>;
  readonly waitsMs: ReadonlyMap<Way['name'], readonly number[]>;
};

/**
 * TPC-B and each of ours in turn, several times, so that a slow minute hits both; medians. A first
 * short run of each warms the caches of both and does not count.
 */
export async function compare(
  bank: BenchBank,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Comparison> {
  const pgbench = await findPgbench();
  if (pgbench !== null) await prepareTpcB(pgbench, bank.embedded);
  const tps: number[] = [];
  const runs = new Map<Way['name'], Run[]>(ways.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const length = round === 0 ? 1 : seconds;
    if (pgbench !== null) {
      const reached = await tpcB(pgbench, bank.embedded, length);
      if (round > 0) tps.push(reached);
    }
    for (const way of ways) {
      const run = await postFor(bank, way, length);
      if (round > 0) runs.get(way.name)?.push(run);
    }
  }
  const of = (name: Way['name']) => present(runs.get(name), name);
  return {
    tps: pgbench === null ? null : median(tps),
    perSecond: new Map(
      ways.map(({ name }) => [name, median(of(name).map(({ perSecond }) => perSecond))]),
    ),
    waitsMs: new Map(
      ways.map(({ name }) => [
        name,
        of(name)
          .flatMap(({ waitsMs }) => waitsMs)
          .sort((a, b) => a - b),
      ]),
    ),
  };
}

async function postFor(bank: BenchBank, way: Way, seconds: number): Promise<Run> {
  const post = poster(bank.database, way);
  const waitsMs: number[] = [];
  let posted = 0;
  const beganAt = performance.now();
  const endsAt = beganAt + seconds * 1_000;
  const call = async () => {
    while (performance.now() < endsAt) {
      const events = Array.from({ length: way.batch }, () =>
        payment(bank.accountIds, way.name === 'hot'),
      );
      const calledAt = performance.now();
      assert(await post(events), 'every transfer is posted');
      waitsMs.push(performance.now() - calledAt);
      posted += way.batch;
    }
  };
  await Promise.all(Array.from({ length: way.callers }, call));
  return { perSecond: (posted * 1_000) / (performance.now() - beganAt), waitsMs };
}

type Events = readonly ReturnType<typeof payment>[];

function poster(database: Database, way: Way): (events: Events) => Promise<boolean> {
  if (way.name === 'writer') {
    const writer = openLedgerWriter(database, { cellId, now: () => Date.now() });
    return async (events) => {
      const answers = await Promise.all(events.map((event) => writer.post(event)));
      return answers.every((answer) => answer.ok);
    };
  }
  return async (events) => {
    const answer = await postAtOnce(database, { cellId, now: Date.now(), events });
    return answer.ok && answer.value.every((one) => one.ok);
  };
}

/** One row for each way beside TPC-B, the hot account beside the batches, and the waits. */
export function speedRows({ tps, perSecond, waitsMs }: Comparison, when: string): BenchRow[] {
  const peer = tps === null ? null : Math.round(tps);
  const speedOf = (name: Way['name']) => Math.round(present(perSecond.get(name), name));
  const speeds = ways.map((way) =>
    benchRow({
      what: `${way.what}${when}`,
      ours: speedOf(way.name),
      peer,
      unit: 'transfers/s beside TPC-B transactions/s',
      wanted: { atLeast: way.wantedRatio },
    }),
  );
  const hot = benchRow({
    what: `90 % to one account beside any accounts, in batches${when}`,
    ours: speedOf('hot'),
    peer: speedOf('batch'),
    unit: 'transfers/s',
    wanted: { atLeast: 0.5 },
  });
  const waits = ways.map((way) => {
    const meanMs = tps === null ? null : (clients * 1_000) / tps;
    return benchRow({
      what: `p99 of ${way.what}${when}, beside the mean of one TPC-B transaction`,
      ours: Number(percentile(waitsMs.get(way.name) ?? [], 0.99).toFixed(2)),
      peer: meanMs === null ? null : Number(meanMs.toFixed(2)),
      unit: 'ms',
      wanted: { atMost: way.batch === 1 ? 20 : 200 },
    });
  });
  return [...speeds, hot, ...waits];
}

/** Bytes that a transfer takes with its posting and all indexes. */
export async function bytesPerTransfer({ owner }: BenchBank): Promise<number> {
  const [size] = await owner.query<{ bytes: bigint; transfers: bigint }>(
    `select (pg_total_relation_size('transfer') + pg_total_relation_size('posting'))::int8 as bytes,
       (select count(*) from transfer) as transfers`,
  );
  const { bytes, transfers } = present(size, 'the size of the tables');
  return Math.round(Number(bytes) / Number(transfers));
}

/** TigerBeetle states 16 TiB for 40 billion transfers, 440 bytes each. */
export async function sizeRow(bank: BenchBank, when: string): Promise<BenchRow> {
  return benchRow({
    what: `bytes per transfer with its posting and indexes${when}, beside what TigerBeetle states`,
    ours: await bytesPerTransfer(bank),
    peer: 440,
    unit: 'bytes',
    wanted: { atMost: 2 },
  });
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

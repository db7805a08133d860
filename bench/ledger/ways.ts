import { assert, present } from '../../src/base/assert.ts';
import type { BenchRow } from '../../src/cli/bench-report.ts';
import type { Database } from '../../src/store/database.ts';
import { postAtOnce } from '../../src/store/ledger/post.ts';
import { openLedgerWriter } from '../../src/store/ledger/writer.ts';
import { benchRow } from '../run/row.ts';
import { type BenchBank, cellId, clientCounts, payment } from './bank.ts';
import { serverCpuUs } from './cpu.ts';
import { findPgbench, prepareTpcB, tpcB } from './pgbench.ts';

/**
 * How transfers come: each event its own key, posting and answer, however many share a commit.
 * callers: each number is measured, and the best one counts.
 */
export type Way = {
  readonly name: 'one' | 'writer' | 'batch' | 'hot';
  readonly what: string;
  readonly batch: number;
  readonly callers: readonly number[];
  readonly wantedRatio: number;
};

export const ways: readonly Way[] = [
  {
    name: 'one',
    what: 'one transfer per commit',
    ...{ batch: 1, callers: clientCounts, wantedRatio: 1.5 },
  },
  {
    name: 'writer',
    what: 'group commit, one transfer each: one writer takes what has queued',
    ...{ batch: 1, callers: [64], wantedRatio: 1.5 },
  },
  {
    name: 'batch',
    what: 'batches of 1,000 transfers per commit',
    ...{ batch: 1_000, callers: [2, 4], wantedRatio: 8 },
  },
  {
    name: 'hot',
    what: 'batches of 1,000, 90 % to one account',
    ...{ batch: 1_000, callers: [2, 4], wantedRatio: 4 },
  },
];

/** cpuUs: of one transfer, in the backends and in the program that asks them. */
type Run = {
  readonly perSecond: number;
  readonly waitsMs: readonly number[];
  readonly cpuUs: number;
};

/** The best number of callers, its speed and sorted waits; the least CPU of any number of them. */
type Reached = {
  readonly callers: number;
  readonly perSecond: number;
  readonly waitsMs: readonly number[];
  readonly cpuUs: number;
};

/** What came out, way by way, and TPC-B beside them; null without pgbench. */
export type Comparison = {
  readonly tpcB: Reached | null;
  readonly reached: ReadonlyMap<Way['name'], Reached>;
};

/**
 * TPC-B and each of ours in turn, several times, so that a slow minute hits both; medians, and of
 * the numbers of clients the best one on either side. A first short run of each warms the caches of
 * both and does not count.
 */
export async function compare(
  bank: BenchBank,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Comparison> {
  const pgbench = await findPgbench();
  if (pgbench !== null) await prepareTpcB(pgbench, bank.embedded);
  const tpcBRuns = new Map<number, Run[]>();
  const runs = new Map<Way['name'], Map<number, Run[]>>(ways.map(({ name }) => [name, new Map()]));
  const keep = (all: Map<number, Run[]>, callers: number, run: Run) =>
    all.set(callers, [...(all.get(callers) ?? []), run]);
  for (let round = 0; round <= rounds; round += 1) {
    const length = round === 0 ? 1 : seconds;
    for (const clients of pgbench === null ? [] : clientCounts) {
      const how = { clients, seconds: length };
      const run = await tpcB(present(pgbench, 'pgbench'), bank.embedded, how);
      const waitsMs = [(clients * 1_000) / run.perSecond];
      if (round > 0) keep(tpcBRuns, clients, { ...run, waitsMs });
    }
    for (const way of ways) {
      for (const callers of way.callers) {
        const run = await postFor(bank, way, callers, length);
        if (round > 0) keep(present(runs.get(way.name), way.name), callers, run);
      }
    }
  }
  return {
    tpcB: pgbench === null ? null : bestOf(tpcBRuns),
    reached: new Map([...runs].map(([name, all]) => [name, bestOf(all)])),
  };
}

function bestOf(runs: ReadonlyMap<number, readonly Run[]>): Reached {
  const all = [...runs].map(([callers, some]) => ({
    callers,
    perSecond: median(some.map(({ perSecond }) => perSecond)),
    waitsMs: some.flatMap(({ waitsMs }) => waitsMs).sort((a, b) => a - b),
    cpuUs: median(some.map(({ cpuUs }) => cpuUs)),
  }));
  const best = present(all.sort((a, b) => b.perSecond - a.perSecond)[0], 'a run');
  return { ...best, cpuUs: Math.min(...all.map(({ cpuUs }) => cpuUs)) };
}

async function postFor(bank: BenchBank, way: Way, callers: number, seconds: number): Promise<Run> {
  const post = poster(bank.database, way);
  const waitsMs: number[] = [];
  let posted = 0;
  const serverBefore = await serverCpuUs(bank.embedded.pid);
  const programBefore = process.cpuUsage();
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
  await Promise.all(Array.from({ length: callers }, call));
  const perSecond = (posted * 1_000) / (performance.now() - beganAt);
  const program = process.cpuUsage(programBefore);
  const inServer = (await serverCpuUs(bank.embedded.pid)) - serverBefore;
  return { perSecond, waitsMs, cpuUs: (inServer + program.user + program.system) / posted };
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
export function speedRows({ tpcB: peer, reached }: Comparison, when: string): BenchRow[] {
  const of = (name: Way['name']) => present(reached.get(name), name);
  const beside = peer === null ? 'TPC-B' : `TPC-B of ${peer.callers} clients`;
  const speeds = ways.map((way) =>
    benchRow({
      what: `${way.what}, ${of(way.name).callers} callers${when}, beside ${beside}`,
      ours: Math.round(of(way.name).perSecond),
      peer: peer === null ? null : Math.round(peer.perSecond),
      unit: '/s',
      wanted: { atLeast: way.wantedRatio },
    }),
  );
  const hot = benchRow({
    what: `90 % to one account beside any accounts, in batches${when}`,
    ours: Math.round(of('hot').perSecond),
    peer: Math.round(of('batch').perSecond),
    unit: 'transfers/s',
    wanted: { atLeast: 0.5 },
  });
  const waits = ways.map((way) => {
    const meanMs = peer === null ? null : percentile(peer.waitsMs, 0.5);
    return benchRow({
      what: `p99 of ${way.what}${when}, beside the mean of one TPC-B transaction`,
      ours: Number(percentile(of(way.name).waitsMs, 0.99).toFixed(2)),
      peer: meanMs === null ? null : Number(meanMs.toFixed(2)),
      unit: 'ms',
      wanted: { atMost: way.batch === 1 ? 20 : 200 },
    });
  });
  const work = ways.map((way) =>
    benchRow({
      what: `CPU of ${way.what}${when}, database and program, beside TPC-B, each at its least`,
      ours: Math.round(of(way.name).cpuUs),
      peer: peer === null ? null : Math.round(peer.cpuUs),
      unit: 'µs',
      wanted: { atMost: Number((1 / way.wantedRatio).toFixed(3)) },
    }),
  );
  return [...speeds, hot, ...work, ...waits];
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

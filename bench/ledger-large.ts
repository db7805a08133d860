import { present } from '../src/base/assert.ts';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import { onNewBank } from './ledger/bank.ts';
import { loadTransfers } from './ledger/load.ts';
import { type Comparison, compare, sizeRow, speedRows, ways } from './ledger/ways.ts';
import { benchRow } from './run/row.ts';

const transfersLoaded = 10_000_000;

/** Whether the ledger keeps its speed beside TPC-B when it has 10,000,000 transfers already. */
export const bench: Benchmark = {
  summary: 'the ledger beside pgbench TPC-B before and after 10,000,000 transfers (some minutes)',
  run: async () =>
    await onNewBank('ledger-large', async (bank) => {
      const how = { rounds: 3, seconds: 4 };
      const before = await compare(bank, how);
      const small = await sizeRow(bank, ' before');
      const loadedInMs = await loadTransfers(bank, transfersLoaded);
      const after = await compare(bank, how);
      const loading = benchRow({
        what: 'seconds to load 10,000,000 transfers set-based, with indexes built after',
        ours: Math.round(loadedInMs / 1_000),
        peer: 3_600,
        unit: 's, beside one hour',
        wanted: { atMost: 1 },
      });
      return [
        ...speedRows(before, ', before'),
        small,
        loading,
        ...speedRows(after, ', after 10,000,000'),
        await sizeRow(bank, ' after 10,000,000'),
        ...keptRows(before, after),
      ];
    }),
};

/** Each way's speed as a multiple of TPC-B's in the same minutes, after beside before. */
function keptRows(before: Comparison, after: Comparison): BenchRow[] {
  return ways.map(({ name, what }) => {
    const ratioOf = ({ tpcB, reached }: Comparison) =>
      tpcB === null
        ? null
        : Number((present(reached.get(name), name).perSecond / tpcB.perSecond).toFixed(2));
    return benchRow({
      what: `${what}: multiple of TPC-B after 10,000,000 transfers beside before`,
      ours: ratioOf(after) ?? 0,
      peer: ratioOf(before),
      unit: 'x TPC-B',
      wanted: { atLeast: 0.8 },
    });
  });
}

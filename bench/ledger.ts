import type { Benchmark } from '../src/cli/bench-report.ts';
import { onNewBank } from './ledger/bank.ts';
import { compare, sizeRow, speedRows } from './ledger/ways.ts';

/** The ledger beside pgbench's TPC-B, on one database, with fsync and synchronous_commit on. */
export const bench: Benchmark = {
  summary: 'transfers per second, one by one, batched and on a hot account, beside pgbench TPC-B',
  run: async () =>
    await onNewBank('ledger', async (bank) => {
      const compared = await compare(bank, { rounds: 3, seconds: 4 });
      return [...speedRows(compared, ''), await sizeRow(bank, '')];
    }),
};

import type { BenchRow } from '../../src/cli/bench-report.ts';

/** What was measured. `peer` null: it could not be run, and the row is not ok. */
export type Measured = {
  readonly what: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly unit: string;
  /** The bound on ours / peer: `atLeast` where more is better, `atMost` where less is. */
  readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
};

/** The row of a report, with its verdict. */
export function benchRow({ what, ours, peer, unit, wanted }: Measured): BenchRow {
  const ratio = peer === null || peer === 0 ? null : ours / peer;
  const [words, holds] =
    'atLeast' in wanted
      ? [`ratio >= ${wanted.atLeast}`, ratio !== null && ratio >= wanted.atLeast]
      : [`ratio <= ${wanted.atMost}`, ratio !== null && ratio <= wanted.atMost];
  return { what, ours, peer, unit, ratio, wanted: words, ok: holds };
}

/** The median of an odd number of runs of `work`, in ms, after one that does not count. */
export async function medianMs(runs: number, work: () => Promise<void> | void): Promise<number> {
  await work();
  const tookMs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const beganAt = performance.now();
    await work();
    tookMs.push(performance.now() - beganAt);
  }
  return tookMs.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

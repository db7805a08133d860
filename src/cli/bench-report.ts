/** A benchmark: bench/<name>.ts exports it as `bench`. */
export type Benchmark = {
  /** One line: what is measured, beside which peer. */
  readonly summary: string;
  run(size?: BenchSize): Promise<BenchReport>;
};

/** How much of it: what that counts is the benchmark's own, and so is its default. */
export type BenchSize = { readonly size?: number };

/** What a benchmark gives; written to bench/results/<name>.json when asked for. */
export type BenchReport = {
  readonly name: string;
  /** Cores, memory, system and versions, in words. */
  readonly machine: string;
  readonly rows: readonly BenchRow[];
};

export type BenchRow = {
  readonly what: string;
  readonly ours: number;
  /** The same work by the peer; null when the peer could not be run, which is not ok. */
  readonly peer: number | null;
  readonly unit: string;
  /** ours / peer. */
  readonly ratio: number | null;
  /** The ratio or the figure that is asked for, in words, such as '>= 2 x'. */
  readonly wanted: string;
  readonly ok: boolean;
};

/** Whether every row is ok and had its peer. */
export function benchIsOk(report: BenchReport): boolean {
  return report.rows.length > 0 && report.rows.every((row) => row.ok && row.peer !== null);
}

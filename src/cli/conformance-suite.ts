/**
 * A published test suite, in commands/conformance/<name>.ts, which exports it as `suite`. The
 * material is not part of the project; its folder or file is given with the command.
 */
export type ConformanceSuite = {
  /** One line: whose suite it is. */
  readonly summary: string;
  run(path: string): Promise<ConformanceReport>;
};

export type ConformanceReport = {
  readonly passed: number;
  readonly failed: number;
  /** Not run, each with its reason in `cases`. */
  readonly skipped: number;
  /** Every case that did not pass, with what was wanted and what came. */
  readonly cases: readonly ConformanceCase[];
  /** The result in the suite's own table format, if it has one (`--csv FILE`). */
  readonly csv?: string;
};

export type ConformanceCase = {
  readonly name: string;
  readonly state: 'failed' | 'skipped';
  readonly why: string;
};

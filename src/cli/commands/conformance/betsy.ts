import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, type Model, read } from '../../../kernel/index.ts';
import type {
  ConformanceCase,
  ConformanceReport,
  ConformanceSuite,
} from '../../conformance-suite.ts';
import { inFeel } from './betsy/models.ts';
import { newWorld, runToRest, startInstance } from './betsy/world.ts';

/** One feature test of betsy's tests.json. */
type BetsyTest = {
  readonly group: string;
  readonly name: string;
  readonly file: string;
  readonly cases: readonly BetsyCase[];
};

type BetsyCase = {
  readonly input: string | null;
  readonly int: number;
  readonly parallel: boolean;
  readonly expect: readonly string[];
};

/** Tests that the standard itself does not allow to pass, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  Token_StartQuantity_Zero:
    'BPMN 2.0.2, table 10.3: startQuantity must not be less than 1, so the model is refused (EXT037)',
  Token_CompletionQuantity_Zero:
    'BPMN 2.0.2, table 10.3: completionQuantity must not be less than 1, so the model is refused (EXT038)',
  AdHocSubProcess_Sequential:
    'expects Task3, but no element of the model writes it: the task after the sub-process is SCRIPT_task1',
  AdHocSubProcess_Parallel:
    'expects Task3, but no element of the model writes it: the task after the sub-process is SCRIPT_task1',
};

export const suite: ConformanceSuite = {
  summary: 'betsy: 136 feature tests of BPMN 2.0 with 210 cases (a folder with tests.json)',
  run: async (path) => {
    const tests: BetsyTest[] = JSON.parse(await readFile(join(path, 'tests.json'), 'utf8'));
    const cases: ConformanceCase[] = [];
    let passed = 0;
    for (const test of tests) {
      const name = `${test.group}/${test.name}`;
      const excluded = exclusions[test.name];
      if (excluded !== undefined) cases.push({ name, state: 'skipped', why: excluded });
      else {
        const why = await failureOf(path, test);
        if (why === null) passed += 1;
        else cases.push({ name, state: 'failed', why });
      }
    }
    const failed = cases.filter((one) => one.state === 'failed').length;
    return { passed, failed, skipped: cases.length - failed, cases } satisfies ConformanceReport;
  },
};

/** The first case that fails, in words; null when all pass. */
async function failureOf(path: string, test: BetsyTest): Promise<string | null> {
  const xml = await readFile(join(path, test.file), 'utf8');
  const model = await read(inFeel(xml));
  if (!model.ok) return `cannot be read: ${model.facts.reason}`;
  for (const one of test.cases) {
    // A marker file is looked at only where a test asks for it.
    const traces = runCase(model.value, test.name, one).filter(
      (trace) => trace !== 'MarkerExists' || one.expect.includes(trace),
    );
    const wanted = [...one.expect].sort().join(' ');
    const came = [...traces].sort().join(' ');
    if (wanted !== came) return `input ${one.input} ${one.int}: wanted ${wanted}, came ${came}`;
  }
  return null;
}

function runCase(model: Model, processId: string, one: BetsyCase): readonly string[] {
  const compiled = compile(model, processId);
  if (!compiled.ok) return ['DeploymentFailed', JSON.stringify(compiled.facts)];
  const world = newWorld(model);
  const values = { test: one.input ?? '', integerVariable: BigInt(one.int) };
  if (one.parallel) startInstance(world, 'ParallelProcess', values);
  startInstance(world, processId, values);
  runToRest(world);
  return world.traces;
}

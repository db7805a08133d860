import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import {
  compileDecisions,
  type DecisionProgram,
  decideValues,
  readDecisions,
} from '../../../decision/index.ts';
import { formatValue } from '../../../feel/value/text.ts';
import type {
  ConformanceCase,
  ConformanceReport,
  ConformanceSuite,
} from '../../conformance-suite.ts';
import { isExpected, readCases, type TckCase, type TckResult } from './dmn-tck/cases.ts';

/** Folders of the kit that ask for what this engine does not do, each with the reason. */
export const exclusions: Readonly<Record<string, string>> = {
  '0076-feel-external-java': 'calls methods of Java classes; there is no Java here',
};

/** `now()` and `today()` of the kit only ask what kind of value they give. */
const NOW = '2026-11-21T09:00:00+08:00';

/** One case that was run: the folder and file it stands in, and why it failed, if it did. */
type Outcome = {
  readonly folder: string;
  readonly file: string;
  readonly id: string;
  readonly state: 'SUCCESS' | 'ERROR' | 'IGNORED';
  readonly why: string;
};

export const suite: ConformanceSuite = {
  summary: 'dmn-tck: DMN and FEEL, compliance levels 2 and 3 (a folder of them, at any depth)',
  run: async (path) => {
    const outcomes = await runKit(path);
    const cases = outcomes.flatMap(({ file, id, state, why }): ConformanceCase[] => {
      if (state === 'SUCCESS') return [];
      return [{ name: `${file} ${id}`, state: state === 'ERROR' ? 'failed' : 'skipped', why }];
    });
    const passed = outcomes.length - cases.length;
    const failed = cases.filter((one) => one.state === 'failed').length;
    const csv = `${outcomes.map(csvLine).join('\n')}\n`;
    return {
      passed,
      failed,
      skipped: cases.length - failed,
      cases,
      csv,
    } satisfies ConformanceReport;
  },
};

/** The kit's own table: folder, test file, case, outcome, comment. */
function csvLine({ folder, file, id, state, why }: Outcome): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return [folder, file, id, state, why].map(cell).join(',');
}

async function testFiles(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /-test-\d+\w*\.xml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function runKit(path: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of await testFiles(path)) outcomes.push(...(await runFile(path, file)));
  return outcomes;
}

async function runFile(path: string, file: string): Promise<readonly Outcome[]> {
  const folder = relative(path, dirname(file)) || basename(path);
  const name = basename(file, '.xml');
  const { modelName, cases } = readCases(await readFile(file, 'utf8'));
  const excluded = exclusions[basename(dirname(file))];
  const program = excluded === undefined ? await programOf(dirname(file), modelName) : null;
  return cases.map((one): Outcome => {
    const place = { folder, file: name, id: one.id };
    if (excluded !== undefined) return { ...place, state: 'IGNORED', why: excluded };
    const why = typeof program === 'string' ? program : failureOf(program, one);
    return { ...place, state: why === null ? 'SUCCESS' : 'ERROR', why: why ?? '' };
  });
}

/** The model of a test file with what lies beside it to be imported; text: why there is none. */
async function programOf(folder: string, modelName: string): Promise<DecisionProgram | string> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.dmn'));
  const texts = new Map<string, string>();
  for (const file of files) texts.set(file, await readFile(join(folder, file), 'utf8'));
  const main = texts.get(modelName);
  if (main === undefined) return `there is no file ${modelName}`;
  const others = [...texts].filter(([file]) => file !== modelName).map(([, text]) => text);
  const model = await readDecisions(main, others);
  if (!model.ok) return `${model.code} ${JSON.stringify(model.facts)}`;
  // The kit's models hold expressions that are wrong on purpose: they give null when asked.
  const program = compileDecisions(model.value, { lenient: true });
  return program.ok ? program.value : `${program.code} ${JSON.stringify(program.facts)}`;
}

function failureOf(program: DecisionProgram | null, one: TckCase): string | null {
  if (program === null) return 'not run';
  for (const result of one.results) {
    const why = resultFailure(program, one, result);
    if (why !== null) return why;
  }
  return null;
}

function resultFailure(program: DecisionProgram, one: TckCase, result: TckResult): string | null {
  const { decision, expected, error } = result;
  const asked = one.service === null ? { decision } : { decision, service: one.service };
  const decided = decideValues(program, asked, one.inputs, { now: NOW });
  if (!decided.ok) return `${decision}: ${decided.code} ${JSON.stringify(decided.facts)}`;
  const { output, reasons } = decided.value;
  if (error ? output === null : isExpected(output, expected)) return null;
  const why =
    reasons[0] === undefined ? '' : ` (${reasons[0].code} ${JSON.stringify(reasons[0].facts)})`;
  const wanted = error ? 'null, for an error' : formatValue(expected);
  return `${decision}: wanted ${wanted}, came ${formatValue(output)}${why}`;
}

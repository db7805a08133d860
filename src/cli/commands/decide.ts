import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { encodeValue, parseValues } from '../../base/data.ts';
import type { Result } from '../../base/result.ts';
import { refusalText } from '../../contract/refusals/index.ts';
import {
  type CasesReport,
  checkDecisions,
  compileDecisions,
  type DecisionProgram,
  decide as decideBy,
  type Finding,
  readDecisionCases,
  readDecisions,
  runDecisionCases,
} from '../../decision/index.ts';
import { systemClock } from '../../runtime/clock.ts';
import { decodeXml } from '../../runtime/model/encoding.ts';
import { replayDecisions, type WhatIfReport, whatIf } from '../../runtime/model/redecide.ts';
import { readSettings } from '../../runtime/settings.ts';
import type { Database } from '../../store/database.ts';
import { type Call, type Command, type ExitCode, languageOf, sayRefusal } from '../command.ts';
import { openToLook } from '../start/database.ts';

export const decide: Command = {
  usage: `huiliu decide FILE [DECISION] [--inputs JSON]
huiliu decide FILE DECISION --what-if [--from DATE] [--to DATE]
huiliu decide --replay [--from DATE] [--to DATE]

FILE alone: what is wrong with the tables of a DMN file, and its cases (FILE with .cases.md) with the
rows they reach. With DECISION: decides on the inputs and says which rows answered.
--what-if: the decisions of a period taken again by FILE: which would have come out otherwise, which
would be saved at a higher level, and which of those were refused, sent back or overdue since.
--replay: every decision of a period taken again by the version that took it; all must be the same.
Dates are days at the bank (+08:00), both included. Exit code 1 for errors, failed cases, differences
in a replay.`,
  options: {
    inputs: { type: 'string' },
    'what-if': { type: 'boolean', default: false },
    replay: { type: 'boolean', default: false },
    from: { type: 'string', default: '2000-01-01' },
    to: { type: 'string', default: '2999-12-31' },
  },
  words: { min: 0, max: 2 },
  run: async (call) => {
    const [file, decision] = call.words;
    if (call.options.replay === true) return await withDatabase(call, (open) => replay(call, open));
    if (file === undefined) {
      call.tell('Name a DMN file, or ask for --replay.');
      return 2;
    }
    const program = await programOf(call, file);
    if (program === null) return 2;
    if (!program.ok) return sayRefusal(call, program);
    if (decision === undefined) return await judge(call, file, program.value);
    if (call.options['what-if'] !== true) return decideOne(call, program.value, decision);
    return await withDatabase(call, (open) => sayWhatIf(call, open, program.value, decision));
  },
};

async function bytesOf(path: string): Promise<Uint8Array | null> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
    throw error;
  });
}

/** The program of a file; null: there is no such file. */
async function programOf(call: Call, file: string): Promise<Result<DecisionProgram> | null> {
  const path = resolve(call.folder, file);
  const bytes = await bytesOf(path);
  if (bytes === null) {
    call.tell(`There is no file ${path}.`);
    return null;
  }
  const xml = decodeXml(bytes);
  if (!xml.ok) return xml;
  const model = await readDecisions(xml.value);
  return model.ok ? compileDecisions(model.value) : model;
}

async function judge(call: Call, file: string, program: DecisionProgram): Promise<ExitCode> {
  const findings = checkDecisions(program.model);
  const beside = await bytesOf(resolve(call.folder, file.replace(/\.dmn$/, '.cases.md')));
  let report: CasesReport = { outcomes: [], coverage: [] };
  if (beside !== null) {
    const cases = readDecisionCases(new TextDecoder().decode(beside));
    if (!cases.ok) return sayRefusal(call, cases);
    const run = runDecisionCases(program, cases.value);
    if (!run.ok) return sayRefusal(call, run);
    report = run.value;
  }
  if (call.json) call.print(encodeJson({ findings, ...report }));
  else printJudgement(call, findings, report);
  const bad = findings.some((one) => one.severity === 'error');
  return bad || report.outcomes.some((one) => one.why !== null) ? 1 : 0;
}

function printJudgement(call: Call, findings: readonly Finding[], report: CasesReport): void {
  const language = languageOf(call.environment);
  for (const { severity, decision, code, facts } of findings) {
    call.print(`${severity}: ${decision}: ${refusalText(code, language, facts)}`);
  }
  const failed = report.outcomes.filter((one) => one.why !== null);
  for (const { decision, line, why } of failed)
    call.print(`case of line ${line}: ${decision}: ${why}`);
  for (const { decision, rows } of report.coverage) {
    const never = rows.flatMap((count, i) => (count === 0 ? [i + 1] : []));
    const gaps = never.length === 0 ? '' : `, none reaches ${never.join(', ')}`;
    call.print(`${decision}: ${rows.length} rows${gaps}`);
  }
  const { outcomes } = report;
  call.print(
    `${findings.length} findings, ${outcomes.length - failed.length} cases hold, ${failed.length} fail`,
  );
}

function decideOne(call: Call, program: DecisionProgram, decision: string): ExitCode {
  const text = call.options.inputs;
  const inputs = parseValues(typeof text === 'string' ? text : '{}');
  if (!inputs.ok) return sayRefusal(call, inputs);
  const decided = decideBy(program, decision, inputs.value);
  if (!decided.ok) return sayRefusal(call, decided);
  const { output, matched, reasons } = decided.value;
  if (call.json) {
    call.print(
      `{"output":${encodeValue(output)},"matched":${JSON.stringify(matched)},"reasons":${JSON.stringify(reasons)}}`,
    );
    return 0;
  }
  call.print(encodeValue(output));
  for (const { decision: id, rows } of matched) {
    call.print(`${id}: ${rows.length === 0 ? 'no row' : `rows ${rows.join(', ')}`}`);
  }
  const language = languageOf(call.environment);
  for (const { code, facts } of reasons) call.print(`why: ${refusalText(code, language, facts)}`);
  return 0;
}

/** JSON of what may hold exact values. */
function encodeJson(value: object): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));
}

async function withDatabase(
  call: Call,
  work: (database: Database) => Promise<ExitCode>,
): Promise<ExitCode> {
  const settings = readSettings(call.environment, call.folder);
  if (!settings.ok) return sayRefusal(call, settings);
  const opened = await openToLook(settings.value);
  if (!opened.ok) return sayRefusal(call, opened);
  try {
    return await work(opened.value.database);
  } finally {
    await opened.value.close();
  }
}

/** The period of --from and --to as instants; null: one is no day. */
function period(call: Call): { from: number; to: number } | null {
  const midnight = (option: unknown): number => Date.parse(`${String(option)}T00:00:00+08:00`);
  const [from, to] = [midnight(call.options.from), midnight(call.options.to) + 86_400_000];
  if (Number.isNaN(from) || Number.isNaN(to)) {
    call.tell('Write a day as 2026-11-21.');
    return null;
  }
  return { from, to };
}

async function replay(call: Call, database: Database): Promise<ExitCode> {
  const wanted = period(call);
  if (wanted === null) return 2;
  const { decided, different } = await replayDecisions(database, { decisionId: null, ...wanted });
  if (call.json) call.print(encodeJson({ decided, different }));
  else {
    for (const { caseNumber, decision, before, after } of different) {
      call.print(
        `${caseNumber}: ${decision}: was ${encodeValue(before)}, is ${encodeValue(after)}`,
      );
    }
    call.print(`${decided} decisions taken again, ${different.length} came out otherwise`);
  }
  return different.length === 0 ? 0 : 1;
}

async function sayWhatIf(
  call: Call,
  database: Database,
  program: DecisionProgram,
  decision: string,
): Promise<ExitCode> {
  const wanted = period(call);
  if (wanted === null) return 2;
  const asked = { decisionId: decision, ...wanted };
  const answer = await whatIf(database, program, asked, { at: systemClock() });
  if (!answer.ok) return sayRefusal(call, answer);
  if (call.json) call.print(encodeJson(answer.value));
  else printWhatIf(call, answer.value);
  return 0;
}

/** Cases of a change that are named; the rest are counted. */
const casesNamedMax = 5;

function printWhatIf(call: Call, report: WhatIfReport): void {
  for (const { before, after, cases } of report.changes) {
    const named = cases.slice(0, casesNamedMax).map(({ caseNumber, signs }) => {
      return signs.length === 0 ? caseNumber : `${caseNumber} ${signs.join('+')}`;
    });
    const more = cases.length > casesNamedMax ? ', …' : '';
    call.print(`${cases.length} x ${before} would be ${after} (${named.join(', ')}${more})`);
  }
  const { decided, same, lower, higher, risky, missingInputs } = report;
  if (missingInputs.length > 0) {
    call.print(`some decisions were taken without ${missingInputs.join(', ')}: null there`);
  }
  call.print(`${decided} decisions, ${same} the same, ${decided - same} otherwise`);
  call.print(`${lower} saved at a higher level, ${risky} of them risky; ${higher} more for one`);
}

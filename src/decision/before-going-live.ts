import { ok, type Result, refuse } from '../base/result.ts';
import { type CasesReport, readDecisionCases, runDecisionCases } from './cases/cases.ts';
import { checkDecisions } from './check/check.ts';
import type { Finding, FindingCode } from './check/finding.ts';
import type { DecisionProgram } from './program.ts';

/** All that is known of a file before it decides anything. */
export type Judgement = {
  /** Errors and warnings of the tables, and rows or decisions that no case asks. */
  readonly findings: readonly Finding[];
  readonly report: CasesReport;
};

function untested(program: DecisionProgram, report: CasesReport): readonly Finding[] {
  return report.coverage.flatMap(({ decision, rows }): readonly Finding[] => {
    const box = program.model.decisions.find((one) => one.id === decision)?.logic;
    const table = box?.id ?? '';
    const about = (code: FindingCode, lines: readonly number[]): Finding => {
      const facts = { decision, rows: lines.join(', ') };
      return { code, severity: 'warning', decision, table, rows: lines, example: null, facts };
    };
    const never = rows.flatMap((count, i) => (count === 0 ? [i + 1] : []));
    const asked = report.outcomes.some((one) => one.decision === decision);
    if (!asked && never.length === rows.length) return [about('decision_cases_missing', [])];
    return never.map((row) => about('decision_row_untested', [row]));
  });
}

/**
 * Checks a file's tables and runs the cases beside it (`cases`, null if there are none). Refusals:
 * decision_case_cell_invalid, decision_unknown, and the limits of FEEL.
 */
export function judgeDecisions(program: DecisionProgram, cases: string | null): Result<Judgement> {
  const read = readDecisionCases(cases ?? '');
  if (!read.ok) return read;
  const report = runDecisionCases(program, read.value);
  if (!report.ok) return report;
  const findings = [...checkDecisions(program.model), ...untested(program, report.value)];
  return ok({ findings, report: report.value });
}

/** What may be set aside for one file, by whoever answers for it. */
export type Waiver = {
  /** Inputs no row covers are known, and named: somebody decides them by hand. */
  readonly gaps?: boolean;
  /** A table that no case asks may go live; a bank's own tables may not. */
  readonly untested?: boolean;
};

/** The first finding that keeps a file from going live; null: there is none. */
export function obstacle(judgement: Judgement, waiver: Waiver): Finding | null {
  const stops = ({ code, severity }: Finding): boolean => {
    if (code === 'decision_cases_missing') return waiver.untested !== true;
    if (code === 'decision_gap') return waiver.gaps !== true;
    return severity === 'error';
  };
  return judgement.findings.find(stops) ?? null;
}

/**
 * Whether a file may go live: no error in its tables that is not waived, and every case holds.
 * Refusals: the codes of findings, decision_case_failed { decision, line, why }, and those of
 * judgeDecisions.
 */
export function mayGoLive(
  program: DecisionProgram,
  cases: string | null,
  waiver: Waiver = { untested: true },
): Result<Judgement> {
  const judged = judgeDecisions(program, cases);
  // A table with a fault is told as such, also when its cases cannot be read.
  const stop = obstacle(
    judged.ok ? judged.value : { findings: checkDecisions(program.model), report: NO_CASES },
    waiver,
  );
  if (stop !== null) return refuse(stop.code, { ...stop.facts, decision: stop.decision });
  if (!judged.ok) return judged;
  const failed = judged.value.report.outcomes.find((one) => one.why !== null);
  if (failed === undefined) return judged;
  const { decision, line, why } = failed;
  return refuse('decision_case_failed', { decision, line: String(line), why: why ?? '' });
}

const NO_CASES: CasesReport = { outcomes: [], coverage: [] };

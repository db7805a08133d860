import { ok, type Refusal, type Result, refuse } from '../base/result.ts';
import { readDecisionCases, runDecisionCases } from './cases/cases.ts';
import { checkDecisions } from './check/check.ts';
import type { DecisionProgram } from './program.ts';

/** The first error of the tables as a refusal; null: there is none. Warnings do not count. */
function tableFault(program: DecisionProgram): Refusal | null {
  const error = checkDecisions(program.model).find((one) => one.severity === 'error');
  if (error === undefined) return null;
  return refuse(error.code, { ...error.facts, decision: error.decision });
}

/**
 * Whether a file may go live: no error in its tables, and every case beside it (`cases`, null if
 * there is none) holds. Refusals: the codes of findings, decision_case_failed { decision, line,
 * why }, decision_case_cell_invalid, decision_unknown, and the limits of FEEL.
 */
export function mayGoLive(program: DecisionProgram, cases: string | null): Result<null> {
  const fault = tableFault(program);
  if (fault !== null) return fault;
  const read = readDecisionCases(cases ?? '');
  if (!read.ok) return read;
  const report = runDecisionCases(program, read.value);
  if (!report.ok) return report;
  const failed = report.value.outcomes.find((one) => one.why !== null);
  if (failed === undefined) return ok(null);
  const { decision, line, why } = failed;
  return refuse('decision_case_failed', { decision, line: String(line), why: why ?? '' });
}

import { encodeValue, equalValue, isValues, type Value, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { compileExpression, evaluate } from '../../feel/index.ts';
import { decide } from '../decide.ts';
import type { Boxed } from '../model/model.ts';
import type { DecisionProgram } from '../program.ts';

/** One row of a test table. */
export type Case = {
  readonly decision: string;
  /** The line of the file, from 1. */
  readonly line: number;
  readonly inputs: Values;
  /** What must come out: the whole output, or some of its members. */
  readonly expected: Value | null;
  readonly members: Values | null;
  /** Rows of the decision's own table that must have answered; null: any. */
  readonly rows: readonly number[] | null;
};

/** A case and what came of it; `why` is null if it holds. */
export type CaseOutcome = {
  readonly decision: string;
  readonly line: number;
  readonly why: string | null;
  readonly inputs: Values;
  /** What was wanted: the whole output, or some of its members. */
  readonly expected: Value;
  readonly output: Value;
  /** Rows of the decision's own table that answered. */
  readonly rows: readonly number[];
};

/** How often each row of a decision's table answered, row 1 first. */
export type Coverage = { readonly decision: string; readonly rows: readonly number[] };

export type CasesReport = {
  readonly outcomes: readonly CaseOutcome[];
  readonly coverage: readonly Coverage[];
};

type CasesRefusal = 'decision_case_cell_invalid' | 'decision_unknown';

function cellsOf(line: string): readonly string[] | null {
  const trimmed = line.trim();
  if (!trimmed.startsWith('|') || !trimmed.endsWith('|')) return null;
  return trimmed
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function valueOfCell(text: string, line: number): Result<Value, CasesRefusal> {
  const compiled = compileExpression(text);
  if (!compiled.ok) return refuse('decision_case_cell_invalid', { line: String(line), text });
  return ok(evaluate(compiled.value, {}).value);
}

const RULE = /^:?-+:?$/;

function caseOf(
  decision: string,
  heads: readonly string[],
  cells: readonly string[],
  line: number,
): Result<Case, CasesRefusal> {
  const inputs: Record<string, Value> = {};
  const members: Record<string, Value> = {};
  let expected: Value = null;
  let rows: readonly number[] | null = null;
  for (const [i, head] of heads.entries()) {
    const text = cells[i] ?? '';
    if (text === '') continue;
    if (head === 'rows') {
      rows = text.split(',').map(Number);
      continue;
    }
    const value = valueOfCell(text, line);
    if (!value.ok) return value;
    if (head === '→') expected = value.value;
    else if (head.startsWith('→')) members[head.slice(1).trim()] = value.value;
    else inputs[head] = value.value;
  }
  const whole = heads.includes('→');
  return ok({ decision, line, inputs, expected, members: whole ? null : members, rows });
}

/** Reads a file of cases. Refusal: decision_case_cell_invalid { line, text }. */
export function readDecisionCases(text: string): Result<readonly Case[], CasesRefusal> {
  const cases: Case[] = [];
  let decision = '';
  let heads: readonly string[] | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const heading = /^##\s+(\S.*)$/.exec(line);
    if (heading !== null) {
      decision = (heading[1] ?? '').replaceAll('`', '').trim();
      heads = null;
      continue;
    }
    const cells = cellsOf(line);
    if (cells === null || decision === '') heads = null;
    else if (heads === null) heads = cells;
    else if (!cells.every((cell) => RULE.test(cell))) {
      const made = caseOf(decision, heads, cells, index + 1);
      if (!made.ok) return made;
      cases.push(made.value);
    }
  }
  return ok(cases);
}

function difference(one: Case, output: Value): string | null {
  if (one.members === null) {
    if (equalValue(output, one.expected)) return null;
    return `wanted ${encodeValue(one.expected)}, came ${encodeValue(output)}`;
  }
  const found = isValues(output) ? output : {};
  for (const [name, value] of Object.entries(one.members)) {
    const came = Object.hasOwn(found, name) ? (found[name] ?? null) : null;
    if (!equalValue(came, value)) {
      return `${name}: wanted ${encodeValue(value)}, came ${encodeValue(came)}`;
    }
  }
  return null;
}

function rowCount(box: Boxed | null): number {
  return box?.kind === 'table' ? box.rules.length : 0;
}

/** Runs cases over a program. Refusals: decision_unknown, and the limits of FEEL. */
export function runDecisionCases(
  program: DecisionProgram,
  cases: readonly Case[],
): Result<CasesReport> {
  const outcomes: CaseOutcome[] = [];
  const counts = new Map<string, number[]>();
  for (const { id, logic } of program.model.decisions) {
    const rows = rowCount(logic);
    if (rows > 0) counts.set(id, new Array<number>(rows).fill(0));
  }
  for (const one of cases) {
    const decided = decide(program, one.decision, one.inputs);
    if (!decided.ok) return decided;
    const { output, matched } = decided.value;
    const id = program.decisions.get(one.decision)?.id ?? one.decision;
    for (const { decision, rows } of matched) {
      const own = counts.get(decision);
      for (const row of rows) if (own !== undefined) own[row - 1] = (own[row - 1] ?? 0) + 1;
    }
    const rows = matched.find((mark) => mark.decision === id)?.rows ?? [];
    const wrongRows = one.rows !== null && one.rows.join() !== rows.join();
    const other = wrongRows ? `rows: wanted ${one.rows?.join()}, came ${rows.join()}` : null;
    const why = difference(one, output) ?? other;
    const { line, inputs } = one;
    const expected = one.members ?? one.expected;
    outcomes.push({ decision: id, line, why, inputs, expected, output, rows });
  }
  const coverage = [...counts].map(([decision, rows]) => ({ decision, rows }));
  return ok({ outcomes, coverage });
}

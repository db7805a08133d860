import { equalValues } from '../../feel/value/compare.ts';
import { vocabularyOf } from '../compile/names.ts';
import { TypeTable } from '../compile/types.ts';
import { readTests, readText, type Workshop } from '../compile/workshop.ts';
import type { Boxed, DecisionModel, DecisionTable } from '../model/model.ts';
import { constantOf, constantsOf } from '../table/constant.ts';
import { cellFindings, kindOfType, outputFindings } from './cells.ts';
import { type Box, Budget, boxOf, contains, type Point, shared, uncovered } from './cover.ts';
import { exampleAt, inWords } from './example.ts';
import type { Finding } from './finding.ts';
import { type Line, lineOf } from './line.ts';

/** Findings of one kind in one table; more of the same help nobody. */
const FINDINGS_MAX = 10;
/** Pairs of rows that are compared. */
const PAIRS_MAX = 500_000;

const LISTS: ReadonlySet<string> = new Set(['COLLECT', 'RULE ORDER', 'OUTPUT ORDER']);

function tablesIn(box: Boxed | null): readonly DecisionTable[] {
  if (box === null) return [];
  switch (box.kind) {
    case 'table':
      return [box];
    case 'literal':
      return [];
    case 'invocation':
      return box.bindings.flatMap((binding) => tablesIn(binding.value));
    case 'context':
      return box.entries.flatMap((entry) => tablesIn(entry.value));
    case 'list':
      return box.items.flatMap(tablesIn);
    case 'relation':
      return box.rows.flat().flatMap(tablesIn);
    case 'function':
      return tablesIn(box.body);
    case 'conditional':
      return [box.condition, box.consequence, box.otherwise].flatMap(tablesIn);
    case 'filter':
      return [box.source, box.match].flatMap(tablesIn);
    case 'for':
    case 'some':
    case 'every':
      return [box.source, box.body].flatMap(tablesIn);
    default: {
      const never: never = box;
      return never;
    }
  }
}

/** A table laid out for the questions below. */
type Sheet = {
  readonly table: DecisionTable;
  readonly lines: readonly Line[];
  readonly shop: Workshop;
  readonly budget: Budget;
};

function at(
  sheet: Sheet,
  code: Finding['code'],
  severity: Finding['severity'],
  found: { readonly rows: readonly number[]; readonly point: Point | null },
): Finding {
  const example = found.point === null ? null : exampleAt(sheet.lines, found.point);
  const rows = found.rows.map((row) => row + 1);
  const words = example === null ? '' : inWords(example);
  const facts = { rows: rows.join(', '), example: words };
  return {
    code,
    severity,
    decision: sheet.shop.owner,
    table: sheet.table.id,
    rows,
    example,
    facts,
  };
}

function allRows(sheet: Sheet): readonly number[] {
  return sheet.table.rules.map((_, row) => row);
}

/** Combinations no row covers, where the table has no default and its policy gives one answer. */
function gaps(sheet: Sheet): readonly Finding[] {
  const { table, lines, budget } = sheet;
  const hasDefault = table.outputs.some((output) => output.defaultText !== null);
  if (hasDefault || LISTS.has(table.hitPolicy)) return [];
  const box = lines.map((line) => line.domain);
  const { points, complete } = uncovered(lines, allRows(sheet), box, {
    max: FINDINGS_MAX,
    budget,
  });
  const unknown = lines.some((line) => line.cells.some((cell) => cell.kind === 'unknown'));
  const first = points[0];
  if (first === undefined) {
    return complete ? [] : [at(sheet, 'decision_coverage_unproven', 'warning', noRows)];
  }
  if (unknown) {
    return [at(sheet, 'decision_coverage_unproven', 'warning', { rows: [], point: first })];
  }
  return [
    ...points.map((point) => at(sheet, 'decision_gap', 'error', { rows: [], point })),
    at(sheet, 'decision_default_missing', 'warning', noRows),
  ];
}

const noRows = { rows: [], point: null };

function sameOutputs(sheet: Sheet, a: number, b: number): boolean {
  const { table, shop } = sheet;
  return table.outputs.every((output, column) => {
    const [x = '', y = ''] = [a, b].map((row) => table.rules[row]?.results[column]);
    if (x.trim() === y.trim()) return true;
    const [left, right] = [x, y].map((text) => constantOf(readText(text, output.id, shop)));
    return left !== undefined && right !== undefined && equalValues(left, right) === true;
  });
}

/** Pairs of rows that match at once where the policy allows one, or one answer. */
function overlaps(sheet: Sheet): readonly Finding[] {
  const { table, lines } = sheet;
  const { hitPolicy } = table;
  if (hitPolicy !== 'UNIQUE' && hitPolicy !== 'ANY') return [];
  const code = hitPolicy === 'UNIQUE' ? 'decision_overlap' : 'decision_conflict';
  const boxes = allRows(sheet).map((row) => boxOf(lines, row));
  const findings: Finding[] = [];
  let pairs = 0;
  for (const [b, second] of boxes.entries()) {
    for (let a = 0; a < b && second !== null; a += 1) {
      const first = boxes[a] ?? null;
      pairs += 1;
      if (pairs > PAIRS_MAX || findings.length >= FINDINGS_MAX) return findings;
      if (first === null || (hitPolicy === 'ANY' && sameOutputs(sheet, a, b))) continue;
      const point = shared(first, second);
      if (point !== null) findings.push(at(sheet, code, 'error', { rows: [a, b], point }));
    }
  }
  return findings;
}

/** How good a row's outputs are by the order of the allowed values; null: it cannot be said. */
function ranksOf(sheet: Sheet): readonly (number | null)[] {
  const { table, shop } = sheet;
  const [output] = table.outputs;
  if (table.outputs.length !== 1 || output === undefined || output.values === null) return [];
  const listed = constantsOf(readTests(output.values, output.id, shop)) ?? [];
  return table.rules.map((rule) => {
    const value = constantOf(readText(rule.results[0] ?? '', rule.id, shop));
    const rank = listed.findIndex((one) => value !== undefined && equalValues(value, one) === true);
    return rank === -1 ? null : rank;
  });
}

/** Rows that go before a row where one answer is taken of several. */
function rowsBefore(sheet: Sheet, row: number, ranks: readonly (number | null)[]): number[] {
  const rows = allRows(sheet);
  if (sheet.table.hitPolicy === 'FIRST') return rows.slice(0, row);
  const own = ranks[row] ?? null;
  if (sheet.table.hitPolicy !== 'PRIORITY' || own === null) return [];
  return rows.filter((other) => {
    const rank = ranks[other] ?? null;
    return other !== row && rank !== null && (rank < own || (rank === own && other < row));
  });
}

/** The row that alone takes all of a row's inputs, or one of those that do together; null: none. */
function maskOf(
  sheet: Sheet,
  boxes: readonly (Box | null)[],
  row: number,
  before: readonly number[],
): number | null {
  const box = boxes[row] ?? null;
  if (box === null || before.length === 0) return null;
  const alone = before.find((other) => contains(boxes[other] ?? [], box));
  if (alone !== undefined) return alone;
  const { lines, budget } = sheet;
  const { points, complete } = uncovered(lines, before, box, { max: 1, budget });
  if (points.length > 0 || !complete) return null;
  return before.find((other) => shared(boxes[other] ?? [], box) !== null) ?? null;
}

/** Rows nothing can reach: their own cells pass nothing, or the rows before take it all. */
function deadRows(sheet: Sheet): readonly Finding[] {
  const ranks = sheet.table.hitPolicy === 'PRIORITY' ? ranksOf(sheet) : [];
  const boxes = allRows(sheet).map((row) => boxOf(sheet.lines, row));
  const findings: Finding[] = [];
  for (const [row, box] of boxes.entries()) {
    if (findings.length >= FINDINGS_MAX) break;
    if (box === null) continue;
    if (box.some((stretches) => stretches.length === 0)) {
      findings.push(at(sheet, 'decision_row_unreachable', 'error', { rows: [row], point: null }));
      continue;
    }
    const mask = maskOf(sheet, boxes, row, rowsBefore(sheet, row, ranks));
    if (mask === null) continue;
    const point = box.map((stretches) => stretches[0]?.[0] ?? 0);
    findings.push(at(sheet, 'decision_row_masked', 'error', { rows: [row, mask], point }));
  }
  return findings;
}

function priorities(sheet: Sheet): readonly Finding[] {
  const { hitPolicy, outputs } = sheet.table;
  const needed = hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
  if (!needed || outputs.some((output) => output.values !== null)) return [];
  return [at(sheet, 'decision_priority_missing', 'error', noRows)];
}

function tableFindings(table: DecisionTable, shop: Workshop): readonly Finding[] {
  const columns = table.inputs.map((_, column) =>
    table.rules.map((rule) => readTests(rule.tests[column] ?? '-', rule.id, shop)),
  );
  const lines = table.inputs.map((input, column) =>
    lineOf(columns[column] ?? [], {
      text: input.text,
      declared: kindOfType(shop.types.of(input.typeRef)),
      allowed: input.values === null ? null : readTests(input.values, input.id, shop),
    }),
  );
  const sheet = { table, lines, shop, budget: new Budget() };
  return [
    ...cellFindings(table, columns, shop),
    ...outputFindings(table, shop),
    ...priorities(sheet),
    ...overlaps(sheet),
    ...gaps(sheet),
    ...deadRows(sheet),
  ];
}

/**
 * What is wrong with the tables of a file: gaps, overlaps, conflicts, rows that are masked or
 * cannot be reached, wrong types, outputs nobody listed, a missing default or order. Each with its
 * rows (from 1) and, where it helps, inputs that show it.
 */
export function checkDecisions(model: DecisionModel): readonly Finding[] {
  const types = new TypeTable(model);
  const vocabulary = vocabularyOf(model, types);
  return [...model.decisions, ...model.knowledge].flatMap(({ id, logic }) => {
    const shop: Workshop = { owner: id, vocabulary, types, faults: [] };
    return tablesIn(logic).flatMap((table) => tableFindings(table, shop));
  });
}

import type { Boxed, DecisionModel, DecisionTable, TableRule } from './model/model.ts';

/** What became of one row from one version of a table to another; rows count from 1. */
export type RowChange = {
  readonly kind: 'same' | 'moved' | 'changed' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  /** Columns whose text differs, inputs first, then outputs, then annotations; from 0. */
  readonly columns: readonly number[];
};

/** What became of one decision; `rows` only where both versions hold a table. */
export type DecisionChange = {
  readonly decision: string;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  /** Whether hit policy, columns, types or listed values differ. */
  readonly headChanged: boolean;
  readonly rows: readonly RowChange[];
};

function cellsOf(rule: TableRule): readonly string[] {
  const text = (cell: string): string => cell.trim();
  return [...rule.tests, ...rule.results, ...rule.annotations].map(text);
}

function differing(a: readonly string[], b: readonly string[]): readonly number[] {
  const width = Math.max(a.length, b.length);
  return Array.from({ length: width }, (_, i) => i).filter((i) => a[i] !== b[i]);
}

/** Rows beyond this are compared place by place, for the room that aligning them would take. */
const ALIGNED_ROWS_MAX = 2_000;

type Pair = { readonly before: number; readonly after: number };

/** The longest run of rows, in order, that stand in both; rows from 0. */
function longestCommon(a: readonly string[], b: readonly string[]): readonly Pair[] {
  if (a.length > ALIGNED_ROWS_MAX || b.length > ALIGNED_ROWS_MAX) {
    return a.flatMap((row, i) => (row === b[i] ? [{ before: i, after: i }] : []));
  }
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      pairs.push({ before: i, after: j });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Rows between two that stand in both: one by one they are the same row, changed. */
function between(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
  from: Pair,
): readonly RowChange[] {
  const count = Math.max(before.length, after.length);
  return Array.from({ length: count }, (_, i): RowChange => {
    const [a, b] = [before[i], after[i]];
    const [own, other] = [from.before + i + 1, from.after + i + 1];
    if (a === undefined) return { kind: 'added', before: null, after: other, columns: [] };
    if (b === undefined) return { kind: 'removed', before: own, after: null, columns: [] };
    return { kind: 'changed', before: own, after: other, columns: differing(a, b) };
  });
}

/** A row that went and came back word for word elsewhere only moved; order counts in a table. */
function withMoves(
  changes: readonly RowChange[],
  before: readonly string[],
  after: readonly string[],
): readonly RowChange[] {
  const gone = changes.filter((one) => one.kind === 'removed');
  const moved = new Map<RowChange, RowChange>();
  const taken = new Set<RowChange>();
  for (const come of changes.filter((one) => one.kind === 'added')) {
    const from = gone.find(
      (one) => !taken.has(one) && before[(one.before ?? 0) - 1] === after[(come.after ?? 0) - 1],
    );
    if (from === undefined) continue;
    taken.add(from);
    moved.set(come, { kind: 'moved', before: from.before, after: come.after, columns: [] });
  }
  return changes.filter((one) => !taken.has(one)).map((one) => moved.get(one) ?? one);
}

/** What became of the rows of a table, in the order of the later version. */
export function compareRows(before: DecisionTable, after: DecisionTable): readonly RowChange[] {
  const [a, b] = [before.rules.map(cellsOf), after.rules.map(cellsOf)];
  const [aTexts, bTexts] = [a, b].map((rows) => rows.map((row) => JSON.stringify(row)));
  const common = longestCommon(aTexts ?? [], bTexts ?? []);
  const changes: RowChange[] = [];
  let from: Pair = { before: 0, after: 0 };
  for (const pair of [...common, { before: a.length, after: b.length }]) {
    const [gone, come] = [a.slice(from.before, pair.before), b.slice(from.after, pair.after)];
    changes.push(...between(gone, come, from));
    from = { before: pair.before + 1, after: pair.after + 1 };
    if (pair.before === a.length) break;
    const places = { before: pair.before + 1, after: pair.after + 1 };
    changes.push({ kind: 'same', ...places, columns: [] });
  }
  return withMoves(changes, aTexts ?? [], bTexts ?? []);
}

function headOf(table: DecisionTable): string {
  const { hitPolicy, aggregation, typeRef, annotations } = table;
  const inputs = table.inputs.map(({ id: _, ...input }) => input);
  const outputs = table.outputs.map(({ id: _, ...output }) => output);
  return JSON.stringify([hitPolicy, aggregation, typeRef, annotations, inputs, outputs]);
}

/** A box as text without the ids an editor gives, which mean nothing. */
function meaning(box: Boxed | null): string {
  return JSON.stringify(box, (name, value) => (name === 'id' ? undefined : value));
}

/**
 * What became of every decision and knowledge model from one file to another, row by row where
 * both hold a table.
 */
export function compareDecisions(
  before: DecisionModel,
  after: DecisionModel,
): readonly DecisionChange[] {
  const [old, now] = [before, after].map(
    (model) => new Map([...model.decisions, ...model.knowledge].map((one) => [one.id, one])),
  );
  const ids = new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])]);
  return [...ids].map((decision): DecisionChange => {
    const [a, b] = [old?.get(decision), now?.get(decision)];
    const none = { decision, headChanged: false, rows: [] };
    if (a === undefined) return { ...none, kind: 'added' };
    if (b === undefined) return { ...none, kind: 'removed' };
    const needs = JSON.stringify(a.requirements) !== JSON.stringify(b.requirements);
    if (a.logic?.kind !== 'table' || b.logic?.kind !== 'table') {
      const differs = needs || meaning(a.logic) !== meaning(b.logic);
      return { ...none, kind: differs ? 'changed' : 'same' };
    }
    const rows = compareRows(a.logic, b.logic);
    const headChanged = needs || headOf(a.logic) !== headOf(b.logic);
    const same = !headChanged && rows.every((row) => row.kind === 'same');
    return { decision, kind: same ? 'same' : 'changed', headChanged, rows };
  });
}

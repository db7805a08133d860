import type { Stretch } from '../table/index-column.ts';
import type { CellSpan, Line } from './line.ts';

/** Steps one question may take before it is given up as too large. */
const QUESTION_STEPS_MAX = 100_000;
/** Steps all questions about one table may take. */
const TABLE_STEPS_MAX = 1_000_000;

/** What is left for the questions about one table. */
export class Budget {
  #left = TABLE_STEPS_MAX;

  /** Steps the next question may take. */
  get next(): number {
    return Math.min(QUESTION_STEPS_MAX, this.#left);
  }

  take(steps: number): void {
    this.#left = Math.max(0, this.#left - steps);
  }
}

/** The stretches of every column that a row, or the whole table, takes. */
export type Box = readonly (readonly Stretch[])[];

/** A combination of places, one for each column. */
export type Point = readonly number[];

/** What was found, and whether the search went through to its end. */
export type Uncovered = { readonly points: readonly Point[]; readonly complete: boolean };

function clip(stretches: readonly Stretch[], by: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const [a, b] of stretches) {
    for (const [c, d] of by) {
      const [first, last] = [Math.max(a, c), Math.min(b, d)];
      if (first <= last) result.push([first, last]);
    }
  }
  return result;
}

function passesAt(cell: CellSpan | undefined, place: number): boolean {
  if (cell === undefined || cell.kind === 'unknown') return false;
  return cell.all || cell.stretches.some(([first, last]) => first <= place && place <= last);
}

/** The first place of every piece of the line on which the same rows pass. */
function pieces(
  line: Line,
  rows: readonly number[],
  within: readonly Stretch[],
): readonly number[] {
  const starts = new Set<number>(within.map(([first]) => first));
  for (const row of rows) {
    const cell = line.cells[row];
    if (cell === undefined || cell.kind === 'unknown' || cell.all) continue;
    for (const [first, last] of clip(cell.stretches, within)) {
      starts.add(first);
      starts.add(last + 1);
    }
  }
  const inside = (place: number): boolean => within.some(([a, b]) => a <= place && place <= b);
  return [...starts].filter(inside).sort((a, b) => a - b);
}

/**
 * Combinations inside `box` (the whole table's, or one row's cells) that none of `rows` passes, at
 * most `max` of them. A row with a cell that is unknown covers nothing.
 */
export function uncovered(
  lines: readonly Line[],
  rows: readonly number[],
  box: Box,
  limits: { readonly max: number; readonly budget: Budget },
): Uncovered {
  const { max, budget } = limits;
  const points: Point[] = [];
  const stepsMax = budget.next;
  let steps = 0;
  const search = (column: number, left: readonly number[], at: readonly number[]): void => {
    steps += 1 + left.length;
    if (steps > stepsMax || points.length >= max) return;
    if (left.length === 0) {
      points.push([...at, ...box.slice(column).map((stretches) => stretches[0]?.[0] ?? 0)]);
      return;
    }
    const line = lines[column];
    if (line === undefined) return;
    const open = (row: number): boolean =>
      lines.slice(column).every((one) => {
        const cell = one.cells[row];
        return cell?.kind === 'known' && cell.all;
      });
    if (left.some(open)) return;
    const seen = new Set<string>();
    for (const place of pieces(line, left, box[column] ?? [])) {
      const next = left.filter((row) => passesAt(line.cells[row], place));
      const key = next.join();
      if (seen.has(key)) continue;
      seen.add(key);
      search(column + 1, next, [...at, place]);
    }
  };
  if (box.every((stretches) => stretches.length > 0)) search(0, rows, []);
  budget.take(steps);
  return { points, complete: steps <= stepsMax };
}

/** The stretches of a row's cells, cut to what can occur; null: one of its cells is unknown. */
export function boxOf(lines: readonly Line[], row: number): Box | null {
  const box: (readonly Stretch[])[] = [];
  for (const line of lines) {
    const cell = line.cells[row];
    if (cell === undefined || cell.kind === 'unknown') return null;
    box.push(cell.all ? line.domain : clip(cell.stretches, line.domain));
  }
  return box;
}

/** Whether one box lies wholly inside another. */
export function contains(outer: Box, inner: Box): boolean {
  return inner.every((own, column) =>
    own.every(([first, last]) =>
      (outer[column] ?? []).some(([from, to]) => from <= first && last <= to),
    ),
  );
}

/** A combination two boxes share; null: none. */
export function shared(a: Box, b: Box): Point | null {
  const point: number[] = [];
  for (const [column, own] of a.entries()) {
    const common = clip(own, b[column] ?? [])[0];
    if (common === undefined) return null;
    point.push(common[0]);
  }
  return point;
}

import type { Stretch } from '../table/index-column.ts';
import type { CellSpan, Line } from './line.ts';

/** Steps one question may take before it is given up as too large. */
const STEPS_MAX = 200_000;

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
  box: readonly (readonly Stretch[])[],
  max: number,
): Uncovered {
  const points: Point[] = [];
  let steps = 0;
  const search = (column: number, left: readonly number[], at: readonly number[]): void => {
    steps += 1 + left.length;
    if (steps > STEPS_MAX || points.length >= max) return;
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
  return { points, complete: steps <= STEPS_MAX };
}

/** The stretches of a row's cells, cut to what can occur; null: one of its cells is unknown. */
export function boxOf(lines: readonly Line[], row: number): readonly (readonly Stretch[])[] | null {
  const box: (readonly Stretch[])[] = [];
  for (const line of lines) {
    const cell = line.cells[row];
    if (cell === undefined || cell.kind === 'unknown') return null;
    box.push(cell.all ? line.domain : clip(cell.stretches, line.domain));
  }
  return box;
}

/** A combination two boxes share; null: none. */
export function shared(
  a: readonly (readonly Stretch[])[],
  b: readonly (readonly Stretch[])[],
): Point | null {
  const point: number[] = [];
  for (const [column, own] of a.entries()) {
    const common = clip(own, b[column] ?? [])[0];
    if (common === undefined) return null;
    point.push(common[0]);
  }
  return point;
}

import type { Stretch } from '../table/index-column.ts';
import { apart, type Line } from './line.ts';

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

/** The first of some stretches, in order and apart, that does not end before a place. */
function firstAt(by: readonly Stretch[], place: number): number {
  let low = 0;
  let high = by.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((by[middle]?.[1] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What of some stretches lies within others, which stand in order and apart. */
function clip(stretches: readonly Stretch[], by: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const [a, b] of stretches) {
    for (let i = firstAt(by, a); i < by.length; i += 1) {
      const [c, d] = by[i] ?? [0, 0];
      if (c > b) break;
      result.push([Math.max(a, c), Math.min(b, d)]);
    }
  }
  return result;
}

/** A piece of the line on which the same rows pass: its first place, and those rows in order. */
type Piece = { readonly place: number; readonly rows: readonly number[] };

/** Where rows begin and cease to pass, walking along a line. */
type Turn = { readonly begin: number[]; readonly end: number[] };

/** The pieces of a line for some rows, made as they are asked for. */
function* pieces(
  line: Line,
  rows: readonly number[],
  within: readonly Stretch[],
): Generator<Piece, void> {
  const turns = new Map<number, Turn>();
  const turnAt = (place: number): Turn => {
    const known = turns.get(place) ?? { begin: [], end: [] };
    turns.set(place, known);
    return known;
  };
  for (const [first] of within) turnAt(first);
  // How many of its stretches a row is in: stretches of one cell may overlap.
  const passing = new Map<number, number>();
  for (const row of rows) {
    const cell = line.cells[row];
    if (cell === undefined || cell.kind === 'unknown') continue;
    if (cell.all) {
      passing.set(row, 1);
      continue;
    }
    for (const [first, last] of clip(cell.stretches, within)) {
      turnAt(first).begin.push(row);
      turnAt(last + 1).end.push(row);
    }
  }
  const count = (row: number, by: number): void => {
    const now = (passing.get(row) ?? 0) + by;
    if (now === 0) passing.delete(row);
    else passing.set(row, now);
  };
  const inside = (place: number): boolean => {
    const own = within[firstAt(within, place)];
    return own !== undefined && own[0] <= place;
  };
  for (const [place, turn] of [...turns].sort((a, b) => a[0] - b[0])) {
    for (const row of turn.end) count(row, -1);
    for (const row of turn.begin) count(row, 1);
    if (inside(place)) yield { place, rows: [...passing.keys()].sort((a, b) => a - b) };
  }
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
    for (const piece of pieces(line, left, box[column] ?? [])) {
      if (steps > stepsMax || points.length >= max) return;
      const key = piece.rows.join();
      if (seen.has(key)) continue;
      seen.add(key);
      search(column + 1, piece.rows, [...at, piece.place]);
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
    box.push(cell.all ? line.domain : apart(clip(cell.stretches, line.domain)));
  }
  return box;
}

/** Whether one box lies wholly inside another. */
export function contains(outer: Box, inner: Box): boolean {
  return inner.every((own, column) =>
    own.every(([first, last]) => {
      const [from, to] = (outer[column] ?? [])[firstAt(outer[column] ?? [], first)] ?? [1, 0];
      return from <= first && last <= to;
    }),
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

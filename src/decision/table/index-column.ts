import type { UnaryTests } from '../../feel/syntax/ast.ts';
import { compareValues } from '../../feel/value/compare.ts';
import { FeelRange, type FeelValue, type Kind, kindOf } from '../../feel/value/value.ts';
import { constantsOf } from './constant.ts';

/**
 * Which rows of a column a value passes, found by one search. The ends of all its tests cut the
 * line of values into points and gaps; for each of them the rows are known beforehand, as bits or,
 * where that would take too much room, as a list.
 */
export type ColumnIndex = {
  readonly kind: Kind;
  readonly find: (value: FeelValue) => Rows;
};

/** The rows of one place: a list where they are few (or bits take too much room), bits, or both. */
export type Rows = { readonly list: readonly number[] | null; readonly bits: Uint32Array | null };

/** Room for one column: 32-bit words of bits, or entries of lists. */
const WORDS_MAX = 262_144;
const ENTRIES_MAX = 2_000_000;
/** As many rows are looked at one by one rather than as bits. */
const FEW = 32;

const NO_ROWS: Rows = { list: [], bits: null };

const ORDERED: ReadonlySet<Kind> = new Set<Kind>([
  'number',
  'string',
  'date',
  'days and time duration',
  'years and months duration',
]);

/** From the first to the last place on the line, both included. */
export type Stretch = readonly [number, number];

type Cell = {
  readonly anything: boolean;
  readonly negated: boolean;
  readonly tests: readonly FeelValue[];
};

/** The values at which a test's answer can change. */
export function ends(test: FeelValue): readonly FeelValue[] {
  if (!(test instanceof FeelRange)) return [test];
  if (test.form === '=' || test.form === '!=') return [test.start];
  return [test.start, test.end].filter((end) => end !== null);
}

/** An interval without one of its ends, which nothing can be compared with. */
export function isHalfOpen(test: FeelRange): boolean {
  if (test.form === 'interval') return test.start === null || test.end === null;
  return test.start === null && test.end === null;
}

function cellsOf(column: readonly UnaryTests[]): readonly Cell[] | null {
  const cells: Cell[] = [];
  for (const cell of column) {
    if (cell.anything) {
      cells.push({ anything: true, negated: false, tests: [] });
      continue;
    }
    const tests = constantsOf(cell);
    if (tests === null) return null;
    if (tests.some((test) => test instanceof FeelRange && test.form === '!=')) return null;
    if (tests.some((test) => test instanceof FeelRange && isHalfOpen(test))) return null;
    cells.push({ anything: false, negated: cell.negated, tests });
  }
  return cells;
}

/** The one kind of all values in the column; null: none, several, or one without an order. */
function kindOfColumn(cells: readonly Cell[]): Kind | null {
  let kind: Kind | null = null;
  for (const value of cells.flatMap((cell) => cell.tests).flatMap(ends)) {
    const found = kindOf(value);
    if (kind !== null && found !== kind) return null;
    kind = found;
  }
  return kind !== null && (ORDERED.has(kind) || kind === 'boolean') ? kind : null;
}

function order(a: FeelValue, b: FeelValue): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return compareValues(a, b) ?? 0;
}

/** Places are numbered: 2i + 1 is the i-th end itself, 2i the gap before it. */
function placeOf(points: readonly FeelValue[], value: FeelValue): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = order(points[middle] ?? null, value);
    if (found === 0) return 2 * middle + 1;
    if (found < 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/** The ends of tests of one kind, in order, each once. */
export function pointsOf(tests: readonly FeelValue[]): readonly FeelValue[] {
  const points: FeelValue[] = [];
  for (const point of tests.flatMap(ends).toSorted(order)) {
    if (points.length === 0 || order(points.at(-1) ?? null, point) !== 0) points.push(point);
  }
  return points;
}

/** The places of one test on a line whose points hold the test's ends. */
export function stretchOf(test: FeelValue, points: readonly FeelValue[]): Stretch {
  if (!(test instanceof FeelRange)) {
    const place = placeOf(points, test);
    return [place, place];
  }
  const first =
    test.start === null ? 0 : placeOf(points, test.start) + (test.startIncluded ? 0 : 1);
  const last =
    test.end === null ? 2 * points.length : placeOf(points, test.end) - (test.endIncluded ? 0 : 1);
  return [first, last];
}

/** Everything but these stretches. */
export function others(stretches: readonly Stretch[], last: number): readonly Stretch[] {
  const gaps: Stretch[] = [];
  let from = 0;
  for (const [first, end] of stretches.toSorted((a, b) => a[0] - b[0])) {
    if (first > from) gaps.push([from, first - 1]);
    from = Math.max(from, end + 1);
  }
  if (from <= last) gaps.push([from, last]);
  return gaps;
}

function stretchesOf(cell: Cell, points: readonly FeelValue[]): readonly Stretch[] {
  const last = 2 * points.length;
  if (cell.anything) return [[0, last]];
  const own = cell.tests.map((test) => stretchOf(test, points));
  return cell.negated ? others(own, last) : own;
}

function booleanIndex(cells: readonly Cell[]): ColumnIndex {
  const bitsFor = (value: boolean): Rows => {
    const bits = new Uint32Array((cells.length + 31) >> 5);
    for (const [row, cell] of cells.entries()) {
      if (cell.anything || cell.tests.includes(value) !== cell.negated) setBit(bits, row);
    }
    return withList(bits);
  };
  const [yes, no] = [bitsFor(true), bitsFor(false)];
  return { kind: 'boolean', find: (value) => (value === true ? yes : no) };
}

/** Marks a row (from 0). */
export function setBit(bits: Uint32Array, row: number): void {
  const word = row >> 5;
  bits[word] = ((bits[word] ?? 0) | (1 << (row & 31))) >>> 0;
}

/** The rows (from 0) whose bits are set, in order. */
export function rowsOfBits(bits: Uint32Array): readonly number[] {
  const rows: number[] = [];
  for (let i = 0; i < bits.length; i += 1) {
    for (let word = bits[i] ?? 0; word !== 0; word &= word - 1) {
      rows.push((i << 5) + (31 - Math.clz32(word & -word)));
    }
  }
  return rows;
}

function withList(bits: Uint32Array): Rows {
  const list = rowsOfBits(bits);
  return { list: list.length <= FEW ? list : null, bits };
}

/** Calls `mark` for every place and row that go together. */
function eachMark(
  stretches: readonly (readonly Stretch[])[],
  mark: (place: number, row: number) => void,
): void {
  for (const [row, own] of stretches.entries()) {
    for (const [first, last] of own) {
      for (let place = first; place <= last; place += 1) mark(place, row);
    }
  }
}

function bitsOf(stretches: readonly (readonly Stretch[])[], places: number): readonly Rows[] {
  const words = (stretches.length + 31) >> 5;
  const all = Array.from({ length: places }, () => new Uint32Array(words));
  eachMark(stretches, (place, row) => {
    const bits = all[place];
    if (bits !== undefined) setBit(bits, row);
  });
  return all.map(withList);
}

function listsOf(
  stretches: readonly (readonly Stretch[])[],
  places: number,
): readonly Rows[] | null {
  let entries = 0;
  for (const own of stretches) {
    for (const [first, last] of own) entries += Math.max(0, last - first + 1);
    if (entries > ENTRIES_MAX) return null;
  }
  const lists: number[][] = Array.from({ length: places }, () => []);
  eachMark(stretches, (place, row) => {
    const list = lists[place];
    if (list !== undefined && list.at(-1) !== row) list.push(row);
  });
  return lists.map((list) => ({ list, bits: null }));
}

function rowsByPlace(
  stretches: readonly (readonly Stretch[])[],
  places: number,
): readonly Rows[] | null {
  const words = ((stretches.length + 31) >> 5) * places;
  return words <= WORDS_MAX ? bitsOf(stretches, places) : listsOf(stretches, places);
}

/** The index of a column; null: its tests need other names, mix kinds, or take too much room. */
export function indexColumn(column: readonly UnaryTests[]): ColumnIndex | null {
  const cells = cellsOf(column);
  if (cells === null) return null;
  const kind = kindOfColumn(cells);
  if (kind === null) return null;
  if (kind === 'boolean') return booleanIndex(cells);
  const points: FeelValue[] = [];
  for (const point of cells
    .flatMap((cell) => cell.tests)
    .flatMap(ends)
    .toSorted(order)) {
    if (points.length === 0 || order(points.at(-1) ?? null, point) !== 0) points.push(point);
  }
  const places = 2 * points.length + 1;
  const stretches = cells.map((cell) => stretchesOf(cell, points));
  const rows = rowsByPlace(stretches, places);
  if (rows === null) return null;
  const ranged = cells.some((cell) => cell.tests.some((test) => test instanceof FeelRange));
  const outside = cells.some((cell) => cell.negated);
  if (kind === 'string' && !ranged && !outside) {
    const byText = new Map(points.map((point, i) => [point, rows[2 * i + 1] ?? NO_ROWS]));
    const none = rows[0] ?? NO_ROWS;
    return { kind, find: (value) => byText.get(value) ?? none };
  }
  return { kind, find: (value) => rows[placeOf(points, value)] ?? NO_ROWS };
}

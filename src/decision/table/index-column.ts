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

export type Rows =
  | { readonly kind: 'bits'; readonly bits: Uint32Array }
  | { readonly kind: 'list'; readonly rows: readonly number[] };

/** Room for one column: 32-bit words of bits, or entries of lists. */
const WORDS_MAX = 262_144;
const ENTRIES_MAX = 2_000_000;

const ORDERED: ReadonlySet<Kind> = new Set<Kind>([
  'number',
  'string',
  'date',
  'days and time duration',
  'years and months duration',
]);

/** From the first to the last place on the line, both included. */
type Stretch = readonly [number, number];

type Cell = { readonly anything: boolean; readonly tests: readonly FeelValue[] };

function ends(test: FeelValue): readonly FeelValue[] {
  if (!(test instanceof FeelRange)) return [test];
  if (test.form === '=' || test.form === '!=') return [test.start];
  return [test.start, test.end].filter((end) => end !== null);
}

function cellsOf(column: readonly UnaryTests[]): readonly Cell[] | null {
  const cells: Cell[] = [];
  for (const cell of column) {
    if (cell.anything) {
      cells.push({ anything: true, tests: [] });
      continue;
    }
    const tests = constantsOf(cell);
    if (tests === null || cell.negated) return null;
    if (tests.some((test) => test instanceof FeelRange && test.form === '!=')) return null;
    if (tests.some((test) => test instanceof FeelRange && ends(test).length === 0)) return null;
    cells.push({ anything: false, tests });
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

function stretchOf(test: FeelValue, points: readonly FeelValue[]): Stretch {
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

function booleanIndex(cells: readonly Cell[]): ColumnIndex {
  const bitsFor = (value: boolean): Rows => {
    const bits = new Uint32Array((cells.length + 31) >> 5);
    for (const [row, cell] of cells.entries()) {
      if (cell.anything || cell.tests.includes(value)) setBit(bits, row);
    }
    return { kind: 'bits', bits };
  };
  const [yes, no] = [bitsFor(true), bitsFor(false)];
  return { kind: 'boolean', find: (value) => (value === true ? yes : no) };
}

export function setBit(bits: Uint32Array, row: number): void {
  const word = row >> 5;
  bits[word] = ((bits[word] ?? 0) | (1 << (row & 31))) >>> 0;
}

function bitsOf(
  stretches: readonly (readonly Stretch[])[],
  places: number,
): ((place: number) => Rows) | null {
  const words = (stretches.length + 31) >> 5;
  if (words * places > WORDS_MAX) return null;
  const all = Array.from({ length: places }, () => new Uint32Array(words));
  for (const [row, own] of stretches.entries()) {
    for (const [first, last] of own) {
      for (let place = first; place <= last; place += 1)
        setBit(all[place] ?? new Uint32Array(0), row);
    }
  }
  const rows = all.map((bits): Rows => ({ kind: 'bits', bits }));
  return (place) => rows[place] ?? { kind: 'list', rows: [] };
}

function listsOf(
  stretches: readonly (readonly Stretch[])[],
  places: number,
): ((place: number) => Rows) | null {
  let entries = 0;
  for (const own of stretches) {
    for (const [first, last] of own) entries += Math.max(0, last - first + 1);
    if (entries > ENTRIES_MAX) return null;
  }
  const lists: number[][] = Array.from({ length: places }, () => []);
  for (const [row, own] of stretches.entries()) {
    for (const [first, last] of own) {
      for (let place = first; place <= last; place += 1) {
        const list = lists[place];
        if (list !== undefined && list.at(-1) !== row) list.push(row);
      }
    }
  }
  const rows = lists.map((list): Rows => ({ kind: 'list', rows: list }));
  return (place) => rows[place] ?? { kind: 'list', rows: [] };
}

/** The index of a column; null: its tests need other names, mix kinds, or would take too much room. */
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
  const stretches = cells.map((cell): readonly Stretch[] =>
    cell.anything ? [[0, places - 1]] : cell.tests.map((test) => stretchOf(test, points)),
  );
  const rowsAt = bitsOf(stretches, places) ?? listsOf(stretches, places);
  if (rowsAt === null) return null;
  if (
    kind === 'string' &&
    !cells.some((cell) => cell.tests.some((test) => test instanceof FeelRange))
  ) {
    const byText = new Map(points.map((point, i) => [point, rowsAt(2 * i + 1)]));
    const none = rowsAt(0);
    return { kind, find: (value) => byText.get(value) ?? none };
  }
  return { kind, find: (value) => rowsAt(placeOf(points, value)) };
}

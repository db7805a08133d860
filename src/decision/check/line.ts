import type { UnaryTests } from '../../feel/syntax/ast.ts';
import { FeelRange, type FeelValue, type Kind, kindOf } from '../../feel/value/value.ts';
import { constantsOf } from '../table/constant.ts';
import {
  ends,
  isHalfOpen,
  others,
  pointsOf,
  type Stretch,
  stretchOf,
} from '../table/index-column.ts';

/** What a cell passes: stretches of the column's line, or unknown without running it. */
export type CellSpan =
  | { readonly kind: 'known'; readonly stretches: readonly Stretch[]; readonly all: boolean }
  | { readonly kind: 'unknown' };

/** The values of one column, cut at every end of every test. */
export type Line = {
  /** How the input is called: the text of its expression. */
  readonly text: string;
  readonly kind: Kind | null;
  readonly points: readonly FeelValue[];
  /** The places that can occur at all. */
  readonly domain: readonly Stretch[];
  readonly cells: readonly CellSpan[];
};

const ORDERED: ReadonlySet<Kind> = new Set<Kind>([
  'number',
  'string',
  'date',
  'days and time duration',
  'years and months duration',
]);

/** Booleans lie on a line like numbers: false, then true, and nothing between. */
function asOrdered(value: FeelValue): FeelValue {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof FeelRange && typeof value.start === 'boolean' && value.form === '=') {
    return asOrdered(value.start);
  }
  return value;
}

function isUsable(test: FeelValue, kind: Kind): boolean {
  const values = ends(test);
  const oneForm = !(test instanceof FeelRange) || (test.form !== '!=' && !isHalfOpen(test));
  return oneForm && values.length > 0 && values.every((value) => kindOf(value) === kind);
}

/** The kind most tests of a column are of, if the column does not say it itself. */
function mainKind(tests: readonly FeelValue[], declared: Kind | null): Kind | null {
  if (declared !== null) return declared;
  const kinds = tests.flatMap(ends).map(kindOf);
  return kinds.find((kind) => kind === 'boolean' || ORDERED.has(kind)) ?? null;
}

/** Money in minor units and rates in millionths are whole: the house's names say so. */
function isWhole(text: string): boolean {
  return /(Minor|Ppm|Count|Days|Months)$/.test(text);
}

function gapExists(before: FeelValue, after: FeelValue, whole: boolean): boolean {
  if (typeof before === 'bigint' && typeof after === 'bigint') {
    return !whole || after - before > 1n;
  }
  return true;
}

function fullDomain(points: readonly FeelValue[], kind: Kind, text: string): readonly Stretch[] {
  if (kind === 'boolean') {
    return points.map((_, i): Stretch => [2 * i + 1, 2 * i + 1]);
  }
  const empty: Stretch[] = [];
  for (let i = 1; i < points.length; i += 1) {
    if (!gapExists(points[i - 1] ?? null, points[i] ?? null, isWhole(text))) {
      empty.push([2 * i, 2 * i]);
    }
  }
  return others(empty, 2 * points.length);
}

/** Stretches in order, those that touch or overlap joined. */
export function apart(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const [first, last] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const before = joined.at(-1);
    if (before === undefined || before[1] + 1 < first) joined.push([first, last]);
    else joined[joined.length - 1] = [before[0], Math.max(before[1], last)];
  }
  return joined;
}

/** A cell of a column as its tests; null: they need other names or are of another kind. */
function testsOf(cell: UnaryTests, kind: Kind): readonly FeelValue[] | null {
  const tests = constantsOf(cell);
  if (tests === null || !tests.every((test) => isUsable(test, kind))) return null;
  return kind === 'boolean' ? tests.map(asOrdered) : tests;
}

/** What a column is checked with. */
export type ColumnFacts = {
  readonly text: string;
  readonly declared: Kind | null;
  /** What may come in, if the input lists it. */
  readonly allowed: UnaryTests | null;
};

/** Lays the cells of a column out on one line. */
export function lineOf(column: readonly UnaryTests[], facts: ColumnFacts): Line {
  const { text } = facts;
  const kind = mainKind(
    column.flatMap((cell) => constantsOf(cell) ?? []),
    facts.declared,
  );
  const anything: CellSpan = { kind: 'known', stretches: [], all: true };
  if (kind === null || !(kind === 'boolean' || ORDERED.has(kind))) {
    const cells = column.map((cell): CellSpan => (cell.anything ? anything : { kind: 'unknown' }));
    return { text, kind: null, points: [], domain: [[0, 0]], cells };
  }
  const perCell = column.map((cell) => (cell.anything ? [] : testsOf(cell, kind)));
  const allowed = facts.allowed === null ? null : testsOf(facts.allowed, kind);
  const both = kind === 'boolean' ? [0n, 1n] : [];
  const points = pointsOf([
    ...perCell.flatMap((tests) => tests ?? []),
    ...(allowed ?? []),
    ...both,
  ]);
  const last = 2 * points.length;
  const cells = column.map((cell, i): CellSpan => {
    if (cell.anything) return anything;
    const tests = perCell[i] ?? null;
    if (tests === null) return { kind: 'unknown' };
    const own = tests.map((test) => stretchOf(test, points));
    const stretches = cell.negated ? others(own, last) : own;
    return { kind: 'known', stretches: stretches.filter(([a, b]) => a <= b), all: false };
  });
  const listed = allowed?.map((test) => stretchOf(test, points)) ?? null;
  const domain = apart(listed ?? fullDomain(points, kind, text));
  return { text, kind, points, domain, cells };
}

import type { Expression } from '../syntax/ast.ts';
import { PLAIN, parseExpression } from '../syntax/parse.ts';
import { compareValues } from '../value/compare.ts';
import { parseTemporal } from '../value/temporal.ts';
import { type Call, FeelFunction, FeelRange, type FeelValue, kindOf } from '../value/value.ts';
import { define, unreadable } from './define.ts';

/** One end of a range for comparing: at the value itself, or just inside it. */
type End = { readonly value: FeelValue; readonly included: boolean };
type Span = { readonly start: End; readonly end: End; readonly point: boolean };

function spanOf(value: FeelValue): Span {
  if (!(value instanceof FeelRange)) {
    const end = { value, included: true };
    return { start: end, end, point: true };
  }
  return {
    start: { value: value.start, included: value.startIncluded },
    end: { value: value.end, included: value.endIncluded },
    point: false,
  };
}

/** Order of two values; a missing one throws the question back as null. */
type Order = (a: End, b: End) => number;

class NoOrder extends Error {
  override readonly name = 'NoOrder';
}

const order: Order = (a, b) => {
  const result = compareValues(a.value, b.value);
  if (result === null) throw new NoOrder();
  return result;
};

/** DMN 1.5, table 80, each relation as written there. */
const RELATIONS: Readonly<Record<string, (a: Span, b: Span) => boolean>> = {
  before: ({ end }, { start }) => {
    const gap = order(end, start);
    return gap < 0 || (gap === 0 && !(end.included && start.included));
  },
  after: (a, b) => RELATIONS.before?.(b, a) ?? false,
  meets: ({ end }, { start }) => end.included && start.included && order(end, start) === 0,
  'met by': (a, b) => RELATIONS.meets?.(b, a) ?? false,
  overlaps: (a, b) => !RELATIONS.before?.(a, b) && !RELATIONS.before?.(b, a),
  'overlaps before': (a, b) => {
    const starts = order(a.start, b.start);
    const first = starts < 0 || (starts === 0 && a.start.included && !b.start.included);
    const ends = order(a.end, b.end);
    const within = ends < 0 || (ends === 0 && (!a.end.included || b.end.included));
    return first && !RELATIONS.before?.(a, b) && within;
  },
  'overlaps after': (a, b) => RELATIONS['overlaps before']?.(b, a) ?? false,
  finishes: (a, b) => {
    const ends = order(a.end, b.end) === 0;
    if (a.point) return ends && b.end.included;
    const starts = order(a.start, b.start);
    const within = starts > 0 || (starts === 0 && (!a.start.included || b.start.included));
    return ends && a.end.included === b.end.included && within;
  },
  'finished by': (a, b) => RELATIONS.finishes?.(b, a) ?? false,
  includes: (a, b) => {
    const starts = order(a.start, b.start);
    const ends = order(a.end, b.end);
    return (
      (starts < 0 || (starts === 0 && (a.start.included || !b.start.included))) &&
      (ends > 0 || (ends === 0 && (a.end.included || !b.end.included)))
    );
  },
  during: (a, b) => RELATIONS.includes?.(b, a) ?? false,
  starts: (a, b) => {
    const starts = order(a.start, b.start) === 0;
    if (a.point) return starts && b.start.included;
    const ends = order(a.end, b.end);
    const within = ends < 0 || (ends === 0 && (!a.end.included || b.end.included));
    return starts && a.start.included === b.start.included && within;
  },
  'started by': (a, b) => RELATIONS.starts?.(b, a) ?? false,
  coincides: (a, b) =>
    order(a.start, b.start) === 0 &&
    order(a.end, b.end) === 0 &&
    a.start.included === b.start.included &&
    a.end.included === b.end.included,
};

/** Which of a relation's arguments may be points: DMN 1.5, table 80. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  before: ['point1, point2', 'point, range', 'range, point', 'range1, range2'],
  after: ['point1, point2', 'point, range', 'range, point', 'range1, range2'],
  meets: ['range1, range2'],
  'met by': ['range1, range2'],
  overlaps: ['range1, range2'],
  'overlaps before': ['range1, range2'],
  'overlaps after': ['range1, range2'],
  finishes: ['point, range', 'range1, range2'],
  'finished by': ['range, point', 'range1, range2'],
  includes: ['range, point', 'range1, range2'],
  during: ['point, range', 'range1, range2'],
  starts: ['point, range', 'range1, range2'],
  'started by': ['range, point', 'range1, range2'],
  coincides: ['point1, point2', 'range1, range2'],
};

function fitsShape(shape: string, a: FeelValue, b: FeelValue): boolean {
  const [first = '', second = ''] = shape.split(', ');
  const isRange = (name: string): boolean => name.startsWith('range');
  return isRange(first) === a instanceof FeelRange && isRange(second) === b instanceof FeelRange;
}

function relate(name: string, call: Call): FeelValue {
  const [a = null, b = null] = call.args;
  const shaped = (SHAPES[name] ?? []).some((shape) => fitsShape(shape, a, b));
  const usable = shaped && ends(a) && ends(b);
  if (usable) {
    try {
      return RELATIONS[name]?.(spanOf(a), spanOf(b)) ?? null;
    } catch (error) {
      if (!(error instanceof NoOrder)) throw error;
    }
  }
  return call.run.nothing('feel_not_comparable', call.at, {
    operator: name,
    left: kindOf(a),
    right: kindOf(b),
  });
}

function ends(value: FeelValue): boolean {
  if (value === null) return false;
  return !(value instanceof FeelRange) || (value.start !== null && value.end !== null);
}

function relation(name: string): FeelFunction {
  const signatures = (SHAPES[name] ?? []).map((shape) => ({
    parameters: shape.split(', ').map((parameter) => ({ name: parameter, type: null })),
    required: 2,
    variadic: false,
  }));
  return new FeelFunction({ name, signatures, invoke: (call) => relate(name, call) });
}

/** The value of an end written as a literal or as one of the constructors with a text. */
function endValue(expression: Expression): FeelValue | undefined {
  if (expression.kind === 'literal') return expression.value as FeelValue;
  if (expression.kind === 'negate') {
    const value = endValue(expression.operand);
    return typeof value === 'bigint' ? -value : undefined;
  }
  if (expression.kind !== 'call' || expression.callee.kind !== 'name') return undefined;
  const constructors = ['date', 'time', 'date and time', 'duration'];
  const [text] = expression.args;
  if (!constructors.includes(expression.callee.name) || text?.kind !== 'literal') return undefined;
  return typeof text.value === 'string' ? parseTemporal(text.value) : undefined;
}

const range = define('range', ['from: string'], ([from], call) => {
  const text = from as string;
  const parsed = parseExpression(text, PLAIN);
  if (parsed.ok && parsed.value.kind === 'range') {
    const { startIncluded, endIncluded } = parsed.value;
    const start = endValue(parsed.value.start);
    const end = endValue(parsed.value.end);
    const closed = (start !== null || !startIncluded) && (end !== null || !endIncluded);
    const known = start !== undefined && end !== undefined && closed && (start ?? end) !== null;
    const sameKind = start == null || end == null || (compareValues(start, end) ?? 1) <= 0;
    if (known && sameKind) {
      return new FeelRange('interval', { startIncluded, start, end, endIncluded });
    }
  }
  return unreadable('range', text, call.run, call.at);
});

export const RANGE_FUNCTIONS: readonly FeelFunction[] = [
  ...Object.keys(RELATIONS).map(relation),
  range,
];

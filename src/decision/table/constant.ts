import { isNumeric, negate } from '../../base/decimal.ts';
import type { Expression, UnaryTests } from '../../feel/syntax/ast.ts';
import { PLAIN, parseUnaryTests } from '../../feel/syntax/parse.ts';
import { parseDate } from '../../feel/value/date.ts';
import { parseDuration } from '../../feel/value/duration.ts';
import { parseDateTime, parseTime } from '../../feel/value/time.ts';
import { FeelRange, type FeelValue } from '../../feel/value/value.ts';

/** The value of an expression that needs nothing but its own text; undefined: it needs more. */
export function constantOf(expression: Expression): FeelValue | undefined {
  switch (expression.kind) {
    case 'literal':
      return expression.value as FeelValue;
    case 'negate': {
      const value = constantOf(expression.operand);
      return value !== undefined && isNumeric(value) ? negate(value) : undefined;
    }
    case 'range': {
      const start = constantOf(expression.start);
      const end = constantOf(expression.end);
      if (start === undefined || end === undefined) return undefined;
      const { startIncluded, endIncluded } = expression;
      return new FeelRange('interval', { startIncluded, start, end, endIncluded });
    }
    case 'test': {
      const value = constantOf(expression.operand);
      if (value === undefined) return undefined;
      return rangeOf(expression.form, value);
    }
    case 'call':
      return madeOf(expression);
    default:
      return undefined;
  }
}

const MAKERS: Readonly<Record<string, (text: string) => FeelValue>> = {
  date: parseDate,
  time: parseTime,
  duration: parseDuration,
  'date and time': parseDateTime,
};

/** `date("2026-11-21")` and its kin, whose text is a literal. */
function madeOf(call: Extract<Expression, { kind: 'call' }>): FeelValue | undefined {
  const [argument, ...more] = call.args;
  if (call.callee.kind !== 'name' || more.length > 0) return undefined;
  const text = argument?.kind === 'literal' ? argument.value : null;
  const maker = Object.hasOwn(MAKERS, call.callee.name) ? MAKERS[call.callee.name] : undefined;
  return typeof text === 'string' ? (maker?.(text) ?? undefined) : undefined;
}

function rangeOf(
  form: Exclude<FeelRange['form'], 'interval'> | 'interval',
  value: FeelValue,
): FeelRange {
  const equal = form === '=';
  const both = equal || form === '!=';
  const upper = form === '<' || form === '<=';
  return new FeelRange(form, {
    startIncluded: equal || form === '>=',
    start: upper ? null : value,
    end: upper || both ? value : null,
    endIncluded: equal || form === '<=',
  });
}

/** The values and ranges a cell lists; null: a cell that lists none, or that needs other names. */
export function constantsOf(cell: UnaryTests): readonly FeelValue[] | null {
  if (cell.anything) return null;
  const values: FeelValue[] = [];
  for (const test of cell.tests) {
    const value = constantOf(test);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

/** The texts in quotes that a cell lists, for whoever fills in an input; none if it lists none. */
export function constantTexts(cell: string): readonly string[] {
  const parsed = parseUnaryTests(cell.trim() === '' ? '-' : cell, PLAIN);
  if (!parsed.ok) return [];
  return (constantsOf(parsed.value) ?? []).filter((value) => typeof value === 'string');
}

import { isNumeric, negate } from '../../base/decimal.ts';
import type { Expression, UnaryTests } from '../../feel/syntax/ast.ts';
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
    default:
      return undefined;
  }
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

import { encodeValue, type Value, type Values } from '../../base/data.ts';
import { add, compareNumeric, divide, isNumeric, type Numeric, round } from '../../base/decimal.ts';
import { dateOfEpochDay, epochDay, FeelDate } from '../../feel/value/date.ts';
import { DaysDuration, MonthsDuration } from '../../feel/value/duration.ts';
import { toPlain } from '../../feel/value/text.ts';
import type { FeelValue } from '../../feel/value/value.ts';
import type { Point } from './cover.ts';
import type { Line } from './line.ts';

function between(before: FeelValue, after: FeelValue): FeelValue {
  if (isNumeric(before) && isNumeric(after)) {
    const sum = add(before, after);
    const middle = sum === null ? null : divide(sum, 2n);
    const whole = middle === null ? null : round(middle, 0, 'floor');
    const inside = whole !== null && compareNumeric(whole, before) > 0 ? whole : middle;
    return inside ?? before;
  }
  return beside(before, 1);
}

/** A value just after (or before) another. */
function beside(value: FeelValue, step: 1 | -1): FeelValue {
  if (isNumeric(value)) return add(value as Numeric, BigInt(step)) ?? value;
  if (typeof value === 'string') return step > 0 ? `${value}~` : '';
  if (value instanceof FeelDate) return dateOfEpochDay(epochDay(value) + step);
  if (value instanceof DaysDuration) return new DaysDuration(value.nanos + BigInt(step));
  if (value instanceof MonthsDuration) return new MonthsDuration(value.months + BigInt(step));
  return value;
}

function valueAt(line: Line, place: number): FeelValue {
  const { points } = line;
  if (points.length === 0) return null;
  const index = place >> 1;
  if (place % 2 === 1) {
    const point = points[index] ?? null;
    return line.kind === 'boolean' ? point === 1n : point;
  }
  if (index === 0) return beside(points[0] ?? null, -1);
  const before = points[index - 1] ?? null;
  return index === points.length ? beside(before, 1) : between(before, points[index] ?? null);
}

/** Inputs at a combination of places, by the texts of their expressions. */
export function exampleAt(lines: readonly Line[], point: Point): Values {
  const values: Record<string, Value> = Object.create(null);
  for (const [column, line] of lines.entries()) {
    values[line.text] = toPlain(valueAt(line, point[column] ?? 0), () => undefined);
  }
  return values;
}

/** Values as one line of text, for a finding's sentence. */
export function inWords(example: Values): string {
  return Object.entries(example)
    .map(([name, value]) => `${name} = ${value === null ? '-' : encodeValue(value)}`)
    .join(', ');
}

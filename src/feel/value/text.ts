import type { Value } from '../../base/data.ts';
import { Decimal, formatNumeric } from '../../base/decimal.ts';
import { FeelDate, formatDate } from './date.ts';
import { DaysDuration, formatDays, formatMonths, MonthsDuration } from './duration.ts';
import { FeelDateTime, FeelTime, formatDateTime, formatTime } from './time.ts';
import { FeelFunction, FeelRange, type FeelValue, isList } from './value.ts';

const NAME = /^[?_\p{L}][?_\p{L}\p{N}]*$/u;

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (char) => `\\${char}`)}"`;
}

function formatRange(range: FeelRange): string {
  if (range.form === '<' || range.form === '<=') return `(${range.form} ${inner(range.end)})`;
  if (range.form !== 'interval') return `(${range.form} ${inner(range.start)})`;
  const open = range.startIncluded ? '[' : '(';
  const close = range.endIncluded ? ']' : ')';
  return `${open}${inner(range.start)}..${inner(range.end)}${close}`;
}

/** A value inside another: as `formatValue`, but strings stand in quotes. */
function inner(value: FeelValue): string {
  return typeof value === 'string' ? quoted(value) : formatValue(value);
}

/** A value as FEEL's `string()` gives it. null becomes the word null. */
export function formatValue(value: FeelValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint' || value instanceof Decimal) return formatNumeric(value);
  if (value instanceof FeelDate) return formatDate(value);
  if (value instanceof FeelTime) return formatTime(value);
  if (value instanceof FeelDateTime) return formatDateTime(value);
  if (value instanceof DaysDuration) return formatDays(value);
  if (value instanceof MonthsDuration) return formatMonths(value);
  if (value instanceof FeelRange) return formatRange(value);
  if (value instanceof FeelFunction) return `function ${value.name}`;
  if (isList(value)) return `[${value.map(inner).join(', ')}]`;
  const members = Object.keys(value).map(
    (name) => `${NAME.test(name) ? name : quoted(name)}: ${inner(value[name] ?? null)}`,
  );
  return `{${members.join(', ')}}`;
}

/** Levels of lists and contexts that leave an evaluation. */
const DEPTH_MAX = 200;

/**
 * A value as it leaves FEEL: dates, times and durations become ISO 8601 strings, ranges their
 * text. null with `portable: false` inside means a function, or nesting beyond bounds.
 */
export function toPlain(value: FeelValue, unportable: () => void, depth = 0): Value {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Decimal) return value;
  if (value instanceof FeelFunction || depth > DEPTH_MAX) {
    unportable();
    return null;
  }
  if (isList(value)) return value.map((item) => toPlain(item, unportable, depth + 1));
  if (
    value instanceof FeelDate ||
    value instanceof FeelTime ||
    value instanceof FeelDateTime ||
    value instanceof DaysDuration ||
    value instanceof MonthsDuration ||
    value instanceof FeelRange
  ) {
    return formatValue(value);
  }
  const plain: Record<string, Value> = Object.create(null);
  for (const name of Object.keys(value)) {
    plain[name] = toPlain(value[name] ?? null, unportable, depth + 1);
  }
  return plain;
}

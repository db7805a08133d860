import { parseDate } from '../feel/value/date.ts';
import { DaysDuration, MonthsDuration, parseDuration } from '../feel/value/duration.ts';
import { parseDateTime, parseTime } from '../feel/value/time.ts';
import type { FeelType, SimpleType } from '../feel/value/type.ts';
import { contextOf, type FeelValue, isContext, isList } from '../feel/value/value.ts';

function read(text: string, name: SimpleType): FeelValue {
  switch (name) {
    case 'date':
      return parseDate(text) ?? parseDateTime(text)?.date ?? null;
    case 'time':
      return parseTime(text);
    case 'date and time':
      return parseDateTime(text);
    case 'days and time duration': {
      const duration = parseDuration(text);
      return duration instanceof DaysDuration ? duration : null;
    }
    case 'years and months duration': {
      const duration = parseDuration(text);
      return duration instanceof MonthsDuration ? duration : null;
    }
    default:
      return null;
  }
}

/**
 * A value as it comes from outside, read as its type says: JSON has no dates, so the text of a
 * date, time or duration becomes one. What cannot be read stays as it is, and does not fit.
 */
export function asTyped(value: FeelValue, type: FeelType): FeelValue {
  switch (type.kind) {
    case 'named':
      return asTyped(value, type.base());
    case 'simple':
      return typeof value === 'string' ? (read(value, type.name) ?? value) : value;
    case 'list':
      return isList(value) ? value.map((element) => asTyped(element, type.element)) : value;
    case 'context': {
      if (!isContext(value) || type.members.size === 0) return value;
      return contextOf(
        Object.entries(value).map(([name, member]) => {
          const own = type.members.get(name);
          return [name, own === undefined ? member : asTyped(member, own)];
        }),
      );
    }
    default:
      return value;
  }
}

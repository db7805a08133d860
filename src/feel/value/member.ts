import { Decimal, numericOf } from '../../base/decimal.ts';
import { FeelDate, weekday } from './date.ts';
import {
  DAY_NANOS,
  DaysDuration,
  HOUR_NANOS,
  MINUTE_NANOS,
  MonthsDuration,
  SECOND_NANOS,
} from './duration.ts';
import { FeelDateTime, FeelTime, offsetSeconds } from './time.ts';
import { FeelRange, type FeelValue, isContext, memberOf } from './value.ts';

function ofDate(date: FeelDate, name: string): FeelValue | undefined {
  switch (name) {
    case 'year':
      return BigInt(date.year);
    case 'month':
      return BigInt(date.month);
    case 'day':
      return BigInt(date.day);
    case 'weekday':
      return BigInt(weekday(date));
    default:
      return undefined;
  }
}

function seconds(offset: number | null): FeelValue {
  return offset === null ? null : new DaysDuration(BigInt(offset) * SECOND_NANOS);
}

function ofTime(time: FeelTime, name: string): FeelValue | undefined {
  switch (name) {
    case 'hour':
      return BigInt(time.hour);
    case 'minute':
      return BigInt(time.minute);
    case 'second':
      return numericOf(BigInt(time.second) * SECOND_NANOS + BigInt(time.nano), 9);
    case 'time offset':
      return time.zone?.kind === 'offset' ? seconds(time.zone.seconds) : null;
    case 'timezone':
      return time.zone?.kind === 'region' ? time.zone.id : null;
    default:
      return undefined;
  }
}

function ofMoment(moment: FeelDateTime, name: string): FeelValue | undefined {
  if (name === 'time offset') return seconds(offsetSeconds(moment));
  return ofDate(moment.date, name) ?? ofTime(moment.time, name);
}

function ofDays(duration: DaysDuration, name: string): FeelValue | undefined {
  const { nanos } = duration;
  switch (name) {
    case 'days':
      return nanos / DAY_NANOS;
    case 'hours':
      return (nanos % DAY_NANOS) / HOUR_NANOS;
    case 'minutes':
      return (nanos % HOUR_NANOS) / MINUTE_NANOS;
    case 'seconds':
      return numericOf(nanos % MINUTE_NANOS, 9);
    default:
      return undefined;
  }
}

function ofMonths(duration: MonthsDuration, name: string): FeelValue | undefined {
  if (name === 'years') return duration.months / 12n;
  return name === 'months' ? duration.months % 12n : undefined;
}

function ofRange(range: FeelRange, name: string): FeelValue | undefined {
  switch (name) {
    case 'start':
      return range.start;
    case 'end':
      return range.end;
    case 'start included':
      return range.startIncluded;
    case 'end included':
      return range.endIncluded;
    default:
      return undefined;
  }
}

/**
 * A member of a context, or a property of a date, time, duration or range (DMN 1.5, table 65).
 * undefined: there is none of that name.
 */
export function memberOfValue(value: FeelValue, name: string): FeelValue | undefined {
  if (value === null || typeof value !== 'object' || value instanceof Decimal) return undefined;
  if (isContext(value)) return memberOf(value, name);
  if (value instanceof FeelDate) return ofDate(value, name);
  if (value instanceof FeelDateTime) return ofMoment(value, name);
  if (value instanceof FeelTime) return ofTime(value, name);
  if (value instanceof DaysDuration) return ofDays(value, name);
  if (value instanceof MonthsDuration) return ofMonths(value, name);
  return value instanceof FeelRange ? ofRange(value, name) : undefined;
}

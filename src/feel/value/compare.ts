import { compareNumeric, equalNumeric, isNumeric } from '../../base/decimal.ts';
import { compareDates, FeelDate } from './date.ts';
import { compareDays, compareMonths, DaysDuration, MonthsDuration } from './duration.ts';
import {
  epochSeconds,
  FeelDateTime,
  FeelTime,
  localSeconds,
  midnightUtc,
  secondOfDay,
  type Zone,
} from './time.ts';
import {
  FeelFunction,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
  kindOf,
  memberOf,
} from './value.ts';

function sameZone(a: Zone | null, b: Zone | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'offset') return b.kind === 'offset' && a.seconds === b.seconds;
  return b.kind === 'region' && a.id === b.id;
}

/**
 * Seconds by which time a is later than b, or null if they cannot be put in order: only one has
 * a zone, or a region's offset is not known without a date. Fractions do not count (DMN, 10.3.2.2).
 */
function timeDifference(a: FeelTime, b: FeelTime): number | null {
  if (sameZone(a.zone, b.zone)) return secondOfDay(a) - secondOfDay(b);
  if (a.zone?.kind !== 'offset' || b.zone?.kind !== 'offset') return null;
  return secondOfDay(a) - a.zone.seconds - (secondOfDay(b) - b.zone.seconds);
}

/** Seconds by which a is later than b, or null if only one of them has a zone. */
function momentDifference(a: FeelDateTime, b: FeelDateTime): number | null {
  const zoneless = (a.time.zone === null ? 1 : 0) + (b.time.zone === null ? 1 : 0);
  if (zoneless === 1) return null;
  return zoneless === 2 ? localSeconds(a) - localSeconds(b) : epochSeconds(a) - epochSeconds(b);
}

function asMoment(value: FeelValue): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  return value instanceof FeelDate ? midnightUtc(value) : null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Order of two values: less than 0, 0, more than 0. null: FEEL gives them no order (different
 * kinds, lists, contexts, booleans, functions).
 */
export function compareValues(a: FeelValue, b: FeelValue): number | null {
  if (isNumeric(a)) return isNumeric(b) ? compareNumeric(a, b) : null;
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : null;
  if (a instanceof FeelDate && b instanceof FeelDate) return compareDates(a, b);
  if (a instanceof FeelTime) return b instanceof FeelTime ? timeDifference(a, b) : null;
  if (a instanceof DaysDuration) return b instanceof DaysDuration ? compareDays(a, b) : null;
  if (a instanceof MonthsDuration) return b instanceof MonthsDuration ? compareMonths(a, b) : null;
  const left = asMoment(a);
  const right = asMoment(b);
  return left === null || right === null ? null : momentDifference(left, right);
}

function equalLists(a: readonly FeelValue[], b: readonly FeelValue[]): boolean {
  return a.length === b.length && a.every((item, i) => equalValues(item, b[i] ?? null) === true);
}

function equalRanges(a: FeelRange, b: FeelRange): boolean {
  return (
    a.form === b.form &&
    a.startIncluded === b.startIncluded &&
    a.endIncluded === b.endIncluded &&
    equalValues(a.start, b.start) === true &&
    equalValues(a.end, b.end) === true
  );
}

function isDuration(value: FeelValue): value is DaysDuration | MonthsDuration {
  return value instanceof DaysDuration || value instanceof MonthsDuration;
}

/** Durations of the two kinds are equal if both are nothing, else not comparable. */
function equalDurations(
  a: DaysDuration | MonthsDuration,
  b: DaysDuration | MonthsDuration,
): boolean | null {
  if (a instanceof DaysDuration && b instanceof DaysDuration) return a.nanos === b.nanos;
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return a.months === b.months;
  const size = (value: DaysDuration | MonthsDuration): bigint =>
    value instanceof DaysDuration ? value.nanos : value.months;
  return size(a) === 0n && size(b) === 0n ? true : null;
}

/**
 * FEEL's `=`. null: the two are of kinds that cannot be equal (a number and a string).
 * Anything compared with null is true or false.
 */
export function equalValues(a: FeelValue, b: FeelValue): boolean | null {
  if (a === null || b === null) return a === b;
  if (isNumeric(a)) return isNumeric(b) ? equalNumeric(a, b) : null;
  if (typeof a === 'string' || typeof a === 'boolean') {
    return typeof a === typeof b ? a === b : null;
  }
  if (isList(a)) return isList(b) ? equalLists(a, b) : null;
  if (a instanceof FeelRange) return b instanceof FeelRange ? equalRanges(a, b) : null;
  if (a instanceof FeelFunction) return b instanceof FeelFunction ? a === b : null;
  if (isDuration(a)) return isDuration(b) ? equalDurations(a, b) : null;
  if (isContext(a)) {
    if (!isContext(b)) return null;
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => {
        const other = memberOf(b, name);
        return other !== undefined && equalValues(a[name] ?? null, other) === true;
      })
    );
  }
  if (a instanceof FeelTime && b instanceof FeelTime) return timeDifference(a, b) === 0;
  const left = asMoment(a);
  const right = asMoment(b);
  if (left === null || right === null) return null;
  return compareValues(a, b) === 0;
}

/**
 * FEEL's `is`: the same value of the same kind, with the same zone or offset written in it.
 */
export function sameValues(a: FeelValue, b: FeelValue): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (a instanceof FeelTime && b instanceof FeelTime) {
    return sameZone(a.zone, b.zone) && secondOfDay(a) === secondOfDay(b) && a.nano === b.nano;
  }
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) {
    return compareDates(a.date, b.date) === 0 && sameValues(a.time, b.time);
  }
  return equalValues(a, b) === true;
}

/**
 * Whether a value lies in a range. null: it cannot be compared with one of the ends.
 */
export function inRange(value: FeelValue, range: FeelRange): boolean | null {
  if (range.form === '=' || range.form === '!=') {
    const equal = equalValues(value, range.start);
    return equal === null ? null : equal === (range.form === '=');
  }
  // An interval needs both its ends; a test such as `< 10` has one.
  if (range.form === 'interval' && (range.start === null || range.end === null)) return null;
  let inside = true;
  if (range.start !== null) {
    const order = compareValues(value, range.start);
    if (order === null) return null;
    inside = range.startIncluded ? order >= 0 : order > 0;
  }
  if (range.end !== null) {
    const order = compareValues(value, range.end);
    if (order === null) return null;
    inside = inside && (range.endIncluded ? order <= 0 : order < 0);
  }
  return inside;
}

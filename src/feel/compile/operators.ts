import {
  add,
  compareNumeric,
  divide,
  isNumeric,
  multiply,
  type Numeric,
  negate,
  subtract,
  truncate,
} from '../../base/decimal.ts';
import type { Run } from '../run.ts';
import type { Arithmetic, Comparison } from '../syntax/ast.ts';
import { compareValues, equalValues, inRange } from '../value/compare.ts';
import { addMonths, dateOfEpochDay, epochDay, FeelDate } from '../value/date.ts';
import { DAY_NANOS, DaysDuration, MonthsDuration } from '../value/duration.ts';
import { power } from '../value/power.ts';
import {
  addNanos,
  addNanosToTime,
  epochNanos,
  FeelDateTime,
  FeelTime,
  midnightUtc,
  NANOS_PER_SECOND,
  secondOfDay,
} from '../value/time.ts';
import { FeelRange, type FeelValue, isList, kindOf } from '../value/value.ts';
import { weigh } from '../value/weigh.ts';

const NUMERIC: Readonly<Record<Arithmetic, (a: Numeric, b: Numeric) => Numeric | null>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
};

/** FEEL's arithmetic. null with its reason where the standard gives no result. */
export function arithmetic(
  operator: Arithmetic,
  a: FeelValue,
  b: FeelValue,
  run: Run,
  at: number,
): FeelValue {
  if (isNumeric(a) && isNumeric(b)) {
    const result = NUMERIC[operator](a, b);
    if (result !== null) return result;
    const zero = operator === '/' && compareNumeric(b, 0n) === 0;
    return run.nothing(zero ? 'feel_division_by_zero' : 'feel_number_too_large', at);
  }
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    run.reserveString(a.length + b.length);
    return a + b;
  }
  const result = temporalArithmetic(operator, a, b);
  if (result !== undefined && result !== null) return result;
  return run.nothing(result === null ? 'feel_number_too_large' : 'feel_operand_type', at, {
    operator,
    left: kindOf(a),
    right: kindOf(b),
  });
}

/** undefined: no such operation; null: its result is out of bounds. */
function temporalArithmetic(
  operator: Arithmetic,
  a: FeelValue,
  b: FeelValue,
): FeelValue | undefined {
  switch (operator) {
    case '+':
      return plus(a, b) ?? plus(b, a);
    case '-':
      return minus(a, b);
    case '*':
      return isNumeric(a) ? times(b, a) : isNumeric(b) ? times(a, b) : undefined;
    case '/':
      return isNumeric(b) ? dividedBy(a, b) : ratio(a, b);
    case '**':
      return undefined;
    default: {
      const never: never = operator;
      return never;
    }
  }
}

function plus(a: FeelValue, b: FeelValue): FeelValue | undefined {
  if (b instanceof MonthsDuration) {
    if (a instanceof MonthsDuration) return new MonthsDuration(a.months + b.months);
    return shiftMonths(a, b.months);
  }
  if (b instanceof DaysDuration) {
    if (a instanceof DaysDuration) return new DaysDuration(a.nanos + b.nanos);
    return shiftNanos(a, b.nanos);
  }
  return undefined;
}

function shiftMonths(a: FeelValue, months: bigint): FeelValue | undefined {
  if (a instanceof FeelDate) return addMonths(a, months);
  if (!(a instanceof FeelDateTime)) return undefined;
  const date = addMonths(a.date, months);
  return date === null ? null : new FeelDateTime(date, a.time);
}

function shiftNanos(a: FeelValue, nanos: bigint): FeelValue | undefined {
  if (a instanceof FeelTime) return addNanosToTime(a, nanos);
  if (a instanceof FeelDateTime) return addNanos(a, nanos);
  if (!(a instanceof FeelDate)) return undefined;
  const whole = nanos / DAY_NANOS;
  const days = nanos % DAY_NANOS < 0n ? whole - 1n : whole;
  return dateOfEpochDay(epochDay(a) + Number(days));
}

function minus(a: FeelValue, b: FeelValue): FeelValue | undefined {
  if (b instanceof MonthsDuration) {
    if (a instanceof MonthsDuration) return new MonthsDuration(a.months - b.months);
    return shiftMonths(a, -b.months);
  }
  if (b instanceof DaysDuration) {
    if (a instanceof DaysDuration) return new DaysDuration(a.nanos - b.nanos);
    return shiftNanos(a, -b.nanos);
  }
  if (a instanceof FeelTime && b instanceof FeelTime) return timeBetween(b, a);
  const from = b instanceof FeelDate ? midnightUtc(b) : b;
  const to = a instanceof FeelDate ? midnightUtc(a) : a;
  if (!(from instanceof FeelDateTime) || !(to instanceof FeelDateTime)) return undefined;
  if ((from.time.zone === null) !== (to.time.zone === null)) return undefined;
  return new DaysDuration(epochNanos(to) - epochNanos(from));
}

function timeBetween(from: FeelTime, to: FeelTime): DaysDuration | undefined {
  const nanosOf = (time: FeelTime): bigint | null => {
    const local = BigInt(secondOfDay(time)) * NANOS_PER_SECOND + BigInt(time.nano);
    if (time.zone === null) return local;
    if (time.zone.kind === 'region') return null;
    return local - BigInt(time.zone.seconds) * NANOS_PER_SECOND;
  };
  if ((from.zone === null) !== (to.zone === null)) return undefined;
  const [start, end] = [nanosOf(from), nanosOf(to)];
  if (start !== null && end !== null) return new DaysDuration(end - start);
  const seconds = compareValues(to, from);
  if (seconds === null) return undefined;
  const nanos = BigInt(seconds) * NANOS_PER_SECOND + BigInt(to.nano - from.nano);
  return new DaysDuration(nanos);
}

function times(a: FeelValue, factor: Numeric): FeelValue | undefined {
  if (a instanceof MonthsDuration) return monthsOf(multiply(a.months, factor));
  if (a instanceof DaysDuration) return nanosOf(multiply(a.nanos, factor));
  return undefined;
}

function dividedBy(a: FeelValue, divisor: Numeric): FeelValue | undefined {
  if (a instanceof MonthsDuration) return monthsOf(divide(a.months, divisor));
  if (a instanceof DaysDuration) return nanosOf(divide(a.nanos, divisor));
  return undefined;
}

function monthsOf(months: Numeric | null): FeelValue {
  return months === null ? null : new MonthsDuration(truncate(months));
}

function nanosOf(nanos: Numeric | null): FeelValue {
  return nanos === null ? null : new DaysDuration(truncate(nanos));
}

function ratio(a: FeelValue, b: FeelValue): FeelValue | undefined {
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) return divide(a.months, b.months);
  if (a instanceof DaysDuration && b instanceof DaysDuration) return divide(a.nanos, b.nanos);
  return undefined;
}

/** FEEL's unary minus: of numbers and durations. */
export function negation(value: FeelValue, run: Run, at: number): FeelValue {
  if (isNumeric(value)) return negate(value);
  if (value instanceof MonthsDuration) return new MonthsDuration(-value.months);
  if (value instanceof DaysDuration) return new DaysDuration(-value.nanos);
  return run.nothing('feel_operand_type', at, { operator: '-', left: kindOf(value), right: '' });
}

/** FEEL's comparisons; null with its reason where the two have no order. */
export function comparison(
  operator: Comparison,
  a: FeelValue,
  b: FeelValue,
  run: Run,
  at: number,
): boolean | null {
  if (operator === '=' || operator === '!=') {
    weigh(a, run);
    const equal = equalValues(a, b);
    if (equal !== null) return equal === (operator === '=');
  } else {
    const order = compareValues(a, b);
    if (order !== null) return holds(operator, order);
  }
  return run.nothing('feel_not_comparable', at, { operator, left: kindOf(a), right: kindOf(b) });
}

function holds(operator: '<' | '<=' | '>' | '>=', order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default: {
      const never: never = operator;
      return never;
    }
  }
}

/**
 * Whether a value passes one test of `in` or of a table's cell: it lies in the range, is in the
 * list (or in a range of the list), or equals the value. null with its reason if it cannot be said.
 */
export function passes(value: FeelValue, test: FeelValue, run: Run, at: number): boolean | null {
  weigh(value, run);
  if (test instanceof FeelRange) {
    const inside = inRange(value, test);
    if (inside !== null) return inside;
  } else if (isList(test)) {
    run.spend(test.length);
    if (isList(value) && equalValues(value, test) === true) return true;
    return test.some(
      (element) =>
        (element instanceof FeelRange && inRange(value, element) === true) ||
        equalValues(value, element) === true,
    );
  } else {
    const equal = equalValues(value, test);
    if (equal !== null) return equal;
  }
  return run.nothing('feel_not_comparable', at, {
    operator: 'in',
    left: kindOf(value),
    right: kindOf(test),
  });
}

import { sameValues } from '../value/compare.ts';
import { dayOfYear, FeelDate, weekday, weekOfYear } from '../value/date.ts';
import { FeelDateTime } from '../value/time.ts';
import type { FeelFunction, FeelValue } from '../value/value.ts';
import { define, unfit } from './define.ts';

const DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function ofDate(name: string, work: (date: FeelDate) => FeelValue): FeelFunction {
  return define(name, ['date'], ([value = null], call) => {
    if (value instanceof FeelDate) return work(value);
    return value instanceof FeelDateTime ? work(value.date) : unfit(name, 'date', value, call);
  });
}

const now = define('now', [''], (_, { run, at }) =>
  run.now === null ? run.nothing('feel_clock_not_given', at) : run.now,
);

const today = define('today', [''], (_, { run, at }) =>
  run.now === null ? run.nothing('feel_clock_not_given', at) : run.now.date,
);

const is = define('is', ['value1: Any?, value2: Any?'], ([a = null, b = null]) => sameValues(a, b));

export const TEMPORAL_FUNCTIONS: readonly FeelFunction[] = [
  ofDate('day of year', (date) => BigInt(dayOfYear(date))),
  ofDate('day of week', (date) => DAYS[weekday(date) - 1] ?? null),
  ofDate('month of year', (date) => MONTHS[date.month - 1] ?? null),
  ofDate('week of year', (date) => BigInt(weekOfYear(date))),
  now,
  today,
  is,
];

import { parseNumeric } from '../../base/decimal.ts';
import { dateOf, FeelDate, parseDate } from '../value/date.ts';
import { DaysDuration, monthsBetween, parseDuration, SECOND_NANOS } from '../value/duration.ts';
import { formatValue } from '../value/text.ts';
import {
  FeelDateTime,
  FeelTime,
  midnightUtc,
  offsetZone,
  parseDateTime,
  parseTime,
  timeOf,
  type Zone,
} from '../value/time.ts';
import { type Call, type FeelFunction, type FeelValue, kindOf } from '../value/value.ts';
import { weigh } from '../value/weigh.ts';
import { define, smallInteger, unfit, unreadable } from './define.ts';

const date = define(
  'date',
  ['from', 'year: number, month: number, day: number'],
  ([first = null, month = null, day = null], call, form) => {
    if (form === 1) {
      const [y, m, d] = [smallInteger(first), smallInteger(month), smallInteger(day)];
      const made = y === null || m === null || d === null ? null : dateOf(y, m, d);
      return made ?? unfit('date', 'year, month, day', first, call);
    }
    if (first instanceof FeelDate) return first;
    if (first instanceof FeelDateTime) return first.date;
    if (typeof first !== 'string') return unfit('date', 'from', first, call);
    return parseDate(first) ?? unreadable('date', first, call.run, call.at);
  },
);

function zoneOf(offset: FeelValue): Zone | null | undefined {
  if (offset === null) return null;
  if (!(offset instanceof DaysDuration) || offset.nanos % SECOND_NANOS !== 0n) return undefined;
  return offsetZone(Number(offset.nanos / SECOND_NANOS)) ?? undefined;
}

function timeOfParts(args: readonly FeelValue[], call: Call): FeelValue {
  const [hour = null, minute = null, second = null, offset = null] = args;
  const zone = zoneOf(offset);
  const [h, m] = [smallInteger(hour), smallInteger(minute)];
  const [whole = '', fraction = ''] = formatValue(second).split('.');
  const nano = Number(fraction.slice(0, 9).padEnd(9, '0'));
  const s = /^\d{1,2}$/.test(whole) ? Number(whole) : null;
  if (zone === undefined || h === null || m === null || s === null) {
    return unfit('time', 'hour, minute, second, offset', hour, call);
  }
  return timeOf(h, m, s, nano, zone) ?? unfit('time', 'hour, minute, second', hour, call);
}

const time = define(
  'time',
  ['from', 'hour: number, minute: number, second: number, offset: Any?'],
  (args, call, form) => {
    if (form === 1) return timeOfParts(args, call);
    const from = args[0] ?? null;
    if (from instanceof FeelTime) return from;
    if (from instanceof FeelDateTime) return from.time;
    if (from instanceof FeelDate) return midnightUtc(from).time;
    if (typeof from !== 'string') return unfit('time', 'from', from, call);
    return parseTime(from) ?? unreadable('time', from, call.run, call.at);
  },
);

const dateAndTime = define(
  'date and time',
  ['from', 'date, time: time'],
  ([first = null, clock = null], call, form) => {
    if (form === 1) {
      if (first instanceof FeelDate) return new FeelDateTime(first, clock as FeelTime);
      if (first instanceof FeelDateTime) return new FeelDateTime(first.date, clock as FeelTime);
      return unfit('date and time', 'date', first, call);
    }
    if (first instanceof FeelDateTime) return first;
    if (first instanceof FeelDate) return midnightUtc(first);
    if (typeof first !== 'string') return unfit('date and time', 'from', first, call);
    return parseDateTime(first) ?? unreadable('date and time', first, call.run, call.at);
  },
);

const duration = define('duration', ['from: string'], ([from], call) => {
  const text = from as string;
  return parseDuration(text) ?? unreadable('duration', text, call.run, call.at);
});

const yearsAndMonths = define(
  'years and months duration',
  ['from, to'],
  ([from = null, to = null], call) => {
    const start = from instanceof FeelDateTime ? from.date : from;
    const end = to instanceof FeelDateTime ? to.date : to;
    if (start instanceof FeelDate && end instanceof FeelDate) return monthsBetween(start, end);
    return unfit('years and months duration', 'from, to', from, call);
  },
);

const SEPARATORS: ReadonlySet<FeelValue> = new Set<FeelValue>([' ', ',', '.']);

function numberOf(args: readonly FeelValue[], call: Call): FeelValue {
  const [from, grouping = null, point = null] = args;
  if (grouping !== null && !SEPARATORS.has(grouping)) {
    return unfit('number', 'grouping separator', grouping, call);
  }
  if (point !== null && point !== '.' && point !== ',') {
    return unfit('number', 'decimal separator', point, call);
  }
  if (point !== null && point === grouping) {
    return unfit('number', 'decimal separator', point, call);
  }
  let text = from as string;
  if (grouping !== null) text = text.replaceAll(grouping as string, '');
  if (point !== null) text = text.replace(point as string, '.');
  return parseNumeric(text.trim()) ?? unreadable('number', from as string, call.run, call.at);
}

const number = define(
  'number',
  ['from: string', 'from: string, grouping separator: string?, decimal separator: string?'],
  (args, call, form) => {
    if (form === 1 && call.args.length < 3) return unfit('number', 'decimal separator', null, call);
    return numberOf(args, call);
  },
);

const string = define('string', ['from'], ([from = null], { run }) => {
  if (from === null) return null;
  if (kindOf(from) === 'string') return from;
  weigh(from, run);
  return run.makeString(formatValue(from));
});

const not = define('not', ['negand'], ([negand = null], call) =>
  typeof negand === 'boolean' ? !negand : unfit('not', 'negand', negand, call),
);

export const CONVERSION_FUNCTIONS: readonly FeelFunction[] = [
  date,
  time,
  dateAndTime,
  duration,
  yearsAndMonths,
  number,
  string,
  not,
];

import { isCalendarDate } from '../base/dates.ts';
import type { Filter } from './filter.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * One filter as it is written on one line, such as `with:A`, `follows:A>B`, `duration:12h..3d` or
 * `time:2026-01-01..2026-01-31`; null when it cannot be read.
 */
export function filterOf(text: string): Filter | null {
  const at = text.indexOf(':');
  const [kind, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).trim()];
  if (kind === 'rework') return { kind, activity: value === '' ? null : value };
  if (value === '') return null;
  switch (kind) {
    case 'with':
    case 'without':
      return { kind, activity: value };
    case 'starts':
    case 'ends':
      return { kind, activities: value.split('|').map((name) => name.trim()) };
    case 'resource':
      return { kind, resource: value };
    case 'variants':
      return Number(value) > 0 && Number(value) <= 1 ? { kind, share: Number(value) } : null;
    case 'time': {
      const range = rangeOf(value, dayOf);
      return range && { kind, fromMs: range.least, toMs: range.most };
    }
    case 'duration': {
      const range = rangeOf(value, lengthOf);
      return range && { kind, leastMs: range.least, mostMs: range.most };
    }
    case 'follows':
    case 'directly':
    case 'same_person':
    case 'four_eyes': {
      const pair = pairOf(value);
      return pair && { kind, ...pair };
    }
    case 'gap': {
      const cut = value.lastIndexOf('=');
      const [pair, range] = [pairOf(value.slice(0, cut)), rangeOf(value.slice(cut + 1), lengthOf)];
      return cut < 0 || !pair || !range
        ? null
        : { kind, ...pair, leastMs: range.least, mostMs: range.most };
    }
    case 'attribute': {
      const cut = value.indexOf('=');
      if (cut < 1) return null;
      const [attribute, wanted] = [value.slice(0, cut), value.slice(cut + 1)];
      const range = wanted.includes('..') ? rangeOf(wanted, numberOf) : null;
      if (range) return { kind, attribute, values: null, ...range };
      return { kind, attribute, values: wanted.split('|'), least: null, most: null };
    }
    default:
      return null;
  }
}

function pairOf(text: string): { readonly first: string; readonly second: string } | null {
  const [first = '', second = '', ...more] = text.split('>').map((part) => part.trim());
  return first === '' || second === '' || more.length > 0 ? null : { first, second };
}

/** LEAST..MOST, of which one may be left out; null when it cannot be read. */
function rangeOf(
  text: string,
  read: (text: string, end: boolean) => number | null,
): { readonly least: number | null; readonly most: number | null } | null {
  const [from = '', to = '', ...more] = text.split('..').map((part) => part.trim());
  if (!text.includes('..') || more.length > 0 || (from === '' && to === '')) return null;
  const [least, most] = [from === '' ? null : read(from, false), to === '' ? null : read(to, true)];
  return [least, most].some(Number.isNaN) ? null : { least, most };
}

/** The beginning, or the end, of a day in UTC. */
function dayOf(text: string, end: boolean): number {
  if (!isCalendarDate(text)) return Number.NaN;
  return Date.parse(`${text}T00:00:00Z`) + (end ? 86_400_000 - 1 : 0);
}

function numberOf(text: string): number {
  return Number(text);
}

/** A length of time such as 90min, 12h or 3d in ms; null: none is given, NaN: cannot be read. */
export function lengthOf(text: string | null): number | null {
  if (text === null) return null;
  const parts = /^(\d+(?:\.\d+)?)(s|min|h|d)$/.exec(text);
  return parts ? Number(parts[1]) * unitMs[parts[2]!]! : Number.NaN;
}

import { isNumeric } from '../../base/decimal.ts';
import { callValue } from '../compile/call.ts';
import type { Run } from '../run.ts';
import { equalValues } from '../value/compare.ts';
import { type Call, FeelFunction, type FeelValue, isList } from '../value/value.ts';
import { weigh } from '../value/weigh.ts';
import { define, smallInteger, unfit } from './define.ts';
import { span } from './strings.ts';

function items(value: FeelValue | undefined): readonly FeelValue[] {
  return value as readonly FeelValue[];
}

function made(run: Run, list: readonly FeelValue[]): readonly FeelValue[] {
  run.makeList(list.length);
  return list;
}

/** What a set of simple values is looked up by; null for what must be compared one by one. */
function keyOf(value: FeelValue): string | null {
  if (typeof value === 'bigint') return `n${value}`;
  if (typeof value === 'string') return `s${value}`;
  return value === null || typeof value === 'boolean' ? String(value) : null;
}

/** The first of each group of equal values, in their order. */
export function distinct(values: readonly FeelValue[], run: Run): FeelValue[] {
  const seen = new Set<string>();
  const complex: FeelValue[] = [];
  const kept: FeelValue[] = [];
  for (const value of values) {
    run.spend(1);
    const key = keyOf(value);
    if (key !== null) {
      if (seen.has(key)) continue;
      seen.add(key);
    } else {
      weigh(value, run);
      run.spend(complex.length);
      if (complex.some((other) => equalValues(other, value) === true)) continue;
      complex.push(value);
    }
    kept.push(value);
  }
  return kept;
}

const listContains = define(
  'list contains',
  ['list: list, element'],
  ([list, element = null], call) => {
    call.run.spend(items(list).length);
    weigh(element, call.run);
    return items(list).some((other) => equalValues(other, element) === true);
  },
);

const count = define('count', ['list: list'], ([list]) => BigInt(items(list).length));

const sublist = define(
  'sublist',
  ['list: list, start position: number, length: number?'],
  ([list, start = null, length], call) => {
    const part = span(items(list).length, start, length);
    if (part === null) return unfit('sublist', 'start position', start, call);
    return made(call.run, items(list).slice(part.from, part.to));
  },
);

const append = define('append', ['list: list, ...items'], ([list, more], { run }) => {
  run.makeList(items(list).length + items(more).length);
  return [...items(list), ...items(more)];
});

function concatenated(lists: readonly FeelValue[], run: Run): FeelValue[] {
  let length = 0;
  for (const list of lists) length += isList(list) ? list.length : 1;
  run.makeList(length);
  return lists.flat(1);
}

const concatenate = define('concatenate', ['...lists'], ([lists], call) => {
  const nothing = items(lists).find((list) => list === null);
  if (nothing === null) return unfit('concatenate', 'lists', null, call);
  return concatenated(items(lists), call.run);
});

const union = define('union', ['...lists'], ([lists], call) => {
  const nothing = items(lists).find((list) => list === null);
  if (nothing === null) return unfit('union', 'lists', null, call);
  return distinct(concatenated(items(lists), call.run), call.run);
});

/** Index (from 0) of a position counted from 1 or from the end; null: outside. */
function index(length: number, position: FeelValue): number | null {
  const place = smallInteger(position);
  if (place === null || place === 0 || Math.abs(place) > length) return null;
  return place < 0 ? length + place : place - 1;
}

const insertBefore = define(
  'insert before',
  ['list: list, position: number, newItem'],
  ([list, position = null, item = null], call) => {
    const at = index(items(list).length, position);
    if (at === null) return unfit('insert before', 'position', position, call);
    return made(call.run, items(list).toSpliced(at, 0, item));
  },
);

const remove = define(
  'remove',
  ['list: list, position: number'],
  ([list, position = null], call) => {
    const at = index(items(list).length, position);
    if (at === null) return unfit('remove', 'position', position, call);
    return made(call.run, items(list).toSpliced(at, 1));
  },
);

function replaceMatching(
  list: readonly FeelValue[],
  match: FeelFunction,
  item: FeelValue,
  call: Call,
): FeelValue {
  const { run, at } = call;
  const result: FeelValue[] = [];
  for (const element of made(run, list)) {
    const chosen = callValue(match, { values: [element, item], names: null }, run, at);
    if (typeof chosen !== 'boolean') return unfit('list replace', 'match', chosen, call);
    result.push(chosen ? item : element);
  }
  return result;
}

const listReplace = define(
  'list replace',
  ['list: list, position: number, newItem', 'list: list, match: function, newItem'],
  ([list, where = null, item = null], call) => {
    const at = index(items(list).length, where);
    if (at === null) return unfit('list replace', 'position', where, call);
    return made(call.run, items(list).with(at, item));
  },
);

/** `list replace` tells its two forms apart by what the second argument is. */
const listReplaceEither = new FeelFunction({
  name: 'list replace',
  signatures: listReplace.signatures.map((signature) => ({
    ...signature,
    parameters: signature.parameters.map((parameter, i) =>
      i === 1 ? { ...parameter, type: null } : parameter,
    ),
  })),
  invoke: (call, form) => {
    const [list = null, second = null, item = null] = call.args;
    if (list !== null && second instanceof FeelFunction) {
      return replaceMatching(items(list), second, item, call);
    }
    if (!isNumeric(second)) return unfit('list replace', 'position', second, call);
    return listReplace.invoke(call, form);
  },
});

const reverse = define('reverse', ['list: list'], ([list], { run }) =>
  made(run, items(list).toReversed()),
);

const indexOf = define('index of', ['list: list, match'], ([list, match = null], call) => {
  call.run.spend(items(list).length);
  weigh(match, call.run);
  const found: FeelValue[] = [];
  for (const [i, element] of items(list).entries()) {
    if (equalValues(element, match) === true) found.push(BigInt(i + 1));
  }
  return made(call.run, found);
});

const distinctValues = define('distinct values', ['list: list'], ([list], { run }) =>
  distinct(items(list), run),
);

function flat(list: readonly FeelValue[], into: FeelValue[], run: Run): FeelValue[] {
  for (const element of list) {
    run.spend(1);
    if (isList(element)) flat(element, into, run);
    else into.push(element);
  }
  if (into.length > run.limits.listLength) run.makeList(into.length);
  return into;
}

const flatten = define('flatten', ['list: list'], ([list], { run }) => flat(items(list), [], run));

const sort = define('sort', ['list: list, precedes: function'], ([list, precedes = null], call) => {
  const { run, at } = call;
  const before = (a: FeelValue, b: FeelValue): boolean =>
    callValue(precedes, { values: [a, b], names: null }, run, at) === true;
  return made(run, items(list)).toSorted((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
});

export const LIST_FUNCTIONS: readonly FeelFunction[] = [
  listContains,
  count,
  sublist,
  append,
  concatenate,
  union,
  insertBefore,
  remove,
  listReplaceEither,
  reverse,
  indexOf,
  distinctValues,
  flatten,
  sort,
];

import {
  add,
  compareNumeric,
  divide,
  isNumeric,
  multiply,
  type Numeric,
  subtract,
} from '../../base/decimal.ts';
import { arithmetic } from '../compile/operators.ts';
import { compareValues } from '../value/compare.ts';
import { squareRoot } from '../value/power.ts';
import { type Call, type FeelFunction, type FeelValue, kindOf } from '../value/value.ts';
import { define, unfit } from './define.ts';

/** A function of a list that may also be given its elements one by one. */
function overList(
  name: string,
  work: (list: readonly FeelValue[], call: Call) => FeelValue,
): FeelFunction {
  return define(name, ['list: list', '...list'], ([list], call) => {
    const elements = list as readonly FeelValue[];
    call.run.spend(elements.length);
    return work(elements, call);
  });
}

/** A function of numbers only; of none it is `empty`. */
function overNumbers(
  name: string,
  empty: FeelValue,
  work: (list: readonly Numeric[], call: Call) => FeelValue,
): FeelFunction {
  return overList(name, (list, call) => {
    if (list.length === 0) return empty;
    const other = list.find((element) => !isNumeric(element));
    if (other !== undefined) return unfit(name, 'list', other, call);
    return work(list as readonly Numeric[], call);
  });
}

function extreme(name: string, sign: 1 | -1): FeelFunction {
  return overList(name, (list, call) => {
    let best = list[0] ?? null;
    for (const element of list) {
      const order = compareValues(element, best);
      if (order === null) return unfit(name, 'list', element, call);
      if (order * sign > 0) best = element;
    }
    return best;
  });
}

function folded(name: string, operation: (a: Numeric, b: Numeric) => Numeric | null): FeelFunction {
  return overNumbers(name, null, (list, call) => {
    let total: Numeric = list[0] ?? 0n;
    for (const number of list.slice(1)) {
      const next = operation(total, number);
      if (next === null) return call.run.nothing('feel_number_too_large', call.at);
      total = next;
    }
    return total;
  });
}

/** Numbers add up, and so do durations of one kind. */
const sum = overList('sum', (list, call) => {
  if (list.length === 0) return null;
  let total: FeelValue = list[0] ?? null;
  const addable = isNumeric(total) || kindOf(total).endsWith('duration');
  if (!addable) return unfit('sum', 'list', total, call);
  for (const element of list.slice(1)) {
    if (kindOf(element) !== kindOf(total)) return unfit('sum', 'list', element, call);
    total = arithmetic('+', total, element, call.run, call.at);
    if (total === null) return null;
  }
  return total;
});

function meanOf(list: readonly Numeric[]): Numeric | null {
  let total: Numeric | null = 0n;
  for (const number of list) total = total === null ? null : add(total, number);
  return total === null ? null : divide(total, BigInt(list.length));
}

const mean = overList('mean', (list, call) => {
  if (list.length === 0) return null;
  const total = sum.invoke({ ...call, args: [list] }, 0);
  if (total === null) return null;
  return arithmetic('/', total, BigInt(list.length), call.run, call.at);
});

const median = overNumbers('median', null, (list) => {
  const sorted = list.toSorted(compareNumeric);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0n;
  if (sorted.length % 2 === 1) return upper;
  return meanOf([sorted[middle - 1] ?? 0n, upper]);
});

/** Standard deviation of a sample: the sum of squares over n − 1. */
const stddev = overNumbers('stddev', null, (list, call) => {
  const average = meanOf(list);
  if (average === null || list.length < 2) return unfit('stddev', 'list', list, call);
  let squares: Numeric | null = 0n;
  for (const number of list) {
    const distance = subtract(number, average);
    const square: Numeric | null = distance === null ? null : multiply(distance, distance);
    squares = square === null || squares === null ? null : add(squares, square);
  }
  const variance = squares === null ? null : divide(squares, BigInt(list.length - 1));
  const result = variance === null ? null : squareRoot(variance);
  return result ?? call.run.nothing('feel_number_too_large', call.at);
});

const mode = overNumbers('mode', [], (list) => {
  const sorted = list.toSorted(compareNumeric);
  let best: Numeric[] = [];
  let most = 0;
  let length = 0;
  for (const [i, number] of sorted.entries()) {
    const before = sorted[i - 1];
    length = before !== undefined && compareNumeric(before, number) === 0 ? length + 1 : 1;
    if (length > most) {
      most = length;
      best = [number];
    } else if (length === most) best.push(number);
  }
  return best;
});

/** `all` and `any`: one `decisive` value decides; else anything but a boolean leaves it open. */
function logic(name: string, decisive: boolean): FeelFunction {
  return overList(name, (list, call) => {
    if (list.includes(decisive)) return decisive;
    const open = list.find((element) => element !== !decisive);
    return open === undefined ? !decisive : unfit(name, 'list', open, call);
  });
}

export const AGGREGATE_FUNCTIONS: readonly FeelFunction[] = [
  extreme('min', -1),
  extreme('max', 1),
  sum,
  folded('product', multiply),
  mean,
  median,
  stddev,
  mode,
  logic('all', false),
  logic('any', true),
];

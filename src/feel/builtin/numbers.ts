import {
  compareNumeric,
  modulo,
  type Numeric,
  negate,
  round,
  truncate,
} from '../../base/decimal.ts';
import type { Rounding } from '../../base/rounding.ts';
import { DaysDuration, MonthsDuration } from '../value/duration.ts';
import { exponential, logarithm, squareRoot } from '../value/power.ts';
import { type Call, type FeelFunction, type FeelValue, kindOf } from '../value/value.ts';
import { define, unfit } from './define.ts';

/** DMN 1.5, table 78: the scales of decimal128. */
const SCALE_MIN = -6111;
const SCALE_MAX = 6176;

function rounded(
  name: string,
  args: readonly FeelValue[],
  rounding: Rounding,
  call: Call,
): FeelValue {
  const scale = Number((args[1] as bigint | undefined) ?? 0n);
  if (scale < SCALE_MIN || scale > SCALE_MAX) return unfit(name, 'scale', args[1] ?? null, call);
  const result = round(args[0] as Numeric, scale, rounding);
  return result ?? call.run.nothing('feel_number_too_large', call.at);
}

/** Functions that round to a scale; those of DMN 1.4 demand it and take only whole ones. */
function rounding(name: string, mode: Rounding, kind: 'scaled' | 'optional'): FeelFunction {
  const forms =
    kind === 'scaled' ? ['n: number, scale: number'] : ['n: number', 'n: number, scale: number'];
  return define(name, forms, (args, call) => {
    const scale = args[1];
    if (scale === undefined || typeof scale === 'bigint') return rounded(name, args, mode, call);
    return unfit(name, 'scale', scale, call);
  });
}

const decimal = define('decimal', ['n: number, scale: number'], ([n = null, scale], call) =>
  rounded('decimal', [n, truncate(scale as Numeric)], 'half_even', call),
);

const abs = define('abs', ['n'], ([n = null], call) => {
  if (n instanceof DaysDuration) return n.nanos < 0n ? new DaysDuration(-n.nanos) : n;
  if (n instanceof MonthsDuration) return n.months < 0n ? new MonthsDuration(-n.months) : n;
  if (kindOf(n) !== 'number') return unfit('abs', 'n', n, call);
  return compareNumeric(n as Numeric, 0n) < 0 ? negate(n as Numeric) : n;
});

const moduloFunction = define(
  'modulo',
  ['dividend: number, divisor: number'],
  ([dividend, divisor], call) =>
    modulo(dividend as Numeric, divisor as Numeric) ??
    call.run.nothing('feel_division_by_zero', call.at),
);

function ofOne(
  name: string,
  work: (n: Numeric) => Numeric | null,
  parameter = 'number',
): FeelFunction {
  return define(
    name,
    [`${parameter}: number`],
    ([n = null], call) => work(n as Numeric) ?? unfit(name, parameter, n, call),
  );
}

function parity(name: string, rest: bigint): FeelFunction {
  return define(name, ['number: number'], ([n]) => {
    if (typeof n !== 'bigint') return false;
    return (n % 2n === 0n ? 0n : 1n) === rest;
  });
}

export const NUMBER_FUNCTIONS: readonly FeelFunction[] = [
  decimal,
  rounding('floor', 'floor', 'optional'),
  rounding('ceiling', 'ceiling', 'optional'),
  rounding('round up', 'up', 'scaled'),
  rounding('round down', 'down', 'scaled'),
  rounding('round half up', 'half_up', 'scaled'),
  rounding('round half down', 'half_down', 'scaled'),
  abs,
  moduloFunction,
  ofOne('sqrt', squareRoot),
  ofOne('log', logarithm),
  ofOne('exp', exponential),
  parity('odd', 1n),
  parity('even', 0n),
];

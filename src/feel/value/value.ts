import { Decimal, type Numeric } from '../../base/decimal.ts';
import type { Run } from '../run.ts';
import { FeelDate } from './date.ts';
import { DaysDuration, MonthsDuration } from './duration.ts';
import { FeelDateTime, FeelTime } from './time.ts';
import type { FeelType } from './type.ts';

/** A named set of values. Made without a prototype; read only through `memberOf`. */
export type FeelContext = { readonly [name: string]: FeelValue };

/** Everything an expression can hold. What crosses the boundary as `Value` is part of it. */
export type FeelValue =
  | null
  | boolean
  | string
  | Numeric
  | FeelDate
  | FeelTime
  | FeelDateTime
  | DaysDuration
  | MonthsDuration
  | FeelRange
  | FeelFunction
  | readonly FeelValue[]
  | FeelContext;

/**
 * How a range was written: with two ends, or as a test such as `< 10`. The standard keeps the
 * two apart: `(< 10)` is not equal to `(null..10)`.
 */
export type RangeForm = 'interval' | '<' | '<=' | '>' | '>=' | '=' | '!=';

/** The values between two ends, each end included or not. */
export class FeelRange {
  readonly form: RangeForm;
  readonly startIncluded: boolean;
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly endIncluded: boolean;

  constructor(
    form: RangeForm,
    ends: { startIncluded: boolean; start: FeelValue; end: FeelValue; endIncluded: boolean },
  ) {
    this.form = form;
    this.startIncluded = ends.startIncluded;
    this.start = ends.start;
    this.end = ends.end;
    this.endIncluded = ends.endIncluded;
  }
}

/** A parameter of a function. `type` is null if none was written. */
export type Parameter = { readonly name: string; readonly type: FeelType | null };

/** One way a function can be called: what its parameters are. */
export type Signature = {
  readonly parameters: readonly Parameter[];
  /** How many parameters must be given; the rest are null. */
  readonly required: number;
  /** The last parameter takes all further arguments as a list. */
  readonly variadic: boolean;
};

/** What calling a function needs: arguments in the order of the signature. */
export type Call = {
  readonly args: readonly FeelValue[];
  readonly run: Run;
  /** Where in the text the call stands. */
  readonly at: number;
};

/** A function as a value: built in, written in FEEL, or a knowledge model of a decision. */
export class FeelFunction {
  readonly name: string;
  readonly signatures: readonly Signature[];
  readonly result: FeelType | null;
  readonly invoke: (call: Call, signature: number) => FeelValue;

  constructor(definition: {
    name: string;
    signatures: readonly Signature[];
    result?: FeelType | null;
    invoke: (call: Call, signature: number) => FeelValue;
  }) {
    this.name = definition.name;
    this.signatures = definition.signatures;
    this.result = definition.result ?? null;
    this.invoke = definition.invoke;
  }
}

/** The kinds of value, named as FEEL names its types. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function'
  | 'list'
  | 'context';

const KINDS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  [Decimal.prototype, 'number'],
  [FeelDate.prototype, 'date'],
  [FeelTime.prototype, 'time'],
  [FeelDateTime.prototype, 'date and time'],
  [DaysDuration.prototype, 'days and time duration'],
  [MonthsDuration.prototype, 'years and months duration'],
  [FeelRange.prototype, 'range'],
  [FeelFunction.prototype, 'function'],
  [Array.prototype, 'list'],
]);

/** The kind of a value. */
export function kindOf(value: FeelValue): Kind {
  switch (typeof value) {
    case 'bigint':
      return 'number';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    default:
      if (value === null) return 'null';
      return KINDS.get(Object.getPrototypeOf(value)) ?? 'context';
  }
}

/** True for a list. */
export function isList(value: FeelValue): value is readonly FeelValue[] {
  return Array.isArray(value);
}

/** True for a context: what has members of its own. */
export function isContext(value: FeelValue): value is FeelContext {
  return typeof value === 'object' && value !== null && kindOf(value) === 'context';
}

/** A member of a context by its name; undefined if it has none of its own. */
export function memberOf(context: FeelContext, name: string): FeelValue | undefined {
  return Object.hasOwn(context, name) ? context[name] : undefined;
}

/** A context of these entries; later ones win. */
export function contextOf(entries: Iterable<readonly [string, FeelValue]>): FeelContext {
  const context: Record<string, FeelValue> = Object.create(null);
  for (const [name, value] of entries) context[name] = value;
  return context;
}

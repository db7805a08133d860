import { AssertionFailed, assert } from './assert.ts';
import { Decimal, formatNumeric, type Numeric, parseNumeric } from './decimal.ts';
import { ok, type Result, refuse } from './result.ts';

/**
 * What a process, a decision or a service operation holds. Integers are always bigint, numbers
 * with a fraction are Decimal, never a JavaScript number; money is a bigint of minor units;
 * dates are ISO 8601 strings.
 */
export type Value =
  | null
  | boolean
  | string
  | bigint
  | Decimal
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Values = { readonly [name: string]: Value };

/** Values nested deeper than this are refused. */
export const VALUE_DEPTH_MAX = 200;

/** What a JSON text from outside can be refused for. */
export type ValuesRefusal = 'values_not_json' | 'values_not_an_object' | 'values_too_deep';

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
) => unknown;

// The reviver's third argument is part of ECMAScript 2026; the library typings do not know it yet.
const parseWithSource = JSON.parse as unknown as ParseWithSource;

/** True for `{ … }`: neither null, a list nor a Decimal. */
export function isValues(value: Value): value is Values {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Decimal)
  );
}

/** True for a list. */
export function isValueList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** True for a number: bigint or Decimal. */
export function isNumber(value: Value): value is Numeric {
  return typeof value === 'bigint' || value instanceof Decimal;
}

/** One value as JSON text; numbers are written with all their digits. */
export function encodeValue(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Decimal) return formatNumeric(value);
  if (isValueList(value)) return `[${value.map(encodeValue).join(',')}]`;
  assert(typeof value === 'object', 'a value holds no JavaScript number and nothing undefined');
  const members = Object.keys(value).map(
    (name) => `${JSON.stringify(name)}:${encodeValue(value[name] ?? null)}`,
  );
  return `{${members.join(',')}}`;
}

/** Values as exact JSON text, the inverse of `decodeValues`. */
export function encodeValues(values: Values): string {
  return encodeValue(values);
}

function revive(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const number = context.source === undefined ? null : parseNumeric(context.source);
  if (number === null) throw new AssertionFailed('a JSON number has a source text within bounds');
  return number;
}

/** Deepest nesting of brackets outside strings, counted without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 92) i += 1;
      else if (char === 34) inString = false;
    } else if (char === 34) inString = true;
    else if (char === 123 || char === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (char === 125 || char === 93) depth -= 1;
  }
  return deepest;
}

/** Any JSON text from outside as an exact value. Refusals: not JSON, nested too deep. */
export function parseValue(text: string): Result<Value, ValuesRefusal> {
  if (depthOf(text) > VALUE_DEPTH_MAX) {
    return refuse('values_too_deep', { depthMax: String(VALUE_DEPTH_MAX) });
  }
  try {
    return ok(parseWithSource(text, revive) as Value);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof AssertionFailed) {
      return refuse('values_not_json');
    }
    throw error;
  }
}

/** A JSON object from outside as exact values. Refusals: as parseValue, and not an object. */
export function parseValues(text: string): Result<Values, ValuesRefusal> {
  const parsed = parseValue(text);
  if (!parsed.ok) return parsed;
  if (!isValues(parsed.value)) return refuse('values_not_an_object');
  return ok(parsed.value);
}

/**
 * Values from a text that `encodeValues` (or the database's jsonb) wrote; anything else is a bug.
 */
export function decodeValues(text: string): Values {
  const parsed = parseValues(text);
  if (!parsed.ok)
    throw new AssertionFailed(`does not hold: stored values are exact (${parsed.code})`);
  return parsed.value;
}

/** True if both hold the same values by content. */
export function equalValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Decimal || b instanceof Decimal) {
    return (
      a instanceof Decimal &&
      b instanceof Decimal &&
      a.scale === b.scale &&
      a.coefficient === b.coefficient
    );
  }
  if (isValueList(a) || isValueList(b)) {
    if (!isValueList(a) || !isValueList(b) || a.length !== b.length) return false;
    return a.every((item, i) => equalValue(item, b[i] ?? null));
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValue(a[name] ?? null, b[name] ?? null))
  );
}

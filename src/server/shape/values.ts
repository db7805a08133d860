import {
  isNumber,
  isValueList,
  isValues,
  parseValues,
  type Value,
  type Values,
} from '../../base/data.ts';
import { formatNumeric } from '../../base/decimal.ts';
import { ok, type Result } from '../../base/result.ts';
import type { JsonValues } from '../../contract/shapes.ts';

/** A name whose value is a whole number that JSON carries as a string of digits. */
const isDigitsName = (name: string): boolean => /(Minor|Ppm)$/.test(name);
const digits = /^-?\d{1,30}$/;

type RawJson = (text: string) => unknown;
// JSON.rawJSON is part of ECMAScript 2026; the library typings do not know it yet.
const rawJson = (JSON as unknown as { rawJSON: RawJson }).rawJSON;

/**
 * Values as JSON carries them: an integer whose name ends in Minor or Ppm as a string of digits,
 * every other number as a JSON number with all its digits.
 */
export function jsonValues(values: Values): JsonValues {
  return Object.fromEntries(
    Object.keys(values).map((name) => [name, jsonValue(values[name] ?? null, name)]),
  );
}

/** One value as JSON carries it; `name` is the name it stands under. */
export function jsonValue(value: Value, name = ''): unknown {
  if (typeof value === 'bigint' && isDigitsName(name)) return value.toString();
  if (isNumber(value)) return rawJson(formatNumeric(value));
  if (isValueList(value)) return value.map((item) => jsonValue(item, name));
  return isValues(value) ? jsonValues(value) : value;
}

/**
 * The member `values` of a body, read from its text so that no digit is lost. Digits in a string
 * under a name that ends in Minor or Ppm become a number. A body without it has none.
 */
export function bodyValues(
  rawBody: string,
): Result<Values, 'values_not_json' | 'values_not_an_object' | 'values_too_deep'> {
  if (rawBody === '') return ok({});
  const body = parseValues(rawBody);
  if (!body.ok) return body;
  const values = body.value.values ?? {};
  return ok(isValues(values) ? numbersRead(values) : {});
}

function numbersRead(values: Values): Values {
  return Object.fromEntries(
    Object.keys(values).map((name) => [name, numberRead(values[name] ?? null, name)]),
  );
}

function numberRead(value: Value, name: string): Value {
  if (typeof value === 'string' && isDigitsName(name) && digits.test(value)) return BigInt(value);
  if (isValueList(value)) return value.map((item) => numberRead(item, name));
  return isValues(value) ? numbersRead(value) : value;
}

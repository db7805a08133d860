import { isNumber, isValueList, isValues, type Value, type Values } from '../base/data.ts';
import { isCalendarDate } from '../base/dates.ts';
import { ok, type Result, refuse } from '../base/result.ts';

/** What reading the values of a case can refuse; `name` is the value's name. */
export type ValueRefusal = 'value_missing' | 'value_of_other_kind';

/** A text that is there and not blank. */
export function textOf(values: Values, name: string): Result<string, ValueRefusal> {
  const value = values[name];
  if (isAbsent(value) || (typeof value === 'string' && value.trim() === ''))
    return refuse('value_missing', { name });
  return typeof value === 'string' ? ok(value) : refuse('value_of_other_kind', { name });
}

/** A whole number: an amount in minor units, a rate in millionths, a count. */
export function wholeOf(values: Values, name: string): Result<bigint, ValueRefusal> {
  const value = values[name];
  if (isAbsent(value)) return refuse('value_missing', { name });
  return typeof value === 'bigint' ? ok(value) : refuse('value_of_other_kind', { name });
}

/** An amount above zero, in minor units. */
export function amountOf(
  values: Values,
  name: string,
): Result<bigint, ValueRefusal | 'amount_not_positive'> {
  const amount = wholeOf(values, name);
  if (!amount.ok) return amount;
  return amount.value > 0n ? amount : refuse('amount_not_positive', { name });
}

/** A date 'YYYY-MM-DD' that exists. */
export function dateOf(values: Values, name: string): Result<string, ValueRefusal> {
  const date = textOf(values, name);
  if (!date.ok) return date;
  return isCalendarDate(date.value) ? date : refuse('value_of_other_kind', { name });
}

/** A record of the facts or of the data, null when there is none. */
export function recordOf(values: Values, name: string): Values | null {
  const value = values[name] ?? null;
  return value !== null && isValues(value) ? value : null;
}

/** A list, empty when there is none. */
export function listOf(values: Values, name: string): readonly Value[] {
  const value = values[name] ?? null;
  return value !== null && isValueList(value) ? value : [];
}

/** A number that may be absent, as a whole; 0 when absent. */
export function wholeOrZero(values: Values, name: string): bigint {
  const value = values[name] ?? null;
  return isNumber(value) && typeof value === 'bigint' ? value : 0n;
}

function isAbsent(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null;
}

import { isNumeric } from '../../base/decimal.ts';
import { FeelDate } from './date.ts';
import { DaysDuration, MonthsDuration } from './duration.ts';
import { FeelDateTime, FeelTime, midnightUtc } from './time.ts';
import type { FeelType, SimpleType } from './type.ts';
import { FeelFunction, FeelRange, type FeelValue, isContext, isList, memberOf } from './value.ts';

function isSimple(name: SimpleType, value: FeelValue): boolean {
  switch (name) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isNumeric(value);
    case 'date':
      return value instanceof FeelDate;
    case 'time':
      return value instanceof FeelTime;
    case 'date and time':
      return value instanceof FeelDateTime;
    case 'days and time duration':
      return value instanceof DaysDuration;
    case 'years and months duration':
      return value instanceof MonthsDuration;
    default: {
      const never: never = name;
      return never;
    }
  }
}

/** Every value of `sub` is one of `type` (DMN 1.5, 10.3.2.9.2). */
export function conforms(sub: FeelType, type: FeelType): boolean {
  if (type.kind === 'any' || sub.kind === 'null') return true;
  if (sub.kind === 'named') {
    if (type.kind === 'named' && type.name === sub.name) return true;
    return conforms(sub.base(), type);
  }
  if (type.kind === 'named') return type.allows === null && conforms(sub, type.base());
  switch (type.kind) {
    case 'simple':
      return sub.kind === 'simple' && sub.name === type.name;
    case 'list':
      return sub.kind === 'list' && conforms(sub.element, type.element);
    case 'range':
      return sub.kind === 'range' && conforms(sub.element, type.element);
    case 'context':
      if (sub.kind !== 'context') return false;
      return [...type.members].every(([name, member]) => {
        const own = sub.members.get(name);
        return own !== undefined && conforms(own, member);
      });
    case 'function': {
      if (sub.kind !== 'function') return false;
      if (type.parameters === null) return true;
      const own = sub.parameters;
      if (own === null || own.length !== type.parameters.length) return false;
      const wider = type.parameters.every((parameter, i) =>
        conforms(parameter, own[i] ?? parameter),
      );
      return wider && conforms(sub.result, type.result);
    }
    case 'null':
      return false;
    default: {
      const never: never = type;
      return never;
    }
  }
}

function isFunctionOf(type: Extract<FeelType, { kind: 'function' }>, value: FeelFunction): boolean {
  const wanted = type.parameters;
  if (wanted === null) return true;
  const any: FeelType = { kind: 'any' };
  return value.signatures.some(
    (signature) =>
      !signature.variadic &&
      signature.parameters.length === wanted.length &&
      signature.parameters.every((own, i) => conforms(wanted[i] ?? any, own.type ?? any)) &&
      (value.result === null || value.result.kind === 'any' || conforms(value.result, type.result)),
  );
}

/** FEEL's `instance of`: null is an instance of Null and, as an allowed value, of nothing else. */
export function isInstance(value: FeelValue, type: FeelType): boolean {
  if (type.kind === 'any') return value !== null;
  if (type.kind === 'null') return value === null;
  if (value === null) return false;
  return fits(value, type, false);
}

/**
 * As isInstance, but null fits every type: elements and members may be null. `strict`: the values
 * a model's type allows count; `instance of` does not ask for them.
 */
function fits(value: FeelValue, type: FeelType, strict = true): boolean {
  if (type.kind === 'any') return true;
  if (value === null) return true;
  switch (type.kind) {
    case 'null':
      return false;
    case 'simple':
      return isSimple(type.name, value);
    case 'list':
      return isList(value) && value.every((element) => fits(element, type.element, strict));
    case 'range':
      return (
        value instanceof FeelRange &&
        fits(value.start, type.element, strict) &&
        fits(value.end, type.element, strict)
      );
    case 'context':
      return (
        isContext(value) &&
        [...type.members].every(([name, member]) => {
          const own = memberOf(value, name);
          return own !== undefined && fits(own, member, strict);
        })
      );
    case 'function':
      return value instanceof FeelFunction && isFunctionOf(type, value);
    case 'named':
      if (type.allows !== null && (strict || type.unknown === true) && !type.allows(value))
        return false;
      return fits(value, type.base(), strict);
    default: {
      const never: never = type;
      return never;
    }
  }
}

function baseOf(type: FeelType): FeelType {
  return type.kind === 'named' ? baseOf(type.base()) : type;
}

function allowed(value: FeelValue, type: FeelType): boolean {
  if (type.kind !== 'named') return true;
  return (type.allows?.(value) ?? true) && allowed(value, type.base());
}

/**
 * A value as its place wants it (DMN 1.5, 10.3.2.9.4): unchanged if it conforms, the only element
 * of a list, a list of one, or a date as the midnight that begins it. undefined: it does not fit.
 */
export function convert(value: FeelValue, type: FeelType): FeelValue | undefined {
  if (value === null || fits(value, type)) return value;
  const base = baseOf(type);
  if (base.kind === 'list' && !isList(value)) {
    const element = convert(value, base.element);
    return element === undefined || !allowed([element], type) ? undefined : [element];
  }
  if (base.kind !== 'list' && isList(value)) {
    const [only = null] = value;
    return value.length === 1 && (only === null || fits(only, type)) ? only : undefined;
  }
  if (base.kind === 'simple' && base.name === 'date and time' && value instanceof FeelDate) {
    const moment = midnightUtc(value);
    return allowed(moment, type) ? moment : undefined;
  }
  return undefined;
}

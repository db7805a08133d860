import type { Run } from '../run.ts';
import { convert } from '../value/convert.ts';
import { formatType } from '../value/type.ts';
import {
  FeelFunction,
  type FeelValue,
  kindOf,
  type Parameter,
  type Signature,
} from '../value/value.ts';

/** Arguments with their names, or null if they are given by position. */
export type Arguments = {
  readonly values: readonly FeelValue[];
  readonly names: readonly string[] | null;
};

type Placed = { readonly signature: number; readonly args: readonly FeelValue[] };

function byPosition(
  signature: Signature,
  values: readonly FeelValue[],
): readonly FeelValue[] | null {
  const { parameters, required, variadic } = signature;
  if (values.length < required) return null;
  if (!variadic) return values.length <= parameters.length ? values : null;
  const fixed = parameters.length - 1;
  return [...values.slice(0, fixed), values.slice(fixed)];
}

function byName(
  signature: Signature,
  values: readonly FeelValue[],
  names: readonly string[],
): readonly FeelValue[] | null {
  const { parameters, required, variadic } = signature;
  if (variadic) return null;
  if (new Set(names).size !== names.length) return null;
  const known = names.every((name) => parameters.some((parameter) => parameter.name === name));
  if (!known) return null;
  const given = parameters.slice(0, required).every(({ name }) => names.includes(name));
  if (!given) return null;
  return parameters.map(({ name }) => values[names.indexOf(name)] ?? null);
}

function place(callee: FeelFunction, given: Arguments): readonly Placed[] {
  const places: Placed[] = [];
  for (const [signature, form] of callee.signatures.entries()) {
    const args =
      given.names === null
        ? byPosition(form, given.values)
        : byName(form, given.values, given.names);
    if (args !== null) places.push({ signature, args });
  }
  return places;
}

type Unfit = { readonly parameter: Parameter; readonly value: FeelValue };

/** Arguments as the parameters want them, or the first that does not fit. */
function converted(
  parameters: readonly Parameter[],
  given: readonly FeelValue[],
): { readonly args: readonly FeelValue[] } | Unfit {
  let args: FeelValue[] | null = null;
  for (const [i, value] of given.entries()) {
    const parameter = parameters[i];
    if (parameter === undefined || parameter.type === null || parameter.type.kind === 'any') {
      continue;
    }
    const fitting = convert(value, parameter.type);
    if (fitting === undefined) return { parameter, value };
    if (fitting !== value) {
      args ??= [...given];
      args[i] = fitting;
    }
  }
  return { args: args ?? given };
}

/** The first of the places whose parameters take the arguments; else why the first does not. */
function fitted(callee: FeelFunction, places: readonly Placed[]): Placed | Unfit | null {
  let reason: Unfit | null = null;
  for (const { signature, args } of places) {
    const result = converted(callee.signatures[signature]?.parameters ?? [], args);
    if ('args' in result) return { signature, args: result.args };
    reason ??= result;
  }
  return reason;
}

/** Calls a value with arguments. null with its reason if it is no function or they do not fit. */
export function callValue(callee: FeelValue, given: Arguments, run: Run, at: number): FeelValue {
  run.spend(1);
  if (!(callee instanceof FeelFunction)) {
    return run.nothing('feel_not_a_function', at, { found: kindOf(callee) });
  }
  const placed = fitted(callee, place(callee, given));
  if (placed === null) {
    const code = given.names === null ? 'feel_argument_missing' : 'feel_argument_unknown';
    return run.nothing(code, at, {
      function: callee.name,
      given: given.names?.join(', ') ?? String(given.values.length),
    });
  }
  if (!('args' in placed)) {
    const { parameter, value } = placed;
    return run.nothing('feel_argument_type', at, {
      function: callee.name,
      parameter: parameter.name,
      type: parameter.type === null ? 'Any' : formatType(parameter.type),
      found: kindOf(value),
    });
  }
  const result = callee.invoke({ args: placed.args, run, at }, placed.signature);
  if (callee.result === null || result === null) return result;
  const fitting = convert(result, callee.result);
  if (fitting !== undefined) return fitting;
  return run.nothing('feel_type_mismatch', at, {
    type: formatType(callee.result),
    found: kindOf(result),
  });
}

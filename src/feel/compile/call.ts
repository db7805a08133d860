import type { Run } from '../run.ts';
import { convert } from '../value/convert.ts';
import { formatType } from '../value/type.ts';
import { FeelFunction, type FeelValue, kindOf, type Signature } from '../value/value.ts';

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

function place(callee: FeelFunction, given: Arguments): Placed | null {
  for (let i = 0; i < callee.signatures.length; i += 1) {
    const signature = callee.signatures[i];
    if (signature === undefined) continue;
    const args =
      given.names === null
        ? byPosition(signature, given.values)
        : byName(signature, given.values, given.names);
    if (args !== null) return { signature: i, args };
  }
  return null;
}

/** Arguments as the parameters want them, or undefined if one does not fit. */
function converted(
  callee: FeelFunction,
  placed: Placed,
  run: Run,
  at: number,
): readonly FeelValue[] | undefined {
  const parameters = callee.signatures[placed.signature]?.parameters ?? [];
  let args: FeelValue[] | null = null;
  for (let i = 0; i < placed.args.length; i += 1) {
    const type = parameters[i]?.type ?? null;
    if (type === null || type.kind === 'any') continue;
    const value = placed.args[i] ?? null;
    const fitting = convert(value, type);
    if (fitting === undefined) {
      run.nothing('feel_argument_type', at, {
        function: callee.name,
        parameter: parameters[i]?.name ?? '',
        type: formatType(type),
        found: kindOf(value),
      });
      return undefined;
    }
    if (fitting !== value) {
      args ??= [...placed.args];
      args[i] = fitting;
    }
  }
  return args ?? placed.args;
}

/** Calls a value with arguments. null with its reason if it is no function or they do not fit. */
export function callValue(callee: FeelValue, given: Arguments, run: Run, at: number): FeelValue {
  run.spend(1);
  if (!(callee instanceof FeelFunction)) {
    return run.nothing('feel_not_a_function', at, { found: kindOf(callee) });
  }
  const placed = place(callee, given);
  if (placed === null) {
    const code = given.names === null ? 'feel_argument_missing' : 'feel_argument_unknown';
    return run.nothing(code, at, {
      function: callee.name,
      given: given.names?.join(', ') ?? String(given.values.length),
    });
  }
  const args = converted(callee, placed, run, at);
  if (args === undefined) return null;
  const result = callee.invoke({ args, run, at }, placed.signature);
  if (callee.result === null || result === null) return result;
  const fitting = convert(result, callee.result);
  if (fitting !== undefined) return fitting;
  return run.nothing('feel_type_mismatch', at, {
    type: formatType(callee.result),
    found: kindOf(result),
  });
}

import { isNumeric, truncate } from '../../base/decimal.ts';
import type { Run } from '../run.ts';
import { ANY, builtinType, formatType } from '../value/type.ts';
import {
  type Call,
  FeelFunction,
  type FeelValue,
  kindOf,
  type Parameter,
  type Signature,
} from '../value/value.ts';

/**
 * What a built-in does with arguments that already have the types of its parameters. `form` says
 * which of its signatures was called.
 */
export type Work = (args: readonly FeelValue[], call: Call, form: number) => FeelValue;

type Written = { readonly signature: Signature; readonly nullable: readonly boolean[] };

/** Reads `list: list, position: number, flags: string?`; `?` may be left out or null; `...` all. */
function written(text: string): Written {
  const parts = text === '' ? [] : text.split(', ');
  const nullable: boolean[] = [];
  let required = 0;
  let variadic = false;
  const parameters: Parameter[] = parts.map((part) => {
    const [name = '', type = 'Any'] = part.split(': ');
    const optional = type.endsWith('?');
    const known = builtinType(optional ? type.slice(0, -1) : type) ?? ANY;
    if (!optional) required += 1;
    if (name.startsWith('...')) variadic = true;
    nullable.push(optional || known.kind === 'any');
    return { name: name.replace('...', ''), type: known };
  });
  if (variadic) required = parameters.length;
  return { signature: { parameters, required, variadic }, nullable };
}

/** A built-in function with the ways it can be called. A null where none may stand gives null. */
export function define(name: string, signatures: readonly string[], work: Work): FeelFunction {
  const forms = signatures.map(written);
  return new FeelFunction({
    name,
    signatures: forms.map((form) => form.signature),
    invoke: (call, index) => {
      const form = forms[index];
      const parameters = form?.signature.parameters ?? [];
      for (let i = 0; i < parameters.length; i += 1) {
        if (call.args[i] != null || form?.nullable[i] === true) continue;
        const { name: parameter = '', type } = parameters[i] ?? {};
        return call.run.nothing('feel_argument_type', call.at, {
          function: name,
          parameter,
          type: type == null ? '' : formatType(type),
          found: 'null',
        });
      }
      return work(call.args, call, index);
    },
  });
}

/** Null, because an argument has a value or kind the function does not take. */
export function unfit(name: string, parameter: string, value: FeelValue, call: Call): null {
  return call.run.nothing('feel_argument_out_of_range', call.at, {
    function: name,
    parameter,
    found: kindOf(value),
  });
}

/** Null, because a text cannot be read as the value the function gives. */
export function unreadable(name: string, text: string, run: Run, at: number): null {
  return run.nothing('feel_text_not_a_value', at, { function: name, text: text.slice(0, 60) });
}

/** A number as a JavaScript integer, cut towards 0; null if it is beyond safe integers. */
export function smallInteger(value: FeelValue): number | null {
  if (!isNumeric(value)) return null;
  const number = Number(truncate(value));
  return Number.isSafeInteger(number) ? number : null;
}

import { type Code, Frame } from '../frame.ts';
import type { Run } from '../run.ts';
import type { Compile, Expression } from '../syntax/ast.ts';
import { memberOfValue } from '../value/member.ts';
import { type FeelValue, isList, kindOf } from '../value/value.ts';
import { itemScope, type Scope } from './scope.ts';

/** `source.name`: a member, or of a list the list of its elements' members. */
export function compilePath(
  source: Expression,
  name: string,
  at: number,
  scope: Scope,
  compile: Compile,
): Code {
  const code = compile(source, scope);
  return (frame) => member(code(frame), name, frame.run, at);
}

function member(value: FeelValue, name: string, run: Run, at: number): FeelValue {
  if (isList(value)) {
    run.makeList(value.length);
    return value.map((element) => member(element, name, run, at));
  }
  const found = memberOfValue(value, name);
  if (found !== undefined) return found;
  return run.nothing('feel_member_unknown', at, { name, found: kindOf(value) });
}

function elementAt(list: readonly FeelValue[], index: bigint, run: Run, at: number): FeelValue {
  const length = BigInt(list.length);
  const position = index < 0n ? length + index : index - 1n;
  if (index !== 0n && position >= 0n && position < length) return list[Number(position)] ?? null;
  return run.nothing('feel_index_out_of_range', at, {
    index: String(index),
    length: String(list.length),
  });
}

/**
 * `source[condition]`: the element at an index, or the elements for which the condition is true.
 */
export function compileFilter(
  filter: Extract<Expression, { kind: 'filter' }>,
  scope: Scope,
  compile: Compile,
): Code {
  const { at, boxed = false } = filter;
  const code = compile(filter.source, scope);
  const test = compile(filter.condition, itemScope(scope));
  return (frame) => {
    const { run } = frame;
    const value = code(frame);
    const list = isList(value) ? value : [value];
    const kept: FeelValue[] = [];
    for (const [i, element] of (list.length === 0 ? [null] : list).entries()) {
      run.spend(1);
      const result = test(new Frame(run, frame, [element]));
      if (typeof result === 'bigint' && i === 0) return elementAt(list, result, run, at);
      if (result === true && list.length > 0) kept.push(element);
      else if (result !== false && list.length > 0) {
        const nothing = run.nothing('feel_not_a_boolean', at, { found: kindOf(result) });
        if (boxed && result !== null) return nothing;
      }
    }
    return kept;
  };
}

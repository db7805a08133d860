import { type Code, Frame } from '../frame.ts';
import type { Run } from '../run.ts';
import type { Binding, Compile, Expression } from '../syntax/ast.ts';
import { compareValues } from '../value/compare.ts';
import { compareDates, dateOfEpochDay, epochDay, FeelDate } from '../value/date.ts';
import { FeelRange, type FeelValue, isList, kindOf } from '../value/value.ts';
import { localScope, partialScope, type Scope } from './scope.ts';

type Turn = (value: FeelValue) => boolean;
/**
 * Calls `turn` for each element until it says false. Gives false if there is nothing to go over.
 */
type Source = (frame: Frame, turn: Turn) => boolean;

function integers(start: bigint, end: bigint, run: Run, turn: Turn): boolean {
  const step = start <= end ? 1n : -1n;
  for (let i = start; step > 0n ? i <= end : i >= end; i += step) {
    run.spend(1);
    if (!turn(i)) return true;
  }
  return true;
}

function days(start: FeelDate, end: FeelDate, run: Run, turn: Turn): boolean {
  const step = compareDates(start, end) <= 0 ? 1 : -1;
  const last = epochDay(end);
  for (let day = epochDay(start); step > 0 ? day <= last : day >= last; day += step) {
    run.spend(1);
    if (!turn(dateOfEpochDay(day))) return true;
  }
  return true;
}

function between(start: FeelValue, end: FeelValue, run: Run, at: number, turn: Turn): boolean {
  if (typeof start === 'bigint' && typeof end === 'bigint') return integers(start, end, run, turn);
  if (start instanceof FeelDate && end instanceof FeelDate) return days(start, end, run, turn);
  run.nothing('feel_operand_type', at, {
    operator: '..',
    left: kindOf(start),
    right: kindOf(end),
  });
  return false;
}

/** A range as something to go over: both ends whole numbers or dates, ends left out if open. */
function overRange(range: FeelRange, run: Run, at: number, turn: Turn): boolean {
  const { start, end } = range;
  const inner = (value: FeelValue, included: boolean, towards: bigint): FeelValue => {
    if (included) return value;
    if (typeof value === 'bigint') return value + towards;
    return value instanceof FeelDate ? dateOfEpochDay(epochDay(value) + Number(towards)) : value;
  };
  const first = inner(start, range.startIncluded, 1n);
  const last = inner(end, range.endIncluded, -1n);
  const order = compareValues(start, end);
  if (order !== null && order > 0) {
    run.nothing('feel_argument_out_of_range', at, {
      function: 'for',
      parameter: 'in',
      found: 'range',
    });
    return false;
  }
  if (typeof first === 'bigint' && typeof last === 'bigint' && first > last) return true;
  return between(first, last, run, at, turn);
}

function source(binding: Binding, scope: Scope, compile: Compile): Source {
  const from = compile(binding.source, scope);
  const { at } = binding.source;
  if (binding.end !== null) {
    const to = compile(binding.end, scope);
    return (frame, turn) => between(from(frame), to(frame), frame.run, at, turn);
  }
  return (frame, turn) => {
    const value = from(frame);
    if (value === null) {
      frame.run.nothing('feel_operand_type', at, { operator: 'in', left: '', right: 'null' });
      return false;
    }
    if (value instanceof FeelRange) return overRange(value, frame.run, at, turn);
    for (const element of isList(value) ? value : [value]) {
      frame.run.spend(1);
      if (!turn(element)) return true;
    }
    return true;
  };
}

/** Runs `body` for every combination of the bindings, until it says false. */
function loop(
  bindings: readonly Binding[],
  scope: Scope,
  compile: Compile,
  inner: (scope: Scope) => (frame: Frame) => boolean,
): (frame: Frame) => boolean {
  const [binding, ...rest] = bindings;
  if (binding === undefined) return inner(scope);
  const elements = source(binding, scope, compile);
  const next = loop(rest, localScope(scope, [binding.name]), compile, inner);
  return (frame) => {
    let whole = true;
    const complete = elements(frame, (value) => {
      whole = next(new Frame(frame.run, frame, [value]));
      return whole;
    });
    return complete && whole;
  };
}

/** `for … return …`: a list of the results; `partial` is what there is so far. */
export function compileFor(
  bindings: readonly Binding[],
  body: Expression,
  scope: Scope,
  compile: Compile,
): Code {
  const outer = partialScope(scope);
  const turns = loop(bindings, outer, compile, (inside) => {
    const code = compile(body, inside);
    const hops = bindings.length;
    return (frame) => {
      let top = frame;
      for (let i = 0; i < hops; i += 1) top = top.parent ?? top;
      const results = top.slots[0] as FeelValue[];
      frame.run.makeList(1);
      if (results.length >= frame.run.limits.listLength) {
        frame.run.makeList(results.length + 1);
      }
      results.push(code(frame));
      return true;
    };
  });
  return (frame) => {
    const results: FeelValue[] = [];
    return turns(new Frame(frame.run, frame, [results])) ? results : null;
  };
}

/** `some` and `every`: true, false, or null if it cannot be said. */
export function compileQuantified(
  quantified: Extract<Expression, { kind: 'quantified' }>,
  scope: Scope,
  compile: Compile,
): Code {
  const { quantifier, bindings, body, boxed = false } = quantified;
  const decisive = quantifier === 'some';
  const outer = localScope(scope, ['']);
  const turns = loop(bindings, outer, compile, (inside) => {
    const code = compile(body, inside);
    const hops = bindings.length;
    return (frame) => {
      let top = frame;
      for (let i = 0; i < hops; i += 1) top = top.parent ?? top;
      const result = code(frame);
      if (result === decisive) {
        top.slots[0] = decisive;
        return false;
      }
      if (typeof result !== 'boolean') {
        frame.run.nothing('feel_not_a_boolean', body.at, { found: kindOf(result) });
        top.slots[0] = null;
        return !boxed || result === null;
      }
      return true;
    };
  });
  return (frame) => {
    const top = new Frame(frame.run, frame, [!decisive]);
    const complete = turns(top);
    const result = top.slots[0] ?? null;
    return complete || result === decisive ? result : null;
  };
}

import { type Code, Frame } from '../frame.ts';
import { type Comparison, type Expression, node, type UnaryTests } from '../syntax/ast.ts';
import { compareValues } from '../value/compare.ts';
import { convert, isInstance } from '../value/convert.ts';
import { formatType } from '../value/type.ts';
import { FeelFunction, FeelRange, type FeelValue, kindOf } from '../value/value.ts';
import { compileFilter, compilePath } from './access.ts';
import { callValue } from './call.ts';
import { compileFor, compileQuantified } from './iteration.ts';
import { arithmetic, comparison, negation, passes } from './operators.ts';
import { ifGiven, isLocal, localScope, readName, type Scope } from './scope.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** Turns an expression into code for a place where `scope` gives the names their meaning. */
export function compile(expression: Expression, scope: Scope): Code {
  switch (expression.kind) {
    case 'literal':
      return constant(expression);
    case 'name':
      return compileName(expression, scope);
    case 'list':
      return compileList(expression.items, scope);
    case 'context':
      return compileContext(expression, scope);
    case 'range':
      return compileRange(expression, scope);
    case 'test':
      return compileTest(expression, scope);
    case 'negate': {
      const operand = compile(expression.operand, scope);
      return (frame) => negation(operand(frame), frame.run, expression.at);
    }
    case 'arithmetic':
      return compileArithmetic(expression, scope);
    case 'comparison':
      return compileComparison(expression, scope);
    case 'logic':
      return compileLogic(expression, scope);
    case 'between':
      return compileBetween(expression, scope);
    case 'in':
      return compileIn(expression, scope);
    case 'instance': {
      const value = compile(expression.value, scope);
      return (frame) => isInstance(value(frame), expression.type);
    }
    case 'path':
      return compilePath(expression.source, expression.name, expression.at, scope, compile);
    case 'filter':
      return compileFilter(expression, scope, compile);
    case 'call':
      return compileCall(expression, scope);
    case 'if':
      return compileIf(expression, scope);
    case 'for':
      return compileFor(expression.bindings, expression.body, scope, compile);
    case 'quantified':
      return compileQuantified(expression, scope, compile);
    case 'function':
      return compileFunction(expression, scope);
    case 'typed':
      return compileTyped(expression, scope);
    case 'made':
      return expression.compile(scope);
    default: {
      const never: never = expression;
      return never;
    }
  }
}

/**
 * A name. One with a dot in it may be declared elsewhere in the model and be a path here: then it
 * is read as one unless the values hold it as a whole.
 */
function compileName(expression: Of<'name'>, scope: Scope): Code {
  const { name, at } = expression;
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || isLocal(scope, name)) return readName(scope, name, at);
  const whole = ifGiven(scope, name);
  const source = node(at, [], { kind: 'name', name: name.slice(0, dot).trim() });
  const path = compilePath(source, name.slice(dot + 1).trim(), at, scope, compile);
  return (frame) => whole(frame) ?? path(frame);
}

function constant(expression: Of<'literal'>): Code {
  const value = expression.value as FeelValue;
  return () => value;
}

function compileList(items: readonly Expression[], scope: Scope): Code {
  const codes = items.map((item) => compile(item, scope));
  return (frame) => {
    frame.run.makeList(codes.length);
    return codes.map((code) => code(frame));
  };
}

function compileContext(expression: Of<'context'>, scope: Scope): Code {
  const names = expression.entries.map((entry) => entry.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const codes = expression.entries.map((entry, i) =>
    compile(entry.value, localScope(scope, names.slice(0, i))),
  );
  const { at } = expression;
  if (twice !== undefined) {
    return (frame) => frame.run.nothing('feel_context_key_duplicate', at, { name: twice });
  }
  return (frame) => {
    frame.run.spend(1);
    const inner = new Frame(frame.run, frame, []);
    const context: Record<string, FeelValue> = Object.create(null);
    for (let i = 0; i < codes.length; i += 1) {
      const value = codes[i]?.(inner) ?? null;
      inner.slots.push(value);
      context[names[i] ?? ''] = value;
    }
    return context;
  };
}

function compileRange(expression: Of<'range'>, scope: Scope): Code {
  const start = compile(expression.start, scope);
  const end = compile(expression.end, scope);
  const { startIncluded, endIncluded } = expression;
  return (frame) =>
    new FeelRange('interval', {
      startIncluded,
      start: start(frame),
      end: end(frame),
      endIncluded,
    });
}

function compileTest(expression: Of<'test'>, scope: Scope): Code {
  const operand = compile(expression.operand, scope);
  const { form } = expression;
  const equal = form === '=';
  const upper = form === '<' || form === '<=';
  const both = equal || form === '!=';
  return (frame) => {
    const value = operand(frame);
    return new FeelRange(form, {
      startIncluded: equal || form === '>=',
      start: upper ? null : value,
      end: upper || both ? value : null,
      endIncluded: equal || form === '<=',
    });
  };
}

function compileArithmetic(expression: Of<'arithmetic'>, scope: Scope): Code {
  const left = compile(expression.left, scope);
  const right = compile(expression.right, scope);
  const { operator, at } = expression;
  return (frame) => arithmetic(operator, left(frame), right(frame), frame.run, at);
}

function integersHold(operator: Comparison, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default: {
      const never: never = operator;
      return never;
    }
  }
}

function compileComparison(expression: Of<'comparison'>, scope: Scope): Code {
  const left = compile(expression.left, scope);
  const right = compile(expression.right, scope);
  const { operator, at } = expression;
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    if (typeof a === 'bigint' && typeof b === 'bigint') return integersHold(operator, a, b);
    return comparison(operator, a, b, frame.run, at);
  };
}

/** Three-valued logic: what is not a boolean counts as unknown. */
function compileLogic(expression: Of<'logic'>, scope: Scope): Code {
  const left = compile(expression.left, scope);
  const right = compile(expression.right, scope);
  const decisive = expression.operator === 'or';
  const { at } = expression;
  return (frame) => {
    const a = left(frame);
    if (a === decisive) return decisive;
    const b = right(frame);
    if (b === decisive) return decisive;
    if (typeof a === 'boolean' && typeof b === 'boolean') return !decisive;
    const found = kindOf(typeof a === 'boolean' ? b : a);
    return frame.run.nothing('feel_not_a_boolean', at, { found });
  };
}

function compileBetween(expression: Of<'between'>, scope: Scope): Code {
  const value = compile(expression.value, scope);
  const low = compile(expression.low, scope);
  const high = compile(expression.high, scope);
  return (frame) => {
    const found = value(frame);
    const [from, to] = [low(frame), high(frame)];
    const above = compareValues(found, from);
    const below = compareValues(found, to);
    if (above !== null && below !== null) return above >= 0 && below <= 0;
    return frame.run.nothing('feel_not_comparable', expression.at, {
      operator: 'between',
      left: kindOf(found),
      right: kindOf(above === null ? from : to),
    });
  };
}

function compileIn(expression: Of<'in'>, scope: Scope): Code {
  const value = compile(expression.value, scope);
  const tests = expression.tests.map((test) => compile(test, scope));
  return (frame) => {
    const found = value(frame);
    let result: boolean | null = false;
    for (const test of tests) {
      const passed = passes(found, test(frame), frame.run, expression.at);
      if (passed === true) return true;
      if (passed === null) result = null;
    }
    return result;
  };
}

function compileCall(expression: Of<'call'>, scope: Scope): Code {
  const callee = compile(expression.callee, scope);
  const args = expression.args.map((arg) => compile(arg, scope));
  const { names, at, callee: written } = expression;
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    const called = callee(frame);
    if (called === null && written.kind === 'name') {
      return frame.run.nothing('feel_not_a_function', at, { found: written.name });
    }
    return callValue(called, { values, names }, frame.run, at);
  };
}

function compileIf(expression: Of<'if'>, scope: Scope): Code {
  const condition = compile(expression.condition, scope);
  const consequence = compile(expression.consequence, scope);
  const otherwise = compile(expression.otherwise, scope);
  const { at } = expression.condition;
  if (expression.boxed !== true) {
    return (frame) => (condition(frame) === true ? consequence(frame) : otherwise(frame));
  }
  return (frame) => {
    const value = condition(frame);
    if (value === true) return consequence(frame);
    if (value === false || value === null) return otherwise(frame);
    return frame.run.nothing('feel_not_a_boolean', at, { found: kindOf(value) });
  };
}

function compileFunction(expression: Of<'function'>, scope: Scope): Code {
  const { parameters, body, at } = expression;
  const names = parameters.map((parameter) => parameter.name);
  const code = body === null ? null : compile(body, localScope(scope, names));
  const levels = expression.height;
  const signatures = [{ parameters, required: parameters.length, variadic: false }];
  return (frame) =>
    new FeelFunction({
      name: '',
      signatures,
      invoke: ({ args, run }) => {
        if (code === null) return run.nothing('feel_external_function', at);
        run.enter(levels);
        const result = code(new Frame(run, frame, [...args]));
        run.leave(levels);
        return result;
      },
    });
}

function compileTyped(expression: Of<'typed'>, scope: Scope): Code {
  const code = compile(expression.value, scope);
  const { type, at } = expression;
  return (frame) => {
    const value = code(frame);
    const fitting = convert(value, type);
    if (fitting !== undefined) return fitting;
    return frame.run.nothing('feel_type_mismatch', at, {
      type: formatType(type),
      found: kindOf(value),
    });
  };
}

function mentionsInput(expression: Expression): boolean {
  let found = false;
  const visit = (part: unknown): void => {
    if (found || typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      for (const element of part) visit(element);
      return;
    }
    const candidate = part as { kind?: unknown; name?: unknown };
    if (candidate.kind === 'literal') return;
    if (candidate.kind === 'name' && candidate.name === '?') {
      found = true;
      return;
    }
    for (const [key, member] of Object.entries(part)) if (key !== 'type') visit(member);
  };
  visit(expression);
  return found;
}

/**
 * Code for the tests of a cell. It finds the tested value in slot 0 of its frame, under the name
 * `?`, and gives true, false, or null if no test can be decided.
 */
export function compileTests(cell: UnaryTests, scope: Scope): Code {
  const inside = localScope(scope, ['?']);
  if (cell.anything) return () => true;
  const tests = cell.tests.map((test) => compileCellTest(test, inside));
  const { negated } = cell;
  return (frame) => {
    let result: FeelValue = false;
    for (const test of tests) {
      const passed = test(frame);
      if (passed === true) return !negated;
      if (passed !== false) result = null;
    }
    return result === false ? negated : null;
  };
}

function compileCellTest(test: Expression, scope: Scope): Code {
  const code = compile(test, scope);
  // A test that asks about `?` answers for itself; any other is compared with the value.
  if (test.kind !== 'test' && mentionsInput(test)) {
    return (frame) => {
      const result = code(frame);
      if (typeof result === 'boolean') return result;
      return passes(frame.slots[0] ?? null, result, frame.run, test.at);
    };
  }
  return (frame) => passes(frame.slots[0] ?? null, code(frame), frame.run, test.at);
}

/**
 * The seam to FEEL: the kernel keeps an expression's text beside what evaluates it, and knows no
 * other language for conditions, timers and mappings.
 */
import { isNumber, isValueList, type Value, type Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';

export type Expression = {
  readonly text: string;
  /** Never throws for data: what cannot be computed is null. */
  readonly evaluate: (values: Values) => Value;
};

/** A FEEL expression; a leading '=' is left out. Refuses `expression_invalid`. */
export function feel(text: string): Result<Expression, 'expression_invalid'> {
  const source = text.trim().replace(/^=/, '').trim();
  const tokens = source.match(/"[^"]*"|[A-Za-z_$][\w.$]*|\d+|<=|>=|!=|[=<>+\-*(),]|\S/g) ?? [];
  const parser = { tokens, at: 0, failed: tokens.length === 0 };
  const evaluate = parseOr(parser);
  if (parser.failed || parser.at < tokens.length) return refuse('expression_invalid', { text });
  return ok({ text: source, evaluate });
}

/** A value that is what it says. */
export function literal(value: string): Expression {
  return { text: JSON.stringify(value), evaluate: () => value };
}

/** The variable of this name. */
export function variable(name: string): Expression {
  return { text: name, evaluate: (values) => values[name] ?? null };
}

type Parser = { tokens: string[]; at: number; failed: boolean };
type Eval = (values: Values) => Value;

function take(parser: Parser, ...options: string[]): string | null {
  const token = parser.tokens[parser.at];
  if (token === undefined || !options.includes(token)) return null;
  parser.at += 1;
  return token;
}
function parseOr(parser: Parser): Eval {
  let left = parseAnd(parser);
  while (take(parser, 'or')) {
    const [one, two] = [left, parseAnd(parser)];
    left = (values) => one(values) === true || two(values) === true;
  }
  return left;
}
function parseAnd(parser: Parser): Eval {
  let left = parseCompare(parser);
  while (take(parser, 'and')) {
    const [one, two] = [left, parseCompare(parser)];
    left = (values) => one(values) === true && two(values) === true;
  }
  return left;
}
function parseCompare(parser: Parser): Eval {
  const left = parseSum(parser);
  const operator = take(parser, '=', '!=', '<', '>', '<=', '>=');
  if (operator === null) return left;
  const right = parseSum(parser);
  return (values) => compare(operator, left(values), right(values));
}
function compare(operator: string, left: Value, right: Value): Value {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (left === null || right === null || typeof left !== typeof right) return null;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}
function parseSum(parser: Parser): Eval {
  let left = parsePrimary(parser);
  for (
    let operator = take(parser, '+', '-');
    operator !== null;
    operator = take(parser, '+', '-')
  ) {
    const [one, two, sign] = [left, parsePrimary(parser), operator === '+' ? 1n : -1n];
    left = (values) => {
      const [first, second] = [one(values), two(values)];
      if (typeof first !== 'bigint' || typeof second !== 'bigint') return null;
      return first + sign * second;
    };
  }
  return left;
}
function parsePrimary(parser: Parser): Eval {
  const token = parser.tokens[parser.at] ?? '';
  parser.at += 1;
  if (/^\d/.test(token)) return () => BigInt(token);
  if (token === '-') {
    const inner = parsePrimary(parser);
    return (values) => {
      const value = inner(values);
      return typeof value === 'bigint' ? -value : null;
    };
  }
  if (token.startsWith('"')) return () => token.slice(1, -1);
  if (token === '(') {
    const inner = parseOr(parser);
    if (!take(parser, ')')) parser.failed = true;
    return inner;
  }
  if (!/^[A-Za-z_$]/.test(token)) parser.failed = true;
  if (take(parser, '(')) return parseCall(parser, token);
  if (token === 'true' || token === 'false') return () => token === 'true';
  if (token === 'null') return () => null;
  const path = token.split('.');
  return (values) => {
    let value: Value = values;
    for (const name of path) {
      if (typeof value !== 'object' || value === null || isValueList(value) || isNumber(value)) {
        return null;
      }
      value = (value as Values)[name] ?? null;
    }
    return value;
  };
}
function parseCall(parser: Parser, name: string): Eval {
  const parts: Eval[] = [];
  while (!take(parser, ')') && !parser.failed) {
    parts.push(parseOr(parser));
    if (!take(parser, ',') && parser.tokens[parser.at] !== ')') parser.failed = true;
  }
  return (values) => {
    const [one, two] = parts.map((part) => part(values));
    if (name === 'contains' && typeof one === 'string' && typeof two === 'string') {
      return one.includes(two);
    }
    if (name === 'count' && one !== undefined && isValueList(one)) return BigInt(one.length);
    if (name === 'not' && typeof one === 'boolean') return !one;
    return null;
  };
}

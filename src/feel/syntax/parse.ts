import { ok, type Result, refuse } from '../../base/result.ts';
import { builtinType } from '../value/type.ts';
import type { Expression, UnaryTests } from './ast.ts';
import { type SyntaxCode, tokenize } from './lexer.ts';
import { NameTable } from './names.ts';
import { Parser } from './parser.ts';
import { Reader, SyntaxFault, type Vocabulary } from './reader.ts';

function parsed<T>(
  text: string,
  vocabulary: Vocabulary,
  read: (parser: Parser) => T,
): Result<T, SyntaxCode> {
  const tokens = tokenize(text);
  if (!tokens.ok) return tokens;
  const reader = new Reader(tokens.value, vocabulary);
  try {
    const result = read(new Parser(reader));
    if (reader.peek().kind !== 'end') reader.fail();
    return ok(result);
  } catch (error) {
    if (error instanceof SyntaxFault) return refuse(error.code, error.facts);
    throw error;
  }
}

/** Reads an expression. Refusals: feel_syntax (with `at` and `found`), too long, too deep. */
export function parseExpression(text: string, words: Vocabulary): Result<Expression, SyntaxCode> {
  return parsed(text, words, (parser) => parser.expression());
}

/** Reads the tests of a decision table's cell. */
export function parseUnaryTests(text: string, words: Vocabulary): Result<UnaryTests, SyntaxCode> {
  return parsed(text, words, (parser) => parser.unaryTests());
}

/** No names and no types but the language's own. */
export const PLAIN: Vocabulary = {
  names: new NameTable(['date and time', 'years and months duration', 'days and time duration']),
  typeNamed: builtinType,
  typeNames: new NameTable([]),
};

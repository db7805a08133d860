import { ANY, builtinType, type FeelType } from '../value/type.ts';
import { NameTable, normalName, spelled, wordRun } from './names.ts';
import { type Reader, SyntaxFault } from './reader.ts';

const WORDY = new NameTable([
  'date and time',
  'years and months duration',
  'days and time duration',
]);

/** Types within types. */
const DEPTH_MAX = 50;

function between<T>(reader: Reader, read: () => T): T {
  reader.expect('<');
  const result = read();
  // `>>` and `>=` never occur: the lexer gives single signs, and nothing follows but '>' or ','.
  reader.expect('>');
  return result;
}

function contextType(reader: Reader): FeelType {
  const members = new Map<string, FeelType>();
  return between(reader, () => {
    while (!reader.is('>')) {
      if (members.size > 0) reader.expect(',');
      const from = reader.position;
      while (!reader.is(':')) {
        if (reader.peek().kind === 'end') reader.fail();
        reader.position += 1;
      }
      const name = normalName(spelled(reader.tokens, from, reader.position));
      reader.expect(':');
      members.set(name, parseType(reader));
    }
    return { kind: 'context', members };
  });
}

function functionType(reader: Reader): FeelType {
  const parameters: FeelType[] = [];
  between(reader, () => {
    while (!reader.is('>')) {
      if (parameters.length > 0) reader.expect(',');
      parameters.push(parseType(reader));
    }
  });
  reader.expect('-');
  reader.expect('>');
  return { kind: 'function', parameters, result: parseType(reader) };
}

/**
 * Reads a type: `number`, `list<string>`, `context<a: date>`, `function<number> -> Any`, `tLoan`.
 */
export function parseType(reader: Reader): FeelType {
  reader.typeDepth += 1;
  if (reader.typeDepth > DEPTH_MAX) {
    throw new SyntaxFault('feel_text_too_deep', { depthMax: String(DEPTH_MAX) });
  }
  const type = typeHere(reader);
  reader.typeDepth -= 1;
  return type;
}

function typeHere(reader: Reader): FeelType {
  if (reader.peek().kind !== 'word') reader.fail();
  if (reader.is('<', 1)) {
    const { text } = reader.peek();
    reader.position += 1;
    switch (text) {
      case 'list':
        return { kind: 'list', element: between(reader, () => parseType(reader)) };
      case 'range':
        return { kind: 'range', element: between(reader, () => parseType(reader)) };
      case 'context':
        return contextType(reader);
      case 'function':
        return functionType(reader);
      default:
        return reader.fail();
    }
  }
  return namedType(reader);
}

function namedType(reader: Reader): FeelType {
  const { tokens, position, vocabulary } = reader;
  const known = vocabulary.typeNames.longest(tokens, position)?.length ?? 0;
  const wordy = WORDY.longest(tokens, position)?.length ?? 0;
  let length = Math.max(known, wordy, wordRun(tokens, position));
  while (
    known < length &&
    reader.is('.', length) &&
    tokens[position + length + 1]?.kind === 'word'
  ) {
    length += 1 + wordRun(tokens, position + length + 1);
  }
  const name = normalName(spelled(tokens, position, position + length));
  reader.position += length;
  const type = vocabulary.typeNamed(name) ?? builtinType(name);
  if (type !== null) return type;
  // A type nobody declared: no value is an instance of it.
  return { kind: 'named', name, base: () => ANY, allows: () => false, unknown: true };
}

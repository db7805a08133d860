import { type Token, tokenize } from './lexer.ts';

/** Words that end a name nobody declared; a declared name may hold them. */
const OPERATORS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'in',
  'between',
  'then',
  'else',
  'return',
  'satisfies',
  'instance',
  'external',
]);

const RESERVED: ReadonlySet<string> = new Set([
  ...OPERATORS,
  'if',
  'for',
  'some',
  'every',
  'function',
  'true',
  'false',
  'null',
]);

/** A word that stands for itself and so begins no name. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}

/** A word that stands between two expressions and so begins none. */
export function isOperator(word: string): boolean {
  return OPERATORS.has(word);
}

/** A name with its white space made single blanks. */
export function normalName(name: string): string {
  return name.trim().replace(/\s+/gu, ' ');
}

const PLAIN_WORD = /^[\p{L}_]+$/u;

/** Names that begin with one word, and the numbers of tokens they have, longest first. */
type Family = { readonly names: Set<string>; lengths: readonly number[] };

/**
 * The names of one scope that have more than one part. Single words need no declaration; a name
 * with blanks only neither, unless it holds a word such as `and`.
 */
export class NameTable {
  readonly #families = new Map<string, Family>();
  readonly #parent: NameTable | null;

  constructor(names: Iterable<string>, parent: NameTable | null = null) {
    this.#parent = parent;
    for (const name of names) this.add(name);
  }

  /** Declares a name. */
  add(written: string): void {
    const name = normalName(written);
    const tokens = PLAIN_WORD.test(name) ? null : tokenize(name);
    if (tokens === null || !tokens.ok) return;
    const length = tokens.value.length - 1;
    const first = tokens.value[0]?.text ?? '';
    const family = this.#families.get(first);
    if (family === undefined) {
      this.#families.set(first, { names: new Set([name]), lengths: [length] });
      return;
    }
    family.names.add(name);
    if (!family.lengths.includes(length)) {
      family.lengths = [...family.lengths, length].sort((a, b) => b - a);
    }
  }

  /** The longest declared name that stands at `from`, with its number of tokens; or null. */
  longest(tokens: readonly Token[], from: number): { name: string; length: number } | null {
    const outer = this.#parent?.longest(tokens, from) ?? null;
    const family = this.#families.get(tokens[from]?.text ?? '');
    for (const length of family?.lengths ?? []) {
      if (length <= (outer?.length ?? 0)) break;
      // `a-b` is a name only as it was declared: `a - b` stays a subtraction.
      const name = spelled(tokens, from, from + length);
      if (family?.names.has(name) && !holdsText(tokens, from, length)) return { name, length };
    }
    return outer;
  }
}

function holdsText(tokens: readonly Token[], from: number, length: number): boolean {
  return tokens.slice(from, from + length).some((token) => token.kind === 'string');
}

/** How many tokens from `from` make a name of words and whole numbers, whatever it is called. */
export function wordRun(tokens: readonly Token[], from: number): number {
  let length = 1;
  for (;;) {
    const token = tokens[from + length];
    if (token === undefined || !token.spaced) return length;
    const word = token.kind === 'word' && !OPERATORS.has(token.text);
    const digits = token.kind === 'number' && /^\d+$/.test(token.text);
    if (!word && !digits) return length;
    length += 1;
  }
}

/** Tokens from..to as they are written, with single blanks. */
export function spelled(tokens: readonly Token[], from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    text += i > from && token.spaced ? ` ${token.text}` : token.text;
  }
  return text;
}

import { type Token, tokenize } from './lexer.ts';

type Part = { readonly text: string; readonly spaced: boolean; readonly symbol: boolean };

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

function partsOf(name: string): readonly Part[] {
  const tokens = tokenize(name);
  if (!tokens.ok) return [];
  return tokens.value.slice(0, -1).map(({ kind, text, spaced }) => ({
    text,
    spaced,
    symbol: kind === 'symbol',
  }));
}

/** A word that stands between two expressions and so begins none. */
export function isOperator(word: string): boolean {
  return OPERATORS.has(word);
}

/** A name with its white space made single blanks. */
export function normalName(name: string): string {
  return name.trim().replace(/\s+/gu, ' ');
}

/**
 * The names of one scope that have more than one part. Single words need no declaration; a name
 * with blanks only neither, unless it holds a word such as `and`.
 */
export class NameTable {
  readonly #byFirst = new Map<string, { parts: readonly Part[]; name: string }[]>();
  readonly #parent: NameTable | null;

  constructor(names: Iterable<string>, parent: NameTable | null = null) {
    this.#parent = parent;
    for (const name of names) this.#add(normalName(name));
  }

  #add(name: string): void {
    const parts = partsOf(name);
    const first = parts[0];
    if (first === undefined) return;
    const same = this.#byFirst.get(first.text);
    if (same === undefined) this.#byFirst.set(first.text, [{ parts, name }]);
    else if (!same.some((other) => other.name === name)) same.push({ parts, name });
  }

  /** The longest declared name that stands at `from`, with its number of tokens; or null. */
  longest(tokens: readonly Token[], from: number): { name: string; length: number } | null {
    let best = this.#parent?.longest(tokens, from) ?? null;
    for (const { parts, name } of this.#byFirst.get(tokens[from]?.text ?? '') ?? []) {
      if (parts.length <= (best?.length ?? 0)) continue;
      if (parts.every((part, i) => sameToken(part, parts[i - 1], tokens[from + i], i))) {
        best = { name, length: parts.length };
      }
    }
    return best;
  }
}

function sameToken(
  part: Part,
  before: Part | undefined,
  token: Token | undefined,
  index: number,
): boolean {
  if (token === undefined || token.kind === 'string' || token.text !== part.text) return false;
  // `a-b` is a name only as it was declared: `a - b` stays a subtraction.
  const glued = part.symbol || before?.symbol === true;
  return index === 0 || !glued || token.spaced === part.spaced;
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

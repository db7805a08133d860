import { ok, type Result, refuse } from '../../base/result.ts';

export type TokenKind = 'number' | 'string' | 'word' | 'symbol' | 'end';

/** A piece of text. `text` of a string is its content; `spaced`: white space stands before it. */
export type Token = {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
  readonly end: number;
  readonly spaced: boolean;
};

/** Characters of one expression. */
export const TEXT_LENGTH_MAX = 100_000;

export type SyntaxCode = 'feel_syntax' | 'feel_text_too_long' | 'feel_text_too_deep';

const START =
  '?A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF' +
  '\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD' +
  '\\u{10000}-\\u{EFFFF}';
const SPACE = /[\s\u0085\u180E\u200B\u2060\uFEFF]+/uy;
const COMMENT = /\/\/[^\n\r]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//uy;
const WORD = new RegExp(`[${START}][${START}0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]*`, 'uy');
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/uy;
const STRING = /"(?:[^"\\]|\\[\s\S])*"/uy;
const SYMBOL = /\*\*|\.\.|<=|>=|!=|[-+*/()[\]{},:.<>=@'’]/uy;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|([\s\S]))/gu;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readEscapes(content: string): string {
  return content.replace(ESCAPE, (whole, four, six, char) => {
    if (four !== undefined) return String.fromCharCode(Number.parseInt(four, 16));
    if (six !== undefined) {
      const point = Number.parseInt(six, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (char === '"' || char === '\\' || char === "'") return char;
    // An unknown escape stays as written: patterns such as "\d" need no doubled backslash.
    return ESCAPED[char] ?? whole;
  });
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', WORD],
  ['number', NUMBER],
  ['string', STRING],
  ['symbol', SYMBOL],
];

/** Splits a text into tokens; the last one is of kind 'end'. Refusals: too long, a stray sign. */
export function tokenize(text: string): Result<readonly Token[], SyntaxCode> {
  if (text.length > TEXT_LENGTH_MAX) {
    return refuse('feel_text_too_long', { lengthMax: String(TEXT_LENGTH_MAX) });
  }
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  scan: while (at < text.length) {
    const blank = matchAt(SPACE, text, at) ?? matchAt(COMMENT, text, at);
    if (blank !== null) {
      at += blank.length;
      spaced = true;
      continue;
    }
    for (const [kind, pattern] of PATTERNS) {
      const found = matchAt(pattern, text, at);
      if (found === null) continue;
      const content = kind === 'string' ? readEscapes(found.slice(1, -1)) : found;
      tokens.push({ kind, text: content, at, end: at + found.length, spaced });
      at += found.length;
      spaced = false;
      continue scan;
    }
    return refuse('feel_syntax', { at: String(at), found: text.slice(at, at + 1) });
  }
  tokens.push({ kind: 'end', text: '', at, end: at, spaced });
  return ok(tokens);
}

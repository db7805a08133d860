import type { CharacterSet, ParsedPattern, Pattern, SetPart } from './ast.ts';
import { classOf, propertyOf, without } from './sets.ts';

/** Thrown inside the reader of patterns and caught at its entrance. */
class BadPattern extends Error {
  override readonly name = 'BadPattern';
}

/** Levels of groups in one pattern, and turns a repetition may name. */
const DEPTH_MAX = 100;
const REPEAT_MAX = 1000;

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9 };
const SIGNS = '\\|.?*+(){}[]$^-';

function single(point: number): CharacterSet {
  return { parts: [{ low: point, high: point }], negated: false };
}

class PatternReader {
  readonly #text: readonly string[];
  #at = 0;
  #depth = 0;
  groups = 0;
  readonly #closed = new Set<number>();
  backReferences = false;

  constructor(text: string) {
    this.#text = [...text];
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #take(char: string): boolean {
    if (this.#peek() !== char || char === '') return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const char = this.#peek();
    if (char === '') throw new BadPattern();
    this.#at += 1;
    return char;
  }

  whole(): Pattern {
    const root = this.#choice();
    if (this.#peek() !== '') throw new BadPattern();
    return root;
  }

  #choice(): Pattern {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new BadPattern();
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth -= 1;
    return options.length === 1 && options[0] !== undefined
      ? options[0]
      : { kind: 'choice', options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (!['', '|', ')'].includes(this.#peek())) parts.push(this.#repeated(this.#atom()));
    return { kind: 'sequence', parts };
  }

  #repeated(body: Pattern): Pattern {
    const char = this.#peek();
    let bounds: readonly [number, number | null] | null = null;
    if (char === '?') bounds = [0, 1];
    else if (char === '*') bounds = [0, null];
    else if (char === '+') bounds = [1, null];
    if (bounds !== null) this.#at += 1;
    else if (char === '{') bounds = this.#counts();
    else return body;
    const lazy = this.#take('?');
    if (['?', '*', '+', '{'].includes(this.#peek())) throw new BadPattern();
    return { kind: 'repeat', body, min: bounds[0], max: bounds[1], lazy };
  }

  #counts(): readonly [number, number | null] {
    let inside = '';
    this.#next();
    while (!this.#take('}')) inside += this.#next();
    const parts = /^(\d{1,4})(,(\d{0,4}))?$/.exec(inside);
    if (parts === null) throw new BadPattern();
    const min = Number(parts[1]);
    const max = parts[2] === undefined ? min : parts[3] === '' ? null : Number(parts[3]);
    if (min > REPEAT_MAX || (max !== null && (max < min || max > REPEAT_MAX))) {
      throw new BadPattern();
    }
    return [min, max];
  }

  #atom(): Pattern {
    const char = this.#next();
    switch (char) {
      case '.':
        return { kind: 'any' };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', set: this.#set() };
      case '\\':
        return this.#escape();
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ']':
        throw new BadPattern();
      default:
        return { kind: 'set', set: single(char.codePointAt(0) ?? 0) };
    }
  }

  #group(): Pattern {
    let index: number | null = null;
    if (this.#take('?')) {
      if (!this.#take(':')) throw new BadPattern();
    } else {
      this.groups += 1;
      index = this.groups;
    }
    const body = this.#choice();
    if (!this.#take(')')) throw new BadPattern();
    if (index !== null) this.#closed.add(index);
    return { kind: 'group', index, body };
  }

  #escape(): Pattern {
    const char = this.#peek();
    if (/[1-9]/.test(char)) {
      this.#at += 1;
      let index = Number(char);
      while (/\d/.test(this.#peek()) && this.#closed.has(index * 10 + Number(this.#peek()))) {
        index = index * 10 + Number(this.#next());
      }
      if (!this.#closed.has(index)) throw new BadPattern();
      this.backReferences = true;
      return { kind: 'back', index };
    }
    return { kind: 'set', set: { parts: this.#escapedParts(), negated: false } };
  }

  /** After a backslash: one character, or a class of characters. */
  #escapedParts(): readonly SetPart[] {
    const char = this.#next();
    if (char === 'p' || char === 'P') {
      if (!this.#take('{')) throw new BadPattern();
      let name = '';
      while (!this.#take('}')) name += this.#next();
      const parts = propertyOf(name, char === 'P');
      if (parts === null) throw new BadPattern();
      return parts;
    }
    const point = ESCAPES[char] ?? (SIGNS.includes(char) ? char.codePointAt(0) : undefined);
    const parts = point === undefined ? classOf(char) : single(point).parts;
    if (parts === null) throw new BadPattern();
    return parts;
  }

  #set(): CharacterSet {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new BadPattern();
    const negated = this.#take('^');
    const parts: SetPart[] = [];
    let minus: CharacterSet | null = null;
    while (!this.#take(']') || parts.length === 0) {
      if (this.#peek() === '-' && this.#text[this.#at + 1] === '[' && parts.length > 0) {
        this.#at += 2;
        minus = this.#set();
        if (!this.#take(']')) throw new BadPattern();
        break;
      }
      if (parts.length === 0 && this.#text[this.#at - 1] === ']') throw new BadPattern();
      parts.push(...this.#setPart());
    }
    this.#depth -= 1;
    const set = { parts, negated };
    const result = minus === null ? set : without(set, minus);
    if (result === null) throw new BadPattern();
    return result;
  }

  #setPart(): readonly SetPart[] {
    const parts = this.#setAtom();
    const first = parts[0];
    const ranged = this.#peek() === '-' && !['[', ']', ''].includes(this.#text[this.#at + 1] ?? '');
    const isPoint = parts.length === 1 && first !== undefined && 'low' in first;
    if (!ranged || !isPoint || first.low !== first.high) return parts;
    const before = this.#at;
    this.#at += 1;
    const end = this.#setAtom();
    const last = end[0];
    if (end.length !== 1 || last === undefined || !('low' in last) || last.low !== last.high) {
      this.#at = before + 1;
      return [first, { low: 0x2d, high: 0x2d }];
    }
    if (last.low < first.low) {
      // `9-.` cannot be a run: XPath's own tests take the sign in the middle as itself.
      if (first.low !== 0x2d && last.low !== 0x2d) throw new BadPattern();
      return [first, { low: 0x2d, high: 0x2d }, last];
    }
    return [{ low: first.low, high: last.low }];
  }

  #setAtom(): readonly SetPart[] {
    const char = this.#next();
    if (char === '\\') return this.#escapedParts();
    if (char === '[') throw new BadPattern();
    return single(char.codePointAt(0) ?? 0).parts;
  }
}

/** Removes white space outside brackets, which is what the flag x asks for. */
function squeezed(text: string): string {
  let result = '';
  let level = 0;
  let escaped = false;
  for (const char of text) {
    if (!escaped && char === '[') level += 1;
    else if (!escaped && char === ']') level -= 1;
    if (level === 0 && /[\t\n\r ]/.test(char)) continue;
    result += char;
    escaped = !escaped && char === '\\';
  }
  return result;
}

/**
 * Reads a pattern with its flags (s, m, i, x, q). null: the pattern or a flag is not one of
 * XPath's, or it names too many turns or levels.
 */
export function parsePattern(text: string, flags: string): ParsedPattern | null {
  if (!/^[smixq]*$/.test(flags)) return null;
  const on = (flag: string): boolean => flags.includes(flag);
  const meaning = { i: on('i'), s: on('s'), m: on('m') };
  if (on('q')) {
    const parts = [...text].map((char): Pattern => {
      return { kind: 'set', set: single(char.codePointAt(0) ?? 0) };
    });
    return { root: { kind: 'sequence', parts }, groups: 0, backReferences: false, flags: meaning };
  }
  const reader = new PatternReader(on('x') ? squeezed(text) : text);
  try {
    const root = reader.whole();
    const { groups, backReferences } = reader;
    return { root, groups, backReferences, flags: meaning };
  } catch (error) {
    if (error instanceof BadPattern) return null;
    throw error;
  }
}

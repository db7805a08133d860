import type { Run } from '../run.ts';
import type { CharacterSet, ParsedPattern, Pattern } from './ast.ts';
import { bracket } from './sets.ts';

/** Where a match begins and ends, in code points, and its groups. */
export type Found = {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (readonly [number, number] | null)[];
};

type Next = (at: number) => boolean;

function setTest(set: CharacterSet, ignoreCase: boolean): (char: string) => boolean {
  const text = bracket(set, (point) => `\\u{${point.toString(16)}}`);
  const pattern = new RegExp(`^${text}$`, ignoreCase ? 'iu' : 'u');
  return (char) => pattern.test(char);
}

/**
 * Finds a pattern that refers back to its own groups, which no automaton can. Every step spends
 * fuel, so that a pattern that would try without end is refused like a loop.
 */
export class Backtracker {
  readonly #pattern: ParsedPattern;
  readonly #text: readonly string[];
  readonly #run: Run;
  readonly #tests = new Map<CharacterSet, (char: string) => boolean>();
  #groups: (readonly [number, number] | null)[] = [];

  constructor(pattern: ParsedPattern, text: readonly string[], run: Run) {
    this.#pattern = pattern;
    this.#text = text;
    this.#run = run;
  }

  /** The first match that begins at `from` or later. */
  find(from: number): Found | null {
    for (let start = from; start <= this.#text.length; start += 1) {
      this.#groups = new Array(this.#pattern.groups + 1).fill(null);
      let end = -1;
      const matched = this.#match(this.#pattern.root, start, (at) => {
        end = at;
        return true;
      });
      if (matched) return { start, end, groups: this.#groups };
    }
    return null;
  }

  #char(at: number, set: CharacterSet): boolean {
    const char = this.#text[at];
    if (char === undefined) return false;
    let test = this.#tests.get(set);
    if (test === undefined) {
      test = setTest(set, this.#pattern.flags.i);
      this.#tests.set(set, test);
    }
    return test(char);
  }

  #match(pattern: Pattern, at: number, next: Next): boolean {
    this.#run.spend(1);
    const { s, m } = this.#pattern.flags;
    switch (pattern.kind) {
      case 'set':
        return this.#char(at, pattern.set) && next(at + 1);
      case 'any': {
        const char = this.#text[at];
        return char !== undefined && (s || (char !== '\n' && char !== '\r')) && next(at + 1);
      }
      case 'start':
        return (at === 0 || (m && this.#text[at - 1] === '\n')) && next(at);
      case 'end':
        return (at === this.#text.length || (m && this.#text[at] === '\n')) && next(at);
      case 'sequence':
        return this.#sequence(pattern.parts, 0, at, next);
      case 'choice':
        return pattern.options.some((option) => this.#match(option, at, next));
      case 'group':
        return this.#group(pattern.index, pattern.body, at, next);
      case 'repeat':
        return this.#repeat(pattern, 0, at, next);
      case 'back':
        return this.#back(pattern.index, at, next);
      default: {
        const never: never = pattern;
        return never;
      }
    }
  }

  #sequence(parts: readonly Pattern[], index: number, at: number, next: Next): boolean {
    const part = parts[index];
    if (part === undefined) return next(at);
    return this.#match(part, at, (after) => this.#sequence(parts, index + 1, after, next));
  }

  #group(index: number | null, body: Pattern, at: number, next: Next): boolean {
    if (index === null) return this.#match(body, at, next);
    const before = this.#groups[index] ?? null;
    const matched = this.#match(body, at, (after) => {
      const inner = this.#groups[index] ?? null;
      this.#groups[index] = [at, after];
      if (next(after)) return true;
      this.#groups[index] = inner;
      return false;
    });
    if (!matched) this.#groups[index] = before;
    return matched;
  }

  #repeat(
    pattern: Extract<Pattern, { kind: 'repeat' }>,
    count: number,
    at: number,
    next: Next,
  ): boolean {
    const more = (): boolean =>
      (pattern.max === null || count < pattern.max) &&
      this.#match(pattern.body, at, (after) =>
        after === at && count >= pattern.min
          ? false
          : this.#repeat(pattern, count + 1, after, next),
      );
    if (count < pattern.min) return more();
    return pattern.lazy ? next(at) || more() : more() || next(at);
  }

  #back(index: number, at: number, next: Next): boolean {
    const group = this.#groups[index];
    if (group === null || group === undefined) return next(at);
    const length = group[1] - group[0];
    for (let i = 0; i < length; i += 1) {
      const [wanted, found] = [this.#text[group[0] + i], this.#text[at + i]];
      if (wanted === undefined || found === undefined) return false;
      const same = wanted === found;
      const folded = this.#pattern.flags.i && wanted.toLowerCase() === found.toLowerCase();
      if (!same && !folded) return false;
    }
    return next(at + length);
  }
}

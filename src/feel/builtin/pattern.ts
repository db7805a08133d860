import { RE2JS, RE2JSException } from 're2js';
import type { ParsedPattern, Pattern } from '../pattern/ast.ts';
import { Backtracker } from '../pattern/backtrack.ts';
import { parsePattern } from '../pattern/parse.ts';
import { bracket } from '../pattern/sets.ts';
import type { Call, FeelValue } from '../value/value.ts';

/** A pattern as a call gives it. */
export type Written = { readonly text: string; readonly flags: string };

/** A match in UTF-16 units of the text, with its groups as texts. */
type Match = {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
};

type Ready = { readonly parsed: ParsedPattern; readonly automaton: RE2JS | null };

const PATTERN_LENGTH_MAX = 1_000;
const CACHE_MAX = 500;
const cache = new Map<string, Ready | null>();

function code(point: number): string {
  return `\\x{${point.toString(16)}}`;
}

/** The pattern in the syntax of RE2. */
function automatonText(pattern: Pattern, flags: ParsedPattern['flags']): string {
  switch (pattern.kind) {
    case 'set':
      return bracket(pattern.set, code);
    case 'any':
      return flags.s ? '(?s:.)' : '[^\\n\\r]';
    case 'start':
      return '^';
    case 'end':
      return flags.m ? '$' : '\\z';
    case 'sequence':
      return pattern.parts.map((part) => automatonText(part, flags)).join('');
    case 'choice':
      return `(?:${pattern.options.map((option) => automatonText(option, flags)).join('|')})`;
    case 'group': {
      const body = automatonText(pattern.body, flags);
      return pattern.index === null ? `(?:${body})` : `(${body})`;
    }
    case 'repeat': {
      const body = `(?:${automatonText(pattern.body, flags)})`;
      const max = pattern.max === null ? '' : String(pattern.max);
      return `${body}{${pattern.min},${max}}${pattern.lazy ? '?' : ''}`;
    }
    case 'back':
      return '';
    default: {
      const never: never = pattern;
      return never;
    }
  }
}

/** Nodes an automaton may have: RE2 writes every counted repetition out. */
const NODES_MAX = 20_000;

function nodesOf(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'sequence':
      return pattern.parts.reduce((sum, part) => sum + nodesOf(part), 1);
    case 'choice':
      return pattern.options.reduce((sum, option) => sum + nodesOf(option), 1);
    case 'group':
      return 1 + nodesOf(pattern.body);
    case 'repeat':
      return 1 + nodesOf(pattern.body) * Math.max(pattern.min, pattern.max ?? 1, 1);
    default:
      return 1;
  }
}

function prepare(written: Written): Ready | null {
  if (written.text.length > PATTERN_LENGTH_MAX) return null;
  const parsed = parsePattern(written.text, written.flags);
  if (parsed === null || nodesOf(parsed.root) > NODES_MAX) return null;
  if (parsed.backReferences) return { parsed, automaton: null };
  const flags =
    (parsed.flags.i ? RE2JS.CASE_INSENSITIVE : 0) | (parsed.flags.m ? RE2JS.MULTILINE : 0);
  try {
    return { parsed, automaton: RE2JS.compile(automatonText(parsed.root, parsed.flags), flags) };
  } catch (error) {
    if (error instanceof RE2JSException) return null;
    throw error;
  }
}

function ready(written: Written, call: Call): Ready | null {
  const key = `${written.flags}/${written.text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  call.run.spend(written.text.length);
  const made = prepare(written);
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, made);
  return made;
}

function invalid(written: Written, call: Call): null {
  const pattern = written.text.slice(0, 60);
  return call.run.nothing('feel_pattern_invalid', call.at, { pattern, flags: written.flags });
}

/** Matches one after the other, without overlap; an empty one is found once at each place. */
function* matchesOf(text: string, pattern: Ready, call: Call): Generator<Match> {
  call.run.spend(1 + (text.length >> 3));
  if (pattern.automaton === null) {
    yield* backtracked(text, pattern.parsed, call);
    return;
  }
  const matcher = pattern.automaton.matcher(text);
  while (matcher.find()) {
    call.run.spend(1);
    const groups: (string | null)[] = [];
    for (let i = 0; i <= pattern.parsed.groups; i += 1) groups.push(matcher.group(i) ?? null);
    yield { start: matcher.start(), end: matcher.end(), groups };
  }
}

function* backtracked(text: string, parsed: ParsedPattern, call: Call): Generator<Match> {
  const points = [...text];
  const starts = [0];
  for (const point of points) starts.push((starts.at(-1) ?? 0) + point.length);
  const searcher = new Backtracker(parsed, points, call.run);
  for (let from = 0; from <= points.length; ) {
    const found = searcher.find(from);
    if (found === null) return;
    const groups = [[found.start, found.end] as const, ...found.groups.slice(1)].map((group) =>
      group === null ? null : points.slice(group[0], group[1]).join(''),
    );
    yield { start: starts[found.start] ?? 0, end: starts[found.end] ?? 0, groups };
    from = found.end > found.start ? found.end : found.end + 1;
  }
}

/** FEEL's `matches`: whether the pattern occurs anywhere in the text. */
export function isMatch(text: string, written: Written, call: Call): FeelValue {
  const pattern = ready(written, call);
  if (pattern === null) return invalid(written, call);
  call.run.spend(text.length >> 4);
  if (pattern.automaton !== null) return pattern.automaton.matcher(text).find();
  return !matchesOf(text, pattern, call).next().done;
}

/** A replacement with `$1` and `$0` filled in; null: a `$` or `\` that means nothing. */
function filled(replacement: string, match: Match): string | null {
  let result = '';
  for (let i = 0; i < replacement.length; i += 1) {
    const char = replacement[i] ?? '';
    const after = replacement[i + 1] ?? '';
    if (char === '\\') {
      if (after !== '\\' && after !== '$') return null;
      result += after;
      i += 1;
    } else if (char === '$') {
      if (!/\d/.test(after)) return null;
      let index = Number(after);
      i += 1;
      while (/\d/.test(replacement[i + 1] ?? '')) {
        const longer = index * 10 + Number(replacement[i + 1]);
        if (longer >= match.groups.length) break;
        index = longer;
        i += 1;
      }
      result += match.groups[index] ?? '';
    } else result += char;
  }
  return result;
}

/** FEEL's `replace`: every match by the replacement, in which $1 is the first group. */
export function replaceAll(
  text: string,
  written: Written,
  replacement: string,
  call: Call,
): FeelValue {
  const pattern = ready(written, call);
  if (pattern === null) return invalid(written, call);
  const literal = written.flags.includes('q');
  let result = '';
  let last = 0;
  for (const match of matchesOf(text, pattern, call)) {
    const by = literal ? replacement : filled(replacement, match);
    if (by === null) return invalid({ text: replacement, flags: '' }, call);
    result += text.slice(last, match.start) + by;
    call.run.reserveString(result.length);
    last = match.end;
  }
  return call.run.makeString(result + text.slice(last));
}

/** FEEL's `split`: the parts between the matches. */
export function splitBy(text: string, written: Written, call: Call): FeelValue {
  const pattern = ready(written, call);
  if (pattern === null) return invalid(written, call);
  const parts: string[] = [];
  let last = 0;
  for (const match of matchesOf(text, pattern, call)) {
    if (match.end === match.start) continue;
    parts.push(text.slice(last, match.start));
    call.run.makeList(1);
    last = match.end;
  }
  parts.push(text.slice(last));
  call.run.makeList(parts.length);
  return parts;
}

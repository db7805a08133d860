import type { CharacterSet, CodeRange, SetPart } from './ast.ts';

export const CODE_MAX = 0x10ffff;

/** Categories of Unicode, as `\p{…}` names them. */
const CATEGORY = /^(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/;

/** The blocks that `\p{Is…}` may name here. */
const BLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  BasicLatin: [0x0000, 0x007f],
  'Latin-1Supplement': [0x0080, 0x00ff],
  'LatinExtended-A': [0x0100, 0x017f],
  'LatinExtended-B': [0x0180, 0x024f],
  IPAExtensions: [0x0250, 0x02af],
  Greek: [0x0370, 0x03ff],
  GreekandCoptic: [0x0370, 0x03ff],
  Cyrillic: [0x0400, 0x04ff],
  Hebrew: [0x0590, 0x05ff],
  Arabic: [0x0600, 0x06ff],
  Thai: [0x0e00, 0x0e7f],
  GeneralPunctuation: [0x2000, 0x206f],
  CurrencySymbols: [0x20a0, 0x20cf],
  NumberForms: [0x2150, 0x218f],
  Arrows: [0x2190, 0x21ff],
  MathematicalOperators: [0x2200, 0x22ff],
  CJKSymbolsandPunctuation: [0x3000, 0x303f],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  CJKUnifiedIdeographsExtensionA: [0x3400, 0x4dbf],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  HangulSyllables: [0xac00, 0xd7a3],
  HalfwidthandFullwidthForms: [0xff00, 0xffef],
};

const SPACES: readonly CodeRange[] = [
  { low: 0x09, high: 0x0a },
  { low: 0x0d, high: 0x0d },
  { low: 0x20, high: 0x20 },
];

const NAME_START: readonly CodeRange[] = [
  { low: 0x3a, high: 0x3a },
  { low: 0x41, high: 0x5a },
  { low: 0x5f, high: 0x5f },
  { low: 0x61, high: 0x7a },
  { low: 0xc0, high: 0xd6 },
  { low: 0xd8, high: 0xf6 },
  { low: 0xf8, high: 0x2ff },
  { low: 0x370, high: 0x37d },
  { low: 0x37f, high: 0x1fff },
  { low: 0x200c, high: 0x200d },
  { low: 0x2070, high: 0x218f },
  { low: 0x2c00, high: 0x2fef },
  { low: 0x3001, high: 0xd7ff },
  { low: 0xf900, high: 0xfdcf },
  { low: 0xfdf0, high: 0xfffd },
  { low: 0x10000, high: 0xeffff },
];

const NAME_CHARACTERS: readonly CodeRange[] = sorted([
  ...NAME_START,
  { low: 0x2d, high: 0x2e },
  { low: 0x30, high: 0x39 },
  { low: 0xb7, high: 0xb7 },
  { low: 0x300, high: 0x36f },
  { low: 0x203f, high: 0x2040 },
]);

function sorted(ranges: readonly CodeRange[]): CodeRange[] {
  const result: CodeRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.low - b.low)) {
    const last = result.at(-1);
    if (last !== undefined && range.low <= last.high + 1) {
      result[result.length - 1] = { low: last.low, high: Math.max(last.high, range.high) };
    } else result.push(range);
  }
  return result;
}

function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const result: CodeRange[] = [];
  let low = 0;
  for (const range of sorted(ranges)) {
    if (range.low > low) result.push({ low, high: range.low - 1 });
    low = range.high + 1;
  }
  if (low <= CODE_MAX) result.push({ low, high: CODE_MAX });
  return result;
}

function categories(names: string): SetPart[] {
  return [...names].map((category) => ({ category, negated: false }));
}

/** What `\d`, `\w`, `\s`, `\i`, `\c` and their opposites stand for; null: no such sign. */
export function classOf(letter: string): readonly SetPart[] | null {
  switch (letter) {
    case 'd':
      return [{ category: 'Nd', negated: false }];
    case 'D':
      return [{ category: 'Nd', negated: true }];
    case 'w':
      return categories('LMNS');
    case 'W':
      return categories('PZC');
    case 's':
      return SPACES;
    case 'S':
      return complement(SPACES);
    case 'i':
      return NAME_START;
    case 'I':
      return complement(NAME_START);
    case 'c':
      return NAME_CHARACTERS;
    case 'C':
      return complement(NAME_CHARACTERS);
    default:
      return null;
  }
}

/** What `\p{name}` stands for, or `\P{name}` if negated; null: no such category or block. */
export function propertyOf(name: string, negated: boolean): readonly SetPart[] | null {
  if (CATEGORY.test(name)) return [{ category: name, negated }];
  const block = name.startsWith('Is') && Object.hasOwn(BLOCKS, name.slice(2));
  const range = block ? BLOCKS[name.slice(2)] : undefined;
  if (range === undefined) return null;
  const [low, high] = range;
  return negated ? complement([{ low, high }]) : [{ low, high }];
}

function rangesOf(set: CharacterSet): readonly CodeRange[] | null {
  const ranges: CodeRange[] = [];
  for (const part of set.parts) {
    if (!('low' in part)) return null;
    ranges.push(part);
  }
  return set.negated ? complement(ranges) : sorted(ranges);
}

/** `set` without `minus`, as `[A-Z-[OI]]` means; null: categories cannot be taken apart. */
export function without(set: CharacterSet, minus: CharacterSet): CharacterSet | null {
  const [from, taken] = [rangesOf(set), rangesOf(minus)];
  if (from === null || taken === null) return null;
  return { parts: complement([...complement(from), ...taken]), negated: false };
}

/** The set as a bracket expression; `code` writes one code point. */
export function bracket(set: CharacterSet, code: (point: number) => string): string {
  const parts = set.parts.map((part) => {
    if ('low' in part) {
      return part.low === part.high ? code(part.low) : `${code(part.low)}-${code(part.high)}`;
    }
    return `\\${part.negated ? 'P' : 'p'}{${part.category}}`;
  });
  if (parts.length === 0) return set.negated ? '[\\s\\S]' : '[^\\s\\S]';
  return `[${set.negated ? '^' : ''}${parts.join('')}]`;
}

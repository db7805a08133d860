/** Chance that is the same for the same seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Kind = 'number' | 'boolean' | 'string' | 'list';

const LEAVES: Readonly<Record<Kind, readonly string[]>> = {
  number: ['0', '1', '2', '3', '7', '10', '-4', '0.5', 'x', 'y'],
  boolean: ['true', 'false', 'b'],
  string: ['"a"', '"b"', '"abc"', '""', 's'],
  list: ['[1, 2, 3]', '[]', '[x, y]', '[5]', 'l'],
};

/** What # stands for: n a number, b a boolean, s a string, l a list, each one level simpler. */
const SHAPES: Readonly<Record<Kind, readonly string[]>> = {
  number: [
    '(#n + #n)',
    '(#n - #n)',
    '(#n * #n)',
    '(if #b then #n else #n)',
    'count(#l)',
    'abs(#n)',
    'floor(#n)',
    'string length(#s)',
    'sum(#l)',
    'max(#l)',
  ],
  boolean: [
    '(#n < #n)',
    '(#n >= #n)',
    '(#n = #n)',
    '(#n != #n)',
    '(#b and #b)',
    '(#b or #b)',
    'not(#b)',
    '(some i in #l satisfies i < #n)',
    '(every i in #l satisfies i > #n)',
    '(#n in [-4..10])',
    '(#n between 0 and 7)',
    'contains(#s, #s)',
  ],
  string: [
    '(#s + #s)',
    'upper case(#s)',
    'substring("ab" + #s, 2)',
    'substring("ab" + #s, -1)',
    '(if #b then #s else #s)',
    'substring before(#s, #s)',
  ],
  list: [
    '[#n, #n]',
    '(for i in #l return i + #n)',
    '(#l)[item >= #n]',
    'append(#l, #n)',
    'concatenate(#l, #l)',
    'reverse(#l)',
    'distinct values(#l)',
    'sort(#l, function(a, b) a < b)',
  ],
};

const KINDS: Readonly<Record<string, Kind>> = {
  n: 'number',
  b: 'boolean',
  s: 'string',
  l: 'list',
};

/**
 * A random expression over x and y (numbers), b (boolean), s (string) and l (list of numbers), made
 * only of what two evaluators can both do exactly.
 */
export function randomExpression(random: (below: number) => number, levels: number): string {
  const pick = <T>(options: readonly T[]): T => options[random(options.length)] as T;
  const make = (kind: Kind, left: number): string => {
    if (left === 0 || random(8) === 0) return pick(LEAVES[kind]);
    return pick(SHAPES[kind]).replace(/#([nbsl])/g, (_, letter) =>
      make(KINDS[letter] ?? 'number', left - 1),
    );
  };
  return make(pick(['number', 'boolean', 'string', 'list']), levels);
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { block, type ProcessTree, silent, treeText } from '../process-tree.ts';
import { inductiveTree } from './inductive.ts';
import { together } from './trace-bag.ts';

const letters = 'abcdefgh';
const bag = (...traces: string[]) =>
  together(
    traces.map((text) => {
      const [word = '', times = '1'] = text.split('*');
      return { trace: [...word].map((letter) => letters.indexOf(letter)), count: Number(times) };
    }),
  );
const mined = (noise: number, ...traces: string[]) =>
  treeText(inductiveTree(bag(...traces), noise), (activity) => letters[activity]!);

describe('inductive mining', () => {
  test.each([
    ['nothing', [''], 'tau'],
    ['one activity', ['a'], "'a'"],
    ['one activity again and again', ['a', 'aaa'], "*( 'a', tau )"],
    ['a sequence', ['abc'], "->( 'a', 'b', 'c' )"],
    ['a choice', ['a', 'b'], "X( 'a', 'b' )"],
    ['something to skip', ['abc', 'ac'], "->( 'a', X( 'b', tau ), 'c' )"],
    ['in any order', ['abcd', 'acbd'], "->( 'a', +( 'b', 'c' ), 'd' )"],
    ['a loop with a way back', ['ab', 'abcab'], "*( ->( 'a', 'b' ), 'c' )"],
    ['two ways back', ['a', 'aba', 'aca'], "*( 'a', X( 'b', 'c' ) )"],
    ['again from the start', ['ab', 'abab'], "*( ->( 'a', 'b' ), tau )"],
    ['all or nothing', ['', 'ab'], "X( ->( 'a', 'b' ), tau )"],
    [
      'blocks inside blocks',
      ['bcdaf', 'cbdaf', 'de', 'bcd'],
      "->( X( +( 'b', 'c' ), tau ), 'd', X( ->( 'a', 'f' ), 'e', tau ) )",
    ],
  ])('%s', (_, traces, expected) => {
    expect(mined(0, ...traces)).toBe(expected);
  });

  test('what is rare is left out with noise, and kept without', () => {
    const traces = ['abcd*100', 'aaac*1'];
    expect(mined(0.2, ...traces)).toBe("->( 'a', 'b', 'c', 'd' )");
    expect(mined(0, ...traces)).toBe("->( *( 'a', tau ), X( 'b', tau ), 'c', X( 'd', tau ) )");
  });
});

/** Whether a tree can be done without any activity. */
function nullable(tree: ProcessTree): boolean {
  if (tree.kind === 'activity') return false;
  if (tree.kind === 'silent') return true;
  if (tree.kind === 'loop') return nullable(tree.body);
  if (tree.kind === 'choice') return tree.children.some(nullable);
  return tree.children.every(nullable);
}

/** What may be left to do of a tree after one activity (Antimirov's partial derivatives). */
function after(tree: ProcessTree, activity: number): ProcessTree[] {
  switch (tree.kind) {
    case 'silent':
      return [];
    case 'activity':
      return tree.activity === activity ? [silent] : [];
    case 'choice':
      return tree.children.flatMap((child) => after(child, activity));
    case 'parallel':
      return tree.children.flatMap((child, i) =>
        after(child, activity).map((rest) => block('parallel', tree.children.with(i, rest))),
      );
    case 'sequence': {
      const [head, ...tail] = tree.children;
      const rest = block('sequence', tail);
      const first = after(head!, activity).map((left) => block('sequence', [left, rest]));
      return nullable(head!) ? [...first, ...after(rest, activity)] : first;
    }
    default: {
      const again = block('choice', [block('sequence', [tree.redo, tree]), silent]);
      const body = after(tree.body, activity).map((left) => block('sequence', [left, again]));
      if (!nullable(tree.body)) return body;
      const redo = after(tree.redo, activity);
      return [...body, ...redo.map((left) => block('sequence', [left, tree]))];
    }
  }
}

function accepts(tree: ProcessTree, trace: readonly number[]): boolean {
  let left = new Map([[JSON.stringify(tree), tree]]);
  for (const activity of trace) {
    const next = [...left.values()].flatMap((each) => after(each, activity));
    left = new Map(next.map((each) => [JSON.stringify(each), each]));
  }
  return [...left.values()].some(nullable);
}

const logs = fc.array(
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 7 }).map((trace) => ({ trace, count: 1 })),
  { minLength: 1, maxLength: 8 },
);

test('without noise, every trace of the log fits the tree', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(logs, (traces) => {
      const tree = inductiveTree(together(traces), 0);
      for (const { trace } of traces) expect(accepts(tree, trace)).toBe(true);
    }),
    { numRuns: 600 },
  );
});

test('the order of cases changes nothing but names', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(logs, fc.double({ min: 0, max: 1, noNaN: true }), (traces, noise) => {
      const tree = inductiveTree(together(traces), noise);
      expect(inductiveTree(together(traces.toReversed()), noise)).toEqual(tree);
    }),
    { numRuns: 600 },
  );
});

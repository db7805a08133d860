import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityInstances } from '../instances.ts';
import type { PetriNet } from '../petri-net.ts';
import { logOf } from '../testing.ts';
import { Aligner } from './align.ts';
import { conformanceOf } from './conformance.ts';
import { Markings } from './markings.ts';

/** start -A-> (B beside C) -D-> end, with a silent way around B. */
const net: PetriNet = {
  places: 6,
  transitions: [
    { label: 'A', inputs: [0], outputs: [1, 2] },
    { label: 'B', inputs: [1], outputs: [3] },
    { label: null, inputs: [1], outputs: [3] },
    { label: 'C', inputs: [2], outputs: [4] },
    { label: 'D', inputs: [3, 4], outputs: [5] },
  ],
  initial: [0],
  final: [5],
};

const told = (trace: string) => {
  const { cost, moves } = new Aligner(new Markings(net)).align([...trace]);
  const marks = { both: '', log: '+', model: '-' };
  return [cost, moves.map((move) => marks[move.kind] + move.activity).join(' ')];
};

describe('alignments', () => {
  test.each([
    ['ABCD', 0, 'A B C D'],
    ['ACBD', 0, 'A C B D'],
    ['ACD', 0, 'A C D'],
    ['', 3, '-A -C -D'],
    ['ACCD', 1, 'A C +C D'],
    ['CD', 1, '-A C D'],
    ['AXCD', 1, 'A +X C D'],
    ['DCBA', 4, null],
  ])('%s costs %d: %s', (trace, cost, moves) => {
    const [found, explained] = told(trace);
    expect(found).toBe(cost);
    if (moves !== null && trace !== 'ACCD') expect(explained).toBe(moves);
  });

  test('the shortest run is what nothing costs', () => {
    expect(new Aligner(new Markings(net)).shortest).toBe(3);
  });

  test('a search that is stopped says at least how much', () => {
    const stopped = new Aligner(new Markings(net), { statesMax: 3 }).align([...'XYZXYZ']);
    expect(stopped.exact).toBe(false);
    expect(stopped.cost).toBeLessThanOrEqual(
      new Aligner(new Markings(net)).align([...'XYZXYZ']).cost,
    );
  });

  test('a net without bounds is not taken for an answer', () => {
    const pump = { label: null, inputs: [0], outputs: [0, 1] };
    const endless = { ...net, places: 2, transitions: [pump], initial: [0], final: [1] };
    const aligner = new Aligner(new Markings(endless), { statesMax: 10_000 });
    expect(aligner.align(['A']).exact && !aligner.unbounded).toBe(false);
  });

  test('costs are those of the edit distance to the nearest run', { timeout: 60_000 }, () => {
    const runs = ['ABCD', 'ACBD', 'ACD'];
    const letters = fc.string({ unit: fc.constantFrom(...'ABCDX'), maxLength: 7 });
    fc.assert(
      fc.property(letters, (trace) => {
        const nearest = Math.min(...runs.map((run) => insertDelete(trace, run)));
        expect(new Aligner(new Markings(net)).align([...trace]).cost).toBe(nearest);
      }),
      { numRuns: 500 },
    );
  });
});

/** Edit distance with insertions and deletions only. */
function insertDelete(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? row[j - 1]! : Number.POSITIVE_INFINITY;
      next.push(Math.min(same, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

test('a log: fitness by cases, deviations in words', () => {
  const traces = ['ABCD', 'ABCD', 'CD', 'ACCD'];
  const log = logOf(
    traces.flatMap((trace, c) => [...trace].map((does, at) => ({ of: String(c), does, at }))),
  );
  const found = conformanceOf(activityInstances(log, 'complete'), new Markings(net));
  expect(found).toMatchObject({ cases: 4, fittingCases: 2, totalCost: 2, exact: true });
  expect(found.averageFitness).toBeCloseTo((1 + 1 + (1 - 1 / 5) + (1 - 1 / 7)) / 4, 12);
  expect(found.logFitness).toBeCloseTo(1 - 2 / (7 + 7 + 5 + 7), 12);
  expect(found.deviations).toMatchObject([
    { kind: 'model', activity: 'A', times: 1, cases: 1, caseCodes: [2] },
    { kind: 'log', activity: 'C', times: 1, cases: 1, caseCodes: [3] },
  ]);
  const marked = found.marks.find(({ activity }) => activity === 'C');
  expect(marked).toEqual({ activity: 'C', agreed: 4, skipped: 0, elsewhere: 1 });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Analysis } from '../analysis.ts';
import { activitiesDrawn, drawnPart, firstLevel, type MapLevel, mapLevels } from './map-levels.ts';

type Graph = Analysis['graph'];

/** The graph of some sequences of activities, as an analysis makes it. */
function graphOf(traces: readonly (readonly string[])[]): Graph {
  const nodes = new Map<string, { starts: number; ends: number; instances: number }>();
  const edges = new Map<string, number>();
  for (const trace of traces) {
    for (const [i, activity] of trace.entries()) {
      const node = nodes.get(activity) ?? { starts: 0, ends: 0, instances: 0 };
      node.instances++;
      if (i === 0) node.starts++;
      if (i === trace.length - 1) node.ends++;
      nodes.set(activity, node);
      if (i > 0) {
        const key = `${trace[i - 1]} ${activity}`;
        edges.set(key, (edges.get(key) ?? 0) + 1);
      }
    }
  }
  const times = { cases: 1, meanSeconds: 1, medianSeconds: 1, p90Seconds: 1 };
  return {
    nodes: [...nodes].map(([activity, node]) => ({ activity, cases: 1, ...node })),
    edges: [...edges].map(([key, count]) => {
      const [from, to] = key.split(' ');
      return { from: from!, to: to!, count, ...times };
    }),
  };
}

/** Whether every activity can be reached from the start and reaches the end. */
function joined(level: MapLevel, activities: readonly string[]): boolean {
  const spread = (side: 'from' | 'to') => {
    const other = side === 'from' ? 'to' : 'from';
    const reached = new Set<string | null>([null]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const arc of level.arcs) if (reached.has(arc[side])) reached.add(arc[other]);
    }
    return reached;
  };
  const [fromStart, toEnd] = [spread('from'), spread('to')];
  return activities.every((activity) => fromStart.has(activity) && toEnd.has(activity));
}

test('every level joins every activity, each shows more, the last shows all', {
  timeout: 60_000,
}, () => {
  const trace = fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(fc.array(trace, { minLength: 1, maxLength: 30 }), (traces) => {
      const graph = graphOf(traces);
      const levels = mapLevels(graph);
      const activities = graph.nodes.map((node) => node.activity);
      let before = 0;
      for (const level of levels) {
        expect(joined(level, activities)).toBe(true);
        expect(level.arcs.length).toBeGreaterThan(before);
        before = level.arcs.length;
      }
      expect(levels.at(-1)!.coverage).toBe(1);
      const first = firstLevel(levels, activities.length);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first).toBeLessThan(levels.length);
    }),
    { numRuns: 300 },
  );
});

test('the strongest way stays, the weak one goes first', () => {
  const graph = graphOf([
    ...Array(10).fill(['A', 'B', 'C']),
    ['A', 'C'],
    ['A', 'B', 'A', 'B', 'C'],
  ]);
  const plainest = mapLevels(graph)[0]!.arcs.map((arc) => `${arc.from}>${arc.to}`);
  expect(plainest.toSorted()).toEqual(['A>B', 'B>C', 'C>null', 'null>A']);
});

test('of many activities the map shows the most frequent, of many arcs only what can be read', () => {
  const names = Array.from({ length: 200 }, (_, i) => `A${i}`);
  const traces = names.flatMap((_, i) =>
    Array.from({ length: 1 + (i % 7) }, (_, k) => [names[i]!, names[(i * 7 + k * 13) % 200]!]),
  );
  const drawn = drawnPart(graphOf(traces));
  expect(drawn.nodes).toHaveLength(activitiesDrawn);
  for (const level of mapLevels(drawn)) expect(level.arcs.length).toBeLessThanOrEqual(250);
  const few = graphOf([['A', 'B']]);
  expect(drawnPart(few)).toBe(few);
});

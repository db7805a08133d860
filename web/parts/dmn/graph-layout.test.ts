import { expect, test } from 'vitest';
import { type GraphNode, layoutGraph, nodeHeight, nodeWidth } from './graph-layout.ts';

const node = (id: string, ...requires: string[]): GraphNode => {
  return { id, name: id, kind: requires.length === 0 ? 'input' : 'decision', requires };
};

test('everything stands above what it needs, and nothing on another', () => {
  const graph = layoutGraph([
    ...[node('a'), node('b'), node('c'), node('score', 'a', 'b'), node('tier', 'score', 'c')],
  ]);
  const at = new Map(graph.nodes.map((one) => [one.id, one]));
  expect(graph.edges).toHaveLength(4);
  for (const { from, to } of graph.edges) expect(to.y + nodeHeight).toBeLessThan(from.y);
  for (const one of graph.nodes) {
    for (const other of graph.nodes) {
      if (one === other || one.y !== other.y) continue;
      expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual(nodeWidth);
    }
    expect(one.x + nodeWidth).toBeLessThanOrEqual(graph.width);
    expect(one.y + nodeHeight).toBeLessThanOrEqual(graph.height);
  }
  expect(at.get('tier')?.y).toBe(0);
});

test('what calls itself, needs what is elsewhere, or nothing at all is drawn', () => {
  const graph = layoutGraph([node('f', 'f'), node('g', 'other.file')]);
  expect(graph.nodes.map((one) => one.id)).toEqual(['f', 'g']);
  expect(layoutGraph([])).toMatchObject({ nodes: [], edges: [] });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layout } from './layout.ts';

const box = { width: 100, height: 40 };

/** Nodes 0 and 1 are start and end; every node gets a way from the start and to the end. */
const graphs = fc
  .record({
    nodes: fc.integer({ min: 3, max: 14 }),
    arcs: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        weight: fc.integer({ min: 1, max: 5_000 }),
      }),
      { maxLength: 40 },
    ),
  })
  .map(({ nodes, arcs }) => {
    const inner = nodes - 2;
    const all = arcs.map((arc) => ({
      from: 2 + (arc.from % inner),
      to: 2 + (arc.to % inner),
      weight: arc.weight,
    }));
    for (let node = 2; node < nodes; node++) {
      all.push({ from: 0, to: node, weight: 1 }, { from: node, to: 1, weight: 1 });
    }
    const distinct = [...new Map(all.map((arc) => [`${arc.from} ${arc.to}`, arc])).values()];
    return { boxes: Array(nodes).fill(box), arcs: distinct.map((arc) => ({ ...arc, label: 30 })) };
  });

describe('the drawing of a map', () => {
  test('no two boxes overlap, no label lies on a box or a label, all is on the page', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(graphs, ({ boxes, arcs }) => {
        const drawing = layout(boxes, arcs, 0, 1);
        const labels = drawing.arcs
          .filter((_, i) => arcs[i]!.from !== arcs[i]!.to)
          .map((arc) => ({ ...arc.label, width: 30, height: 12 }));
        const areas = [...drawing.nodes, ...labels];
        for (const [i, a] of areas.entries()) {
          expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
          expect(a.x + a.width / 2).toBeLessThanOrEqual(drawing.width);
          expect(a.y + a.height / 2).toBeLessThanOrEqual(drawing.height);
          for (const b of areas.slice(i + 1)) {
            const apart =
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01 ||
              Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.01;
            expect(apart).toBe(true);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  test('the start is on top, the end at the bottom, forward arcs run down, others say so', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(graphs, ({ boxes, arcs }) => {
        const { nodes, arcs: placed } = layout(boxes, arcs, 0, 1);
        for (const node of nodes.slice(2)) {
          expect(node.y).toBeGreaterThan(nodes[0]!.y);
          expect(node.y).toBeLessThan(nodes[1]!.y);
        }
        for (const [i, arc] of arcs.entries()) {
          if (arc.from === arc.to) continue;
          expect(placed[i]!.back).toBe(nodes[arc.from]!.y > nodes[arc.to]!.y);
          expect(placed[i]!.path).toMatch(/^M[-\d. ]+(C[-\d. ]+)+$/);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('the end closes the drawing, also below an activity that only leads back', () => {
    const arc = (from: number, to: number) => ({ from, to, weight: 1, label: 30 });
    const arcs = [arc(0, 2), arc(2, 1), arc(2, 3), arc(3, 4), arc(4, 2)];
    const { nodes } = layout(Array(5).fill(box), arcs, 0, 1);
    expect(nodes[1]!.y).toBeGreaterThan(Math.max(nodes[3]!.y, nodes[4]!.y));
  });

  test('the same graph is drawn the same', () => {
    const [graph] = fc.sample(graphs, { numRuns: 1, seed: 7 });
    expect(layout(graph!.boxes, graph!.arcs, 0, 1)).toEqual(
      layout(graph!.boxes, graph!.arcs, 0, 1),
    );
  });
});

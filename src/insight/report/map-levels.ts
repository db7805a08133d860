import type { Analysis, GraphEdge } from '../analysis.ts';

/**
 * One level of detail of the process map: all activities, and as many arcs as it takes. `null` as
 * the end of an arc is the start of the case, or its end.
 */
export type MapArc = {
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
  readonly medianSeconds: number | null;
};
export type MapLevel = {
  readonly arcs: readonly MapArc[];
  /** Share of all steps from activity to activity (with begin and end) that the arcs show. */
  readonly coverage: number;
};

/** The shares of steps the levels aim at; the first shows only what keeps every activity joined. */
export const coverageSteps = [0, 0.6, 0.7, 0.8, 0.9, 0.95, 1] as const;

/** Levels with more arcs than this are not drawn: nobody could read them. */
const arcsMax = 250;
/** Activities a map shows; of more, the most frequent. */
export const activitiesDrawn = 60;

/** The graph of the most frequent activities alone; the steps to and from others are left out. */
export function drawnPart(graph: Analysis['graph']): Analysis['graph'] {
  if (graph.nodes.length <= activitiesDrawn) return graph;
  const nodes = graph.nodes.toSorted((a, b) => b.instances - a.instances).slice(0, activitiesDrawn);
  const kept = new Set(nodes.map((node) => node.activity));
  return { nodes, edges: graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)) };
}

/**
 * The levels of a map, from the plainest to all arcs; equal ones are given once. At every level
 * each activity lies on a path from the start to the end: its strongest way in and its strongest
 * way out (the path whose weakest arc is strongest) are kept before any other arc.
 */
export function mapLevels(graph: Analysis['graph']): readonly MapLevel[] {
  const arcs = allArcs(graph);
  const drawable = Math.max(arcsMax, graph.nodes.length * 2);
  const total = arcs.reduce((sum, arc) => sum + arc.count, 0);
  const frame = new Set([...strongestWays(arcs, 'from'), ...strongestWays(arcs, 'to')]);
  const levels: MapLevel[] = [];
  for (const aim of coverageSteps) {
    const shown = new Set(frame);
    let covered = [...shown].reduce((sum, arc) => sum + arc.count, 0);
    for (const arc of arcs) {
      if (covered >= aim * total) break;
      if (shown.has(arc)) continue;
      shown.add(arc);
      covered += arc.count;
    }
    if (levels.at(-1)?.arcs.length === shown.size || shown.size > drawable) continue;
    levels.push({ arcs: arcs.filter((arc) => shown.has(arc)), coverage: covered / total });
  }
  return levels;
}

/** The level a reader sees first: the fullest that is still easy to read. */
export function firstLevel(levels: readonly MapLevel[], activities: number): number {
  const readable = Math.max(12, activities * 2);
  const fullest = levels.findLastIndex((level) => level.arcs.length <= readable);
  return Math.max(0, fullest);
}

function allArcs(graph: Analysis['graph']): readonly MapArc[] {
  const between = graph.edges.map((edge: GraphEdge) => ({
    from: edge.from,
    to: edge.to,
    count: edge.count,
    medianSeconds: edge.medianSeconds,
  }));
  const begins = graph.nodes.filter((node) => node.starts > 0);
  const ends = graph.nodes.filter((node) => node.ends > 0);
  return [
    ...begins.map((node) => arcOf(null, node.activity, node.starts)),
    ...between,
    ...ends.map((node) => arcOf(node.activity, null, node.ends)),
  ].sort((a, b) => b.count - a.count);
}

function arcOf(from: string | null, to: string | null, count: number): MapArc {
  return { from, to, count, medianSeconds: null };
}

/**
 * The arcs of the strongest paths between the outside (null) and every activity: along `from` those
 * that lead in from the start, along `to` those that lead out to the end.
 */
function strongestWays(arcs: readonly MapArc[], side: 'from' | 'to'): Set<MapArc> {
  const other = side === 'from' ? 'to' : 'from';
  const reached = new Set<string | null>([null]);
  const ways = new Set<MapArc>();
  // Prim's tree over arcs in order of weight: the path in a maximum tree has the strongest
  // weakest arc. Arcs are sorted, so the first that leads on is the strongest.
  for (;;) {
    const next = arcs.find(
      (arc) => reached.has(arc[side]) && arc[other] !== null && !reached.has(arc[other]),
    );
    if (!next) return ways;
    reached.add(next[other]);
    ways.add(next);
  }
}

import { type Box, layout, type Point } from '../layout.ts';
import type { GraphNode, ModelGraph } from './graph.ts';

type Placed = Box & Point;

/** Where everything stands: corners, sizes and ways in whole points. `pool` null: no lanes. */
export type Drawing = {
  readonly nodes: readonly Placed[];
  readonly flows: readonly (readonly Point[])[];
  readonly pool: Placed | null;
  readonly lanes: readonly (Placed & {
    readonly role: string;
    readonly nodes: readonly number[];
  })[];
};

const boxes: Readonly<Record<GraphNode['kind'], Box>> = {
  startEvent: { width: 36, height: 36 },
  endEvent: { width: 36, height: 36 },
  task: { width: 100, height: 80 },
  exclusiveGateway: { width: 50, height: 50 },
  parallelGateway: { width: 50, height: 50 },
  inclusiveGateway: { width: 50, height: 50 },
};
const [laneHead, slot, margin] = [30, 100, 20];

/** Draws a model from left to right: a layered drawing, turned about; then in lanes, if any. */
export function drawn(graph: ModelGraph): Drawing {
  const { nodes, flows } = graph;
  const turned = nodes.map(({ kind }) => ({
    width: boxes[kind].height,
    height: boxes[kind].width,
  }));
  const arcs = flows.map((flow) => ({ ...flow, weight: 1, label: 12 }));
  const [first, last] = [kindAt(nodes, 'startEvent'), kindAt(nodes, 'endEvent')];
  const layered = layout(turned, arcs, first, last);
  const centres = layered.nodes.map(({ x, y }) => ({ x: y, y: x }));
  const roles = rolesOf(graph);
  if (roles !== null) return inLanes(graph, centres, roles);
  return {
    nodes: nodes.map(({ kind }, i) => corner(boxes[kind], centres[i]!)),
    flows: layered.arcs.map(({ points }) =>
      points.map(({ x, y }) => ({ x: Math.round(y), y: Math.round(x) })),
    ),
    pool: null,
    lanes: [],
  };
}

function kindAt(nodes: readonly GraphNode[], kind: GraphNode['kind']): number {
  return nodes.findIndex((node) => node.kind === kind);
}

function corner({ width, height }: Box, { x, y }: Point): Placed {
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
}

/** Who does each node: tasks as they say, what stands between as what comes before it. */
function rolesOf({ nodes, flows }: ModelGraph): readonly string[] | null {
  const roles = nodes.map(({ role }) => role ?? null);
  if (roles.every((role) => role === null)) return null;
  for (const direction of ['from', 'to'] as const) {
    const other = direction === 'from' ? 'to' : 'from';
    for (let changed = true; changed; ) {
      changed = false;
      for (const flow of flows) {
        const role = roles[flow[direction]];
        if (role == null || roles[flow[other]] != null) continue;
        roles[flow[other]] = role;
        changed = true;
      }
    }
  }
  return roles.map((role) => role ?? '');
}

function inLanes(graph: ModelGraph, centres: readonly Point[], roles: readonly string[]): Drawing {
  const names = [...new Set(roles)];
  const placed: Point[] = centres.map(({ x }) => ({ x: x + laneHead * 2, y: 0 }));
  let top = 0;
  const width = Math.round(Math.max(...placed.map(({ x }) => x)) + 100);
  const lanes = names.map((role) => {
    const mine = roles.flatMap((each, node) => (each === role ? [node] : []));
    const columns = Map.groupBy(mine, (node) => Math.round(centres[node]!.x));
    const rows = Math.max(...[...columns.values()].map((column) => column.length));
    const height = rows * slot + margin * 2;
    for (const column of columns.values()) {
      column.sort((a, b) => centres[a]!.y - centres[b]!.y || a - b);
      const first = top + height / 2 - ((column.length - 1) * slot) / 2;
      for (const [k, node] of column.entries()) {
        placed[node] = { x: placed[node]!.x, y: first + k * slot };
      }
    }
    const lane = { role, nodes: mine, x: laneHead, y: top, width: width - laneHead, height };
    top += height;
    return lane;
  });
  const nodes = graph.nodes.map(({ kind }, i) => corner(boxes[kind], placed[i]!));
  return {
    nodes,
    flows: graph.flows.map(({ from, to }, i) => way(nodes[from]!, nodes[to]!, i)),
    pool: { x: 0, y: 0, width, height: top },
    lanes,
  };
}

/** Right and left angles between two nodes; against the flow it runs below both. */
function way(from: Placed, to: Placed, index: number): Point[] {
  const middle = (box: Placed) => Math.round(box.y + box.height / 2);
  const [out, into] = [from.x + from.width, to.x];
  if (into > out) {
    const turn = Math.round((out + into) / 2);
    return [
      { x: out, y: middle(from) },
      { x: turn, y: middle(from) },
      { x: turn, y: middle(to) },
      { x: into, y: middle(to) },
    ];
  }
  const centre = (box: Placed) => Math.round(box.x + box.width / 2);
  const low = Math.max(from.y + from.height, to.y + to.height) + 6 + (index % 4) * 3;
  return [
    { x: centre(from), y: from.y + from.height },
    { x: centre(from), y: low },
    { x: centre(to), y: low },
    { x: centre(to), y: to.y + to.height },
  ];
}

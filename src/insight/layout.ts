import { orderRows, placeRows, type Spot } from './crossings.ts';
import { type Arc, forwardOrder, rowsOf } from './layers.ts';

export type Box = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** Where a node stands (its centre) and how an arc runs; `back`: it runs against the flow. */
export type PlacedNode = Box & Point;
export type PlacedArc = {
  readonly path: string;
  /** Where it passes, from its beginning to its end. */
  readonly points: readonly Point[];
  readonly label: Point;
  readonly back: boolean;
};
export type Layout = Box & {
  readonly nodes: readonly PlacedNode[];
  readonly arcs: readonly PlacedArc[];
};

const gapX = 14;
const gapY = 14;
const labelHeight = 16;
const loopWidth = 54;
const margin = 12;

/**
 * Draws a directed graph from top to bottom. Nodes stand on even rows, the labels of arcs on odd
 * ones with room of their own, so that no label lies on another. Arcs against the flow are drawn
 * too, bottom to top; a loop sits at the right side of its node. `first` is the top, `last` the
 * bottom. The same input gives the same drawing.
 */
export function layout(
  boxes: readonly Box[],
  arcs: readonly (Arc & { readonly label: number })[],
  first: number,
  last: number,
): Layout {
  const order = forwardOrder(boxes.length, arcs, first, last);
  const rank = new Int32Array(boxes.length);
  for (const [i, node] of order.entries()) rank[node] = i;
  const back = arcs.map((arc) => rank[arc.from]! > rank[arc.to]!);
  const forward = arcs
    .filter((arc) => arc.from !== arc.to)
    .map((arc) => {
      const [from, to] = rank[arc.from]! > rank[arc.to]! ? [arc.to, arc.from] : [arc.from, arc.to];
      return { from, to, weight: Math.log2(arc.weight + 1) };
    });
  const rowOf = rowsOf(order, forward);
  const looped = new Set(arcs.filter((arc) => arc.from === arc.to).map((arc) => arc.from));
  const spots: Spot[] = boxes.map((box, node) => ({
    row: rowOf[node]! * 2,
    width: box.width + (looped.has(node) ? loopWidth * 2 : 0),
    up: [],
    down: [],
  }));
  const chains = arcs.map((arc) => (arc.from === arc.to ? [] : chainOf(arc, spots)));
  const rows = Math.max(...spots.map((spot) => spot.row)) + 1;
  const x = placeRows(spots, orderRows(spots, rows), gapX);
  const y = heights(spots, boxes, rows);
  const nodes = boxes.map((box, node) => ({
    ...box,
    x: x[node]! + margin,
    y: y[spots[node]!.row]! + margin,
  }));
  const at = (spot: number): Point => ({
    x: x[spot]! + margin,
    y: y[spots[spot]!.row]! + margin,
  });
  const ports = portsOf(arcs, chains, nodes, at);
  const width = Math.max(...spots.map((spot, i) => x[i]! + spot.width / 2)) + margin * 2;
  const bottom = boxes.map((box, node) => y[spots[node]!.row]! + box.height / 2);
  return {
    width,
    height: Math.max(...bottom) + margin * 2,
    nodes,
    arcs: arcs.map((arc, i) =>
      arc.from === arc.to ? loopAt(nodes[arc.from]!) : drawn(back[i]!, chains[i]!, ports[i]!, at),
    ),
  };
}

/** The places an arc passes between its upper and its lower node; the middle one has its label. */
function chainOf(arc: Arc & { readonly label: number }, spots: Spot[]): number[] {
  const upper = spots[arc.from]!.row < spots[arc.to]!.row ? arc.from : arc.to;
  const lower = upper === arc.from ? arc.to : arc.from;
  const chain: number[] = [];
  const [top, bottom] = [spots[upper]!.row, spots[lower]!.row];
  const middle = labelRow(top, bottom);
  const strength = 1 + Math.log2(arc.weight + 1) / 4;
  let above = upper;
  for (let row = top + 1; row <= bottom; row++) {
    const end = row === bottom;
    const spot = end ? lower : spots.length;
    if (!end) spots.push({ row, width: row === middle ? arc.label : 4, up: [], down: [] });
    const inner = (above !== upper ? 1 : 0) + (end ? 0 : 1);
    const pull = strength * [1, 3, 16][inner]!;
    spots[above]!.down.push({ spot, pull });
    spots[spot]!.up.push({ spot: above, pull });
    if (!end) chain.push(spot);
    above = spot;
  }
  return chain;
}

/** The odd row in the middle of an arc. */
function labelRow(top: number, bottom: number): number {
  const middle = Math.floor((top + bottom) / 2);
  return middle % 2 === 1 ? middle : middle - 1 > top ? middle - 1 : middle + 1;
}

/** Centre of each row: node rows are as high as their highest node. */
function heights(spots: readonly Spot[], boxes: readonly Box[], rows: number): Float64Array {
  const height = new Float64Array(rows).fill(labelHeight);
  for (const [node, box] of boxes.entries()) {
    const row = spots[node]!.row;
    height[row] = Math.max(height[row]!, box.height);
  }
  const y = new Float64Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    y[row] = at + height[row]! / 2;
    at += height[row]! + gapY;
  }
  return y;
}

type Ports = { readonly upper: Point; readonly lower: Point };

/** Arcs leave and enter a node side by side, in the order of where they go to. */
function portsOf(
  arcs: readonly Arc[],
  chains: readonly (readonly number[])[],
  nodes: readonly PlacedNode[],
  at: (spot: number) => Point,
): Ports[] {
  const ends: { arc: number; node: number; below: boolean; towards: number }[] = [];
  for (const [i, arc] of arcs.entries()) {
    if (arc.from === arc.to) continue;
    const chain = chains[i]!;
    const [upper, lower] =
      nodes[arc.from]!.y < nodes[arc.to]!.y ? [arc.from, arc.to] : [arc.to, arc.from];
    ends.push({ arc: i, node: upper, below: true, towards: at(chain[0]!).x });
    ends.push({ arc: i, node: lower, below: false, towards: at(chain[chain.length - 1]!).x });
  }
  const ports: { upper: Point; lower: Point }[] = arcs.map(() => ({
    upper: { x: 0, y: 0 },
    lower: { x: 0, y: 0 },
  }));
  for (const group of Map.groupBy(ends, (end) => `${end.node} ${end.below}`).values()) {
    group.sort((a, b) => a.towards - b.towards || a.arc - b.arc);
    const node = nodes[group[0]!.node]!;
    const room = node.width - 24;
    const step = group.length > 1 ? Math.min(16, room / (group.length - 1)) : 0;
    for (const [k, end] of group.entries()) {
      const x = node.x + (k - (group.length - 1) / 2) * Math.max(0, step);
      const y = node.y + (node.height / 2) * (end.below ? 1 : -1);
      ports[end.arc]![end.below ? 'upper' : 'lower'] = { x, y };
    }
  }
  return ports;
}

function drawn(
  back: boolean,
  chain: readonly number[],
  ports: Ports,
  at: (spot: number) => Point,
): PlacedArc {
  const downwards = [ports.upper, ...chain.map(at), ports.lower];
  const points = back ? downwards.toReversed() : downwards;
  const middle = Math.floor((chain.length - 1) / 2);
  const labelled = chain[middle - (middle % 2)]!;
  return { path: smooth(points), points, label: at(labelled), back };
}

/**
 * A curve through points from row to row, x as a monotone cubic of y (Fritsch, Carlson 1980): it
 * leaves and enters nodes vertically and never swings out beyond its points.
 */
function smooth(all: readonly Point[]): string {
  const points = straightened(all);
  const slope = points.map((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) return 0;
    const [into, out] = [steepness(before, point), steepness(point, after)];
    return into * out <= 0 ? 0 : (2 * into * out) / (into + out);
  });
  const text = [`M${round(points[0]!.x)} ${round(points[0]!.y)}`];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const third = (b.y - a.y) / 3;
    const [one, two] = [
      { x: a.x + slope[i - 1]! * third, y: a.y + third },
      { x: b.x - slope[i]! * third, y: b.y - third },
    ];
    const places = [one, two, b].map((point) => `${round(point.x)} ${round(point.y)}`);
    text.push(`C${places.join(' ')}`);
  }
  return text.join('');
}

function steepness(a: Point, b: Point): number {
  return (b.x - a.x) / (b.y - a.y);
}

/** Leaves out places that lie nearly on the straight line between those that stay. */
function straightened(points: readonly Point[]): readonly Point[] {
  if (points.length <= 4) return points;
  const inner = points.slice(1, -1);
  const kept = [inner[0]!];
  let from = 0;
  while (from < inner.length - 1) {
    let to = from + 1;
    while (to + 1 < inner.length && nearlyStraight(inner, from, to + 1)) to++;
    kept.push(inner[to]!);
    from = to;
  }
  return [points[0]!, ...kept, points[points.length - 1]!];
}

function nearlyStraight(points: readonly Point[], from: number, to: number): boolean {
  const [a, b] = [points[from]!, points[to]!];
  for (let i = from + 1; i < to; i++) {
    const x = a.x + steepness(a, b) * (points[i]!.y - a.y);
    if (Math.abs(points[i]!.x - x) > gapX / 2) return false;
  }
  return true;
}

function loopAt(node: PlacedNode): PlacedArc {
  const x = node.x + node.width / 2;
  const [top, bottom] = [node.y - 11, node.y + 11];
  const reach = x + 26;
  return {
    path: `M${round(x)} ${round(top)}C${round(reach)} ${round(top - 8)} ${round(reach)} ${round(
      bottom + 8,
    )} ${round(x)} ${round(bottom)}`,
    points: [
      { x, y: top },
      { x: reach, y: top },
      { x: reach, y: bottom },
      { x, y: bottom },
    ],
    label: { x: x + 38, y: node.y },
    back: false,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

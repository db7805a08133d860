/** What is drawn of a file: an element and what it needs. */
export type GraphNode = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'input' | 'decision' | 'knowledge' | 'service';
  readonly requires: readonly string[];
};

export type PlacedNode = GraphNode & {
  readonly x: number;
  readonly y: number;
};

export type Graph = {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly { readonly from: PlacedNode; readonly to: PlacedNode }[];
  readonly width: number;
  readonly height: number;
};

export const nodeWidth = 168;
export const nodeHeight = 48;
const gapX = 28;
const gapY = 56;

/** How many steps of needing lie below an element; what needs itself counts once. */
function ranksOf(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ranks = new Map<string, number>();
  const open = new Set<string>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    const node = byId.get(id);
    if (node === undefined || open.has(id)) return 0;
    open.add(id);
    const below = node.requires.filter((need) => need !== id && byId.has(need)).map(rank);
    open.delete(id);
    const own = below.length === 0 ? 0 : Math.max(...below) + 1;
    ranks.set(id, own);
    return own;
  };
  for (const node of nodes) rank(node.id);
  // What needs nothing stands right below the lowest that needs it, so that lines stay short.
  for (const { id, requires } of nodes) {
    if (requires.length > 0) continue;
    const above = nodes.filter((node) => node.id !== id && node.requires.includes(id));
    if (above.length > 0) ranks.set(id, Math.min(...above.map((node) => rank(node.id))) - 1);
  }
  return ranks;
}

/**
 * Places a requirements graph in rows: each element above all it needs, what needs nothing right
 * below its lowest user, in a row by the middle of what it needs.
 */
export function layoutGraph(nodes: readonly GraphNode[]): Graph {
  const ranks = ranksOf(nodes);
  const height = Math.max(0, ...ranks.values());
  const rows: GraphNode[][] = Array.from({ length: height + 1 }, () => []);
  for (const node of nodes) rows[ranks.get(node.id) ?? 0]?.push(node);
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const width = widest * (nodeWidth + gapX) - gapX;
  const placed = new Map<string, PlacedNode>();
  for (const [rank, row] of rows.entries()) {
    const wanted = (node: GraphNode): number => {
      const below = node.requires.flatMap((id) => placed.get(id)?.x ?? []);
      return below.length === 0 ? 0 : below.reduce((sum, x) => sum + x, 0) / below.length;
    };
    const ordered = row.toSorted((a, b) => wanted(a) - wanted(b));
    const own = ordered.length * (nodeWidth + gapX) - gapX;
    for (const [at, node] of ordered.entries()) {
      const x = (width - own) / 2 + at * (nodeWidth + gapX);
      placed.set(node.id, { ...node, x, y: (height - rank) * (nodeHeight + gapY) });
    }
  }
  const all = [...placed.values()];
  const edges = all.flatMap((to) =>
    to.requires.flatMap((id) => {
      const from = placed.get(id);
      return from === undefined || from === to ? [] : [{ from, to }];
    }),
  );
  return { nodes: all, edges, width, height: (height + 1) * (nodeHeight + gapY) - gapY };
}

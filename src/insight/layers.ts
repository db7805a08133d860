/**
 * The first half of a layered drawing (Sugiyama, Tagawa, Toda 1981): which way each arc runs and on
 * which row each node stands. Deterministic: ties go to the node named first.
 */
export type Arc = { readonly from: number; readonly to: number; readonly weight: number };

/**
 * An order of the nodes in which the arcs that run backwards weigh little (after Eades, Lin, Smyth
 * 1993, with weights), and in which every node that can be reached from `first` has an arc from an
 * earlier one, so that no activity floats above the start. Among the nodes reached so far the next
 * is one that nothing left leads to, else the one with the greatest surplus of outgoing weight.
 * `last` closes.
 */
export function forwardOrder(
  nodes: number,
  arcs: readonly Arc[],
  first: number,
  last: number,
): readonly number[] {
  const left = new Set(Array.from({ length: nodes }, (_, node) => node));
  left.delete(first);
  left.delete(last);
  const order = [first];
  const weights = (node: number) => {
    let [incoming, outgoing, reached] = [0, 0, 0];
    for (const arc of arcs) {
      if (arc.from === arc.to) continue;
      if (arc.from === node && left.has(arc.to)) outgoing += arc.weight;
      if (arc.to !== node) continue;
      if (left.has(arc.from)) incoming += arc.weight;
      else if (arc.from !== last) reached += arc.weight;
    }
    return { node, incoming, outgoing, reached };
  };
  while (left.size > 0) {
    const all = [...left].map(weights);
    const open = all.filter((each) => each.reached > 0);
    const from = open.length > 0 ? open : all;
    const source = from.find((each) => each.incoming === 0 && each.outgoing > 0);
    const next = source ?? from.reduce((a, b) => (surplus(b) > surplus(a) ? b : a));
    order.push(next.node);
    left.delete(next.node);
  }
  return [...order, last];
}

/** How much more leaves a node than still enters it, relative to all, so that rare nodes count. */
function surplus(of: { incoming: number; outgoing: number; reached: number }): number {
  return (of.outgoing - of.incoming) / (of.outgoing + of.incoming + of.reached);
}

/**
 * Rows for nodes along forward arcs (`forward` holds [from, to] with from before to in `order`):
 * the longest path from the top first, then each node moves within its slack to where its arcs,
 * weighted, are shortest. Every forward arc goes down at least one row.
 */
export function rowsOf(order: readonly number[], forward: readonly Arc[]): Int32Array {
  const row = new Int32Array(order.length);
  for (const node of order) {
    for (const arc of forward) {
      if (arc.to === node) row[node] = Math.max(row[node]!, row[arc.from]! + 1);
    }
  }
  for (let turn = 0; turn < 8; turn++) {
    const sweep = turn % 2 === 0 ? order.toReversed() : order;
    for (const node of sweep) settle(node, row, forward);
  }
  // The end closes the drawing, also where an activity leads only back.
  const last = order[order.length - 1]!;
  const others = order.slice(0, -1).map((node) => row[node]!);
  row[last] = Math.max(row[last]!, Math.max(-1, ...others) + 1);
  const top = Math.min(...row);
  return row.map((each) => each - top);
}

function settle(node: number, row: Int32Array, forward: readonly Arc[]): void {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const pulls: { row: number; weight: number }[] = [];
  for (const arc of forward) {
    if (arc.to === node) {
      low = Math.max(low, row[arc.from]! + 1);
      pulls.push({ row: row[arc.from]! + 1, weight: arc.weight });
    } else if (arc.from === node) {
      high = Math.min(high, row[arc.to]! - 1);
      pulls.push({ row: row[arc.to]! - 1, weight: arc.weight });
    }
  }
  if (pulls.length === 0 || low === Number.NEGATIVE_INFINITY) return;
  pulls.sort((a, b) => a.row - b.row);
  const half = pulls.reduce((sum, pull) => sum + pull.weight, 0) / 2;
  let passed = 0;
  const median = pulls.find((pull) => {
    passed += pull.weight;
    return passed >= half;
  })!;
  row[node] = Math.min(high, Math.max(low, median.row));
}

import type { GraphEdge, GraphNode } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds, sumOf } from '../quantiles.ts';

/** Which activity comes directly after which, counted with multiplicity. */
export type DirectlyFollows = {
  readonly pairs: number;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

/**
 * The process map of a log: one pass over the pieces of work in order. An edge counts each time its
 * second activity comes directly after its first in a case; its time runs from the end of the first
 * to the start of the second and is 0 when they overlap.
 */
export function directlyFollows(work: Instances): DirectlyFollows {
  const { activities } = work.log;
  const edges = new EdgeTable(activities.size);
  const nodes = new NodeCounts(activities.size);
  const edge = stepsOf(work, edges, nodes);
  const { first, sorted } = sortedByEdge(work, edge, edges);
  return {
    pairs: sorted.length,
    nodes: nodes.nodes(work, edges),
    edges: Array.from({ length: edges.size }, (_, e) => {
      const gaps = sorted.subarray(first[e]!, first[e + 1]!);
      return {
        from: activities.text(edges.from[e]!),
        to: activities.text(edges.to[e]!),
        count: gaps.length,
        cases: edges.cases[e]!,
        meanSeconds: seconds(sumOf(gaps) / gaps.length),
        medianSeconds: seconds(quantile(gaps, 0.5)),
        p90Seconds: seconds(quantile(gaps, 0.9)),
      };
    }).sort((a, b) => b.count - a.count),
  };
}

/**
 * The edge by which each piece of work follows the one before it; meaningless for a case's first.
 */
function stepsOf(work: Instances, edges: EdgeTable, nodes: NodeCounts): Int32Array {
  const { activity, firstOfCase, size } = work;
  const edge = new Int32Array(size);
  const { lastCase, cases } = nodes;
  const caseCount = firstOfCase.length - 1;
  for (let c = 0; c < caseCount; c++) {
    const to = firstOfCase[c + 1]!;
    let before = -1;
    for (let i = firstOfCase[c]!; i < to; i++) {
      const here = activity[i]!;
      if (lastCase[here] !== c) {
        lastCase[here] = c;
        cases[here]!++;
      }
      if (before >= 0) edge[i] = edges.of(before, here, c);
      before = here;
    }
  }
  return edge;
}

/**
 * The times of each edge, sorted, as one stretch of a single column. They are 0 or more: the bits
 * of such numbers stand in the same order as the numbers, and are quicker to sort.
 */
function sortedByEdge(work: Instances, edge: Int32Array, edges: EdgeTable) {
  const { firstOfCase, startMs, endMs } = work;
  const first = new Int32Array(edges.size + 1);
  for (let e = 0; e < edges.size; e++) first[e + 1] = first[e]! + edges.counts[e]!;
  const next = first.slice(0, edges.size);
  const sorted = new Float64Array(first[edges.size]!);
  const caseCount = firstOfCase.length - 1;
  for (let c = 0; c < caseCount; c++) {
    const to = firstOfCase[c + 1]!;
    for (let i = firstOfCase[c]! + 1; i < to; i++) {
      const gap = startMs[i]! - endMs[i - 1]!;
      const place = next[edge[i]!]!++;
      if (gap > 0) sorted[place] = gap;
    }
  }
  const bits = new BigUint64Array(sorted.buffer);
  for (let e = 0; e < edges.size; e++) bits.subarray(first[e]!, first[e + 1]!).sort();
  return { first, sorted };
}

/** In how many cases each activity is. */
class NodeCounts {
  readonly cases: Int32Array;
  readonly lastCase: Int32Array;

  constructor(activities: number) {
    this.cases = new Int32Array(activities);
    this.lastCase = new Int32Array(activities).fill(-1);
  }

  /** Every execution is the first of its case or the end of a step. */
  nodes({ activity, firstOfCase, log }: Instances, edges: EdgeTable): GraphNode[] {
    const all = log.activities.size;
    const [starts, ends] = [new Int32Array(all), new Int32Array(all)];
    for (let c = 0; c < log.cases.size; c++) {
      const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
      if (from === to) continue;
      starts[activity[from]!]!++;
      ends[activity[to - 1]!]!++;
    }
    const instances = starts.slice();
    for (let e = 0; e < edges.size; e++) instances[edges.to[e]!]! += edges.counts[e]!;
    return Array.from({ length: all }, (_, code) => ({
      activity: log.activities.text(code),
      instances: instances[code]!,
      cases: this.cases[code]!,
      starts: starts[code]!,
      ends: ends[code]!,
    })).filter((node) => node.instances > 0);
  }
}

/** Numbers the pairs of activities in the order in which they first appear. */
class EdgeTable {
  readonly from: number[] = [];
  readonly to: number[] = [];
  /** How often each edge is taken, and in how many cases. */
  counts = new Int32Array(256);
  cases = new Int32Array(256);
  #lastCase = new Int32Array(256).fill(-1);
  readonly #activities: number;
  readonly #small: Int32Array;
  readonly #codes = new Map<number, number>();

  constructor(activities: number) {
    this.#activities = activities;
    this.#small = new Int32Array(activities <= 512 ? activities * activities : 0).fill(-1);
  }

  get size(): number {
    return this.from.length;
  }

  of(from: number, to: number, caseCode: number): number {
    const key = from * this.#activities + to;
    let edge = key < this.#small.length ? this.#small[key]! : (this.#codes.get(key) ?? -1);
    if (edge < 0) edge = this.#add(from, to, key);
    this.counts[edge]!++;
    if (this.#lastCase[edge] !== caseCode) {
      this.cases[edge]!++;
      this.#lastCase[edge] = caseCode;
    }
    return edge;
  }

  #add(from: number, to: number, key: number): number {
    const edge = this.from.length;
    this.from.push(from);
    this.to.push(to);
    if (key < this.#small.length) this.#small[key] = edge;
    else this.#codes.set(key, edge);
    if (edge === this.cases.length) {
      const [counts, cases] = [new Int32Array(edge * 2), new Int32Array(edge * 2)];
      const lastCase = new Int32Array(edge * 2).fill(-1);
      counts.set(this.counts);
      cases.set(this.cases);
      lastCase.set(this.#lastCase);
      this.counts = counts;
      this.cases = cases;
      this.#lastCase = lastCase;
    }
    return edge;
  }
}

import type { GraphEdge, GraphNode } from '../analysis.ts';
import type { Instances } from '../instances.ts';
import { quantile, seconds, sortedByGroup, sumOf } from './quantiles.ts';

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
  const { activity, firstOfCase, log } = work;
  const names = log.activities;
  const node = Array.from({ length: names.size }, () => ({
    instances: 0,
    cases: 0,
    starts: 0,
    ends: 0,
  }));
  const lastCase = new Int32Array(names.size).fill(-1);
  const edgeOf = new Int32Array(work.size).fill(-1);
  const gapMs = new Float64Array(work.size);
  const edges = new EdgeTable(names.size);
  let pairs = 0;
  for (let c = 0; c < log.cases.size; c++) {
    const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    if (from === to) continue;
    node[activity[from]!]!.starts++;
    node[activity[to - 1]!]!.ends++;
    for (let i = from; i < to; i++) {
      const current = activity[i]!;
      node[current]!.instances++;
      if (lastCase[current] !== c) node[current]!.cases++;
      lastCase[current] = c;
      if (i === from) continue;
      pairs++;
      edgeOf[i] = edges.of(activity[i - 1]!, current, c);
      gapMs[i] = Math.max(0, work.startMs[i]! - work.endMs[i - 1]!);
    }
  }
  const { first, sorted } = sortedByGroup(gapMs, edgeOf, edges.size);
  return {
    pairs,
    nodes: node
      .map((counts, code) => ({ activity: names.text(code), ...counts }))
      .filter((counts) => counts.instances > 0),
    edges: Array.from({ length: edges.size }, (_, e) => {
      const gaps = sorted.subarray(first[e]!, first[e + 1]!);
      return {
        from: names.text(edges.from[e]!),
        to: names.text(edges.to[e]!),
        count: gaps.length,
        cases: edges.cases[e]!,
        meanSeconds: seconds(sumOf(gaps) / gaps.length),
        medianSeconds: seconds(quantile(gaps, 0.5)),
        p90Seconds: seconds(quantile(gaps, 0.9)),
      };
    }).sort((a, b) => b.count - a.count),
  };
}

/** Numbers the pairs of activities in the order in which they first appear. */
class EdgeTable {
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly cases: number[] = [];
  readonly #lastCase: number[] = [];
  readonly #codes = new Map<number, number>();
  readonly #small: Int32Array | null;
  readonly #activities: number;

  constructor(activities: number) {
    this.#activities = activities;
    this.#small = activities <= 512 ? new Int32Array(activities * activities).fill(-1) : null;
  }

  get size(): number {
    return this.from.length;
  }

  of(from: number, to: number, caseCode: number): number {
    const key = from * this.#activities + to;
    let edge = this.#small ? this.#small[key]! : (this.#codes.get(key) ?? -1);
    if (edge < 0) {
      edge = this.from.length;
      this.from.push(from);
      this.to.push(to);
      this.cases.push(0);
      this.#lastCase.push(-1);
      if (this.#small) this.#small[key] = edge;
      else this.#codes.set(key, edge);
    }
    if (this.#lastCase[edge] !== caseCode) this.cases[edge]!++;
    this.#lastCase[edge] = caseCode;
    return edge;
  }
}

import { ending, type FollowsGraph } from './filtered-follows.ts';
import type { GraphNode, ModelGraph } from './graph.ts';

/** What a split leads to: a node, the places it covers, and those that run beside all of it. */
type Branch = { readonly node: number; cover: ReadonlySet<number>; beside: ReadonlySet<number> };

/**
 * A model out of filtered arcs and concurrent pairs (Augusto and others, "Split miner: automated
 * discovery of accurate and simple business process models from event logs", 2019, sections 3.4 and
 * 3.5). Successors that run beside the same others are alternatives; those that, with what runs
 * beside them, make up the same whole run in parallel. Every join is inclusive at first: which of
 * them are simpler is told by what can come to them (`joins.ts`).
 */
export function splitModel(
  follows: FollowsGraph,
  weight: Float64Array,
  beside: Uint8Array,
  name: (activity: number) => string,
): ModelGraph {
  const draft = new Draft(follows, name);
  for (let place = 0; place < follows.size; place++) {
    const next: number[] = [];
    for (let to = 0; to < follows.size; to++) {
      if (weight[place * follows.size + to]! > 0) next.push(to);
    }
    if (place === ending || next.length === 0) continue;
    const branches = next.map((to): Branch => {
      const others = next.filter((other) => beside[to * follows.size + other] === 1);
      return { node: to, cover: new Set([to]), beside: new Set(others) };
    });
    draft.connect(place, splitAll(draft, branches));
  }
  draft.join();
  for (const place of follows.selfLoops) draft.loop(place);
  return draft.finish();
}

/** Joins branches two and more at a time until one node leads to them all. */
function splitAll(draft: Draft, all: readonly Branch[]): number {
  let branches = [...all];
  while (branches.length > 1) {
    const before = branches.length;
    branches = merged(draft, branches, 'exclusiveGateway', (branch) => branch.beside);
    branches = merged(draft, branches, 'parallelGateway', (branch) =>
      branch.cover.union(branch.beside),
    );
    if (branches.length < before || branches.length === 1) continue;
    // Nothing fits: alternatives, which can always come to an end.
    branches = merged(draft, branches, 'exclusiveGateway', () => new Set());
  }
  return branches[0]!.node;
}

/** Puts branches together that agree in something. */
function merged(
  draft: Draft,
  branches: readonly Branch[],
  kind: GraphNode['kind'],
  trait: (branch: Branch) => ReadonlySet<number>,
): Branch[] {
  const key = (branch: Branch) => [...trait(branch)].sort((a, b) => a - b).join(' ');
  const groups = Map.groupBy(branches, key);
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1 || first === undefined) return group[0]!;
    const gateway = draft.add(kind);
    for (const { node } of group) draft.connect(gateway, node);
    const parallel = kind === 'parallelGateway';
    return {
      node: gateway,
      cover: group.reduce<ReadonlySet<number>>((sum, { cover }) => sum.union(cover), new Set()),
      beside: group.reduce(
        (sum, each) => (parallel ? sum.intersection(each.beside) : sum.union(each.beside)),
        first.beside,
      ),
    };
  });
}

class Draft {
  readonly #nodes: GraphNode[] = [];
  #flows: { from: number; to: number }[] = [];

  constructor({ activities }: FollowsGraph, name: (activity: number) => string) {
    this.#nodes.push({ kind: 'startEvent', name: '' }, { kind: 'endEvent', name: '' });
    for (const activity of activities) this.#nodes.push({ kind: 'task', name: name(activity) });
  }

  add(kind: GraphNode['kind']): number {
    return this.#nodes.push({ kind, name: '' }) - 1;
  }

  connect(from: number, to: number): void {
    this.#flows.push({ from, to });
  }

  /** Puts an inclusive gateway before everything that is reached from several sides. */
  join(): void {
    const into = this.#nodes.map(() => 0);
    for (const { to } of this.#flows) into[to]!++;
    for (const [node, count] of into.entries()) {
      if (count < 2) continue;
      const join = this.add('inclusiveGateway');
      this.#flows = this.#flows.map((flow) =>
        flow.to === node ? { from: flow.from, to: join } : flow,
      );
      this.connect(join, node);
    }
  }

  /** A way from behind a task back to before it. */
  loop(task: number): void {
    const join = this.add('exclusiveGateway');
    const split = this.add('exclusiveGateway');
    this.#flows = this.#flows.map(({ from, to }) => ({
      from: from === task ? split : from,
      to: to === task ? join : to,
    }));
    this.connect(join, task);
    this.connect(task, split);
    this.connect(split, join);
  }

  /** The graph with its end as the last node. */
  finish(): ModelGraph {
    const order = this.#nodes.map((_, i) => i).filter((i) => i !== ending);
    order.push(ending);
    const place = new Map(order.map((old, now) => [old, now]));
    return {
      nodes: order.map((old) => this.#nodes[old]!),
      flows: this.#flows.map(({ from, to }) => ({ from: place.get(from)!, to: place.get(to)! })),
    };
  }
}

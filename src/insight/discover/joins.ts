import { compile, read } from '../../kernel/index.ts';
import { ProcessStates } from '../../kernel/verify/space.ts';
import { bareBpmn } from './bpmn.ts';
import type { GraphNode, ModelGraph } from './graph.ts';

/** How many states are looked at to see what comes to the joins. */
const statesMax = 20_000;

/**
 * The same model with as few inclusive joins as its behaviour needs. The kernel runs it with all
 * joins inclusive, over every order and choice; where only one token ever comes the join is
 * exclusive, where all come together it is parallel, and where some exclude each other it is taken
 * apart into a join of joins. Then gateways that stand behind one another and mean the same are
 * one.
 */
export async function withSimpleJoins(graph: ModelGraph): Promise<ModelGraph> {
  const arrivals = await arrivalsOf(graph);
  if (arrivals === null) return graph;
  const nodes = [...graph.nodes];
  let flows = [...graph.flows];
  for (const [join, sets] of arrivals) {
    const into = graph.flows.flatMap((flow, i) => (flow.to === join ? [i] : []));
    const tree = treeOf(into, sets);
    const place = (part: JoinTree, target: number): void => {
      if (part.kind === 'flow') {
        flows = flows.map((flow, i) => (i === part.flow ? { from: flow.from, to: target } : flow));
        return;
      }
      const gateway = nodes.push({ kind: part.kind, name: '' }) - 1;
      flows.push({ from: gateway, to: target });
      for (const inner of part.parts) place(inner, gateway);
    };
    if (tree.kind === 'flow') continue;
    nodes[join] = { kind: tree.kind, name: '' };
    for (const part of tree.parts) place(part, join);
  }
  return simplified({ nodes, flows });
}

/** For each inclusive join, the sets of flows that came to it together; null: too many states. */
async function arrivalsOf(graph: ModelGraph): Promise<Map<number, Set<string>> | null> {
  const arrivals = new Map<number, Set<string>>();
  for (const [i, { kind }] of graph.nodes.entries()) {
    if (kind === 'inclusiveGateway') arrivals.set(i, new Set());
  }
  if (arrivals.size === 0) return arrivals;
  const model = await read(bareBpmn(graph));
  if (!model.ok) return null;
  const compiled = compile(model.value, 'discovered');
  if (!compiled.ok) return null;
  const program = compiled.value;
  const states = new ProcessStates(program);
  for (let state = 0; state < states.size; state++) {
    if (state > statesMax) return null;
    states.ways(state);
  }
  if (!states.bounded) return null;
  const number = (id: string | undefined) => Number(id?.slice(id.lastIndexOf('_') + 1));
  for (const [element, passes] of states.passes) {
    const sets = arrivals.get(number(program.elements[element]?.id));
    for (const pass of passes) {
      const flows = pass.split(' ').map((flow) => number(program.flows[Number(flow)]?.id));
      sets?.add(flows.sort((a, b) => a - b).join(' '));
    }
  }
  return arrivals;
}

type JoinTree =
  | { readonly kind: 'flow'; readonly flow: number }
  | {
      readonly kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway';
      readonly parts: readonly JoinTree[];
    };

/** Takes a join apart: alternatives never come together, parallel parts always do. */
function treeOf(flows: readonly number[], sets: ReadonlySet<string>): JoinTree {
  const [only] = flows;
  if (flows.length === 1 && only !== undefined) return { kind: 'flow', flow: only };
  const lists = [...sets].map((text) => text.split(' ').map(Number));
  const together = (a: number, b: number) =>
    lists.some((list) => list.includes(a) && list.includes(b));
  const alternatives = parted(flows, together);
  const within = (part: readonly number[]) =>
    new Set(
      lists
        .map((list) => list.filter((flow) => part.includes(flow)).join(' '))
        .filter((text) => text !== ''),
    );
  if (alternatives.length > 1) {
    const parts = alternatives.map((part) => treeOf(part, within(part)));
    return { kind: 'exclusiveGateway', parts };
  }
  const parallel = parted(flows, (a, b) => !together(a, b));
  const always = parallel.every((part) =>
    lists.every((list) => list.some((flow) => part.includes(flow))),
  );
  if (parallel.length > 1 && always) {
    const parts = parallel.map((part) => treeOf(part, within(part)));
    return { kind: 'parallelGateway', parts };
  }
  return { kind: 'inclusiveGateway', parts: flows.map((flow) => ({ kind: 'flow', flow })) };
}

/** Groups of flows: those joined, directly or by others, are in one. */
function parted(flows: readonly number[], joined: (a: number, b: number) => boolean): number[][] {
  const left = new Set(flows);
  const groups: number[][] = [];
  for (const flow of flows) {
    if (!left.delete(flow)) continue;
    const group = [flow];
    for (let i = 0; i < group.length; i++) {
      for (const other of [...left]) {
        if (!joined(group[i]!, other)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

/** Gateways of one kind that only pass on to one another are one; those that do nothing go. */
export function simplified(graph: ModelGraph): ModelGraph {
  let { nodes, flows } = graph;
  for (;;) {
    const count = (node: number, end: 'from' | 'to') =>
      flows.filter((flow) => flow[end] === node).length;
    const isGateway = (node: number) => nodes[node]!.kind.endsWith('Gateway');
    const same = flows.findIndex(({ from, to }) => {
      if (!isGateway(from) || !isGateway(to) || from === to) return false;
      if (nodes[from]!.kind !== nodes[to]!.kind || nodes[from]!.kind === 'inclusiveGateway') {
        return false;
      }
      const joins = count(from, 'from') === 1 && count(to, 'from') === 1;
      const splits = count(from, 'to') === 1 && count(to, 'to') === 1;
      return joins || splits;
    });
    const idle = nodes.findIndex(
      (_, node) => isGateway(node) && count(node, 'from') === 1 && count(node, 'to') === 1,
    );
    if (same < 0 && idle < 0) return { nodes, flows };
    const [gone, stays] =
      same >= 0
        ? [flows[same]!.from, flows[same]!.to]
        : [idle, flows.find(({ from }) => from === idle)!.to];
    ({ nodes, flows } = withoutNode(nodes, flows, gone, stays));
  }
}

/** One node gives its flows to another that it leads to, and goes. */
function withoutNode(
  nodes: readonly GraphNode[],
  flows: ModelGraph['flows'],
  gone: number,
  stays: number,
): ModelGraph {
  let dropped = false;
  const left = flows.flatMap(({ from, to }) => {
    if (!dropped && from === gone && to === stays) {
      dropped = true;
      return [];
    }
    return [{ from: from === gone ? stays : from, to: to === gone ? stays : to }];
  });
  // The same choice twice, and one that leads to itself, say nothing more.
  const seen = new Set<string>();
  const distinct = left.filter(({ from, to }) => {
    if (nodes[from]!.kind !== 'exclusiveGateway') return true;
    const key = `${from} ${to}`;
    const isNew = !seen.has(key) && from !== to;
    seen.add(key);
    return isNew;
  });
  const shift = (node: number) => (node > gone ? node - 1 : node);
  return {
    nodes: nodes.filter((_, node) => node !== gone),
    flows: distinct.map(({ from, to }) => ({ from: shift(from), to: shift(to) })),
  };
}

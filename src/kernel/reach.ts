/** Which flows and elements lie before or behind an element, inside its scope. */
import type { Flow, Node, Program } from './program.ts';

export type Reached = { readonly flows: Set<number>; readonly elements: Set<number> };

/** Everything a token at `element` can come to, the element itself included. */
export function reachableFrom(program: Program, element: number): Reached {
  const flows = new Set<number>();
  const elements = new Set<number>([element]);
  const todo = [element];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const node = program.elements[at];
    if (node === undefined) continue;
    for (const flow of node.outgoing) {
      flows.add(flow);
      visit(program.flows[flow]?.target);
    }
    for (const next of besides(node)) visit(next);
  }
  return { flows, elements };

  function visit(next: number | undefined): void {
    if (next === undefined || elements.has(next)) return;
    elements.add(next);
    todo.push(next);
  }
}

/** The elements directly behind one: by a flow, a boundary event or a link. */
export function nextOf(program: Program, node: Node): number[] {
  const targets = node.outgoing.flatMap((flow) => program.flows[flow]?.target ?? []);
  return [...targets, ...besides(node)];
}

/** Boundary events and link targets: ways on that are no sequence flow. */
function besides(node: Node): number[] {
  const { work } = node;
  const boundaries = 'activity' in work ? (work.activity?.boundaries ?? []) : [];
  if (work.kind !== 'throw') return [...boundaries];
  return work.triggers.flatMap((trigger) =>
    trigger.kind === 'link' && trigger.target !== null ? [trigger.target] : [],
  );
}

/**
 * What can send a token to `gateway` by the flow `last` without passing the gateway: used by joins
 * that wait as long as something may still arrive.
 */
export function upstreamOf(
  elements: readonly Node[],
  flows: readonly Flow[],
  gateway: number,
  last: number,
): Reached {
  const reached: Reached = { flows: new Set([last]), elements: new Set() };
  const todo = [flows[last]?.source ?? -1];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const node = elements[at];
    if (at === gateway || node === undefined || reached.elements.has(at)) continue;
    reached.elements.add(at);
    for (const flow of node.incoming) {
      reached.flows.add(flow);
      todo.push(flows[flow]?.source ?? -1);
    }
    if (node.work.kind === 'boundary') todo.push(node.work.attachedTo);
    if (node.work.kind === 'catch') todo.push(...linkSources(elements, at));
  }
  return reached;
}

function linkSources(elements: readonly Node[], target: number): number[] {
  return elements
    .filter((node) => node.work.kind === 'throw' && besides(node).includes(target))
    .map((node) => node.index);
}

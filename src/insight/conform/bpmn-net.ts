import { ok, type Result, refuse } from '../../base/result.ts';
import type { Node, Program } from '../../kernel/index.ts';
import type { PetriNet, Transition } from '../petri-net.ts';

/**
 * A flat BPMN process as a Petri net: each flow is a place, each task a transition of its name, and
 * what the kernel does with tokens at gateways and plain events is silent. A log knows no data, so
 * conditions are not asked: an exclusive gateway may take any way. Messages, timers and conditions
 * of events in between happen silently. Refused by name (net_element_unsupported): what has scopes
 * or looks beyond its own flows (sub-processes, boundary events, loops, inclusive gateways …).
 */
export function programToNet(program: Program): Result<PetriNet> {
  const start = program.flows.length;
  const end = start + 1;
  const transitions: Transition[] = [];
  for (const node of program.elements) {
    if (node.work.kind === 'scope' && node.parent < 0) continue;
    const made = transitionsOf(node, start, end);
    if (made === null) {
      return refuse('net_element_unsupported', { element: node.id, type: node.type });
    }
    transitions.push(...made);
  }
  return ok({ places: end + 1, transitions, initial: [start], final: [end] });
}

/** The transitions of one element, or null when a net cannot say what it means. */
function transitionsOf(node: Node, start: number, end: number): readonly Transition[] | null {
  const { work, incoming, outgoing, parent } = node;
  if (parent !== 0) return null;
  const silent = (inputs: readonly number[], outputs: readonly number[]) => ({
    label: null,
    inputs,
    outputs,
  });
  switch (work.kind) {
    case 'task': {
      const { loop, boundaries, startQuantity, completionQuantity } = work.activity;
      const simple = loop === null && boundaries.length === 0;
      if (!simple || startQuantity !== 1 || completionQuantity !== 1) return null;
      const label = node.name || node.id;
      return orNone(incoming, start).map((flow) => ({
        label,
        inputs: [flow],
        outputs: outgoing.length > 0 ? outgoing : [end],
      }));
    }
    case 'start':
    case 'end':
    case 'catch':
    case 'throw':
      if (work.parallelMultiple) return null;
      return orNone(incoming, start).map((flow) =>
        silent([flow], outgoing.length > 0 ? outgoing : [end]),
      );
    case 'gateway':
      if (work.gateway === 'parallel') return [silent(incoming, outgoing)];
      if (work.gateway !== 'exclusive' && work.gateway !== 'event') return null;
      return incoming.flatMap((from) => outgoing.map((to) => silent([from], [to])));
    default:
      return null;
  }
}

function orNone(incoming: readonly number[], start: number): readonly number[] {
  return incoming.length > 0 ? incoming : [start];
}

/** What stands in a discovered model. `role`: who mostly does it, where the log says so. */
export type GraphNode = {
  readonly kind:
    | 'startEvent'
    | 'endEvent'
    | 'task'
    | 'exclusiveGateway'
    | 'parallelGateway'
    | 'inclusiveGateway';
  readonly name: string;
  readonly role?: string | null;
};

/** A discovered model as a graph; nodes by their place in the list, one start, one end. */
export type ModelGraph = {
  readonly nodes: readonly GraphNode[];
  readonly flows: readonly { readonly from: number; readonly to: number }[];
};

/** How large and how tangled a model is, by the measures papers use. */
export type Complexity = {
  /** Tasks, gateways and events (size). */
  readonly size: number;
  /** Control-flow complexity (Cardoso 2005): ways out of splits, added up by their kind. */
  readonly controlFlow: number;
};

/** Size and control-flow complexity of a model. */
export function complexityOf({ nodes, flows }: ModelGraph): Complexity {
  const out = nodes.map(() => 0);
  for (const { from } of flows) out[from]!++;
  let controlFlow = 0;
  for (const [i, { kind }] of nodes.entries()) {
    if (out[i]! < 2) continue;
    if (kind === 'parallelGateway') controlFlow += 1;
    else if (kind === 'inclusiveGateway') controlFlow += 2 ** out[i]! - 1;
    else controlFlow += out[i]!;
  }
  return { size: nodes.length, controlFlow };
}

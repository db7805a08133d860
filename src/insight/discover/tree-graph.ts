import type { ProcessTree } from '../process-tree.ts';
import type { GraphNode, ModelGraph } from './graph.ts';

/**
 * A process tree as a graph. Choices and loops are exclusive gateways, parallel blocks parallel
 * ones, each split with its own join, so the model is sound as the tree is.
 */
export function treeGraph(tree: ProcessTree, name: (activity: number) => string): ModelGraph {
  const nodes: GraphNode[] = [{ kind: 'startEvent', name: '' }];
  const flows: { from: number; to: number }[] = [];
  const add = (kind: GraphNode['kind'], label = ''): number =>
    nodes.push({ kind, name: label }) - 1;
  const connect = (from: number, to: number) => {
    flows.push({ from, to });
  };
  /** Appends a tree behind a node and gives the node after which it is done. */
  const append = (part: ProcessTree, from: number): number => {
    switch (part.kind) {
      case 'silent':
        return from;
      case 'activity': {
        const task = add('task', name(part.activity));
        connect(from, task);
        return task;
      }
      case 'sequence':
        return part.children.reduce((before, child) => append(child, before), from);
      case 'choice':
      case 'parallel': {
        const kind = part.kind === 'choice' ? 'exclusiveGateway' : 'parallelGateway';
        const split = add(kind);
        connect(from, split);
        const ends = part.children.map((child) => append(child, split));
        const join = add(kind);
        for (const end of ends) connect(end, join);
        return join;
      }
      case 'loop': {
        const join = add('exclusiveGateway');
        connect(from, join);
        const end = append(part.body, join);
        const split = add('exclusiveGateway');
        connect(end, split);
        connect(append(part.redo, split), join);
        return split;
      }
      default: {
        const never: never = part;
        return never;
      }
    }
  };
  const last = append(tree, 0);
  connect(last, add('endEvent'));
  return { nodes, flows };
}

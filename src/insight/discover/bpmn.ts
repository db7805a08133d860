import { type Box, layout } from '../layout.ts';
import type { ProcessTree } from '../process-tree.ts';

type NodeKind = 'startEvent' | 'endEvent' | 'task' | 'exclusiveGateway' | 'parallelGateway';
type Node = { readonly kind: NodeKind; readonly name: string };
type Flow = { readonly from: number; readonly to: number };

/** What a drawn model is called, and how it came to be; the latter stands in its documentation. */
export type ModelTitle = { readonly id: string; readonly name: string; readonly origin: string };

/**
 * A process tree as BPMN 2.0 with its diagram, from left to right. Choices and loops are exclusive
 * gateways, parallel blocks parallel ones, each split with its own join, so the model is sound as
 * the tree is. Gateways carry no conditions: a log shows what happened, not why.
 */
export function treeToBpmn(
  tree: ProcessTree,
  name: (activity: number) => string,
  title: ModelTitle,
): string {
  const { nodes, flows } = graphOf(tree, name);
  const ids = nodes.map((node, i) => `${node.kind}_${i}`);
  const inside = nodes.map((node, i) => element(node, i, ids[i]!, flows));
  const between = flows.map(
    (flow, i) =>
      `    <bpmn:sequenceFlow id="flow_${i}" sourceRef="${ids[flow.from]}" targetRef="${ids[flow.to]}"/>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="urn:huiliu:discovered">
  <bpmn:process id="${xml(title.id)}" name="${xml(title.name)}" isExecutable="false">
    <bpmn:documentation>${xml(title.origin)}</bpmn:documentation>
${inside.join('')}${between.join('')}  </bpmn:process>
${diagram(title.id, nodes, flows, ids)}</bpmn:definitions>
`;
}

function graphOf(tree: ProcessTree, name: (activity: number) => string) {
  const nodes: Node[] = [{ kind: 'startEvent', name: '' }];
  const flows: Flow[] = [];
  const add = (kind: NodeKind, label = ''): number => nodes.push({ kind, name: label }) - 1;
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

function element(node: Node, index: number, id: string, flows: readonly Flow[]): string {
  const refs = flows.flatMap((flow, i) => [
    ...(flow.to === index ? [`<bpmn:incoming>flow_${i}</bpmn:incoming>`] : []),
    ...(flow.from === index ? [`<bpmn:outgoing>flow_${i}</bpmn:outgoing>`] : []),
  ]);
  const label = node.name === '' ? '' : ` name="${xml(node.name)}"`;
  return `    <bpmn:${node.kind} id="${id}"${label}>${refs.join('')}</bpmn:${node.kind}>\n`;
}

const boxes: Readonly<Record<NodeKind, Box>> = {
  startEvent: { width: 36, height: 36 },
  endEvent: { width: 36, height: 36 },
  task: { width: 100, height: 80 },
  exclusiveGateway: { width: 50, height: 50 },
  parallelGateway: { width: 50, height: 50 },
};

/** The layered drawing runs from top to bottom; turned about, it runs from left to right. */
function diagram(
  process: string,
  nodes: readonly Node[],
  flows: readonly Flow[],
  ids: readonly string[],
): string {
  const turned = nodes.map(({ kind }) => ({
    width: boxes[kind].height,
    height: boxes[kind].width,
  }));
  const arcs = flows.map((flow) => ({ ...flow, weight: 1, label: 12 }));
  const drawn = layout(turned, arcs, 0, nodes.length - 1);
  const shapes = nodes.map(({ kind }, i) => {
    const { width, height } = boxes[kind];
    const { x, y } = drawn.nodes[i]!;
    const at = `x="${Math.round(y - width / 2)}" y="${Math.round(x - height / 2)}"`;
    const marker = kind === 'exclusiveGateway' ? ' isMarkerVisible="true"' : '';
    return `      <bpmndi:BPMNShape id="${ids[i]}_di" bpmnElement="${ids[i]}"${marker}><dc:Bounds ${at} width="${width}" height="${height}"/></bpmndi:BPMNShape>\n`;
  });
  const edges = flows.map((_, i) => {
    const points = drawn.arcs[i]!.points.map(
      ({ x, y }) => `<di:waypoint x="${Math.round(y)}" y="${Math.round(x)}"/>`,
    );
    return `      <bpmndi:BPMNEdge id="flow_${i}_di" bpmnElement="flow_${i}">${points.join('')}</bpmndi:BPMNEdge>\n`;
  });
  return `  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${xml(process)}">
${shapes.join('')}${edges.join('')}    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
`;
}

function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}

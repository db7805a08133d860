import type { ProcessTree } from '../process-tree.ts';
import { type Drawing, drawn } from './drawing.ts';
import type { GraphNode, ModelGraph } from './graph.ts';
import { treeGraph } from './tree-graph.ts';

/** What a drawn model is called, and how it came to be; the latter stands in its documentation. */
export type ModelTitle = { readonly id: string; readonly name: string; readonly origin: string };

/**
 * A process tree as BPMN 2.0 with its diagram, from left to right. Gateways carry no conditions: a
 * log shows what happened, not why.
 */
export function treeToBpmn(
  tree: ProcessTree,
  name: (activity: number) => string,
  title: ModelTitle,
): string {
  return graphToBpmn(treeGraph(tree, name), title);
}

/** A discovered model as BPMN 2.0 with its diagram; in lanes where its nodes have roles. */
export function graphToBpmn(graph: ModelGraph, title: ModelTitle): string {
  const drawing = drawn(graph);
  const lanes = drawing.lanes.map(
    (lane, i) =>
      `      <bpmn:lane id="lane_${i}" name="${xml(lane.role)}">${lane.nodes
        .map((node) => `<bpmn:flowNodeRef>${idOf(graph.nodes[node]!, node)}</bpmn:flowNodeRef>`)
        .join('')}</bpmn:lane>\n`,
  );
  const laneSet =
    lanes.length > 0 ? `    <bpmn:laneSet id="lanes">\n${lanes.join('')}    </bpmn:laneSet>\n` : '';
  const pool = `  <bpmn:collaboration id="collaboration"><bpmn:participant id="pool" name="${xml(title.name)}" processRef="${xml(title.id)}"/></bpmn:collaboration>\n`;
  const head = `    <bpmn:documentation>${xml(title.origin)}</bpmn:documentation>\n${laneSet}`;
  return document(
    `${laneSet === '' ? '' : pool}${processXml(graph, title, head)}${diagram(graph, drawing, title.id)}`,
  );
}

/** The model alone, without name and diagram, for those who only run it. */
export function bareBpmn(graph: ModelGraph): string {
  return document(processXml(graph, { id: 'discovered', name: '' }, ''));
}

function document(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="urn:huiliu:discovered">
${inner}</bpmn:definitions>
`;
}

function processXml(
  graph: ModelGraph,
  title: { readonly id: string; readonly name: string },
  head: string,
): string {
  const { nodes, flows } = graph;
  const ids = nodes.map(idOf);
  const inside = nodes.map((node, i) => element(node, i, ids[i]!, flows));
  const between = flows.map(
    (flow, i) =>
      `    <bpmn:sequenceFlow id="flow_${i}" sourceRef="${ids[flow.from]}" targetRef="${ids[flow.to]}"/>\n`,
  );
  return `  <bpmn:process id="${xml(title.id)}" name="${xml(title.name)}" isExecutable="false">
${head}${inside.join('')}${between.join('')}  </bpmn:process>
`;
}

function idOf({ kind }: GraphNode, index: number): string {
  return `${kind}_${index}`;
}

function element(node: GraphNode, index: number, id: string, flows: ModelGraph['flows']): string {
  const refs = flows.flatMap((flow, i) => [
    ...(flow.to === index ? [`<bpmn:incoming>flow_${i}</bpmn:incoming>`] : []),
    ...(flow.from === index ? [`<bpmn:outgoing>flow_${i}</bpmn:outgoing>`] : []),
  ]);
  const label = node.name === '' ? '' : ` name="${xml(node.name)}"`;
  return `    <bpmn:${node.kind} id="${id}"${label}>${refs.join('')}</bpmn:${node.kind}>\n`;
}

function diagram({ nodes, flows }: ModelGraph, drawing: Drawing, process: string): string {
  const bounds = (box: { x: number; y: number; width: number; height: number }) =>
    `<dc:Bounds x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}"/>`;
  const frames = drawing.pool
    ? [
        `      <bpmndi:BPMNShape id="pool_di" bpmnElement="pool" isHorizontal="true">${bounds(drawing.pool)}</bpmndi:BPMNShape>\n`,
        ...drawing.lanes.map(
          (lane, i) =>
            `      <bpmndi:BPMNShape id="lane_${i}_di" bpmnElement="lane_${i}" isHorizontal="true">${bounds(lane)}</bpmndi:BPMNShape>\n`,
        ),
      ]
    : [];
  const shapes = nodes.map((node, i) => {
    const id = idOf(node, i);
    const marker = node.kind === 'exclusiveGateway' ? ' isMarkerVisible="true"' : '';
    return `      <bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${marker}>${bounds(drawing.nodes[i]!)}</bpmndi:BPMNShape>\n`;
  });
  const edges = flows.map((_, i) => {
    const points = drawing.flows[i]!.map(({ x, y }) => `<di:waypoint x="${x}" y="${y}"/>`);
    return `      <bpmndi:BPMNEdge id="flow_${i}_di" bpmnElement="flow_${i}">${points.join('')}</bpmndi:BPMNEdge>\n`;
  });
  const plane = drawing.pool ? 'collaboration' : xml(process);
  return `  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${plane}">
${frames.join('')}${shapes.join('')}${edges.join('')}    </bpmndi:BPMNPlane>
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

import { type GraphNode, layoutGraph, nodeHeight, nodeWidth } from '../graph-layout.ts';

const kinds: Readonly<Record<string, GraphNode['kind']>> = {
  inputData: 'input',
  decision: 'decision',
  businessKnowledgeModel: 'knowledge',
};

/** Room for the tools of the editor, which stand over its sheet. */
const [left, top] = [110, 150];

type Requirement = { readonly id: string; readonly from: string; readonly to: string };

const namespaces = [
  'xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"',
  'xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"',
  'xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/"',
].join(' ');

function requirementsOf(element: Element): readonly Requirement[] {
  const to = element.id;
  return [...element.children]
    .filter((one) => /^(information|knowledge)Requirement$/.test(one.localName))
    .flatMap((one) => {
      const href = one.firstElementChild?.getAttribute('href') ?? '';
      const from = href.slice(href.indexOf('#') + 1);
      return one.id === '' || from === '' ? [] : [{ id: one.id, from, to }];
    });
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * Adds a drawing of the requirements graph to a file (DMN 1.3) that has none, so that the editor
 * can show and change the graph too. A file with a drawing, or an unreadable one, stays as it is.
 */
export function withDrawing(xml: string): string {
  const parsed = new DOMParser().parseFromString(xml, 'text/xml');
  const root = parsed.documentElement;
  if (root.localName !== 'definitions') return xml;
  if ([...root.children].some((child) => child.localName === 'DMNDI')) return xml;
  const elements = [...root.children].filter((child) => child.localName in kinds);
  const requirements = elements.flatMap(requirementsOf);
  const graph = layoutGraph(
    elements.map((element) => ({
      ...{ id: element.id, name: element.getAttribute('name') ?? '' },
      kind: kinds[element.localName] ?? 'decision',
      requires: requirements.filter((one) => one.to === element.id).map((one) => one.from),
    })),
  );
  const shapes = graph.nodes.map(
    ({ id, x, y }) => `<dmndi:DMNShape id="shape_${attribute(id)}" dmnElementRef="${attribute(id)}">
      <dc:Bounds x="${x + left}" y="${y + top}" width="${nodeWidth}" height="${nodeHeight}"/>
    </dmndi:DMNShape>`,
  );
  const edges = requirements.flatMap(({ id, from, to }) => {
    const edge = graph.edges.find((one) => one.from.id === from && one.to.id === to);
    if (edge === undefined) return [];
    const middle = left + nodeWidth / 2;
    return [
      `<dmndi:DMNEdge id="edge_${attribute(id)}" dmnElementRef="${attribute(id)}">
      <di:waypoint x="${edge.from.x + middle}" y="${edge.from.y + top}"/>
      <di:waypoint x="${edge.to.x + middle}" y="${edge.to.y + top + nodeHeight}"/>
    </dmndi:DMNEdge>`,
    ];
  });
  const diagram = `<dmndi:DMNDI ${namespaces}><dmndi:DMNDiagram id="drawing">
    ${[...shapes, ...edges].join('\n')}</dmndi:DMNDiagram></dmndi:DMNDI>`;
  const end = xml.lastIndexOf('</');
  return `${xml.slice(0, end)}${diagram}\n${xml.slice(end)}`;
}

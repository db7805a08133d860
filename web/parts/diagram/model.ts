import type { Language } from '../../settings.ts';

const bpmnNamespace = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const ownNamespace = 'urn:huiliu:bpmn:1';

/** The BPMN text with its names in the reader's language (`huiliu:nameEn` where there is one). */
export function inLanguage(xml: string, language: Language): string {
  if (language === 'zh-CN') return xml;
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const nameEn = new Map<string, string>();
  for (const element of document.querySelectorAll('*')) {
    const english = element.getAttributeNS(ownNamespace, 'nameEn');
    if (english === null) continue;
    element.setAttribute('name', english);
    nameEn.set(element.getAttribute('id') ?? '', english);
  }
  for (const pool of document.getElementsByTagNameNS(bpmnNamespace, 'participant')) {
    const english = nameEn.get(pool.getAttribute('processRef') ?? '');
    if (english !== undefined) pool.setAttribute('name', english);
  }
  return new XMLSerializer().serializeToString(document);
}

/** One activity, event or gateway as a line of the text view. */
export type OutlineNode = {
  readonly id: string;
  /** BPMN name of its kind, such as userTask. */
  readonly type: string;
  readonly name: string;
  readonly documentation: string | null;
  /** For a call activity the process it calls. */
  readonly calls: string | null;
  readonly attachedTo: string | null;
  /** Where it goes next: name of the flow and of its target. */
  readonly next: readonly { readonly flow: string; readonly to: string }[];
};

export type OutlineLane = {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly OutlineNode[];
};

const nodeTypes =
  /^(startEvent|endEvent|boundaryEvent|intermediate\w+Event|\w*[tT]ask|\w*Gateway|callActivity|subProcess|transaction)$/;

/** A model in words, lane by lane in the order of the way through it. */
export function outlineOf(xml: string): readonly OutlineLane[] {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const elements = [...document.getElementsByTagNameNS(bpmnNamespace, '*')];
  const byId = new Map(elements.map((element) => [element.getAttribute('id') ?? '', element]));
  const flows = elements.filter((element) => element.localName === 'sequenceFlow');
  const nodes = new Map(
    elements
      .filter((element) => nodeTypes.test(element.localName))
      .map((element) => {
        const node = outlineNode(element, flows, byId);
        return [node.id, node] as const;
      }),
  );
  const order = wayThrough(nodes, flows);
  const lanes = elements.filter((element) => element.localName === 'lane');
  const laneOf = new Map(
    lanes.flatMap((lane) =>
      [...lane.getElementsByTagNameNS(bpmnNamespace, 'flowNodeRef')].map((reference) => [
        reference.textContent?.trim() ?? '',
        lane.getAttribute('id') ?? '',
      ]),
    ),
  );
  const lineUp = (laneId: string) =>
    order.filter((id) => (laneOf.get(id) ?? '') === laneId).flatMap((id) => nodes.get(id) ?? []);
  const drawn = lanes.map((lane) => ({
    id: lane.getAttribute('id') ?? '',
    name: lane.getAttribute('name') ?? '',
    nodes: lineUp(lane.getAttribute('id') ?? ''),
  }));
  const rest = lineUp('');
  return rest.length === 0 ? drawn : [...drawn, { id: '', name: '', nodes: rest }];
}

function outlineNode(
  element: Element,
  flows: readonly Element[],
  byId: ReadonlyMap<string, Element>,
): OutlineNode {
  const id = element.getAttribute('id') ?? '';
  const documentation = element.getElementsByTagNameNS(bpmnNamespace, 'documentation')[0];
  return {
    id,
    type: element.localName,
    name: element.getAttribute('name') ?? '',
    documentation: documentation?.textContent?.trim() ?? null,
    calls: element.getAttribute('calledElement'),
    attachedTo: byId.get(element.getAttribute('attachedToRef') ?? '')?.getAttribute('name') ?? null,
    next: flows
      .filter((flow) => flow.getAttribute('sourceRef') === id)
      .map((flow) => ({
        flow: flow.getAttribute('name') ?? '',
        to: byId.get(flow.getAttribute('targetRef') ?? '')?.getAttribute('name') ?? '',
      })),
  };
}

/** Ids in the order a case meets them first: breadth first from the start events. */
function wayThrough(
  nodes: ReadonlyMap<string, OutlineNode>,
  flows: readonly Element[],
): readonly string[] {
  const queue = [...nodes.values()]
    .filter((node) => node.type === 'startEvent')
    .map(({ id }) => id);
  const seen = new Set(queue);
  for (const id of queue) {
    for (const flow of flows) {
      const target = flow.getAttribute('targetRef') ?? '';
      if (flow.getAttribute('sourceRef') !== id || seen.has(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return [...queue, ...[...nodes.keys()].filter((id) => !seen.has(id))];
}

/** Elements a case has gone through, from the flows it took. */
export function passedElements(xml: string, flowsTaken: readonly string[]): readonly string[] {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const taken = new Set(flowsTaken);
  const passed = new Set<string>();
  for (const flow of document.getElementsByTagNameNS(bpmnNamespace, 'sequenceFlow')) {
    if (!taken.has(flow.getAttribute('id') ?? '')) continue;
    passed.add(flow.getAttribute('sourceRef') ?? '');
    passed.add(flow.getAttribute('targetRef') ?? '');
  }
  return [...passed];
}

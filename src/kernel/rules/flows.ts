/** Sequence flows: what they connect and what they may carry. */
import { child, children, is, isElement } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import {
  activityTypes,
  artifactTypes,
  eventTypes,
  gatewayTypes,
  incomingOf,
  isEventSub,
  of,
  outgoingOf,
  processOf,
  type Rule,
  type Seen,
} from './rule.ts';

const scopes = ['process', 'subProcess', 'transaction'];

export const flowRules: readonly Rule[] = [
  {
    code: 'EXT006',
    says: 'A sequence flow does not lead to an artifact.',
    holds: 'always',
    broken: (seen) => seen.flows.filter((flow) => is(child(flow, 'targetRef'), ...artifactTypes)),
  },
  {
    code: 'EXT007',
    says: 'A sequence flow does not come from an artifact.',
    holds: 'always',
    broken: (seen) => seen.flows.filter((flow) => is(child(flow, 'sourceRef'), ...artifactTypes)),
  },
  {
    code: 'EXT021',
    says: 'No sequence flow leaves an event sub-process.',
    holds: 'always',
    broken: (seen) => seen.flows.filter((flow) => isEventSub(child(flow, 'sourceRef'))),
  },
  {
    code: 'EXT022',
    says: 'No sequence flow leads to an event sub-process.',
    holds: 'always',
    broken: (seen) => seen.flows.filter((flow) => isEventSub(child(flow, 'targetRef'))),
  },
  {
    code: 'EXT057',
    says: 'An event sub-process has no incoming and no outgoing sequence flow.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'subProcess', 'transaction', 'adHocSubProcess').filter(
        (sub) => isEventSub(sub) && incomingOf(seen, sub).length + outgoingOf(seen, sub).length > 0,
      ),
  },
  {
    code: 'EXT023',
    says: 'The flows an element names as incoming and outgoing are those that lead to and from it.',
    holds: 'always',
    broken: (seen) => [
      ...unresolved(seen, ['bpmn:incoming', 'bpmn:outgoing']),
      ...seen.elements.filter(namesWrongFlows),
    ],
  },
  {
    code: 'EXT024',
    says: 'In an executable process isImmediate is not false.',
    holds: 'executable',
    broken: (seen) => seen.flows.filter((flow) => flow.isImmediate === false),
  },
  {
    code: 'EXT025',
    says: 'A conditional flow from an activity is not its only outgoing flow.',
    holds: 'always',
    broken: (seen) =>
      seen.flows.filter((flow) => {
        const source = child(flow, 'sourceRef');
        if (source === null || !is(source, ...activityTypes)) return false;
        return isElement(flow.conditionExpression) && outgoingOf(seen, source).length === 1;
      }),
  },
  {
    code: 'EXT026',
    says: 'A default flow is one of the outgoing flows of its element.',
    holds: 'always',
    broken: (seen) =>
      seen.elements.filter((element) => {
        const flow = child(element, 'default');
        return is(flow, 'sequenceFlow') && child(flow, 'sourceRef') !== element;
      }),
  },
  {
    code: 'EXT028',
    says: 'A sequence flow does not leave its process.',
    holds: 'always',
    broken: (seen) => seen.flows.filter((flow) => crosses(flow, processOf)),
  },
  {
    code: 'EXT152',
    says: 'A sequence flow does not cross the border of a sub-process.',
    holds: 'always',
    broken: (seen) =>
      seen.flows.filter(
        (flow) => !crosses(flow, processOf) && crosses(flow, (end) => end.$parent ?? null),
      ),
  },
  {
    code: 'EXT150',
    says: 'Where there is a start event, everything else has an incoming sequence flow.',
    holds: 'always',
    broken: (seen) =>
      nodesBeside(seen, 'startEvent').filter((node) => incomingOf(seen, node).length === 0),
  },
  {
    code: 'EXT151',
    says: 'Where there is an end event, everything else has an outgoing sequence flow.',
    holds: 'always',
    broken: (seen) =>
      nodesBeside(seen, 'endEvent').filter((node) => outgoingOf(seen, node).length === 0),
  },
];

/** Elements with a reference of these properties that leads nowhere. */
export function unresolved(seen: Seen, properties: readonly string[]): XmlElement[] {
  const ids = seen.model.problems
    .filter((one) => one.kind === 'unresolved_reference' && properties.includes(one.property ?? ''))
    .map((one) => one.element);
  return seen.elements.filter((element) => element.id !== undefined && ids.includes(element.id));
}

function namesWrongFlows(element: XmlElement): boolean {
  const wrong = (property: string, end: string) =>
    children(element, property).some((flow) => child(flow, end) !== element);
  return wrong('incoming', 'targetRef') || wrong('outgoing', 'sourceRef');
}

function crosses(flow: XmlElement, around: (end: XmlElement) => XmlElement | null): boolean {
  const source = child(flow, 'sourceRef');
  const target = child(flow, 'targetRef');
  return source !== null && target !== null && around(source) !== around(target);
}

/** Flow nodes in scopes that have such an event, except those that need no flow of this kind. */
function nodesBeside(seen: Seen, event: 'startEvent' | 'endEvent'): XmlElement[] {
  return of(seen, ...scopes).flatMap((scope) => {
    const inside = children(scope, 'flowElements');
    if (!inside.some((one) => is(one, event))) return [];
    return inside.filter((one) => needsFlow(one, event));
  });
}

function needsFlow(node: XmlElement, event: 'startEvent' | 'endEvent'): boolean {
  if (is(node, event, 'boundaryEvent') || isEventSub(node) || node.isForCompensation === true) {
    return false;
  }
  if (!is(node, ...activityTypes, ...gatewayTypes, ...eventTypes)) return false;
  // Instantiating elements begin a process themselves; links go on without a flow.
  if (event === 'startEvent' && node.instantiate === true) return false;
  const linked = children(node, 'eventDefinitions').some((one) => is(one, 'linkEventDefinition'));
  return !linked;
}

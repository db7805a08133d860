/** One element of the model as a node of the program. */

import { child, children, flag, is, localType, text } from '../model/xml.ts';
import type { AdHoc, ElementInfo, Flow, GatewayWork, Node, ScopeWork, Work } from '../program.ts';
import { upstreamOf } from '../reach.ts';
import type { XmlElement } from '../types.ts';
import { activityPart, callWork, inputsOf, outputsOf, taskKindOf, taskWork } from './activities.ts';
import {
  attributesOf,
  type Building,
  bodyExpression,
  bodyOfDocumentation,
  dataName,
  find,
  indexOf,
} from './building.ts';
import type { LaneOf } from './lanes.ts';
import { definitionsOf, triggersOf } from './triggers.ts';

/** An element as a node of the program, under its number. */
export function nodeOf(
  building: Building,
  lanes: LaneOf,
  element: XmlElement,
  index: number,
): Node {
  const parent = index === 0 ? -1 : indexOf(building, element.$parent ?? null);
  return {
    ...infoOf(building, lanes, element, index),
    parent,
    incoming: building.incoming.get(element) ?? [],
    outgoing: building.outgoing.get(element) ?? [],
    work: workOf(building, element),
  };
}

function infoOf(
  building: Building,
  lanes: LaneOf,
  element: XmlElement,
  index: number,
): ElementInfo {
  const attributes = attributesOf(building, element);
  const lane = lanes(element);
  return {
    index,
    id: element.id ?? '',
    name: text(element, 'name'),
    nameEn: attributes.nameEn ?? null,
    type: localType(element),
    lane: lane.name,
    role: attributes.role ?? lane.role,
    unit: attributes.unit ?? lane.unit,
    attributes,
    documentation: bodyOfDocumentation(element),
  };
}

function workOf(building: Building, element: XmlElement): Work {
  const task = taskKindOf(element);
  if (task !== null) return taskWork(building, element, task);
  switch (localType(element)) {
    case 'process':
    case 'subProcess':
    case 'adHocSubProcess':
    case 'transaction':
      return scopeWork(building, element);
    case 'callActivity':
      return callWork(building, element);
    case 'startEvent':
      return eventWork(building, element, 'start');
    case 'endEvent':
      return eventWork(building, element, 'end');
    case 'intermediateCatchEvent':
      return eventWork(building, element, 'catch');
    case 'intermediateThrowEvent':
    case 'implicitThrowEvent':
      return eventWork(building, element, 'throw');
    case 'boundaryEvent':
      return boundaryWork(building, element);
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'complexGateway':
    case 'eventBasedGateway':
      return gatewayWork(building, element);
    default:
      find(building, element, 'element_not_executable', `cannot execute ${element.$type}`);
      return eventWork(building, element, 'throw');
  }
}

function eventWork(
  building: Building,
  element: XmlElement,
  kind: 'start' | 'end' | 'catch' | 'throw',
): Work {
  return {
    kind,
    triggers: triggersOf(building, element),
    parallelMultiple: flag(element, 'parallelMultiple', false),
    interrupting: flag(element, 'isInterrupting', true),
    outcome: attributesOf(building, element).outcome ?? null,
    outputs:
      kind === 'throw' || kind === 'end'
        ? inputsOf(building, element)
        : outputsOf(building, element),
  };
}

function boundaryWork(building: Building, element: XmlElement): Work {
  if (indexOf(building, child(element, 'attachedToRef')) <= 0) {
    find(
      building,
      element,
      'boundary_without_activity',
      'a boundary event is attached to an activity',
    );
  }
  return {
    kind: 'boundary',
    attachedTo: indexOf(building, child(element, 'attachedToRef')),
    triggers: triggersOf(building, element),
    parallelMultiple: flag(element, 'parallelMultiple', false),
    interrupting: flag(element, 'cancelActivity', true),
    outputs: outputsOf(building, element),
  };
}

function gatewayWork(building: Building, element: XmlElement): GatewayWork {
  const type = localType(element);
  const defaultFlow = child(element, 'default');
  return {
    kind: 'gateway',
    gateway: type === 'eventBasedGateway' ? 'event' : (type.replace('Gateway', '') as 'exclusive'),
    defaultFlow: defaultFlow === null ? null : (building.flowIndexOf.get(defaultFlow) ?? null),
    activationCondition: bodyExpression(building, element, element.activationCondition),
    instantiate: flag(element, 'instantiate', false),
    parallelEvents: text(element, 'eventGatewayType') === 'Parallel',
    upstream: [],
  };
}

/** Inclusive and complex joins learn what may still reach them. */
export function withUpstream(nodes: readonly Node[], flows: readonly Flow[]): Node[] {
  return nodes.map((node) => {
    const { work } = node;
    const looks =
      work.kind === 'gateway' &&
      (work.gateway === 'inclusive' || work.gateway === 'complex') &&
      node.incoming.length > 1;
    if (!looks) return node;
    const upstream = node.incoming.map((flow) => ({
      flow,
      ...upstreamOf(nodes, flows, node.index, flow),
    }));
    return { ...node, work: { ...work, upstream } };
  });
}

// --- scopes ------------------------------------------------------------------------------------

function scopeWork(building: Building, element: XmlElement): ScopeWork {
  const variant = variantOf(element);
  const inside = children(element, 'flowElements');
  const eventSubs = inside.filter((one) => flag(one, 'triggeredByEvent', false));
  const compensationSub = eventSubs.find((one) =>
    children(one, 'flowElements').some(
      (start) =>
        is(start, 'startEvent') &&
        definitionsOf(start).some((definition) => is(definition, 'compensateEventDefinition')),
    ),
  );
  return {
    kind: 'scope',
    variant,
    activity: variant === 'process' ? null : activityPart(building, element),
    starts: startsOf(element, variant).map((one) => indexOf(building, one)),
    eventSubs: eventSubs.map((one) => indexOf(building, one)),
    compensationSub: compensationSub === undefined ? null : indexOf(building, compensationSub),
    variables: variablesOf(element),
    adHoc: variant === 'ad_hoc' ? adHocOf(building, element) : null,
  };
}

function variantOf(element: XmlElement): ScopeWork['variant'] {
  if (is(element, 'process')) return 'process';
  if (flag(element, 'triggeredByEvent', false)) return 'event_sub';
  if (is(element, 'transaction')) return 'transaction';
  return is(element, 'adHocSubProcess') ? 'ad_hoc' : 'sub';
}

function adHocOf(building: Building, element: XmlElement): AdHoc {
  return {
    sequential: text(element, 'ordering') === 'Sequential',
    cancelRemaining: flag(element, 'cancelRemainingInstances', true),
    completionCondition: bodyExpression(building, element, element.completionCondition),
  };
}

/** Data objects and properties: the variables that belong to this scope. */
function variablesOf(element: XmlElement): string[] {
  const objects = children(element, 'flowElements').filter((one) => is(one, 'dataObject'));
  const names = [...objects, ...children(element, 'properties')].map(dataName);
  return names.filter((name) => name !== null);
}

/**
 * Where tokens begin: plain start events; without any start event, whatever nothing leads to
 * (BPMN 2.0.2, 10.5.2). An event sub-process begins at its one start event.
 */
function startsOf(element: XmlElement, variant: ScopeWork['variant']): XmlElement[] {
  const inside = children(element, 'flowElements');
  const starts = inside.filter((one) => is(one, 'startEvent'));
  if (variant === 'event_sub') return starts.slice(0, 1);
  if (starts.length > 0) return starts.filter((one) => definitionsOf(one).length === 0);
  const reached = new Set(
    inside.filter((one) => is(one, 'sequenceFlow')).map((flow) => child(flow, 'targetRef')),
  );
  const linked = (one: XmlElement) =>
    is(one, 'intermediateCatchEvent') &&
    definitionsOf(one).some((definition) => is(definition, 'linkEventDefinition'));
  return inside.filter(
    (one) =>
      !is(one, 'sequenceFlow', 'boundaryEvent') &&
      !/^data/i.test(localType(one)) &&
      !reached.has(one) &&
      !linked(one) &&
      !flag(one, 'triggeredByEvent', false) &&
      !flag(one, 'isForCompensation', false) &&
      !flag(one, 'instantiate', false),
  );
}
